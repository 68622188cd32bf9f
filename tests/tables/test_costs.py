"""What a move would cost: the same difference as two scores, in words, and fast."""

from collections.abc import Mapping
from random import Random

import pytest

from eventkit.tables.breaches import Demand, Demands, Names, told
from eventkit.tables.costs import Cost, binding, cost, costs
from eventkit.tables.room import Kind, Person, Room, Rule, Seats, Table
from eventkit.tables.scoring import Measures, at_tables, score
from eventkit.tables.sitting import Sitting

NAMES = Names({"a": "Ana", "b": "Bob", "c": "Cem", "d": "Dan", "e": "Eve"}, {"t1": "Tay", "t2": "Leven"})


def random_room(rng: Random) -> tuple[Room, Seats]:
    """A small room with every kind of rule, part-day people, blanks and vignettes, and seats at random."""
    count, tables, rounds = rng.randint(4, 16), rng.randint(2, 4), rng.randint(1, 4)
    people = [
        Person(
            f"p{n}",
            {name: rng.choice("abc") for name in ("organisation", "sector") if rng.random() < 0.8},
            frozenset(r for r in range(1, rounds + 1) if rng.random() < 0.7) if rng.random() < 0.3 else frozenset(),
            frozenset(v for v in ("v1", "v2") if rng.random() < 0.2),
        )
        for n in range(count)
    ]
    rows = [
        Table(f"t{n}", rng.randint(0, 2), rng.randint(2, 6), rng.random() < 0.5, frozenset({rng.choice(["v1", "v2"])}))
        for n in range(tables)
    ]
    rules = []
    for _rule in range(rng.randint(0, 8)):
        who, other = rng.sample([person.person_id for person in people], 2)
        kind, table = rng.choice(list(Kind)), rng.choice(rows).table
        pair = kind in (Kind.TOGETHER, Kind.APART)
        place = table if kind in (Kind.FIXED, Kind.BANNED) or (kind is Kind.HOST and rng.random() < 0.5) else ""
        rules.append(Rule(kind, who, other if pair else "", place, rng.choice([None, 1])))
    room = Room(people, rows, rounds, rules, {"organisation": 3})
    seats = {
        number: {one.person_id: rng.choice(rows).table for one in room.people_in(number) if rng.random() < 0.95}
        for number in range(1, rounds + 1)
    }
    return room, seats


def difference(room: Room, seats: Seats, number: int, moves: Mapping[str, str]) -> Measures:
    """What two whole scores differ by."""
    after = {**seats, number: {**seats.get(number, {}), **moves}}
    one, other = score(room, seats, seats).total, score(room, after, seats).total
    return Measures(
        other.broken - one.broken,
        other.clashes - one.clashes,
        {name: other.balance[name] - one.balance[name] for name in room.attributes},
        {name: other.pairs[name] - one.pairs[name] for name in room.attributes},
        other.repeats - one.repeats,
        other.overlap - one.overlap,
        other.thirds - one.thirds,
        other.moves - one.moves,
    )


def test_cost_is_the_difference_of_two_scores() -> None:
    rng, exchanged, alone, late = Random(7), 0, 0, 0
    for _trial in range(300):
        room, seats = random_room(rng)
        number = rng.randint(1, room.rounds)
        here = room.people_in(number)
        if not here:
            continue
        person_id = rng.choice(here).person_id
        sitting = Sitting(room, seats, number, person_id)
        for one in costs(sitting, person_id, Names()):
            assert one.change == difference(room, seats, number, one.moves), one
            exchanged, alone = exchanged + bool(one.other), alone + (not one.other)
            late += person_id not in sitting.places
    assert min(exchanged, alone, late) > 30


def test_breaches_are_counted_as_the_score_counts_them() -> None:
    rng = Random(8)
    for _trial in range(300):
        room, seats = random_room(rng)
        for number, measures in score(room, seats).rounds.items():
            places = Sitting(room, seats, number).places
            assert sum(one.count for one in Demands(room, number).every(places)) == measures.broken


def test_what_is_broken_anew_is_named() -> None:
    rng, seen = Random(9), set()
    for _trial in range(200):
        room, seats = random_room(rng)
        person = rng.choice(room.people_in(1) or room.people)
        if person not in room.people_in(1):
            continue
        sitting = Sitting(room, seats, 1, person.person_id)
        for one in costs(sitting, person.person_id, Names()):
            if one.change.broken > 0:
                assert one.breaks
            seen |= {breach.demand for breach in one.breaks}
    assert seen == {Demand.RULE, Demand.HOST, Demand.MOST, Demand.FEWEST}


def test_exchange_is_the_best_and_leaves_the_pinned() -> None:
    people = [Person(who, {"organisation": what}) for who, what in zip("abcd", "XXYY", strict=True)]
    room = Room(people, [Table("t1", 0, 2), Table("t2", 0, 2)])
    seats = {1: {"a": "t1", "b": "t1", "c": "t2", "d": "t2"}}
    sitting = Sitting(room, seats, 1)
    assert [(one.other, one.change.balance) for one in costs(sitting, "a", NAMES)] == [("c", {"organisation": -4})]
    assert [one.other for one in costs(sitting, "a", NAMES, {"c"})] == ["d"]
    assert [(one.other, one.change.broken) for one in costs(sitting, "a", NAMES, {"c", "d"})] == [("", 1)]


def _told(room: Room, seats: Seats, number: int = 1, person_id: str = "a", other: str = "") -> str:
    return cost(Sitting(room, seats, number, person_id), person_id, "t2", other, NAMES).sentence


