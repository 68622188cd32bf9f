"""What binds a person in a round, and what a seat at each other table would cost. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from eventkit.tables import cost_words
from eventkit.tables.breaches import Breach, Names, demanded
from eventkit.tables.room import Kind
from eventkit.tables.scoring import Measures
from eventkit.tables.sitting import Moves, Sitting


@dataclass(frozen=True)
class Cost:
    """A seat at another table, alone or in exchange for `other`, "" for nobody.

    `change`: what it changes in the measures of the whole day. `breaks`: the demands that it breaks. `sentence`: what
    gets worse, and what better, in words, as the end of "At Leven: …".
    """

    table: str
    other: str
    moves: Moves
    change: Measures
    breaks: Sequence[Breach]
    sentence: str


def binding(sitting: Sitting, person_id: str, names: Names) -> list[str]:
    """The rules that bind a person, the places they lead first, and the tables where a story is discussed they know."""
    first = (Kind.HOST, Kind.ACCESSIBLE)
    rules = sorted(sitting.demands.about(person_id), key=lambda rule: rule.kind not in first)
    told = [demanded(rule, names) for rule in rules]
    return told + [
        cost_words.knows(sitting, person_id, table, names)
        for table in sitting.tables
        if sitting.clashes(person_id, table)
    ]


def costs(sitting: Sitting, person_id: str, names: Names, pinned: Collection[str] = ()) -> list[Cost]:
    """For every other table what a seat there would cost: on a free chair if there is one, else in the best exchange.

    Nobody who is `pinned` is exchanged. Where nobody can be, it is a chair too many.
    """
    own = sitting.places.get(person_id, "")
    return [_best(sitting, person_id, table, names, pinned) for table in sitting.tables if table != own]


def cost(sitting: Sitting, person_id: str, table: str, other: str, names: Names) -> Cost:
    """What it costs to seat a person at a table, in exchange for `other` there, or for nobody if that is ""."""
    moves = {person_id: table}
    if other:
        moves[other] = sitting.places[person_id]
    change, breaks = sitting.change(moves), sitting.breaks(moves)
    return Cost(table, other, moves, change, breaks, cost_words.sentence(sitting, moves, change, breaks, names))


def _best(sitting: Sitting, person_id: str, table: str, names: Names, pinned: Collection[str]) -> Cost:
    others = [who for who in sitting.at[table] if who not in pinned]
    full = len(sitting.at[table]) >= sitting.tables[table].max_seats
    if not full or person_id not in sitting.places or not others:
        return cost(sitting, person_id, table, "", names)
    own = sitting.places[person_id]
    best = min(others, key=lambda other: _harm(sitting, sitting.change({person_id: table, other: own})))
    return cost(sitting, person_id, table, best, names)


def _harm(sitting: Sitting, change: Measures) -> tuple[int, ...]:
    """The order in which a seating counts its measures, the first before all that follow it."""
    weights = sitting.room.weights
    balance = sum(weights.get(name, 1) * off for name, off in change.balance.items())
    pairs = sum(change.pairs.values())
    return change.broken, change.clashes, balance, change.overlap + change.thirds, pairs
