"""The search for crowded rooms weighs an exchange as a plain count does, and gives back what it did not better."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from eventkit.tables.optimiser import crowded
from eventkit.tables.optimiser.crowded import Crowd, Heat
from eventkit.tables.optimiser.dealing import deal
from eventkit.tables.optimiser.masks import Masks
from eventkit.tables.optimiser.plan import Plan
from eventkit.tables.optimiser.problem import Prices, Problem, compiled
from eventkit.tables.room import Kind, Person, Room, Rule, Table
from eventkit.tables.scoring import score
from eventkit.tables.seating import Progress, named, seat

HEAT = Heat(3.0, 1.0, 4.0)


def unheard(_spent: int, _balance: int, _overlap: int) -> None:
    pass


def crossing(seed: int, people: int = 26, tables: int = 4) -> Room:
    """Five attributes that cross, not everybody has them all, some count more, and a few come later or leave early."""
    random = Random(seed)
    crowd = [
        Person(
            f"p{number}",
            {f"a{kind}": str(random.randrange(2 + kind)) for kind in range(5) if random.random() < 0.9},
            frozenset(random.sample(range(1, 5), 3)) if random.random() < 0.2 else frozenset(),
        )
        for number in range(people)
    ]
    return Room(crowd, [Table(f"t{number}", 0, 9) for number in range(tables)], 4, weights={"a0": 3, "a3": 2})


def started(room: Room, seed: int) -> tuple[Problem, Crowd]:
    problem, random = compiled(room, Prices(balance=1, overlap=1, third=0)), Random(seed)
    at = [deal(room, problem, random, number, {}) for number in range(1, room.rounds + 1)]
    return problem, Crowd(problem, at, random)


def counted(problem: Problem, at: Sequence[Sequence[int]]) -> tuple[int, int]:
    plan = Plan(problem, at)
    return plan.balance, plan.overlap


@pytest.mark.parametrize("seed", range(12))
def test_masks_are_those_of_their_seats_after_a_search(seed: int) -> None:
    problem, search = started(crossing(seed), seed)
    search.anneal(HEAT, 20_000, unheard)
    masks, fresh = search.masks, Masks(problem, search.masks.at)
    for name in ("met", "seated", "fairness", "often", "counts", "balance", "overlap"):
        assert getattr(masks, name) == getattr(fresh, name), name
    assert (masks.balance, masks.overlap) == counted(problem, masks.at)


@pytest.mark.parametrize("seed", range(4))
def test_search_scores_as_a_plain_count_does(seed: int) -> None:
    room = crossing(seed)
    problem, search = started(room, seed)
    search.anneal(HEAT, 20_000, unheard)
    found = score(room, named(problem, search.masks.at)).total
    balance = sum(off * room.weights.get(name, 1) for name, off in found.balance.items())
    assert (found.broken, balance, found.overlap) == (0, search.masks.balance, search.masks.overlap)


def test_mending_never_makes_worse(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few proposals for each round that most of them freeze in a worse state than they were."""
    monkeypatch.setattr(crowded, "MELTED", 40)
    problem, search = started(crossing(3), 3)
    search.anneal(HEAT, 20_000, unheard)
    told = [counted(problem, search.masks.at)]
    search.mend(100_000, lambda _spent, balance, overlap: told.append((balance, overlap)))
    assert told == sorted(told, reverse=True)
    assert told[-1] < told[0]
    assert told[-1] == counted(problem, search.masks.at)


def test_seats_are_restored() -> None:
    problem, search = started(crossing(5), 5)
    masks = search.masks
    before = [list(row) for row in masks.at]
    search.sweep(1, 3000, 50.0, 1.0)
    assert masks.at != before
    masks.restore(1, before[1])
    assert masks.at == before
    assert masks.met == Masks(problem, before).met


def test_crowded_rooms_are_those_that_the_search_can_seat() -> None:
    room = crossing(1)
    assert crowded.crowded(room)
    assert not crowded.crowded(replace(room, rules=[Rule(Kind.APART, "p1", "p2")]))
    assert not crowded.crowded(replace(room, rounds=3))
    assert not crowded.crowded(
        replace(room, people=[replace(each, rounds=frozenset({1, 3, 4})) for each in room.people])
    )
    assert not crowded.crowded(replace(room, people=[replace(each, knows=frozenset({"v1"})) for each in room.people]))
    assert not crowded.crowded(replace(room, tables=[*room.tables[:3], Table("t3", 0, 2)]))


def test_crowded_room_is_seated_the_same_again_with_progress() -> None:
    room, told = crossing(2, people=12, tables=3), list[Progress]()
    seats = seat(room, 4, told.append)
    assert seats == seat(room, 4)
    shares = [each.share for each in told]
    assert shares == sorted(shares)
    assert 0.9 < shares[-1] <= 1
