"""What facilitators do to notes: what the room reads of them, what is put forward, and which say the same."""

from collections.abc import Sequence

from sqlmodel import Session, select

from eventkit.errors import BadInput, Conflict, NotFound
from eventkit.events import rules as events
from eventkit.wall import grid, placing, screen
from eventkit.wall.models import Note, Phase, Status, Wall
from eventkit.wall.phases import phase
from eventkit.web.language import gettext as _
from eventkit.web.text import clean
from eventkit.writer import compact_after

REDACTED = "…"
LONGEST_REASON = 200


def approve(session: Session, event_id: int, note_id: str) -> None:
    """Lets the room read a note that waited for it. Raises `NotFound`."""
    note = _note(session, event_id, note_id)
    if note.status is Status.WAITING:
        _show(session, event_id, note)


def hide(session: Session, event_id: int, note_id: str) -> None:
    """Takes a note out of the room's sight; its cell stays empty. Raises `NotFound`, or `Conflict` if it is merged.

    What was merged into it says the same and is hidden with it, each to be shown again by itself. While its wall is
    open it can be shown again. Once the wall has closed its words are gone, for good and at once.
    """
    note = _note(session, event_id, note_id)
    if note.status is Status.MERGED:
        raise Conflict(_("This note is merged into another, so nobody reads it. Part the two before you hide it."))
    closed = phase(session.get_one(Wall, note.wall_pk)) is not Phase.OPEN
    for each in (note, *_twins(session, note)):
        each.status, each.pinned, each.merged_into = Status.HIDDEN, False, ""
        each.text = "" if closed else each.text
    if closed:
        compact_after(session)
    screen.put_out(session, event_id, note_id)
    events.note_change(session, event_id)


def unhide(session: Session, event_id: int, note_id: str) -> None:
    """Shows a hidden note again, in its old cell. Raises `NotFound`, or `Conflict` where its words are gone."""
    note = _note(session, event_id, note_id)
    if note.status is Status.HIDDEN and not note.text:
        raise Conflict(_("The words of a hidden note go when its wall closes, so this one cannot be shown again."))
    if note.status is Status.HIDDEN:
        _show(session, event_id, note)


def redact(session: Session, event_id: int, note_id: str, reason: str) -> None:
    """Replaces a note's words for good; no file keeps them. Raises `NotFound`, or `BadInput` without a reason.

    The workbook gives the reason, which therefore must not repeat the words.
    """
    note = _note(session, event_id, note_id)
    why = " ".join(clean(reason).split())
    if not why:
        raise BadInput(_("Write why these words are taken away; the workbook gives the reason. Nothing was changed."))
    if len(why) > LONGEST_REASON:
        sentence = _("That is {found} characters; {most} fit. Shorten the reason. Nothing was changed.")
        raise BadInput(sentence.format(found=len(why), most=LONGEST_REASON))
    note.text, note.reason = REDACTED, why
    screen.put_out(session, event_id, note_id)
    events.note_change(session, event_id)
    # While the wall is open too: whoever is named in a note need not wait for its end.
    compact_after(session)


def pin(session: Session, event_id: int, note_id: str) -> None:
    """Marks a note that the room should not miss. Raises `NotFound`, or `Conflict` if the room does not read it."""
    _read_by_the_room(_note(session, event_id, note_id)).pinned = True


def unpin(session: Session, event_id: int, note_id: str) -> None:
    """Takes the mark away. Raises `NotFound`."""
    _note(session, event_id, note_id).pinned = False


def spotlight(session: Session, event_id: int, note_id: str) -> None:
    """Puts one note before everybody, on phones too; with "" none. Raises `NotFound`, or `Conflict` as `pin` does."""
    if note_id:
        note = _read_by_the_room(_note(session, event_id, note_id))
        if grid.concealed(session.get_one(Wall, note.wall_pk)):
            raise Conflict(_("The notes of this wall are hidden. Reveal them first."))
    screen.light(session, event_id, note_id)


def merge(session: Session, event_id: int, note_ids: Sequence[str], into: str) -> int:
    """Lets notes that say the same count with one of them; how many. They can be parted again.

    Raises `NotFound`, or `Conflict` across walls, for a note that the room does not read, and during a dot vote.
    """
    kept = _read_by_the_room(_note(session, event_id, into))
    others = [_note(session, event_id, note_id) for note_id in dict.fromkeys(note_ids) if note_id != into]
    if any(note.wall_pk != kept.wall_pk for note in others):
        raise Conflict(_("Only notes of one wall can be merged. Nothing was changed."))
    _require_no_vote(session, kept)
    for note in others:
        _merge_one(session, event_id, _read_by_the_room(note, merged=True), into)
    events.note_change(session, event_id)
    return len(others)


def unmerge(session: Session, event_id: int, note_id: str) -> None:
    """Lets a merged note stand for itself again. Raises `NotFound`, or `Conflict` during a dot vote."""
    note = _note(session, event_id, note_id)
    if note.status is not Status.MERGED:
        return
    _require_no_vote(session, note)
    note.merged_into = ""
    _show(session, event_id, note)


def _merge_one(session: Session, event_id: int, note: Note, into: str) -> None:
    # What was merged into this note goes along, so that nothing ever points to a note that the room does not read.
    for twin in _twins(session, note):
        twin.merged_into = into
    note.status, note.merged_into, note.pinned = Status.MERGED, into, False
    if screen.screen_of(session, event_id).spotlight == note.note_id:
        screen.light(session, event_id, into)


def _twins(session: Session, note: Note) -> Sequence[Note]:
    return session.exec(select(Note).where(Note.wall_pk == note.wall_pk, Note.merged_into == note.note_id)).all()


def _show(session: Session, event_id: int, note: Note) -> None:
    """In its old cell, or in one of the next batch."""
    note.status = Status.SHOWN
    placing.mark(session, event_id)
    events.note_change(session, event_id)


def _note(session: Session, event_id: int, note_id: str) -> Note:
    note = session.get(Note, note_id)
    if note is None or session.get_one(Wall, note.wall_pk).event_id != event_id:
        raise NotFound(
            _("This note is not here any more: it was deleted, or its wall has closed. Load the page again.")
        )
    return note


def _read_by_the_room(note: Note, *, merged: bool = False) -> Note:
    """The note, if the room reads it, or, where that is enough, one that it is merged into."""
    if note.status is Status.SHOWN or (merged and note.status is Status.MERGED):
        return note
    raise Conflict(_("The room does not read this note, so this cannot be done with it. Nothing was changed."))


def _require_no_vote(session: Session, note: Note) -> None:
    if phase(session.get_one(Wall, note.wall_pk)) is Phase.DOTS:
        raise Conflict(_("Notes are neither merged nor parted while people give their dots. Nothing was changed."))
