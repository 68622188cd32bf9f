"""What facilitators do to single notes of a wall: one press each, for any number of notes."""

from collections.abc import Callable, Mapping

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.errors import Conflict, NotFound
from eventkit.events import guards
from eventkit.wall import grouping, moderation
from eventkit.wall.answering import Label, NoteIds, said, write
from eventkit.web.answers import page
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext, speaking

VERBS: Mapping[str, Callable[[Session, int, str], None]] = {
    "approve": moderation.approve,
    "hide": moderation.hide,
    "unhide": moderation.unhide,
    "pin": moderation.pin,
    "unpin": moderation.unpin,
    "unmerge": moderation.unmerge,
    "spotlight": moderation.spotlight,
}

console = APIRouter()


@console.get("/walls/{wall_id}/notes/{note_id}/redact")
async def redacting(request: Request, wall_id: str, note_id: str) -> Response:
    """The page that asks why a note's words are taken away."""
    event_id, code = guards.event_of(request), request.path_params["code"]
    database: Database = request.app.state.database
    with speaking(guards.admissions(request).languages[event_id]):
        note = await database.read(grouping.note_of, event_id, wall_id, note_id)
        values = {"note": note, "back": f"/s/{code}/console/walls/{wall_id}", "most": moderation.LONGEST_REASON}
        return page(request, "wall/redact.html", values)


@console.post("/walls/{wall_id}/redact")
async def redact(request: Request, wall_id: str, note: NoteIds, reason: Label = "") -> Response:
    """Takes a note's words away for good."""
    if len(note) != 1:
        raise NotFound(_("Choose one note. Nothing was changed."))
    await write(request, moderation.redact, note[0], reason)
    return said(request, wall_id, lambda: _("The words of this note are gone. The workbook gives the reason."))


@console.post("/walls/{wall_id}/spotlight-off")
async def spotlight_off(request: Request, wall_id: str) -> Response:
    """Takes the spotlight off, whichever note is in it."""
    await write(request, moderation.spotlight, "")
    return said(request, wall_id, lambda: _("No note is in the spotlight."))


@console.post("/walls/{wall_id}/merge-notes")
async def merge_notes(request: Request, wall_id: str, note: NoteIds) -> Response:
    """Lets the notes that were chosen count as one: the first of them."""
    if len(set(note)) < 2:
        raise Conflict(_("Choose at least two notes that say the same. Nothing was changed."))
    count = await write(request, moderation.merge, note, note[0])
    return said(request, wall_id, lambda: _merged(count))


def _for_notes(word: str, verb: Callable[[Session, int, str], None]) -> None:
    @console.post(f"/walls/{{wall_id}}/{word}", name=word)
    async def moderate(request: Request, wall_id: str, note: NoteIds) -> Response:
        """One of the verbs, for the notes that were chosen."""
        if not note:
            raise Conflict(_("Choose the notes first. Nothing was changed."))
        await write(request, grouping.each, verb, note)
        return said(request, wall_id, lambda: _told(word, len(set(note))))


for _word, _verb in VERBS.items():
    _for_notes(_word, _verb)


def _merged(count: int) -> str:
    words = ngettext("{n} note counts with the first one now.", "{n} notes count with the first one now.", count)
    return words.format(n=count)


def _told(verb: str, count: int) -> str:
    told = {
        "approve": ngettext("{n} note is approved.", "{n} notes are approved.", count),
        "hide": ngettext("{n} note is hidden from the room.", "{n} notes are hidden from the room.", count),
        "unhide": ngettext("{n} note is shown again.", "{n} notes are shown again.", count),
        "pin": ngettext("{n} note is pinned.", "{n} notes are pinned.", count),
        "unpin": ngettext("{n} note is not pinned any more.", "{n} notes are not pinned any more.", count),
        "unmerge": ngettext("{n} note stands for itself again.", "{n} notes stand for themselves again.", count),
        "spotlight": _("This note is in the spotlight, on the screen and on phones."),
    }
    return told[verb].format(n=count)
