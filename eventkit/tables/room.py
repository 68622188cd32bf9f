"""What there is to seat, as plain values: people, tables, rules, and who sits where. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

Seats = Mapping[int, Mapping[str, str]]
"""Who sits where: round → person_id → table. Rounds count from 1; who is away in a round is not in it."""


class Kind(StrEnum):
    """What a rule of seating demands."""

    FIXED = "fixed"
    BANNED = "banned"
    TOGETHER = "together"
    APART = "apart"
    HOST = "host"
    ACCESSIBLE = "accessible"


@dataclass(frozen=True)
class Person:
    """Somebody to seat. An attribute that is not given is left out: it is no value that people share.

    `rounds`: those that the person is there for, none for all. `knows`: the vignettes that the person knows too well.
    """

    person_id: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    rounds: frozenset[int] = frozenset()
    knows: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Table:
    """A table and its chairs, in one round, or in all where `round` is None."""

    table: str
    min_seats: int
    max_seats: int
    accessible: bool = False
    vignettes: frozenset[str] = frozenset()
    round: int | None = None


@dataclass(frozen=True)
class Rule:
    """One demand, in one round, or in all where `round` is None. `row` is its row in the file, 0 for none."""

    kind: Kind
    person_id: str
    other_id: str = ""
    table: str = ""
    round: int | None = None
    row: int = 0


@dataclass(frozen=True)
class Room:
    """Everything that a seating depends on. `weights`: how much an attribute's balance counts, 1 where not named."""

    people: Sequence[Person]
    tables: Sequence[Table]
    rounds: int = 1
    rules: Sequence[Rule] = ()
    weights: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def attributes(self) -> Sequence[str]:
        """The names of what is balanced, in the order in which people first have them."""
        return list(dict.fromkeys(name for person in self.people for name in person.attributes))

    def people_in(self, number: int) -> Sequence[Person]:
        """Who is there in a round."""
        return [person for person in self.people if not person.rounds or number in person.rounds]

    def tables_in(self, number: int) -> Sequence[Table]:
        """The tables of a round."""
        return [table for table in self.tables if table.round in (None, number)]

    def rules_in(self, number: int) -> Sequence[Rule]:
        """The rules that hold in a round, for people who are there."""
        here = {person.person_id for person in self.people_in(number)}
        return [
            rule
            for rule in self.rules
            if rule.round in (None, number) and rule.person_id in here and (not rule.other_id or rule.other_id in here)
        ]


def even_sizes(tables: Sequence[Table], people: int) -> list[int]:
    """How many people sit at each table if they are spread as evenly as the chairs allow.

    Filled from the lowest, so every convex cost of the sizes is at its least. Where there are too few chairs or too
    many, tables are left at their most or fewest, and the sum is not `people`.
    """
    sizes = [table.min_seats for table in tables]
    for _person in range(people - sum(sizes)):
        open_tables = [index for index, table in enumerate(tables) if sizes[index] < table.max_seats]
        if not open_tables:
            break
        sizes[min(open_tables, key=sizes.__getitem__)] += 1
    return sizes
