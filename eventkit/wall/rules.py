"""The life of walls: ready, open, closed, and where people have dots to give, the dot vote and its count.

The walls of a step move together; where some have been opened or closed singly, the others catch up first.
"""

from sqlalchemy import delete
from sqlmodel import Session, col

from eventkit.codebook import rules as codebook
from eventkit.database import now
from eventkit.errors import Conflict
from eventkit.events.step import Step
from eventkit.wall import closing, dots, placing, walls
from eventkit.wall.models import Note, Phase, Status, Wall, WallScreen
from eventkit.wall.phases import ORDER, following, phase
from eventkit.web.language import gettext as _
from eventkit.writer import compact_after

DATES = ("opened_at", "closed_at", "revealed_at", "dots_opened_at", "dots_counted_at")

ids = walls.ids


def coming(session: Session, step: Step) -> Phase | None:
    """The phase that the next press leads to; None if every wall has come to its end."""
    steps = [after for wall in walls.walls_of(session, step) if (after := _following(session, wall))]
    return min(steps, key=ORDER.index, default=None)


def before(session: Session, step: Step) -> Phase | None:
    """The phase that back takes walls out of: the furthest that any has come to. None if there is no way back from it.

    A wall with notes is closed and never made unopened. Nor is a dot vote put aside once somebody has given dots.
    """
    chosen = walls.walls_of(session, step)
    at = max(map(phase, chosen), key=ORDER.index, default=Phase.READY)
    return at if all(_can_go_back(session, wall, at) for wall in chosen if phase(wall) is at) else None


def forward(session: Session, step: Step) -> bool:
    """Moves the walls that are furthest behind one phase on; False when all have come to their end.

    Raises `Conflict` where there are too few dot votes to count.
    """
    to = coming(session, step)
    for wall in walls.walls_of(session, step) if to else ():
        if _following(session, wall) is to:
            _advance(session, wall)
    return to is not None


def back(session: Session, step: Step) -> bool:
    """Moves the walls that are furthest on one phase back; False if none can.

    A closed wall opens for new notes only: whose the others were is not known any more.
    """
    at = before(session, step)
    for wall in walls.walls_of(session, step) if at else ():
        if phase(wall) is at:
            _retreat(session, wall, at)
    return at is not None


def again(session: Session, step: Step) -> None:
    """Begins the dot vote anew; the dots that were given are dropped unread. Raises `Conflict` if no vote is on."""
    voting = [wall for wall in walls.walls_of(session, step) if phase(wall) is Phase.DOTS]
    if not voting:
        raise Conflict(_("No dot vote is on, so there is none to begin anew."))
    for wall in voting:
        dots.discard(session, wall)
        session.flush()
        dots.open_dots(session, wall)


def enter(session: Session, step: Step) -> None:
    """The screen shows all walls of the step from their first page. None opens before the facilitator says so."""
    screen = session.get(WallScreen, step.event_id)
    if screen:
        screen.wall_id, screen.page, screen.themes, screen.spotlight = "", 0, False, ""


def leave(session: Session, step: Step) -> None:
    """Closes every open wall of the event, counts dot votes, and drops those that are too few to count."""
    finish(session, step.event_id)


def finish(session: Session, event_id: int) -> None:
    """As `leave`: a wall may be open while the room is at something else."""
    for wall in walls.every(session, event_id):
        if phase(wall) is Phase.OPEN:
            closing.close(session, wall)
        elif phase(wall) is Phase.DOTS:
            _settle(session, wall)


def open_wall(session: Session, event_id: int, wall_id: str) -> None:
    """Opens one wall for notes, again if it had closed. Raises `Conflict` once its dot vote was opened."""
    wall = walls.wall_of(session, event_id, wall_id)
    at = phase(wall)
    if at in (Phase.DOTS, Phase.COUNTED):
        raise Conflict(_("This wall’s dot vote was opened, so it takes no more notes."))
    if at is Phase.READY:
        _advance(session, wall)
    elif at is Phase.CLOSED:
        _retreat(session, wall, at)


def close_wall(session: Session, event_id: int, wall_id: str) -> None:
    """Closes one wall; nothing happens if it is closed already. Raises `Conflict` if it was never opened."""
    wall = walls.wall_of(session, event_id, wall_id)
    if phase(wall) is Phase.READY:
        raise Conflict(_("This wall is not open, so it cannot be closed."))
    if phase(wall) is Phase.OPEN:
        closing.close(session, wall)


def restore(session: Session) -> None:
    """After a start: takes up the dot votes that were on, and the notes that wait for a cell.

    The last server may have died between a wall's close and the rewriting of the file, so that is done again.
    """
    compact_after(session)
    dots.take_up(session)
    placing.mark_all(session)


def forget(session: Session, event_id: int) -> None:
    """Drops every note and what was done with it, every phase, and what the screen showed."""
    codebook.forget(session, event_id)
    session.execute(delete(WallScreen).where(col(WallScreen.event_id) == event_id))
    for wall in walls.every(session, event_id):
        if phase(wall) is Phase.DOTS:
            dots.discard(session, wall)
        session.execute(delete(Note).where(col(Note.wall_pk) == wall.id))
        for date in DATES:
            setattr(wall, date, None)
        wall.seen = 0


def _following(session: Session, wall: Wall) -> Phase | None:
    """The wall's next phase. Where no note is shown there is nothing to give dots to."""
    after = following(wall)
    return None if after is Phase.DOTS and not walls.count(session, wall, Status.SHOWN) else after


def _can_go_back(session: Session, wall: Wall, at: Phase) -> bool:
    if at is Phase.OPEN:
        return walls.count(session, wall) == 0
    if at is Phase.DOTS:
        box = dots.box_of(session, wall)
        return not (box and (box.voters or box.lost))
    return at is Phase.CLOSED


def _advance(session: Session, wall: Wall) -> None:
    at = phase(wall)
    if at is Phase.READY:
        wall.opened_at = now()
    elif at is Phase.OPEN:
        closing.close(session, wall)
    elif at is Phase.CLOSED:
        dots.open_dots(session, wall)
    else:
        dots.count(session, wall)


def _retreat(session: Session, wall: Wall, at: Phase) -> None:
    if at is Phase.OPEN:
        wall.opened_at = None
    elif at is Phase.CLOSED:
        wall.closed_at = None
    else:
        dots.discard(session, wall)


def _settle(session: Session, wall: Wall) -> None:
    if dots.too_few(session, wall):
        dots.discard(session, wall)
    else:
        dots.count(session, wall)
