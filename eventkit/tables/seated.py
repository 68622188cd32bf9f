"""What a seating is found from, and how it is stored: over the rounds that are not over, all at once."""

from importlib.metadata import version

from sqlmodel import Session, col, select

from eventkit.database import now
from eventkit.events.models import Attendance, Person
from eventkit.tables import badges, called, moves, stored
from eventkit.tables.models import Seat, Seating
from eventkit.tables.room import Seats
from eventkit.tables.wire import Work

REASON = "seated"


def work(session: Session, event_id: int, seed: int = 0) -> Work:
    """The room with the seats that people have now, for a seating or a repair."""
    return Work(
        stored.room_of(session, event_id),
        seed,
        stored.seats_of(session, event_id),
        stored.over(session, event_id),
        stored.pinned(session, event_id),
        called.names(session, event_id),
    )


def next_seed(session: Session, event_id: int) -> int:
    """Each press of the button tries another seed: the same one would give the same seats again."""
    found = session.get(Seating, event_id)
    return found.seed + 1 if found and found.made_at else 1


def keep(session: Session, event_id: int, seats: Seats, seed: int, digest: str, seconds: float) -> int:
    """Stores the seats that were found, and how; the number of people in them.

    Rounds that are over stay, even if they ended while the seats were being found. Who was marked absent meanwhile
    gets no seat; whoever sat somewhere and is not among the found has none any more.
    """
    over = stored.over(session, event_id)
    absent = _absent(session, event_id)
    places = dict.fromkeys(_held(session, event_id), "")
    for number, table_of in seats.items():
        places.update({(number, who): table for who, table in table_of.items() if who not in absent})
    moves.move(session, event_id, {key: table for key, table in places.items() if key[0] not in over}, REASON)
    badges.give(session, event_id)
    row = session.get(Seating, event_id) or Seating(event_id=event_id)
    row.seed, row.version, row.digest, row.seconds = seed, version("eventkit"), digest, seconds
    row.made_at, row.rounds = now(), max(row.rounds, *seats)
    session.add(row)
    badges.give(session, event_id)
    return len({who for _number, who in places if places[_number, who]})


def _held(session: Session, event_id: int) -> list[tuple[int, str]]:
    found = select(Seat.round, Person.person_id).join(Person, col(Seat.person_pk) == col(Person.id))
    return list(session.exec(found.where(Seat.event_id == event_id)).all())


def _absent(session: Session, event_id: int) -> frozenset[str]:
    away = select(Person.person_id).where(Person.event_id == event_id, Person.attendance == Attendance.ABSENT)
    return frozenset(session.exec(away))
