"""Who sits elsewhere than before, from where to where and why: to read out, or to print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from eventkit.events.models import Person
from eventkit.tables import called, late, seated, stored
from eventkit.tables.models import SeatMove
from eventkit.tables.prints import by_name
from eventkit.tables.room import Seats
from eventkit.web.language import gettext as _

REPAIRED = "repaired"


@dataclass(frozen=True)
class SeatChange:
    """Somebody's other table in a round; "" where there is none. `why` is in words."""

    round: int
    name: str
    before: str
    after: str
    why: str = ""


def since(session: Session, event_id: int, batch: int) -> Sequence[SeatChange]:
    """What batch `batch` and all after it come to: who went away and came back has not moved. By round and name."""
    mine = select(SeatMove, Person.person_id).join(Person, col(SeatMove.person_pk) == col(Person.id))
    found = session.exec(
        mine.where(SeatMove.event_id == event_id, SeatMove.batch >= batch).order_by(col(SeatMove.id))
    ).all()
    first: dict[tuple[int, str], str] = {}
    final: dict[tuple[int, str], SeatMove] = {}
    for move, person_id in found:
        first.setdefault((move.round, person_id), move.before)
        final[move.round, person_id] = move
    moved = {key: (before, final[key].after, final[key].reason) for key, before in first.items()}
    return _named(session, event_id, moved)


def between(session: Session, event_id: int, held: Seats, wanted: Seats) -> Sequence[SeatChange]:
    """What it would be to go from the seats that are held to others. By round and name."""
    over = stored.over(session, event_id)
    moved = {
        (number, who): (held.get(number, {}).get(who, ""), table, "")
        for number, table_of in wanted.items()
        if number not in over
        for who, table in table_of.items()
    }
    return _named(session, event_id, moved)


def repair_batch(session: Session, event_id: int) -> int:
    """The last repair that was taken, 0 if there was none since everybody was seated."""
    last = select(func.max(SeatMove.batch)).where(SeatMove.event_id == event_id, SeatMove.reason == REPAIRED)
    found = session.exec(last).one() or 0
    return found if found >= first_batch(session, event_id) else 0


def first_batch(session: Session, event_id: int) -> int:
    """The first batch after everybody was seated."""
    last = select(func.max(SeatMove.batch)).where(SeatMove.event_id == event_id, SeatMove.reason == seated.REASON)
    return 1 + (session.exec(last).one() or 0)


def _named(
    session: Session, event_id: int, moved: Mapping[tuple[int, str], tuple[str, str, str]]
) -> Sequence[SeatChange]:
    names = called.names(session, event_id)
    found = [
        SeatChange(
            number, names.people[who], names.tables.get(before, before), names.tables.get(after, after), _why(reason)
        )
        for (number, who), (before, after, reason) in moved.items()
        if before != after and who in names.people
    ]
    return sorted(found, key=lambda change: (change.round, by_name(change.name)))


def _why(reason: str) -> str:
    known = {
        REPAIRED: _("The tables are mixed again"),
        late.ABSENT: _("Not coming"),
        late.ARRIVED: _("Has come"),
        "": "",
    }
    return known.get(reason, _("Moved by hand"))
