"""Where a round can begin: bound people at tables so that no hard rule is broken, or the proof that it cannot."""

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pytest

from eventkit.tables.optimiser.demands import Block
from eventkit.tables.optimiser.flow import Flow
from eventkit.tables.optimiser.levelling import levelled, sizes
from eventkit.tables.optimiser.start import Start, start
from eventkit.tables.room import Kind, Person, Room, Rule, Table, even_sizes

Held = Mapping[str, str]


def room(people: int, tables: Sequence[Table], *rules: Rule) -> Room:
    return Room([Person(f"p{index}") for index in range(people)], tables, 2, rules)


def tables(count: int, most: int, accessible: int = 0) -> list[Table]:
    return [Table(f"t{index}", 0, most, index < accessible) for index in range(count)]


def begun(asked: Room, held: Held | None = None, number: int = 1, seed: int = 0) -> Start:
    """A start, which keeps every rule however the chairs that are left are filled."""
    found = start(asked, number, random.Random(seed), held)
    assert found is not None
    seats = filled(asked, number, found, random.Random(seed))
    assert list(broken(asked, number, found.sizes, seats, held or {})) == []
    return found


def filled(asked: Room, number: int, found: Start, rng: random.Random) -> dict[str, str]:
    taken = list(found.places.values())
    chairs = [
        table.table
        for table, size in zip(asked.tables_in(number), found.sizes, strict=True)
        for _chair in range(size - taken.count(table.table))
    ]
    rng.shuffle(chairs)
    free = [person.person_id for person in asked.people_in(number) if person.person_id not in found.places]
    return {**found.places, **dict(zip(free, chairs, strict=True))}


def broken(asked: Room, number: int, sizes: Sequence[int], seats: Mapping[str, str], held: Held) -> Iterator[str]:
    """What a plain look finds wrong: no code of the search is used here."""
    there = asked.tables_in(number)
    for table, size in zip(there, sizes, strict=True):
        if not table.min_seats <= size <= table.max_seats or list(seats.values()).count(table.table) != size:
            yield f"size of {table.table}"
    if set(seats) != {person.person_id for person in asked.people_in(number)}:
        yield "people"
    yield from (f"{person} moved" for person, table in held.items() if seats.get(person, table) != table)
    hosts = set()
    for rule in asked.rules_in(number):
        here, other = seats[rule.person_id], seats.get(rule.other_id)
        hosts |= {rule.person_id} if rule.kind == Kind.HOST else set()
        kept = {
            Kind.FIXED: here == rule.table,
            Kind.BANNED: here != rule.table,
            Kind.TOGETHER: here == other,
            Kind.APART: here != other,
            Kind.HOST: rule.table in ("", here),
            Kind.ACCESSIBLE: any(table.table == here and table.accessible for table in there),
        }
        if not kept[rule.kind]:
            yield str(rule)
    if hosts and sorted(seats[host] for host in hosts) != sorted(table.table for table in there):
        yield "hosts"


def evenest(asked: Room, number: int, held: Held) -> int | None:
    """The least sum of the squares of sizes over all seatings that keep every rule, one by one; None without any."""
    names = [table.table for table in asked.tables_in(number)]
    people = [person.person_id for person in asked.people_in(number)]
    found = []
    for seating in itertools.product(names, repeat=len(people)):
        sizes = [seating.count(name) for name in names]
        if not any(broken(asked, number, sizes, dict(zip(people, seating, strict=True)), held)):
            found.append(sum(size * size for size in sizes))
    return min(found, default=None)


def drawn(rng: random.Random) -> tuple[Room, dict[str, str]]:
    """A small room with rules of every kind, and people who keep places."""
    count = rng.randint(1, 6)
    people = [Person(f"p{index}", rounds=frozenset(rng.choice([(), (), (1,), (2,)]))) for index in range(count)]
    there = []
    for index in range(rng.randint(1, 3)):
        fewest = rng.choice([0, 0, 1, 2])
        there.append(Table(f"t{index}", fewest, max(fewest, rng.randint(1, 5)), rng.random() < 0.6))
    rules = [drawn_rule(rng, count, len(there)) for _rule in range(rng.randint(0, 6))]
    if rng.random() < 0.3:
        rules += [Rule(Kind.HOST, f"p{index}") for index in rng.sample(range(count), min(count, len(there)))]
    held = {f"p{index}": f"t{rng.randrange(len(there))}" for index in range(count) if rng.random() < 0.1}
    return Room(people, there, 2, [rule for rule in rules if rule.person_id != rule.other_id]), held


