"""The door on the desk: a fast list of everybody with one tap for each, and a form for who comes unexpectedly.

Everything works as plain forms; door.js sends a tap without leaving the page and filters the list while one types.
"""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.errors import EventkitError
from eventkit.events import guards
from eventkit.events import rules as events
from eventkit.tables import door, lookup, prints, stored
from eventkit.tables.door import Newcomer, SameName
from eventkit.tables.prints import PersonOnPaper
from eventkit.web.answers import page, see_other, wants_fragment
from eventkit.web.language import speaking
from eventkit.web.text import CleanText, clean

ANCHOR = "person-"
VERBS = {"here": door.arrive, "away": door.stay_away, "expected": door.expect}

desk = APIRouter(prefix="/door")

PersonId = Annotated[str, Form(max_length=200)]
Text = Annotated[CleanText, Form(max_length=200)]


@desk.get("")
async def show(request: Request, q: str = "", show: str = "", since: str = "") -> Response:
    """Everybody by name, or those who are sought. `since`: only if somebody has pressed something meanwhile."""
    return await _page(request, {"q": q[:100], "show": show, "since": since})


@desk.post("")
async def press(
    request: Request, here: PersonId = "", away: PersonId = "", expected: PersonId = "", q: Text = "", show: Text = ""
) -> Response:
    """One tap on one person: here, not coming, or expected again."""
    event_id, asked = guards.event_of(request), {"here": here, "away": away, "expected": expected}
    person_id = ""
    for word, person_id in asked.items():
        if person_id:
            await _database(request).write(event_id, VERBS[word], event_id, person_id)
            break
    if wants_fragment(request):
        return await _row(request, person_id)
    query = urlencode({name: value for name, value in (("q", q), ("show", show)) if value})
    return see_other(f"{_base(request)}?{query}#{quote(ANCHOR + person_id)}")


@desk.post("/new")
async def add(request: Request) -> Response:
    """Somebody who is not on the list; asks where somebody of that name is."""
    event_id = guards.event_of(request)
    async with request.form(max_files=0) as form:
        sent = {name: value for name, value in form.items() if isinstance(value, str)}
    columns = await _database(request).read(door.attributes, event_id)
    with speaking(guards.admissions(request).languages[event_id]):
        try:
            person_id = await _database(request).write(event_id, door.add, event_id, _newcomer(sent, columns))
        except EventkitError as refusal:
            told = {"sent": sent, "problem": refusal.sentence, "twin": isinstance(refusal, SameName)}
            return await _page(request, {"status": refusal.status, **told})
    return see_other(f"{_base(request)}#{quote(ANCHOR + person_id)}")


@desk.post("/close")
async def close(request: Request, confirmed: Annotated[str, Form(max_length=3)] = "") -> Response:
    """The doors are closed, after a question; then it is time to repair the tables."""
    event_id = guards.event_of(request)
    awaited = await _database(request).read(door.awaited, event_id)
    if awaited and not confirmed:
        return await _page(request, {"closing": True})
    await _database(request).write(event_id, door.close, event_id)
    return see_other(f"{_base(request)}/repair")


async def _page(request: Request, given: Mapping[str, Any]) -> Response:
    """The list; 304 if it is as the page has it. A long one is drawn beside the event loop."""
    event_id = guards.event_of(request)
    with speaking(guards.admissions(request).languages[event_id]):
        shown = await _database(request).read(_list, event_id, given.get("q", ""), given.get("show", ""))
        if given.get("since") == shown["digest"]:
            return Response(status_code=304)
        values = {
            "code": request.path_params["code"],
            "tab": "door",
            "sent": {},
            "problem": "",
            "twin": False,
            "closing": False,
            "q": "",
            "show": "",
        }
        return await asyncio.to_thread(
            page, request, "tables/door.html", {**values, **shown, **given}, given.get("status", 200)
        )


async def _row(request: Request, person_id: str) -> Response:
    """One line of the list and the numbers above it, for a page that goes on."""
    event_id = guards.event_of(request)
    with speaking(guards.admissions(request).languages[event_id]):
        shown = await _database(request).read(_list, event_id, "", "")
        person = next((each for each in shown["people"] if each.person_id == person_id), None)
        values = {**shown, "code": request.path_params["code"], "person": person, "q": "", "show": ""}
        return page(request, "tables/_door_pressed.html", values)


def _list(session: Session, event_id: int, q: str, show: str) -> dict[str, Any]:
    everybody = prints.everybody(session, event_id)
    return {
        "event": events.event(session, event_id),
        "people": [person for person in everybody if _sought(person, q, show)],
        "counts": Counter(person.attendance.value for person in everybody),
        "all": len(everybody),
        "digest": hashlib.sha256(repr(everybody).encode()).hexdigest()[:16],
        "hosts": door.hosts(session, event_id),
        "rounds": stored.rounds(session, event_id),
        "seated": any(person.tables for person in everybody),
        "columns": door.attributes(session, event_id),
        "plain": lookup.plain,
        "organisations": sorted({person.organisation for person in everybody} - {""}, key=prints.by_name),
        "next_id": door.next_id(session, event_id),
    }


def _sought(person: PersonOnPaper, q: str, show: str) -> bool:
    """Whether every word stands in the name, the organisation or the badge code, whatever its accents and capitals."""
    text = lookup.plain(f"{person.name} {person.organisation} {person.badge}")
    words = lookup.plain(q).split()
    return all(word in text for word in words) and show in ("", person.attendance.value)


def _newcomer(sent: Mapping[str, str], columns: Collection[str]) -> Newcomer:
    given = {name: clean(value) for name, value in sent.items()}
    return Newcomer(
        person_id=given.get("person_id", ""),
        name=given.get("name", ""),
        organisation=given.get("organisation", ""),
        needs=given.get("needs", ""),
        attributes={column: given.get(f"own-{place}", "") for place, column in enumerate(columns)},
        another=bool(given.get("another")),
    )


def _base(request: Request) -> str:
    return f"/s/{request.path_params['code']}/desk/door"


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database
