"""The desk's pages of one part of the plan: its rows, and a form for each that works without JavaScript."""

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.activities import ACTIVITIES
from eventkit.errors import Conflict, NotFound
from eventkit.events import guards
from eventkit.events import rules as events
from eventkit.plan import pages, steps, whole
from eventkit.plan.draft import Draft
from eventkit.plan.drafting import begun, filled, held, opened, parts, word_of
from eventkit.plan.editing import belonging, name_of, numbered, place_of, without
from eventkit.plan.listing import lines
from eventkit.plan.pages import Stored
from eventkit.plan.row_answers import changed_to, form_page, list_page, to_list
from eventkit.sheet import Part, Plan
from eventkit.web.answers import see_other
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking

desk = APIRouter(prefix="/plan")

_STARTS = {"myth": ("True", "False")}
_WITHOUT = {"ranking"}


@desk.get("/{part}")
async def rows(request: Request, part: str, saved: str = "") -> Response:
    """The rows of a part."""
    now, kind = await _at(request, part)
    parent = next((other for other in parts() if belonging(other, parts()) is kind), None)
    if parent or kind.transposed:
        own = f"{kind.name}/rows/{name_of(kind, now.plan.rows(kind.name)[0], 0)}" if kind.transposed else ""
        return see_other(f"/s/{request.path_params['code']}/desk/plan/{parent.name if parent else own}")
    return list_page(request, now, kind, saved=saved)


@desk.get("/{part}/new")
async def new(request: Request, part: str) -> Response:
    """An empty form; a poll is asked for its figure first."""
    now, kind = await _at(request, part)
    if kind.transposed:
        raise _nothing()
    given = {name: text for name, text in request.query_params.items() if kind.column(name)}
    with speaking(now.event.language):
        figures = [column.name for column in kind.columns if column.name.endswith("_statistic")]
        if figures and not any(given.get(name) for name in figures) and given.get("format") not in _WITHOUT:
            first = {each.column.name: each for each in begun(now.plan, kind, {}).fields}
            values = {"part": kind, "fields": [first[name] for name in (*figures, "format")], "given": given}
            return pages.show(request, now, "plan/first.html", values)
        return form_page(request, now, begun(now.plan, kind, given, _STARTS.get(given.get("format", ""), ())), {})


@desk.post("/{part}/new")
async def add(request: Request, part: str) -> Response:
    """Adds a row, or shows what must be mended with everything that was typed."""
    now, kind = await _at(request, part)
    sent = await _sent(request)
    with speaking(now.event.language):
        draft = filled(now.plan, kind, None, sent)
        word = word_of(kind)
        changed = draft.plan
        if sent.get("add-step") and not steps.shows(changed, word, draft.name):
            changed = steps.added(changed, {"activity": word, "ref": draft.name})
        return await to_list(request, now, draft, changed)


@desk.get("/{part}/rows/{name}")
async def row(request: Request, part: str, name: str, correcting: str = "") -> Response:
    """The form of a row."""
    now, kind = await _at(request, part)
    with speaking(now.event.language):
        draft = opened(now.plan, kind, _place(now.plan, kind, name))
        draft = held(draft, await _fixed(request, draft), correcting=bool(correcting))
        return form_page(request, now, draft, {"name": name, "seen": draft.seen, "correcting": bool(correcting)})


@desk.post("/{part}/rows/{name}")
async def save(request: Request, part: str, name: str) -> Response:
    """Saves a row, or shows what must be mended with everything that was typed."""
    now, kind = await _at(request, part)
    sent = await _sent(request)
    correcting = bool(sent.get("correcting"))
    with speaking(now.event.language):
        place = _place(now.plan, kind, name)
        before = opened(now.plan, kind, place)
        fixed = await _fixed(request, before)
        kept = {each.name: each.value for each in held(before, fixed, correcting=correcting).every if each.fixed}
        draft = held(filled(now.plan, kind, place, {**sent, **kept}), fixed, correcting=correcting)
        if sent.get("seen") != before.seen:
            refusal = _("Somebody has changed this since you opened it. What you typed is still here: look, then save.")
            return form_page(
                request, now, draft, {"name": name, "seen": before.seen, "refusal": refusal}, Conflict.status
            )
        return await to_list(request, now, draft, draft.plan, name=name, seen=before.seen, correcting=correcting)


@desk.post("/{part}/rows/{name}/remove")
async def remove(request: Request, part: str, name: str, seen: Annotated[str, Form(max_length=64)] = "") -> Response:
    """Removes a row, after a question, with its pieces and the steps that showed only it."""
    now, kind = await _at(request, part)
    place = _place(now.plan, kind, name)
    with speaking(now.event.language):
        if not seen:
            line = lines(kind, now.plan, parts(), [])[place]
            values = {"part": kind, "line": line, "seen": now.digest, "piece": belonging(kind, parts())}
            return pages.show(request, now, "plan/remove.html", values)
        if kind.name == steps.NAME:
            return await changed_to(request, now, kind, steps.skipped(now.plan, place), seen)
        changed = without(now.plan, parts(), kind, place)
        word = word_of(kind)
        return await changed_to(request, now, kind, steps.unshown(changed, word, name) if word else changed, seen)


@desk.post("/{part}/rows/{name}/move")
async def move(
    request: Request, part: str, name: str, way: Annotated[Literal["up", "down"], Form()], seen: Annotated[str, Form()]
) -> Response:
    """Moves a step of the programme one place."""
    now, kind = await _at(request, part)
    if kind.name != steps.NAME:
        raise _nothing()
    place = _place(now.plan, kind, name)
    return await changed_to(request, now, kind, steps.moved(now.plan, place, -1 if way == "up" else 1), seen)


async def _at(request: Request, name: str) -> tuple[Stored, Part]:
    """The plan as it stands and the part in the address; a programme that follows from the plan is written down."""
    now = await pages.stored(request)
    kind = next((part for part in parts() if part.name == name), None)
    if kind is None:
        raise _nothing()
    if name == steps.NAME:
        now = replace(now, plan=numbered(steps.written(now.plan, whole.kinds(ACTIVITIES)), parts()))
    return now, kind


async def _sent(request: Request) -> dict[str, str]:
    async with request.form(max_files=0) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


async def _fixed(request: Request, draft: Draft) -> dict[str, str]:
    return await pages.database(request).read(_reasons, guards.event_of(request), draft)


def _reasons(session: Session, event_id: int, draft: Draft) -> dict[str, str]:
    """Why fields of a stored row can no longer change, by the names of the fields."""
    event = events.event(session, event_id)
    return {
        each.name: reason
        for part, row_id, row in draft.identified
        for each in row
        if (reason := whole.fixed(session, event, ACTIVITIES, part.name, row_id, each.column.name))
    }


def _place(plan: Plan, part: Part, name: str) -> int:
    place = place_of(part, plan, name)
    if place is None:
        raise NotFound(_("There is no such row in the plan any more. Look at the list again."))
    return place


def _nothing() -> NotFound:
    return NotFound(_("There is nothing at this address."))
