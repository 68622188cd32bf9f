"""The page that a figure's QR opens, and the way a query about the figure takes to the organisers."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.errors import Conflict, EventkitError, Refused
from eventkit.events import guards
from eventkit.events import rules as events
from eventkit.evidence import rules
from eventkit.evidence.budget import Budget
from eventkit.evidence.source_card import short, whole
from eventkit.web.address import Address
from eventkit.web.answers import page, see_other, wants_fragment
from eventkit.web.language import speaking
from eventkit.web.text import CleanText

public = APIRouter()
phone = APIRouter()


@public.get("/figures/{statistic_id}")
async def citation_page(request: Request, statistic_id: str, sent: str = "") -> Response:
    """The full citation of a figure that the room was shown; before that there is nothing here."""
    event_id = guards.event_of(request)
    address: Address = request.app.state.address
    with speaking(guards.admissions(request).languages[event_id]):
        values = await _database(request).read(_citation, event_id, statistic_id)
        path = f"/e/{request.path_params['code']}/figures/{statistic_id}"
        values |= {"address": address.of(path), "may_ask": _has_joined(request)}
        values |= _form(request, statistic_id) | {"sent": bool(sent)}
        return page(request, "evidence/figure.html", values)


@phone.post("/figures/{statistic_id}/queries")
async def ask(request: Request, statistic_id: str, text: Annotated[CleanText, Form()] = "") -> Response:
    """Hands a query to the organisers. A refusal keeps what was typed."""
    admitted = guards.admitted(request)
    values, status = _form(request, statistic_id) | {"sent": True}, 200
    with speaking(guards.admissions(request).languages[admitted.event_id]):
        try:
            await _hand_over(request, admitted, statistic_id, text)
        except EventkitError as refusal:
            values |= {"sent": False, "problem": refusal.sentence, "text": text}
            status = refusal.status
        if wants_fragment(request):
            # htmx leaves out what is no refusal that it knows; the reason would not be seen.
            return page(request, "evidence/_query.html", values, min(status, Conflict.status))
        if values["sent"]:
            return see_other(f"/e/{request.path_params['code']}/figures/{statistic_id}?sent=yes#query")
        return page(request, "evidence/query.html", values, status)


async def _hand_over(request: Request, admitted: guards.Admitted, statistic_id: str, text: str) -> None:
    budget: Budget = request.app.state.budget
    budget.spend(admitted.voter)  # before the wait, or many at once would pass
    try:
        await _database(request).write(admitted.event_id, rules.ask, admitted.event_id, statistic_id, text)
    except EventkitError:
        budget.give_back(admitted.voter)
        raise


def _citation(session: Session, event_id: int, statistic_id: str) -> dict[str, Any]:
    event, figure = events.event(session, event_id), rules.shown(session, event_id, statistic_id)
    asked = event.contact or event.organisers
    elements = whole(figure, replaced=rules.replaced(session, figure), asked=asked)
    return {"event": event, "code": event.code, "card": short(figure), "elements": elements}


def _form(request: Request, statistic_id: str) -> dict[str, Any]:
    code = request.path_params["code"]
    return {
        "action": f"/e/{code}/figures/{statistic_id}/queries",
        "code": code,
        "field": f"query-{statistic_id}",
        "longest": rules.LONGEST_QUERY,
        "problem": "",
        "text": "",
        "sent": False,
    }


def _has_joined(request: Request) -> bool:
    """Only people of the room may ask; others would lose what they typed."""
    try:
        guards.admitted(request)
    except Refused:
        return False
    return True


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database