def drawn_rule(rng: random.Random, people: int, count: int) -> Rule:
    kind = rng.choice(list(Kind))
    other = f"p{rng.randrange(people)}" if kind in (Kind.TOGETHER, Kind.APART) else ""
    placed = kind in (Kind.FIXED, Kind.BANNED) or (kind == Kind.HOST and rng.random() < 0.4)
    table = f"t{rng.randrange(count)}" if placed else ""
    return Rule(kind, f"p{rng.randrange(people)}", other, table, rng.choice([None, None, 1, 2]))


def test_start_binds_nobody_without_rules() -> None:
    assert begun(room(42, tables(4, 12))) == Start([11, 11, 10, 10], {})


def test_start_puts_a_fixed_person_at_the_table() -> None:
    assert begun(room(4, tables(2, 2), Rule(Kind.FIXED, "p3", table="t1"))).places == {"p3": "t1"}


def test_start_keeps_a_person_from_a_table_that_is_banned() -> None:
    assert begun(room(4, tables(2, 2), Rule(Kind.BANNED, "p3", table="t0"))).places == {"p3": "t1"}


def test_start_seats_who_is_together_at_one_table_and_passes_it_on() -> None:
    rules = [Rule(Kind.TOGETHER, "p0", "p1"), Rule(Kind.TOGETHER, "p2", "p1"), Rule(Kind.FIXED, "p2", table="t1")]
    assert begun(room(6, tables(2, 3), *rules)).places == {"p0": "t1", "p1": "t1", "p2": "t1"}


def test_start_parts_who_sits_apart() -> None:
    rules = [Rule(Kind.APART, "p0", "p1"), Rule(Kind.FIXED, "p1", table="t0")]
    assert begun(room(4, tables(2, 2), *rules)).places == {"p0": "t1", "p1": "t0"}


def test_start_gives_every_table_one_host() -> None:
    rules = [Rule(Kind.HOST, "p0"), Rule(Kind.HOST, "p1", table="t0"), Rule(Kind.HOST, "p2")]
    found = begun(room(9, tables(3, 3), *rules))
    assert (found.places["p1"], sorted(found.places.values())) == ("t0", ["t0", "t1", "t2"])


def test_start_uses_accessible_tables_to_the_last_chair() -> None:
    rules = [Rule(Kind.ACCESSIBLE, f"p{index}") for index in range(24)]
    assert sorted(set(begun(room(120, tables(15, 8, 3), *rules)).places.values())) == ["t0", "t1", "t2"]


def test_start_keeps_who_is_held() -> None:
    asked = room(6, tables(2, 3), Rule(Kind.APART, "p0", "p1"))
    assert begun(asked, {"p0": "t1", "p5": "t1"}).places == {"p0": "t1", "p1": "t0", "p5": "t1"}


def test_start_forgets_rules_and_places_of_who_is_away() -> None:
    people = [Person("p0"), Person("p1", rounds=frozenset({2}))]
    asked = Room(people, tables(1, 2), 2, [Rule(Kind.APART, "p0", "p1"), Rule(Kind.ACCESSIBLE, "p1")])
    assert begun(asked, {"p1": "t0"}) == Start([1], {})


def test_start_leaves_even_sizes_only_as_far_as_it_must() -> None:
    rules = [Rule(Kind.FIXED, f"p{index}", table="t2") for index in range(6)]
    assert begun(room(12, tables(3, 8), *rules)).sizes == [3, 3, 6]


def test_start_gives_other_tables_the_larger_size_before_it_leaves_the_even() -> None:
    rules = [Rule(Kind.FIXED, f"p{index}", table="t2") for index in range(4)]
    assert begun(room(10, tables(3, 8), *rules)).sizes == [3, 3, 4]


