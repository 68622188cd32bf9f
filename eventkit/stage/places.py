"""The pages that an activity has beside the stage, such as one for each wall: their shells, frames and sockets."""

from functools import partial
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from eventkit.database import Database
from eventkit.errors import NotFound, Refused
from eventkit.events import guards
from eventkit.events.activity import Activity
from eventkit.live import sockets
from eventkit.stage import pages
from eventkit.stage.place_names import HOST, PHONE
from eventkit.web.answers import see_other
from eventkit.web.language import gettext as _

SECONDS_KEPT = 86_400


def routers(activity: Activity) -> dict[str, APIRouter]:
    """The ways to an activity's own pages, by view; the phone's page itself leads those without a pass to joining."""
    assert activity.places
    found = {"entry": APIRouter()}
    found["entry"].get(f"/e/{{code}}/{activity.places.PLACE}/{{ref}}")(partial(_phone_page, activity))
    for view in activity.places.VIEWS:
        # A host's cookie is for one table, so that the table stands in the address of its guard.
        path = "" if view == HOST else f"/{activity.places.PLACE}/{{ref}}"
        router = found[view] = APIRouter()
        if view != PHONE:
            router.get(path)(partial(_page, activity, view))
        router.get(path + "/frame")(partial(_frame, activity, view))
        router.websocket(path + "/live")(partial(_live, activity, view))
    return found


async def _phone_page(activity: Activity, request: Request) -> Response:
    """The page of one of them on a phone."""
    code, path = request.path_params["code"], _path(activity, request)
    await _known(activity, request)
    try:
        guards.admitted(request)
    except Refused:
        # As on the phone's page: whose pass was wiped does not come from a rehearsal to the event unasked.
        over = "over=yes&" if guards.PASS_COOKIE in request.cookies else ""
        return see_other(f"/j/{code}?{over}to={path}")
    answer = await pages.shell(request, _name(activity, PHONE, request), f"/e/{code}/{path}")
    if activity.places and activity.places.KEPT:
        answer.set_cookie(
            activity.places.KEPT, quote(request.path_params["ref"], safe=""), max_age=SECONDS_KEPT, path=f"/e/{code}",
            httponly=True, samesite="lax", secure=request.url.scheme == "https",
        )  # fmt: skip
    return answer


async def _page(activity: Activity, view: str, request: Request) -> Response:
    """The page of one of them on the console, or of a host."""
    await _known(activity, request)
    path = request.path_params["ref"] if view == HOST else _path(activity, request)
    return await pages.shell(request, _name(activity, view, request), f"/s/{request.path_params['code']}/{view}/{path}")


async def _frame(activity: Activity, view: str, request: Request, since: str = "") -> Response:
    """The current frame, or 304 if the page has it."""
    await _known(activity, request)
    return await pages.frame_since(request, _name(activity, view, request), since)


async def _live(activity: Activity, view: str, websocket: WebSocket) -> None:
    """Every new frame as it comes."""
    await _known(activity, websocket)
    name = _name(activity, view, websocket)
    await sockets.serve(websocket, pages.hub_of(websocket), pages.key_of(websocket, name))


def _path(activity: Activity, request: Request) -> str:
    assert activity.places
    return f"{activity.places.PLACE}/{request.path_params['ref']}"


def _name(activity: Activity, view: str, connection: HTTPConnection) -> str:
    return f"{view}-{activity.word}-{connection.path_params['ref']}"


async def _known(activity: Activity, connection: HTTPConnection) -> None:
    """Only what the plan has gets a frame of its own, or made-up addresses would fill the memory."""
    event_id = guards.event_of(connection)
    database: Database = connection.app.state.database
    assert activity.places
    if connection.path_params["ref"] not in await database.read(activity.places.refs, event_id):
        raise NotFound(_("There is nothing at this address."))
