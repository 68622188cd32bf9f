"""A seating as bits of large numbers, in which an exchange is cheap both to weigh and to make. Pure.

`Plan` keeps tolls of all rounds, which makes an exchange dear; where many attributes cross over many rounds most
exchanges lead nowhere in particular, and thousands have to be made. Here nothing is kept of other rounds but who has
met whom how often. It knows balance and overlap only: rules bind nobody, and the tables of a round are even.
"""

from collections.abc import Sequence

from eventkit.tables.optimiser.problem import Problem, fair


class Masks:
    """Who sits where, `at[round][person]`, and `balance` by weight and `overlap` as they were counted at first.

    Who makes an exchange has weighed it, and adds to both what it changes. `met[one]` has a bit for each person and
    number of meetings up to theirs, `seated[round][table]` for each number and who sits there: as many are in both as
    meetings would be repeats. `fairness[round][table]` has four bits for a value (more by its weight): whether one less
    costs, one more costs, one less does not gain, one more does not gain.
    """

    def __init__(self, problem: Problem, at: Sequence[Sequence[int]]) -> None:
        self.problem = problem
        self.at = [list(row) for row in at]
        self.own = [frozenset(filter(None, row)) for row in problem.values]
        self.balance = self.overlap = 0
        self._differ()
        self._count()
        self._meet()

    def exchange(self, number: int, one: int, other: int) -> None:
        """Two people exchange their seats in a round."""
        at, tables, seated = self.at[number], self.tables[number], self.seated[number]
        here, there = at[one], at[other]
        tables[here].remove(one)
        tables[there].remove(other)
        self._remeet(one, other, tables[here])
        self._remeet(other, one, tables[there])
        tables[here].append(other)
        tables[there].append(one)
        at[one], at[other] = there, here
        change = self.person[one] ^ self.person[other]
        seated[here] ^= change
        seated[there] ^= change
        for value in self.own[one] - self.own[other]:
            self._recount(number, value, here, there)
        for value in self.own[other] - self.own[one]:
            self._recount(number, value, there, here)

    def restore(self, number: int, seats: Sequence[int]) -> None:
        """Gives people the seats in a round that they once had; the sums are left to who knows them."""
        at, here = self.at[number], self.problem.rounds[number].here
        for person in here:
            if at[person] != seats[person]:
                sitting = self.tables[number][seats[person]]
                self.exchange(number, person, next(other for other in sitting if seats[other] != seats[person]))

    def off(self, number: int) -> list[tuple[int, int, bool]]:
        """Value and table where too many or too few sit in a round; whether too many."""
        found = []
        for value, (low, high) in enumerate(self.fair[number][1:], 1):
            for table, counts in enumerate(self.counts[number]):
                if not low <= counts[value] <= high:
                    found.append((value, table, counts[value] > high))
        return found

    def _differ(self) -> None:
        marks, width = [0], 0
        for weight in self.problem.weights[1:]:
            marks.append(((1 << weight) - 1) << width)
            width += weight
        self.marks, self.width = marks, width
        whole = [sum(marks[value] for value in own) for own in self.own]
        # By person and person, what the first takes from a table and the second brings, once to cost and once to gain.
        self.differing = [[_differing(mine, theirs, width) for theirs in whole] for mine in whole]

    def _count(self) -> None:
        size, rounds = len(self.problem.weights), self.problem.rounds
        self.tables: list[list[list[int]]] = [[[] for _table in each.tables] for each in rounds]
        self.counts = [[[0] * size for _table in each.tables] for each in rounds]
        self.fair: list[list[tuple[int, int]]] = []
        self.sizes: list[list[int]] = []
        self.by_count: list[list[list[int]]] = []
        for number, each in enumerate(rounds):
            for person in each.here:
                table = self.at[number][person]
                self.tables[number][table].append(person)
                for value in self.own[person]:
                    self.counts[number][table][value] += 1
            sizes = [len(people) for people in self.tables[number]]
            self.sizes.append(sizes)
            self.fair.append([fair(count, sizes, 0) for count in each.values])
            self.by_count.append([self._by_count(number, value, max(sizes)) for value in range(size)])
        self.fairness = [
            [sum(of[count] for of, count in zip(self.by_count[number], counts, strict=True)) for counts in tables]
            for number, tables in enumerate(self.counts)
        ]

    def _by_count(self, number: int, value: int, most: int) -> list[int]:
        """The bits of a value at a table, by how many there have it; sums up at the same time how unfair that is."""
        (low, high), mark, width = self.fair[number][value], self.marks[value], self.width
        if value:
            for counts in self.counts[number]:
                self.balance += self.problem.weights[value] * max(0, low - counts[value], counts[value] - high)
        return [
            (mark if count <= low else 0)
            | (mark << width if count >= high else 0)
            | (mark << 2 * width if count <= high else 0)
            | (mark << 3 * width if count >= low else 0)
            for count in range(most + 1)
        ]

    def _meet(self) -> None:
        people, rounds = len(self.problem.people), len(self.at)
        # By number of meetings and person.
        self.bit = [[1 << people * many + person for person in range(people)] for many in range(rounds)]
        self.person = [sum(row[person] for row in self.bit) for person in range(people)]
        self.often = [bytearray(people) for _person in range(people)]
        self.met = [0] * people
        for tables in self.tables:
            for sitting in tables:
                for one in sitting:
                    for other in sitting:
                        if one != other:
                            self.met[one] |= self.bit[self.often[one][other]][other]
                            self.overlap += self.often[one][other]
                            self.often[one][other] += 1
        self.overlap //= 2
        self.seated = [[sum(self.person[one] for one in sitting) for sitting in tables] for tables in self.tables]

    def _remeet(self, leaves: int, comes: int, others: Sequence[int]) -> None:
        """One leaves a table and another comes: others there have met the one once less, the other once more."""
        often, met, bit = self.often, self.met, self.bit
        less, more, left, come = often[leaves], often[comes], met[leaves], met[comes]
        for other in others:
            row, before, after = often[other], less[other] - 1, more[other]
            less[other] = row[leaves] = before
            more[other] = row[comes] = after + 1
            left ^= bit[before][other]
            come ^= bit[after][other]
            met[other] ^= bit[before][leaves] | bit[after][comes]
        met[leaves], met[comes] = left, come

    def _recount(self, number: int, value: int, here: int, there: int) -> None:
        """Somebody with a value went from here to there."""
        fairness, of = self.fairness[number], self.by_count[number][value]
        counts = self.counts[number]
        count_here, count_there = counts[here][value], counts[there][value]
        fairness[here] ^= of[count_here] ^ of[count_here - 1]
        fairness[there] ^= of[count_there] ^ of[count_there + 1]
        counts[here][value], counts[there][value] = count_here - 1, count_there + 1


def _differing(mine: int, theirs: int, width: int) -> int:
    both = mine & ~theirs | (theirs & ~mine) << width
    return both | both << 2 * width
