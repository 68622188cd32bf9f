"""The desk's pages of transcripts: bring one, look at what was read, store it; and what becomes of it afterwards."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.errors import BadInput, EventkitError, NotFound
from eventkit.events import guards
from eventkit.events import rules as events
from eventkit.events.waiting import Waiting
from eventkit.incoming.screening import MAX_BYTES
from eventkit.vignettes import passages, stories, transcripts
from eventkit.vignettes.importing.formats import parse_file
from eventkit.vignettes.importing.spoken import Read
from eventkit.web.answers import page, see_other
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking
from eventkit.web.text import clean

LARGEST_UPLOAD = MAX_BYTES + 64 * 1024
FIRST_LINES = 12
MOST_SHOWN = 500

desk = APIRouter(prefix="/vignettes/transcripts")

Yes = Annotated[str, Form(max_length=3)]


@dataclass(frozen=True)
class Brought:
    """A transcript that waits for a yes, and for which table and story it is."""

    name: str
    read: Read
    place: tuple[str, str]


@desk.get("")
async def every(request: Request) -> Response:
    """Every table with its stories, and how much of a transcript there is."""
    return await show(request, "vignettes/transcripts.html", _every)


@desk.get("/{ref}/{vignette_id}")
async def one(request: Request, ref: str, vignette_id: str, stored: int = 0) -> Response:
    """The transcript of one table and story, and the way to bring one."""
    return await _one(request, ref, vignette_id, {"stored": max(0, stored)})


@desk.post("/{ref}/{vignette_id}", max_body_size=LARGEST_UPLOAD)
async def bring(request: Request, ref: str, vignette_id: str) -> Response:
    """Reads a file in a child process and shows what was read. Nothing is stored yet."""
    file = await _brought(request)
    await database(request).read(about, guards.event_of(request), ref, vignette_id)
    with _speaking(request):
        try:
            brought = await _read(file, (ref, vignette_id))
            passages.labels(passages.speakers(brought.read.spoken), {})
        except BadInput as refusal:
            return await _one(request, ref, vignette_id, {"refusal": refusal.sentence}, refusal.status)
    token = ""
    if not brought.read.faults:
        token = _waiting(request).keep(guards.event_of(request), brought)
    return await _preview(request, brought, token)


@desk.post("/{ref}/{vignette_id}/take")
async def take(request: Request, ref: str, vignette_id: str, token: Annotated[str, Form(max_length=64)]) -> Response:
    """Stores what was shown, its speakers under labels."""
    event_id = guards.event_of(request)
    brought = _waiting(request).look(event_id, token)
    if brought.place != (ref, vignette_id):
        raise NotFound(_("This file was brought for another table or story. Upload it again."))
    async with request.form(max_files=0, max_fields=100) as form:
        sent = {name: value for name, value in form.items() if isinstance(value, str)}
    names = passages.speakers(brought.read.spoken)
    chosen = {name: sent.get(f"speaker-{number}", "") for number, name in enumerate(names)}
    with _speaking(request):
        try:
            stored = await database(request).write(
                event_id, passages.take_in, event_id, brought.place, brought.read.spoken, chosen,
                despite=sent.get("despite") == "yes",
            )  # fmt: skip
        except EventkitError as refusal:
            return await _preview(request, brought, token, chosen, refusal)
    _waiting(request).let_go(token)
    return see_other(f"{_home(request, ref, vignette_id)}?stored={stored}")


@desk.post("/{ref}/{vignette_id}/delete")
async def delete(request: Request, ref: str, vignette_id: str, confirmed: Yes = "") -> Response:
    """Deletes the whole transcript, after a question."""
    if not confirmed:
        return await _one(request, ref, vignette_id, {"deleting": True})
    event_id = guards.event_of(request)
    await database(request).write(event_id, _delete, event_id, ref, vignette_id)
    return see_other(_home(request, ref, vignette_id))


async def show(
    request: Request, template: str, question: Callable[..., dict[str, Any]], *args: Any, **more: Any
) -> Response:
    """A page of the transcripts in the desk's shell; `status` may be among the values."""
    with _speaking(request):
        values = await database(request).read(question, guards.event_of(request), *args)
        values |= {"code": request.path_params["code"], "tab": "vignettes", **more}
        return page(request, template, values, more.get("status", 200))


