"""How presses on the grouping pages are carried out and answered: one sentence, and a way to undo what was done."""

import secrets
from collections.abc import Callable
from typing import Annotated, Concatenate, ParamSpec, TypeVar

from fastapi import Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.events import guards
from eventkit.web.answers import page, see_other, wants_fragment
from eventkit.web.language import speaking
from eventkit.web.text import CleanText

NoteIds = Annotated[list[str], Form(alias="note", default_factory=list)]
ThemeId = Annotated[str, Form(max_length=200)]
Label = Annotated[CleanText, Form(max_length=1_000)]
Batch = Annotated[str, Form(max_length=40)]

P = ParamSpec("P")
T = TypeVar("T")


def new_batch() -> str:
    """The name of what is done at one press; nobody can guess it, and undo what is not theirs."""
    return secrets.token_hex(8)


async def write(
    request: Request, verb: Callable[Concatenate[Session, int, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Runs a verb on the event in the address."""
    database: Database = request.app.state.database
    event_id = guards.event_of(request)
    return await database.write(event_id, verb, event_id, *args, **kwargs)


def said(request: Request, wall_id: str, sentence: Callable[[], str], batch: str = "") -> Response:
    """What was done, in the event's language; with a `batch` it can be undone. Without htmx the way to the page."""
    back = f"/s/{request.path_params['code']}/console/walls/{wall_id}"
    if not wants_fragment(request):
        return see_other(back)
    with speaking(guards.admissions(request).languages[guards.event_of(request)]):
        return page(request, "wall/_said.html", {"sentence": sentence(), "batch": batch, "back": back})
