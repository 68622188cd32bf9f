"""A seating in the middle of a search, with everything counted that an exchange of seats needs to know.

`tolls[round][person][table]` is what sitting there would cost the person in that round: what is forbidden, clashes,
moves, bonds, and one more meeting with each who sits there. It is kept up with every move, so that weighing an exchange
takes a few additions whatever the size of the room: the overlap of all rounds is a sum over pairs of people, and an
exchange changes only the pairs of the two who exchange.
"""

from collections.abc import Iterator, Sequence

from eventkit.tables.optimiser.problem import AWAY, FORBIDDEN, Problem, fair

MANY = 10**9

Key = tuple[int, int, int, int, int]
"""How good a plan is, in strict order: clashes, balance by weight, overlap with its surcharge, pairs, changed seats."""


class Plan:
    """Who sits where, `at[round][person]`, and the counts that follow from it."""

    def __init__(self, problem: Problem, at: Sequence[Sequence[int]]) -> None:
        self.problem = problem
        self.at = [list(row) for row in at]
        self.own_values = [frozenset(filter(None, row)) for row in problem.values]
        prices = problem.prices
        # What one more meeting costs a pair that has met so often already.
        self.price = [prices.overlap * met + (prices.third if met > 1 else 0) for met in range(len(at) + 2)]
        self.met = [bytearray(len(problem.people)) for _person in problem.people]
        self.clashes = self.balance = self.overlap = self.thirds = self.pairs = self.moves = 0
        self._seat()
        self._count()
        self._charge()

    @property
    def key(self) -> Key:
        """How good the plan is, smaller is better."""
        prices = self.problem.prices
        overlap = prices.overlap * self.overlap + prices.third * self.thirds
        return self.clashes, self.balance, overlap, self.pairs, self.moves

    def sizes(self, number: int) -> list[int]:
        """How many sit at each table of a round."""
        return [len(sitting) for sitting in self.seats[number]]

    def exchange(self, number: int, one: int, other: int) -> None:
        """Two people exchange their seats in a round."""
        here, there = self.at[number][one], self.at[number][other]
        mine, theirs = self.own_values[one], self.own_values[other]
        self._shift(number, one, there, mine - theirs)
        self._shift(number, other, here, theirs - mine)

    def relocate(self, number: int, person: int, table: int) -> None:
        """A person goes to a free chair, which changes what is fair at both tables."""
        before = self.at[number][person]
        self._shift(number, person, table, self.own_values[person])
        self._weigh(number, (before, table))

    def own(self, number: int, person: int) -> int:
        """What the person's present seat costs, rules left out, which are never broken."""
        toll = self.tolls[number][person][self.at[number][person]]
        bonds = self.problem.rounds[number].bonds.get(person)
        return toll + sum(bond < 0 for bond in bonds.values()) * FORBIDDEN if bonds else toll

    def unfair(self, number: int) -> set[int]:
        """The values that are off the fair range at some table of a round."""
        return {value for value, tables in enumerate(self.amiss[number]) if tables}

    def _seat(self) -> None:
        self.seats: list[list[list[int]]] = []
        for number, each in enumerate(self.problem.rounds):
            seats: list[list[int]] = [[] for _table in each.tables]
            for person in each.here:
                seats[self.at[number][person]].append(person)
            self.seats.append(seats)
            for sitting in seats:
                for place, one in enumerate(sitting):
                    for other in sitting[:place]:
                        self._meet(one, other)

    def _meet(self, one: int, other: int) -> None:
        before = self.met[one][other]
        self.met[one][other] = self.met[other][one] = before + 1
        self.overlap += before
        self.thirds += before > 1

    def _count(self) -> None:
        size = len(self.problem.weights)
        self.counts = [[[0] * size for _table in each.tables] for each in self.problem.rounds]
        self.gain = [[[0] * size for _table in each.tables] for each in self.problem.rounds]
        self.lose = [[[0] * size for _table in each.tables] for each in self.problem.rounds]
        self.off = [[[0] * size for _table in each.tables] for each in self.problem.rounds]
        self.amiss = [[0] * size for _round in self.problem.rounds]
        self.fair = [[[(0, MANY)] * size for _table in each.tables] for each in self.problem.rounds]
        self.fair_rows: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self.even = [False for _round in self.problem.rounds]
        for number, seats in enumerate(self.seats):
            for table, sitting in enumerate(seats):
                for person in sitting:
                    for value in filter(None, self.problem.values[person]):
                        self.pairs += self.counts[number][table][value]
                        self.counts[number][table][value] += 1
            self._weigh(number, range(len(seats)))

    def _weigh(self, number: int, tables: Sequence[int]) -> None:
        """What is fair at these tables; at all of them where the round's sizes have become even, or uneven."""
        sizes = self.sizes(number)
        even = max(sizes) - min(sizes) <= 1
        if even and self.even[number]:
            return
        chosen = tables if even is self.even[number] else range(len(sizes))
        self.even[number] = even
        for table in chosen:
            before, row = self.fair[number][table], self._fair_row(number, sizes, table, even=even)
            self.fair[number][table] = row
            for value, bounds in enumerate(row):
                if bounds != before[value]:
                    self._mark(number, table, value)

    def _fair_row(self, number: int, sizes: Sequence[int], table: int, *, even: bool) -> list[tuple[int, int]]:
        """What is fair for each value at a table, which depends on its size only."""
        key = (number, -1 if even else sizes[table])
        if key not in self.fair_rows:
            counts = self.problem.rounds[number].values
            self.fair_rows[key] = [(0, MANY), *(fair(count, sizes, table) for count in counts[1:])]
        return self.fair_rows[key]

    def _mark(self, number: int, table: int, value: int) -> None:
        """What one person more and one less with a value would cost at a table."""
        low, high = self.fair[number][table][value]
        count, weight = self.counts[number][table][value], self.problem.weights[value]
        now = weight * (low - count if count < low else max(0, count - high))
        before = self.off[number][table][value]
        if now != before:
            self.balance += now - before
            self.amiss[number][value] += (now > 0) - (before > 0)
            self.off[number][table][value] = now
        pair = self.problem.prices.pair
        less = weight if count <= low else -weight if count > high else 0
        more = -weight if count < low else weight if count >= high else 0
        self.lose[number][table][value] = less - pair * (count - 1)
        self.gain[number][table][value] = more + pair * count

    def _charge(self) -> None:
        problem = self.problem
        self.tolls: list[list[list[int]]] = []
        for number, each in enumerate(problem.rounds):
            at, home = self.at[number], problem.homes[number]
            tolls = [list(row) for row in each.costs]
            for person in each.here:
                self.clashes += each.clashes[person][at[person]]
                if home[person] != AWAY:
                    self.moves += at[person] != home[person]
                    tolls[person] = [
                        toll + (problem.prices.move if table != home[person] else 0)
                        for table, toll in enumerate(tolls[person])
                    ]
                for other, price in self._care(number, person):
                    tolls[other][at[person]] += price
            self.tolls.append(tolls)

    def _care(self, number: int, person: int) -> Iterator[tuple[int, int]]:
        """Who minds where this person sits in a round, and how much: whom they meet in other rounds, and by bonds."""
        at, row, price = self.at[number], self.met[person], self.price
        table = at[person]
        others: set[int] = set()
        for second, seats in enumerate(self.seats):
            if second != number and self.at[second][person] != AWAY:
                others.update(seats[self.at[second][person]])
        others.discard(person)
        for other in others:
            where = at[other]
            if where != AWAY:
                yield other, price[row[other] - (where == table)]
        for other, bond in self.problem.rounds[number].bonds.get(person, {}).items():
            yield other, bond

    def _shift(self, number: int, person: int, to: int, values: frozenset[int]) -> None:
        at, tolls, seats = self.at[number], self.tolls[number], self.seats[number]
        table = at[person]
        for other, price in self._care(number, person):
            row = tolls[other]
            row[table] -= price
            row[to] += price
        seats[table].remove(person)
        self._remeet(number, person, seats[table], -1)
        self._remeet(number, person, seats[to], 1)
        seats[to].append(person)
        at[person] = to
        each, home = self.problem.rounds[number], self.problem.homes[number][person]
        self.clashes += each.clashes[person][to] - each.clashes[person][table]
        if home != AWAY:
            self.moves += (to != home) - (table != home)
        for value in values:
            self.counts[number][table][value] -= 1
            self.pairs += self.counts[number][to][value] - self.counts[number][table][value]
            self.counts[number][to][value] += 1
            self._mark(number, table, value)
            self._mark(number, to, value)

    def _remeet(self, number: int, one: int, others: Sequence[int], by: int) -> None:
        """One meets others once more or less in a round, which changes what they cost each other in all others."""
        price = self.price
        elsewhere = [
            (at, self.tolls[second], self.tolls[second][one], at[one])
            for second, at in enumerate(self.at)
            if second != number and at[one] != AWAY
        ]
        met, row = self.met, self.met[one]
        for other in others:
            before = row[other]
            row[other] = met[other][one] = before + by
            fewer = before if by > 0 else before - 1
            self.overlap += by * fewer
            self.thirds += by * (fewer > 1)
            apart = price[before + by] - price[before]
            for at, tolls, mine, here in elsewhere:
                there = at[other]
                if there == AWAY:
                    continue
                # At one table they have met once less elsewhere.
                change = price[before + by - 1] - price[before - 1] if here == there else apart
                mine[there] += change
                tolls[other][here] += change
