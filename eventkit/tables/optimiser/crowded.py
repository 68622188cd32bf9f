"""Seating where many attributes cross over many rounds, so that balance and meetings are at odds everywhere. Pure.

All rounds are annealed together first. What is then off the fair range is frozen in: no few exchanges mend it without
making something else unfair. So one round after another is melted and frozen again while the others stay, and is kept
if the whole is no worse: a large neighbourhood search (Shaw 1998). Half of all proposals go to the values that are off.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import ne
from random import Random

from eventkit.tables.optimiser.annealing import FEWEST_NEAR, NEAR_SHARE
from eventkit.tables.optimiser.masks import Masks
from eventkit.tables.optimiser.problem import Problem
from eventkit.tables.room import Room, even_sizes

MOST_PEOPLE, FEWEST_ATTRIBUTES, FEWEST_ROUNDS = 300, 5, 4
"""Where it is worth it: pairs of people are tabled, and fewer attributes or rounds are done sooner by `cooling`."""

TOGETHER = 0.25
"""The share of the proposals for annealing all rounds together; the rest mends one at a time."""

SWEEP, MELTED = 400, 2000
"""Exchanges proposed in a round at one temperature, and for each person while a round is melted and frozen again."""

FOCUS, ALIKE, AMISS = 0.5, 0.5, 0.7
"""How often a value that is off is aimed at, somebody alike tried, and a round mended where something is off."""

SLACK = 4.0
"""How many repeat meetings an exchange may at most be expected to save before they are counted."""

Look = Callable[[int, int, int], None]
"""Told of proposals so far, balance and overlap."""

_LIMITS = [-math.log((rank + 0.5) / 4096) for rank in range(4096)]
"""Costs that are taken at temperature 1, each as likely as the other: Metropolis' rule with its chance drawn first."""


@dataclass(frozen=True)
class Heat:
    """Temperatures at the beginning and the end, in repeat meetings, and how many of those a person off is worth."""

    warm: float
    cold: float
    worth: float


BALANCED, MENDED, GENTLE = Heat(2.0, 0.9, 5.0), Heat(2.4, 0.8, 6.0), Heat(1.3, 0.5, 5.0)
"""For all rounds together, for a round where something is off, and for one that only has repeat meetings to lose."""


def crowded(room: Room) -> bool:
    """Whether a room is one for this search: many attributes over many rounds, nobody bound, and tables alike."""
    rounds = range(1, room.rounds + 1)
    return (
        len(room.people) <= MOST_PEOPLE
        and len(room.attributes) >= FEWEST_ATTRIBUTES
        and room.rounds >= FEWEST_ROUNDS
        and not room.rules
        and not any(person.knows for person in room.people)
        and all(len(room.people_in(number)) > len(room.tables_in(number)) for number in rounds)
        and not uneven(room)
    )


def uneven(room: Room) -> bool:
    """Whether chairs keep the tables of a round from being alike."""
    sizes = [even_sizes(room.tables_in(number), len(room.people_in(number))) for number in range(1, room.rounds + 1)]
    return any(max(row, default=0) - min(row, default=0) > 1 for row in sizes)


def crowd(problem: Problem, at: Sequence[Sequence[int]], random: Random, proposals: int, look: Look) -> "Crowd":
    """The best balanced seating that so many proposals find, from these seats; the tables of a round must be even."""
    search = Crowd(problem, at, random)
    together = int(proposals * TOGETHER)
    search.anneal(BALANCED, together, look)
    search.mend(proposals - together, lambda spent, off, met: look(together + spent, off, met))
    return search


