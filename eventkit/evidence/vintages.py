"""Imported figures: each is a vintage that never changes, and keeps the file that it stood in."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import func
from sqlmodel import Session, col, select

from eventkit.database import now
from eventkit.errors import BadInput
from eventkit.events import rules as events
from eventkit.evidence.checks import Finding, examine
from eventkit.evidence.columns import STATISTICS
from eventkit.evidence.models import SourceFile, Statistic
from eventkit.sheet import Level, Value
from eventkit.web.language import gettext as _

_LONGEST_ID = 40


@dataclass(frozen=True)
class RawFile:
    """A file as it was brought, and the name of the importer that read it."""

    name: str
    content: bytes
    importer: str


def findings(session: Session, event_id: int, picked: Mapping[str, Value]) -> list[Finding]:
    """What a picked figure says against itself, and what is still missing: to be shown before it is imported."""
    missing = [
        Finding(column.name, _("This must be filled in."), Level.BLOCK)
        for column in STATISTICS.columns
        if column.required and not column.may_wait and picked.get(column.name) in (None, "")
    ]
    return missing or list(examine(_figure(event_id, picked), events.event(session, event_id).date))


def import_figure(session: Session, event_id: int, picked: Mapping[str, Value], raw: RawFile) -> str:
    """Stores a picked figure with its file; its statistic_id.

    `picked` has cells of the sheet `statistics`, typed. A figure of the same statistic_id stays as it is, and the new
    one gets an id of its own and `supersedes` it; if the two are equal, nothing is stored. Raises `BadInput` if
    something must be mended first.
    """
    wrong = [finding for finding in findings(session, event_id, picked) if finding.level is Level.BLOCK]
    if wrong:
        raise BadInput("\n".join(f"{finding.column}: {finding.sentence}" for finding in wrong))
    figure = _figure(event_id, picked)
    older = _newest(session, event_id, figure.statistic_id)
    digest = sha256(raw.content).hexdigest()
    if older is not None:
        if older.file_sha256 == digest and _cells(older) == _cells(figure):
            return older.statistic_id
        figure.supersedes = older.statistic_id
        figure.statistic_id = _next_id(session, event_id, figure.statistic_id)
    figure.importer, figure.file_sha256 = raw.importer, digest
    figure.position = _last_position(session, event_id) + 1
    session.add(figure)
    _keep(session, event_id, raw, digest)
    session.flush()
    events.note_change(session, event_id)
    return figure.statistic_id


def source_file(session: Session, event_id: int, file_sha256: str) -> SourceFile | None:
    """The file with this SHA-256 in hexadecimal, None if the event has none such."""
    mine = select(SourceFile).where(SourceFile.event_id == event_id, SourceFile.file_sha256 == file_sha256)
    return session.exec(mine).one_or_none()


def _figure(event_id: int, picked: Mapping[str, Value]) -> Statistic:
    cells = {column.name: picked[column.name] for column in STATISTICS.columns if picked.get(column.name) is not None}
    return Statistic.model_validate({"event_id": event_id, **cells})


def _cells(figure: Statistic) -> dict[str, object]:
    apart = {"statistic_id", "supersedes", "retrieved_on"}
    return {column.name: getattr(figure, column.name) for column in STATISTICS.columns if column.name not in apart}


def _newest(session: Session, event_id: int, statistic_id: str) -> Statistic | None:
    """The figure of this id, or the last of those that supersede it."""
    mine = select(Statistic).where(Statistic.event_id == event_id)
    by_id = {figure.statistic_id: figure for figure in session.exec(mine)}
    newer = {figure.supersedes: figure for figure in by_id.values() if figure.supersedes}
    found, seen = by_id.get(statistic_id), set[str]()
    while found is not None and found.statistic_id in newer and found.statistic_id not in seen:
        seen.add(found.statistic_id)
        found = newer[found.statistic_id]
    return found


def _next_id(session: Session, event_id: int, statistic_id: str) -> str:
    """The same id with the first free number behind it."""
    taken = set(session.exec(select(Statistic.statistic_id).where(Statistic.event_id == event_id)))
    number = 2
    while (wanted := f"{statistic_id[: _LONGEST_ID - len(f'-v{number}')]}-v{number}") in taken:
        number += 1
    return wanted


def _last_position(session: Session, event_id: int) -> int:
    return session.exec(select(func.max(col(Statistic.position))).where(Statistic.event_id == event_id)).one() or 0


def _keep(session: Session, event_id: int, raw: RawFile, digest: str) -> None:
    """The file, once, however many figures stood in it."""
    if source_file(session, event_id, digest) is None:
        session.add(
            SourceFile(
                event_id=event_id,
                file_sha256=digest,
                file_name=raw.name,
                importer=raw.importer,
                stored_at=now(),
                content=raw.content,
            )
        )
