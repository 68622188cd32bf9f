"""The desk's sheets of paper for tables: cards, badges, lists and posters on A4, printed by the browser."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.errors import NotFound
from eventkit.events import guards
from eventkit.events import rules as events
from eventkit.tables import prints, seating_files, stored
from eventkit.tables.lettering import lettered
from eventkit.web.address import Address
from eventkit.web.answers import page
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking

MOST_COLUMNS = 4
"""Rounds that have a column each on the door list, or a line each on a badge; more of them share one."""

desk = APIRouter()


@dataclass(frozen=True)
class Print:
    """One kind of sheet: its name, what it is for and on what paper, and what its template needs from the database."""

    title: str
    about: str
    paper: str
    template: str
    question: Callable[[Session, int], Mapping[str, Any]]


def _coming(session: Session, event_id: int) -> Mapping[str, Any]:
    return {"people": prints.coming(session, event_id)}


def _everybody(session: Session, event_id: int) -> Mapping[str, Any]:
    return {"people": prints.everybody(session, event_id)}


def _table_cards(session: Session, event_id: int) -> Mapping[str, Any]:
    return {"cards": prints.table_cards(session, event_id)}


def _host_sheets(session: Session, event_id: int) -> Mapping[str, Any]:
    return {"sheets": prints.host_sheets(session, event_id)}


def _nothing(_session: Session, _event_id: int) -> Mapping[str, Any]:
    return {}


PRINTS: Mapping[str, Print] = {
    "table-cards": Print(
        _("Table cards"),
        _("One for each table, to stand on it: its name, and the QR with which people join."),
        _("One card on each sheet. Fold it across the middle."),
        "tables/print_table_cards.html",
        _table_cards,
    ),
    "place-cards": Print(
        _("Place cards"),
        _("One for each person, table by table: name and organisation, to stand at the place."),
        _("Four cards on each sheet. Cut along the lines, then fold each across its middle."),
        "tables/print_place_cards.html",
        _coming,
    ),
    "badges": Print(
        _("Badges"),
        _("One for each person: name, organisation, badge code, and the table of each round."),
        _("Eight badges on each sheet, 105 × 74 mm. Cut along the lines."),
        "tables/print_badges.html",
        _coming,
    ),
    "host-sheets": Print(
        _("Host sheets"),
        _("For the host of each table in each round: who sits there, and what they need."),
        _("At least one sheet for each table and round. Give each to its host alone."),
        "tables/print_host_sheets.html",
        _host_sheets,
    ),
    "door-list": Print(
        _("Door list"),
        _("Everybody by name, with badge code, tables and needs, and a box to tick."),
        _("About 18 people on each sheet, printed across."),
        "tables/print_door_list.html",
        _everybody,
    ),
    "seat-poster": Print(
        _("Poster: find your table"),
        _("For the entrance: a QR and an address at which people find their own table."),
        _("One sheet. Print as many as there are doors."),
        "tables/print_seat_poster.html",
        _nothing,
    ),
}


@desk.get("/print")
async def index(request: Request) -> Response:
    """Everything that can be printed, and what it is for."""
    return await _page(request, "tables/print_index.html", _index, {"prints": PRINTS})


@desk.get("/print/{sheet}")
async def sheet(request: Request, sheet: str) -> Response:
    """One kind of sheet, ready to print. Raises `NotFound`."""
    if sheet not in PRINTS:
        raise NotFound(_("There is nothing at this address."))
    found = PRINTS[sheet]
    return await _page(request, found.template, found.question, {"print": found, "lettered": lettered})


@desk.get("/tables/files.zip")
async def files(request: Request) -> Response:
    """The five files that `eventkit tables` reads and writes, for whoever seats on the command line."""
    name, content = await _database(request).read(_files, guards.event_of(request))
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/zip", headers=headers)


async def _page(
    request: Request,
    template: str,
    question: Callable[[Session, int], Mapping[str, Any]],
    values: Mapping[str, Any],
) -> Response:
    event_id, code = guards.event_of(request), request.path_params["code"]
    address: Address = request.app.state.address
    with speaking(guards.admissions(request).languages[event_id]):
        shown = await _database(request).read(_common, event_id, question)
        own = {"code": code, "tab": "tables", "columns": MOST_COLUMNS}
        ways = {"join_address": address.of(f"/j/{code}"), "seat_address": address.of(f"/seat/{code}")}
        return page(request, template, {**shown, **own, **ways, **values})


def _common(
    session: Session, event_id: int, question: Callable[[Session, int], Mapping[str, Any]]
) -> Mapping[str, Any]:
    rounds = range(1, stored.rounds(session, event_id) + 1)
    return {"event": events.event(session, event_id), "rounds": rounds, **question(session, event_id)}


def _index(session: Session, event_id: int) -> Mapping[str, Any]:
    people = prints.coming(session, event_id)
    return {
        "seated": sum(bool(person.tables) for person in people),
        "badged": sum(bool(person.badge) for person in people),
        "coming": len(people),
    }


def _files(session: Session, event_id: int) -> tuple[str, bytes]:
    event = events.event(session, event_id)
    room, seats = stored.room_of(session, event_id), stored.seats_of(session, event_id)
    return f"{event.event_id}_tables.zip", seating_files.zipped(seating_files.files(room, seats))


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database
