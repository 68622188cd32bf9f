"""A second count of a seating, written from the definitions alone: slow, plain, and without a line of the product's.

Every measure is counted person by person and pair by pair. It must stay ignorant of `eventkit.tables.scoring`.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from math import ceil, floor

from eventkit.tables.room import Kind, Room, Rule, Seats, Table

Counts = dict[str, int]
"""The number of each measure; what is counted by attribute has the attribute after its name: "balance sector"."""


def recount(room: Room, seats: Seats, before: Seats | None = None) -> dict[int, Counts]:
    """The measures of each round, and those of the whole day under 0."""
    places = {number: _places(room, number, seats) for number in range(1, room.rounds + 1)}
    found = {number: _round(room, number, places, before or {}) for number in places}
    times = [
        sum(_together(place, one.person_id, other.person_id) for place in places.values())
        for one, other in combinations(room.people, 2)
    ]
    total = {name: sum(counts[name] for counts in found.values()) for name in found[1]}
    total["repeats"] = sum(met - 1 for met in times if met)
    total["overlap"] = sum(met * (met - 1) // 2 for met in times)
    total["thirds"] = sum(met >= 3 for met in times)
    return {**found, 0: total}


def _round(room: Room, number: int, places: dict[int, dict[str, str]], before: Seats) -> Counts:
    here = places[number]
    met = [
        sum(_together(places[earlier], one, other) for earlier in range(1, number))
        for one, other in combinations(here, 2)
        if here[one] == here[other]
    ]
    was = before.get(number, {})
    return {
        "broken": sum(_breaches(room, number, here)),
        "clashes": _clashes(room, number, here),
        **{f"balance {name}": _balance(room, number, here, name) for name in room.attributes},
        **{f"pairs {name}": _pairs(room, here, name) for name in room.attributes},
        "repeats": sum(times > 0 for times in met),
        "overlap": sum(met),
        "thirds": sum(times >= 2 for times in met),
        "moves": sum(bool(was.get(person)) and was[person] != here[person] for person in here),
    }


def _breaches(room: Room, number: int, here: dict[str, str]) -> Iterator[int]:
    tables = room.tables_in(number)
    hosts = {rule.person_id for rule in room.rules_in(number) if rule.kind is Kind.HOST}
    yield len(room.people_in(number)) - len(here)
    for table in tables:
        sitting = {person for person in here if here[person] == table.table}
        yield max(0, len(sitting) - table.max_seats)
        yield max(0, table.min_seats - len(sitting))
        yield bool(hosts) and len(sitting & hosts) != 1
    for rule in room.rules_in(number):
        yield not _kept(rule, here, [table for table in tables if table.accessible])


def _kept(rule: Rule, here: dict[str, str], accessible: list[Table]) -> bool:
    at, other = here.get(rule.person_id), here.get(rule.other_id)
    if rule.kind is Kind.FIXED:
        return at == rule.table
    if rule.kind is Kind.BANNED:
        return at != rule.table
    if rule.kind is Kind.TOGETHER:
        return at is not None and at == other
    if rule.kind is Kind.APART:
        return at is None or at != other
    if rule.kind is Kind.ACCESSIBLE:
        return at in {table.table for table in accessible}
    return not rule.table or at == rule.table


def _clashes(room: Room, number: int, here: dict[str, str]) -> int:
    return sum(
        case in person.knows
        for person in room.people
        for table in room.tables_in(number)
        if here.get(person.person_id) == table.table
        for case in table.vignettes
    )


def _balance(room: Room, number: int, here: dict[str, str], name: str) -> int:
    tables = [table.table for table in room.tables_in(number)]
    size = {table: sum(place == table for place in here.values()) for table in tables}
    uneven = max(size.values(), default=0) - min(size.values(), default=0) > 1
    values = {
        person.person_id: person.attributes[name]
        for person in room.people
        if person.person_id in here and name in person.attributes
    }
    off = 0
    for value in set(values.values()):
        sharing = [person for person in values if values[person] == value]
        for table in tables:
            there = sum(here[person] == table for person in sharing)
            share = Fraction(len(sharing) * size[table], len(here)) if uneven else Fraction(len(sharing), len(tables))
            off += max(0, there - ceil(share)) + max(0, floor(share) - there)
    return off


def _pairs(room: Room, here: dict[str, str], name: str) -> int:
    return sum(
        name in one.attributes
        and name in other.attributes
        and one.attributes[name] == other.attributes[name]
        and _together(here, one.person_id, other.person_id)
        for one, other in combinations(room.people, 2)
    )


def _places(room: Room, number: int, seats: Seats) -> dict[str, str]:
    """Who has a seat at a table of the round, of those who are there for it."""
    tables = [table.table for table in room.tables_in(number)]
    return {
        person.person_id: seats[number][person.person_id]
        for person in room.people_in(number)
        if seats.get(number, {}).get(person.person_id) in tables
    }


def _together(here: dict[str, str], one: str, other: str) -> bool:
    return one in here and here.get(one) == here.get(other)
