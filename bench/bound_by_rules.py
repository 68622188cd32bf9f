"""Rules of every kind for a room, all true of one plan that is drawn first: so there is a way to keep them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

from eventkit.tables.room import Kind, Person, Room, Rule, Table

Plan = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True)
class Wanted:
    """How many of each kind; `hosts_fixed`: whether each host has a table of their own all day."""

    pairs: int
    aparts: int
    bans: int
    fixed: int
    access: int
    partly: int
    hosts_fixed: bool


def with_rules(room: Room, wanted: Wanted, rng: Random) -> Room:
    """The room with hosts, interpreters, and all the rest; tables discuss two vignettes that some know too well."""
    chosen = [person.person_id for person in room.people]
    rng.shuffle(chosen)
    hosts = [chosen.pop() for _table in room.tables]
    pairs = [(chosen.pop(), chosen.pop()) for _pair in range(wanted.pairs)]
    access = [chosen.pop() for _need in range(wanted.access)]
    partly = [chosen.pop() for _guest in range(wanted.partly)]
    tables = _uneven(room.tables, rng)
    people = [_prepared(person, person.person_id in partly, room.rounds, rng) for person in room.people]
    bare = Room(_who_know(people, rng), tables, room.rounds)
    plan = {number: _drawn(bare, number, hosts, pairs, access, wanted, rng) for number in range(1, room.rounds + 1)}
    rules = [
        *(
            Rule(Kind.HOST, host, table=table.table if wanted.hosts_fixed else "")
            for host, table in zip(hosts, tables, strict=True)
        ),
        *(Rule(Kind.TOGETHER, one, other) for one, other in pairs),
        *(Rule(Kind.ACCESSIBLE, person_id) for person_id in access),
        *_aparts(chosen, plan, wanted.aparts, rng),
        *_bans(chosen, plan, tables, wanted.bans, rng),
        *_fixed(chosen, plan, wanted.fixed, rng),
    ]
    return replace(bare, rules=[replace(rule, row=row) for row, rule in enumerate(rules, 2)])


def _uneven(tables: Sequence[Table], rng: Random) -> list[Table]:
    """Every other table has a chair more, every third is accessible; each discusses two of six vignettes."""
    cases = [f"v{number}" for number in range(1, 7)]
    return [
        replace(
            table,
            max_seats=table.max_seats + place % 2,
            accessible=place % 3 == 0,
            vignettes=frozenset(rng.sample(cases, 2)),
        )
        for place, table in enumerate(tables)
    ]


def _prepared(person: Person, partly: bool, rounds: int, rng: Random) -> Person:
    """A person who leaves a cell blank now and then, and one in some who misses a round."""
    attributes = {name: value for name, value in person.attributes.items() if rng.random() < 0.97}
    there = frozenset(range(1, rounds + 1)) - {rng.randint(1, rounds)} if partly else frozenset()
    return replace(person, attributes=attributes, rounds=there)


def _who_know(people: Sequence[Person], rng: Random) -> list[Person]:
    """Each vignette is known by the people of one organisation that is not large, and by one in thirty besides."""
    sizes = Counter(person.attributes.get("organisation", "") for person in people)
    small = sorted(name for name in sizes if name and sizes[name] <= 4)
    knowing = {f"v{number}": rng.choice(small) for number in range(1, 7)}
    return [
        replace(
            person,
            knows=frozenset(
                case
                for case, organisation in knowing.items()
                if person.attributes.get("organisation") == organisation or rng.random() < 1 / 30
            ),
        )
        for person in people
    ]


def _drawn(
    room: Room,
    number: int,
    hosts: Sequence[str],
    pairs: Sequence[tuple[str, str]],
    access: Sequence[str],
    wanted: Wanted,
    rng: Random,
) -> dict[str, str]:
    """A plan of a round with a host at each table, pairs together, and access needs met; the rest as chance has it."""
    tables = [table.table for table in room.tables]
    places = dict(zip(hosts, tables if wanted.hosts_fixed else rng.sample(tables, len(tables)), strict=True))
    here = [person.person_id for person in room.people_in(number)]
    open_tables = [table.table for table in room.tables if table.accessible]
    for place, person_id in enumerate(access):
        places[person_id] = open_tables[place % len(open_tables)]
    for place, pair in enumerate(pairs):
        places |= dict.fromkeys(pair, tables[place % len(tables)])
    rest = [person_id for person_id in here if person_id not in places]
    rng.shuffle(rest)
    for person_id in rest:
        filled = Counter(places.values())
        places[person_id] = min(tables, key=filled.__getitem__)
    return places


def _aparts(people: Sequence[str], plan: Plan, many: int, rng: Random) -> Iterator[Rule]:
    strangers = [
        pair
        for pair in pairwise(rng.sample(people, len(people)))
        if all(places.get(pair[0], "") != places.get(pair[1], "-") for places in plan.values())
    ]
    for one, other in strangers[:many]:
        yield Rule(Kind.APART, one, other)


def _bans(people: Sequence[str], plan: Plan, tables: Sequence[Table], many: int, rng: Random) -> Iterator[Rule]:
    for person_id in rng.sample(people, many):
        free = [table.table for table in tables if all(table.table != at.get(person_id) for at in plan.values())]
        yield Rule(Kind.BANNED, person_id, table=rng.choice(free))


def _fixed(people: Sequence[str], plan: Plan, many: int, rng: Random) -> Iterator[Rule]:
    for person_id in rng.sample(people, many):
        number = rng.choice([number for number in plan if person_id in plan[number]])
        yield Rule(Kind.FIXED, person_id, table=plan[number][person_id], round=number)
