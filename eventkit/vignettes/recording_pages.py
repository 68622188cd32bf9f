"""Recording on a host's page, and the form by which hosts and organisers bring a sound file."""

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Annotated, Any

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database, now
from eventkit.errors import BadInput, EventkitError, NotFound
from eventkit.events import guards, retention
from eventkit.events import rules as events
from eventkit.events.tokens import new_token
from eventkit.vignettes import arriving, consent, recording_files, recordings, stories, uploading
from eventkit.web.answers import page, see_other
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking

LARGEST_FORM = 1 << 62
"""No bound: `uploading` refuses what is too large before and while it comes, in a sentence that says how large."""
ID = re.compile(r"[0-9a-f]{32}\Z")

host = APIRouter()


def panel(session: Session, event_id: int, table: str) -> Mapping[str, Any]:
    """What the recording panel of a table's host shows."""
    story, event = stories.now_at(session, event_id, table), events.event(session, event_id)
    talk = stories.discussion_of(session, event_id, table, story.vignette_id) if story else None
    found = recordings.of_discussion(session, talk) if talk else ()
    return {
        "recording_late": recordings.is_late(event, now()),
        "recording_agreed": talk is not None and consent.may_record(session, talk),
        "recording_open": story is not None and not stories.round_of(session, event_id).closed,
        "recordings_done": sum(each.finished_at is not None for each in found),
        "recordings_coming": [each.recording_id for each in found if each.finished_at is None],
        "recordings_until": retention.until(event),
        "recording_most": recording_files.LARGEST // recording_files.MEGABYTE,
    }


@host.put("/recordings/{recording_id}/parts/{number:int}", max_body_size=arriving.LARGEST_PART)
async def part(request: Request, ref: str, recording_id: str, number: int, story: str = "") -> Response:
    """One part from a browser, counted from 0; the same one again changes nothing."""
    at = (guards.event_of(request), ref, story)
    with in_words_of(request):
        await database_of(request).read(arriving.agreed, *at)
        await arriving.store_part(database_of(request), at, _checked(recording_id), number, await request.body())
    return Response(status_code=204)


@host.post("/recordings/{recording_id}/finish")
async def finish(
    request: Request,
    ref: str,
    recording_id: str,
    story: Annotated[str, Form(max_length=100)] = "",
    parts: Annotated[int | None, Form(ge=0, le=arriving.MOST_PARTS)] = None,
) -> Response:
    """Ends a recording with its first `parts` parts; the others are deleted, and it is deleted if none is left."""
    event_id, database = guards.event_of(request), database_of(request)
    with in_words_of(request):
        await database.read(_of_table, event_id, ref, story, _checked(recording_id))
        await arriving.conclude(database, event_id, recording_id, parts)
    if "hx-request" in request.headers:
        return Response(status_code=204)
    return see_other(f"/s/{request.path_params['code']}/host/{ref}")


@host.get("/recordings/upload/{vignette_id}")
async def host_form(request: Request, ref: str, vignette_id: str) -> Response:
    """A form for one file."""
    return await form(request, ref, vignette_id, "host")


@host.post("/recordings/upload/{vignette_id}", max_body_size=LARGEST_FORM)
async def host_upload(request: Request, ref: str, vignette_id: str) -> Response:
    """A file from a recorder or a phone."""
    return await upload(request, ref, vignette_id, "host")


async def upload(request: Request, table: str, vignette_id: str, view: str) -> Response:
    """Takes the file of the form; back to the page from which it came, or the form with what was wrong."""
    database, at = database_of(request), (guards.event_of(request), table, vignette_id)
    recording_id, place = new_token(), recording_files.folder(database.path)
    with in_words_of(request):
        try:
            await database.read(arriving.agreed, *at)
            uploading.check_length(request)
            kind, size, checksum = await recording_files.receive(place, recording_id, uploading.file_in(request))
            try:
                await database.write(at[0], arriving.add_whole, at, recording_id, kind, size, checksum)
            except BaseException:
                recording_files.remove(place, recording_id)
                raise
        except EventkitError as refusal:
            return await form(request, table, vignette_id, view, refusal.sentence, refusal.status)
    return see_other(_home(request, table, view))


async def form(
    request: Request, table: str, vignette_id: str, view: str, problem: str = "", status: int = 200
) -> Response:
    """The form for one file; `view` is who brings it: "host" or "desk"."""
    values = await database_of(request).read(_asked, guards.event_of(request), table, vignette_id)
    own = {"home": _home(request, table, view), "problem": problem}
    with in_words_of(request):
        return page(request, "vignettes/recording_upload.html", {**values, **own}, status)


def in_words_of(request: Request) -> AbstractContextManager[None]:
    """Says what is said in the language of the event."""
    return speaking(guards.admissions(request).languages[guards.event_of(request)])


def database_of(request: Request) -> Database:
    """The app's database."""
    database: Database = request.app.state.database
    return database


def _asked(session: Session, event_id: int, table: str, vignette_id: str) -> dict[str, Any]:
    titles = {story.vignette_id: story.title for story in stories.at_table(session, event_id, table)}
    if vignette_id not in titles:
        raise NotFound(_("This table has no such story. Reload the page."))
    return {
        "event": events.event(session, event_id),
        "table": stories.tables(session, event_id)[table],
        "story": titles[vignette_id],
        "most": recording_files.LARGEST // recording_files.MEGABYTE,
    }


def _of_table(session: Session, event_id: int, table: str, vignette_id: str, recording_id: str) -> None:
    """Raises `NotFound` for another table's recording. Whoever agrees to what: to end it, or to cut it, is safe."""
    talk = stories.discussion_of(session, event_id, table, vignette_id)
    if talk is None or recordings.one(session, event_id, recording_id)[0].id != talk.id:
        raise NotFound(_("There is no such recording any more. Reload the page."))


def _checked(recording_id: str) -> str:
    """Names a file, so nothing else may stand in it."""
    if not ID.match(recording_id):
        raise BadInput(_("This recording has no name that can be used. Reload the page."))
    return recording_id


def _home(request: Request, table: str, view: str) -> str:
    root = f"/s/{request.path_params['code']}"
    return f"{root}/host/{table}" if view == "host" else f"{root}/desk/vignettes/recordings"
