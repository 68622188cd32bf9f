"""Seats for those who come late, and seats that become free, in the rounds that are not over."""

from collections.abc import Iterable, Mapping

from sqlmodel import Session, col, select

from eventkit.events import rules as events
from eventkit.events.models import Person
from eventkit.tables import moves, stored
from eventkit.tables.chairs import chair
from eventkit.tables.models import Seat, SeatMove
from eventkit.tables.room import Person as Late
from eventkit.tables.room import Room, Seats

ABSENT, ARRIVED = "absent", "arrived"
"""Why people lose their seats here, and get them."""


def seat(session: Session, event_id: int, person: Person) -> None:
    """A seat in every round that is not over, was seated, and that the person is there for; nobody else is moved.

    It is the one that the person had before, if that is still free; none if every chair is taken.
    """
    missing = _missing(session, event_id, person)
    if not missing:
        return
    room, seats = stored.room_of(session, event_id), stored.seats_of(session, event_id)
    before, who = _before(session, person), person.person_id
    late = next(each for each in room.people if each.person_id == who)
    places = {}
    for number in (number for number in missing if not late.rounds or number in late.rounds):
        table = places[number, who] = _table(room, seats, late, number, before.get(number, ""))
        seats = {**seats, number: {**seats.get(number, {}), **({who: table} if table else {})}}
    if moves.move(session, event_id, places, ARRIVED):
        events.note_change(session, event_id)


def free(session: Session, event_id: int, person_ids: Iterable[str]) -> None:
    """Takes these people's seats away in the rounds that are not over, all at once."""
    numbers = _left(session, event_id)
    places = {(number, person_id): "" for person_id in person_ids for number in numbers}
    if moves.move(session, event_id, places, ABSENT):
        events.note_change(session, event_id)


def rounds_left(session: Session, event_id: int) -> str:
    """The rounds that are not over, as the roster says them: nothing while none is."""
    over = stored.over(session, event_id)
    return ";".join(str(number) for number in _left(session, event_id)) if over else ""


def _left(session: Session, event_id: int) -> list[int]:
    over = stored.over(session, event_id)
    return [number for number in range(1, stored.rounds(session, event_id) + 1) if number not in over]


def _missing(session: Session, event_id: int, person: Person) -> list[int]:
    seated = set(session.exec(select(Seat.round).where(Seat.event_id == event_id).distinct()))
    own = set(session.exec(select(Seat.round).where(Seat.person_pk == person.id)))
    return [number for number in _left(session, event_id) if number in seated - own]


def _before(session: Session, person: Person) -> Mapping[int, str]:
    """The seats that were taken from the person last, by round."""
    taken = select(SeatMove).where(SeatMove.person_pk == person.id, SeatMove.reason == ABSENT)
    return {move.round: move.before for move in session.exec(taken.order_by(col(SeatMove.id)))}


def _table(room: Room, seats: Seats, late: Late, number: int, before: str) -> str:
    """The table `before` if it has a free chair, else the one that takes the person best."""
    sitting = list(seats.get(number, {}).values())
    held = [table for table in room.tables_in(number) if table.table == before]
    if held and sitting.count(before) < held[0].max_seats:
        return before
    return chair(room, seats, late, number)
