"""A seat for everybody at once, one by one, kept valid while the tables that are left to people shrink; pure."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

_CALLER = -1
_NOBODY = -1


class Flow:
    """Each of `units` (a number per block: how many of it need a seat) at a table of its block's domain.

    Table t gives `low[t]` seats freely and up to `cap[t]` in all; those beyond `low` are `spare` at all tables
    together. It is a maximum flow (Ford and Fulkerson 1956): if no chain of changes of seats frees one, there is no
    way to seat all (Hall's condition is broken), however they sit now. `domains` is shared with who shrinks it.
    A seat that was valid in a smaller domain is so in a larger, so that nothing need be undone.
    """

    def __init__(
        self, units: Mapping[int, int], domains: Sequence[int], low: Sequence[int], cap: Sequence[int], spare: int
    ) -> None:
        self.owner = [block for block, count in units.items() for _unit in range(count)]
        self.of: dict[int, list[int]] = {}
        for unit, block in enumerate(self.owner):
            self.of.setdefault(block, []).append(unit)
        self.domains, self.low, self.cap, self.spare = domains, low, cap, spare
        self.seat = [-1] * len(self.owner)
        self.at: list[dict[int, None]] = [{} for _table in cap]
        self.beyond = 0
        self.loose = list(range(len(self.owner)))

    def repair(self, blocks: Iterable[int]) -> bool:
        """Give new seats to those of these blocks who sit where they may not; whether everybody has one then."""
        for block in blocks:
            for unit in self.of.get(block, ()):
                table = self.seat[unit]
                if table >= 0 and not self.domains[block] >> table & 1:
                    self._move(unit, -1)
                    self.loose.append(unit)
        while self.loose and self.spare >= 0:
            if not self._seat(self.loose[-1]):
                return False
            self.loose.pop()
        return self.spare >= 0

    def seat_of(self, block: int) -> int:
        """The table of the first of a block."""
        return self.seat[self.of[block][0]]

    def _seat(self, unit: int) -> bool:
        """Find a chain of moves, breadth first, that ends at a table with a seat to give."""
        came: dict[int, tuple[int, int]] = {}
        queue: deque[int] = deque()

        def reach(tables: int, source: int, mover: int) -> None:
            for table in bits(tables, unit):
                came[table] = (source, mover)
                queue.append(table)

        reach(unseen := self.domains[self.owner[unit]], _CALLER, unit)
        unseen = ~unseen
        pooled = False
        while queue:
            table = queue.popleft()
            taken = len(self.at[table])
            if taken < self.low[table] or (taken < self.cap[table] and self.beyond < self.spare):
                self._shift(came, table)
                return True
            for mover in self.at[table]:
                if fresh := self.domains[self.owner[mover]] & unseen:
                    unseen ^= fresh
                    reach(fresh, table, mover)
            if taken < self.cap[table] and not pooled:
                # The chair is there, but too many sit beyond `low`: one of them must go elsewhere.
                pooled = True
                if fresh := unseen & sum(1 << at for at, people in enumerate(self.at) if len(people) > self.low[at]):
                    unseen ^= fresh
                    reach(fresh, table, _NOBODY)
        return False

    def _shift(self, came: Mapping[int, tuple[int, int]], table: int) -> None:
        while table != _CALLER:
            source, mover = came[table]
            if mover != _NOBODY:
                self._move(mover, table)
            table = source

    def _move(self, unit: int, table: int) -> None:
        old = self.seat[unit]
        if old >= 0:
            self.beyond -= len(self.at[old]) > self.low[old]
            del self.at[old][unit]
        self.seat[unit] = table
        if table >= 0:
            self.at[table][unit] = None
            self.beyond += len(self.at[table]) > self.low[table]


def bits(mask: int, first: int = 0) -> Iterator[int]:
    """The numbers of the bits that are set, from bit `first` (modulo the length of the mask) upwards and round."""
    length = mask.bit_length()
    if not length:
        return
    cut = first % length
    for part in (mask >> cut << cut, mask & ((1 << cut) - 1)):
        rest = part
        while rest:
            lowest = rest & -rest
            yield lowest.bit_length() - 1
            rest ^= lowest
