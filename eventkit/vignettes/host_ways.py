"""How a device becomes the host of a table: by a card from the desk, by handing over, or to write beside."""

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.errors import NotFound, Refused
from eventkit.events import guards, hosts
from eventkit.events import rules as events
from eventkit.events.models import Role
from eventkit.live.hub import Hub
from eventkit.vignettes import stories
from eventkit.web.address import Address
from eventkit.web.answers import page, see_other, wants_fragment
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking

DAYS_KEPT = 30

entry = APIRouter()
host = APIRouter()


@entry.get("/s/{code}/host/{ref}/enter/{token}")
async def card(request: Request, code: str, ref: str, token: str) -> Response:
    """Where a host card leads. Nothing changes here: previews of a link follow it.

    The page exchanges the card by itself, unless the table has a host whose place this would take.
    """
    event_id = guards.event_of(request)
    with speaking(guards.admissions(request).languages[event_id]):
        values = await _database(request).read(_of_table, event_id, ref)
        values |= {"action": f"{_home(code, ref)}/enter/{token}"}
        values |= {"taken": await _database(request).read(hosts.takes_place, event_id, ref, token)}
        return page(request, "vignettes/host_enter.html", values)


@entry.post("/s/{code}/host/{ref}/enter/{token}")
async def use_card(request: Request, code: str, ref: str, token: str) -> Response:
    """Exchanges the card for a cookie, and drops it from the address. Whoever's place was taken is let go."""
    event_id, home = guards.event_of(request), _home(code, ref)
    answer = see_other(home)
    # A browser that is in already keeps its cookie, and the card stays for somebody else.
    if await _database(request).read(hosts.device, event_id, ref, request.cookies.get(Role.HOST.value, "")):
        return answer
    cookie = await _database(request).write(event_id, hosts.use_card, event_id, ref, token)
    hub: Hub = request.app.state.hub
    hub.dismiss(event_id, Role.HOST.value)
    answer.set_cookie(
        Role.HOST.value, cookie, max_age=86_400 * DAYS_KEPT, path=home,
        httponly=True, samesite="lax", secure=request.url.scheme == "https",
    )  # fmt: skip
    return answer


@host.post("/hand-over")
async def hand_over(request: Request, ref: str) -> Response:
    """A link with which another device takes this one's place."""
    return await _link(request, ref, beside=False)


@host.post("/beside")
async def beside(request: Request, ref: str) -> Response:
    """A link with which another device writes beside this one."""
    return await _link(request, ref, beside=True)


async def _link(request: Request, ref: str, *, beside: bool) -> Response:
    event_id, home, address = (
        guards.event_of(request),
        _home(request.path_params["code"], ref),
        request.app.state.address,
    )
    assert isinstance(address, Address)
    cookie = request.cookies.get(Role.HOST.value, "")
    token = await _database(request).write(event_id, _new_card, event_id, ref, cookie, beside)
    with speaking(guards.admissions(request).languages[event_id]):
        values = await _database(request).read(_of_table, event_id, ref)
        values |= {"home": home, "beside": beside, "address": address.of(f"{home}/enter/{token}")}
        template = "vignettes/_hand_over.html" if wants_fragment(request) else "vignettes/hand_over.html"
        return page(request, template, values)


def _new_card(session: Session, event_id: int, table: str, cookie: str, beside: bool) -> str:
    """Only who hosts the table now can pass it on."""
    if why := hosts.why_outside(session, event_id, table, cookie):
        raise Refused(why)
    return hosts.make_card(session, event_id, table, beside=beside)


def _of_table(session: Session, event_id: int, table: str) -> dict[str, Any]:
    found = stories.tables(session, event_id)
    if table not in found:
        raise NotFound(_("There is nothing at this address."))
    return {"event": events.event(session, event_id), "table": found[table]}


def _home(code: str, ref: str) -> str:
    return f"/s/{code}/host/{quote(ref)}"


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database