def about(session: Session, event_id: int, ref: str, vignette_id: str) -> dict[str, Any]:
    """A table, its story, and what there is of a transcript. Raises `NotFound`."""
    story = next((one for one in stories.at_table(session, event_id, ref) if one.vignette_id == vignette_id), None)
    if story is None:
        raise NotFound(_("This table has no such story. Go back to the transcripts."))
    talk = stories.discussion_of(session, event_id, ref, vignette_id)
    return {
        "event": events.event(session, event_id),
        "ref": ref,
        "table": stories.tables(session, event_id)[ref],
        "story": story,
        "passages": transcripts.passages(session, talk) if talk else (),
        "labelled": talk is None or transcripts.labelled(session, talk),
        "agreed": passages.everybody_agreed(session, talk),
        "stored": 0,
        "refusal": "",
        "deleting": False,
        "most_shown": MOST_SHOWN,
    }


def database(request: Request) -> Database:
    """The app's database."""
    found: Database = request.app.state.database
    return found


async def _one(request: Request, ref: str, vignette_id: str, values: dict[str, Any], status: int = 200) -> Response:
    return await show(request, "vignettes/transcript.html", about, ref, vignette_id, status=status, **values)


async def _preview(
    request: Request,
    brought: Brought,
    token: str,
    chosen: dict[str, str] | None = None,
    refusal: EventkitError | None = None,
) -> Response:
    names = passages.speakers(brought.read.spoken)
    return await show(
        request,
        "vignettes/transcript_preview.html",
        about,
        *brought.place,
        name=brought.name,
        read=brought.read,
        first=brought.read.spoken[:FIRST_LINES],
        speakers=[(name, (chosen or {}).get(name, ""), passages.is_label(name)) for name in names],
        unnamed=sum(not each.speaker for each in brought.read.spoken),
        token=token,
        refusal=refusal.sentence if refusal else "",
        status=refusal.status if refusal else 400 if brought.read.faults else 200,
    )


async def _brought(request: Request) -> tuple[str, bytes] | None:
    async with request.form(max_files=1, max_fields=2) as sent:
        file = next((each for each in sent.values() if isinstance(each, UploadFile)), None)
        return (_safe(file.filename), await file.read()) if file and file.filename else None


async def _read(file: tuple[str, bytes] | None, place: tuple[str, str]) -> Brought:
    if file is None:
        raise BadInput(_("No file was chosen. Choose the transcript, a .txt, .docx, .vtt, .srt or .csv file."))
    name, content = file
    with TemporaryDirectory(prefix="eventkit-") as folder:
        path = Path(folder) / f"transcript{Path(name).suffix[:8]}"
        await asyncio.to_thread(path.write_bytes, content)
        return Brought(name, await parse_file(path), place)


def _every(session: Session, event_id: int) -> dict[str, Any]:
    counts = transcripts.counts(session, event_id)
    names = stories.tables(session, event_id)
    rows = [
        (table, names[table], story, counts.get((table, story.vignette_id), 0))
        for table in names
        for story in stories.at_table(session, event_id, table)
    ]
    return {"event": events.event(session, event_id), "rows": rows}


def _delete(session: Session, event_id: int, ref: str, vignette_id: str) -> int:
    talk = stories.discussion_of(session, event_id, ref, vignette_id)
    return transcripts.delete_all(session, talk) if talk else 0


def _home(request: Request, ref: str, vignette_id: str) -> str:
    return f"/s/{request.path_params['code']}/desk/vignettes/transcripts/{quote(ref, '')}/{quote(vignette_id, '')}"


def _waiting(request: Request) -> Waiting[Brought]:
    found: Waiting[Brought] = request.app.state.transcripts
    return found


def _speaking(request: Request) -> Any:
    return speaking(guards.admissions(request).languages[guards.event_of(request)])


def _safe(name: str) -> str:
    """The file's name as it may stand in a sentence and in a folder of ours; its end says of which kind it is."""
    own = re.sub(r"[^\w .()-]", "_", clean(name.replace("\\", "/").rpartition("/")[2]))
    return own[-80:].lstrip(".") or "transcript"
