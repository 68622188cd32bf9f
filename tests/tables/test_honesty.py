"""Scores are what a neutral recount gives, and bounds are never above it."""

from random import Random

import pytest

from eventkit.tables.bounds import bounds
from eventkit.tables.room import Person, Room, Table
from eventkit.tables.scoring import Measures, Report, score
from eventkit.tables.seating import seat
from tests.tables.every_plan import best_of_all
from tests.tables.random_rooms import kept_room, wild_rules, wild_seats
from tests.tables.recount import Counts, recount

ROOMS = 1_000
SMALL_ROOMS = 250
SEATINGS = 20


def test_score_is_the_recount() -> None:
    for seed in range(ROOMS):
        rng = Random(seed)
        room, plan = kept_room(rng)
        room = wild_rules(rng, room) if seed % 2 else room
        seats, before = wild_seats(rng, room, plan), wild_seats(rng, room, plan)
        assert (seed, _flat(score(room, seats, before))) == (seed, recount(room, seats, before))


def test_bounds_are_no_more_than_the_recount() -> None:
    for seed in range(ROOMS):
        room, plan = kept_room(Random(seed))
        counts = recount(room, plan)
        assert (seed, counts[0]["broken"]) == (seed, 0)
        assert (seed, _above(_flat(bounds(room)), counts)) == (seed, [])


def test_bounds_are_no_more_than_the_best_of_all_plans() -> None:
    reached = 0
    for seed in range(SMALL_ROOMS):
        room, _plan = kept_room(Random(seed), most_people=5, most_rounds=3, most_tables=3)
        best = best_of_all(room)
        least = _flat(bounds(room))
        assert (seed, _above(least, best)) == (seed, [])
        reached += all(least[number][name] == best[number][name] for number in best for name in best[number])
    assert reached >= SMALL_ROOMS // 2  # bounds that are always 0 would be honest, and say nothing


def test_seatings_keep_the_rules_and_are_counted_and_bounded_honestly() -> None:
    for seed in range(SEATINGS):
        room, _plan = kept_room(Random(seed), most_people=16, most_rounds=3)
        seats = seat(room, seed)
        counts = recount(room, seats)
        assert (seed, counts[0]["broken"]) == (seed, 0)
        assert (seed, _flat(score(room, seats))) == (seed, counts)
        assert (seed, _above(_flat(bounds(room)), counts)) == (seed, [])


@pytest.mark.parametrize(
    ("tables", "rounds", "repeats", "overlap"),
    [(4, 1, 0, 0), (4, 2, 36, 36), (4, 3, 72, 108), (6, 3, 12, 18), (21, 3, 0, 0)],
)
def test_bounds_of_42_people(tables: int, rounds: int, repeats: int, overlap: int) -> None:
    room = Room([Person(f"p{n}") for n in range(42)], [Table(f"t{n}", 0, 12) for n in range(tables)], rounds)
    total = bounds(room).total
    assert (total.repeats, total.overlap) == (repeats, overlap)


def _flat(report: Report) -> dict[int, Counts]:
    """The report as the recount writes it."""
    return {number: _counts(measures) for number, measures in {**report.rounds, 0: report.total}.items()}


def _counts(measures: Measures) -> Counts:
    plain = ("broken", "clashes", "repeats", "overlap", "thirds", "moves")
    return {
        **{name: getattr(measures, name) for name in plain},
        **{f"balance {name}": number for name, number in measures.balance.items()},
        **{f"pairs {name}": number for name, number in measures.pairs.items()},
    }


def _above(least: dict[int, Counts], found: dict[int, Counts]) -> list[tuple[int, str, int, int]]:
    """Where a bound is above what was found: round, measure, bound, number."""
    return [
        (number, name, least[number][name], found[number][name])
        for number in found
        for name in found[number]
        if least[number][name] > found[number][name]
    ]
