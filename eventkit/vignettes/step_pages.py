"""The console at a step of stories: how far each table is, and who asks the facilitator to come."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.events import hosts
from eventkit.events.activity import Page
from eventkit.events.step import Step
from eventkit.vignettes import calls, points, rules, saying, stories

console = APIRouter()


@dataclass(frozen=True)
class Line:
    """What the console says of one table. `story` is its title, "" for none; `written` its host's points on it."""

    table: str
    name: str
    story: str
    written: int
    hosted: bool
    calling: bool


@console.post("/vignettes/prompts")
async def show_prompts(request: Request, one_by_one: Annotated[str, Form(max_length=3)] = "") -> Response:
    """The prompts one by one, or all at once."""

    def verb(session: Session, event_id: int) -> None:
        rules.show_prompts(session, event_id, one_by_one=bool(one_by_one))

    answer: Response = await request.app.state.command(request, "vignettes/prompts", verb)
    return answer


@console.post("/vignettes/seen")
async def seen(request: Request, table: Annotated[str, Form(max_length=200)] = "") -> Response:
    """The facilitator goes to a table that called."""

    def verb(session: Session, event_id: int) -> None:
        calls.seen(session, event_id, table)

    answer: Response = await request.app.state.command(request, "vignettes/seen", verb)
    return answer


def console_frame(session: Session, step: Step) -> Page:
    """The console of the stories: how much each table has written, never what."""
    hosted, calling = hosts.hosted(session, step.event_id), set(calls.calling(session, step.event_id))
    told = stories.on_now(session, step.event_id)
    names = stories.tables(session, step.event_id)
    lines = [
        Line(
            table=table,
            name=names[table],
            story=story.title if story else "",
            written=points.count(session, step.event_id, table),
            hosted=table in hosted,
            calling=table in calling,
        )
        for table, story in told.items()
    ]
    at, mine = stories.round_of(session, step.event_id), stories.numbers(session, step)
    values = {
        "announce": saying.title(session, step),
        "lines": lines,
        "calls": [line for line in lines if line.calling],
        "round": at,
        "on": at.story in mine,
        "each_minutes": max(1, step.minutes // len(mine)) if step.minutes and mine else None,
    }
    return Page("vignettes/_console.html", values)
