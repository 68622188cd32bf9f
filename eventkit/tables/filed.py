"""From the rows of the seating files to a room and the seats in it; pure. The rows have no problems."""

import re
from collections.abc import Mapping, Sequence

from eventkit.events.people import PEOPLE
from eventkit.sheet import Row
from eventkit.tables.room import Kind, Person, Room, Rule, Seats, Table

Rows = Mapping[str, Sequence[Row]]
"""The rows of each file by its word: people, tables, constraints, knows, before."""

_NO_ATTRIBUTES = frozenset(column.name for column in PEOPLE.columns) - {"organisation"}


def room_of(rows: Rows, rounds: int) -> Room:
    """What the files want seated."""
    knows: dict[str, set[str]] = {}
    for row in rows.get("knows", ()):
        knows.setdefault(row.text("person_id"), set()).update(row.words("vignette"))
    return Room(
        people=[_person(row, frozenset(knows.get(row.text("person_id"), ()))) for row in rows["people"]],
        tables=[_table(row) for row in rows["tables"]],
        rounds=rounds,
        rules=[_rule(row) for row in rows.get("constraints", ())],
    )


def last_round(rows: Rows) -> int:
    """The last round that any file names, at least 1."""
    named = [_whole(row, "round") or 0 for word in rows if word != "people" for row in rows[word]]
    return max(1, *named, *(number for row in rows["people"] for number in _rounds(row)))


def seats_of(room: Room, rows: Sequence[Row]) -> Seats:
    """Who sits where, of the people who are there in a round at a table that it has; in the order of the room."""
    places = {(_whole(row, "round"), row.text("person_id")): row.text("table") for row in rows}
    seats: dict[int, dict[str, str]] = {}
    for number in range(1, room.rounds + 1):
        tables = {table.table for table in room.tables_in(number)}
        here = ((person.person_id, places.get((number, person.person_id))) for person in room.people_in(number))
        seats[number] = {person_id: table for person_id, table in here if table in tables}
    return seats


def _person(row: Row, knows: frozenset[str]) -> Person:
    attributes = {name: str(value) for name, value in row.given().items() if name not in _NO_ATTRIBUTES}
    return Person(row.text("person_id"), attributes, _rounds(row), knows)


def _table(row: Row) -> Table:
    return Table(
        row.text("table"),
        min_seats=_whole(row, "min_seats") or 0,
        max_seats=_whole(row, "max_seats") or 0,
        accessible=row["accessible"] is True,
        vignettes=frozenset(row.words("vignettes")),
        round=_whole(row, "round"),
    )


def _rule(row: Row) -> Rule:
    person_id, other_id, table = (row.text(name) for name in ("person_id", "other_id", "table"))
    return Rule(Kind(row.text("kind")), person_id, other_id, table, _whole(row, "round"), row.number)


def _rounds(row: Row) -> frozenset[int]:
    return frozenset(int(word) for word in row.words("rounds") if re.fullmatch("[0-9]{1,9}", word))


def _whole(row: Row, column: str) -> int | None:
    value = row[column]
    return value if isinstance(value, int) else None
