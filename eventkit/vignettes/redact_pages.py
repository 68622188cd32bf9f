"""The desk's page on which words and names are taken out of transcripts: a list, every place it finds, and a check."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from eventkit.errors import EventkitError
from eventkit.events import guards
from eventkit.vignettes import redacting, remaining, transcript_pages
from eventkit.vignettes.redacting import Found, Kind, Listed
from eventkit.web.language import speaking
from eventkit.web.text import CleanText

LARGEST_FORM = 512 * 1024
MOST_SHOWN = 500

desk = APIRouter(prefix="/vignettes/transcripts")

Words = Annotated[CleanText, Field(max_length=50_000)]
Yes = Annotated[str, Field(max_length=3)]


class Sent(BaseModel):
    """The list by kind, and how far the organiser is: `places` is how many were shown, None before."""

    name: Words = ""
    place: Words = ""
    employer: Words = ""
    other: Words = ""
    everywhere: Yes = ""
    places: Annotated[int | None, Field(ge=0)] = None
    again: Yes = ""


@desk.get("/{ref}/{vignette_id}/redact")
async def ask(request: Request, ref: str, vignette_id: str) -> Response:
    """Asks for the list."""
    return await _page(request, (ref, vignette_id), {})


@desk.post("/{ref}/{vignette_id}/redact", max_body_size=LARGEST_FORM)
async def redact(request: Request, ref: str, vignette_id: str, sent: Annotated[Sent, Form()]) -> Response:
    """Shows every place where something of the list stands; with the number of `places` it is taken out there."""
    at, everywhere = (ref, vignette_id), bool(sent.everywhere)
    typed = {Kind.NAME: sent.name, Kind.PLACE: sent.place, Kind.EMPLOYER: sent.employer, Kind.OTHER: sent.other}
    own: dict[str, Any] = {"typed": typed, "everywhere": sent.everywhere}
    with speaking(guards.admissions(request).languages[guards.event_of(request)]):
        try:
            words = redacting.listed(list(typed.items()))
            if sent.again:
                return await _page(request, at, own)
            if sent.places is None:
                found = await _search(request, at, words, everywhere=everywhere)
                return await _page(request, at, own | {"found": found})
            left = await _redact(request, at, words, everywhere=everywhere, expected=sent.places)
        except EventkitError as refusal:
            return await _page(request, at, own | {"refusal": refusal.sentence, "status": refusal.status})
    return await _page(request, at, {"done": sent.places, "left": left})


async def _search(
    request: Request, at: tuple[str, str], words: Sequence[Listed], *, everywhere: bool
) -> Sequence[Found]:
    database = transcript_pages.database(request)
    return await database.read(redacting.search, guards.event_of(request), at, words, everywhere=everywhere)


async def _redact(
    request: Request, at: tuple[str, str], words: Sequence[Listed], *, everywhere: bool, expected: int
) -> remaining.Remaining:
    event_id, database = guards.event_of(request), transcript_pages.database(request)
    found = await _search(request, at, words, everywhere=everywhere)
    forms = await database.write(event_id, redacting.redact, found, expected=expected)
    return await database.read(remaining.remaining, event_id, words, forms, database.path)


async def _page(request: Request, at: tuple[str, str], values: dict[str, Any]) -> Response:
    nothing: dict[str, Any] = {
        "typed": {},
        "everywhere": "",
        "found": None,
        "done": None,
        "left": None,
        "most": MOST_SHOWN,
    }
    own: dict[str, Any] = {"kinds": list(Kind), "marks": redacting.MARKS, **nothing, **values}
    return await transcript_pages.show(request, "vignettes/redact.html", transcript_pages.about, *at, **own)
