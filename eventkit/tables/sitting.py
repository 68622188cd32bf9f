"""One round's people at its tables, with what is counted of them, so that a move's cost is a difference. Pure.

Counting everything anew for each of a person's moves would take seconds; `change` looks at the two tables only. It is
the difference that `scoring.score` finds between the plans before and after.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from eventkit.tables import scoring
from eventkit.tables.breaches import Breach, Demands
from eventkit.tables.room import Room, Seats
from eventkit.tables.scoring import Measures

Moves = Mapping[str, str]
"""Where people of a round are to sit: person_id → table."""


class Sitting:
    """A round as it is. `newcomer`: somebody without a seat who is to get one, "" for nobody."""

    def __init__(self, room: Room, seats: Seats, number: int, newcomer: str = "") -> None:
        self.room, self.number, self.newcomer = room, number, newcomer
        self.demands = Demands(room, number)
        self.people = {person.person_id: person for person in room.people_in(number)}
        self.tables = self.demands.tables
        sitting = scoring.at_tables(room, number, seats.get(number, {}))
        self.at = {table: [person.person_id for person in people] for table, people in sitting.items()}
        self.places = {person_id: table for table, people in self.at.items() for person_id in people}
        self.met = _meetings(room, seats)
        # A newcomer counts in the shares that are fair once they sit.
        self.counted = [*self.places, *([newcomer] if newcomer in self.people.keys() - self.places.keys() else [])]
        self._values = {
            name: {table: self._value_counts(name, self.at[table]) for table in self.at} for name in self._names
        }
        self.totals = {name: self._value_counts(name, self.counted) for name in self._names}
        self._off = {
            (name, even): {table: self.off(name, table, self._values[name][table], even=even) for table in self.at}
            for name in self._names
            for even in (True, False)
        }
        self.balance = self._balance_now(seats)

    def change(self, moves: Moves) -> Measures:
        """What the moves of people change in the measures of the whole day; `moves` counts them."""
        touched = self.touched(moves)
        return Measures(
            broken=sum(one.count for one in self._breaches(moves, after=True))
            - sum(one.count for one in self._breaches(moves, after=False)),
            clashes=sum(
                self.clashes(who, to) - self.clashes(who, self.places.get(who, "")) for who, to in moves.items()
            ),
            balance={name: self._balance_after(name, touched) - self.balance[name] for name in self._names},
            pairs={name: self._pairs_change(name, touched) for name in self._names},
            **self._meetings_change(moves, touched),
            moves=sum(who in self.places and self.places[who] != to for who, to in moves.items()),
        )

    def touched(self, moves: Moves) -> dict[str, list[str]]:
        """The tables that moves change, each with its people after them."""
        tables = {*moves.values(), *(self.places[who] for who in moves if who in self.places)}
        return {
            table: [who for who in self.at[table] if who not in moves]
            + [who for who, to in moves.items() if to == table]
            for table in self.at
            if table in tables
        }

    def breaks(self, moves: Moves) -> list[Breach]:
        """What is not kept after the moves, and was kept before or was broken less."""
        before = {self._subject(one): one.count for one in self._breaches(moves, after=False)}
        return [one for one in self._breaches(moves, after=True) if one.count > before.get(self._subject(one), 0)]

    def clashes(self, person_id: str, table: str) -> int:
        """How many vignettes of a table a person knows too well."""
        return len(self.people[person_id].knows & self.tables[table].vignettes) if table in self.tables else 0

    def fair(self, name: str, value: str, size: int, *, even: bool) -> tuple[int, int]:
        """The fewest and the most people with a value that fairly sit at a table of this size (`scoring.fair`)."""
        count, everybody = self.totals[name][value], len(self.counted)
        shares, of = (count, len(self.at)) if even else (count * size, everybody or 1)
        return shares // of, -(-shares // of)

    def even(self, touched: Mapping[str, Sequence[str]]) -> bool:
        """Whether the tables' sizes differ by one at most once these tables have these people."""
        sizes = [len(touched.get(table, people)) for table, people in self.at.items()]
        return max(sizes, default=0) - min(sizes, default=0) <= 1

    def off(self, name: str, table: str, values: Mapping[str, int], *, even: bool, size: int | None = None) -> int:
        """By how many people the values at a table are outside their fair ranges."""
        count, everybody = len(self.at[table]) if size is None else size, len(self.counted)
        found = 0
        for value, total in self.totals[name].items():
            shares, of = (total, len(self.at)) if even else (total * count, everybody or 1)
            here, fewest = values.get(value, 0), shares // of
            if here < fewest:
                found += fewest - here
            elif here > fewest:
                found += max(0, here + shares // -of)
        return found

    def value(self, person_id: str, name: str) -> str:
        """A person's value of an attribute, "" if it is not given."""
        return self.people[person_id].attributes.get(name, "")

    @property
    def _names(self) -> Sequence[str]:
        return self.room.attributes

    def _value_counts(self, name: str, people: Iterable[str]) -> Counter[str]:
        return Counter(value for who in people if (value := self.value(who, name)))

    def _balance_now(self, seats: Seats) -> Mapping[str, int]:
        """Of those who sit: a newcomer does not count yet."""
        if len(self.counted) > len(self.places):
            return Sitting(self.room, seats, self.number).balance
        even = self.even({})
        return {name: sum(self._off[name, even].values()) for name in self._names}

    def _balance_after(self, name: str, touched: Mapping[str, Sequence[str]]) -> int:
        even = self.even(touched)
        rest = sum(off for table, off in self._off[name, even].items() if table not in touched)
        return rest + sum(
            self.off(name, table, self._value_counts(name, people), even=even, size=len(people))
            for table, people in touched.items()
        )

    def _pairs_change(self, name: str, touched: Mapping[str, Sequence[str]]) -> int:
        before = sum(_pairs(self._values[name][table]) for table in touched)
        return sum(_pairs(self._value_counts(name, people)) for people in touched.values()) - before

    def _breaches(self, moves: Moves, *, after: bool) -> list[Breach]:
        touched = self.touched(moves)
        places = {**self.places, **moves} if after else self.places
        sitting = touched if after else {table: self.at[table] for table in touched}
        return [*self.demands.of_people(list(moves), places), *self.demands.of_tables(sitting)]

    def _subject(self, breach: Breach) -> tuple[object, ...]:
        return breach.demand, breach.rule, breach.table, breach.person_id

    def _meetings_change(self, moves: Moves, touched: Mapping[str, Sequence[str]]) -> Mapping[str, int]:
        """Of a pair that meets m times: m − 1 repeats, C(m, 2) of overlap, and a third meeting if m is 3 or more."""
        repeats = overlap = thirds = 0
        for pair in _of_movers(moves, touched.values()) - _of_movers(moves, (self.at[table] for table in touched)):
            often = self.met[pair]
            repeats, overlap, thirds = repeats + (often > 0), overlap + often, thirds + (often == 2)
        for pair in _of_movers(moves, (self.at[table] for table in touched)) - _of_movers(moves, touched.values()):
            often = self.met[pair]
            repeats, overlap, thirds = repeats - (often > 1), overlap - (often - 1), thirds - (often == 3)
        return {"repeats": repeats, "overlap": overlap, "thirds": thirds}


def _meetings(room: Room, seats: Seats) -> Counter[scoring.Pair]:
    met: Counter[scoring.Pair] = Counter()
    for number in range(1, room.rounds + 1):
        for people in scoring.at_tables(room, number, seats.get(number, {})).values():
            met.update(combinations(sorted(person.person_id for person in people), 2))
    return met


def _of_movers(moves: Moves, tables: Iterable[Sequence[str]]) -> set[scoring.Pair]:
    """The pairs at these tables of which one or both are moved."""
    return {
        (min(who, other), max(who, other))
        for people in tables
        for who in people
        if who in moves
        for other in people
        if other != who
    }


def _pairs(values: Mapping[str, int]) -> int:
    return sum(count * (count - 1) // 2 for count in values.values())
