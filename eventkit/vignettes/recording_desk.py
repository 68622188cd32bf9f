"""The desk's list of recordings, each whole or damaged; their files go to organisers and to nobody else."""

import asyncio
import re
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from eventkit.database import now
from eventkit.errors import NotFound
from eventkit.events import guards, retention
from eventkit.events import rules as events
from eventkit.vignettes import arriving, recording_files, recording_pages, recordings, stories
from eventkit.vignettes.recording_pages import database_of, in_words_of
from eventkit.web.answers import page, see_other
from eventkit.web.language import gettext as _

desk = APIRouter()


@desk.get("/vignettes/recordings")
async def listed(request: Request) -> Response:
    """Every recording, and the way to bring one."""
    return await _list(request)


@desk.get("/vignettes/recordings/upload/{ref}/{vignette_id}")
async def asked(request: Request, ref: str, vignette_id: str) -> Response:
    """A form for one file."""
    return await recording_pages.form(request, ref, vignette_id, "desk")


@desk.post("/vignettes/recordings/upload/{ref}/{vignette_id}", max_body_size=recording_pages.LARGEST_FORM)
async def brought(request: Request, ref: str, vignette_id: str) -> Response:
    """A file that an organiser brings for a table."""
    return await recording_pages.upload(request, ref, vignette_id, "desk")


@desk.get("/vignettes/recordings/{recording_id}")
async def download(request: Request, recording_id: str) -> Response:
    """The sound file."""
    path, media_type, name = await database_of(request).read(_file, guards.event_of(request), recording_id)
    if not path.is_file():
        raise NotFound(_("The file of this recording is missing on the server’s disk."))
    return FileResponse(path, media_type=media_type, filename=name, headers={"cache-control": "no-store"})


@desk.post("/vignettes/recordings/{recording_id}/finish")
async def finish(request: Request, recording_id: str) -> Response:
    """Ends a recording whose browser has gone."""
    await arriving.conclude(database_of(request), guards.event_of(request), recording_id)
    return see_other(_home(request))


@desk.post("/vignettes/recordings/{recording_id}/delete")
async def delete(request: Request, recording_id: str, confirmed: Annotated[str, Form(max_length=3)] = "") -> Response:
    """Deletes a recording, after a question."""
    event_id = guards.event_of(request)
    await database_of(request).read(recordings.one, event_id, recording_id)
    if not confirmed:
        return await _list(request, deleting=recording_id)
    await database_of(request).write(event_id, recordings.delete_one, event_id, recording_id)
    return see_other(_home(request))


async def _list(request: Request, deleting: str = "") -> Response:
    found = await database_of(request).read(_listed, guards.event_of(request))
    place = recording_files.folder(database_of(request).path)
    await asyncio.to_thread(_look_at, found["rows"], place)
    own = {"code": request.path_params["code"], "tab": "vignettes", "deleting": deleting}
    with in_words_of(request):
        return page(request, "vignettes/desk_recordings.html", {**found, **own})


def _listed(session: Session, event_id: int) -> dict[str, Any]:
    event, names = events.event(session, event_id), stories.tables(session, event_id)
    titles = {story.vignette_id: story.title for story in stories.every(session, event_id)}
    rows = [
        {
            "table": names.get(talk.table, talk.table),
            "story": titles.get(talk.vignette_id, talk.vignette_id),
            "recording": found,
        }
        for talk, found in recordings.of_event(session, event_id)
    ]
    talks = [
        {"table": talk.table, "vignette_id": talk.vignette_id}
        for talk in arriving.may_be_recorded(session, event_id)
        if talk.table in names and talk.vignette_id in titles
    ]
    own = {"until": retention.until(event), "late": recordings.is_late(event, now())}
    return {"event": event, "rows": rows, "talks": talks, "names": names, "titles": titles, **own}


def _look_at(rows: list[dict[str, Any]], place: Path) -> None:
    """Files of hours are read whole, after the database has been let go."""
    for row in rows:
        row["damaged"] = recordings.is_damaged(place, row["recording"])


def _file(session: Session, event_id: int, recording_id: str) -> tuple[Path, str, str]:
    talk, found = recordings.one(session, event_id, recording_id)
    if found.finished_at is None:
        raise NotFound(_("This recording has not been finished yet."))
    path = recordings.path_of(session, found)
    words = f"{talk.table}_{talk.vignette_id}_{recording_id[:6]}"
    return path, found.media_type, re.sub(r"[^A-Za-z0-9_-]+", "-", words) + path.suffix


def _home(request: Request) -> str:
    return f"/s/{request.path_params['code']}/desk/vignettes/recordings"
