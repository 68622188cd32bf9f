"""What phones, screen and console show of a poll, and the way a vote takes."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from eventkit.database import Database
from eventkit.errors import BadInput, Conflict
from eventkit.events import guards
from eventkit.events import rules as events
from eventkit.events.activity import Page
from eventkit.events.step import Step
from eventkit.evidence import rules as evidence
from eventkit.sealing.box import NONE_YET, OpenBox
from eventkit.sealing.rules import Boxes
from eventkit.voting import rules
from eventkit.voting.models import PLAYABLE, Phase, Poll, Round
from eventkit.voting.phases import phase
from eventkit.voting.results import Result, results, reveal_of
from eventkit.web.address import Address
from eventkit.web.answers import page, renderer, see_other, wants_fragment
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking

BALLOT = "/polls/{poll_id}/rounds/{number:int}/ballot"
MINE = re.compile(r"poll-(?P<poll_id>.+)-r(?P<number>\d+)-e\d+(?:-w\d+)?(?P<closed>-closed)?\Z")
SEQ = "⁂seq⁂"  # stands for the number in a rendered ballot until it is known
MAX_FORM = 2048

phone = APIRouter()
console = APIRouter()
public = APIRouter()
ROUTERS: Mapping[str, APIRouter] = {"phone": phone, "console": console, "public": public}


async def vote(request: Request) -> Response:
    """Seals and stores a choice; the answer leaves when it is on disk."""
    admitted = guards.admitted(request)
    box = _box(request, admitted.event_id)
    form = await _fields(request)
    shown, status = "refused", 409
    if box is not None and form.get("epoch", str(box.epoch)) != str(box.epoch):
        shown = "again"
    elif box is not None:
        option = form.get("option", "")
        if option not in box.choices:
            raise BadInput(_("Choose one of the answers, then send it. Nothing was changed."))
        try:
            await box.cast(request.app.state.database, admitted.voter, _number(form.get("seq")), option)
            shown, status = "recorded", 200
        except Conflict:
            shown = "refused"
    if not wants_fragment(request):
        return see_other(f"/e/{request.path_params['code']}")
    return HTMLResponse(await _ballot(request, admitted, box, shown), status)


FIRST: Sequence[Route] = (Route("/e/{code}" + BALLOT, vote, methods=["POST"]),)


@phone.get(BALLOT)
async def ballot(request: Request, shown: str = "open") -> HTMLResponse:
    """This browser's own ballot: what it may choose, or what it has chosen."""
    admitted = guards.admitted(request)
    box = _box(request, admitted.event_id)
    return HTMLResponse(await _ballot(request, admitted, box, "closed" if shown == "closed" or not box else "open"))


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


async def mine(request: Request, name: str) -> str:
    """This browser's own ballot, for the page that holds a frame."""
    found = MINE.match(name)
    admitted = guards.admitted(request)
    if found is None:
        return ""
    request.path_params.update(poll_id=found["poll_id"], number=int(found["number"]))
    box = _box(request, admitted.event_id)
    return await _ballot(request, admitted, box, "closed" if found["closed"] or not box else "open")


def frame(session: Session, step: Step, view: str) -> Page:
    """What a view shows of a poll now."""
    poll = rules.poll_of(session, step.event_id, step.refs[0])
    current = rules.current_round(session, poll)
    at = phase(current)
    values = {"poll": poll, "options": rules.options(session, poll), "phase": at, "announce": _announce(poll, at)}
    if view == "console":
        return Page("voting/_console.html", values)
    if poll.format not in PLAYABLE:
        return Page(f"stage/_plain_{view}.html", {"title": poll.question, "announce": poll.question})
    if current is None or at is Phase.DRAFT:
        return Page(f"voting/_{view}_ready.html", values)
    if at in (Phase.OPEN, Phase.CLOSED, Phase.COUNTED):
        name = "open" if at is Phase.OPEN else "closed"
        return Page(f"voting/_{view}_{name}.html", values | _collected(session, poll, current, at, view))
    return Page(f"voting/_{view}_reveal.html", values | _shown(session, poll, current, at))


def _shown(session: Session, poll: Poll, current: Round, at: Phase) -> dict[str, Any]:
    return {"reveal": reveal_of(session, poll, current, at), "longest_query": evidence.LONGEST_QUERY}


def _collected(session: Session, poll: Poll, current: Round, at: Phase, view: str) -> dict[str, Any]:
    box = rules.box_of(session, poll, current)
    code = events.event(session, poll.event_id).code
    address = f"/e/{code}/polls/{poll.poll_id}/rounds/{current.number}/ballot"
    if view == "phone":
        if box is None:
            return {"mine": "", "mine_src": ""}
        shut = at is Phase.CLOSED
        # A page keeps the ballot that it has under this name, so corrected options need another one.
        wording = rules.corrected(session, poll)
        name = f"{rules.box_name(poll, current)}-e{box.epoch}{f'-w{wording}' if wording else ''}"
        name += "-closed" if shut else ""
        return {"mine": name, "mine_src": address + ("?shown=closed" if shut else "")}
    voted = box.voters if box else sum(rules.tallies(session, current).values())
    return {"voted": voted, "base": current.base or events.joined(session, poll.event_id)}


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


def _box(request: Request, event_id: int) -> OpenBox | None:
    boxes: Boxes = request.app.state.boxes
    return boxes.open.get((event_id, f"poll-{request.path_params['poll_id']}-r{request.path_params['number']}"))


async def _fields(request: Request) -> dict[str, str]:
    """The form's fields. `parse_qsl` costs a third of a form parser, and a vote has no files."""
    body = await request.body()
    if len(body) > MAX_FORM:
        raise BadInput(_("That is no ballot. Nothing was changed."))
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=10))
    except ValueError:
        raise BadInput(_("That is no ballot. Nothing was changed.")) from None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


async def _ballot(request: Request, admitted: guards.Admitted, box: OpenBox | None, shown: str) -> str:
    """The fragment, rendered once for each thing that it can say; only the number differs between people."""
    standing = box.standing.get(admitted.voter, NONE_YET) if box else NONE_YET
    if shown == "open" and standing.seq:
        shown = "recorded"
    texts = box.texts if box else {}
    text = texts.get((shown, standing.choice))
    if text is None:
        database: Database = request.app.state.database
        values = await database.read(_ballot_values, admitted.event_id, dict(request.path_params))
        values |= {"epoch": box.epoch if box else 0, "seq": SEQ, "choice": standing.choice, "standing": shown}
        with speaking(guards.admissions(request).languages[admitted.event_id]):
            text = texts[shown, standing.choice] = renderer(request).render("voting/_ballot.html", values)
    return text.replace(SEQ, str(standing.seq + 1))


def _ballot_values(session: Session, event_id: int, path: Mapping[str, Any]) -> dict[str, Any]:
    poll = rules.poll_of(session, event_id, path["poll_id"])
    return {
        "poll": poll,
        "options": rules.options(session, poll),
        "allow_not_sure": poll.allow_not_sure,
        "name": f"poll-{poll.poll_id}-r{path['number']}",
        "action": f"/e/{path['code']}/polls/{poll.poll_id}/rounds/{path['number']}/ballot",
    }
