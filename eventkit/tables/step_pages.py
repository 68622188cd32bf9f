"""The console's part of a step of tables: how many sit where, what is missing, and the pages of the screen."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.events.activity import Page
from eventkit.events.step import Step
from eventkit.tables import counts, saying, showing, turning

console = APIRouter()


@console.post("/tables/page-on")
async def page_on(request: Request) -> Response:
    """The next page of the screen."""
    return await _press(request, "tables/page-on", lambda session, event_id: turning.turn(session, event_id, 1))


@console.post("/tables/page-back")
async def page_back(request: Request) -> Response:
    """The page before."""
    return await _press(request, "tables/page-back", lambda session, event_id: turning.turn(session, event_id, -1))


@console.post("/tables/turning")
async def turn_by_itself(request: Request, on: Annotated[str, Form(max_length=3)] = "") -> Response:
    """Whether pages turn by themselves."""
    return await _press(request, "tables/turning", lambda session, event_id: turning.let(session, event_id, bool(on)))


def console_frame(session: Session, step: Step) -> Page:
    """The console's page of a step: numbers, and no names."""
    found = counts.of(session, step.event_id, step.number)
    values = {
        "found": found,
        "warnings": list(saying.warnings(found)),
        "shown": showing.of(session, step),
        "seconds": turning.PAGE_SECONDS,
    }
    return Page("tables/_console.html", values)


async def _press(request: Request, action: str, verb: Callable[[Session, int], None]) -> Response:
    answer: Response = await request.app.state.command(request, action, verb)
    return answer
