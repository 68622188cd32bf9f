"""Notes that somebody at the desk types in from paper. They have no author, and can be taken back at once."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from eventkit.errors import Conflict, Gone, NotFound
from eventkit.events import rules as events
from eventkit.wall import notes, walls
from eventkit.wall.models import Note, Phase, Wall
from eventkit.wall.phases import phase
from eventkit.web.language import gettext as _
from eventkit.writer import compact_after

NO_AUTHOR = ""


def enter(session: Session, event_id: int, wall_id: str, note_id: str, text: str) -> None:
    """Puts a note from paper on a wall, also on one that has closed. Raises `Gone` once the event has finished."""
    if events.event(session, event_id).ended_at:
        raise Gone(_("The event has finished, so no more notes can be added. This one was not stored."))
    notes.post(session, event_id, wall_id, note_id, NO_AUTHOR, text, paper=True)


def take_back(session: Session, event_id: int, wall_id: str, note_id: str) -> None:
    """Deletes a note that was typed in from paper. Raises `NotFound` if it has gone, or its wall closed since.

    Raises `Conflict` once the wall's dot vote was opened: dots that people gave to the note would go with it.
    """
    wall = walls.wall_of(session, event_id, wall_id)
    if wall.dots_opened_at:
        raise Conflict(_("The dot vote on this wall was opened, so its notes stay. Hide this one at the console."))
    note = session.get(Note, note_id)
    if note is None or note.wall_pk != wall.id or not note.paper:
        raise NotFound(_("This note cannot be taken back here any more. Hide it on the wall’s page of the console."))
    notes.take_off(session, wall, note)
    if phase(wall) is not Phase.OPEN:
        compact_after(session)  # the wall has closed: nothing else would drop the words from the disk


def entered(session: Session, wall: Wall) -> int:
    """How many notes of a wall came from paper."""
    return session.exec(select(func.count()).where(Note.wall_pk == wall.id, col(Note.paper))).one()


def found(session: Session, wall: Wall, note_ids: Sequence[str]) -> Sequence[Note]:
    """Those of these notes from paper that are still on the wall, in the order in which they are named."""
    mine = select(Note).where(Note.wall_pk == wall.id, col(Note.paper), col(Note.note_id).in_(note_ids))
    known = {note.note_id: note for note in session.exec(mine)}
    return [known[note_id] for note_id in note_ids if note_id in known]
