"""The organiser's desk: links for every role as QR, and the end of the event."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database, now
from eventkit.events import guards, retention
from eventkit.events import rules as events
from eventkit.events.models import Event, Role, RoleLink
from eventkit.events.pages import VIEWS, view_of
from eventkit.events.tokens import spaced_code
from eventkit.evidence import rules as evidence
from eventkit.live.hub import Hub
from eventkit.stage import programme
from eventkit.stage.plain import activity_of
from eventkit.web.address import Address
from eventkit.web.answers import page, see_other
from eventkit.web.language import speaking
from eventkit.web.qr import qr

desk = APIRouter()


@dataclass(frozen=True)
class Desk:
    """What the desk shows."""

    event: Event
    links: list[RoleLink]
    joined: int
    question: str


@desk.get("")
async def show(request: Request) -> Response:
    """The day: how people come in, and its end."""
    return await _day(request)


@desk.get("/links")
async def show_links(request: Request) -> Response:
    """The links of every role."""
    return await _page(request, "links", {"fresh": None, "roles": list(VIEWS.values())})


@desk.post("/links")
async def make(request: Request, role: Annotated[Role, Form()]) -> Response:
    """A new one-time link, shown this once: what is stored is its hash."""
    event_id = guards.event_of(request)
    view = view_of(role)
    token = await _database(request).write(event_id, events.make_link, event_id, role)
    link = _address(request).of(f"/s/{request.path_params['code']}/{view}/enter/{token}")
    fresh = {"address": link, "qr": qr(link), "role": role}
    return await _page(request, "links", {"fresh": fresh, "roles": list(VIEWS.values())})


@desk.post("/links/{link_id}/revoke")
async def revoke(request: Request, link_id: str) -> Response:
    """Ends a link and the access of whoever used it."""
    event_id = guards.event_of(request)
    await _database(request).write(event_id, events.revoke_link, event_id, link_id)
    # An open console or host's page asked its guard when it connected; it must ask again.
    hub: Hub = request.app.state.hub
    for view in ("console", Role.HOST.value):
        hub.dismiss(event_id, view)
    return see_other(f"/s/{request.path_params['code']}/desk/links")


@desk.get("/downloads")
async def show_downloads(request: Request) -> Response:
    """Every file that the desk offers."""
    return await _page(request, "downloads", {"downloads": request.app.state.downloads(request.path_params["code"])})


@desk.post("/end")
async def end(request: Request, confirmed: Annotated[str, Form(max_length=3)] = "") -> Response:
    """Ends the event, after a question."""
    event_id = guards.event_of(request)
    if not confirmed:
        return await _day(request, ending=True)
    await _database(request).write(event_id, programme.end, event_id)
    return see_other(f"/s/{request.path_params['code']}/desk")


async def _day(request: Request, *, ending: bool = False) -> Response:
    address, code = _address(request), request.path_params["code"]
    values = {
        "code_spaced": spaced_code(code),
        "join_address": address.of(f"/j/{code}"),
        "screen_address": address.of(f"/s/{code}/screen"),
        "here_only": address.here_only,
        "ending": ending,
        "queries": await _database(request).read(evidence.queries, guards.event_of(request)),
    }
    return await _page(request, "day", values)


async def _page(request: Request, tab: str, values: Mapping[str, Any]) -> Response:
    shown = await _database(request).read(_read, guards.event_of(request))
    with speaking(shown.event.language):
        own = {
            "event": shown.event,
            "code": request.path_params["code"],
            "tab": tab,
            "links": shown.links,
            "joined": shown.joined,
            "question": shown.question,
            "retention": retention.warning(shown.event, retention.day_at(shown.event, now())),
        }
        return page(request, f"stage/desk_{tab}.html", {**own, **values})


def _read(session: Session, event_id: int) -> Desk:
    step = programme.current(session, event_id)
    question = activity_of(step.word).saying.leaving(session, step)
    return Desk(
        events.event(session, event_id),
        list(events.links(session, event_id)),
        events.joined(session, event_id),
        question,
    )


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


def _address(request: Request) -> Address:
    address: Address = request.app.state.address
    return address
