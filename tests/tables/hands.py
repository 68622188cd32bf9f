"""Nine people at three tables over two rounds, for tests of moving people by hand.

Ana is the host of Tay, Bob of Leven, Cem of Ore; Ana and Dan sit apart. Tay has a free chair, Leven and Ore have none.
"""

from sqlmodel import Session, select

from eventkit.database import now
from eventkit.events.models import Person
from eventkit.tables import moves, stored
from eventkit.tables.models import Seat, SeatingRule, ShownRound, TableInRound
from eventkit.tables.room import Kind

PEOPLE = ("Ana", "Bob", "Cem", "Dan", "Eve", "Fay", "Gil", "Hal", "Ida")
TABLES = {"t1": "Tay", "t2": "Leven", "t3": "Ore"}
FIRST = {
    "ana": "t1",
    "bob": "t2",
    "cem": "t3",
    "dan": "t2",
    "eve": "t1",
    "fay": "t2",
    "gil": "t3",
    "hal": "t1",
    "ida": "t3",
}
SECOND = {
    "ana": "t1",
    "bob": "t2",
    "cem": "t3",
    "dan": "t3",
    "eve": "t2",
    "fay": "t1",
    "gil": "t1",
    "hal": "t3",
    "ida": "t2",
}


def seat_nine(session: Session, event_id: int) -> None:
    """The people, tables and rules, and everybody's seats."""
    for position, name in enumerate(PEOPLE, start=1):
        who = name.lower()
        organisation = ("Council", "NHS", "DWP")[position % 3]
        session.add(Person(event_id=event_id, position=position, person_id=who, name=name, organisation=organisation))
    for position, (table, name) in enumerate(TABLES.items(), start=1):
        chairs = 4 if table == "t1" else 3
        session.add(TableInRound(event_id=event_id, position=position, table=table, name=name, max_seats=chairs))
    rules = [(Kind.HOST, "ana", "", "t1"), (Kind.HOST, "bob", "", "t2"), (Kind.HOST, "cem", "", "t3")]
    rules.append((Kind.APART, "ana", "dan", ""))
    for position, (kind, who, other, table) in enumerate(rules, start=1):
        row = SeatingRule(event_id=event_id, position=position, kind=kind, person_id=who, other_id=other, table=table)
        session.add(row)
    session.flush()
    places = {(number, who): table for number, seats in ((1, FIRST), (2, SECOND)) for who, table in seats.items()}
    moves.move(session, event_id, places, "seated")
    session.add(ShownRound(event_id=event_id, round=1, shown_at=now()))


def at(session: Session, event_id: int, number: int = 1) -> dict[str, str]:
    """Who sits where in a round."""
    return dict(stored.seats_of(session, event_id).get(number, {}))


def pins(session: Session, event_id: int) -> set[tuple[int, str]]:
    """Who is pinned."""
    return set(stored.pinned(session, event_id))


def end_round(session: Session, event_id: int, number: int) -> None:
    """The room is shown the round after this one."""
    session.add(ShownRound(event_id=event_id, round=number + 1, shown_at=now()))


def seats(session: Session) -> int:
    """How many seats are taken, in all rounds."""
    return len(session.exec(select(Seat)).all())
