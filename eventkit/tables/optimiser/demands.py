"""What the hard rules of one round demand, as blocks of people who move as one; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eventkit.tables.room import Kind, Rule, Table


@dataclass(frozen=True)
class Block:
    """People who sit at one table. Bit t of `domain` is set if they may sit at table number t of the round.

    `apart`: the numbers of the blocks that sit at other tables than this one. `host`: one of them is a host.
    """

    people: tuple[str, ...]
    domain: int
    apart: frozenset[int] = frozenset()
    host: bool = False


def blocks(tables: Sequence[Table], rules: Sequence[Rule], held: Mapping[str, str]) -> list[Block]:
    """Everybody whom rules or places to keep bind, in the order in which they are first named.

    A block that contradicts itself (two hosts, or two people who sit apart) has an empty domain: no table will do.
    Two hosts sit apart. That every table needs one is not said here: it is a matter of how many there are.
    """
    groups = _together(rules, held)
    number = {person: index for index, group in enumerate(groups) for person in group}
    hosts = {rule.person_id for rule in rules if rule.kind == Kind.HOST}
    apart: list[set[int]] = [set() for _group in groups]
    for rule in rules:
        if rule.kind == Kind.APART:
            apart[number[rule.person_id]].add(number[rule.other_id])
            apart[number[rule.other_id]].add(number[rule.person_id])
    led = {number[person] for person in hosts}
    for index in led:
        apart[index] |= led - {index}
    domains = _domains(tables, rules, held, number)
    return [
        Block(
            people=tuple(group),
            domain=0 if index in apart[index] or len(hosts & group.keys()) > 1 else domains[index],
            apart=frozenset(apart[index] - {index}),
            host=index in led,
        )
        for index, group in enumerate(groups)
    ]


def cliques(found: Sequence[Block]) -> list[list[int]]:
    """Sets of three blocks or more that all sit apart from each other; together they hold most that sit apart.

    Each is grown greedily from a pair that no earlier set has.
    """
    grown: list[list[int]] = []
    covered: set[tuple[int, int]] = set()
    for first, block in enumerate(found):
        for second in sorted(block.apart):
            if second > first and (first, second) not in covered:
                clique = _clique(found, first, second)
                covered.update((one, other) for one in clique for other in clique)
                if len(clique) > 2:
                    grown.append(clique)
    return grown


def twins(found: Sequence[Block]) -> list[list[int]]:
    """For each block the others that can change places with it in any seating."""
    alike: dict[tuple[int, int, frozenset[int]], list[int]] = {}
    for index, block in enumerate(found):
        for apart in (block.apart, block.apart | {index}):
            alike.setdefault((len(block.people), block.domain, apart), []).append(index)
    others: list[list[int]] = [[] for _block in found]
    for group in alike.values():
        for index in group if len(group) > 1 else ():
            others[index] = [other for other in group if other != index]
    return others


def _together(rules: Sequence[Rule], held: Mapping[str, str]) -> list[dict[str, None]]:
    """Everybody who is named, by whom they sit with; who sits with whom is passed on from one to the next."""
    group_of: dict[str, dict[str, None]] = {}
    for rule in rules:
        for person in filter(None, (rule.person_id, rule.other_id)):
            group_of.setdefault(person, {person: None})
        if rule.kind == Kind.TOGETHER:
            one, other = group_of[rule.person_id], group_of[rule.other_id]
            if one is not other:
                one.update(other)
                group_of.update(dict.fromkeys(other, one))
    for person in held:
        group_of.setdefault(person, {person: None})
    return list({id(group): group for group in group_of.values()}.values())


def _domains(
    tables: Sequence[Table], rules: Sequence[Rule], held: Mapping[str, str], number: Mapping[str, int]
) -> list[int]:
    """The tables that rules about places leave to each block."""
    every = (1 << len(tables)) - 1
    bit = {table.table: 1 << index for index, table in enumerate(tables)}
    accessible = sum(bit[table.table] for table in tables if table.accessible)
    domains = [every] * (max(number.values(), default=-1) + 1)
    for rule in rules:
        if rule.kind == Kind.FIXED or (rule.kind == Kind.HOST and rule.table):
            domains[number[rule.person_id]] &= bit.get(rule.table, 0)
        elif rule.kind == Kind.BANNED:
            domains[number[rule.person_id]] &= ~bit.get(rule.table, 0)
        elif rule.kind == Kind.ACCESSIBLE:
            domains[number[rule.person_id]] &= accessible
    for person, table in held.items():
        domains[number[person]] &= bit.get(table, 0)
    return domains


def _clique(found: Sequence[Block], first: int, second: int) -> list[int]:
    clique = [first, second]
    common = found[first].apart & found[second].apart
    while common:
        # The one who leaves most candidates over: a large set proves more than several small ones.
        best = max(sorted(common), key=lambda index: len(common & found[index].apart))
        clique.append(best)
        common &= found[best].apart
    return clique
