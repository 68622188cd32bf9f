"""The simulated people of this server's rehearsals: who is on, and their end."""

import asyncio
import logging
from dataclasses import dataclass

from fastapi import FastAPI
from sqlmodel import Session, col, select

from eventkit.activities import ACTIVITIES
from eventkit.database import Database
from eventkit.events.models import Event
from eventkit.live.hub import Hub
from eventkit.rehearsal import rules
from eventkit.rehearsal.people import People

log = logging.getLogger(__name__)


@dataclass(eq=False)
class Simulation:
    """The people of one rehearsal, and the task in which they live."""

    people: People
    task: asyncio.Task[None]

    @property
    def number(self) -> int:
        """How many they are."""
        return len(self.people.phones)

    @property
    def stopped(self) -> bool:
        """Whether they have gone although the rehearsal is on."""
        return self.task.done()


def start(app: FastAPI, event_id: int, people: People) -> None:
    """Lets people live until the rehearsal or the server ends; one group for each event."""
    simulations = _simulations(app)
    if event_id in simulations:
        return
    task = asyncio.create_task(people.live())
    simulations[event_id] = Simulation(people, task)
    task.add_done_callback(lambda ended: _noted(app, event_id, ended))


async def stop(app: FastAPI, event_id: int) -> None:
    """Everybody leaves; afterwards none of them sends anything."""
    simulation = _simulations(app).pop(event_id, None)
    if simulation:
        simulation.task.cancel()
        await asyncio.wait([simulation.task])


async def stop_all(app: FastAPI) -> None:
    """Everybody leaves every rehearsal."""
    for event_id in list(_simulations(app)):
        await stop(app, event_id)


async def wipe_left_over(database: Database) -> None:
    """Before a server takes up what is stored: a rehearsal does not outlive the server that it was on."""
    for event_id in await database.read(_on):
        await database.write(event_id, wipe, event_id)
        log.warning("wiped a rehearsal that the last server had left")


def wipe(session: Session, event_id: int) -> None:
    """Wipes a rehearsal in every activity."""
    rules.wipe(session, event_id, [activity.rules for activity in ACTIVITIES])


def _on(session: Session) -> list[int]:
    return [event.id or 0 for event in session.exec(select(Event).where(col(Event.rehearsal)))]


def _noted(app: FastAPI, event_id: int, ended: asyncio.Task[None]) -> None:
    """The console says so when they have gone by themselves."""
    if ended.cancelled() or ended.exception() is None:
        return
    log.warning("the simulated people have stopped: %s", type(ended.exception()).__name__)
    hub: Hub = app.state.hub
    hub.touched(event_id, frozenset({"console"}))


def _simulations(app: FastAPI) -> dict[int, Simulation]:
    found: dict[int, Simulation] = app.state.simulations
    return found
