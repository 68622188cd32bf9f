"""The desk's page of people: who sits where, what another seat costs, and moving people by hand.

Everything works as plain forms; tables_people.js keeps the place on the page and lets people be dragged.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.errors import Conflict, EventkitError
from eventkit.events import guards
from eventkit.tables import handwork, job, people, seated
from eventkit.tables.handwork import Seen
from eventkit.web.answers import page, see_other, wants_fragment
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking

P = ParamSpec("P")

desk = APIRouter(prefix="/tables/people")

Round = Annotated[int, Form(alias="round", ge=1, le=1_000)]
Id = Annotated[str, Form(max_length=200)]
Yes = Annotated[str, Form(max_length=3)]


@desk.get("")
async def show(
    request: Request,
    number: Annotated[int, Query(alias="round")] = 1,
    person: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """A round's tables, with the line of the person that was chosen; for a script that asks, this line alone."""
    return await _page(request, number, person)


@desk.post("/move")
async def move(request: Request, number: Round, person: Id, table: Id, seen: Id = "", confirmed: Yes = "") -> Response:
    """Seats a person at another table; asks first if that breaks a rule."""
    asked = {"action": "move", "table": table, "other": "", "seen": seen}

    def verb(session: Session, event_id: int) -> handwork.Breaks:
        return handwork.move_person(session, event_id, number, Seen(person, seen), table, overrule=bool(confirmed))

    return await _seat(request, number, person, verb, asked)


@desk.post("/exchange")
async def exchange(
    request: Request, number: Round, person: Id, other: Id, table: Id, seen: Id = "", confirmed: Yes = ""
) -> Response:
    """Lets two people change places; asks first if that breaks a rule. `table` is where the other was seen."""
    asked = {"action": "exchange", "table": table, "other": other, "seen": seen}

    def verb(session: Session, event_id: int) -> handwork.Breaks:
        one, two = Seen(person, seen), Seen(other, table)
        return handwork.exchange(session, event_id, number, one, two, overrule=bool(confirmed))

    return await _seat(request, number, person, verb, asked)


@desk.post("/pin")
async def pin(request: Request, number: Round, person: Id, seen: Id = "") -> Response:
    """Keeps a person at the table when others are moved."""
    return await _did(request, number, person, handwork.pin, number, Seen(person, seen))


@desk.post("/unpin")
async def unpin(request: Request, number: Round, person: Id, seen: Id = "") -> Response:
    """Lets a person be moved again."""
    return await _did(request, number, person, handwork.unpin, number, Seen(person, seen))


@desk.post("/undo")
async def undo(request: Request, number: Round, batch: Annotated[int, Form()], person: Id = "") -> Response:
    """Takes the last change back."""
    return await _did(request, number, person, handwork.undo, batch)


@desk.post("/repair")
async def repair(request: Request, number: Round, person: Id = "") -> Response:
    """Pins those who were moved by hand and looks for repairs around them; the page of repairs shows what it finds."""
    database, event_id = _database(request), guards.event_of(request)
    with speaking(_language(request)):
        try:
            if (on := job.of(database, event_id)) and not on.done:
                raise Conflict(_("Seats are being worked out already. Wait until that is done, then press again."))
            await database.write(event_id, handwork.pin_moved, event_id)
            await job.begin(database, event_id, "repair", await database.read(seated.work, event_id))
        except EventkitError as refusal:
            return await _page(request, number, person, {"problem": refusal.sentence, "status": refusal.status})
    return see_other(f"/s/{request.path_params['code']}/desk/door/repair")


async def _seat(
    request: Request,
    number: int,
    person: str,
    verb: Callable[[Session, int], handwork.Breaks],
    asked: Mapping[str, str],
) -> Response:
    with speaking(_language(request)):
        try:
            breaks = await _database(request).write(guards.event_of(request), verb, guards.event_of(request))
        except EventkitError as refusal:
            return await _page(request, number, person, {"problem": refusal.sentence, "status": refusal.status})
        if breaks:
            return await _page(request, number, person, {"breaks": breaks, "asked": asked})
    return see_other(_way(request, number, person))


async def _did(
    request: Request,
    number: int,
    person: str,
    verb: Callable[Concatenate[Session, int, P], object],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Response:
    """Runs a verb that asks nothing."""

    def done(session: Session, event_id: int) -> handwork.Breaks:
        verb(session, event_id, *args, **kwargs)
        return ()

    return await _seat(request, number, person, done, {})


async def _page(request: Request, number: int, person: str, given: Mapping[str, Any] | None = None) -> Response:
    event_id, values = (
        guards.event_of(request),
        {"problem": "", "breaks": (), "asked": {}, "status": 200, **(given or {})},
    )
    with speaking(_language(request)):
        shown = await _database(request).read(people.tables, event_id, number, person)
        values |= {"shown": shown, "event": shown.event, "code": request.path_params["code"], "tab": "tables"}
        fragment = wants_fragment(request) and request.method == "GET"
        return page(request, "tables/_person.html" if fragment else "tables/people.html", values, values["status"])


def _way(request: Request, number: int, person: str) -> str:
    query = urlencode({"round": number, **({"person": person} if person else {})})
    return f"/s/{request.path_params['code']}/desk/tables/people?{query}{'#person' if person else ''}"


def _language(request: Request) -> str:
    return guards.admissions(request).languages[guards.event_of(request)]


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database