def test_start_is_as_even_as_the_rules_allow_for_people_whom_few_rules_bind() -> None:
    rules = [Rule(Kind.FIXED, f"p{index}", table="t2") for index in range(6)]
    rules += [Rule(Kind.BANNED, f"p{index}", table="t0") for index in range(6, 38)]
    assert sorted(begun(room(40, tables(10, 8), *rules)).sizes) == [2, 4, 4, 4, 4, 4, 4, 4, 4, 6]


def test_start_seats_a_block_where_the_sizes_stay_even() -> None:
    rules = [Rule(Kind.ACCESSIBLE, "p0"), Rule(Kind.TOGETHER, "p1", "p2")]
    for seed in range(8):
        assert sorted(begun(room(4, tables(3, 8, 1), *rules), seed=seed).sizes) == [1, 1, 2]


def test_start_keeps_the_fewest_people_of_a_table_that_few_may_sit_at() -> None:
    banned = [Rule(Kind.BANNED, f"p{index}", table="t0") for index in range(6)]
    assert begun(room(8, [Table("t0", 2, 8), Table("t1", 0, 8)], *banned)).sizes == [2, 6]


def test_start_draws_other_places_by_seed_and_the_same_by_the_same() -> None:
    rules = [Rule(Kind.APART, f"p{index}", f"p{index + 1}") for index in range(20)]
    asked = room(42, tables(4, 11), *rules)
    assert begun(asked, seed=1) == begun(asked, seed=1) != begun(asked, seed=2)


@pytest.mark.parametrize(
    ("there", "rules"),
    [
        (tables(15, 8), [Rule(Kind.APART, f"p{a}", f"p{b}") for a in range(16) for b in range(a)]),
        (tables(15, 8, 3), [Rule(Kind.ACCESSIBLE, f"p{index}") for index in range(25)]),
        (tables(15, 8), [Rule(Kind.HOST, f"p{index}") for index in range(14)]),
        (tables(15, 8), [Rule(Kind.HOST, f"p{index}") for index in range(16)]),
        (tables(15, 8), [Rule(Kind.TOGETHER, f"p{index}", f"p{index + 1}") for index in range(8)]),
        (tables(15, 8), [Rule(Kind.TOGETHER, f"p{3 * a}", f"p{3 * a + b}") for a in range(40) for b in (1, 2)]),
        (tables(15, 8), [Rule(Kind.FIXED, "p0", table="t15")]),
        (tables(15, 8), [Rule(Kind.ACCESSIBLE, "p0")]),
        (tables(15, 8), [Rule(Kind.TOGETHER, "p0", "p1"), Rule(Kind.APART, "p1", "p0")]),
        (
            tables(15, 8, 3),
            [Rule(Kind.HOST, f"p{index}") for index in range(15)]
            + [Rule(Kind.ACCESSIBLE, f"p{index}") for index in range(20, 42)],
        ),
        (tables(14, 8), []),
    ],
    ids="apart access few-hosts many-hosts block trios unknown no-access both hosts-and-access chairs".split(),
)
def test_start_is_none_where_rules_contradict_each_other(there: list[Table], rules: list[Rule]) -> None:
    assert start(room(120, there, *rules), 1, random.Random(0)) is None


def test_start_leaves_no_table_without_its_host_to_seat_the_fewest_elsewhere() -> None:
    there = [Table("t0", 0, 5), Table("t1", 2, 5), Table("t2", 2, 5)]
    hosts = [Rule(Kind.HOST, f"p{index}") for index in range(3)]
    assert start(room(4, there, *hosts), 1, random.Random(0)) is None
    assert begun(room(5, there, *hosts)).sizes == [1, 2, 2]


def test_flow_frees_a_spare_chair_far_away() -> None:
    flow = Flow({0: 1, 1: 1}, [0b001, 0b110], low=[0, 0, 1], cap=[1, 1, 1], spare=1)
    assert (flow.repair([]), flow.seat) == (True, [0, 2])


