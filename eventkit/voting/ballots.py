"""A browser's own ballot: the way in for a vote, and what it is told of it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from fastapi import APIRouter
from markupsafe import Markup
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from eventkit.database import Database
from eventkit.errors import BadInput, Conflict
from eventkit.events import guards
from eventkit.sealing.box import NONE_YET, OpenBox
from eventkit.sealing.rules import Boxes
from eventkit.voting import rounds
from eventkit.voting.asked import Asked
from eventkit.voting.entry import entry
from eventkit.voting.kinds import kind
from eventkit.voting.number import Implausible
from eventkit.web.answers import page, renderer, see_other, wants_fragment
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking

BALLOT = "/polls/{poll_id}/rounds/{number:int}/ballot"
MINE = re.compile(r"poll-(?P<poll_id>.+)-r(?P<number>\d+)-e\d+(?:-w\d+)?(?P<closed>-closed)?\Z")
SEQ = "⁂seq⁂"  # stands for the number in a rendered ballot until it is known
MAX_FORM = 2048
MOST_TEXTS = 1000  # of one vote; numbers that nobody else gave are rendered as they come

phone = APIRouter()


class Sent(NamedTuple):
    """What a ballot is told: how it stands, and, where it is no answer yet, what was sent and what is wrong with it."""

    shown: str
    status: int = 200
    form: Mapping[str, str] = {}
    problem: str = ""


async def vote(request: Request) -> Response:
    """Seals and stores a choice; the answer leaves when it is on disk."""
    admitted = guards.admitted(request)
    box = _box(request, admitted.event_id)
    form = await _fields(request)
    sent = Sent("refused", 409)
    if box is not None and form.get("epoch", str(box.epoch)) != str(box.epoch):
        sent = Sent("again", 409)
    elif box is not None:
        sent = await _cast(request, admitted, box, form)
    if sent.problem:
        return await _doubted(request, admitted, box, sent)
    if not wants_fragment(request):
        return see_other(f"/e/{request.path_params['code']}")
    return HTMLResponse(await _ballot(request, admitted, box, sent), sent.status)


FIRST: Sequence[Route] = (Route("/e/{code}" + BALLOT, vote, methods=["POST"]),)


@phone.get(BALLOT)
async def ballot(request: Request, shown: str = "open") -> HTMLResponse:
    """This browser's own ballot: what it may choose, or what it has chosen."""
    admitted = guards.admitted(request)
    box = _box(request, admitted.event_id)
    return HTMLResponse(
        await _ballot(request, admitted, box, Sent("closed" if shown == "closed" or not box else "open"))
    )


async def mine(request: Request, name: str) -> str:
    """This browser's own ballot, for the page that holds a frame."""
    found = MINE.match(name)
    admitted = guards.admitted(request)
    if found is None:
        return ""
    request.path_params.update(poll_id=found["poll_id"], number=int(found["number"]))
    box = _box(request, admitted.event_id)
    return await _ballot(request, admitted, box, Sent("closed" if found["closed"] or not box else "open"))


async def _cast(request: Request, admitted: guards.Admitted, box: OpenBox, form: Mapping[str, str]) -> Sent:
    try:
        await box.cast(request.app.state.database, admitted.voter, _number(form.get("seq")), box.read(form))
    except Conflict:
        return Sent("refused", 409)
    except Implausible as doubt:
        return Sent("asked", 422, form, doubt.sentence)
    except BadInput as problem:
        return Sent("problem", 422, form, problem.sentence)
    return Sent("recorded", 200)


async def _doubted(request: Request, admitted: guards.Admitted, box: OpenBox | None, sent: Sent) -> Response:
    """The ballot as it was sent, with the question or the reason; without script on a page of its own."""
    fragment = await _ballot(request, admitted, box, sent)
    if wants_fragment(request):
        return HTMLResponse(fragment, sent.status)
    database: Database = request.app.state.database
    values = await database.read(_ballot_values, admitted.event_id, dict(request.path_params), "")
    with speaking(guards.admissions(request).languages[admitted.event_id]):
        html = {"ballot": Markup(fragment), "code": request.path_params["code"]}  # noqa: S704 -- from our own template
        return page(request, "voting/ballot_problem.html", values | html, sent.status)


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


async def _ballot(request: Request, admitted: guards.Admitted, box: OpenBox | None, sent: Sent) -> str:
    """The fragment, rendered once for each thing that it can say; only the number differs between people."""
    standing = box.standing.get(admitted.voter, NONE_YET) if box else NONE_YET
    shown = "recorded" if sent.shown == "open" and standing.seq else sent.shown
    texts = box.texts if box and not sent.problem else {}
    text = texts.get((shown, standing.choice))
    if text is None:
        database: Database = request.app.state.database
        values = await database.read(_ballot_values, admitted.event_id, dict(request.path_params), standing.choice)
        values |= {"epoch": box.epoch if box else 0, "seq": SEQ, "standing": shown}
        values |= {"typed": sent.form, "problem": sent.problem}
        with speaking(guards.admissions(request).languages[admitted.event_id]):
            text = renderer(request).render("voting/_ballot.html", values)
        if len(texts) < MOST_TEXTS:
            texts[shown, standing.choice] = text
    return text.replace(SEQ, str(standing.seq + 1))


def _ballot_values(session: Session, event_id: int, path: Mapping[str, Any], choice: str) -> dict[str, Any]:
    poll = rounds.poll_of(session, event_id, path["poll_id"])
    options = rounds.options(session, poll)
    return {
        "poll": poll,
        "options": options,
        "entry": entry(poll),
        "allow_not_sure": poll.allow_not_sure,
        "choice": choice,
        "recorded": kind(Asked(poll, options)).words(choice) if choice else "",
        "name": f"poll-{poll.poll_id}-r{path['number']}",
        "action": f"/e/{path['code']}/polls/{poll.poll_id}/rounds/{path['number']}/ballot",
    }
