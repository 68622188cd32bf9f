"""The chair for somebody who comes late: which table takes one more with the least harm. Nobody is moved. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence

from eventkit.tables.room import Kind, Person, Room, Rule, Seats, Table
from eventkit.tables.scoring import at_tables, fair, kept


def chair(room: Room, seats: Seats, person: Person, number: int) -> str:
    """The table of round `number` for somebody of the room who has no seat in it; "" if every chair is taken.

    Counted in this order, as a seating is: rules that would be broken, vignettes that the person knows, how far the
    person's own values would be outside their fair range, people at the table whom the person meets in other rounds,
    people who share a value with the person, people at the table.
    """
    here = {who: table for who, table in seats.get(number, {}).items() if who != person.person_id}
    sitting = at_tables(room, number, here)
    free = [table for table in room.tables_in(number) if len(sitting[table.table]) < table.max_seats]
    met, alike = _met(seats, person.person_id, number), _alike(sitting, person)
    rules = room.rules_in(number)

    def harm(table: Table) -> tuple[int, ...]:
        people = sitting[table.table]
        return (
            _broken(rules, here, person.person_id, table),
            len(person.knows & table.vignettes),
            _unfair(room, sitting, alike, table),
            sum(met[other.person_id] for other in people),
            sum(counts[table.table] for counts in alike.values()),
            len(people),
        )

    return min(free, key=harm).table if free else ""


def _met(seats: Seats, person_id: str, number: int) -> Counter[str]:
    """How often the person sits with each of the others in the other rounds."""
    met: Counter[str] = Counter()
    for other, table_of in seats.items():
        if other != number and person_id in table_of:
            met.update(who for who, table in table_of.items() if table == table_of[person_id])
    return met


def _broken(rules: Sequence[Rule], here: Mapping[str, str], person_id: str, table: Table) -> int:
    """How many of the person's own rules a seat at the table would break."""
    hosts = {rule.person_id for rule in rules if rule.kind is Kind.HOST}
    led = person_id in hosts and any(here.get(host) == table.table for host in hosts - {person_id})
    own = [rule for rule in rules if person_id in (rule.person_id, rule.other_id)]
    if not own:
        return 0
    places = {**here, person_id: table.table}
    accessible = {table.table} if table.accessible else set()  # only the person's own place is asked for
    return led + sum(not kept(rule, places, accessible) for rule in own)


def _alike(sitting: Mapping[str, Sequence[Person]], person: Person) -> Mapping[str, Mapping[str, int]]:
    """How many people at each table share the person's value, by attribute."""
    return {
        attribute: {
            table: sum(other.attributes.get(attribute) == value for other in people)
            for table, people in sitting.items()
        }
        for attribute, value in person.attributes.items()
    }


def _unfair(
    room: Room, sitting: Mapping[str, Sequence[Person]], alike: Mapping[str, Mapping[str, int]], table: Table
) -> int:
    """By how many people the person's values would be outside their fair ranges, weighed as the organisers do."""
    sizes = [len(people) + (name == table.table) for name, people in sitting.items()]
    off = 0
    for attribute, before in alike.items():
        counts = [number + (name == table.table) for name, number in before.items()]
        ranges = zip(counts, fair(sum(counts), sizes), strict=True)
        unfair = sum(max(0, count - most, fewest - count) for count, (fewest, most) in ranges)
        off += room.weights.get(attribute, 1) * unfair
    return off
