"""The room to seat and the seats in it, as they are stored."""

import re
from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, func, select

from eventkit.events.models import Attendance, Person, PersonAttribute
from eventkit.tables import room
from eventkit.tables.models import (
    BalancedAttribute,
    KnownVignette,
    Seat,
    Seating,
    SeatingRule,
    ShownRound,
    TableInRound,
)
from eventkit.tables.room import Room, Seats

FIRST_WEIGHTS = (3, 2)
"""How much the first attributes count when the organisers order them; every later one counts 1."""


def room_of(session: Session, event_id: int) -> Room:
    """What is to be seated: everybody who is not known to stay away, whatever the plan says of them."""
    people = session.exec(
        select(Person)
        .where(Person.event_id == event_id, Person.attendance != Attendance.ABSENT)
        .order_by(col(Person.position))
    ).all()
    attributes, knows = _attributes(session, event_id), _knows(session, event_id)
    tables = session.exec(
        select(TableInRound).where(TableInRound.event_id == event_id).order_by(col(TableInRound.position))
    )
    rules = session.exec(
        select(SeatingRule).where(SeatingRule.event_id == event_id).order_by(col(SeatingRule.position))
    )
    return Room(
        people=[_person(person, attributes.get(person.id or 0, {}), knows) for person in people],
        tables=[_table(table) for table in tables],
        rounds=rounds(session, event_id),
        rules=[
            room.Rule(rule.kind, rule.person_id, rule.other_id, rule.table, rule.round, rule.position) for rule in rules
        ],
        weights=weights(session, event_id),
    )


def rounds(session: Session, event_id: int) -> int:
    """How many rounds there are: as many as are needed at least, or as the organisers chose."""
    chosen = session.get(Seating, event_id)
    return max(least_rounds(session, event_id), chosen.rounds if chosen else 0)


def least_rounds(session: Session, event_id: int) -> int:
    """As many rounds as the programme has steps for them, or as anything in the plan names."""
    programme = session.info.get("programme")
    steps = sum(step.word == "tables" for step in programme(session, event_id)) if programme else 0
    named = [
        session.exec(select(func.max(model.round)).where(model.event_id == event_id)).one() or 0
        for model in (TableInRound, SeatingRule)
    ]
    present = session.exec(select(Person.rounds).where(Person.event_id == event_id, Person.rounds != ""))
    return max(1, steps, *named, *(max(_numbers(text)) for text in present))


def weights(session: Session, event_id: int) -> Mapping[str, int]:
    """How much each attribute's balance counts, in the organisers' order; empty if they gave none."""
    names = session.exec(
        select(BalancedAttribute.name)
        .where(BalancedAttribute.event_id == event_id)
        .order_by(col(BalancedAttribute.position))
    ).all()
    return {name: FIRST_WEIGHTS[place] if place < len(FIRST_WEIGHTS) else 1 for place, name in enumerate(names)}


def seats_of(session: Session, event_id: int) -> Seats:
    """Who sits where, by round, for those who are not known to stay away; people stand in the roster's order."""
    found = session.exec(
        select(Seat.round, Person.person_id, Seat.table)
        .join(Person, col(Seat.person_pk) == col(Person.id))
        .where(Seat.event_id == event_id, Person.attendance != Attendance.ABSENT)
        .order_by(col(Seat.round), col(Person.position))
    )
    seats: dict[int, dict[str, str]] = {}
    for number, person_id, table in found:
        seats.setdefault(number, {})[person_id] = table
    return seats


def pinned(session: Session, event_id: int) -> frozenset[tuple[int, str]]:
    """Who stays when others are moved: round and person_id."""
    found = session.exec(
        select(Seat.round, Person.person_id)
        .join(Person, col(Seat.person_pk) == col(Person.id))
        .where(Seat.event_id == event_id, col(Seat.pinned))
    )
    return frozenset((number, person_id) for number, person_id in found)


def over(session: Session, event_id: int) -> frozenset[int]:
    """The rounds that are over: those before the last one that the room was shown."""
    last = session.exec(select(func.max(ShownRound.round)).where(ShownRound.event_id == event_id)).one()
    return frozenset(range(1, last or 0))


def _person(person: Person, attributes: Mapping[str, str], knows: Mapping[str, Sequence[str]]) -> room.Person:
    own = {"organisation": person.organisation, **attributes} if person.organisation else attributes
    known = {*knows.get(person.person_id, ()), *knows.get(person.organisation, ())}
    return room.Person(person.person_id, own, _numbers(person.rounds) - {0}, frozenset(known))


def _table(table: TableInRound) -> room.Table:
    vignettes = frozenset(re.split(r"[\s,;]+", table.vignettes)) - {""}
    return room.Table(table.table, table.min_seats or 0, table.max_seats, table.accessible, vignettes, table.round)


def _attributes(session: Session, event_id: int) -> dict[int, dict[str, str]]:
    """What the organisers' own columns say of each person, by the person's number in the database."""
    found = session.exec(
        select(Person.id, PersonAttribute.name, PersonAttribute.value)
        .join(PersonAttribute, col(PersonAttribute.person_pk) == col(Person.id))
        .where(Person.event_id == event_id)
        .order_by(col(PersonAttribute.id))
    )
    attributes: dict[int, dict[str, str]] = {}
    for pk, name, value in found:
        attributes.setdefault(pk or 0, {})[name] = value
    return attributes


def _knows(session: Session, event_id: int) -> dict[str, list[str]]:
    """The vignettes that must not reach an organisation or a person_id."""
    knows: dict[str, list[str]] = {}
    for row in session.exec(select(KnownVignette).where(KnownVignette.event_id == event_id)):
        for name in filter(None, map(str.strip, row.known_by.split(";"))):
            knows.setdefault(name, []).append(row.vignette_id)
    return knows


def _numbers(text: str) -> frozenset[int]:
    return frozenset(int(word) for word in re.split(r"[\s,;]+", text) if word.isdecimal()) | {0}
