"""Simulated annealing on exchanges of seats, aimed at the people who pay for theirs.

Kirkpatrick, Gelatt and Vecchi (1983): an exchange that costs d more is taken with the chance exp(-d / temperature).
Every proposal begins with somebody whose seat costs something: near a bound those are few, and trying
the others would be lost time.
"""

import math
from collections.abc import Sequence
from itertools import islice
from random import Random

from eventkit.tables.optimiser.flow import bits
from eventkit.tables.optimiser.plan import Plan
from eventkit.tables.optimiser.problem import FORBIDDEN

PROPOSALS = 4
"""Exchanges proposed for each person in a sweep over all rounds, and ten times as many for each of a few who pay."""

ALIKE = 0.5
"""How often somebody like the first person is tried: that exchange hardly touches the balance."""

RELOCATED = 8
"""Where tables may change their sizes, a free chair is tried for every eighth person who pays."""

FEWEST_NEAR, NEAR_SHARE = 4, 12


class Annealing:
    """Sweeps over the rounds of a plan. `held[round]` keep their seats; `loose`: tables may change their sizes."""

    def __init__(self, plan: Plan, random: Random, held: Sequence[frozenset[int]], *, loose: bool = False) -> None:
        self.plan = plan
        self.loose = loose
        self.random = random
        self.movable = [
            [person for person in each.here if person not in held[number]]
            for number, each in enumerate(plan.problem.rounds)
        ]
        self.blocks = [
            [block for block in each.blocks if held[number].isdisjoint(block)]
            for number, each in enumerate(plan.problem.rounds)
        ]
        self.unit_of = [{person: block for block in each.blocks for person in block} for each in plan.problem.rounds]
        self.free = [sum(1 << person for person in people) for people in self.movable]
        self.having = _having(plan.problem.values)
        self.alike: list[dict[int, list[int]]] = [{} for _round in self.movable]

    def hot(self, number: int) -> list[int]:
        """Who pays for a seat in a round, or has a value that is spread unfairly; if nobody, all who might be alike."""
        plan = self.plan
        unfair, values = plan.unfair(number), plan.problem.values
        paying = [
            person
            for person in self.movable[number]
            if plan.own(number, person) > 0 or not unfair.isdisjoint(values[person])
        ]
        return paying or (self.movable[number] if plan.problem.prices.pair else [])

    def sweep(self, number: int, temperature: float) -> int:
        """Proposes exchanges in a round; how many, 0 if nobody there pays for a seat."""
        hot = self.hot(number)
        if not hot:
            return 0
        usual = PROPOSALS * len(self.plan.problem.people) // len(self.movable) + 20
        proposals = usual if len(hot) * 2 > len(self.movable[number]) else max(20, 10 * PROPOSALS * len(hot))
        for person in hot:
            if person not in self.alike[number]:
                self.alike[number][person] = self._near(number, person)
        self.exchanges(number, hot, proposals, temperature)
        for block in self.blocks[number]:
            self.exchange_block(number, block, temperature)
        for _person in hot[::RELOCATED] if self.loose else ():
            self.relocate(number, temperature)
        return proposals

    def exchanges(self, number: int, hot: Sequence[int], proposals: int, temperature: float) -> None:
        """Proposes exchanges of one of `hot` with anybody at another table."""
        plan, random, movable = self.plan, self.random.random, self.movable[number]
        at, tolls, bonds, met, price = (
            plan.at[number], plan.tolls[number], plan.problem.rounds[number].bonds, plan.met, plan.price,
        )  # fmt: skip
        lose, gain, own = plan.lose[number], plan.gain[number], plan.own_values
        chances, alike = _chances(temperature), self.alike[number]
        most, ones, others = len(chances), len(hot), len(movable)
        for _proposal in range(proposals):
            one = hot[int(random() * ones)]
            near = alike.get(one) if random() < ALIKE else None
            other = near[int(random() * len(near))] if near else movable[int(random() * others)]
            here, there = at[one], at[other]
            if here == there:
                continue
            mine, theirs = tolls[one], tolls[other]
            cost = mine[there] - mine[here] + theirs[here] - theirs[there] - 2 * price[met[one][other]]
            if one in bonds:
                cost -= 2 * bonds[one].get(other, 0)
            lose_here, gain_here, lose_there, gain_there = lose[here], gain[here], lose[there], gain[there]
            for value in own[one] - own[other]:
                cost += lose_here[value] + gain_there[value]
            for value in own[other] - own[one]:
                cost += lose_there[value] + gain_here[value]
            if cost <= 0 or (cost < most and random() < chances[cost]):
                plan.exchange(number, one, other)

    def exchange_block(self, number: int, block: Sequence[int], temperature: float) -> None:
        """Proposes that people who move as one change places with others at another table.

        As many come back as go; where tables may change their sizes, any number that leaves both tables with enough.
        """
        plan, at = self.plan, self.plan.at[number]
        here, there = at[block[0]], self.random.randrange(len(plan.seats[number]))
        if here == there:
            return
        back = self._back(number, block, here, there)
        if back is None:
            return
        before = self.energy()
        self._cross(number, block, back, there)
        if not self._taken(self.energy() - before, temperature) or self._torn(number, [*block, *back]):
            self._cross(number, block, back, here)

    def relocate(self, number: int, temperature: float) -> None:
        """Proposes that somebody goes to a free chair at another table."""
        plan, each, sizes = self.plan, self.plan.problem.rounds[number], self.plan.sizes(number)
        person, there = self.random.choice(self.movable[number]), self.random.randrange(len(sizes))
        here = plan.at[number][person]
        if here == there or sizes[there] >= each.most[there] or sizes[here] <= each.fewest[here]:
            return
        before = self.energy()
        plan.relocate(number, person, there)
        if not self._taken(self.energy() - before, temperature) or self._torn(number, [person]):
            plan.relocate(number, person, here)

    def energy(self) -> int:
        """What the whole plan costs, by prices."""
        plan, prices = self.plan, self.plan.problem.prices
        clashes, balance, overlap, pairs, moves = plan.key
        return prices.clash * clashes + balance + overlap + prices.pair * pairs + prices.move * moves

    def _back(self, number: int, block: Sequence[int], here: int, there: int) -> list[int] | None:
        """Who comes back for a block, other blocks whole; None if the tables' sizes leave no way."""
        each, sizes = self.plan.problem.rounds[number], self.plan.sizes(number)
        fewest = max(0, sizes[there] + len(block) - each.most[there], each.fewest[here] - sizes[here] + len(block))
        most = self.random.randint(fewest, len(block)) if self.loose and fewest <= len(block) else len(block)
        allowed, back = set(self.movable[number]), list[int]()
        for person in self.random.sample(self.plan.seats[number][there], sizes[there]):
            unit = self.unit_of[number].get(person, (person,))
            if person not in back and len(back) + len(unit) <= most and allowed.issuperset(unit):
                back.extend(unit)
        return back if len(back) == most else None

    def _cross(self, number: int, block: Sequence[int], back: Sequence[int], to: int) -> None:
        """Each of `back` and one of the block exchange their seats; the others of the block go to free chairs."""
        for one, other in zip(block, back, strict=False):
            self.plan.exchange(number, one, other)
        for one in block[len(back) :]:
            self.plan.relocate(number, one, to)

    def _near(self, number: int, person: int) -> list[int]:
        """Those whose values are most like a person's, of equals the first in the room."""
        wanted = max(FEWEST_NEAR, (len(self.movable[number]) - 1) // NEAR_SHARE)
        sharing = [self.free[number] & ~(1 << person)]
        for place, value in enumerate(self.plan.problem.values[person]):
            same = self.having[place, value]
            sharing.append(0)
            for many in range(len(sharing) - 1, 0, -1):
                sharing[many] |= sharing[many - 1] & same
        found, more = list[int](), 0
        for mask in reversed(sharing):
            found += islice(bits(mask & ~more), wanted - len(found))
            more = mask
        return found

    def _torn(self, number: int, people: Sequence[int]) -> bool:
        """Whether somebody who was moved sits where a rule forbids it."""
        plan = self.plan
        return any(plan.own(number, person) >= FORBIDDEN // 2 for person in people)

    def _taken(self, cost: int, temperature: float) -> bool:
        return cost <= 0 or self.random.random() < math.exp(-cost / temperature)


def _chances(temperature: float) -> list[float]:
    """How likely each cost is taken, up to the cost that is taken once in a million."""
    return [math.exp(-cost / temperature) for cost in range(int(temperature * 14) + 2)]


def _having(values: Sequence[Sequence[int]]) -> dict[tuple[int, int], int]:
    """Who has a value of an attribute, as the bits of a number: none of it is a value here too."""
    found: dict[tuple[int, int], int] = {}
    for person, row in enumerate(values):
        for key in enumerate(row):
            found[key] = found.get(key, 0) | 1 << person
    return found
