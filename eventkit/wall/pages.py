"""What phones, screen and console show of the walls of a step; the parts of the activity's pages, put together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.routing import Route

from eventkit.events.activity import Page
from eventkit.events.step import Step
from eventkit.wall import (
    console_pages,
    desk_pages,
    group_pages,
    phone_pages,
    places,
    saying,
    screen_pages,
    step_pages,
    walls,
)
from eventkit.wall.models import Phase, Wall
from eventkit.wall.phases import phase
from eventkit.web.language import gettext as _

MINE = re.compile(r"wall-(?P<wall_id>.+?)(?:-closed|-dots-e\d+)?\Z")

console = APIRouter()
console.include_router(step_pages.console)
console.include_router(console_pages.console)
phone = APIRouter()
phone.include_router(phone_pages.phone)
phone.include_router(group_pages.phone)
ROUTERS: Mapping[str, APIRouter] = {"phone": phone, "console": console, "desk": desk_pages.desk}
FIRST: Sequence[Route] = ()

ahead = screen_pages.ahead


@dataclass(frozen=True)
class Way:
    """A wall in the list of a step; `taking`: people may go there, because it takes notes or dots."""

    wall: Wall
    path: str
    phase: Phase
    taking: bool


def frame(session: Session, step: Step, view: str) -> Page:
    """What a view shows of the walls now. A single wall is on phones as it is on its own page."""
    if view == "screen":
        return screen_pages.screen_frame(session, step)
    if view == "console":
        return step_pages.console_frame(session, step)
    chosen = walls.walls_of(session, step)
    if len(chosen) == 1:
        return places.on_phones(session, chosen[0])
    ways = [Way(wall, places.path_of(wall), phase(wall), phase(wall) in places.TAKING) for wall in chosen]
    opened = any(way.taking for way in ways)
    over = bool(ways) and not opened and all(way.phase is not Phase.READY for way in ways)
    title = saying.title(session, step)
    announce = _("The walls are open.") if opened else _("The walls have closed.") if over else title
    values = {"title": title, "ways": ways, "opened": opened, "over": over, "announce": announce}
    return Page("wall/_phone_walls.html", values)


async def mine(request: Request, name: str) -> str:
    """This phone's own part of a wall."""
    found = MINE.match(name)
    return await phone_pages.mine_of(request, found["wall_id"]) if found else ""
