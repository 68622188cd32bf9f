"""Where people agree to a recording: each on their own phone, or on the host's for somebody without one."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar
from urllib.parse import quote

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from eventkit.database import Database
from eventkit.errors import BadInput, EventkitError, NotFound
from eventkit.events import guards, retention
from eventkit.events import rules as events
from eventkit.events.tokens import new_token
from eventkit.vignettes import codes, consent, stories
from eventkit.vignettes.consent import Given, Purpose, Standing
from eventkit.web.address import Address
from eventkit.web.answers import page, see_other, wants_fragment
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking

SLIP, SLIP_SECONDS = "slip", 86_400

T = TypeVar("T")

phone = APIRouter()
host = APIRouter()

Ticked = Annotated[list[Purpose], Form(default_factory=list)]
Word = Annotated[str, Form(max_length=100)]


@phone.get("/tables/{ref}/consent")
async def ask(request: Request, ref: str, another: str = "") -> Response:
    """What a person is asked to agree to; another person with the same phone gets a form of their own."""
    found = request.cookies.get(SLIP, "")
    slip = found if consent.SLIP.match(found) and not another else new_token()
    answer = await _form(request, ref, slip)
    path = f"/e/{request.path_params['code']}/tables/{quote(ref)}/consent"
    answer.set_cookie(
        SLIP, slip, max_age=SLIP_SECONDS, path=path,
        httponly=True, samesite="lax", secure=request.url.scheme == "https",
    )  # fmt: skip
    return answer


@phone.post("/tables/{ref}/consent")
async def answered(request: Request, ref: str, agree: Ticked, slip: Word = "", story: Word = "") -> Response:
    """Stores the answer, and shows the code: this once."""
    return await _answered(request, ref, slip, story, agree)


@host.get("/consent")
async def ask_here(request: Request, ref: str) -> Response:
    """The same form on the host's device, for somebody without a phone; each time that of another person."""
    return await _form(request, ref, new_token())


@host.post("/consent")
async def answered_here(request: Request, ref: str, agree: Ticked, slip: Word = "", story: Word = "") -> Response:
    """Stores the answer of somebody without a phone, who writes the code down."""
    return await _answered(request, ref, slip, story, agree)


@host.post("/people")
async def set_people(request: Request, ref: str, story: Word = "", people: Word = "") -> Response:
    """How many sit at the table."""
    number = int(people) if people.isascii() and people.isdecimal() and len(people) < 4 else 0
    await _write(request, consent.set_people, ref, story, number)
    return _changed(request, ref)


@host.post("/consent/carry")
async def carry_over(request: Request, ref: str, story: Word = "") -> Response:
    """The same people stay for the next story."""
    await _write(request, consent.carry_over, ref, story)
    return _changed(request, ref)


def panel(session: Session, event_id: int, table: str) -> Mapping[str, Any]:
    """What the host's page says of it: how many have answered, and once all have, what this comes to."""
    story = stories.now_at(session, event_id, table)
    discussion = stories.discussion_of(session, event_id, table, story.vignette_id) if story else None
    there = consent.answered(session, discussion) if discussion else 0
    before = consent.earlier(session, event_id, table, story.vignette_id) if story else None
    return {
        "consent": {
            "people": discussion.people if discussion else None,
            "answered": there,
            "standing": consent.standing(session, discussion),
            "most": consent.LARGEST_TABLE,
            "same_people": before is not None and there == 0,
            "shut": consent.shut(session, events.event(session, event_id)),
        }
    }


async def _form(
    request: Request, ref: str, slip: str, said: Mapping[str, Any] | None = None, status: int = 200
) -> Response:
    event_id = guards.event_of(request)
    with speaking(guards.admissions(request).languages[event_id]):
        values = await _database(request).read(_values, event_id, ref, slip)
        own = {"slip": slip, "hosted": _hosted(request), "problem": "", "back": _back(request, ref)}
        return page(request, "vignettes/consent.html", {**values, **own, **(said or {})}, status)


async def _answered(request: Request, ref: str, slip: str, story: str, agree: list[Purpose]) -> Response:
    event_id = guards.event_of(request)
    try:
        given = await _write(request, _answer, ref, story, slip, agree)
    except EventkitError as refusal:
        fresh = new_token() if isinstance(refusal, BadInput) else slip
        return await _form(request, ref, fresh, {"problem": refusal.sentence, "ticked": agree}, refusal.status)
    address: Address = request.app.state.address
    with speaking(guards.admissions(request).languages[event_id]):
        values = await _database(request).read(_values, event_id, ref, slip)
        own = {
            "given": given,
            "code_shown": codes.spaced(given.code),
            "words": purposes(),
            "hosted": _hosted(request),
            "withdraw_address": address.of(f"/e/{request.path_params['code']}/withdraw"),
            "back": _back(request, ref),
        }
        return page(request, "vignettes/consent_done.html", {**values, **own})


def purposes() -> Mapping[Purpose, str]:
    """What each purpose is, in words to agree to."""
    return {
        Purpose.RECORD: _("The talk at this table is recorded"),
        Purpose.TRANSCRIBE: _("The recording is written down, word for word"),
        Purpose.QUOTE: _("Sentences that I said are quoted in reports, without my name"),
        Purpose.ARCHIVE: _("The text is kept in an archive for later research"),
    }


def _answer(session: Session, event_id: int, ref: str, story: str, slip: str, agree: list[Purpose]) -> Given:
    return consent.answer(session, events.event(session, event_id), ref, story, slip, agree)


def _values(session: Session, event_id: int, ref: str, slip: str) -> dict[str, Any]:
    tables = stories.tables(session, event_id)
    if ref not in tables:
        raise NotFound(_("There is nothing at this address."))
    event, story = events.event(session, event_id), stories.now_at(session, event_id, ref)
    discussion = stories.discussion_of(session, event_id, ref, story.vignette_id) if story else None
    mine = consent.given_by(session, event_id, discussion, slip) if discussion else None
    return {
        "event": event,
        "code": event.code,
        "table": tables[ref],
        "story": story,
        "people": discussion.people if discussion else None,
        "mine": mine,
        "ticked": consent.agreed_of(mine) if mine else (),
        "words": purposes(),
        "changeable": consent.standing(session, discussion) is Standing.WAITING,
        "until": retention.until(event),
        "shut": consent.shut(session, event),
    }


async def _write(request: Request, verb: Callable[..., T], *args: Any) -> T:
    event_id = guards.event_of(request)
    with speaking(guards.admissions(request).languages[event_id]):
        return await _database(request).write(event_id, verb, event_id, *args)


def _changed(request: Request, ref: str) -> Response:
    """The host's page gets its new frame by itself: it is not loaded anew, or a recording on it would end."""
    return HTMLResponse("") if wants_fragment(request) else see_other(_back(request, ref))


def _hosted(request: Request) -> bool:
    return request.url.path.startswith("/s/")


def _back(request: Request, ref: str) -> str:
    code = request.path_params["code"]
    return f"/s/{code}/host/{quote(ref)}" if _hosted(request) else f"/e/{code}/tables/{quote(ref)}"


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database
