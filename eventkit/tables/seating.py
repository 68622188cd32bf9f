"""The optimiser: seats people as mixed as can be proven, or as near to it as the search comes. Pure.

In strict order: hard rules, which every plan of the search keeps; vignettes at tables with people who know them; the
balance of each attribute; overlap, with a surcharge for a third meeting; pairs with the same value. What cannot be
bettered is known from `bounds`, so a search ends when it is reached. The same room and seed give the same seats on
every machine: what ends a search otherwise is a number of proposals, never the clock.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from random import Random

from eventkit.tables.bounds import bounds
from eventkit.tables.optimiser.cooling import Best, Cooling, cool
from eventkit.tables.optimiser.crowded import crowd, crowded, uneven
from eventkit.tables.optimiser.dealing import deal
from eventkit.tables.optimiser.plan import Key, Plan
from eventkit.tables.optimiser.problem import Prices, Problem, compiled
from eventkit.tables.room import Room, Seats

FEWEST_PROPOSALS, MOST_PROPOSALS = 220_000, 12_000_000
CROWDED = 2
"""How many times as many proposals are left for crowded rooms, where each takes half the time."""


@dataclass(frozen=True)
class Course:
    """How a search is run: `prices`, the temperatures at the beginning, by turns, and at the end, in their units.

    It begins with a part of its proposals, the `first`; each start anew has `growth` times as many.
    """

    prices: Prices
    warm: Sequence[float]
    cold: float
    first: int
    growth: int


USUAL = Course(Prices(), (2.0, 5.0), 0.8, first=20, growth=3)
"""Rooms with few repeat meetings are found fastest when the search begins cool, tight ones when it begins warm."""

BOUND = Course(Prices(clash=480, balance=48), (20.0, 100.0), 0.8, first=20, growth=2)
"""Where rules bind people, plans that differ in balance lie far apart: steps cost more; every other start is hot."""

UNEVEN = Course(Prices(), (1.6,), 1.1, first=1, growth=1)
"""Where tables differ in size, one long search finds most around the temperature at which meetings settle."""


@dataclass(frozen=True)
class Progress:
    """How far a search is at the most (0 to 1), and what the best plan has come to."""

    share: float
    broken: int
    clashes: int
    balance: int
    overlap: int


Tell = Callable[[Progress], None]


def seat(room: Room, seed: int = 0, tell: Tell | None = None) -> Seats:
    """Seats everybody in every round. Raises `BadInput` with the rules that contradict each other."""
    course = BOUND if room.rules else UNEVEN if uneven(room) else USUAL
    problem = compiled(room, replace(course.prices, pair=int(room.rounds == 1)))
    goal, random = goal_of(room, problem), Random(seed)
    nobody = [frozenset[int]() for _round in problem.rounds]
    best: Best | None = None
    left = total = proposals(room)
    share, warm = total // course.first, cycle(course.warm)
    while left > 0 and (best is None or best.key > goal):
        if best and crowded(room):
            best = _crowd(room, random, best, left * CROWDED, tell)
            break
        plan = Plan(problem, [deal(room, problem, random, number, {}) for number in range(1, room.rounds + 1)])
        cooling = Cooling(next(warm), course.cold, min(share, left), course is not USUAL)
        found, spent = cool(plan, random, cooling, goal, nobody, _telling(tell, total - left, total, best))
        best = found if best is None or found.key < best.key else best
        left, share = left - max(spent, 1), share * course.growth
    assert best
    return named(problem, best.at)


def _crowd(room: Room, random: Random, first: Best, proposals: int, tell: Tell | None) -> Best:
    """The better of the first plan and one found by the search for crowded rooms."""
    plain = compiled(room, Prices(balance=1, overlap=1, third=0))
    at = [deal(room, plain, random, number, {}) for number in range(1, room.rounds + 1)]
    share = 1 / USUAL.first

    def look(spent: int, balance: int, overlap: int) -> None:
        known = first.key[1] // Prices().balance, first.overlap
        if tell:
            tell(Progress(share + (1 - share) * spent / proposals, 0, 0, *min(known, (balance, overlap))))

    found = crowd(plain, at, random, proposals, look).masks.at
    plan = Plan(compiled(room, Prices()), found)
    return min(first, Best(plan.key, found, plan.overlap), key=lambda best: best.key)


def _telling(tell: Tell | None, before: int, total: int, best: Best | None) -> Callable[[Plan, int], None] | None:
    """Tells how far the search is, and of the better of this plan and the best before it."""
    if tell is None:
        return None

    def look(plan: Plan, spent: int) -> None:
        known = best.key if best else plan.key
        clashes, balance, *_rest = min(known, plan.key)
        overlap = best.overlap if best and known < plan.key else plan.overlap
        share = min(1.0, (before + spent) / total)
        tell(Progress(share, 0, clashes, balance // plan.problem.prices.balance, overlap))

    return look


def goal_of(room: Room, problem: Problem) -> Key:
    """What no plan can be better than."""
    least, prices = bounds(room).total, problem.prices
    balance = sum(off * room.weights.get(name, 1) for name, off in least.balance.items())
    return (
        least.clashes,
        prices.balance * balance,
        prices.overlap * least.overlap + prices.third * least.thirds,
        sum(least.pairs.values()),
        0,
    )


def proposals(room: Room) -> int:
    """How many exchanges a search proposes at the most: more for many people, and far more for many rounds.

    Half as many where rules leave less to choose.
    """
    each = 1000 if room.rules else 2000
    wanted = each * len(room.people) * room.rounds**2 * (3 if uneven(room) else 1)
    return min(MOST_PROPOSALS, max(FEWEST_PROPOSALS, wanted))


def named(problem: Problem, at: Sequence[Sequence[int]]) -> Seats:
    """A plan's seats by round, person_id and table."""
    return {
        number: {problem.people[person]: each.tables[places[person]] for person in each.here}
        for number, (each, places) in enumerate(zip(problem.rounds, at, strict=True), 1)
    }
