"""Dot votes: after a wall has closed everybody gives a few dots to its notes, sealed until they are counted.

A choice is the note_ids that got dots, sorted and joined, each once for every dot. Its record is as long as one of
somebody who gave all of them, so that no length tells how many dots were given, or to what.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Collection, Mapping

from sqlalchemy import Connection
from sqlmodel import Session, col, select

from eventkit.database import now
from eventkit.errors import BadInput, Conflict
from eventkit.events import rules as events
from eventkit.sealing import rules as sealing
from eventkit.sealing.box import Reading
from eventkit.sealing.models import Box
from eventkit.wall import walls
from eventkit.wall.models import Note, Phase, Status, Wall
from eventkit.wall.phases import phase
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext

FIELD = "dots-"
ID_LENGTH = 16
EPOCH_BYTES = 3
ACCEPTING = "SELECT 1 FROM wall WHERE id = ? AND dots_opened_at IS NOT NULL AND dots_counted_at IS NULL"


def box_name(wall: Wall) -> str:
    """What the box of a wall's dots is called."""
    return f"wall-{wall.wall_id}-dots"


def box_of(session: Session, wall: Wall) -> Box | None:
    """The box of a wall's dots; None before the vote, and once it is counted or discarded."""
    return sealing.find(session, wall.event_id, box_name(wall))


def ballot(session: Session, wall: Wall) -> Collection[str]:
    """The note_ids that dots can be given to; a note that was hidden meanwhile stays among them."""
    mine = select(Note.note_id).where(Note.wall_pk == wall.id, col(Note.dots).is_not(None))
    return session.exec(mine.order_by(col(Note.note_id))).all()


def too_few(session: Session, wall: Wall) -> bool:
    """Whether so few have given dots that counting would tell who gave them to what."""
    box = box_of(session, wall)
    return (box.voters if box else 0) < max(1, events.event(session, wall.event_id).min_votes)


def open_dots(session: Session, wall: Wall) -> None:
    """Lets people give dots to the notes that are shown now.

    Raises `Conflict` unless the wall has closed, has dots to give and shows a note.
    """
    if phase(wall) is not Phase.CLOSED or not wall.dots:
        raise Conflict(_("Dots are given once a wall has closed, and only where the plan has dots for it."))
    for note in walls.notes(session, wall, Status.SHOWN):
        note.dots = 0
    session.flush()
    if not ballot(session, wall):
        raise Conflict(_("This wall shows no notes, so there is nothing to give dots to."))
    # Random: a phone must not take its answer to a vote that was discarded for one to this.
    epoch, size = int.from_bytes(secrets.token_bytes(EPOCH_BYTES)) + 1, ID_LENGTH * wall.dots
    read = reading(wall, ballot(session, wall))
    sealing.open_box(session, wall.event_id, box_name(wall), read, _accepting(wall), size, epoch)
    wall.dots_opened_at = now()


def count(session: Session, wall: Wall) -> None:
    """Adds the dots up for each note and destroys their key. Raises `Conflict` if too few people gave any."""
    box = box_of(session, wall)
    if phase(wall) is not Phase.DOTS or box is None or too_few(session, wall):
        sentence = _(
            "Too few people have given dots to count them. Wait for more, or leave: they are discarded unread."
        )
        raise Conflict(sentence)
    given: Counter[str] = Counter()
    for choice, people in sealing.count(session, box).items():
        given.update({note_id: dots * people for note_id, dots in given_of(choice).items()})
    # In the order of random ids: another order would be that in which the notes first got a dot.
    for note_id in ballot(session, wall):
        session.get_one(Note, note_id).dots = given[note_id]
    wall.dots_counted_at = now()
    events.note_change(session, wall.event_id)


def discard(session: Session, wall: Wall) -> None:
    """Destroys what was given, unread; the dot vote can be opened anew. Raises `Conflict` once it is counted."""
    if wall.dots_counted_at:
        raise Conflict(_("These dots are counted. That stays."))
    box = box_of(session, wall)
    if box:
        sealing.discard(session, box)
    wall.dots_opened_at = None
    for note in walls.notes(session, wall):
        note.dots = None


def take_up(session: Session) -> None:
    """After a start: opens every box that was open."""
    for wall in session.exec(select(Wall).where(col(Wall.dots_counted_at).is_(None))):
        box = box_of(session, wall)
        if box:
            _restore(session, wall, box)


def reading(wall: Wall, note_ids: Collection[str]) -> Reading:
    """How a form's fields `dots-<note_id>` become a choice, at most 16 bytes for each of the wall's dots."""
    known, budget = frozenset(note_ids), wall.dots  # copies: it outlives the session

    def read(form: Mapping[str, str]) -> str:
        given = {name.removeprefix(FIELD): _number(text) for name, text in form.items() if name.startswith(FIELD)}
        if not known.issuperset(given):
            raise BadInput(_("One of these notes is not part of this vote. Load the page again. Nothing was changed."))
        spent = sum(given.values())
        if spent > budget:
            sentence = ngettext(
                "You have {budget} dot to give, and this is {spent}. Take some back. Nothing was changed.",
                "You have {budget} dots to give, and this is {spent}. Take some back. Nothing was changed.",
                budget,
            )
            raise BadInput(sentence.format(budget=budget, spent=f"{spent:,}"))
        return "".join(note_id * given[note_id] for note_id in sorted(given))

    return read


def given_of(choice: str) -> Mapping[str, int]:
    """How many dots a choice gives to which note_id."""
    return Counter(choice[start : start + ID_LENGTH] for start in range(0, len(choice), ID_LENGTH))


def _number(text: str) -> int:
    if not text.strip():
        return 0
    # More digits than anybody's budget has: a longer number would cost more to read than to refuse.
    if not (text.isascii() and text.strip().isdigit() and len(text.strip()) <= 6):
        raise BadInput(_("Give each note a whole number of dots, 0 or more. Nothing was changed."))
    return int(text)


def _restore(session: Session, wall: Wall, box: Box) -> None:
    sealing.restore(session, box, reading(wall, ballot(session, wall)), _accepting(wall))


def _accepting(wall: Wall) -> Callable[[Connection], bool]:
    wall_pk = wall.id
    return lambda connection: connection.exec_driver_sql(ACCEPTING, (wall_pk,)).scalar() is not None
