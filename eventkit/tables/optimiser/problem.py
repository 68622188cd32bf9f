"""A room in small whole numbers, as the search reads it: people, values, tables and rounds all count from 0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from eventkit.tables.room import Kind, Room, Seats, Table

FORBIDDEN = 1_000_000
"""What it costs to break a hard rule: more than all else together, so no exchange that breaks one is ever taken."""

AWAY = -1
"""The table of a person who is not there in a round."""


@dataclass(frozen=True)
class Prices:
    """How much each level weighs while searching; the answer itself is judged in strict order. Whole numbers.

    `balance` is for each person off the fair range, `pair` for two people with one value at a table, `overlap` for each
    pair that meets again, `third` on top for a third meeting, `clash` for each vignette at a table with somebody who
    knows it, `move` for each changed seat.
    """

    balance: int = 24
    overlap: int = 4
    third: int = 8
    clash: int = 240
    pair: int = 0
    move: int = 0


@dataclass(frozen=True)
class Round:
    """A round: its tables with the fewest and most who may sit there, and who is there.

    `costs[person][table]` holds what is forbidden there and clashes; `bonds[person]` what it costs to share a table
    with somebody, negative for those who must. `blocks` are people who move as one. `values[value]` counts who has it.
    """

    tables: Sequence[str]
    fewest: Sequence[int]
    most: Sequence[int]
    here: Sequence[int]
    costs: Sequence[Sequence[int]]
    clashes: Sequence[Sequence[int]]
    bonds: Mapping[int, Mapping[int, int]]
    blocks: Sequence[Sequence[int]]
    values: Sequence[int]


@dataclass(frozen=True)
class Problem:
    """All rounds. `values[person]` are the numbers of a person's attribute values, 0 for none.

    `weights[value]` is how much the balance of a value counts; `homes[round][person]` is the seat from which leaving
    is a move, `AWAY` for none.
    """

    people: Sequence[str]
    values: Sequence[Sequence[int]]
    weights: Sequence[int]
    rounds: Sequence[Round]
    prices: Prices = field(default_factory=Prices)
    homes: Sequence[Sequence[int]] = ()


def compiled(room: Room, prices: Prices, homes: Seats | None = None) -> Problem:
    """The room in numbers; with `homes`, every seat that differs from these costs `prices.move`."""
    people = [person.person_id for person in room.people]
    numbers: dict[tuple[str, str], int] = {}
    values = [
        [
            numbers.setdefault((name, person.attributes[name]), len(numbers) + 1) if name in person.attributes else 0
            for name in room.attributes
        ]
        for person in room.people
    ]
    weights = [0, *(room.weights.get(name, 1) * prices.balance for name, _value in numbers)]
    rounds = [_round(room, number, values, len(weights), prices) for number in range(1, room.rounds + 1)]
    return Problem(people, values, weights, rounds, prices, _homes(people, rounds, homes or {}))


def fair(count: int, sizes: Sequence[int], table: int) -> tuple[int, int]:
    """Fewest and most people with one value who make a table fair, where `count` have it in the room.

    A table's share is count / tables where sizes differ by one at the most, else in proportion to its size.
    """
    if max(sizes) - min(sizes) <= 1:
        return count // len(sizes), -(-count // len(sizes))
    everybody = sum(sizes)
    return count * sizes[table] // everybody, -(-count * sizes[table] // everybody)


def _round(room: Room, number: int, values: Sequence[Sequence[int]], many: int, prices: Prices) -> Round:
    tables, present = room.tables_in(number), {person.person_id for person in room.people_in(number)}
    place = {person.person_id: index for index, person in enumerate(room.people)}
    here = [place[person_id] for person_id in place if person_id in present]
    clashes = [[len(table.vignettes & person.knows) for table in tables] for person in room.people]
    costs = [[prices.clash * clash for clash in row] for row in clashes]
    _forbid(room, number, tables, place, costs)
    counts = [0] * many
    for person in here:
        for value in values[person]:
            counts[value] += 1
    bonds, blocks = _bonds(room, number, place)
    return Round(
        [table.table for table in tables],
        [table.min_seats for table in tables],
        [table.max_seats for table in tables],
        here, costs, clashes, bonds, blocks, counts,
    )  # fmt: skip


def _forbid(
    room: Room, number: int, tables: Sequence[Table], place: Mapping[str, int], costs: Sequence[list[int]]
) -> None:
    for rule in room.rules_in(number):
        row = costs[place[rule.person_id]]
        for index, table in enumerate(tables):
            elsewhere = rule.kind in (Kind.FIXED, Kind.HOST) and rule.table not in ("", table.table)
            banned = rule.kind is Kind.BANNED and rule.table == table.table
            if elsewhere or banned or (rule.kind is Kind.ACCESSIBLE and not table.accessible):
                row[index] = FORBIDDEN


def _bonds(
    room: Room, number: int, place: Mapping[str, int]
) -> tuple[dict[int, dict[int, int]], list[tuple[int, ...]]]:
    """Who must and must not share a table. As every table has one host, hosts are apart from one another."""
    rules = room.rules_in(number)
    hosts = sorted({place[rule.person_id] for rule in rules if rule.kind is Kind.HOST})
    apart = {(one, other) for one in hosts for other in hosts if one < other}
    blocks: dict[int, set[int]] = {}
    for rule in rules:
        if rule.kind is Kind.APART:
            apart.add((place[rule.person_id], place[rule.other_id]))
        elif rule.kind is Kind.TOGETHER:
            one, other = place[rule.person_id], place[rule.other_id]
            joined = blocks.get(one, {one}) | blocks.get(other, {other})
            blocks.update(dict.fromkeys(joined, joined))
    bonds: dict[int, dict[int, int]] = {}
    for one, other in apart:
        bonds.setdefault(one, {})[other] = bonds.setdefault(other, {})[one] = FORBIDDEN
    for one, block in blocks.items():
        bonds.setdefault(one, {}).update({other: -FORBIDDEN for other in block if other != one})
    return bonds, sorted({tuple(sorted(block)) for block in blocks.values()})


def _homes(people: Sequence[str], rounds: Sequence[Round], homes: Seats) -> list[list[int]]:
    found = []
    for number, each in enumerate(rounds, start=1):
        index = {table: place for place, table in enumerate(each.tables)}
        places = homes.get(number, {})
        found.append([index.get(places.get(person, ""), AWAY) for person in people])
    return found
