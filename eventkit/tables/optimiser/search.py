"""A table for every block so that no hard rule is broken, or the proof that there is none; pure.

Backtracking, the block with the fewest tables left first (Haralick and Elliott 1980), with two checks at each step:
a seat for everybody, and no more blocks at a table than it can have of those who sit apart (Régin 1994) or are large.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from eventkit.tables.optimiser.demands import Block, cliques, twins
from eventkit.tables.optimiser.flow import Flow, bits

BUDGET = 6000
"""How many steps are worth it to learn whether a round can be seated: half a second for 120 people; few need any."""

_FIRST_STEPS = 200


class Undecided(Exception):
    """The budget of steps ended before a seating was found or proved impossible."""


@dataclass(frozen=True)
class Window:
    """The sizes that tables may have: `low` to `cap` each, `people` in all."""

    low: Sequence[int]
    cap: Sequence[int]
    people: int


@dataclass(frozen=True)
class Demands:
    """The blocks of a round, and what is seen once about them: who sits apart from all others, who are alike."""

    blocks: Sequence[Block]
    cliques: Sequence[Sequence[int]] = field(init=False)
    twins: Sequence[Sequence[int]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cliques", cliques(self.blocks))
        object.__setattr__(self, "twins", twins(self.blocks))


@dataclass
class _Step:
    """A block, the tables it may still try (the best last), where it is now, and how long the trail was."""

    block: int
    tables: list[int]
    first: int
    mark: int = 0
    table: int = -1


def search(demands: Demands, window: Window, rng: random.Random, budget: int) -> dict[str, int] | None:
    """The table's number for each bound person, or None if there is provably none.

    It starts afresh, in another order, whenever a growing number of steps has found nothing: one unlucky choice near
    the beginning costs little then. Raises Undecided after `budget` steps.
    """
    if not sum(window.low) <= window.people <= sum(window.cap) or not all(block.domain for block in demands.blocks):
        return None
    if any(low > cap for low, cap in zip(window.low, window.cap, strict=True)):
        return None
    steps = len(demands.blocks) + _FIRST_STEPS
    while True:
        try:
            return _Attempt(demands, window, rng, min(steps, budget)).run()
        except Undecided:
            budget -= steps
            steps *= 2
            if budget <= 0:
                raise


class _Attempt:
    """One search, until it ends or has used its steps up."""

    def __init__(self, demands: Demands, window: Window, rng: random.Random, steps: int) -> None:
        self.demands, self.window, self.rng, self.steps = demands, window, rng, steps
        blocks = demands.blocks
        self.domains = [block.domain for block in blocks]
        self.weights = [len(block.people) for block in blocks]
        order = list(range(len(blocks)))
        rng.shuffle(order)
        self.flow = _flow(blocks, order, self.domains, window)
        self.counts_of: list[list[Flow]] = [[] for _block in blocks]
        for counted, most in _counts(demands, window):
            flow = Flow(dict.fromkeys(counted, 1), self.domains, most, most, 0)
            for block in counted:
                self.counts_of[block].append(flow)
        hard = [block for block in order if blocks[block].apart or blocks[block].host or self.weights[block] > 1]
        self.hard = sorted(hard, key=lambda block: (-self.weights[block], -len(blocks[block].apart)))
        self.placed = [False] * len(blocks)
        self.used = [0] * len(window.cap)
        self.room = dict.fromkeys({self.weights[block] for block in self.hard}, 0)
        self._make_room(range(len(window.cap)))
        self.kinds = _kinds(blocks, window)
        self.trail: list[tuple[int, int]] = []

    def run(self) -> dict[str, int] | None:
        """See `search`. Who is in no pair and no block is seated by the flow alone, wherever the others sit."""
        if not self._settle(range(len(self.domains))):
            return None
        path: list[_Step] = []
        while (block := self._tightest()) >= 0:
            path.append(_Step(block, self._tables(block), len(self.trail)))
            while not self._advance(path[-1]):
                path.pop()
                if not path:
                    return None
        found: dict[str, int] = {}
        for number, bound in enumerate(self.demands.blocks):
            table = self.domains[number].bit_length() - 1 if self.placed[number] else self.flow.seat_of(number)
            found.update(dict.fromkeys(bound.people, table))
        return found

    def _tightest(self) -> int:
        """The block to place next, -1 if all are placed."""
        found, fewest = -1, len(self.used) + 1
        for block in self.hard:
            if not self.placed[block]:
                count = (self.domains[block] & self.room[self.weights[block]]).bit_count()
                if count < fewest:
                    found, fewest = block, count
                    if count < 2:
                        break
        return found

    def _tables(self, block: int) -> list[int]:
        """The tables to try, the evenest last, otherwise in any order; of empty tables of one kind only one."""
        weight = self.weights[block]
        tables = list(bits(self.domains[block] & self.room[weight]))
        self.rng.shuffle(tables)
        empty = {self.kinds[table]: table for table in tables if not self.used[table]}
        tables = [table for table in tables if self.used[table] or empty[self.kinds[table]] == table]
        low = self.window.low
        return sorted(tables, key=lambda table: -max(0, self.used[table] + weight - low[table]))

    def _advance(self, step: _Step) -> bool:
        """Put the block of this step at the next table that contradicts nothing; False, and all undone, if none."""
        if step.table >= 0:
            self._refute(step)
        while step.tables:
            step.table, step.mark = step.tables.pop(), len(self.trail)
            self.steps -= 1
            if self.steps < 0:
                raise Undecided
            if self._put(step.block, step.table):
                return True
            self._refute(step)
        self._undo(step.first)
        return False

    def _put(self, block: int, table: int) -> bool:
        self.placed[block] = True
        self.used[table] += self.weights[block]
        self._make_room([table])
        bit = 1 << table
        self._narrow(block, bit)
        changed = [block]
        for other in self.demands.blocks[block].apart:
            if self.domains[other] & bit:
                self._narrow(other, ~bit)
                changed.append(other)
                if not self.domains[other]:
                    return False
        return self._settle(changed)

    def _refute(self, step: _Step) -> None:
        """Take the block away again. What does not suit it there suits nobody who could change places with it."""
        self._undo(step.mark)
        self.placed[step.block] = False
        self.used[step.table] -= self.weights[step.block]
        self._make_room([step.table])
        for twin in self.demands.twins[step.block]:
            if not self.placed[twin]:
                self._narrow(twin, ~(1 << step.table))
        step.table = -1

    def _settle(self, changed: Iterable[int]) -> bool:
        changed = list(changed)
        touched = {id(flow): flow for block in changed for flow in self.counts_of[block]}
        return self.flow.repair(changed) and all(flow.repair(changed) for flow in touched.values())

    def _narrow(self, block: int, mask: int) -> None:
        self.trail.append((block, self.domains[block]))
        self.domains[block] &= mask

    def _undo(self, mark: int) -> None:
        while len(self.trail) > mark:
            block, domain = self.trail.pop()
            self.domains[block] = domain

    def _make_room(self, tables: Iterable[int]) -> None:
        """Note at which tables the chairs left suffice for blocks of each weight."""
        for table in tables:
            left = self.window.cap[table] - self.used[table]
            for weight in self.room:
                self.room[weight] = self.room[weight] & ~(1 << table) | (weight <= left) << table


def _flow(blocks: Sequence[Block], order: Sequence[int], domains: Sequence[int], window: Window) -> Flow:
    """Where each table gets a host, that host's chair is set aside at every table, wherever the hosts are to sit."""
    hosted = sum(block.host for block in blocks) == len(window.cap)
    low = [max(size - hosted, 0) for size in window.low]
    cap = [size - hosted for size in window.cap]
    spare = window.people - hosted * len(cap) - sum(low)
    units = {block: len(blocks[block].people) - (hosted and blocks[block].host) for block in order}
    return Flow(units, domains, low, cap, spare)


def _counts(demands: Demands, window: Window) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
    """Blocks, and how many of them each table has at most: one of a clique, one of those of five where it has nine."""
    for clique in demands.cliques:
        yield clique, [1] * len(window.cap)
    weights = [len(block.people) for block in demands.blocks]
    for weight in sorted(set(weights) - {1}):
        large = [index for index, own in enumerate(weights) if own >= weight]
        yield large, [size // weight for size in window.cap]


def _kinds(blocks: Sequence[Block], window: Window) -> list[tuple[int, ...]]:
    """Tables of one kind have the same sizes and are left to the same blocks: while empty, one is like another."""
    domains = list(dict.fromkeys(block.domain for block in blocks))
    sizes = zip(window.low, window.cap, strict=True)
    return [(*size, *(domain >> table & 1 for domain in domains)) for table, size in enumerate(sizes)]
