"""The shells of phone, screen and console, their frames and sockets."""

import re

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, Response
from starlette.websockets import WebSocket

from eventkit.database import Database
from eventkit.errors import Refused
from eventkit.events import guards
from eventkit.events import rules as events
from eventkit.live import sockets
from eventkit.live.hub import Hub, Key
from eventkit.stage import frames
from eventkit.stage.plain import activity_of
from eventkit.web.answers import page, see_other
from eventkit.web.headers import FRAMED, FRAMING
from eventkit.web.language import speaking

MINE = re.compile(r'<div data-mine="(?P<name>(?P<word>[a-z]+)-[^"]+)" data-src="[^"]*">')

entry = APIRouter()
phone = APIRouter()
screen = APIRouter()
console = APIRouter()


@entry.get("/e/{code}")
async def phone_page(request: Request, code: str) -> Response:
    """The phone's page; a browser without a pass is led to joining, and one whose pass was wiped is asked first."""
    guards.event_of(request)
    try:
        guards.admitted(request)
    except Refused:
        return see_other(f"/j/{code}?over=yes" if guards.PASS_COOKIE in request.cookies else f"/j/{code}")
    return await shell(request, "phone", f"/e/{code}")


@phone.get("/stored")
async def stored(request: Request) -> Response:
    """What is kept of an attendee, in plain words."""
    event = await _database(request).read(events.event, guards.event_of(request))
    with speaking(event.language):
        return page(request, "events/stored.html", {"event": event, "code": event.code})


@screen.get("")
async def screen_page(request: Request) -> Response:
    """The projector's page."""
    return await shell(request, "screen", f"/s/{request.path_params['code']}/screen")


@console.get("")
async def console_page(request: Request) -> Response:
    """The facilitator's page."""
    answer = await shell(request, "console", f"/s/{request.path_params['code']}/console")
    answer.headers.update(FRAMING)
    return answer


@console.get("/next")
async def next_screen(request: Request) -> Response:
    """What the screen will show after the next press, as a page without scripts for the console's small picture."""
    event_id, state = guards.event_of(request), request.app.state
    with speaking(guards.admissions(request).languages[event_id]):
        html = await _database(request).read(frames.render_ahead, event_id, state.renderer, state.address)
    return HTMLResponse(html, headers=FRAMED)


@console.get("/clock")
async def clock(request: Request) -> Response:
    """The time, how the day stands against its programme, and who is connected; asked for every ten seconds.

    Who comes and goes is no part of the console's frame, or a room that joins would have it rendered all the time.
    """
    event_id, hub = guards.event_of(request), hub_of(request)
    with speaking(guards.admissions(request).languages[event_id]):
        values = await _database(request).read(frames.clock, event_id)
        watching = {"screens": hub.watching(event_id, "screen"), "phones": hub.watching(event_id, "phone")}
        return page(request, "stage/_clock.html", {**values, **watching})


def _live(router: APIRouter, view: str) -> None:
    """Gives a view its socket, and the same frame for those who poll."""

    @router.get("/frame")
    async def frame(request: Request, since: str = "") -> Response:
        """The current frame, or 304 if the page has it."""
        return await frame_since(request, view, since)

    @router.websocket("/live")
    async def live(websocket: WebSocket) -> None:
        """Every new frame as it comes."""
        await sockets.serve(websocket, hub_of(websocket), key_of(websocket, view))


for _view, _router in (("phone", phone), ("screen", screen), ("console", console)):
    _live(_router, _view)


async def frame_since(request: Request, view: str, since: str) -> Response:
    """The current frame of a view, or 304 if the page has it."""
    current = await hub_of(request).frame(key_of(request, view))
    if since == current.since:
        return Response(status_code=304)
    return Response(current.message, media_type="application/json")


async def shell(request: Request, view: str, root: str) -> Response:
    """The page around a view's frame, with what belongs to this browser filled in; `root` is the view's address."""
    key = key_of(request, view)
    frame = await hub_of(request).frame(key)
    event = await _database(request).read(events.event, key.event_id)
    with speaking(event.language):
        values = {
            "event": event,
            "code": event.code,
            "live": root,
            "run": frame.run,
            "version": frame.version,
            "frame": Markup(await _with_mine(request, frame.html)),  # noqa: S704 -- rendered by our own templates
        }
        return page(request, f"stage/{_shell_of(view)}.html", values)


def key_of(connection: HTTPConnection, view: str) -> Key:
    """The hub's name for a view of this connection's event."""
    event_id = guards.event_of(connection)
    return Key(event_id, view, guards.admissions(connection).languages[event_id])


def hub_of(connection: HTTPConnection) -> Hub:
    """Where the frames are."""
    hub: Hub = connection.app.state.hub
    return hub


def _shell_of(view: str) -> str:
    """A page of an activity's own has the shell of its phone or console."""
    return view.partition("-")[0]


async def _with_mine(request: Request, html: str) -> str:
    found = MINE.search(html)
    if found is None:
        return html
    mine = await activity_of(found["word"]).pages.mine(request, found["name"])
    return html[: found.end()] + mine + html[found.end() :]


def _database(connection: HTTPConnection) -> Database:
    database: Database = connection.app.state.database
    return database
