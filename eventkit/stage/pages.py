"""The shells of phone, screen and console, their frames and sockets, and the facilitator's presses."""

import re
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form
from markupsafe import Markup
from sqlmodel import Session
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from eventkit.database import Database
from eventkit.errors import Conflict, EventkitError, Refused
from eventkit.events import guards
from eventkit.events import rules as events
from eventkit.live import sockets
from eventkit.live.hub import Hub, Key
from eventkit.stage import programme
from eventkit.stage.plain import activity_of
from eventkit.web.answers import page, see_other, wants_fragment
from eventkit.web.language import speaking

MINE = re.compile(r'<div data-mine="(?P<name>(?P<word>[a-z]+)-[^"]+)" data-src="[^"]*">')

entry = APIRouter()
phone = APIRouter()
screen = APIRouter()
console = APIRouter()


@entry.get("/e/{code}")
async def phone_page(request: Request, code: str) -> Response:
    """The phone's page; a browser without a pass is led to joining."""
    event_id = guards.event_of(request)
    try:
        guards.admitted(request)
    except Refused:
        return see_other(f"/j/{code}")
    return await _shell(request, event_id, "phone")


@phone.get("/stored")
async def stored(request: Request) -> Response:
    """What is kept of an attendee, in plain words."""
    event = await _database(request).read(events.event, guards.event_of(request))
    with speaking(event.language):
        return page(request, "events/stored.html", {"event": event, "code": event.code})


@screen.get("")
async def screen_page(request: Request) -> Response:
    """The projector's page."""
    return await _shell(request, guards.event_of(request), "screen")


@console.get("")
async def console_page(request: Request) -> Response:
    """The facilitator's page."""
    return await _shell(request, guards.event_of(request), "console")


@console.post("/forward")
async def forward(request: Request, version: Annotated[int, Form()]) -> Response:
    """The next phase or step."""
    return await _command(request, "forward", lambda session, event_id: programme.forward(session, event_id, version))


@console.post("/back")
async def back(
    request: Request, version: Annotated[int, Form()], confirmed: Annotated[str, Form(max_length=3)] = ""
) -> Response:
    """The phase or step before."""
    return await _command(
        request, "back", lambda session, event_id: programme.back(session, event_id, version, bool(confirmed))
    )


@console.post("/jump")
async def jump(
    request: Request,
    version: Annotated[int, Form()],
    step: Annotated[int, Form()],
    confirmed: Annotated[str, Form(max_length=3)] = "",
) -> Response:
    """Any step of the programme."""
    return await _command(
        request, "jump", lambda session, event_id: programme.jump(session, event_id, version, step, bool(confirmed))
    )


@console.post("/join-code")
async def join_code(request: Request) -> Response:
    """The join code large on the screen, or away."""
    return await _command(request, "join-code", programme.toggle_join_code)


@console.post("/card/{statistic_id}")
async def card(request: Request, statistic_id: str) -> Response:
    """The source card of a figure large on the screen, or away."""
    return await _command(
        request,
        f"card/{statistic_id}",
        lambda session, event_id: programme.toggle_card(session, event_id, statistic_id),
    )


def _live(router: APIRouter, view: str) -> None:
    """Gives a view its socket, and the same frame for those who poll."""

    @router.get("/frame")
    async def frame(request: Request, since: str = "") -> Response:
        """The current frame, or 304 if the page has it."""
        current = await _hub(request).frame(_key(request, view))
        if since == current.since:
            return Response(status_code=304)
        return Response(current.message, media_type="application/json")

    @router.websocket("/live")
    async def live(websocket: WebSocket) -> None:
        """Every new frame as it comes."""
        await sockets.serve(websocket, _hub(websocket), _key(websocket, view))


for _view, _router in (("phone", phone), ("screen", screen), ("console", console)):
    _live(_router, _view)


async def _shell(request: Request, event_id: int, view: str) -> Response:
    """The page around a frame, with what belongs to this browser filled in."""
    frame = await _hub(request).frame(_key(request, view))
    code = request.path_params["code"]
    root = f"/e/{code}" if view == "phone" else f"/s/{code}/{view}"
    event = await _database(request).read(events.event, event_id)
    with speaking(event.language):
        values = {
            "event": event,
            "code": event.code,
            "live": root,
            "run": frame.run,
            "version": frame.version,
            "frame": Markup(await _with_mine(request, frame.html)),  # noqa: S704 -- rendered by our own templates
        }
        return page(request, f"stage/{view}.html", values)


async def _with_mine(request: Request, html: str) -> str:
    found = MINE.search(html)
    if found is None:
        return html
    mine = await activity_of(found["word"]).pages.mine(request, found["name"])
    return html[: found.end()] + mine + html[found.end() :]


async def _command(
    request: Request, action: str, verb: Callable[[Session, int], programme.Question | None]
) -> Response:
    """Carries out a press; asks first, or says why not, in the console's own place for that."""
    console_address = f"/s/{request.path_params['code']}/console"
    event_id = guards.event_of(request)
    values = {"action": f"{console_address}/{action}", "question": "", "notice": "", "fields": {}}
    status = 200
    try:
        asked = await _database(request).write(event_id, verb, event_id)
        values["question"] = asked.sentence if asked else ""
    except EventkitError as refusal:
        values["notice"], status = refusal.sentence, refusal.status
    if wants_fragment(request):
        status = min(status, Conflict.status)  # htmx leaves out what has 500 or more: the reason would not be seen
    if not values["question"] and not values["notice"]:
        return Response("", media_type="text/html") if wants_fragment(request) else see_other(console_address)
    given = {name: value for name, value in (await request.form()).items() if name in ("version", "step")}
    values["fields"] = given | {"confirmed": "yes"}
    template = "stage/_ask.html" if wants_fragment(request) else "stage/ask.html"
    with speaking(guards.admissions(request).languages[event_id]):
        return page(request, template, values, status)


def _key(connection: HTTPConnection, view: str) -> Key:
    event_id = guards.event_of(connection)
    return Key(event_id, view, guards.admissions(connection).languages[event_id])


def _hub(connection: HTTPConnection) -> Hub:
    hub: Hub = connection.app.state.hub
    return hub


def _database(connection: HTTPConnection) -> Database:
    database: Database = connection.app.state.database
    return database
