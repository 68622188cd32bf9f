"""The desk's pages of the walls: notes from paper, typed in one after another, and posters to hang beside them."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.errors import EventkitError
from eventkit.events import guards
from eventkit.events import rules as events
from eventkit.wall import own, paper, walls
from eventkit.wall.models import Wall
from eventkit.wall.phases import phase
from eventkit.wall.phone_pages import LARGEST_FORM
from eventkit.web.address import Address
from eventkit.web.answers import page
from eventkit.web.language import speaking
from eventkit.web.text import CleanText

LAST_SHOWN = 5

desk = APIRouter()

NoteIds = Annotated[str, Form(max_length=200)]


@desk.get("/walls")
async def every(request: Request) -> Response:
    """The walls, each with its way to fast entry and to its poster."""
    return await _page(request, "wall/desk_walls.html", _every, {})


@desk.get("/walls/{wall_id}")
async def entry(request: Request, wall_id: str) -> Response:
    """One field for notes from paper."""
    return await _entry(request, wall_id, (), "", "")


@desk.post("/walls/{wall_id}", max_body_size=LARGEST_FORM)
async def enter(
    request: Request,
    wall_id: str,
    note: Annotated[str, Form(max_length=40)] = "",
    text: Annotated[CleanText, Form()] = "",
    last: NoteIds = "",
) -> Response:
    """Stores a note from paper, and shows the field for the next one. A page that is sent again stores nothing new."""
    event_id = guards.event_of(request)
    try:
        await _database(request).write(event_id, paper.enter, event_id, wall_id, note, text)
    except EventkitError as refusal:
        return await _entry(request, wall_id, _ids(last), text, refusal.sentence, refusal.status)
    return await _entry(request, wall_id, list(dict.fromkeys([note, *_ids(last)]))[:LAST_SHOWN], "", "")


@desk.post("/walls/{wall_id}/undo")
async def undo(
    request: Request, wall_id: str, note: Annotated[str, Form(max_length=40)] = "", last: NoteIds = ""
) -> Response:
    """Takes one of the last notes back; its words come into the field, where they can be mended."""
    event_id = guards.event_of(request)
    before = await _database(request).read(_text_of, event_id, wall_id, note)
    try:
        await _database(request).write(event_id, paper.take_back, event_id, wall_id, note)
    except EventkitError as refusal:
        return await _entry(request, wall_id, _ids(last), "", refusal.sentence, refusal.status)
    return await _entry(request, wall_id, _ids(last), before, "")


@desk.get("/walls/{wall_id}/poster")
async def poster(request: Request, wall_id: str) -> Response:
    """A sheet of A4 to hang at the wall, whose QR leads to it."""
    address: Address = request.app.state.address
    way = address.of(f"/e/{request.path_params['code']}/walls/{wall_id}")
    return await _page(request, "wall/poster.html", _one, {"address": way}, wall_id)


async def _entry(
    request: Request, wall_id: str, last: Sequence[str], text: str, problem: str, status: int = 200
) -> Response:
    values = {"fresh": own.new_note_id(), "text": text, "problem": problem, "status": status}
    return await _page(request, "wall/desk_entry.html", _entering, values, wall_id, last)


async def _page(request: Request, template: str, question: Any, values: dict[str, Any], *args: Any) -> Response:
    event_id = guards.event_of(request)
    with speaking(guards.admissions(request).languages[event_id]):
        shown = await _database(request).read(question, event_id, *args)
        shown |= {"code": request.path_params["code"], "tab": "walls", **values}
        return page(request, template, shown, values.get("status", 200))


def _every(session: Session, event_id: int) -> dict[str, Any]:
    every = [(wall, phase(wall), paper.entered(session, wall)) for wall in walls.every(session, event_id)]
    return {"event": events.event(session, event_id), "walls": every}


def _one(session: Session, event_id: int, wall_id: str) -> dict[str, Any]:
    wall = walls.wall_of(session, event_id, wall_id)
    every = walls.every(session, event_id)
    number = [other.id for other in every].index(wall.id) + 1
    return {
        "event": events.event(session, event_id),
        "wall": wall,
        "phase": phase(wall),
        "number": number,
        "of": len(every),
    }


def _entering(session: Session, event_id: int, wall_id: str, last: Sequence[str]) -> dict[str, Any]:
    values = _one(session, event_id, wall_id)
    wall: Wall = values["wall"]
    following = walls.every(session, event_id)[values["number"] % values["of"]]
    known = paper.found(session, wall, last)
    return values | {"entered": paper.entered(session, wall), "last": known, "following": following}


def _text_of(session: Session, event_id: int, wall_id: str, note_id: str) -> str:
    return "".join(note.text for note in paper.found(session, walls.wall_of(session, event_id, wall_id), [note_id]))


def _ids(last: str) -> Sequence[str]:
    return [note_id for note_id in last.split(",") if note_id][:LAST_SHOWN]


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database
