"""What a phone may do on a wall: post notes, mend or delete its own, and read the wall where the plan allows it."""

import time
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from eventkit.database import Database
from eventkit.errors import Conflict, EventkitError, NotFound
from eventkit.events import guards
from eventkit.events import rules as events
from eventkit.wall import giving, grid, notes, own, walls
from eventkit.wall.flood import Flood, TooQuick
from eventkit.wall.models import Phase
from eventkit.wall.phases import phase
from eventkit.web.answers import page, see_other, wants_fragment
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking
from eventkit.web.text import CleanText

NOTES_A_PAGE = 50
MOST_PAGES = 10_000
LARGEST_FORM = 192 * 1024
"""Bytes: whoever pastes a page of any script is told how much fits, and not that the server takes no more."""

phone = APIRouter()
phone.include_router(giving.phone)

NoteId = Annotated[str, Form(max_length=40)]
Words = Annotated[CleanText, Form()]


@phone.post("/walls/{wall_id}/notes", max_body_size=LARGEST_FORM)
async def post(request: Request, wall_id: str, note: NoteId = "", text: Words = "") -> Response:
    """Puts a note on the wall; the answer leaves when it is on disk. A refusal keeps what was typed."""

    def verb(session: Session, event_id: int, author: str) -> None:
        notes.post(session, event_id, wall_id, note, author, text)

    return await _change(request, wall_id, verb, {"text": text})


@phone.post("/walls/{wall_id}/notes/{note_id}", max_body_size=LARGEST_FORM)
async def edit(request: Request, wall_id: str, note_id: str, text: Words = "") -> Response:
    """Gives an own note other words."""

    def verb(session: Session, event_id: int, author: str) -> None:
        notes.edit(session, event_id, wall_id, note_id, author, text)

    return await _change(request, wall_id, verb, {"text": text, "about": note_id})


@phone.post("/walls/{wall_id}/notes/{note_id}/delete")
async def delete(request: Request, wall_id: str, note_id: str) -> Response:
    """Takes an own note off the wall."""

    def verb(session: Session, event_id: int, author: str) -> None:
        notes.remove(session, event_id, wall_id, note_id, author)

    return await _change(request, wall_id, verb, {"about": note_id})


@phone.get("/walls/{wall_id}/mine")
async def own_part(request: Request, wall_id: str) -> HTMLResponse:
    """This phone's own part of a wall's page: its form and notes, or its dots."""
    return HTMLResponse(await mine_of(request, wall_id))


@phone.get("/walls/{wall_id}/read")
async def read(request: Request, wall_id: str, number: Annotated[int, Query(alias="page", ge=1)] = 1) -> Response:
    """The notes that the room reads, fifty on a page, in the order of the screen."""
    event_id = guards.event_of(request)
    with speaking(guards.admissions(request).languages[event_id]):
        values = await _database(request).read(_page_of, event_id, wall_id, min(number, MOST_PAGES))
        return page(request, "wall/read.html", values)


async def mine_of(request: Request, wall_id: str) -> str:
    """The html of this phone's own part."""
    if await _database(request).read(_gives_dots, guards.event_of(request), wall_id):
        return await giving.fragment(request, wall_id)
    return await own.fragment(request, wall_id, own.handle_of(request))


async def _change(
    request: Request, wall_id: str, verb: Callable[[Session, int, str], None], sent: dict[str, str]
) -> Response:
    """Carries a change out as the author that this phone is. `sent` is what a refusal must not lose."""
    admitted = guards.admitted(request)
    handle = own.handle_of(request)
    flood: Flood = request.app.state.database.info["flood"]
    try:
        flood.take(admitted.voter, time.monotonic())
        await _database(request).write(admitted.event_id, _as_author, admitted.event_id, wall_id, handle, verb)
    except EventkitError as refusal:
        return await _refused(request, wall_id, refusal, sent)
    if wants_fragment(request):
        answer: Response = HTMLResponse(await own.fragment(request, wall_id, handle))
    else:
        answer = see_other(f"/e/{request.path_params['code']}/walls/{wall_id}")
    own.give_handle(request, answer)
    return answer


def _as_author(
    session: Session, event_id: int, wall_id: str, handle: str, verb: Callable[[Session, int, str], None]
) -> None:
    verb(session, event_id, notes.author_of(handle, walls.wall_of(session, event_id, wall_id)))


async def _refused(request: Request, wall_id: str, refusal: EventkitError, sent: dict[str, str]) -> Response:
    """The reason, with what was typed; the phone's own script sends again by itself what came too quickly."""
    said = {"problem": refusal.sentence, **sent}
    headers = {"retry-after": str(refusal.seconds)} if isinstance(refusal, TooQuick) else {}
    if wants_fragment(request):
        html = await own.fragment(request, wall_id, own.handle_of(request), said)
        # htmx, which sends changes of a note, leaves out what is no refusal that it knows.
        status = min(refusal.status, Conflict.status) if "about" in sent else refusal.status
        return HTMLResponse(html, status, headers)
    event_id = guards.event_of(request)
    with speaking(guards.admissions(request).languages[event_id]):
        values = await _database(request).read(own.values_of, event_id, wall_id, "")
        values |= own.address(request, wall_id) | {"about": "", "text": "", **said}
        answer = page(request, "wall/refused.html", values, refusal.status)
    answer.headers.update(headers)
    return answer


def _gives_dots(session: Session, event_id: int, wall_id: str) -> bool:
    return phase(walls.wall_of(session, event_id, wall_id)) is Phase.DOTS


def _page_of(session: Session, event_id: int, wall_id: str, number: int) -> dict[str, Any]:
    event, wall = events.event(session, event_id), walls.wall_of(session, event_id, wall_id)
    if not wall.readable_on_phones or grid.concealed(wall):
        raise NotFound(_("The notes of this wall are read on the screen, not on phones."))
    column = grid.column(session, wall, (number - 1) * NOTES_A_PAGE, NOTES_A_PAGE)
    return {
        "event": event,
        "code": event.code,
        "wall": wall,
        "notes": column.notes,
        "cells": [cell for cell in column.cells if cell],
        "number": number,
        "pages": max(1, -(-grid.length(session, wall) // NOTES_A_PAGE)),
    }


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database
