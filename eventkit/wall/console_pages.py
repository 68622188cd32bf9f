"""A wall's own page at the console, on which its notes are grouped into themes."""

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.codebook import rules as codebook
from eventkit.codebook import saying, undoing
from eventkit.codebook.models import Verb
from eventkit.codebook.undoing import Step
from eventkit.events.activity import Page
from eventkit.wall import grouping, moderating_pages
from eventkit.wall.answering import Batch, Label, NoteIds, ThemeId, new_batch, said, write

console = APIRouter()
console.include_router(moderating_pages.console)


def place(session: Session, event_id: int, wall_id: str) -> Page:
    """What the page of a wall shows at the console. Raises `NotFound`."""
    found = grouping.grouping_of(session, event_id, wall_id)
    latest = [(step.batch, saying.done(step)) for step in found.latest]
    values = {"grouping": found, "wall": found.wall, "latest": latest, "announce": ""}
    return Page("wall/_console_place.html", values)


@console.post("/walls/{wall_id}/move")
async def move(request: Request, wall_id: str, note: NoteIds, theme: ThemeId = "", label: Label = "") -> Response:
    """Puts notes under a theme, a new one or none."""
    return _did(request, wall_id, await write(request, grouping.move, wall_id, note, theme, label, new_batch()))


@console.post("/walls/{wall_id}/theme")
async def add(request: Request, wall_id: str, label: Label = "") -> Response:
    """Makes a theme that nothing stands under yet."""
    return _did(request, wall_id, await write(request, _add, label, new_batch()))


@console.post("/walls/{wall_id}/rename")
async def rename(request: Request, wall_id: str, theme: ThemeId = "", label: Label = "") -> Response:
    """Gives a theme another name."""
    return _did(request, wall_id, await write(request, codebook.rename, theme, label, new_batch()))


@console.post("/walls/{wall_id}/merge")
async def merge(request: Request, wall_id: str, theme: ThemeId = "", into: ThemeId = "") -> Response:
    """Makes a theme part of another."""
    return _did(request, wall_id, await write(request, codebook.merge, theme, into, new_batch()))


@console.post("/walls/{wall_id}/remove")
async def remove(request: Request, wall_id: str, theme: ThemeId = "") -> Response:
    """Takes a theme away; its notes stand under none."""
    return _did(request, wall_id, await write(request, codebook.remove, theme, new_batch()))


@console.post("/walls/{wall_id}/undo")
async def undo(request: Request, wall_id: str, batch: Batch = "") -> Response:
    """Takes back what was done at one press."""
    back = await write(request, undoing.undo, batch)
    return said(request, wall_id, lambda: saying.undone(back))


def _add(session: Session, event_id: int, label: str, batch: str) -> Step:
    known = {theme.theme_id for theme in codebook.themes(session, event_id)}
    theme = codebook.add(session, event_id, label, batch)
    return Step(Verb.ADD, batch, theme.label, made=theme.theme_id not in known)


def _did(request: Request, wall_id: str, step: Step) -> Response:
    """A press that changed nothing leaves nothing to undo."""
    changed = {Verb.MOVE: step.items > 0, Verb.ADD: step.made, Verb.RENAME: step.label != step.other}
    return said(request, wall_id, lambda: saying.done(step), step.batch if changed.get(step.verb, True) else "")
