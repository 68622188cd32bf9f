"""A seated event to stand at the door of: eight people of three organisations at two tables over two rounds."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from eventkit.database import now
from eventkit.events.models import Person, PersonAttribute
from eventkit.tables import moves, stored
from eventkit.tables.models import Seating, ShownRound, TableInRound
from tests.fife import FIFE

PEOPLE = {
    "anna": ("Anna Nowak", "Housing"),
    "ben": ("Ben Ure", "Housing"),
    "cal": ("Cal Moss", "Schools"),
    "dee": ("Dee Fox", "Schools"),
    "eve": ("Eve Lorimer", "Health"),
    "fin": ("Fin Baird", "Health"),
    "gus": ("Gus Pratt", ""),
    "hal": ("Hal Innes", ""),
}
ROUNDS = {
    1: dict(zip(PEOPLE, ("t1", "t2", "t1", "t2", "t1", "t2", "t1", "t2"), strict=True)),
    2: dict(zip(PEOPLE, ("t1", "t2", "t2", "t1", "t1", "t2", "t2", "t1"), strict=True)),
}


def seated(session: Session, chairs: int = 5) -> None:
    """Seats the eight at two tables of so many chairs."""
    enrolled(session)
    for position, (table, name) in enumerate((("t1", "Leven"), ("t2", "Ore")), start=1):
        session.add(
            TableInRound(event_id=FIFE, position=position, table=table, name=name, max_seats=chairs, accessible=True)
        )
    session.add(Seating(event_id=FIFE, rounds=2))
    session.flush()
    moves.move(session, FIFE, {(n, who): table for n, table_of in ROUNDS.items() for who, table in table_of.items()},
               "seated")  # fmt: skip


def enrolled(session: Session) -> None:
    """The roster alone. Housing and Schools are of the council."""
    for position, (person_id, (name, organisation)) in enumerate(PEOPLE.items(), start=1):
        person = Person(event_id=FIFE, position=position, person_id=person_id, name=name, organisation=organisation)
        session.add(person)
        session.flush()
        if organisation:
            sector = "health" if organisation == "Health" else "council"
            session.add(PersonAttribute(person_pk=person.id, name="sector", value=sector))


def show_round(session: Session, number: int) -> None:
    """The room has been shown the tables of a round."""
    session.add(ShownRound(event_id=FIFE, round=number, shown_at=now()))


def seats(session: Session, person_id: str) -> Mapping[int, str]:
    """Where somebody sits."""
    found = stored.seats_of(session, FIFE)
    return {number: table_of[person_id] for number, table_of in found.items() if person_id in table_of}


def of(session: Session, person_id: str) -> dict[str, Any]:
    """A person's row."""
    return person(session, person_id).model_dump()


def everybody(session: Session) -> list[str]:
    """The person_ids in the roster's order."""
    return list(session.exec(select(Person.person_id).where(Person.event_id == FIFE).order_by(col(Person.position))))


def person(session: Session, person_id: str) -> Person:
    """A person's row, to change it."""
    return session.exec(select(Person).where(Person.event_id == FIFE, Person.person_id == person_id)).one()


def tables() -> SelectOfScalar[TableInRound]:
    """The rows of the tables, in their order."""
    return select(TableInRound).where(TableInRound.event_id == FIFE).order_by(col(TableInRound.position))