def test_levelled_passes_a_chair_on_through_people_whom_nothing_binds() -> None:
    there = tables(3, 8)
    places = {"a": 0, "b": 0, "c": 0, "d": 0, "e": 1, "f": 1, "g": 2, "h": 2}
    domains = [0b011] * 4 + [0b010] * 2 + [0b100] * 2
    blocks = [Block((person,), domain) for person, domain in zip(places, domains, strict=True)]
    assert sizes(there, places, 9) == [4, 3, 2]
    assert sizes(there, levelled(blocks, there, places, 9), 9) == [3, 3, 3]


@pytest.mark.parametrize("seed", range(600))
def test_start_keeps_every_rule_or_there_is_no_seating(seed: int) -> None:
    rng = random.Random(seed)
    asked, held = drawn(rng)
    found = start(asked, 1, rng, held)
    least = evenest(asked, 1, held)
    assert (found is None) == (least is None)
    if found is not None:
        seats = filled(asked, 1, found, rng)
        assert list(broken(asked, 1, found.sizes, seats, held)) == []
        assert sum(size * size for size in found.sizes) == least


def test_start_stays_even_elsewhere_when_a_block_is_fixed() -> None:
    rules = [Rule(Kind.TOGETHER, "p0", f"p{index}") for index in range(1, 10)]
    rules += [Rule(Kind.TOGETHER, f"p{index}", f"p{index + 1}") for index in range(10, 52, 2)]
    asked = room(52, tables(7, 12), *rules, Rule(Kind.FIXED, "p4", table="t3"))
    for seed in range(8):
        assert sorted(begun(asked, seed=seed).sizes) == [6, 6, 6, 8, 8, 8, 10]


def test_start_stays_even_elsewhere_when_one_table_is_full_of_fixed_people() -> None:
    """Ten people at the last table (nine, and its host); the others are as near to eight as can be."""
    for seed in range(4):
        asked = full_room(120, 15, seed)
        bound = {name for rule in asked.rules for name in (rule.person_id, rule.other_id)}
        free = [person.person_id for person in asked.people if person.person_id not in bound]
        fixed = [rule for rule in asked.rules if rule.kind == Kind.FIXED]
        others = [rule for rule in asked.rules if rule not in fixed]
        asked = replace(asked, rules=[*others, *(Rule(Kind.FIXED, name, table="t14") for name in free[:9])])
        assert sorted(begun(asked, seed=seed).sizes) == [7, 7, *[8] * 12, 10]


def full_room(people: int, count: int, seed: int) -> Room:
    """Rules of every kind, kept by a seating that was drawn first: hosts, access needs, pairs, aparts, bans, places."""
    rng = random.Random(seed)
    size = people // count
    there = [Table(f"t{index}", size - 2, size + 2, index < count // 5) for index in range(count)]
    seat = {f"p{index}": index % count for index in range(people)}
    names = list(seat)
    rng.shuffle(names)
    rules = [Rule(Kind.HOST, f"p{index}", table=f"t{index}" if index % 3 == 0 else "") for index in range(count)]
    rules += [Rule(Kind.ACCESSIBLE, name) for name in names if seat[name] < count // 5 and rng.random() < 0.9]
    for _rule in range(people // 4):
        one, other = rng.sample(names, 2)
        same, table = seat[one] == seat[other], rng.randrange(count)
        rules.append(Rule(Kind.TOGETHER if same else Kind.APART, one, other))
        rules.append(Rule(Kind.BANNED, one, table=f"t{table if table != seat[one] else (table + 1) % count}"))
    rules += [Rule(Kind.FIXED, name, table=f"t{seat[name]}") for name in names[: people // 20]]
    return room(people, there, *rules)


@pytest.mark.parametrize(("people", "count"), [(120, 15), (1000, 100)])
def test_start_keeps_rules_of_every_kind_with_even_sizes(people: int, count: int) -> None:
    for seed in range(4):
        asked = full_room(people, count, seed)
        found = start(asked, 1, random.Random(seed))
        assert found is not None
        seats = filled(asked, 1, found, random.Random(seed))
        assert list(broken(asked, 1, found.sizes, seats, {})) == []
        assert found.sizes == even_sizes(asked.tables, people)
