"""What people do to their own notes. A note belongs to whoever holds the handle whose hash is its author."""

import re
import unicodedata
from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import delete
from sqlmodel import Session, col, select

from eventkit.codebook.models import Annotation, Change, Kind
from eventkit.errors import BadInput, Conflict, NotFound, TooMany
from eventkit.wall import placing, walls
from eventkit.wall.models import Note, Phase, Status, Wall, WallScreen
from eventkit.wall.phases import phase
from eventkit.web.language import gettext as _
from eventkit.web.text import clean

MOST_OF_ONE = 100
"""Notes of one author on one wall, so that nobody can bury the room's."""
NOTE_ID = re.compile("[0-9a-f]{16}")


def author_of(handle: str, wall: Wall) -> str:
    """The author of a handle's notes on this wall: another on each, or two walls would tell who wrote on both."""
    return sha256(f"{handle}/{wall.id}".encode()).hexdigest()


def mine(session: Session, wall: Wall, author: str) -> Sequence[Note]:
    """The notes of an author on a wall, in no order that tells which came first."""
    return session.exec(
        select(Note).where(Note.wall_pk == wall.id, Note.author == author).order_by(col(Note.note_id))
    ).all()


def post(
    session: Session, event_id: int, wall_id: str, note_id: str, author: str, text: str, *, paper: bool = False
) -> str:
    """Puts a note on a wall; its id. The same note sent again stays one note.

    `note_id` is 16 hexadecimal digits that the form was given or the phone made. A note from `paper` has no author; it
    may still be typed in when the wall has closed. Raises `BadInput`, `Conflict` or `TooMany`; then nothing is stored.
    """
    wall = walls.wall_of(session, event_id, wall_id)
    owner = None if paper else author
    if not NOTE_ID.fullmatch(note_id):
        raise BadInput(_("This note came without its number. Nothing was put on the wall: reload and send it again."))
    found = session.get(Note, note_id)
    if found and found.wall_pk == wall.id and found.author == owner:
        return note_id
    if found:
        raise Conflict(_("This note’s number is taken. Nothing was put on the wall: reload and send it again."))
    _require_open(wall, paper=paper)
    words = _words(wall, text)
    if owner and len(mine(session, wall, owner)) >= MOST_OF_ONE:
        sentence = _(
            "You have {most} notes on this wall, the most that one phone may have. This one was not put on it."
        )
        raise TooMany(sentence.format(most=MOST_OF_ONE))
    note = Note(note_id=note_id, wall_pk=wall.id or 0, text=words, status=_entering(wall), author=owner, paper=paper)
    session.add(note)
    placing.mark(session, event_id)
    return note_id


def edit(session: Session, event_id: int, wall_id: str, note_id: str, author: str, text: str) -> None:
    """Gives an own note other words; where notes are approved first, these are too.

    One that was taken for a duplicate stands for itself again. Raises `NotFound`, `BadInput` or `Conflict`.
    """
    wall = walls.wall_of(session, event_id, wall_id)
    note = _own(session, wall, note_id, author)
    if note.reason:
        raise Conflict(_("The organisers have taken this note’s words away, so it cannot be changed. Write a new one."))
    words = _words(wall, text)
    if words == note.text:
        return
    note.text = words
    if note.status is not Status.HIDDEN:
        note.status, note.merged_into = _entering(wall), ""
    placing.mark(session, event_id)


def remove(session: Session, event_id: int, wall_id: str, note_id: str, author: str) -> None:
    """Takes an own note off the wall, and all that was done with it. Raises `NotFound` or `Conflict`."""
    wall = walls.wall_of(session, event_id, wall_id)
    take_off(session, wall, _own(session, wall, note_id, author))


def take_off(session: Session, wall: Wall, note: Note) -> None:
    """Deletes a note, and all that was done with it."""
    for twin in session.exec(select(Note).where(Note.wall_pk == wall.id, Note.merged_into == note.note_id)):
        twin.status, twin.merged_into = Status.SHOWN, ""
    for table in (Annotation, Change):
        of_it = (col(table.kind) == Kind.WALL_NOTE, col(table.item_id) == note.note_id)
        session.execute(delete(table).where(col(table.event_id) == wall.event_id, *of_it))
    screen = session.get(WallScreen, wall.event_id)
    if screen and screen.spotlight == note.note_id:
        screen.spotlight = ""
    session.delete(note)
    placing.mark(session, wall.event_id)


def _own(session: Session, wall: Wall, note_id: str, author: str) -> Note:
    """An open wall's note that this author may change. Whose a note was is forgotten when its wall closes."""
    if phase(wall) is not Phase.OPEN:
        raise Conflict(_("This wall has closed, so its notes stay as they are."))
    note = session.get(Note, note_id)
    if note is None or note.wall_pk != wall.id or note.author is None or note.author != author:
        raise NotFound(_("This note is not yours to change, or is not there any more."))
    return note


def _require_open(wall: Wall, *, paper: bool) -> None:
    at = phase(wall)
    if at is Phase.READY:
        raise Conflict(_("This wall is not open yet. Your note was not put on it."))
    if at is not Phase.OPEN and not (paper and at is Phase.CLOSED):
        raise Conflict(_("This wall has closed. Your note was not put on it."))


def _words(wall: Wall, text: str) -> str:
    """What is kept of a note's text. Raises `BadInput` if nothing can be seen of it, or it is too long."""
    words = clean(text).strip()
    if all(unicodedata.category(character)[0] in "ZC" for character in words):
        raise BadInput(_("There is nothing on this note yet. Write one idea, then put it on the wall."))
    if len(words) > wall.max_length:
        sentence = _("That is {found} characters; {most} fit. Shorten it, or write two notes: one idea on each.")
        raise BadInput(sentence.format(found=len(words), most=wall.max_length))
    return words


def _entering(wall: Wall) -> Status:
    return Status.WAITING if wall.approve_first else Status.SHOWN
