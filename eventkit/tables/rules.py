"""The life of the tables' steps: each shows the tables of its round, and with that the rounds before it are over."""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import Session, col, select

from eventkit.database import now
from eventkit.errors import Conflict
from eventkit.events.step import Step
from eventkit.tables import door, stored, turning
from eventkit.tables.models import ShownRound, TableInRound
from eventkit.web.language import gettext as _


def ids(session: Session, event_id: int) -> Sequence[str]:
    """The tables, each once, in the plan's order."""
    mine = select(TableInRound.table).where(TableInRound.event_id == event_id).order_by(col(TableInRound.position))
    return list(dict.fromkeys(session.exec(mine)))


def rounds(session: Session, step: Step) -> range:
    """The rounds that a step shows: its own, and the last of the steps all later ones too."""
    last = stored.rounds(session, step.event_id) if step.number == step.of else step.number
    return range(step.number, max(last, step.number) + 1)


def forward(_session: Session, _step: Step) -> bool:
    """There is only one phase."""
    return False


def back(_session: Session, _step: Step) -> bool:
    """There is only one phase."""
    return False


def again(_session: Session, _step: Step) -> None:
    """There is nothing to begin anew."""
    raise Conflict(_("There is nothing here that can be done again."))


def enter(session: Session, step: Step) -> None:
    """The room is shown the tables of this round. Whoever steps back to a round takes it up again: it is not over.

    Where the last step shows later rounds too, they have not begun: only its own is noted.
    """
    later = (col(ShownRound.event_id) == step.event_id, col(ShownRound.round) > step.number)
    session.execute(delete(ShownRound).where(*later))
    if session.get(ShownRound, (step.event_id, step.number)) is None:
        session.add(ShownRound(event_id=step.event_id, round=step.number, shown_at=now()))
    turning.begin(session, step.event_id)


def leave(session: Session, step: Step) -> None:
    """Nothing is open."""
    turning.end(session, step.event_id)


def restore(_session: Session) -> None:
    """Nothing was open."""


def finish(_session: Session, _event_id: int) -> None:
    """Nothing is open."""


def forget(session: Session, event_id: int) -> None:
    """Drops which rounds were shown and who was at the door. Seats stay: organisers made them."""
    session.execute(delete(ShownRound).where(col(ShownRound.event_id) == event_id))
    door.forget(session, event_id)
