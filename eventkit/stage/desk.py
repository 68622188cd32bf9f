"""The organiser's desk: links for every role as QR, and the end of the event."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.events import guards
from eventkit.events import rules as events
from eventkit.events.models import Event, Role, RoleLink
from eventkit.events.pages import VIEWS
from eventkit.events.tokens import spaced_code
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
    """The desk."""
    return await _page(request)


@desk.post("/links")
async def make(request: Request, role: Annotated[Role, Form()]) -> Response:
    """A new one-time link, shown this once: what is stored is its hash."""
    event_id = guards.event_of(request)
    token = await _database(request).write(event_id, events.make_link, event_id, role)
    return await _page(request, role, token)


@desk.post("/links/{link_id}/revoke")
async def revoke(request: Request, link_id: str) -> Response:
    """Ends a link and the access of whoever used it."""
    event_id = guards.event_of(request)
    await _database(request).write(event_id, events.revoke_link, event_id, link_id)
    return see_other(f"/s/{request.path_params['code']}/desk")


@desk.post("/end")
async def end(request: Request, confirmed: Annotated[str, Form(max_length=3)] = "") -> Response:
    """Ends the event, after a question."""
    event_id = guards.event_of(request)
    if not confirmed:
        return await _page(request, ending=True)
    await _database(request).write(event_id, programme.end, event_id)
    return see_other(f"/s/{request.path_params['code']}/desk")


async def _page(request: Request, role: Role | None = None, token: str = "", *, ending: bool = False) -> Response:
    shown = await _database(request).read(_read, guards.event_of(request))
    address: Address = request.app.state.address
    code = shown.event.code
    fresh = None
    if role is not None:
        view = next(view for view, opens in VIEWS.items() if opens is role)
        link = address.of(f"/s/{code}/{view}/enter/{token}")
        fresh = {"address": link, "qr": qr(link), "role": role}
    with speaking(shown.event.language):
        values = {
            "event": shown.event,
            "code": code,
            "code_spaced": spaced_code(code),
            "links": shown.links,
            "joined": shown.joined,
            "roles": list(Role),
            "fresh": fresh,
            "join_address": address.of(f"/j/{code}"),
            "join_qr": qr(address.of(f"/j/{code}")),
            "screen_address": address.of(f"/s/{code}/screen"),
            "here_only": address.here_only,
            "downloads": request.app.state.downloads(code),
            "ending": ending,
            "question": shown.question,
        }
        return page(request, "stage/desk.html", values)


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
