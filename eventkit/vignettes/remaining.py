"""Whether words that were taken out of a transcript still stand anywhere: it reads, and changes nothing."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Column, String, Table, true
from sqlalchemy import select as select_from
from sqlmodel import Session, SQLModel, select

from eventkit.events.belonging import rows_of
from eventkit.vignettes import redacting
from eventkit.vignettes.models import Discussion, Recording
from eventkit.vignettes.redacting import Listed
from eventkit.web.language import gettext as _

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Remaining:
    """Where the words still stand, if anywhere.

    `texts`: each kind of text with how often. `bytes_left`: bytes of the file hold them that are in no text.
    `recorded`: there is a sound recording, which nobody can search.
    """

    texts: Sequence[tuple[str, int]]
    bytes_left: bool
    recorded: bool

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not self.texts and not self.bytes_left


def remaining(
    session: Session, event_id: int, words: Sequence[Listed], forms: Collection[str], file: Path
) -> Remaining:
    """What is left of these words, after a redaction that was committed. `forms`: how they were written there."""
    pattern = redacting.pattern_of(words)
    found: Counter[str] = Counter()
    alive: set[str] = set()
    for table in SQLModel.metadata.sorted_tables:
        for text in _texts(session, table, None):
            # A short name may be a part of longer words, which explains its bytes.
            alive |= {form for form in forms if form in text}
        for text in _texts(session, table, event_id):
            found[_said(table.name)] += sum(1 for _place in redacting.places(pattern, text))
    recordings = select(Recording).where(Recording.discussion_id == Discussion.id, Discussion.event_id == event_id)
    return Remaining(
        sorted((place, times) for place, times in found.items() if times),
        bytes_left=_in_bytes(file, set(forms) - alive),
        recorded=session.exec(recordings).first() is not None,
    )


def _texts(session: Session, table: Table, event_id: int | None) -> Iterator[str]:
    """Every text in a table, or those of one event in it."""
    columns = [column for column in table.columns if _is_text(column)]
    theirs = true() if event_id is None else rows_of(table, event_id)
    if columns and theirs is not None:
        for row in session.execute(select_from(*columns).where(theirs)):
            yield from (text for text in row if isinstance(text, str) and text)


def _is_text(column: Column[Any]) -> bool:
    return isinstance(getattr(column.type, "impl", column.type), String)


def _in_bytes(file: Path, forms: Collection[str]) -> bool:
    """Whether the database's file or its write-ahead log holds one of these."""
    sought = [form.encode() for form in forms]
    longest = max(map(len, sought), default=0)
    for path in (file, file.with_name(file.name + "-wal")):
        before = b""
        if not sought or not path.exists():
            continue
        with path.open("rb") as opened:
            while chunk := opened.read(_CHUNK):
                if any(form in before + chunk for form in sought):
                    return True
                before = (before + chunk)[-longest:]
    return False


def _said(table: str) -> str:
    """What the organiser calls a kind of text."""
    words = {
        "passage": _("Transcripts"),
        "point": _("Points of the tables"),
        "note": _("Notes on the walls"),
        "person": _("People"),
        "theme": _("Themes"),
        "query": _("Queries about figures"),
    }
    return words.get(table, _("Plan"))