class Crowd:
    """A search in `masks`, which hold the seats."""

    def __init__(self, problem: Problem, at: Sequence[Sequence[int]], random: Random) -> None:
        self.masks = Masks(problem, at)
        self.random = random
        self.here = [each.here for each in problem.rounds]
        self.near = [[_near(problem, each.here, person) for person in range(len(at[0]))] for each in problem.rounds]

    def anneal(self, heat: Heat, proposals: int, look: Look) -> None:
        """All rounds together, from warm to cold."""
        masks, rounds = self.masks, range(len(self.here))
        for spent in range(0, proposals, SWEEP * len(rounds)):
            temperature = heat.warm * (heat.cold / heat.warm) ** (spent / proposals)
            for number in rounds:
                self.sweep(number, SWEEP, temperature, heat.worth)
            look(spent, masks.balance, masks.overlap)

    def mend(self, proposals: int, look: Look) -> None:
        """One round at a time, from warm to cold, kept if the whole is no worse."""
        masks, random, rounds = self.masks, self.random, range(len(self.here))
        each = MELTED * len(masks.met)
        for spent in range(0, proposals, each):
            amiss = [number for number in rounds if masks.off(number)]
            aimed = amiss and random.random() < AMISS
            number = random.choice(amiss if aimed else rounds)
            key, seats = (masks.balance, masks.overlap), list(masks.at[number])
            best = self._frozen(number, MENDED if aimed else GENTLE, each)
            if best[0] <= key:
                key, seats = best
            masks.restore(number, seats)
            masks.balance, masks.overlap = key
            look(min(spent + each, proposals), *key)

    def sweep(self, number: int, proposals: int, temperature: float, worth: float) -> None:
        """Proposes exchanges in a round and makes those that Metropolis' rule takes."""
        masks, draw = self.masks, self.random.choices
        at, met, often, differing = masks.at[number], masks.met, masks.often, masks.differing
        fairness, seated, sizes = masks.fairness[number], masks.seated[number], masks.sizes[number]
        limits = draw([limit * temperature for limit in _LIMITS], k=proposals)
        for (one, other), limit in zip(self._couples(number, proposals), limits, strict=True):
            here, there = at[one], at[other]
            if here == there:
                continue
            change = differing[one][other]
            off = (
                (change & fairness[here]).bit_count()
                + (differing[other][one] & fairness[there]).bit_count()
                - change.bit_count()
            )
            if worth * off > limit + SLACK:
                continue
            mine, theirs, from_here, from_there = met[one], met[other], seated[here], seated[there]
            again = (mine & from_there).bit_count() - (mine & from_here).bit_count()
            again += (theirs & from_here).bit_count() - (theirs & from_there).bit_count()
            # Who sits with them now has met them once less elsewhere, and they do not meet each other.
            again += sizes[here] + sizes[there] - 2 - 2 * often[one][other]
            if worth * off + again <= limit:
                masks.exchange(number, one, other)
                masks.balance += off
                masks.overlap += again

    def _frozen(self, number: int, heat: Heat, proposals: int) -> tuple[tuple[int, int], list[int]]:
        """Balance, overlap and the seats of a round, at their best while it is cold after melting."""
        masks, found = self.masks, list[tuple[tuple[int, int], list[int]]]()
        for spent in range(0, proposals, SWEEP):
            temperature = heat.warm * (heat.cold / heat.warm) ** (spent / proposals)
            self.sweep(number, SWEEP, temperature, heat.worth)
            key = (masks.balance, masks.overlap)
            if spent >= proposals // 2 and (not found or key < found[-1][0]):
                found.append((key, list(masks.at[number])))
        return found[-1]

    def _couples(self, number: int, proposals: int) -> list[tuple[int, int]]:
        """Pairs to exchange: half of the first aimed at what is off, half of the others alike."""
        masks, random, here = self.masks, self.random.random, self.here[number]
        near = self.near[number]
        first, second = self.random.choices(here, k=proposals), self.random.choices(here, k=proposals)
        couples = [
            (one, near[one][int(random() * len(near[one]))] if random() < ALIKE else other)
            for one, other in zip(first, second, strict=True)
        ]
        aims = [self._aim(number, *off) for off in masks.off(number)]
        for place in range(int(proposals * FOCUS) if aims else 0):
            ones, others = aims[place % len(aims)]
            one = ones[int(random() * len(ones))]
            partners = others or (near[one] if random() < ALIKE else here)
            couples[place] = one, partners[int(random() * len(partners))]
        return couples

    def _aim(self, number: int, value: int, table: int, many: bool) -> tuple[list[int], list[int]]:
        """Whom to exchange with whom so that a table has fewer with a value, or more; nobody: with anybody."""
        own, sitting, at = self.masks.own, self.masks.tables[number][table], self.masks.at[number]
        if many:
            ones = [person for person in sitting if value in own[person]]
            return ones, []
        elsewhere = [person for person in self.here[number] if at[person] != table and value in own[person]]
        return elsewhere, [person for person in sitting if value not in own[person]]


def _near(problem: Problem, here: Sequence[int], person: int) -> list[int]:
    """Those whose values are most like a person's."""
    mine, values = problem.values[person], problem.values
    others = [other for other in here if other != person]
    others.sort(key=lambda other: sum(map(ne, mine, values[other])))
    return others[: max(FEWEST_NEAR, len(others) // NEAR_SHARE)]
