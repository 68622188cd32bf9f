"""Attendees who group the notes of a wall themselves: a plain page, fifty notes at a time."""

from time import monotonic
from typing import Annotated

from fastapi import APIRouter, Query
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.codebook import saying, undoing
from eventkit.database import Database
from eventkit.events import guards
from eventkit.wall import grouping, walls
from eventkit.wall.answering import Batch, Label, NoteIds, ThemeId, new_batch, write
from eventkit.wall.flood import Flood
from eventkit.web.answers import page, see_other
from eventkit.web.language import speaking

MOST_PAGES = 10_000

phone = APIRouter()


@phone.get("/walls/{wall_id}/group")
async def group(
    request: Request,
    wall_id: str,
    number: Annotated[int, Query(alias="page", ge=1)] = 1,
    show: str = "",
    done: str = "",
) -> Response:
    """The notes without a theme or, with `show` "all", every one; `done` names what this phone did just now."""
    event_id = guards.event_of(request)
    database: Database = request.app.state.database
    with speaking(guards.admissions(request).languages[event_id]):
        every, at = show == "all", min(number, MOST_PAGES)
        offered = await database.read(grouping.offered, event_id, wall_id, at, every=every)
        step = await database.read(undoing.step_of, event_id, done)
        values = {"offered": offered, "every": every, "code": request.path_params["code"], "batch": step and done}
        return page(request, "wall/group.html", values | {"said": saying.done(step) if step else ""})


@phone.post("/walls/{wall_id}/group")
async def move(request: Request, wall_id: str, note: NoteIds, theme: ThemeId = "", label: Label = "") -> Response:
    """Puts notes under a theme, a new one or none."""
    _hold(request)
    step = await write(request, grouping.move_by_attendee, wall_id, note, theme, label, new_batch())
    return see_other(f"/e/{request.path_params['code']}/walls/{wall_id}/group?done={step.batch}")


@phone.post("/walls/{wall_id}/group/undo")
async def undo(request: Request, wall_id: str, batch: Batch = "") -> Response:
    """Takes back what was done at one press; only whoever did it knows its name."""
    _hold(request)
    await write(request, _undo, wall_id, batch)
    return see_other(f"/e/{request.path_params['code']}/walls/{wall_id}/group")


def _hold(request: Request) -> None:
    """One phone cannot move everything all the time. It loses none of the notes that it may write."""
    flood: Flood = request.app.state.database.info["flood"]
    flood.take(guards.admitted(request).voter + b"/group", monotonic())


def _undo(session: Session, event_id: int, wall_id: str, batch: str) -> undoing.Undone:
    grouping.require_open_to_all(walls.wall_of(session, event_id, wall_id))
    return undoing.undo(session, event_id, batch)
