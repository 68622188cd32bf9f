"""What phones, screen and console show of the tables of a round; the parts of the activity's pages, put together."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.routing import Route

from eventkit.events.activity import Page
from eventkit.events.step import Step
from eventkit.tables import (
    desk_pages,
    door_pages,
    people_pages,
    print_pages,
    repair_pages,
    saying,
    screen_pages,
    seat_pages,
    showing,
    step_pages,
)
from eventkit.web.language import gettext as _

desk = APIRouter()
desk.include_router(desk_pages.desk)
desk.include_router(people_pages.desk)
desk.include_router(door_pages.desk)
desk.include_router(repair_pages.desk)
desk.include_router(print_pages.desk)
ROUTERS: Mapping[str, APIRouter] = {"console": step_pages.console, "desk": desk, "seat": seat_pages.seat}
FIRST: Sequence[Route] = ()


def frame(session: Session, step: Step, view: str) -> Page:
    """What a view shows of the round. Nothing about a person is in what phones show: all of them get the same."""
    if view == "screen":
        return screen_pages.screen_frame(session, step)
    if view == "console":
        return step_pages.console_frame(session, step)
    seated = showing.of(session, step).seated
    announce = _("Find your table.") if seated else _("Seats are not worked out yet.")
    return Page("tables/_phone.html", {"title": saying.title(session, step), "seated": seated, "announce": announce})


def ahead(_session: Session, _step: Step) -> Page | None:
    """The next press leads on."""
    return None


async def mine(_request: Request, _name: str) -> str:
    """Nothing here belongs to one browser."""
    return ""
