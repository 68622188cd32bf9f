"""The desk's two cards for each table: one that stays on it and only tells a phone its table, one for its host."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.errors import NotFound
from eventkit.events import guards, hosts
from eventkit.events import rules as events
from eventkit.tables.lettering import lettered
from eventkit.vignettes import stories
from eventkit.web.address import Address
from eventkit.web.answers import page
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking

desk = APIRouter()


@dataclass(frozen=True)
class Card:
    """A table's card: its name, and the whole address that its QR opens."""

    table: str
    address: str


@desk.get("/vignettes/cards")
async def cards(request: Request) -> Response:
    """Which tables have a host, and the ways to print their cards."""
    return await _page(request, "vignettes/cards.html", {})


@desk.get("/vignettes/cards/tables")
async def table_cards(request: Request) -> Response:
    """A card for each table, to stay on it; it can be printed as often as one likes."""
    found = await _database(request).read(stories.tables, guards.event_of(request))
    code = request.path_params["code"]
    made = [Card(name, _whole(request, f"/e/{code}/tables/{quote(table)}")) for table, name in found.items()]
    return await _page(request, "vignettes/print_table_cards.html", {"cards": made})


@desk.post("/vignettes/cards/hosts")
async def host_cards(request: Request, table: Annotated[str, Form(max_length=100)] = "") -> Response:
    """New host cards, for one table or for all; each works once, so that they are made by no GET."""
    event_id, code = guards.event_of(request), request.path_params["code"]
    made = await _database(request).write(event_id, _new, event_id, table)
    shown = [Card(name, _whole(request, f"/s/{code}/host/{quote(ref)}/enter/{token}")) for ref, name, token in made]
    return await _page(request, "vignettes/print_host_cards.html", {"cards": shown})


def _new(session: Session, event_id: int, table: str) -> Sequence[tuple[str, str, str]]:
    """Table, its name, and the token of its card."""
    found = stories.tables(session, event_id)
    if table and table not in found:
        raise NotFound(_("There is no such table any more. Reload the page."))
    made = hosts.make_cards(session, event_id, [table] if table else found)
    return [(each, found[each], token) for each, token in made.items()]


async def _page(request: Request, template: str, values: dict[str, Any]) -> Response:
    event_id = guards.event_of(request)
    with speaking(guards.admissions(request).languages[event_id]):
        common = await _database(request).read(_common, event_id)
        own = {"code": request.path_params["code"], "tab": "vignettes", "lettered": lettered}
        return page(request, template, {**common, **own, **values})


def _common(session: Session, event_id: int) -> dict[str, Any]:
    found = stories.tables(session, event_id)
    with_host = hosts.hosted(session, event_id)
    return {"event": events.event(session, event_id), "tables": found, "hosted": with_host & set(found)}


def _whole(request: Request, path: str) -> str:
    address: Address = request.app.state.address
    return address.of(path)


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database
