"""Where the best plan can be proved, `seat` finds it; and the proof itself is held against all plans there are."""

from itertools import combinations
from random import Random

import pytest

from bench.shapes import shape
from eventkit.errors import BadInput
from eventkit.tables.room import Kind, Person, Room, Rule, Table
from eventkit.tables.seating import seat
from tests.tables.every_plan import first_best
from tests.tables.oracle import Best, best
from tests.tables.random_rooms import kept_room, wild_rules
from tests.tables.recount import recount

ONE_ROUND = {
    "fife42": shape("fife42", 3),
    **{f"rules {seed}": kept_room(Random(seed), 18, most_rounds=1, most_tables=4)[0] for seed in (5, 51, 134, 327)},
}
ONCE_MISSED = {f"small {seed}": kept_room(Random(seed), 18, most_rounds=1, most_tables=4)[0] for seed in (33, 45, 255)}
"""Small rooms whose best plan needs a block to move to free chairs, or a search for people less alike."""
TWO_ROUNDS = {f"fife42rules {seed}": shape("fife42rules", seed) for seed in (0, 4, 5)}


def test_oracle_proves_the_best_of_all_plans() -> None:
    impossible = 0
    for seed in range(100):
        rng = Random(seed)
        room, _plan = kept_room(rng, most_people=6, most_rounds=1, most_tables=3)
        room = wild_rules(rng, room) if seed % 2 else room
        found, expected = best(room, 1), first_best(room, 1)
        assert (seed, found) == (seed, Best(*expected) if expected else None)
        impossible += found is None
    assert 0 < impossible < 50


@pytest.mark.parametrize("name", [*ONE_ROUND, *TWO_ROUNDS])
def test_rooms_of_the_oracle_have_every_kind_of_rule(name: str) -> None:
    room = {**ONE_ROUND, **TWO_ROUNDS}[name]
    assert {rule.kind for rule in room.rules} == (set() if name == "fife42" else set(Kind))


@pytest.mark.parametrize("name", [*ONE_ROUND, *ONCE_MISSED])
def test_seating_of_one_round_is_the_proved_best_at_every_level(name: str) -> None:
    room = {**ONE_ROUND, **ONCE_MISSED}[name]
    found = recount(room, seat(room))[1]
    assert found["broken"] == 0
    assert Best(found["clashes"], _sum(found, "balance"), _sum(found, "pairs")) == best(room, 1)


@pytest.mark.parametrize("name", TWO_ROUNDS)
def test_seating_of_two_rounds_is_the_proved_best_of_each(name: str) -> None:
    room = TWO_ROUNDS[name]
    counts = recount(room, seat(room))
    found = {number: Best(counts[number]["clashes"], _sum(counts[number], "balance"), 0) for number in (1, 2)}
    assert counts[0]["broken"] == 0
    assert found == {number: best(room, number, pairs=False) for number in (1, 2)}


def test_seating_refuses_what_is_proved_impossible() -> None:
    people = [Person(f"p{number}") for number in range(4)]
    apart = [Rule(Kind.APART, one.person_id, other.person_id) for one, other in combinations(people, 2)]
    room = Room(people, [Table(f"t{number}", 0, 9) for number in range(3)], 1, apart)
    assert best(room, 1) is None
    with pytest.raises(BadInput):
        seat(room)


def _sum(counts: dict[str, int], measure: str) -> int:
    return sum(number for name, number in counts.items() if name.startswith(measure))
