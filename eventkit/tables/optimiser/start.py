"""The first seats of a round: table sizes and places for everybody who is bound, so that no hard rule is broken. Pure.

Everybody else can be seated on the chairs that are left in any way.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from eventkit.tables.optimiser.demands import Block, blocks
from eventkit.tables.optimiser.levelling import levelled, sizes
from eventkit.tables.optimiser.search import BUDGET, Demands, Undecided, Window, search
from eventkit.tables.room import Room, Table, even_sizes

_SHORT = 1000
"""How many steps are worth it to make the tables' sizes more even."""


@dataclass(frozen=True)
class Start:
    """`sizes` in the order of the round's tables, as many as there are people; `places`: person_id → table."""

    sizes: list[int]
    places: Mapping[str, str]


def start(room: Room, number: int, rng: random.Random, held: Mapping[str, str] | None = None) -> Start | None:
    """Sizes and bound people's places for a round, None if there are none or none is found within the budget.

    The sizes of `even_sizes` come first; only where the rules do not allow them, the evenest that they allow. Other
    draws of `rng` give other places. Who is in `held` keeps that table, as a rule of the kind fixed would have it.
    Where there is a host there must be as many as tables.
    """
    tables, rules, people = room.tables_in(number), room.rules_in(number), room.people_in(number)
    here = {person.person_id for person in people}
    kept = {person: table for person, table in (held or {}).items() if person in here}
    demands = Demands(blocks(tables, rules, kept))
    hosts = sum(block.host for block in demands.blocks)
    needed = _needed(demands.blocks, tables)
    if hosts not in (0, len(tables)) or any(table.min_seats > table.max_seats for table in needed):
        return None
    places = _evenest(demands, needed, len(people), rng)
    if places is None:
        return None
    return Start(
        sizes=sizes(tables, places, len(people)),
        places={person: tables[index].table for person, index in places.items()},
    )


def _needed(bound: Sequence[Block], tables: Sequence[Table]) -> list[Table]:
    """The tables, none of them smaller than those need it who can sit nowhere else."""
    least, without_host = [0] * len(tables), {at for block in bound if block.host for at in range(len(tables))}
    for block in bound:
        if block.domain.bit_count() == 1:
            only = block.domain.bit_length() - 1
            least[only] += len(block.people)
            without_host -= {only} if block.host else set()
    for at in without_host:
        least[at] += 1
    return [replace(table, min_seats=max(table.min_seats, count)) for table, count in zip(tables, least, strict=True)]


def _evenest(demands: Demands, tables: Sequence[Table], people: int, rng: random.Random) -> dict[str, int] | None:
    """Places within the narrowest sizes that were found to do."""
    even = even_sizes(tables, people)
    try:
        exact = search(demands, Window(even, even, people), rng, _SHORT)
    except Undecided:
        exact = None
    if exact is not None:
        return exact
    widest = Window([table.min_seats for table in tables], [table.max_seats for table in tables], people)
    try:
        found = search(demands, widest, rng, BUDGET)
    except Undecided:
        return None
    if not found:
        return None
    return levelled(demands.blocks, tables, _tightened(demands, tables, people, rng, found), people)


def _tightened(
    demands: Demands, tables: Sequence[Table], people: int, rng: random.Random, found: dict[str, int]
) -> dict[str, int]:
    """The same within narrower sizes, as long as few steps find it. `found` keeps the rules with any sizes."""
    even = even_sizes(tables, people)
    level = max((size for size, table in zip(even, tables, strict=True) if size > table.min_seats), default=0)
    most = max(Counter(found.values()).values())
    for slack in range(max(most - level + 1, 1)):
        window = Window(_clamped(tables, level - 1 - slack), _clamped(tables, level + slack), people)
        try:
            narrower = search(demands, window, rng, _SHORT)
        except Undecided:
            continue
        if narrower is not None:
            return narrower
    return found


def _clamped(tables: Sequence[Table], size: int) -> list[int]:
    return [min(max(size, table.min_seats), table.max_seats) for table in tables]
