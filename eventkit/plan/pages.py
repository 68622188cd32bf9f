"""The desk's pages of the plan as a whole: its parts, what there is to look at, and the way in and out as a file."""

import asyncio
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, BinaryIO

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from eventkit.activities import ACTIVITIES
from eventkit.database import Database
from eventkit.errors import BadInput, EventkitError
from eventkit.events import guards
from eventkit.events import rules as events
from eventkit.events.models import Event
from eventkit.incoming.screening import MAX_BYTES
from eventkit.plan import whole
from eventkit.plan.applying import PlanRefused, apply
from eventkit.plan.changes import Change, differences
from eventkit.plan.drafting import is_named, parts
from eventkit.plan.editing import belonging, name_of, numbered
from eventkit.plan.forms import words
from eventkit.plan.held import UploadedPlan, Uploads
from eventkit.plan.steps import NAME as PROGRAMME
from eventkit.plan.steps import written
from eventkit.sheet import Part, Plan, Problem
from eventkit.web.answers import page
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking
from eventkit.web.text import clean

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST_UPLOAD = MAX_BYTES + 64 * 1024
"""Bytes of a form with a file in it: what is too large for a plan is refused with a sentence of its own."""

desk = APIRouter()


@dataclass(frozen=True)
class Stored:
    """The event and its plan as it stands, its rows numbered as in the workbook."""

    event: Event
    plan: Plan
    digest: str


@dataclass(frozen=True)
class Finding:
    """A problem with the page on which it can be mended, "" for none."""

    problem: Problem
    address: str


@desk.get("/plan")
async def overview(request: Request) -> Response:
    """Every part, and what there is to look at."""
    return await _overview(request)


@desk.get("/plan.xlsx")
async def workbook(request: Request) -> Response:
    """The plan as it stands, as a workbook that can be uploaded again."""
    now = await stored(request)
    write: Callable[[BinaryIO, Sequence[Part], Plan], None] = request.app.state.write_plan
    content = io.BytesIO()
    await asyncio.to_thread(write, content, parts(), now.plan)
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", now.event.event_id) + "_plan.xlsx"
    return Response(
        content.getvalue(), media_type=XLSX, headers={"content-disposition": f'attachment; filename="{name}"'}
    )


@desk.post("/plan/upload", max_body_size=LARGEST_UPLOAD)
async def upload(request: Request) -> Response:
    """Reads a plan file: every mistake in it, or what it would change. Nothing is stored yet."""
    file = await brought(request)
    if file is None:
        return await _overview(
            request, refusal=_("No file was chosen. Choose the plan, an .xlsx or a .toml file."), status=400
        )
    name, content = file
    now = await stored(request)
    with speaking(now.event.language):
        try:
            plan, problems = await _read(name, content)
        except BadInput as unreadable:
            return await _overview(request, refusal=unreadable.sentence, status=400)
        values: dict[str, Any] = {"name": name, "changes": [], "findings": [Finding(each, "") for each in problems]}
        if not any(problem.blocks for problem in problems):
            values["changes"] = [(each, _said(each)) for each in differences(now.plan, plan)]
            values["token"] = uploads(request).plans.keep(guards.event_of(request), UploadedPlan(plan, now.digest))
        return show(request, now, "plan/upload.html", values)


@desk.post("/plan/apply")
async def apply_upload(request: Request, token: Annotated[str, Form(max_length=64)]) -> Response:
    """Applies an uploaded plan; what is refused is named, and then nothing is changed."""
    event_id = guards.event_of(request)
    with speaking(guards.admissions(request).languages[event_id]):
        try:
            waiting = uploads(request).plans.look(event_id, token)
            done = await database(request).write(
                event_id, apply, event_id, waiting.plan, ACTIVITIES, expected=waiting.compared_with
            )
            uploads(request).plans.let_go(token)
        except EventkitError as refusal:
            return await _overview(request, **told(refusal), status=refusal.status)
    return await _overview(request, done=done)


async def brought(request: Request) -> tuple[str, bytes] | None:
    """The name and the content of the one file that a form brings; None if none was chosen."""
    async with request.form(max_files=1, max_fields=4) as sent:
        file = next((each for each in sent.values() if isinstance(each, UploadFile)), None)
        return (_safe(file.filename), await file.read()) if file and file.filename else None


