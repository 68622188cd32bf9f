"""The stories on phones: which table somebody is at, its story and prompts, and a private note to its record."""

import re
import secrets
import time
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import quote, unquote

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from eventkit.database import Database
from eventkit.errors import BadInput, Conflict, EventkitError, NotFound
from eventkit.events import guards
from eventkit.events.activity import Page
from eventkit.events.step import Step
from eventkit.vignettes import phone_points, saying, stories
from eventkit.web.answers import page, renderer, see_other, wants_fragment
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking
from eventkit.web.text import CleanText

TABLE = "table"
"""The cookie in which a phone keeps at which table it was last."""
LARGEST_FORM = 192 * 1024
MINE = re.compile(r"vignettes-at-(?P<table>.+)-s\d+\Z")
OWN_TABLE = "vignettes-own"

phone = APIRouter()


def frame(session: Session, step: Step) -> Page:
    """The tables, each with the way to its story; all phones get the same. A phone's own part is its own table."""
    title = saying.title(session, step)
    found = stories.tables(session, step.event_id)
    values = {"title": title, "tables": found, "announce": title, "own_table": OWN_TABLE}
    return Page("vignettes/_phone.html", values)


def at_table(session: Session, event_id: int, table: str) -> Page:
    """The story that a table is at, with its prompts; none at a table that the plan has lost."""
    story, at = stories.now_at(session, event_id, table), stories.round_of(session, event_id)
    discussion = stories.discussion_of(session, event_id, table, story.vignette_id) if story else None
    values = {
        "table": stories.tables(session, event_id).get(table, table),
        "table_id": table,
        "story": story,
        "of": len(stories.at_table(session, event_id, table)),
        "prompts": stories.shown_prompts(session, story) if story else (),
        "round": at,
        # The host asks them by entering how many they are.
        "asks": discussion is not None and discussion.people is not None,
        "mine": f"vignettes-at-{table}-s{at.story}" if story else "",
        "announce": _announced(session, event_id, table),
    }
    return Page("vignettes/_phone_table.html", values)


@phone.get("/own-table")
async def own_table(request: Request) -> HTMLResponse:
    """The way to the table at which this phone was last."""
    return HTMLResponse(await _own_table(request))


@phone.get("/tables/{ref}/note")
async def note(request: Request, ref: str) -> HTMLResponse:
    """This phone's form for a note to its table's record."""
    return HTMLResponse(await _form(request, ref, {}))


@phone.post("/tables/{ref}/note", max_body_size=LARGEST_FORM)
async def send(
    request: Request,
    ref: str,
    note: Annotated[str, Form(max_length=40)] = "",
    story: Annotated[str, Form(max_length=200)] = "",
    text: Annotated[CleanText, Form()] = "",
) -> Response:
    """Puts the note to the record; the answer leaves when it is on disk. A refusal keeps what was typed."""
    admitted, database = guards.admitted(request), _database(request)
    allowance: phone_points.Allowance = database.info.setdefault("story_notes", phone_points.Allowance())
    try:
        allowance.take(admitted.voter, time.monotonic())
        await database.write(admitted.event_id, phone_points.add, admitted.event_id, ref, story, note, text)
    except EventkitError as refusal:
        return await _refused(request, ref, refusal, {"note": note, "text": text})
    if wants_fragment(request):
        return HTMLResponse(await _form(request, ref, {"sent": True}))
    return see_other(f"/e/{request.path_params['code']}/tables/{quote(ref)}?sent=yes")


async def mine_of(request: Request, name: str) -> str:
    """What belongs to one phone: the way to its table, or the form of its table's page."""
    if name == OWN_TABLE:
        return await _own_table(request)
    found = MINE.match(name)
    return await _form(request, found["table"], {"sent": "sent" in request.query_params}) if found else ""


async def _own_table(request: Request) -> str:
    event_id, kept = guards.event_of(request), unquote(request.cookies.get(TABLE, ""))
    found = await _database(request).read(stories.tables, event_id)
    values = {"code": request.path_params["code"], "table_id": kept, "table": found.get(kept, "")}
    with speaking(guards.admissions(request).languages[event_id]):
        return renderer(request).render("vignettes/_own_table.html", values)


async def _form(request: Request, table: str, said: Mapping[str, Any]) -> str:
    event_id = guards.event_of(request)
    with speaking(guards.admissions(request).languages[event_id]):
        return renderer(request).render("vignettes/_note.html", await _values(request, event_id, table, said))


async def _refused(request: Request, table: str, refusal: EventkitError, said: dict[str, str]) -> Response:
    """The reason, with what was typed."""
    event_id, said = guards.event_of(request), {**said, "problem": refusal.sentence}
    with speaking(guards.admissions(request).languages[event_id]):
        values = await _values(request, event_id, table, said)
        if wants_fragment(request):
            # htmx leaves out what is no refusal that it knows.
            known = refusal.status in (BadInput.status, Conflict.status)
            return page(request, "vignettes/_note.html", values, refusal.status if known else Conflict.status)
        return page(request, "vignettes/note_refused.html", values, refusal.status)


async def _values(request: Request, event_id: int, table: str, said: Mapping[str, Any]) -> dict[str, Any]:
    code = request.path_params["code"]
    return {
        "base": f"/e/{code}/tables/{quote(table)}",
        "story": await _database(request).read(_story, event_id, table),
        "note": secrets.token_hex(8),
        "most": phone_points.LONGEST,
        "text": "",
        "problem": "",
        "sent": False,
        **said,
    }


def _story(session: Session, event_id: int, table: str) -> str:
    if table not in stories.tables(session, event_id):
        raise NotFound(_("There is nothing at this address."))
    story = stories.now_at(session, event_id, table)
    return story.vignette_id if story else ""


def _announced(session: Session, event_id: int, table: str) -> str:
    story, at = stories.now_at(session, event_id, table), stories.round_of(session, event_id)
    if story is None:
        return ""
    if at.closed:
        return _("The discussion has ended.")
    shown = len(stories.shown_prompts(session, story))
    return _("{story}, prompt {number}").format(story=story.title, number=shown) if at.one_by_one else story.title


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database