ROOM = Room([Person(who) for who in "abcde"], [Table("t1", 0, 5), Table("t2", 0, 5)])
SPLIT = {1: {"a": "t1", "b": "t1", "c": "t2", "d": "t2", "e": "t2"}}


@pytest.mark.parametrize(
    ("room", "seats", "expected"),
    [
        (ROOM, SPLIT, "changes nothing"),
        (Room(ROOM.people, [Table("t1", 0, 5), Table("t2", 0, 3)]), SPLIT, "over its 3 chairs"),
        (Room(ROOM.people, [Table("t1", 2, 5), Table("t2", 0, 5)]), SPLIT, "leaves Tay with fewer than its 2 people"),
        (Room(ROOM.people, ROOM.tables, rules=[Rule(Kind.TOGETHER, "b", "a")]), SPLIT,
         "breaks the rule “Bob and Ana sit at one table”"),
        (Room(ROOM.people, ROOM.tables, rules=[Rule(Kind.HOST, "a"), Rule(Kind.HOST, "c")]), SPLIT,
         "Tay would have no host; Leven would have 2 hosts"),
        (Room(ROOM.people, ROOM.tables, rules=[Rule(Kind.FIXED, "a", table="t2")]), SPLIT,
         "nothing gets worse; mends 1 broken rule"),
        (Room([Person("a", knows=frozenset({"v1"})), *ROOM.people[1:]],
              [Table("t1", 0, 5), Table("t2", 0, 5, vignettes=frozenset({"v1"}))]), SPLIT,
         "Ana knows v1, which Leven discusses"),
        (Room(ROOM.people, ROOM.tables, 2), {**SPLIT, 2: {"a": "t1", "c": "t1", "d": "t1", "b": "t2", "e": "t2"}},
         "meets Cem and Dan again"),
        (Room(ROOM.people, ROOM.tables, 3),
         {**SPLIT, 2: {"a": "t1", "c": "t1", "b": "t2"}, 3: {"a": "t1", "c": "t1", "b": "t1", "d": "t2"}},
         "meets Cem for the third time"),
    ],
)  # fmt: skip
def test_cost_is_said_in_words(room: Room, seats: Seats, expected: str) -> None:
    assert _told(room, seats) == expected


def test_crowded_value_is_said_in_words() -> None:
    council = [Person(who, {"organisation": "Council", "role": "nurse"}) for who in "abcd"]
    others = [Person(who) for who in "efgh"]
    room = Room([*council, *others], [Table("t1", 0, 5), Table("t2", 0, 5)])
    seats = {1: {who: "t1" if who in "abef" else "t2" for who in "abcdefgh"}}
    assert _told(room, seats) == "1 more pair has the same organisation; 1 more pair has the same role"
    assert _told(room, seats, other="g") == (
        "third person from Council; leaves Tay with 1 from Council, fair 2; "
        "third person with role nurse; leaves Tay with 1 with role nurse, fair 2"
    )
    assert _told(room, seats, other="c") == "changes nothing"


def test_exchange_says_what_it_costs_the_other() -> None:
    room = Room(ROOM.people, ROOM.tables, 2)
    seats = {**SPLIT, 2: {"c": "t1", "b": "t1", "a": "t2"}}
    assert _told(room, seats, other="c") == "Cem meets Bob again"


def test_binding_rules_are_said_hosts_and_access_first() -> None:
    rules = [
        Rule(Kind.APART, "b", "a"),
        Rule(Kind.HOST, "a", table="t1"),
        Rule(Kind.ACCESSIBLE, "a"),
        Rule(Kind.BANNED, "c", table="t1"),
    ]
    tables = [Table("t1", 0, 5, accessible=True), Table("t2", 0, 5, vignettes=frozenset({"v1"}))]
    people = [Person("a", knows=frozenset({"v1"})), *ROOM.people[1:]]
    assert binding(Sitting(Room(people, tables, rules=rules), SPLIT, 1), "a", NAMES) == [
        "Ana hosts Tay",
        "Ana needs an accessible table",
        "Bob and Ana sit at different tables",
        "Ana knows v1, which Leven discusses",
    ]


def test_broken_demands_have_words() -> None:
    room = Room(
        ROOM.people,
        [Table("t1", 3, 5), Table("t2", 0, 2)],
        rules=[Rule(Kind.HOST, "a"), Rule(Kind.APART, "c", "d")],
    )
    places = {who: table for who, table in SPLIT[1].items() if who != "b"}
    assert [told(one, NAMES) for one in Demands(room, 1).every(places)] == [
        "Cem and Dan sit at different tables",
        "Bob needs a seat",
        "Tay needs 3 people at least",
        "Leven has 2 chairs",
        "Leven needs a host",
    ]


def test_every_other_table_has_its_costs() -> None:
    rng = Random(3)
    people = [
        Person(f"p{n}", {"organisation": f"o{n % 28}", "sector": f"s{n % 4}", "role": f"r{n % 3}"}) for n in range(120)
    ]
    room = Room(people, [Table(f"t{n}", 0, 8, vignettes=frozenset({f"v{n % 6}"})) for n in range(15)], 3)
    order = [person.person_id for person in people]
    seats: Seats = {n: {who: f"t{place % 15}" for place, who in enumerate(rng.sample(order, 120))} for n in (1, 2, 3)}
    found: list[Cost] = costs(Sitting(room, seats, 2), "p5", Names())
    assert len(found) == 14
    assert all(one.other for one in found)
    assert {len(people) for people in at_tables(room, 2, seats[2]).values()} == {8}
