"""Pages of the screen that turn by themselves, so that everything is read although nobody has a hand free."""

import asyncio
import logging
from time import monotonic

from sqlmodel import Session, col, select

from eventkit.database import Database
from eventkit.events.step import Step
from eventkit.wall import screen
from eventkit.wall.models import WallScreen
from eventkit.writer import after_commit

WORD = "wall"
PAGE_SECONDS = 15
"""How long a page stays: twelve notes at the pace of somebody who reads from the back of the room."""
LOOK_SECONDS = 1

log = logging.getLogger(__name__)


def step_of(session: Session, event_id: int) -> Step | None:
    """The step that is on, if it is one of walls."""
    step: Step = session.info["current_step"](session, event_id)
    return step if step.word == WORD else None


def mark(session: Session, event_id: int) -> None:
    """After this write the page on the screen is a fresh one; the next follows, where pages turn, in its own time."""
    due: dict[int, float] = session.info.get("turning", {})
    on = screen.screen_of(session, event_id).turning

    def note() -> None:
        due.pop(event_id, None)
        if on:
            due[event_id] = monotonic() + PAGE_SECONDS

    after_commit(session, note)


def turn_due(session: Session, event_id: int) -> None:
    """Turns an event's page, unless walls are not on, or the room looks at one note."""
    step = step_of(session, event_id) if screen.screen_of(session, event_id).turning else None
    if step and screen.lit(session, event_id) is None:
        screen.turn(session, step, 1)
    mark(session, event_id)


async def keep_turning(database: Database) -> None:
    """Turns pages where somebody has asked for it; `database.info["turning"]` holds the moment for each event."""
    due: dict[int, float] = database.info["turning"]
    due |= dict.fromkeys(await database.read(_turning), monotonic() + PAGE_SECONDS)
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        # A copy, made at once: the writer's thread changes it, too, and a change in the middle would end this task.
        for event_id in [event_id for event_id, moment in list(due.items()) if moment <= monotonic()]:
            try:
                await database.write(event_id, turn_due, event_id)
            except Exception:  # a disk that is full now may have room in a second
                log.exception("a page could not be turned")


def _turning(session: Session) -> list[int]:
    return list(session.exec(select(WallScreen.event_id).where(col(WallScreen.turning))))
