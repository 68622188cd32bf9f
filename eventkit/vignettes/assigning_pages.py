"""The desk's page that gives stories to tables: ticked by hand or dealt, looked at, then carried out."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.errors import EventkitError
from eventkit.events import guards
from eventkit.events import rules as events
from eventkit.vignettes import assigning, assigning_words
from eventkit.web.answers import page, see_other
from eventkit.web.language import speaking

Wanted = Mapping[str, Sequence[str]]

desk = APIRouter(prefix="/vignettes/assign")


@desk.get("")
async def show(request: Request, deal: str = "") -> Response:
    """The stories of every table as they are, or with `deal` as they would be by the rules; nothing changes here."""
    return await _page(request, deal=bool(deal))


@desk.post("")
async def give(
    request: Request,
    seen: Annotated[str, Form(max_length=16)] = "",
    chosen: Annotated[list[str] | None, Form(alias="give")] = None,
    confirmed: Annotated[str, Form(max_length=16)] = "",
) -> Response:
    """Gives tables the stories that are ticked; asks first if anything stands against it.

    What is `confirmed` is what the question was about: other ticks are asked about anew.
    """
    event_id, database = guards.event_of(request), _database(request)
    with speaking(guards.admissions(request).languages[event_id]):
        found = await database.read(assigning.given, event_id)
        wanted = _ticked(found, chosen or [])
        if found.seen == seen and confirmed != assigning.digest(wanted) and assigning_words.warnings(found, wanted):
            return await _page(request, wanted=wanted)
        try:
            await database.write(event_id, assigning.give, event_id, wanted, seen)
        except EventkitError as refusal:
            return await _page(request, problem=refusal.sentence, status=refusal.status)
    return see_other(f"/s/{request.path_params['code']}/desk/vignettes/assign")


async def _page(
    request: Request, *, deal: bool = False, wanted: Wanted | None = None, problem: str = "", status: int = 200
) -> Response:
    event_id = guards.event_of(request)
    with speaking(guards.admissions(request).languages[event_id]):
        values = await _database(request).read(_values, event_id, deal, wanted)
        shown = {**values, "code": request.path_params["code"], "problem": problem}
        return page(request, "vignettes/assign.html", shown, status)


def _values(session: Session, event_id: int, deal: bool, wanted: Wanted | None) -> dict[str, Any]:
    found = assigning.given(session, event_id)
    ready = bool(found.titles and found.now)
    shown = assigning.dealt(found) if deal and ready else wanted or found.now
    at = [story for mine in shown.values() for story in mine]
    return {
        "event": events.event(session, event_id),
        "tab": "vignettes",
        "given": found,
        "ready": ready,
        "shown": shown,
        "sign": assigning.digest(shown),
        "at": {story: at.count(story) for story in found.titles},
        "deal": deal,
        "asking": wanted is not None,
        "free": len(found.now) - len(found.fixed),
        "warnings": assigning_words.warnings(found, shown) if ready else (),
        "reasons": assigning_words.reasons(found) if deal and ready else (),
        "changes": assigning_words.changes(found, shown),
        "still_known": assigning_words.still_known(found),
    }


def _ticked(found: assigning.Assignment, chosen: Sequence[str]) -> Wanted:
    """What was ticked, each as a table and a story with a space between; a story's id has none."""
    pairs = {(table, story) for table, _space, story in (tick.rpartition(" ") for tick in chosen)}
    return {
        table: assigning.in_order(now, [story for story in found.titles if (table, story) in pairs])
        for table, now in found.now.items()
    }


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database
