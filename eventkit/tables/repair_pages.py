"""After the doors are closed: the menu of repairs, vignettes dealt anew, and the list of who moves."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.errors import BadInput, Conflict, EventkitError
from eventkit.events import guards
from eventkit.events import rules as events
from eventkit.tables import changes, job, redeal, repairs, seated, stored
from eventkit.tables.job import Job
from eventkit.tables.wire import Work
from eventkit.web.answers import page, see_other
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking

if TYPE_CHECKING:
    from eventkit.tables.repair import Offer

Question = Callable[[Session, int], dict[str, Any]]

desk = APIRouter(prefix="/door")


@desk.get("/repair")
async def show(request: Request) -> Response:
    """How far the repairs are, or what they offer."""
    return await _page(request, "")


@desk.post("/repair")
async def begin(request: Request) -> Response:
    """Looks for repairs of the seats as they are now."""
    database, event_id = _database(request), guards.event_of(request)
    work = await database.read(seated.work, event_id)
    with speaking(guards.admissions(request).languages[event_id]):
        if not any(work.held.values()):
            raise BadInput(_("Nobody has a seat yet. Seat everybody on the page Tables first."))
        on = job.of(database, event_id)
        if on is None or on.done or on.kind != "repair":  # two presses at once begin one job
            await job.begin(database, event_id, "repair", work)
    return see_other(_base(request) + "/repair")


@desk.post("/repair/stop")
async def stop(request: Request) -> Response:
    """Ends the work, or lets go of what it found."""
    on = _repair(request)
    if on:
        await job.cancel(_database(request), guards.event_of(request))
    return see_other(_base(request) + "/repair")


@desk.post("/repair/take")
async def take(request: Request, number: Annotated[int, Form(ge=0)]) -> Response:
    """Seats people as one of the offers has it, and lists who moves."""
    database, event_id, on = _database(request), guards.event_of(request), _repair(request)
    with speaking(guards.admissions(request).languages[event_id]):
        try:
            work, offer = _offer(on, number)
            await database.write(event_id, repairs.take, event_id, work, offer)
        except EventkitError as refusal:
            return await _page(request, refusal.sentence, refusal.status)
    await job.cancel(database, event_id)
    return see_other(_base(request) + "/changes")


@desk.post("/repair/vignettes")
async def deal(request: Request, number: Annotated[int, Form(alias="round", ge=1)]) -> Response:
    """Deals the vignettes of a round anew among its tables; nobody moves."""
    database, event_id = _database(request), guards.event_of(request)
    with speaking(guards.admissions(request).languages[event_id]):
        found = {one.round: one for one in await database.read(redeal.deals, event_id)}
        try:
            await database.write(event_id, redeal.deal, event_id, found.get(number))
        except EventkitError as refusal:
            return await _page(request, refusal.sentence, refusal.status)
    return see_other(_base(request) + "/repair")


@desk.get("/changes")
async def who_moves(request: Request, since: str = "") -> Response:
    """Who moves since the last repair, or with `since=seated` since everybody was seated."""
    return await _shown(request, "tables/changes.html", lambda session, event_id: _changes(session, event_id, since))


async def _page(request: Request, problem: str, status: int = 200) -> Response:
    on = _repair(request)
    given = {"job": on, "problem": problem, "status": status}
    return await _shown(request, "tables/repair.html", lambda session, event_id: _menu(session, event_id, on), given)


async def _shown(
    request: Request,
    template: str,
    question: Callable[[Session, int], dict[str, Any]],
    given: dict[str, Any] | None = None,
) -> Response:
    event_id, given = guards.event_of(request), given or {}
    with speaking(guards.admissions(request).languages[event_id]):
        shown = await _database(request).read(question, event_id)
        shown |= {"code": request.path_params["code"], "tab": "door", **given}
        return page(request, template, shown, given.get("status", 200))


def _menu(session: Session, event_id: int, on: Job | None) -> dict[str, Any]:
    work, begun = seated.work(session, event_id), on.work if on else None
    offers = repairs.offers_of(on)
    return {
        "event": events.event(session, event_id),
        "people": len(work.room.people),
        "seated": any(work.held.values()),
        "choices": repairs.choices(session, event_id, begun, offers) if begun and offers else [],
        "amiss": repairs.amiss(work),
        "stale": bool(begun) and begun != replace(work, seed=begun.seed if begun else 0),
        "deals": [] if on and not on.done else redeal.deals(session, event_id),
        "not_possible": redeal.not_possible(),
        "rounds": work.room.rounds,
        "repaired": changes.repair_batch(session, event_id),
    }


def _changes(session: Session, event_id: int, since: str) -> dict[str, Any]:
    repair = changes.repair_batch(session, event_id)
    batch = repair if repair and since != "seated" else changes.first_batch(session, event_id)
    found = changes.since(session, event_id, batch)
    return {
        "event": events.event(session, event_id),
        "movers": [change for change in found if change.before and change.after],
        "arrived": [change for change in found if not change.before],
        "gone": [change for change in found if not change.after],
        "rounds": stored.rounds(session, event_id),
        "repair": bool(repair),
        "every": batch != repair,
    }


def _offer(on: Job | None, number: int) -> tuple[Work, "Offer"]:
    """What the job began with, and the offer that was chosen. Raises `Conflict` if it is not there any more."""
    offers = repairs.offers_of(on)
    if not on or not on.work or number >= len(offers):
        raise Conflict(_("These offers are not there any more. Look for repairs again."))
    return on.work, offers[number]


def _repair(request: Request) -> Job | None:
    """The event's repair, on its way or done."""
    on = job.of(_database(request), guards.event_of(request))
    return on if on and on.kind == "repair" else None


def _base(request: Request) -> str:
    return f"/s/{request.path_params['code']}/desk/door"


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database
