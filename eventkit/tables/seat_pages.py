"""The page on which people find their table by a name or the code on their badge.

It sets and reads no cookie and writes nothing, so that what knows the person never meets the pass, which is anonymous.
"""

from typing import Annotated

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.events import guards
from eventkit.events import rules as events
from eventkit.events.models import Event
from eventkit.tables import lookup
from eventkit.tables.lookup import Found
from eventkit.web.answers import page
from eventkit.web.language import speaking
from eventkit.web.text import CleanText

LONGEST = 200

seat = APIRouter()


@seat.get("")
async def ask(request: Request) -> Response:
    """The field for the name or the code."""
    return await _page(request, "", None)


@seat.post("")
async def answer(request: Request, who: Annotated[CleanText, Form(max_length=LONGEST)] = "") -> Response:
    """The person's own tables. What was typed is in no address, and guesses are slowed as those of codes are."""
    database: Database = request.app.state.database
    event_id = guards.event_of(request)
    with speaking(guards.admissions(request).languages[event_id]):
        await database.read(lookup.check_open, event_id)
        found = await database.read(lookup.find, event_id, who)
    if found is None or found.several:
        await request.app.state.wrong_codes.wait()
    return await _page(request, who, found)


async def _page(request: Request, who: str, found: Found | None) -> Response:
    database: Database = request.app.state.database
    event_id = guards.event_of(request)
    with speaking(guards.admissions(request).languages[event_id]):
        event = await database.read(_open_event, event_id)
        values = {"event": event, "code": event.code, "who": who, "found": found}
        return page(request, "tables/seat.html", values)


def _open_event(session: Session, event_id: int) -> Event:
    lookup.check_open(session, event_id)
    return events.event(session, event_id)
