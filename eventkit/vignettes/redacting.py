"""Taking words and names out of transcripts: found whole, whatever their case, and logged without saying them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import bindparam, update
from sqlmodel import Session, col

from eventkit.database import now
from eventkit.errors import BadInput, Conflict
from eventkit.vignettes import transcripts
from eventkit.vignettes.models import Passage, Redaction
from eventkit.web.language import gettext as _
from eventkit.web.text import clean
from eventkit.writer import compact_after

MOST_WORDS, LONGEST_WORDS = 200, 200
CONTEXT = 40  # characters before and behind
_APOSTROPHES, _HYPHENS = "'’ʼ", "-‐‑–"
# A letter, a digit, or an accent or vowel sign that is written as a character of its own: there a word goes on.
_MARKS_OF_LETTERS = "".join(chr(code) for code in range(0x300, 0xE50) if unicodedata.category(chr(code))[0] == "M")
_LETTER = f"(?:[^\\W_]|[{_MARKS_OF_LETTERS}])"


class Kind(StrEnum):
    """What it is that is taken out."""

    NAME = "name"
    PLACE = "place"
    EMPLOYER = "employer"
    OTHER = "other"


MARKS = {Kind.NAME: "[name]", Kind.PLACE: "[place]", Kind.EMPLOYER: "[employer]", Kind.OTHER: "[redacted]"}
"""What stands in a transcript instead; the same in every language, so that files can be compared."""


@dataclass(frozen=True)
class Listed:
    """Words to be taken out."""

    words: str
    kind: Kind


@dataclass(frozen=True)
class Found:
    """A place in a passage, with what stands before and behind it."""

    passage: Passage
    start: int
    end: int
    kind: Kind

    @property
    def words(self) -> str:
        """What is taken out there, as it is written there."""
        return self.passage.text[self.start : self.end]

    @property
    def before(self) -> str:
        """What stands before it."""
        text = self.passage.text[max(0, self.start - CONTEXT) : self.start]
        return "…" + text if self.start > CONTEXT else text

    @property
    def behind(self) -> str:
        """What stands behind it."""
        text = self.passage.text[self.end : self.end + CONTEXT]
        return text + "…" if self.end + CONTEXT < len(self.passage.text) else text


def listed(typed: Sequence[tuple[Kind, str]]) -> Sequence[Listed]:
    """The list as it was typed: for each kind, words with a line for each. Raises `BadInput` for an empty one."""
    lines = [(kind, " ".join(line.split())) for kind, text in typed for line in clean(text).split("\n")]
    found = {line.casefold(): Listed(line, kind) for kind, line in reversed(lines) if any(map(str.isalnum, line))}
    if not found:
        raise BadInput(_("The list is empty. Write a name, a place or an employer on each line."))
    if len(found) > MOST_WORDS or any(len(each.words) > LONGEST_WORDS for each in found.values()):
        sentence = _("At most {most} words or names of {long} characters go into the list at once.")
        raise BadInput(sentence.format(most=MOST_WORDS, long=LONGEST_WORDS))
    return list(reversed(found.values()))


def find(passages: Sequence[Passage], words: Sequence[Listed]) -> Sequence[Found]:
    """Every place where one of these stands, as a word or words of their own; nothing is changed."""
    pattern, kinds = pattern_of(words), [each.kind for each in _longest_first(words)]
    return [
        Found(passage, start, end, kinds[which])
        for passage in passages
        for start, end, which in places(pattern, passage.text)
    ]


def search(
    session: Session, event_id: int, place: tuple[str, str], words: Sequence[Listed], *, everywhere: bool
) -> Sequence[Found]:
    """Every place in the transcript of a table and story, `place`, or in all transcripts of the event."""
    every = transcripts.of_event(session, event_id)
    mine = [passage for talk, passage in every if everywhere or (talk.table, talk.vignette_id) == place]
    return find(mine, words)


def redact(session: Session, found: Sequence[Found], *, expected: int) -> frozenset[str]:
    """Puts a mark in each place and logs how many of which kind; how the words were written. No file keeps them.

    `found`: as `search` found them beforehand, because nobody's vote may wait for a search of hours of speech. Raises
    `Conflict` unless these are as many as somebody has looked at, in passages that are still what they were.
    """
    marked = {each.passage.passage_id: each.passage.text for each in found}
    # From the last to the first, so that the places before stay where they are.
    for each in sorted(found, key=lambda each: -each.start):
        text = marked[each.passage.passage_id]
        marked[each.passage.passage_id] = text[: each.start] + MARKS[each.kind] + text[each.end :]
    if len(found) != expected or _replaced(session, found, marked) != len(marked):
        raise Conflict(_("The transcript has changed since you looked. Look at the places again; nothing was changed."))
    times = Counter((each.passage.discussion_id, each.kind) for each in found)
    for (discussion_id, kind), count in sorted(times.items()):
        session.add(Redaction(discussion_id=discussion_id, kind=kind.value, times=count, at=now()))
    session.flush()
    compact_after(session)
    return frozenset(each.words for each in found)


def pattern_of(words: Sequence[Listed]) -> re.Pattern[str]:
    """Matches each of these in folded text, each a group of its own, the longest first."""
    alternatives = "|".join(f"({_pattern(each.words)})" for each in _longest_first(words))
    return re.compile(f"(?<!{_LETTER})(?:{alternatives})(?!{_LETTER})")


def places(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int, int]]:
    """Start and end in the text, and which group of the pattern it was. A mark that stands there is none of them."""
    folded, origin = _folded(text)
    for match in pattern.finditer(folded):
        start, end = origin[match.start()], origin[match.end() - 1] + 1
        if text[max(0, start - 1) : end + 1] not in MARKS.values():
            yield start, end, (match.lastindex or 1) - 1


def _replaced(session: Session, found: Sequence[Found], marked: Mapping[str, str]) -> int:
    """Writes the marked texts into the passages that still say what they did; how many these are."""
    times = Counter(each.passage.passage_id for each in found)
    before = {each.passage.passage_id: each.passage.text for each in found}
    rows = [{"of": of, "was": before[of], "is": text, "more": times[of]} for of, text in marked.items()]
    here = update(Passage).where(col(Passage.passage_id) == bindparam("of"), col(Passage.text) == bindparam("was"))
    marks = here.values(text=bindparam("is"), redactions=Passage.redactions + bindparam("more"))
    return session.connection().execute(marks, rows).rowcount if rows else 0


def _longest_first(words: Sequence[Listed]) -> Sequence[Listed]:
    """So that “Anna Smith” is one place and not a half of one."""
    return sorted(words, key=lambda each: -len(each.words))


def _pattern(words: str) -> str:
    """With any space between words, and any apostrophe or hyphen in them."""
    signs = []
    for sign in words.casefold():
        alike = next((group for group in (_APOSTROPHES, _HYPHENS) if sign in group), "")
        signs.append(r"\s+" if sign.isspace() else f"[{re.escape(alike)}]" if alike else re.escape(sign))
    return "".join(signs)


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text without differences of case, and the place in `text` of each of its characters: ß folds to two."""
    pieces = [character.casefold() for character in text]
    return "".join(pieces), [place for place, piece in enumerate(pieces) for _sign in piece]
