"""Rooms of every kind by seed, each with a plan that keeps its rules, and plans that keep nothing."""

from collections import Counter
from collections.abc import Iterator
from random import Random

from eventkit.tables.room import Kind, Person, Room, Rule, Seats, Table

VALUES = ("Council", "Police", "NHS", "Ōtautahi")
CASES = ("v1", "v2", "v3")


def kept_room(
    rng: Random, most_people: int = 30, most_rounds: int = 4, most_tables: int = 6
) -> tuple[Room, dict[int, dict[str, str]]]:
    """A room and a plan that keeps every rule of it: the plan is drawn first, then rules that are true of it."""
    rounds = rng.randint(1, most_rounds)
    people = _people(rng, rng.randint(2, most_people), rounds)
    names = {number: _names(rng, min(most_tables, len(people))) for number in range(1, rounds + 1)}
    if rng.random() < 0.5:
        names = dict.fromkeys(names, names[1])
    plan = {
        number: {
            person.person_id: rng.choice(names[number])
            for person in people
            if not person.rounds or number in person.rounds
        }
        for number in names
    }
    if rng.random() < 0.5:
        plan = {number: _dealt(rng, seats, names[number]) for number, seats in plan.items()}
    tables = _tables(rng, names, plan)
    room = Room(people, tables, rounds)
    return Room(people, tables, rounds, [*_hosts(rng, room, plan), *_true_rules(rng, room, plan)]), plan


def wild_seats(rng: Random, room: Room, seats: Seats) -> Seats:
    """Some plan beside the room's own: people at wrong tables, at unknown ones, without a seat, or not there at all."""
    everybody = [person.person_id for person in room.people] + ["stranger"]
    tables = [table.table for table in room.tables] + ["nowhere"]
    found = {number: dict(places) for number, places in seats.items()}
    for _change in range(rng.randint(0, 2 * len(room.people))):
        places, person_id = found[rng.choice(list(found))], rng.choice(everybody)
        if rng.random() < 0.2:
            places.pop(person_id, None)
        else:
            places[person_id] = rng.choice(tables)
    return found


def wild_rules(rng: Random, room: Room) -> Room:
    """The same room with rules that nobody asked whether they can be kept."""
    rules = [_rule_of(rng, room) for _rule in range(rng.randint(0, 8))]
    return Room(room.people, room.tables, room.rounds, [*room.rules, *rules])


def _people(rng: Random, many: int, rounds: int) -> list[Person]:
    attributes = ("organisation", "sector", "role", "locality")[: rng.randint(0, 4)]
    partly = rng.choice((0, 0, 0.3))
    return [
        Person(
            f"p{number}",
            {name: rng.choice(VALUES) for name in attributes if rng.random() < 0.9},
            frozenset(rng.sample(range(1, rounds + 1), rng.randint(1, rounds)))
            if rng.random() < partly
            else frozenset(),
            frozenset(case for case in CASES if rng.random() < 0.2),
        )
        for number in range(many)
    ]


def _names(rng: Random, most: int) -> list[str]:
    return [f"t{number}" for number in range(rng.randint(1, most))]


def _dealt(rng: Random, seats: dict[str, str], names: list[str]) -> dict[str, str]:
    """The same people, as evenly as it goes."""
    people = rng.sample(list(seats), len(seats))
    return {person_id: names[place % len(names)] for place, person_id in enumerate(people)}


def _tables(rng: Random, names: dict[int, list[str]], plan: Seats) -> list[Table]:
    """The plan's tables with chairs for it; where all rounds have the same, sometimes one table for all of them."""
    shared = all(names[number] == names[1] for number in names) and rng.random() < 0.7
    found = []
    for number in [None] if shared else list(names):
        sizes = [Counter(plan[other].values()) for other in ([number] if number else list(names))]
        for name in names[number or 1]:
            fewest, most = min(size[name] for size in sizes), max(size[name] for size in sizes)
            cases = frozenset(case for case in CASES if rng.random() < 0.3)
            fewest, most = rng.randint(0, fewest) if rng.random() < 0.7 else fewest, most + rng.choice((0, 0, 1, 3))
            found.append(Table(name, fewest, max(1, most), rng.random() < 0.5, cases, number))
    return found


def _hosts(rng: Random, room: Room, plan: Seats) -> Iterator[Rule]:
    """In some rounds somebody at each table hosts it; a round with an empty table has no hosts."""
    for number, places in plan.items():
        names = {table.table for table in room.tables_in(number)}
        if rng.random() < 0.3 and names == set(places.values()):
            for name in sorted(names):
                host = rng.choice([person_id for person_id in places if places[person_id] == name])
                yield Rule(Kind.HOST, host, table=name if rng.random() < 0.3 else "", round=number)


def _true_rules(rng: Random, room: Room, plan: Seats) -> Iterator[Rule]:
    wanted = rng.choice((0, 4, 30))
    for _try in range(wanted):
        rule = _rule_of(rng, room)
        if rule.kind is not Kind.HOST and all(_true(room, rule, plan, number) for number in plan):
            yield rule


def _true(room: Room, rule: Rule, plan: Seats, number: int) -> bool:
    if rule not in Room(room.people, room.tables, room.rounds, [rule]).rules_in(number):
        return True
    at, other = plan[number][rule.person_id], plan[number].get(rule.other_id)
    return {
        Kind.FIXED: at == rule.table,
        Kind.BANNED: at != rule.table,
        Kind.TOGETHER: at == other,
        Kind.APART: at != other,
        Kind.ACCESSIBLE: any(table.table == at and table.accessible for table in room.tables_in(number)),
    }[rule.kind]


def _rule_of(rng: Random, room: Room) -> Rule:
    kind, number = rng.choice(list(Kind)), rng.choice((None, *range(1, room.rounds + 1)))
    person, other = rng.sample([person.person_id for person in room.people], 2)
    table = rng.choice([table.table for table in room.tables])
    if kind in (Kind.TOGETHER, Kind.APART):
        return Rule(kind, person, other, round=number)
    if kind in (Kind.FIXED, Kind.BANNED):
        return Rule(kind, person, table=table, round=number)
    return Rule(kind, person, table=rng.choice(("", table)) if kind is Kind.HOST else "", round=number)
