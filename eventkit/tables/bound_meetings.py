"""How often people must meet again, whatever the plan: lower bounds of repeats, overlap and thirds, with proofs. Pure.

Source: "Background: table assignment", section 2, meetings (a) to (c). The bounds hold for every plan that keeps the
hard rules, whatever sizes within their limits it gives the tables.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from eventkit.tables.bound_spread import Limits, least_pairs
from eventkit.tables.forced import Forced
from eventkit.tables.room import Room, Table, even_sizes


@dataclass(frozen=True)
class MetAgain:
    """Lower bounds of a round, or of the day."""

    repeats: int
    overlap: int
    thirds: int


def round_meetings(room: Room, forced: Mapping[int, Forced]) -> dict[int, MetAgain]:
    """Lower bounds of each round against the rounds before it.

    Overlap counts a pair once for each earlier round in which it met, so it is the sum over the earlier rounds of the
    pairs that both have; each is at least what `_shared` proves, and at least the pairs that the rules force on both.
    Repeats count such a pair once, so they are no fewer than the pairs that any one earlier round has in common with
    this one, and no fewer than the pairs forced here and in some earlier round. Thirds: the pairs forced here and in
    at least two earlier rounds.
    """
    met = {number: forced[number].met() for number in forced}
    found = {}
    for number in forced:
        earlier = [other for other in forced if other < number]
        shared = [_shared(room, other, number) for other in earlier]
        again = Counter(pair for other in earlier for pair in met[other] & met[number])
        found[number] = MetAgain(
            repeats=max([len(again), *shared]),
            overlap=sum(
                max(least, len(met[other] & met[number])) for other, least in zip(earlier, shared, strict=True)
            ),
            thirds=sum(times >= 2 for times in again.values()),
        )
    return found


def day_meetings(room: Room, forced: Mapping[int, Forced]) -> MetAgain:
    """Lower bounds of all rounds together, from there being only so many pairs of people.

    Each table of n people makes C(n, 2) meetings; that is convex in n, so even sizes make the fewest: at least
    `meetings` in all. They fall on pairs of which each meets between `least` (rounds in which the rules force it) and
    `most` times (rounds that both are there for and no rule bars). A pair's j-th meeting adds j − 1 to Σ C(m, 2) and
    one to Σ (m − 1)⁺ from the second on: neither falls with j, so nothing is cheaper than to hand out all first
    meetings, then all second ones, and so on. Thirds: pairs that meet at most twice hold at most min(most, 2) meetings
    each; for the rest, those with the largest `most` become thirds first, as they hold the most.
    """
    meetings = sum(
        size * (size - 1) // 2
        for number in forced
        for size in even_sizes(room.tables_in(number), len(room.people_in(number)))
    )
    kinds = _kinds(room, forced)
    left = meetings - sum(least * many for (least, _most), many in kinds.items())
    repeats = sum(max(0, least - 1) * many for (least, _most), many in kinds.items())
    overlap = sum(least * (least - 1) // 2 * many for (least, _most), many in kinds.items())
    for before in range(room.rounds):
        taken = min(max(0, left), sum(many for (least, most), many in kinds.items() if least <= before < most))
        left, repeats, overlap = left - taken, repeats + taken * (before > 0), overlap + taken * before
    return MetAgain(repeats, overlap, _thirds(kinds, meetings))


def _thirds(kinds: Mapping[Limits, int], meetings: int) -> int:
    """The fewest pairs that must meet three times or more."""
    thirds = sum(many for (least, _most), many in kinds.items() if least >= 3)
    held = sum((most if least >= 3 else min(most, 2)) * many for (least, most), many in kinds.items())
    for (least, most), many in sorted(kinds.items(), key=lambda kind: -kind[0][1]):
        if least < 3 <= most and held < meetings:
            wanted = min(many, -(-(meetings - held) // (most - 2)))
            thirds, held = thirds + wanted, held + wanted * (most - 2)
    return thirds


def _kinds(room: Room, forced: Mapping[int, Forced]) -> Counter[Limits]:
    """How many pairs of people meet at least and at most so often."""
    present = {number: {person.person_id for person in room.people_in(number)} for number in forced}
    days = {
        person.person_id: frozenset(number for number in forced if person.person_id in present[number])
        for person in room.people
    }
    groups = Counter(days.values())
    kinds: Counter[Limits] = Counter()
    for one, other in combinations(groups, 2):
        kinds[0, len(one & other)] += groups[one] * groups[other]
    for one, many in groups.items():
        kinds[0, len(one)] += many * (many - 1) // 2
    met = Counter(pair for found in forced.values() for pair in found.met())
    barred = Counter(pair for found in forced.values() for pair in found.barred)
    for pair in met.keys() | barred.keys():
        together = len(days[pair[0]] & days[pair[1]])
        kinds[0, together] -= 1
        kinds[met[pair], max(met[pair], together - barred[pair])] += 1
    return kinds


def _shared(room: Room, one: int, other: int) -> int:
    """The fewest pairs that sit at one table in both of two rounds.

    The people who are there for both form a table of counts, a row for each table of the one round and a column for
    each of the other; a cell of x people has C(x, 2) such pairs. Rows and columns each prove a least sum; the larger
    holds. 42 people at 4 and 4 tables: 16 cells, 36 pairs.
    """
    first, second = room.people_in(one), room.people_in(other)
    both = len({person.person_id for person in first} & {person.person_id for person in second})
    rows = _limits(room.tables_in(one), len(first) - both), tuple(table.max_seats for table in room.tables_in(other))
    columns = (
        _limits(room.tables_in(other), len(second) - both),
        tuple(table.max_seats for table in room.tables_in(one)),
    )
    return max(least_pairs(both, *rows), least_pairs(both, *columns))


def _limits(tables: Sequence[Table], away: int) -> tuple[Limits, ...]:
    """How many of those who are there for both rounds sit at each table; `away` of the round's people are not."""
    return tuple((max(0, table.min_seats - away), table.max_seats) for table in tables)
