"""What the devices of a table's host may do with its points, and its call for the facilitator."""

import secrets
from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from eventkit.database import Database
from eventkit.errors import EventkitError, Refused
from eventkit.events import guards, hosts
from eventkit.events import rules as events
from eventkit.events.models import Role
from eventkit.vignettes import calls, points, stories
from eventkit.vignettes.models import Mark
from eventkit.vignettes.points import Words
from eventkit.web.answers import page, renderer, see_other, wants_fragment
from eventkit.web.language import speaking
from eventkit.web.text import CleanText

LARGEST_FORM = 192 * 1024
"""Bytes: whoever pastes a page is told how much fits, and not that the server takes no more."""
ID_BYTES = 8

host = APIRouter()

Typed = Annotated[CleanText, Form()]
Id = Annotated[str, Form(max_length=100)]
Verb = Callable[[Session, int, str, str], None]


@host.post("/points", max_body_size=LARGEST_FORM)
async def write(request: Request, ref: str, vignette_id: Id = "", prompt_id: Id = "", text: Typed = "") -> Response:
    """A point from a plain form, which cannot make its number."""
    return await _save(request, ref, secrets.token_hex(ID_BYTES), Words(vignette_id, prompt_id, text))


@host.post("/points/{point_id}", max_body_size=LARGEST_FORM)
async def save(
    request: Request, ref: str, point_id: str, vignette_id: Id = "", prompt_id: Id = "", text: Typed = ""
) -> Response:
    """A point as it stands now; the answer leaves when it is on disk. A refusal keeps what was typed."""
    return await _save(request, ref, point_id, Words(vignette_id, prompt_id, text))


@host.get("/points/{point_id}")
async def change(request: Request, ref: str, point_id: str) -> Response:
    """The form with which a point's own device changes its words, for browsers without script."""
    event_id, cookie = guards.event_of(request), request.cookies.get(Role.HOST.value, "")
    words = await _database(request).read(_own, event_id, ref, cookie, point_id)
    return await _form(request, ref, point_id, words)


@host.post("/points/{point_id}/mark")
async def mark(request: Request, ref: str, point_id: str, mark: Annotated[Mark, Form()] = Mark.PLAIN) -> Response:
    """Says what a point is, or takes that back."""
    return await _change(request, ref, lambda session, event_id, table, _: points.mark(
        session, event_id, table, point_id, mark
    ))  # fmt: skip


@host.post("/points/{point_id}/delete")
async def delete(request: Request, ref: str, point_id: str) -> Response:
    """Takes a point away."""
    return await _change(request, ref, lambda session, event_id, table, _: points.remove(
        session, event_id, table, point_id
    ))  # fmt: skip


@host.post("/call")
async def call(request: Request, ref: str) -> Response:
    """Asks the facilitator to come."""
    return await _change(request, ref, lambda session, event_id, table, _: calls.call(session, event_id, table))


@host.post("/call/back")
async def call_back(request: Request, ref: str) -> Response:
    """Takes the call back."""
    return await _change(request, ref, lambda session, event_id, table, _: calls.seen(session, event_id, table))


async def device_part(request: Request, table: str) -> str:
    """By which device this page is shown, so that it can tell its own points from others'."""
    event_id, cookie = guards.event_of(request), request.cookies.get(Role.HOST.value, "")
    device = await _database(request).read(hosts.device, event_id, table, cookie)
    return renderer(request).render("vignettes/_host_device.html", {"device": device})


@host.get("/device")
async def own_device(request: Request, ref: str) -> HTMLResponse:
    """The same, for a page that came without it."""
    return HTMLResponse(await device_part(request, ref))


async def _save(request: Request, ref: str, point_id: str, words: Words) -> Response:
    def verb(session: Session, event_id: int, table: str, device: str) -> None:
        points.save(session, event_id, table, device, point_id, words)

    try:
        return await _change(request, ref, verb)
    except EventkitError as refusal:
        if wants_fragment(request):
            raise
        return await _form(request, ref, point_id, words, refusal)


async def _change(request: Request, ref: str, verb: Verb) -> Response:
    event_id, cookie = guards.event_of(request), request.cookies.get(Role.HOST.value, "")
    await _database(request).write(event_id, _by_device, event_id, ref, cookie, verb)
    return HTMLResponse("") if wants_fragment(request) else see_other(_home(request, ref))


def _by_device(session: Session, event_id: int, table: str, cookie: str, verb: Verb) -> None:
    """The table may have been handed over since the guard looked."""
    if why := hosts.why_outside(session, event_id, table, cookie):
        raise Refused(why)
    verb(session, event_id, table, hosts.device(session, event_id, table, cookie))


def _own(session: Session, event_id: int, table: str, cookie: str, point_id: str) -> Words:
    device = hosts.device(session, event_id, table, cookie)
    point, vignette_id = points.own(session, event_id, table, device, point_id)
    return Words(vignette_id, point.prompt_id, point.text)


async def _form(
    request: Request, ref: str, point_id: str, words: Words, refusal: EventkitError | None = None
) -> Response:
    event_id = guards.event_of(request)
    with speaking(guards.admissions(request).languages[event_id]):
        values: dict[str, Any] = await _database(request).read(_about, event_id, ref)
        values |= {"base": _home(request, ref), "point_id": point_id, "words": words}
        values |= {"problem": refusal.sentence if refusal else ""}
        return page(request, "vignettes/point.html", values, refusal.status if refusal else 200)


def _about(session: Session, event_id: int, table: str) -> dict[str, Any]:
    return {"event": events.event(session, event_id), "table": stories.tables(session, event_id).get(table, table)}


def _home(request: Request, ref: str) -> str:
    return f"/s/{request.path_params['code']}/host/{quote(ref)}"


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database
