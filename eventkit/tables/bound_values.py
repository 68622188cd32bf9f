"""How unevenly a value must be spread, whatever the plan: lower bounds of balance and pairs, with proofs. Pure."""

from collections import Counter
from collections.abc import Sequence

from eventkit.tables.bound_spread import least_pairs
from eventkit.tables.forced import Forced
from eventkit.tables.room import Room


def round_balance(room: Room, number: int, found: Forced, name: str) -> int:
    """0, or more where the rules put more people with one value at a table than are fair at any.

    Of N people c share a value. At a table of n, whether by c / T or by c · n / N, at most h = ⌈c · M / N⌉ of them are
    fair, where M is the most seats of a table, as N ≤ T · M. The excess Σ (x − h)⁺ over the tables is no less than
    Σ (k − h)⁺ over the clumps of k people with the value: (x + y − h)⁺ ≥ (x − h)⁺ + (y − h)⁺ for h ≥ 0.
    """
    people = len(room.people_in(number))
    most = max((table.max_seats for table in room.tables_in(number)), default=0)
    return sum(
        max(0, size - -(-len(sharing) * most // people))
        for sharing in _sharing(room, number, name)
        for size in _clumps(found, sharing)
    )


def round_pairs(room: Room, number: int, found: Forced, name: str) -> int:
    """The fewest pairs at a table with one value: for each value Σ C(x, 2) over tables of x people who have it.

    Of two proofs the larger holds. By chairs: each table has at most its chairs and those who may sit there; at least
    those who must, and what is left of its fewest seats when all who lack the value sit there. By clumps: the j
    largest clumps sit at j tables or fewer, so the j fullest tables hold at least as many people as these clumps.
    Filled up evenly from the sizes of the largest clumps, one a table, a seating is majorised by each that is possible,
    and no convex sum over it is more (Marshall, Olkin and Arnold, "Inequalities", 2011).
    """
    return sum(
        max(_by_chairs(room, number, found, sharing), _by_clumps(room, number, found, sharing))
        for sharing in _sharing(room, number, name)
    )


def _by_chairs(room: Room, number: int, found: Forced, sharing: Sequence[str]) -> int:
    others = len(room.people_in(number)) - len(sharing)
    domains = [found.domains[person_id] for person_id in sharing if person_id in found.domains]
    limits = []
    for table in room.tables_in(number):
        may = len(sharing) - sum(table.table not in domain for domain in domains)
        must = sum(domain == {table.table} for domain in domains)
        limits.append((max(must, table.min_seats - others), min(table.max_seats, may)))
    return least_pairs(len(sharing), tuple(limits), (len(sharing),))


def _by_clumps(room: Room, number: int, found: Forced, sharing: Sequence[str]) -> int:
    tables = len(room.tables_in(number))
    sizes = sorted(_clumps(found, sharing), reverse=True)[:tables] + [0] * tables
    return least_pairs(len(sharing), tuple((size, len(sharing)) for size in sizes[:tables]), (len(sharing),))


def _sharing(room: Room, number: int, name: str) -> list[list[str]]:
    """The people of a round by their value, without those who have none."""
    sharing: dict[str, list[str]] = {}
    for person in room.people_in(number):
        if name in person.attributes:
            sharing.setdefault(person.attributes[name], []).append(person.person_id)
    return list(sharing.values())


def _clumps(found: Forced, sharing: Sequence[str]) -> list[int]:
    """How many of these people sit at one table with each other, clump by clump."""
    return list(Counter(found.clump_of[person_id] for person_id in sharing).values())