async def stored(request: Request) -> Stored:
    """The plan of the event in the address, as it is stored now."""
    return await database(request).read(_stored, guards.event_of(request))


def show(request: Request, now: Stored, template: str, values: Mapping[str, Any], status: int = 200) -> Response:
    """A page of the plan in the desk's shell."""
    own = {"event": now.event, "code": request.path_params["code"], "tab": "plan", "words": words}
    with speaking(now.event.language):
        return page(request, template, {**own, **values}, status)


def findings(request: Request, plan: Plan, problems: Sequence[Problem]) -> list[Finding]:
    """Problems of the stored plan, each with the page on which it can be mended."""
    home = f"/s/{request.path_params['code']}/desk/plan"
    return [Finding(each, home + _way(plan, each)) for each in problems]


def database(request: Request) -> Database:
    """The app's database."""
    found: Database = request.app.state.database
    return found


def uploads(request: Request) -> Uploads:
    """The app's plans that wait for a yes."""
    found: Uploads = request.app.state.uploads
    return found


def told(refusal: EventkitError) -> dict[str, Any]:
    """A refusal as a page says it: one sentence, or a list of what stands against the change."""
    if isinstance(refusal, PlanRefused):
        return {"refusal": _("Nothing was changed:"), "problems": refusal.problems}
    return {"refusal": refusal.sentence, "problems": []}


async def _overview(
    request: Request,
    *,
    refusal: str = "",
    problems: Sequence[Problem] = (),
    done: Sequence[str] | None = None,
    status: int = 200,
) -> Response:
    now = await stored(request)
    with speaking(now.event.language):
        found = whole.check(now.plan, ACTIVITIES)
        listed = [
            (part, len(_rows(now.plan, part)), sum(each.sheet == part.name for each in found))
            for part in parts()
            if not any(belonging(other, parts()) is part for other in parts())
        ]
        values = {
            "parts": listed,
            "findings": findings(request, now.plan, found),
            "refusal": refusal,
            "problems": problems,
            "done": done,
        }
        return show(request, now, "plan/overview.html", values, status)


def _rows(plan: Plan, part: Part) -> Sequence[object]:
    return (written(plan, whole.kinds(ACTIVITIES)) if part.name == PROGRAMME else plan).rows(part.name)


def _stored(session: Session, event_id: int) -> Stored:
    event = events.event(session, event_id)
    plan = whole.stored(session, event, ACTIVITIES)
    return Stored(event, numbered(plan, parts()), whole.digest(plan))


async def _read(name: str, content: bytes) -> tuple[Plan, list[Problem]]:
    with TemporaryDirectory(prefix="eventkit-") as folder:
        path = Path(folder) / name
        await asyncio.to_thread(path.write_bytes, content)
        return await whole.load_upload(path, ACTIVITIES)


def _said(change: Change) -> str:
    """The change without its place, which stands beside it."""
    return str(change).removeprefix(f"{change.place}: ")


def _safe(name: str) -> str:
    """The file's name as it may stand in a sentence and in a folder of ours."""
    return re.sub(r"[^\w .()-]", "_", clean(name.replace("\\", "/").rpartition("/")[2]))[-80:].lstrip(".") or "plan"


def _way(plan: Plan, problem: Problem) -> str:
    """From the plan's page to the row that a problem is about, or to its part."""
    by_name = {part.name: part for part in parts()}
    part = by_name[problem.sheet]
    rows = plan.rows(part.name)
    place = next((place for place, row in enumerate(rows) if (row.number or None) == problem.row), None)
    parent = next((other for other in by_name.values() if belonging(other, parts()) is part), None)
    if parent and place is not None:
        ids = plan.ids(parent.name, parent.key[0])
        own = rows[place].text(parent.key[0])
        return f"/{parent.name}" + (f"/rows/{own}" if own in ids else "")
    if place is None or not (is_named(part) or part.transposed):
        return f"/{part.name}"
    return f"/{part.name}/rows/{name_of(part, rows[place], place)}"
