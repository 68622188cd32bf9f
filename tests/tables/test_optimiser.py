"""What a search counts as it goes is what a count from the beginning gives, and no exchange breaks a rule."""

from operator import ne
from random import Random

import pytest

from bench.shapes import shape
from eventkit.tables.optimiser.annealing import Annealing
from eventkit.tables.optimiser.cooling import Cooling, cool
from eventkit.tables.optimiser.dealing import deal
from eventkit.tables.optimiser.plan import Plan
from eventkit.tables.optimiser.problem import FORBIDDEN, Prices, Problem, compiled
from eventkit.tables.room import Room
from eventkit.tables.scoring import score
from eventkit.tables.seating import named
from tests.tables.random_rooms import kept_room

WORST = (-1, 0, 0, 0, 0)


def dealt(room: Room, random: Random, prices: Prices) -> tuple[Problem, Plan]:
    problem = compiled(room, prices)
    return problem, Plan(problem, [deal(room, problem, random, number, {}) for number in range(1, room.rounds + 1)])


def nobody(room: Room) -> list[frozenset[int]]:
    return [frozenset()] * room.rounds


@pytest.mark.parametrize("seed", range(40))
def test_counts_of_a_search_are_those_of_its_plan(seed: int) -> None:
    random = Random(seed)
    room = kept_room(random)[0]
    problem, plan = dealt(room, random, Prices(pair=1))
    cool(plan, random, Cooling(20, 1, 3000, loose=True), WORST, nobody(room))
    fresh = Plan(problem, plan.at)
    for name in ("key", "tolls", "met", "counts", "gain", "lose", "off", "amiss"):
        assert getattr(plan, name) == getattr(fresh, name), name


@pytest.mark.parametrize("seed", range(40))
def test_search_scores_as_a_plain_count_does(seed: int) -> None:
    random = Random(seed)
    room = kept_room(random)[0]
    problem, plan = dealt(room, random, Prices(balance=1, overlap=1, third=0))
    cool(plan, random, Cooling(5, 1, 2000, loose=True), WORST, nobody(room))
    found = score(room, named(problem, plan.at)).total
    balance, pairs = sum(found.balance.values()), sum(found.pairs.values())
    assert found.broken == 0
    assert (found.clashes, balance, found.overlap, pairs, 0) == plan.key


def test_exchange_costs_what_was_weighed() -> None:
    """The chance of each exchange is taken from its cost, which must be the difference that it makes."""
    random = Random(5)
    room = shape("fife42rules", 2)
    _problem, plan = dealt(room, random, Prices(pair=1))
    annealing = Annealing(plan, random, nobody(room))
    costs = []
    original = plan.exchange

    def exchange(number: int, one: int, other: int) -> None:
        before = annealing.energy()
        original(number, one, other)
        costs.append(annealing.energy() - before)

    plan.exchange = exchange  # type: ignore[method-assign]
    for number in (0, 1):
        annealing.exchanges(number, annealing.movable[number], 4000, 1e-9)
    assert costs
    assert max(costs) <= 0


def test_people_alike_are_those_who_share_most_values_then_the_first() -> None:
    random = Random(3)
    room = kept_room(random, 40)[0]
    problem, plan = dealt(room, random, Prices())
    annealing = Annealing(plan, random, nobody(room))
    for number, each in enumerate(problem.rounds):
        annealing.sweep(number, 5.0)
        for person, found in annealing.alike[number].items():
            different = [sum(map(ne, problem.values[person], row)) for row in problem.values]
            plain = sorted(set(each.here) - {person}, key=lambda other: (different[other], other))
            assert found == plain[: len(found)]
            assert len(found) >= min(4, len(plain))


def test_nobody_is_ever_where_a_rule_forbids_it() -> None:
    random = Random(1)
    room = shape("mid120rules", 3)
    problem, plan = dealt(room, random, Prices())
    cool(plan, random, Cooling(50, 20, 20000, loose=True), WORST, nobody(room))
    tolls = [plan.own(number, person) for number, each in enumerate(problem.rounds) for person in each.here]
    assert max(tolls) < FORBIDDEN // 2
    assert score(room, named(problem, plan.at)).total.broken == 0


def test_held_people_keep_their_seats() -> None:
    random = Random(2)
    room = shape("fife42r3", 1)
    _problem, plan = dealt(room, random, Prices())
    held = [frozenset(range(0, 42, 3)), frozenset(range(42)), frozenset[int]()]
    before = [list(row) for row in plan.at]
    cool(plan, random, Cooling(9, 5, 5000, loose=True), WORST, held)
    kept = [[plan.at[number][person] for person in sorted(people)] for number, people in enumerate(held)]
    assert kept == [[before[number][person] for person in sorted(people)] for number, people in enumerate(held)]
    assert plan.at[2] != before[2]
