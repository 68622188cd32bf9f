"""One search from its first seats to its last: a plan is annealed while it cools, and the best that it was is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from eventkit.tables.optimiser.annealing import Annealing
from eventkit.tables.optimiser.plan import Key, Plan


@dataclass(frozen=True)
class Best:
    """The best plan so far: how good it is, who sits where, and how often pairs meet again in it."""

    key: Key
    at: Sequence[Sequence[int]]
    overlap: int


@dataclass(frozen=True)
class Cooling:
    """Temperatures at the beginning and the end, in the units of `Prices`, and how many exchanges to propose.

    `loose`: people may also go to free chairs, so that tables change their sizes.
    """

    warm: float
    cold: float
    proposals: int
    loose: bool = False


def cool(
    plan: Plan,
    random: Random,
    cooling: Cooling,
    goal: Key,
    held: Sequence[frozenset[int]],
    look: Callable[[Plan, int], None] | None = None,
) -> tuple[Best, int]:
    """The best plan on the way, and how many exchanges were proposed. It ends early when `goal` is met.

    `held[round]` keep their seats; `look` sees the plan after every sweep of a
    round, with the number of exchanges that were proposed.
    """
    annealing = Annealing(plan, random, held, loose=cooling.loose)
    best, spent = _best(plan), 0
    while spent < cooling.proposals and best.key > goal:
        temperature = cooling.warm * (cooling.cold / cooling.warm) ** (spent / cooling.proposals)
        before = spent
        for number in range(len(plan.at)):
            spent += annealing.sweep(number, temperature)
            if look:
                look(plan, spent)
        if plan.key < best.key:
            best = _best(plan)
        if spent == before:
            break
    return best, spent


def _best(plan: Plan) -> Best:
    return Best(plan.key, [list(row) for row in plan.at], plan.overlap)
