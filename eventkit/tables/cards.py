"""One round's tables as the organiser looks at them: who sits at each, and each value beside its fair range. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eventkit.tables.room import Kind, Person, Room, Seats, Table
from eventkit.tables.scoring import at_tables, fair


@dataclass(frozen=True)
class Value:
    """How many people at a table share a value, and the fewest and most who fairly would.

    `most_anywhere` is the largest of these numbers at any table, for a picture in which tables compare.
    """

    value: str
    here: int
    fewest: int
    most: int
    most_anywhere: int

    @property
    def off(self) -> int:
        """By how many people it is outside its fair range."""
        return max(0, self.here - self.most, self.fewest - self.here)


@dataclass(frozen=True)
class Card:
    """A table in a round. `values` by attribute, most people first; `kept_from` are vignettes that people here know."""

    table: Table
    people: Sequence[Person]
    hosts: frozenset[str]
    needing_access: frozenset[str]
    values: Mapping[str, Sequence[Value]]
    kept_from: Mapping[str, Sequence[str]]


def cards(room: Room, number: int, seats: Seats) -> Sequence[Card]:
    """The tables of a round, hosts first at each and then those who need access."""
    sitting = at_tables(room, number, seats.get(number, {}))
    values = {name: _values(sitting, name) for name in room.attributes}
    hosts, needing = (_people_of(room, number, kind) for kind in (Kind.HOST, Kind.ACCESSIBLE))
    return [
        Card(
            table=table,
            people=sorted(
                sitting[table.table], key=lambda one: (one.person_id not in hosts, one.person_id not in needing)
            ),
            hosts=hosts,
            needing_access=needing,
            values={name: values[name][table.table] for name in room.attributes},
            kept_from=_kept_from(sitting[table.table]),
        )
        for table in room.tables_in(number)
    ]


def _people_of(room: Room, number: int, kind: Kind) -> frozenset[str]:
    return frozenset(rule.person_id for rule in room.rules_in(number) if rule.kind is kind)


def _values(sitting: Mapping[str, Sequence[Person]], name: str) -> dict[str, list[Value]]:
    """By table, the values of an attribute that somebody there has, or fairly would."""
    counts = {
        table: Counter(person.attributes[name] for person in people if name in person.attributes)
        for table, people in sitting.items()
    }
    sizes = [len(people) for people in sitting.values()]
    found: dict[str, list[Value]] = {table: [] for table in sitting}
    everywhere = sum(counts.values(), Counter())
    ranges = {value: fair(count, sizes) for value, count in everywhere.items()}
    largest = max(
        (
            max(most, counts[table][value])
            for value in ranges
            for table, (_few, most) in zip(sitting, ranges[value], strict=True)
        ),
        default=1,
    )
    for value, _count in everywhere.most_common():
        for table, (fewest, most) in zip(sitting, ranges[value], strict=True):
            if counts[table][value] or most:
                found[table].append(Value(value, counts[table][value], fewest, most, largest))
    return found


def _kept_from(people: Sequence[Person]) -> Mapping[str, Sequence[str]]:
    """The vignettes that somebody at a table knows, with the person_ids of those who do."""
    vignettes = sorted({vignette for person in people for vignette in person.knows})
    return {one: [person.person_id for person in people if one in person.knows] for one in vignettes}
