"""Each revealed chart as a picture for a report: on the desk, and for everybody once the event has finished."""

from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.errors import NotFound
from eventkit.events import guards
from eventkit.events import rules as events
from eventkit.voting import rounds, rules
from eventkit.voting.models import Phase, Poll, Round
from eventkit.voting.phases import phase
from eventkit.voting.results import ORDER, reveal_of, told_of
from eventkit.voting.reveal import shown_at
from eventkit.web.answers import page
from eventkit.web.dates import day
from eventkit.web.figure_file import FigureFile, standalone
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking

CHART = "/polls/{poll_id}/rounds/{number:int}/chart.svg"

desk = APIRouter()
public = APIRouter()


@dataclass(frozen=True)
class Revealed:
    """A vote whose answer the room was shown: of which question, and the address of its picture below the desk's."""

    poll_id: str
    number: int
    question: str
    path: str


@desk.get("/charts")
async def charts(request: Request) -> Response:
    """Every revealed chart, to download."""
    event_id = guards.event_of(request)
    database: Database = request.app.state.database
    with speaking(guards.admissions(request).languages[event_id]):
        values = await database.read(_listed, event_id)
        return page(request, "voting/charts.html", {**values, "code": request.path_params["code"], "tab": "downloads"})


@desk.get(CHART)
async def desk_chart(request: Request, poll_id: str, number: int) -> Response:
    """One chart, as far as it was revealed."""
    return await _answered(request, poll_id, number, finished=False)


@public.get(CHART)
async def public_chart(request: Request, poll_id: str, number: int) -> Response:
    """One chart of the results page."""
    return await _answered(request, poll_id, number, finished=True)


async def _answered(request: Request, poll_id: str, number: int, *, finished: bool) -> Response:
    event_id = guards.event_of(request)
    database: Database = request.app.state.database
    with speaking(guards.admissions(request).languages[event_id]):
        drawn = await database.read(_drawn, event_id, poll_id, number, finished=finished)
    return Response(drawn, media_type="image/svg+xml")


def _listed(session: Session, event_id: int) -> dict[str, object]:
    found = [
        Revealed(poll_id, each.number, poll.question, f"/polls/{quote(poll_id)}/rounds/{each.number}/chart.svg")
        for poll_id in rules.ids(session, event_id)
        for poll in [rounds.poll_of(session, event_id, poll_id)]
        for each in rounds.every(session, poll)
        if _revealed(each)
    ]
    return {"event": events.event(session, event_id), "charts": found}


def _drawn(session: Session, event_id: int, poll_id: str, number: int, *, finished: bool) -> str:
    """The file's text. Raises `NotFound` where the room has not seen it, or everybody may not see it yet."""
    event, poll = events.event(session, event_id), rounds.poll_of(session, event_id, poll_id)
    found = [each for each in rounds.every(session, poll) if each.number == number and _revealed(each)]
    if not found or (finished and event.ended_at is None):
        raise NotFound(_("There is no such picture: the room has not been shown it."))
    name = _("{title}, {date}").format(title=event.title, date=day(event.date))
    return standalone(_figure(session, poll, found[0], name))


def _revealed(round_: Round) -> bool:
    return ORDER.index(phase(round_)) >= ORDER.index(Phase.PERCEPTION)


def _figure(session: Session, poll: Poll, round_: Round, event: str) -> FigureFile:
    at = min(phase(round_), Phase.GAP, key=ORDER.index)
    reveal = reveal_of(session, poll, round_, at)
    return FigureFile(
        question=poll.question,
        event=event,
        chart=told_of(session, poll, round_).chart(shown_at(rounds.asked(session, poll), at)),
        sentence=reveal.sentence,
        notes=reveal.notes,
        sources=[f"{source.lead} {source.text}".strip() for source in reveal.sources],
        label=reveal.label,
    )
