"""Closing a wall: from then on nobody can tell who wrote a note, or which came first, not even from the disk.

Every note is written anew, in the order of the texts and under a fresh random id, without its author; then the file is
compacted, so that the rows that were there before are in no byte of it or of its log.
"""

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from eventkit.codebook.models import Annotation, Change, Kind
from eventkit.database import now
from eventkit.events import rules as events
from eventkit.wall import placing, walls
from eventkit.wall.models import Note, Status, Wall, WallScreen
from eventkit.writer import compact_after

ID_BYTES = 8


def close(session: Session, wall: Wall) -> None:
    """Closes an open wall. What waited for a cell gets one; what waits for approval goes on waiting."""
    placing.place_on(session, wall)
    wall.closed_at = now()
    forget_authors(session, wall)
    events.note_change(session, wall.event_id)


def forget_authors(session: Session, wall: Wall) -> None:
    """Writes all notes of a wall anew, and moves what points to them."""
    ordered = sorted(walls.notes(session, wall), key=_kept_of(session, wall))
    fresh = {note.note_id: secrets.token_hex(ID_BYTES) for note in ordered}
    placed = [note.note_id for note in ordered if note.status is Status.SHOWN and note.cell is not None]
    cells = {note_id: cell for cell, note_id in enumerate(placed)}
    rows = [_anew(note, fresh, cells) for note in ordered]
    session.execute(delete(Note).where(col(Note.wall_pk) == wall.id))
    if rows:
        session.execute(insert(Note), rows)
    wall.seen = len(placed)  # nothing is new any more: what was, lies among the others now
    _follow(session, wall.event_id, fresh)
    compact_after(session)


def _anew(note: Note, fresh: Mapping[str, str], cells: Mapping[str, int]) -> dict[str, Any]:
    return note.model_dump() | {
        "note_id": fresh[note.note_id],
        "text": _text(note),
        "author": None,
        "cell": cells.get(note.note_id),
        "merged_into": fresh.get(note.merged_into, ""),
    }


def _text(note: Note) -> str:
    """What is left to read: while a wall is open a hidden note can be shown again, afterwards its words are gone."""
    return "" if note.status is Status.HIDDEN else note.text


def _kept_of(session: Session, wall: Wall) -> Callable[[Note], tuple[Any, ...]]:
    """By what notes are ordered: by everything that is kept of them, so that twins are told apart by nothing else."""
    themes = {row.item_id: row.theme_pk for row in _annotations(session, wall.event_id)}
    screen = session.get(WallScreen, wall.event_id)
    texts = {note.note_id: _text(note) for note in walls.notes(session, wall)}
    twins, changes = defaultdict(list), defaultdict(list)
    for note in walls.notes(session, wall, Status.MERGED):
        twins[note.merged_into].append(note.text)
    for change in _changes(session, wall.event_id):
        changes[change.item_id].append(change.id or 0)

    def kept(note: Note) -> tuple[Any, ...]:
        into = texts.get(note.merged_into, "")
        done = (themes.get(note.note_id, 0), changes[note.note_id], sorted(twins[note.note_id]), into)
        lit = screen is not None and screen.spotlight == note.note_id
        return (_text(note), note.status, note.paper, note.pinned, note.reason, note.dots or 0, lit, *done)

    return kept


def _follow(session: Session, event_id: int, fresh: Mapping[str, str]) -> None:
    """What was done with a note goes on being said of it."""
    done: list[Annotation | Change] = [*_annotations(session, event_id), *_changes(session, event_id)]
    for row in done:
        if row.item_id in fresh:
            row.item_id = fresh[row.item_id]
    screen = session.get(WallScreen, event_id)
    if screen and screen.spotlight in fresh:
        screen.spotlight = fresh[screen.spotlight]


def _annotations(session: Session, event_id: int) -> Iterable[Annotation]:
    mine = select(Annotation).where(Annotation.event_id == event_id, Annotation.kind == Kind.WALL_NOTE)
    return session.exec(mine).all()


def _changes(session: Session, event_id: int) -> Iterable[Change]:
    """In the order in which they were made."""
    mine = select(Change).where(Change.event_id == event_id, Change.kind == Kind.WALL_NOTE)
    return session.exec(mine.order_by(col(Change.id))).all()
