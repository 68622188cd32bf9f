"""Deleting an event: its rows in every table, the keys of its votes, and what is left of both in the file.

Because its time is over, or because somebody asks for it through the door of the command line.
"""

import asyncio
import logging
from typing import Annotated

from fastapi import APIRouter, FastAPI, Form
from sqlalchemy import MetaData, delete
from sqlmodel import Session, col, select
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from eventkit.database import Database, now
from eventkit.events import retention, rules
from eventkit.events.belonging import rows_of
from eventkit.events.control import require_word
from eventkit.events.models import Event
from eventkit.rehearsal import simulation
from eventkit.sealing import rules as sealing
from eventkit.tables import job
from eventkit.vignettes import recordings
from eventkit.writer import compact_after

CHECK_SECONDS = 3600

log = logging.getLogger(__name__)
control = APIRouter()


@control.post("/control/delete")
async def asked(request: Request, event: Annotated[str, Form(max_length=100)]) -> Response:
    """Deletes the event of this event_id or join code; its event_id, as text."""
    require_word(request)
    database: Database = request.app.state.database
    found = await database.read(rules.by_name, event)
    await database.write(found.id, erase, found.id or 0)
    await _forget(request.app, found.id or 0)
    return PlainTextResponse(found.event_id)


def erase(session: Session, event_id: int) -> None:
    """Deletes every row of the event and the keys of its votes; afterwards no byte of it is left in the file.

    Keys that this process does not know are destroyed by the next start, which finds no vote for them.
    """
    if "boxes" in session.info:
        sealing.discard_all(session, event_id)
    recordings.delete_every(session, event_id)
    # The file itself is asked for its tables, so that none can be left out because nothing here imports it.
    schema = MetaData()
    schema.reflect(session.connection())
    for table in reversed(schema.sorted_tables):
        theirs = rows_of(table, event_id)
        if theirs is not None:
            session.execute(delete(table).where(theirs))
    compact_after(session)


async def sweep(database: Database) -> list[int]:
    """Deletes every event whose `delete_after` has passed; their numbers. The log gets the event_id and no more."""
    over = await database.read(_over)
    for event in over:
        await database.write(event.id, erase, event.id or 0)
        log.warning("deleted %s: its delete_after has passed", event.event_id)
    return [event.id or 0 for event in over]


async def keep_sweeping(app: FastAPI) -> None:
    """Looks every hour, because midnight comes at another hour in each time zone."""
    while True:
        await asyncio.sleep(CHECK_SECONDS)
        try:
            for event_id in await sweep(app.state.database):
                await _forget(app, event_id)
        except Exception:  # a disk that is full now may have room in an hour
            log.exception("what is due could not be deleted")


def _over(session: Session) -> list[Event]:
    dated = session.exec(select(Event).where(col(Event.delete_after).is_not(None))).all()
    return [event for event in dated if retention.is_over(event, now())]


async def _forget(app: FastAPI, event_id: int) -> None:
    app.state.admissions.forget(event_id)
    app.state.hub.forget(event_id)
    await simulation.stop(app, event_id)
    await job.cancel(app.state.database, event_id)
