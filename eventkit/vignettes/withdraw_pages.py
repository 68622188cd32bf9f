"""Withdrawing consent with a code: by whoever holds it, without a pass, or by the desk for somebody who brings it."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.errors import EventkitError, NotFound
from eventkit.events import guards, retention
from eventkit.events import rules as events
from eventkit.events.models import Event
from eventkit.vignettes import codes, withdrawing
from eventkit.web.answers import page
from eventkit.web.language import speaking
from eventkit.web.text import CleanText

public = APIRouter()
desk = APIRouter()

OPEN, DESK = "vignettes/withdraw.html", "vignettes/withdraw_desk.html"

Typed = Annotated[CleanText, Form(max_length=100)]
Yes = Annotated[str, Form(max_length=3)]


@public.get("/withdraw")
async def ask(request: Request) -> Response:
    """The field for the code."""
    return await _page(request, OPEN)


@public.post("/withdraw")
async def withdraw(request: Request, consent_code: Typed = "", confirmed: Yes = "") -> Response:
    """Says what would go and asks; confirmed, it goes."""
    return await _withdraw(request, OPEN, consent_code, confirmed)


@desk.get("/vignettes/withdraw")
async def ask_at_desk(request: Request) -> Response:
    """The same for somebody who brings their code to the organisers."""
    return await _page(request, DESK)


@desk.post("/vignettes/withdraw")
async def withdraw_at_desk(request: Request, consent_code: Typed = "", confirmed: Yes = "") -> Response:
    """As the public page does."""
    return await _withdraw(request, DESK, consent_code, confirmed)


async def _withdraw(request: Request, template: str, typed: str, confirmed: str) -> Response:
    event = await _event(request)
    database: Database = request.app.state.database
    with speaking(event.language):
        try:
            if not confirmed:
                await database.read(withdrawing.check_code, event, typed)
                return await _page(request, template, {"typed": typed, "asked": True})
            went = await database.write(event.id, withdrawing.withdraw, event, typed)
        except EventkitError as refusal:
            if isinstance(refusal, NotFound):
                await request.app.state.wrong_codes.wait()
            return await _page(request, template, {"typed": typed, "problem": refusal.sentence}, refusal.status)
    return await _page(request, template, {"went": went})


async def _page(request: Request, template: str, said: Mapping[str, Any] | None = None, status: int = 200) -> Response:
    event = await _event(request)
    with speaking(event.language):
        own = {"event": event, "code": event.code, "until": retention.until(event), "letters": codes.LETTERS}
        empty = {"typed": "", "problem": "", "asked": False, "went": None, "tab": "vignettes"}
        return page(request, template, {**own, **empty, **(said or {})}, status)


async def _event(request: Request) -> Event:
    database: Database = request.app.state.database
    return await database.read(events.event, guards.event_of(request))
