"""Why a round cannot be seated: the fewest rules and chairs that contradict each other, in words; pure."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from eventkit.tables.optimiser import conflict_words
from eventkit.tables.optimiser.demands import blocks
from eventkit.tables.optimiser.search import BUDGET, Demands, Undecided, Window, search
from eventkit.tables.room import Kind, Room, Rule

Item = TypeVar("Item")

_STEPS = 400
"""How many steps may be spent on whether the rules can be kept without one of them."""

_UNKNOWN = 12
"""After how many such questions without an answer no more are asked: the answer must come in seconds."""


@dataclass(frozen=True)
class Limit:
    """That a table has no more chairs than it has (`most`), or needs as many people as it does."""

    table: int
    most: bool


def contradictions(room: Room) -> Sequence[str]:
    """Sentences on the first round in which the hard rules cannot all be kept; none if they can in every round.

    The rules that are named cannot be kept together, and can if any one of them is dropped. Where a budget of steps
    ended before that was certain, the sentences say so; that the rules contradict each other is certain in any case.
    """
    for number in range(1, room.rounds + 1):
        sentences = _numbers(room, number) or _rules(room, number)
        if sentences:
            return sentences
    return []


def _numbers(room: Room, number: int) -> Sequence[str]:
    """What is wrong with how many there are of people, chairs and hosts, before any other rule."""
    tables, people = room.tables_in(number), len(room.people_in(number))
    most, fewest = sum(table.max_seats for table in tables), sum(table.min_seats for table in tables)
    if people > most:
        return conflict_words.too_many(number, people, most)
    if people < fewest:
        return conflict_words.too_few(number, people, fewest)
    rules = room.rules_in(number)
    hosts = list(dict.fromkeys(rule.person_id for rule in rules if rule.kind == Kind.HOST))
    if len(hosts) > len(tables):
        return conflict_words.hosts_too_many(number, hosts, len(tables))
    if hosts and len(hosts) < len(tables):
        hosting = [block.domain for block in blocks(tables, rules, {}) if block.host]
        without = [table.table for index, table in enumerate(tables) if 1 << index not in hosting]
        return conflict_words.hosts_missing(number, len(hosts), len(tables), without)
    return []


def _rules(room: Room, number: int) -> Sequence[str]:
    """What is wrong with the rules: the fewest of them with all limits, and the fewest limits with those."""
    rules, tables = room.rules_in(number), room.tables_in(number)
    limits = [Limit(index, most) for most in (True, False) for index in range(len(tables))]
    try:
        if _possible(room, number, rules, limits, BUDGET):
            return []
    except Undecided:
        return conflict_words.undecided(number)
    filter_ = _Filter(room, number)
    rules = filter_.fewest(rules, lambda some: filter_.contrary(some, limits))
    limits = filter_.fewest(limits, lambda some: filter_.contrary(rules, some))
    full = [tables[limit.table] for limit in limits if limit.most]
    empty = [tables[limit.table] for limit in limits if not limit.most]
    return conflict_words.contrary(room, number, rules, full, empty, certain=filter_.unknown == 0)


@dataclass
class _Filter:
    """What leaves out of a contradiction what it does not need; `unknown` counts the questions without an answer."""

    room: Room
    number: int
    unknown: int = 0

    def fewest(self, items: Sequence[Item], contrary: Callable[[Sequence[Item]], bool]) -> list[Item]:
        """Items that are contrary, of which none can be left out.

        A deletion filter (Chinneck and Dravnieks 1991) that tries to leave out many at once first. Its last turn tries
        each by itself; what was needed among more is needed among fewer.
        """
        kept = list(items)
        if contrary([]):
            return []
        size = len(kept)
        while size > 1:
            size = (size + 1) // 2
            at = 0
            while at < len(kept):
                fewer = kept[:at] + kept[at + size :]
                if contrary(fewer):
                    kept = fewer
                else:
                    at += size
        return kept

    def contrary(self, rules: Sequence[Rule], limits: Sequence[Limit]) -> bool:
        """Whether these provably cannot be kept together."""
        if self.unknown == _UNKNOWN:
            return False
        try:
            return not _possible(self.room, self.number, rules, limits, _STEPS)
        except Undecided:
            self.unknown += 1
            return False


def _possible(room: Room, number: int, rules: Sequence[Rule], limits: Sequence[Limit], budget: int) -> bool:
    """Whether a round can be seated under these rules and limits alone; Undecided is raised as `search` does."""
    tables = room.tables_in(number)
    people = len(room.people_in(number))
    kept = set(limits)
    low = [table.min_seats if Limit(index, most=False) in kept else 0 for index, table in enumerate(tables)]
    cap = [table.max_seats if Limit(index, most=True) in kept else people for index, table in enumerate(tables)]
    return search(Demands(blocks(tables, rules, {})), Window(low, cap, people), random.Random(0), budget) is not None
