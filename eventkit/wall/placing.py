"""Notes get their cells in batches and in random order, so that nobody sees which phone wrote which note.

While a wall is open, whoever copies the data folder again and again can see which notes came in one batch; when it
closes, that is gone too.
"""

import asyncio
import logging
import secrets

from sqlalchemy import func
from sqlmodel import Session, col, select

from eventkit.database import Database
from eventkit.wall.models import Note, Status, Wall
from eventkit.writer import after_commit

BATCH_SECONDS = 3
"""How long notes are gathered: long enough for several to come together, short enough to feel like a wall."""

log = logging.getLogger(__name__)


def mark(session: Session, event_id: int) -> None:
    """After this write notes of this event may wait for a cell."""
    waiting: set[int] = session.info.get("unplaced", set())
    after_commit(session, lambda: waiting.add(event_id))


def mark_all(session: Session) -> None:
    """After a start: takes up every event in which notes wait for a cell."""
    unplaced = select(Wall.event_id).join(Note).where(Note.status == Status.SHOWN, col(Note.cell).is_(None))
    for event_id in session.exec(unplaced.distinct()):
        mark(session, event_id)


def place(session: Session, event_id: int) -> bool:
    """Gives every note that is shown and has no cell the next one of its wall; whether there was any.

    A cell stays a note's own as long as the wall is open; that of a note which is hidden stays empty.
    """
    walls = session.exec(select(Wall).where(Wall.event_id == event_id)).all()
    return sum(place_on(session, wall) for wall in walls) > 0


def place_on(session: Session, wall: Wall) -> int:
    """The same for one wall; how many there were."""
    mine = select(Note).where(Note.wall_pk == wall.id)
    waiting = list(session.exec(mine.where(Note.status == Status.SHOWN, col(Note.cell).is_(None))))
    secrets.SystemRandom().shuffle(waiting)
    last = session.exec(select(func.max(Note.cell)).where(Note.wall_pk == wall.id)).one()
    for cell, note in enumerate(waiting, start=0 if last is None else last + 1):
        note.cell = cell
    return len(waiting)


async def keep_placing(database: Database) -> None:
    """Places what has come since the last batch, in every event that has been marked in `database.info["unplaced"]`."""
    waiting: set[int] = database.info["unplaced"]
    while True:
        await asyncio.sleep(BATCH_SECONDS)
        for event_id in sorted(waiting):
            # Before the write: what is posted during it is marked anew.
            waiting.discard(event_id)
            try:
                await database.write(event_id, place, event_id)
            except Exception:  # a disk that is full now may have room in three seconds
                log.exception("notes could not be placed")
                waiting.add(event_id)
