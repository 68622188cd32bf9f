"""The chair for somebody who comes late, held against plain scores of every other choice."""

from dataclasses import replace
from random import Random

import pytest

from eventkit.tables.chairs import chair
from eventkit.tables.room import Kind, Person, Room, Rule, Table
from eventkit.tables.scoring import score

TABLES = (Table("t1", 0, 4), Table("t2", 0, 4, accessible=True, vignettes=frozenset({"v1"})))


def person(person_id: str, organisation: str = "", knows: str = "") -> Person:
    given = {"organisation": organisation} if organisation else {}
    return Person(person_id, given, knows=frozenset(knows.split()))


def seated(late: Person, *rules: Rule, first: str = "t1", second: str = "t2") -> str:
    """Where somebody sits beside a and b, one at each table, in the only round."""
    room = Room([person("a", "Health"), person("b", "Schools"), late], TABLES, rules=rules)
    return chair(room, {1: {"a": first, "b": second}}, late, 1)


@pytest.mark.parametrize(
    ("rule", "table"),
    [
        (Rule(Kind.BANNED, "z", table="t1"), "t2"),
        (Rule(Kind.FIXED, "z", table="t2"), "t2"),
        (Rule(Kind.TOGETHER, "b", "z"), "t2"),
        (Rule(Kind.APART, "z", "a"), "t2"),
        (Rule(Kind.ACCESSIBLE, "z"), "t2"),
        (Rule(Kind.HOST, "z", table="t2"), "t2"),
    ],
)
def test_rule_binds_before_all_else(rule: Rule, table: str) -> None:
    late = person("z", "Schools", knows="v1")  # everything else speaks for t1
    assert seated(late) == "t1"
    assert seated(late, rule) == table


def test_second_host_sits_at_a_table_without_one() -> None:
    hosts = (Rule(Kind.HOST, "a"), Rule(Kind.HOST, "z"))
    assert seated(person("z", "Schools"), *hosts) == "t2"


def test_known_vignette_weighs_more_than_balance() -> None:
    assert seated(person("z", "Health")) == "t2"
    assert seated(person("z", "Health", knows="v1")) == "t1"


def test_meeting_somebody_again_weighs_less_than_balance() -> None:
    late = person("z", "Health")
    room = Room([person("a", "Health"), person("b", "Schools"), late], TABLES, rounds=2)
    seats = {1: {"a": "t1", "b": "t2", "z": "t2"}, 2: {"a": "t1", "b": "t2"}}
    assert chair(room, seats, late, 2) == "t2"
    plain = person("z")
    assert chair(Room([*room.people[:2], plain], TABLES, rounds=2), seats, plain, 2) == "t1"


def test_full_room_has_no_chair() -> None:
    late = person("z")
    full = (Table("t1", 0, 1), Table("t2", 0, 1))
    assert chair(Room([person("a"), person("b"), late], full), {1: {"a": "t1", "b": "t2"}}, late, 1) == ""
    assert chair(Room([late], ()), {}, late, 1) == ""


@pytest.mark.parametrize("seed", range(60))
def test_no_other_chair_does_less_harm(seed: int) -> None:
    """By the score of the whole seating: rules, then vignettes, then balance of the person's values, then overlap."""
    chance = Random(seed)
    tables = [Table(f"t{at}", 0, 6, at % 2 == 0, frozenset({f"v{at}"})) for at in range(chance.randint(2, 5))]
    people = [
        Person(f"p{at}", {"organisation": chance.choice("ABC"), "role": chance.choice("xy")},
               knows=frozenset({f"v{chance.randint(0, 6)}"}))
        for at in range(chance.randint(4, 9))
    ]  # fmt: skip
    kinds = [
        Rule(Kind.APART, "p0", "p1"), Rule(Kind.BANNED, "p0", table="t0"), Rule(Kind.TOGETHER, "p2", "p0"),
        Rule(Kind.HOST, "p0"), Rule(Kind.HOST, "p3"), Rule(Kind.ACCESSIBLE, "p0"),
    ]  # fmt: skip
    own = people[0].attributes.items()
    plain = [replace(each, attributes=dict(own & each.attributes.items())) for each in people]
    room, counted = (Room(them, tables, 2, kinds[seed % 3 : seed % 6]) for them in (people, plain))
    seats = {
        number: {each.person_id: chance.choice(tables).table for each in people if each.person_id != "p0"}
        for number in (1, 2)
    }
    seats[1]["p0"] = tables[0].table

    def cost(table: str) -> tuple[int, int, int, int]:
        total = score(counted, {**seats, 2: {**seats[2], "p0": table}}).total
        return total.broken, total.clashes, sum(total.balance.values()), total.overlap

    sizes = list(seats[2].values())
    free = [table.table for table in tables if sizes.count(table.table) < table.max_seats]
    assert cost(chair(room, seats, people[0], 2)) == min(map(cost, free))
