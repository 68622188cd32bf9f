"""What the hard rules of a round leave no choice about: who may sit where, who must meet, who never can. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from eventkit.tables.room import Kind, Room, Rule

Pair = tuple[str, str]
"""Two person_ids, the smaller first."""


@dataclass(frozen=True)
class Forced:
    """What is true of a round in every plan that keeps the hard rules.

    clumps: the people of the round, parted into groups that each sit at one table.
    domains: the tables at which a person may sit, for whom they are not all; none where the rules contradict.
    hosts: who hosts; no two of them sit at one table.
    barred: pairs that never sit at one table.
    """

    clumps: Sequence[Sequence[str]]
    domains: Mapping[str, frozenset[str]]
    hosts: frozenset[str]
    barred: frozenset[Pair]

    @cached_property
    def clump_of(self) -> Mapping[str, int]:
        """The place of each person's clump in `clumps`."""
        return {person_id: place for place, clump in enumerate(self.clumps) for person_id in clump}

    def met(self) -> set[Pair]:
        """The pairs that meet in every plan: those within a clump."""
        return {pair for clump in self.clumps for pair in pairs(clump)}


def forced(room: Room, number: int) -> Forced:
    """Follows the rules of a round: people kept together share their tables, and one table is one clump."""
    rules, people = room.rules_in(number), [person.person_id for person in room.people_in(number)]
    tables = [table.table for table in room.tables_in(number)]
    accessible = frozenset(table.table for table in room.tables_in(number) if table.accessible)
    together = _joined(people, ((rule.person_id, rule.other_id) for rule in rules if rule.kind is Kind.TOGETHER))
    domains = _domains(together, _allowed(rules, frozenset(tables), accessible), frozenset(tables))
    seated: dict[frozenset[str], str] = {}
    same = [
        (seated.setdefault(domain, person_id), person_id) for person_id, domain in domains.items() if len(domain) == 1
    ]
    same += [(clump[0], person_id) for clump in together for person_id in clump]
    hosts = frozenset(rule.person_id for rule in rules if rule.kind is Kind.HOST)
    apart = {_pair(rule.person_id, rule.other_id) for rule in rules if rule.kind is Kind.APART}
    return Forced(_joined(people, same), domains, hosts, frozenset(apart | pairs(hosts)))


def pairs(people: Iterable[str]) -> set[Pair]:
    """All pairs of these people."""
    return {_pair(one, other) for one, other in combinations(people, 2)}


def _allowed(rules: Iterable[Rule], tables: frozenset[str], accessible: frozenset[str]) -> dict[str, frozenset[str]]:
    allowed: defaultdict[str, frozenset[str]] = defaultdict(lambda: tables)
    for rule in rules:
        match rule.kind:
            case Kind.BANNED:
                allowed[rule.person_id] -= {rule.table}
            case Kind.ACCESSIBLE:
                allowed[rule.person_id] &= accessible
            case Kind.FIXED | Kind.HOST if rule.table:
                allowed[rule.person_id] &= {rule.table}
    return allowed


def _domains(
    clumps: Iterable[Sequence[str]], allowed: Mapping[str, frozenset[str]], tables: frozenset[str]
) -> dict[str, frozenset[str]]:
    """Who sits together may only sit where all of them may."""
    domains: dict[str, frozenset[str]] = {}
    for clump in clumps:
        shared = tables.intersection(*(allowed[person_id] for person_id in clump if person_id in allowed))
        if shared != tables:
            domains |= dict.fromkeys(clump, shared)
    return domains


def _joined(people: Sequence[str], links: Iterable[Pair]) -> list[list[str]]:
    """The people parted into groups, so that linked ones are in one group."""
    group = {person_id: [person_id] for person_id in people}
    for one, other in links:
        if group[one] is not group[other]:
            merged = group[one] + group[other]
            group |= dict.fromkeys(merged, merged)
    return list({id(members): members for members in group.values()}.values())


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)
