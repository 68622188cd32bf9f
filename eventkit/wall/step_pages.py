"""The console's part of a step of walls: what the screen shows of them, and each wall by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.errors import Conflict
from eventkit.events.activity import Page
from eventkit.events.step import Step
from eventkit.wall import grid, rules, screen, turning, walls
from eventkit.wall.models import Phase, Status, Wall
from eventkit.wall.phases import phase
from eventkit.web.language import gettext as _

console = APIRouter()


@dataclass(frozen=True)
class Line:
    """What the console says of one wall; `placed` notes have their cell, `fresh` of them since the last turn."""

    wall: Wall
    number: int
    phase: Phase
    placed: int
    fresh: int
    waiting: int
    concealed: bool


@console.post("/walls/show")
async def show(request: Request, wall: Annotated[str, Form(max_length=100)] = "") -> Response:
    """One wall on the screen, or all of the step."""
    return await _press(request, "walls/show", lambda session, event_id: screen.show(session, event_id, wall))


@console.post("/walls/page-on")
async def page_on(request: Request) -> Response:
    """The next page of the screen."""
    return await _press(request, "walls/page-on", lambda session, event_id: _turn(session, event_id, 1))


@console.post("/walls/page-back")
async def page_back(request: Request) -> Response:
    """The page before."""
    return await _press(request, "walls/page-back", lambda session, event_id: _turn(session, event_id, -1))


@console.post("/walls/themes")
async def themes(request: Request, on: Annotated[str, Form(max_length=3)] = "") -> Response:
    """The themes with their newest notes on the screen, or the notes in their cells."""
    return await _press(request, "walls/themes", lambda session, event_id: screen.themes(session, event_id, bool(on)))


@console.post("/walls/turning")
async def turn_by_itself(request: Request, on: Annotated[str, Form(max_length=3)] = "") -> Response:
    """Whether pages turn by themselves."""
    return await _press(request, "walls/turning", lambda session, event_id: screen.turning(session, event_id, bool(on)))


@console.post("/walls/spotlight-off")
async def spotlight_off(request: Request) -> Response:
    """The pages again instead of the one note."""
    return await _press(request, "walls/spotlight-off", lambda session, event_id: screen.light(session, event_id, ""))


@console.post("/walls/{wall_id}/open")
async def open_wall(request: Request, wall_id: str) -> Response:
    """One wall takes notes."""
    return await _press(
        request, f"walls/{wall_id}/open", lambda session, event_id: rules.open_wall(session, event_id, wall_id)
    )


@console.post("/walls/{wall_id}/close")
async def close_wall(request: Request, wall_id: str) -> Response:
    """One wall takes no more notes, and its authors can no longer change theirs."""
    return await _press(
        request, f"walls/{wall_id}/close", lambda session, event_id: rules.close_wall(session, event_id, wall_id)
    )


@console.post("/walls/{wall_id}/reveal")
async def reveal(request: Request, wall_id: str) -> Response:
    """A hidden wall's notes on the screen."""
    return await _press(
        request, f"walls/{wall_id}/reveal", lambda session, event_id: screen.reveal(session, event_id, wall_id)
    )


@console.post("/walls/{wall_id}/conceal")
async def conceal(request: Request, wall_id: str) -> Response:
    """Away with them again."""
    return await _press(
        request, f"walls/{wall_id}/conceal", lambda session, event_id: screen.conceal(session, event_id, wall_id)
    )


def console_frame(session: Session, step: Step) -> Page:
    """The console's page of a step."""
    showing, lit = screen.page_of(session, step), screen.lit(session, step.event_id)
    return Page(
        "wall/_console.html",
        {
            "showing": showing,
            "on_screen": screen.screen_of(session, step.event_id),
            "lines": [_line(session, wall, number) for number, wall in enumerate(walls.walls_of(session, step), 1)],
            "lit": lit.text if lit else "",
        },
    )


def _line(session: Session, wall: Wall, number: int) -> Line:
    return Line(
        wall=wall,
        number=number,
        phase=phase(wall),
        placed=grid.count(session, wall),
        fresh=grid.fresh(session, wall),
        waiting=walls.count(session, wall, Status.WAITING),
        concealed=grid.concealed(wall),
    )


def _turn(session: Session, event_id: int, by: int) -> None:
    step = turning.step_of(session, event_id)
    if step is None:
        raise Conflict(_("No walls are on the screen now, so there is no page to turn."))
    screen.turn(session, step, by)


async def _press(request: Request, action: str, verb: Callable[[Session, int], Any]) -> Response:
    """Carries out a press of the console. The page on the screen then stays for its whole time."""

    def pressed(session: Session, event_id: int) -> None:
        verb(session, event_id)
        turning.mark(session, event_id)

    answer: Response = await request.app.state.command(request, action, pressed)
    return answer
