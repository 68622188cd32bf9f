"""The desk's downloads."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.activities import ACTIVITIES
from eventkit.database import Database
from eventkit.events import guards
from eventkit.events import rules as events
from eventkit.events.models import Event
from eventkit.export.roster import roster_of
from eventkit.export.workbook import results
from eventkit.web.language import gettext as _

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

downloads = APIRouter()


@dataclass(frozen=True)
class Download:
    """What the desk offers: a file, or with `page` a page of several; what it holds, and who may see it."""

    name: str
    kind: str
    about: str
    who: str
    address: str
    page: bool = False


def offered(code: str) -> list[Download]:
    """What the desk of the event with this join code offers."""
    desk = f"/s/{code}/desk"
    return [*_for_anybody(desk), *_for_organisers(desk)]


@downloads.get("/results.xlsx")
async def results_workbook(request: Request) -> Response:
    """The results so far, from one snapshot of the database."""
    return await _sent(request, _results)


@downloads.get("/roster.xlsx")
async def roster_file(request: Request) -> Response:
    """Names, needs and seats, from one snapshot of the database."""
    return await _sent(request, _roster)


def workbook_of(session: Session, event: Event) -> bytes:
    """The results workbook of an event, as the bytes of a file."""
    return results(session, event, ACTIVITIES, version("eventkit"))


def file_name(event: Event, word: str = "results") -> str:
    """What a download of an event is called, in letters that every file system takes; `word` says what it holds."""
    made_in = "_rehearsal" if event.rehearsal else ""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", event.event_id) + f"{made_in}_{word}.xlsx"


async def _sent(request: Request, question: Callable[[Session, int], tuple[str, bytes]]) -> Response:
    database: Database = request.app.state.database
    name, content = await database.read(question, guards.event_of(request))
    # An event_id is ASCII, so RFC 6266 needs no second, encoded name.
    return Response(content, media_type=XLSX, headers={"content-disposition": f'attachment; filename="{name}"'})


def _for_anybody(desk: str) -> Iterable[Download]:
    yield Download(
        name=_("Results workbook"),
        kind=".xlsx",
        about=_("Every count of the day beside the published figures, with each sheet and column explained."),
        who=_("It holds no names and no single answers, so it may be passed on."),
        address=f"{desk}/results.xlsx",
    )
    yield Download(
        name=_("Charts as pictures"),
        kind=".svg, .png",
        about=_("A picture of each answer that the room was shown, with its question, numbers and sources."),
        who=_("They hold counts only, so they may be passed on."),
        address=f"{desk}/charts",
        page=True,
    )


def _for_organisers(desk: str) -> Iterable[Download]:
    yield Download(
        name=_("Plan"),
        kind=".xlsx",
        about=_("Everything that was prepared, with all edits. Change it in a spreadsheet and upload it again."),
        who=_("For organisers only: it holds the names of the people who are expected, and what they need."),
        address=f"{desk}/plan.xlsx",
    )
    yield Download(
        name=_("Roster"),
        kind=".xlsx",
        about=_("Who sits where, with the tables, the rules, and how good the seating is beside its bounds."),
        who=_("For organisers only: it holds names, needs and seats. Keep it apart from results and notes."),
        address=f"{desk}/roster.xlsx",
    )
    yield Download(
        name=_("Seating files"),
        kind=".csv in a .zip",
        about=_("People, tables, rules and seats as the command “eventkit tables” reads and writes them."),
        who=_("For organisers only: people stand in it by their person_id, with what seating balances."),
        address=f"{desk}/tables/files.zip",
    )


def _results(session: Session, event_id: int) -> tuple[str, bytes]:
    event = events.event(session, event_id)
    return file_name(event), workbook_of(session, event)


def _roster(session: Session, event_id: int) -> tuple[str, bytes]:
    event = events.event(session, event_id)
    return file_name(event, "roster"), roster_of(session, event)
