"""Tables' sizes made as even as people who are bound to few tables allow, while everybody else stays; pure."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace

from eventkit.tables.optimiser.demands import Block
from eventkit.tables.optimiser.flow import bits
from eventkit.tables.room import Table, even_sizes


def sizes(tables: Sequence[Table], places: Mapping[str, int], people: int) -> list[int]:
    """The evenest sizes with these bound people, if all others sit anywhere."""
    taken = list(places.values())
    raised = [replace(table, min_seats=max(table.min_seats, taken.count(at))) for at, table in enumerate(tables)]
    return even_sizes(raised, people)


def levelled(
    blocks: Sequence[Block], tables: Sequence[Table], places: Mapping[str, int], people: int
) -> dict[str, int]:
    """The same places, but single people who sit apart from nobody moved in chains from larger tables to smaller.

    Sizes are at their evenest when no chain is left: the cost of sizes is convex, and a chain that lowers it is a
    cycle of negative cost in the flow of people to tables (Klein 1967).
    """
    level = dict(places)
    movable = {block.people[0]: block.domain for block in blocks if len(block.people) == 1 and not block.apart}
    movable = {person: domain for person, domain in movable.items() if domain.bit_count() > 1}
    counts = sizes(tables, level, people)
    while chain := _chain(movable, tables, level, counts):
        level.update(chain)
        counts = sizes(tables, level, people)
    return level


def _chain(
    movable: Mapping[str, int], tables: Sequence[Table], places: Mapping[str, int], counts: Sequence[int]
) -> dict[str, int]:
    """People and their new tables: the first table gives one to the last, which has two fewer or less; {} if none."""
    at: list[list[str]] = [[] for _table in tables]
    for person in movable:
        at[places[person]].append(person)
    taken = list(places.values())
    free = [count > taken.count(table) for table, count in enumerate(counts)]
    for first in sorted(range(len(tables)), key=lambda table: -counts[table]):
        if counts[first] == tables[first].min_seats:
            continue
        came: dict[int, tuple[int, str]] = {first: (first, "")}
        queue = deque([first])
        while queue:
            table = queue.popleft()
            if counts[table] + 2 <= counts[first] and counts[table] < tables[table].max_seats:
                return _moves(came, table)
            # Where somebody sits whom nothing binds, that person can leave to any table.
            ways = [("", (1 << len(tables)) - 1)] if free[table] else [(who, movable[who]) for who in at[table]]
            for who, domain in ways:
                for target in bits(domain):
                    if target not in came:
                        came[target] = (table, who)
                        queue.append(target)
    return {}


def _moves(came: Mapping[int, tuple[int, str]], last: int) -> dict[str, int]:
    moves: dict[str, int] = {}
    while came[last][0] != last:
        source, who = came[last]
        if who:
            moves[who] = last
        last = source
    return moves
