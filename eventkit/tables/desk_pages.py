"""The desk's page of tables: what there is to seat, the button that seats everybody, and how good the seats are."""

from collections.abc import Callable
from typing import Annotated, Any, Concatenate, ParamSpec

from fastapi import APIRouter, Form, Query
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.errors import BadInput
from eventkit.events import guards
from eventkit.tables import choices, job, seated, words
from eventkit.tables.overview import Overview, overview
from eventkit.tables.wire import Work
from eventkit.web.answers import page, see_other, wants_fragment
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking

P = ParamSpec("P")

desk = APIRouter()


@desk.get("/tables")
async def show(request: Request, number: Annotated[int, Query(alias="round")] = 1) -> Response:
    """What is to be seated, how far that is, or who sits where in a round."""
    return await _page(request, number, asking=False)


@desk.post("/tables/seat")
async def seat(request: Request, confirmed: Annotated[str, Form(max_length=3)] = "") -> Response:
    """Begins to seat everybody; asks first where people have seats already."""
    database, event_id = _database(request), guards.event_of(request)
    found = await database.read(_work, event_id)
    if not (found.room.people and found.room.tables):
        raise BadInput(_("There is nobody to seat, or no table. Put people and tables into the plan first."))
    if any(found.held.values()) and not confirmed:
        return await _page(request, 1, asking=True)
    on = job.of(database, event_id)
    if on is None or on.done:  # two presses at once begin one job
        with speaking(guards.admissions(request).languages[event_id]):
            await job.begin(database, event_id, "seat", found)
    return _back(request)


@desk.get("/tables/progress")
async def progress(request: Request) -> Response:
    """How far the seats are, for the page that asks every second; once they are there it is loaded anew."""
    on = job.of(_database(request), guards.event_of(request))
    if not wants_fragment(request):
        return _back(request)
    if on is None or on.done:
        return Response(headers={"HX-Refresh": "true"})
    with speaking(guards.admissions(request).languages[guards.event_of(request)]):
        return page(request, "tables/_progress.html", {"job": on, "code": request.path_params["code"]})


@desk.post("/tables/cancel")
async def cancel(request: Request) -> Response:
    """Stops what is being worked out, or takes its refusal away; nobody has moved."""
    await job.cancel(_database(request), guards.event_of(request))
    return _back(request)


@desk.get("/tables/contradictions")
async def contradictions(request: Request) -> Response:
    """Rules that cannot all be kept, in words; worked out beside the server, because it can take two seconds."""
    event_id = guards.event_of(request)
    with speaking(guards.admissions(request).languages[event_id]):
        found = await job.contradictions(await _database(request).read(_work, event_id))
        return page(request, "tables/_contradictions.html", {"sentences": found})


@desk.post("/tables/order")
async def order(
    request: Request,
    name: Annotated[str, Form(max_length=200)] = "",
    way: Annotated[str, Form(pattern="up|down|alike")] = "alike",
) -> Response:
    """Moves an attribute up or down, or lets all count alike."""
    if way == "alike":
        return await _chosen(request, choices.weigh_alike)
    return await _chosen(request, choices.shift, name, -1 if way == "up" else 1)


@desk.post("/tables/rounds")
async def rounds(request: Request, number: Annotated[int, Form()]) -> Response:
    """Sets how many rounds there are."""
    return await _chosen(request, choices.set_rounds, number)


@desk.post("/tables/names")
async def names(request: Request, shown: Annotated[str, Form(max_length=3)] = "") -> Response:
    """Chooses whether the screen names people."""
    return await _chosen(request, choices.show_names, bool(shown))


async def _chosen(
    request: Request, verb: Callable[Concatenate[Session, int, P], None], *args: P.args, **kwargs: P.kwargs
) -> Response:
    event_id = guards.event_of(request)
    with speaking(guards.admissions(request).languages[event_id]):
        await _database(request).write(event_id, verb, event_id, *args, **kwargs)
    return _back(request, "#choices")


async def _page(request: Request, number: int, *, asking: bool) -> Response:
    database, event_id = _database(request), guards.event_of(request)
    with speaking(guards.admissions(request).languages[event_id]):
        values = await database.read(_values, event_id, number, job.of(database, event_id))
        return page(request, "tables/desk.html", {**values, "code": request.path_params["code"], "asking": asking})


def _values(session: Session, event_id: int, number: int, on: job.Job | None) -> dict[str, Any]:
    """What the page shows; the counting is done here, in the reader's thread, so that the page only writes it down."""
    # Asked first: seats that come while this is read would otherwise be neither on their way nor there.
    busy = on is not None and not on.done
    found = overview(session, event_id)
    number = min(max(number, 1), found.room.rounds)
    values: dict[str, Any] = {"tables": found, "job": on, "event": found.event, "tab": "tables", "number": number}
    if found.seated and not busy:
        values |= {"card": found.card, "faults": found.faults, "cards": found.cards(number)}
    return {**values, "busy": busy, "refused": on.refused if on else "", "words": words, "state": _state(found, busy)}


def _state(found: Overview, busy: bool) -> str:
    if busy:
        return "busy"
    return "seated" if found.seated else "ready" if found.ready else "empty"


def _work(session: Session, event_id: int) -> Work:
    return seated.work(session, event_id, seated.next_seed(session, event_id))


def _back(request: Request, part: str = "") -> Response:
    return see_other(f"/s/{request.path_params['code']}/desk/tables{part}")


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database
