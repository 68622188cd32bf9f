"""How good a seating is, counted plainly from who sits where; no search and no state of one. Pure.

The measures are those of "Background: table assignment", section 2; a plan that was found in any other way, or was
read back from a file, has the same score.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from eventkit.tables.room import Kind, Person, Room, Rule, Seats, Table

Pair = tuple[str, str]
"""Two person_ids, the lesser first."""


@dataclass(frozen=True)
class Measures:
    """One round, or the whole day. Whole numbers, the fewer the better; `balance` and `pairs` by attribute.

    broken: each hard rule that is broken in a round; each person without a seat at a table of the round; each person
    too many at a table; each person that a table is short of its fewest; each table without exactly one host, if the
    round has hosts.
    clashes: person and vignette, where the person knows what the table discusses.
    balance: by how many people the values at the tables are outside their fair range (`fair`).
    pairs: two people at a table with the same value.
    repeats: pairs at a table who met before; in all Σ(m − 1)⁺ over pairs who meet m times.
    overlap: how often the pairs at a table met before; in all Σ C(m, 2).
    thirds: pairs whose third or later meeting it is; in all the pairs who meet three times or more.
    moves: people who sit at another table than before; who had no seat before, or has none now, does not move.
    """

    broken: int = 0
    clashes: int = 0
    balance: Mapping[str, int] = field(default_factory=dict)
    pairs: Mapping[str, int] = field(default_factory=dict)
    repeats: int = 0
    overlap: int = 0
    thirds: int = 0
    moves: int = 0


@dataclass(frozen=True)
class Report:
    """The measures of every round of a room, and of all rounds together."""

    rounds: Mapping[int, Measures]
    total: Measures


def score(room: Room, seats: Seats, before: Seats | None = None) -> Report:
    """The measures of a plan, with `moves` counted against the plan before it.

    Only who is there in a round counts in it: a seat of anybody else is passed over. Who sits at a table that the
    round does not have is without a seat.
    """
    met: Counter[Pair] = Counter()
    rounds = {
        number: _round(room, number, seats.get(number, {}), (before or {}).get(number, {}), met)
        for number in range(1, room.rounds + 1)
    }
    return Report(rounds, _total(room, rounds.values(), sum(often >= 3 for often in met.values())))


def fair(count: int, sizes: Sequence[int]) -> list[tuple[int, int]]:
    """The fewest and the most of `count` people with one value that fairly sit at each of the tables of these sizes.

    The value's share is `count` / T at every one of T tables if their sizes differ by no more than one, otherwise
    `count` · n / N at a table of n of all N people; the range runs from the share rounded down to the share rounded up.
    """
    if not sizes or not sum(sizes):
        return [(0, 0) for _size in sizes]
    if max(sizes) - min(sizes) <= 1:
        return [(count // len(sizes), -(-count // len(sizes)))] * len(sizes)
    everybody = sum(sizes)
    return [(count * size // everybody, -(-count * size // everybody)) for size in sizes]


def at_tables(room: Room, number: int, seats: Mapping[str, str]) -> dict[str, list[Person]]:
    """The people of a round by table, for all tables of the round, in the order of the room."""
    found: dict[str, list[Person]] = {table.table: [] for table in room.tables_in(number)}
    for person in room.people_in(number):
        table = seats.get(person.person_id)
        if table in found:
            found[table].append(person)
    return found


def kept(rule: Rule, places: Mapping[str, str], accessible: set[str]) -> bool:
    """Whether a rule is kept; what demands a place is broken by somebody who has none."""
    here, other = places.get(rule.person_id), places.get(rule.other_id)
    match rule.kind:
        case Kind.FIXED:
            return here == rule.table
        case Kind.BANNED:
            return here != rule.table
        case Kind.TOGETHER:
            return here is not None and here == other
        case Kind.APART:
            return here is None or here != other
        case Kind.ACCESSIBLE:
            return here in accessible
        case Kind.HOST:
            return not rule.table or here == rule.table


def _round(
    room: Room, number: int, seats: Mapping[str, str], before: Mapping[str, str], met: Counter[Pair]
) -> Measures:
    """One round's measures; its meetings are added to `met`, the meetings of the rounds before it."""
    tables, sitting = room.tables_in(number), at_tables(room, number, seats)
    places = {person.person_id: table for table, people in sitting.items() for person in people}
    together = [pair for people in sitting.values() for pair in _pairs(people)]
    earlier = [met[pair] for pair in together]
    met.update(together)
    return Measures(
        broken=_misplaced(room, number, sitting) + _broken(room.rules_in(number), tables, places),
        clashes=sum(len(person.knows & table.vignettes) for table in tables for person in sitting[table.table]),
        balance={name: _balance(sitting, name) for name in room.attributes},
        pairs={name: _same(sitting, name) for name in room.attributes},
        repeats=sum(often > 0 for often in earlier),
        overlap=sum(earlier),
        thirds=sum(often > 1 for often in earlier),
        moves=sum(before.get(person_id, table) != table for person_id, table in places.items()),
    )


def _total(room: Room, rounds: Iterable[Measures], thirds: int) -> Measures:
    found = list(rounds)
    return Measures(
        broken=sum(one.broken for one in found),
        clashes=sum(one.clashes for one in found),
        balance={name: sum(one.balance[name] for one in found) for name in room.attributes},
        pairs={name: sum(one.pairs[name] for one in found) for name in room.attributes},
        repeats=sum(one.repeats for one in found),
        overlap=sum(one.overlap for one in found),
        thirds=thirds,
        moves=sum(one.moves for one in found),
    )


def _pairs(people: Sequence[Person]) -> Iterator[Pair]:
    return combinations(sorted(person.person_id for person in people), 2)


def _misplaced(room: Room, number: int, sitting: Mapping[str, Sequence[Person]]) -> int:
    """People without a seat, people too many at a table, and people too few."""
    seated = sum(len(people) for people in sitting.values())
    ends = 0
    for table in room.tables_in(number):
        size = len(sitting[table.table])
        ends += max(0, size - table.max_seats) + max(0, table.min_seats - size)
    return len(room.people_in(number)) - seated + ends


def _broken(rules: Sequence[Rule], tables: Sequence[Table], places: Mapping[str, str]) -> int:
    accessible = {table.table for table in tables if table.accessible}
    hosts = {rule.person_id for rule in rules if rule.kind is Kind.HOST}
    led = Counter(places[person_id] for person_id in hosts if person_id in places)
    without = sum(led[table.table] != 1 for table in tables) if hosts else 0
    return without + sum(not kept(rule, places, accessible) for rule in rules)


def _balance(sitting: Mapping[str, Sequence[Person]], name: str) -> int:
    """By how many people each value at each table is outside its fair range, summed."""
    here = [
        Counter(person.attributes[name] for person in people if name in person.attributes)
        for people in sitting.values()
    ]
    sizes = [len(people) for people in sitting.values()]
    off = 0
    for value, count in sum(here, Counter()).items():
        for values, (fewest, most) in zip(here, fair(count, sizes), strict=True):
            off += max(0, values[value] - most, fewest - values[value])
    return off


def _same(sitting: Mapping[str, Sequence[Person]], name: str) -> int:
    """How many pairs of people at one table have the same value."""
    same = 0
    for people in sitting.values():
        values = Counter(person.attributes[name] for person in people if name in person.attributes)
        same += sum(count * (count - 1) // 2 for count in values.values())
    return same
