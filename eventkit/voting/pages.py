"""What phones, screen and console show of a poll, and the way a vote takes."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from eventkit.database import Database
from eventkit.events import guards
from eventkit.events import rules as events
from eventkit.events.activity import Page
from eventkit.events.step import Step
from eventkit.evidence import rules as evidence
from eventkit.voting import ballots, chart_pages, rounds, rules
from eventkit.voting.entry import entry
from eventkit.voting.models import Phase, Poll, Round
from eventkit.voting.phases import after, phase
from eventkit.voting.results import Result, results, reveal_of, told_of
from eventkit.web.address import Address
from eventkit.web.answers import page, see_other, wants_fragment
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking

console = APIRouter()
public = APIRouter()
public.include_router(chart_pages.public)
ROUTERS: Mapping[str, APIRouter] = {
    "phone": ballots.phone,
    "console": console,
    "desk": chart_pages.desk,
    "public": public,
}
FIRST = ballots.FIRST
mine = ballots.mine


@console.post("/polls/{poll_id}/discard")
async def discard(request: Request, poll_id: str) -> Response:
    """Destroys the ballots of a round that had too few of them."""
    event_id = guards.event_of(request)
    await request.app.state.database.write(event_id, rules.discard, event_id, poll_id)
    return HTMLResponse("") if wants_fragment(request) else see_other(f"/s/{request.path_params['code']}/console")


@public.get("/results")
async def results_page(request: Request) -> Response:
    """Everything that was revealed, to read and to print, once the event has finished."""
    database: Database = request.app.state.database
    event_id = guards.event_of(request)
    address: Address = request.app.state.address
    with speaking(guards.admissions(request).languages[event_id]):
        values = await database.read(_results, event_id)
        values |= {"address": address.of(f"/e/{request.path_params['code']}/results")}
        return page(request, "voting/results.html", values)


def frame(session: Session, step: Step, view: str) -> Page:
    """What a view shows of a poll now."""
    poll = rounds.poll_of(session, step.event_id, step.refs[0])
    current = rounds.current(session, poll)
    if view == "console":
        return Page("voting/_console.html", {"poll": poll})
    return _at(session, poll, current, phase(current), view)


def ahead(session: Session, step: Step) -> Page | None:
    """The screen after the next press; before the count a space for what nobody has seen."""
    poll = rounds.poll_of(session, step.event_id, step.refs[0])
    current = rounds.current(session, poll)
    at = phase(current)
    if current is None or at is Phase.DRAFT:
        opened = {"voted": 0, "base": events.base(session, poll.event_id)}
        return Page("voting/_screen_open.html", _question(session, poll, Phase.OPEN) | opened)
    if at is Phase.OPEN:
        return _at(session, poll, current, Phase.CLOSED, "screen")
    if at is Phase.CLOSED:
        return Page("voting/_screen_sealed.html", _question(session, poll, at))
    following = after(poll, at)
    if following is None or rules.blocked(session, poll, following):
        return None
    return _at(session, poll, current, following, "screen")


def _at(session: Session, poll: Poll, current: Round | None, at: Phase, view: str) -> Page:
    values = _question(session, poll, at)
    if current is None or at is Phase.DRAFT:
        return Page(f"voting/_{view}_ready.html", values)
    if at in (Phase.OPEN, Phase.CLOSED, Phase.COUNTED):
        name = "open" if at is Phase.OPEN else "closed"
        return Page(f"voting/_{view}_{name}.html", values | _collected(session, poll, current, at, view))
    return Page(f"voting/_{view}_reveal.html", values | _shown(session, poll, current, at))


def _question(session: Session, poll: Poll, at: Phase) -> dict[str, Any]:
    return {
        "poll": poll,
        "options": rounds.options(session, poll),
        "entry": entry(poll),
        "phase": at,
        "announce": _announce(poll, at),
    }


def _shown(session: Session, poll: Poll, current: Round, at: Phase) -> dict[str, Any]:
    return {"reveal": reveal_of(session, poll, current, at), "longest_query": evidence.LONGEST_QUERY}


def _collected(session: Session, poll: Poll, current: Round, at: Phase, view: str) -> dict[str, Any]:
    box = rounds.box_of(session, poll, current)
    code = events.event(session, poll.event_id).code
    address = f"/e/{code}/polls/{poll.poll_id}/rounds/{current.number}/ballot"
    if view == "phone":
        if box is None:
            return {"mine": "", "mine_src": ""}
        shut = at is Phase.CLOSED
        # A page keeps the ballot that it has under this name, so corrected options need another one.
        wording = rounds.corrected(session, poll)
        name = f"{rounds.box_name(poll, current)}-e{box.epoch}{f'-w{wording}' if wording else ''}"
        name += "-closed" if shut else ""
        return {"mine": name, "mine_src": address + ("?shown=closed" if shut else "")}
    voted = box.voters if box else told_of(session, poll, current).seen.n_answered
    return {"voted": voted, "base": current.base or events.base(session, poll.event_id)}


def _results(session: Session, event_id: int) -> dict[str, Any]:
    event = events.event(session, event_id)
    found: Sequence[Result] = results(session, event_id)
    return {"event": event, "code": event.code, "results": found}


def _announce(poll: Poll, at: Phase) -> str:
    return {
        Phase.DRAFT: _("The next question comes soon."),
        Phase.OPEN: _("Voting is open: {question}"),
        Phase.CLOSED: _("Voting has closed."),
        Phase.COUNTED: _("Voting has closed."),
        Phase.PERCEPTION: _("The room’s answer is shown."),
        Phase.NATIONAL: _("The published figure is shown."),
        Phase.LOCAL: _("The local figure is shown."),
        Phase.GAP: _("The gap is shown."),
        Phase.EXPLANATION: _("What it means is shown."),
    }[at].format(question=poll.question)
