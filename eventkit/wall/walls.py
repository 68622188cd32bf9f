"""Questions about walls and the notes on them."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from eventkit.errors import NotFound
from eventkit.events.step import Step
from eventkit.wall.models import Note, Status, Wall
from eventkit.web.language import gettext as _


def ids(session: Session, event_id: int) -> Sequence[str]:
    """The wall_ids of an event, in the plan's order."""
    return [wall.wall_id for wall in every(session, event_id)]


def every(session: Session, event_id: int) -> Sequence[Wall]:
    """The walls of an event, in the plan's order."""
    return session.exec(select(Wall).where(Wall.event_id == event_id).order_by(col(Wall.position))).all()


def wall_of(session: Session, event_id: int, wall_id: str) -> Wall:
    """The wall with this id. Raises `NotFound`."""
    wall = session.exec(select(Wall).where(Wall.event_id == event_id, Wall.wall_id == wall_id)).one_or_none()
    if wall is None:
        raise NotFound(_("There is no such wall in this event."))
    return wall


def walls_of(session: Session, step: Step) -> Sequence[Wall]:
    """The walls of a step, in the order in which it names them; all of the event if it names none."""
    if not step.refs:
        return every(session, step.event_id)
    return [wall_of(session, step.event_id, wall_id) for wall_id in step.refs]


def notes(session: Session, wall: Wall, *statuses: Status) -> Sequence[Note]:
    """The notes of a wall that have one of these statuses, or all of them, in the order of their random ids."""
    mine = select(Note).where(Note.wall_pk == wall.id).order_by(col(Note.note_id))
    return session.exec(mine.where(col(Note.status).in_(statuses)) if statuses else mine).all()


def count(session: Session, wall: Wall, *statuses: Status) -> int:
    """How many notes of a wall have one of these statuses, or how many there are."""
    mine = select(func.count()).select_from(Note).where(Note.wall_pk == wall.id)
    return session.exec(mine.where(col(Note.status).in_(statuses)) if statuses else mine).one()
