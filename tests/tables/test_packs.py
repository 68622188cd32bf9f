"""Vignettes dealt to tables after the seats are known."""

import itertools
import random
from collections.abc import Mapping

import pytest

from eventkit.tables.packs import cheapest, deal
from eventkit.tables.room import Person, Room, Table

Deal = Mapping[str, frozenset[str]]


def clashes(room: Room, number: int, seats: Mapping[str, str], dealt: Deal) -> int:
    return sum(
        vignette in person.knows
        for person in room.people_in(number)
        for vignette in dealt.get(seats.get(person.person_id, ""), ())
    )


def test_deal_moves_a_pack_away_from_who_knows_it() -> None:
    tables = [Table(f"t{index}", 0, 2, vignettes=frozenset({f"v{index}"})) for index in range(3)]
    room = Room([Person("a", knows=frozenset({"v0"})), Person("b", knows=frozenset({"v0"})), Person("c")], tables)
    dealt = deal(room, 1, {"a": "t0", "b": "t2", "c": "t1"})
    assert dealt == {"t0": frozenset({"v1"}), "t1": frozenset({"v0"}), "t2": frozenset({"v2"})}


def test_deal_leaves_packs_where_they_are_if_no_deal_has_fewer_clashes() -> None:
    tables = [Table(f"t{index}", 0, 2, vignettes=frozenset({f"v{index}"})) for index in range(3)]
    room = Room([Person("a", knows=frozenset({"v0", "v1", "v2"}))], tables)
    assert deal(room, 1, {"a": "t1"}) == {table.table: table.vignettes for table in tables}


def test_deal_counts_every_clash_of_a_pack_and_only_people_of_the_round() -> None:
    tables = [Table("t0", 0, 3, vignettes=frozenset({"v0", "v1"})), Table("t1", 0, 3, vignettes=frozenset({"v2"}))]
    people = [
        Person("a", knows=frozenset({"v0", "v1"})),
        Person("b", knows=frozenset({"v2"})),
        Person("away", rounds=frozenset({2}), knows=frozenset({"v2"})),
    ]
    room = Room(people, tables, 2)
    assert deal(room, 1, {"a": "t0", "b": "t0", "away": "t0"})["t0"] == {"v2"}


def test_deal_uses_the_packs_of_its_round_alone() -> None:
    tables = [
        Table("t0", 0, 3, vignettes=frozenset({"v0"}), round=1),
        Table("t1", 0, 3, vignettes=frozenset({"v1"}), round=1),
        Table("t0", 0, 3, vignettes=frozenset({"v2"}), round=2),
    ]
    room = Room([Person("a", knows=frozenset({"v2"}))], tables, 2)
    assert deal(room, 2, {"a": "t0"}) == {"t0": {"v2"}}


def test_deal_without_tables_is_empty() -> None:
    assert deal(Room([Person("a")], []), 1, {}) == {}


@pytest.mark.parametrize("seed", range(100))
def test_deal_has_fewest_clashes_and_among_those_fewest_changes(seed: int) -> None:
    rng = random.Random(seed)
    names = [f"v{index}" for index in range(rng.randint(1, 6))]

    def some(most: int) -> frozenset[str]:
        return frozenset(rng.sample(names, rng.randint(0, min(most, len(names)))))

    tables = [Table(f"t{index}", 0, 9, vignettes=some(2)) for index in range(rng.randint(1, 6))]
    people = [Person(f"p{index}", knows=some(3)) for index in range(rng.randint(0, 14))]
    room = Room(people, tables)
    seats = {person.person_id: rng.choice(tables).table for person in people if rng.random() < 0.9}
    found = []
    for order in itertools.permutations(table.vignettes for table in tables):
        other = {table.table: pack for table, pack in zip(tables, order, strict=True)}
        found.append((clashes(room, 1, seats, other), changes(room, other)))
    dealt = deal(room, 1, seats)
    assert sorted(map(sorted, dealt.values())) == sorted(sorted(table.vignettes) for table in tables)
    assert (clashes(room, 1, seats, dealt), changes(room, dealt)) == min(found)


def changes(room: Room, dealt: Deal) -> int:
    return sum(dealt[table.table] != table.vignettes for table in room.tables)


@pytest.mark.parametrize("seed", range(60))
def test_cheapest_is_least_of_all_assignments(seed: int) -> None:
    rng = random.Random(seed)
    size = rng.randint(1, 6)
    costs = [[rng.randint(0, 9) for _column in range(size)] for _row in range(size)]
    chosen = cheapest(costs)
    assert sorted(chosen) == list(range(size))
    assert sum(costs[row][column] for row, column in enumerate(chosen)) == min(
        sum(costs[row][column] for row, column in enumerate(order)) for order in itertools.permutations(range(size))
    )
