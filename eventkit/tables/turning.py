"""Pages of the screen that turn by themselves, so that everybody's table is shown although nobody has a hand free.

Which page is on lies in memory alone: after a new start the first one is.
"""

import asyncio
import logging
from dataclasses import dataclass
from time import monotonic

from sqlmodel import Session, select

from eventkit.database import Database
from eventkit.errors import Conflict, NotFound
from eventkit.events.models import Event
from eventkit.events.step import Step
from eventkit.web.language import gettext as _
from eventkit.writer import after_commit

WORD = "tables"
PAGE_SECONDS = 15
"""How long a page stays: as long as it takes to look for a name in five short columns from the back of the room."""
LOOK_SECONDS = 1
MEMORY = "pages_of_tables"

log = logging.getLogger(__name__)


@dataclass
class Turning:
    """The page that is on, counted from 0 and on past the last; when the next one follows by itself, 0 for not."""

    page: int = 0
    due: float = 0.0


def of(session: Session, event_id: int) -> Turning:
    """How an event's pages stand."""
    return _memory(session).get(event_id, Turning())


def begin(session: Session, event_id: int) -> None:
    """From the first page on, pages turn by themselves."""
    _keep(session, event_id, Turning(0, monotonic() + PAGE_SECONDS))


def end(session: Session, event_id: int) -> None:
    """No pages are on any more."""
    memory = _memory(session)

    def forget() -> None:
        memory.pop(event_id, None)

    after_commit(session, forget)


def turn(session: Session, event_id: int, by: int) -> None:
    """Turns pages; the new one stays its whole time. Raises `Conflict` if no tables are on."""
    if _step(session, event_id) is None:
        raise Conflict(_("No tables are on the screen now, so there is no page to turn."))
    found = of(session, event_id)
    due = monotonic() + PAGE_SECONDS if found.due else 0.0
    _keep(session, event_id, Turning(found.page + by, due))


def let(session: Session, event_id: int, on: bool) -> None:
    """Whether pages turn by themselves."""
    page = of(session, event_id).page
    _keep(session, event_id, Turning(page, monotonic() + PAGE_SECONDS if on else 0.0))


async def keep_turning(database: Database) -> None:
    """Turns the pages that are due; after a start it takes up the events at which tables are on."""
    memory: dict[int, Turning] = database.info[MEMORY]
    for event_id in await database.read(_at_tables):
        memory.setdefault(event_id, Turning(0, monotonic() + PAGE_SECONDS))
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        # A copy, made at once: the writer's thread changes it, too, and a change in the middle would end this task.
        for event_id in [event_id for event_id, found in list(memory.items()) if 0 < found.due <= monotonic()]:
            try:
                await database.write(event_id, turn, event_id, 1)
            except Conflict:  # the room has moved on, or the event is gone
                memory.pop(event_id, None)
            except Exception:  # a disk that is full now may have room in a second
                log.exception("a page could not be turned")


def _keep(session: Session, event_id: int, found: Turning) -> None:
    memory = _memory(session)
    after_commit(session, lambda: memory.update({event_id: found}))


def _memory(session: Session) -> dict[int, Turning]:
    memory: dict[int, Turning] = session.info.get(MEMORY, {})
    return memory


def _step(session: Session, event_id: int) -> Step | None:
    """The step that is on, if it is one of tables."""
    try:
        step: Step = session.info["current_step"](session, event_id)
    except NotFound:  # it has been deleted
        return None
    return step if step.word == WORD else None


def _at_tables(session: Session) -> list[int]:
    return [event_id for event_id in session.exec(select(Event.id)) if event_id and _step(session, event_id)]
