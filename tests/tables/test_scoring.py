"""The measures of a seating, each counted by hand on rooms small enough for that."""

from collections.abc import Mapping

import pytest

from eventkit.tables.room import Kind, Person, Room, Rule, Table
from eventkit.tables.scoring import Measures, fair, score


def _table(name: str, least: int = 0, most: int = 9) -> Table:
    return Table(name, least, most)


def _people(**attributes: str) -> list[Person]:
    """Persons a, b, c …, one for each letter of an attribute's text; "-" stands for a value that is not given."""
    texts = list(attributes.values())
    return [
        Person(chr(ord("a") + place), {name: text[place] for name, text in attributes.items() if text[place] != "-"})
        for place in range(len(texts[0]))
    ]


def _seats(**tables: str) -> dict[str, str]:
    """Who sits where: a letter for each person, by table."""
    return {person: table for table, people in tables.items() for person in people}


T1, T2 = _table("t1"), _table("t2")
FOUR = Room(_people(org="xxyy"), [T1, T2])


@pytest.mark.parametrize(
    ("count", "sizes", "expected"),
    [
        (8, [4, 4, 4, 4], [(2, 2)] * 4),
        (9, [11, 11, 10, 10], [(2, 3)] * 4),
        (1, [3, 4], [(0, 1), (0, 1)]),
        (5, [2, 8], [(1, 1), (4, 4)]),
        (3, [2, 5, 0], [(0, 1), (2, 3), (0, 0)]),
        (0, [0, 0], [(0, 0), (0, 0)]),
        (3, [], []),
    ],
)
def test_fair_range_is_the_share_rounded_down_and_up(
    count: int, sizes: list[int], expected: list[tuple[int, int]]
) -> None:
    assert fair(count, sizes) == expected


@pytest.mark.parametrize(
    ("seats", "balance", "pairs"),
    [
        (_seats(t1="ac", t2="bd"), 0, 0),
        (_seats(t1="ab", t2="cd"), 4, 2),
        (_seats(t1="abc", t2="d"), 0, 1),  # shares of 3/2 and 1/2: every number here is the share rounded up or down
        (_seats(t1="abcd"), 0, 2),
    ],
)
def test_balance_counts_people_outside_their_fair_range(seats: Mapping[str, str], balance: int, pairs: int) -> None:
    found = score(FOUR, {1: seats}).total
    assert (found.balance, found.pairs) == ({"org": balance}, {"org": pairs})


def test_attribute_that_is_not_given_is_nothing_shared() -> None:
    room = Room(_people(org="x---"), [T1, T2])
    found = score(room, {1: _seats(t1="bcd", t2="a")}).total
    assert (found.balance, found.pairs) == ({"org": 0}, {"org": 0})


def test_each_attribute_is_counted_by_itself() -> None:
    room = Room(_people(org="xxyy", role="pqpq"), [T1, T2])
    found = score(room, {1: _seats(t1="ab", t2="cd")}).total
    assert (found.balance, found.pairs) == ({"org": 4, "role": 0}, {"org": 2, "role": 0})


def test_meetings_are_counted_from_the_second() -> None:
    room = Room(_people(org="----"), [T1, T2], rounds=4)
    together = _seats(t1="ab", t2="cd")
    found = score(room, {1: together, 2: together, 3: _seats(t1="ac", t2="bd"), 4: together})
    assert [(one.repeats, one.overlap, one.thirds) for one in found.rounds.values()] == [
        (0, 0, 0),
        (2, 2, 0),
        (0, 0, 0),
        (2, 4, 2),
    ]
    assert (found.total.repeats, found.total.overlap, found.total.thirds) == (4, 6, 2)


def test_a_pair_that_meets_four_times_is_one_pair_in_all() -> None:
    room = Room(_people(org="--"), [T1], rounds=4)
    found = score(room, dict.fromkeys(range(1, 5), _seats(t1="ab")))
    assert [one.thirds for one in found.rounds.values()] == [0, 0, 1, 1]
    assert (found.total.repeats, found.total.overlap, found.total.thirds) == (3, 6, 1)


def test_moves_are_of_people_who_sit_before_and_after() -> None:
    room = Room(_people(org="-----"), [T1, T2], rounds=2)
    before = {1: _seats(t1="ab", t2="cz"), 2: _seats(t1="abcd", t2="e")}
    found = score(room, {1: _seats(t1="ac", t2="de"), 2: _seats(t1="abcd")}, before)
    assert ([one.moves for one in found.rounds.values()], found.total.moves) == ([1, 0], 1)
    assert score(room, {1: _seats(t1="ac", t2="de")}).total.moves == 0


def test_clashes_are_of_person_and_vignette() -> None:
    knowing = [Person("a", knows=frozenset({"v1", "v2"})), Person("b", knows=frozenset({"v2", "v3"})), Person("c")]
    room = Room(knowing, [Table("t1", 0, 9, vignettes=frozenset({"v1", "v2"})), T2], rounds=2)
    found = score(room, {1: _seats(t1="abc"), 2: _seats(t1="bc", t2="a")})
    assert ([one.clashes for one in found.rounds.values()], found.total.clashes) == ([3, 1], 4)


A, B = "a", "b"
ACCESSIBLE = Table("t2", 0, 9, accessible=True)


@pytest.mark.parametrize(
    ("rule", "kept", "broken"),
    [
        (Rule(Kind.FIXED, A, table="t1"), _seats(t1="abcd"), _seats(t1="bcd", t2="a")),
        (Rule(Kind.BANNED, A, table="t1"), _seats(t1="bcd", t2="a"), _seats(t1="abcd")),
        (Rule(Kind.TOGETHER, A, B), _seats(t1="ab", t2="cd"), _seats(t1="ac", t2="bd")),
        (Rule(Kind.APART, A, B), _seats(t1="ac", t2="bd"), _seats(t1="ab", t2="cd")),
        (Rule(Kind.ACCESSIBLE, A), _seats(t1="bcd", t2="a"), _seats(t1="abcd")),
    ],
)
def test_rule_is_counted_where_it_is_broken(rule: Rule, kept: Mapping[str, str], broken: Mapping[str, str]) -> None:
    room = Room(_people(org="----"), [T1, ACCESSIBLE], rounds=2, rules=[rule])
    found = score(room, {1: kept, 2: broken})
    assert ([one.broken for one in found.rounds.values()], found.total.broken) == ([0, 1], 1)
    later = Room(room.people, room.tables, 2, [Rule(rule.kind, rule.person_id, rule.other_id, rule.table, round=1)])
    assert score(later, {1: kept, 2: broken}).total.broken == 0


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule(Kind.FIXED, A, table="t1"), 2),
        (Rule(Kind.BANNED, A, table="t1"), 1),
        (Rule(Kind.TOGETHER, A, B), 2),
        (Rule(Kind.APART, A, B), 1),
        (Rule(Kind.ACCESSIBLE, A), 2),
    ],
)
def test_rule_that_demands_a_place_is_broken_without_one(rule: Rule, expected: int) -> None:
    room = Room(_people(org="----"), [T1, ACCESSIBLE], rules=[rule])
    assert score(room, {1: _seats(t1="bcd")}).total.broken == expected


def test_people_without_seats_are_not_together() -> None:
    room = Room(_people(org="--"), [T1], rules=[Rule(Kind.TOGETHER, A, B)])
    assert score(room, {}).total.broken == 3


def test_rule_about_somebody_who_is_away_is_not_broken() -> None:
    people = [Person("a", rounds=frozenset({1})), Person("b")]
    room = Room(people, [T1, T2], rounds=2, rules=[Rule(Kind.TOGETHER, A, B)])
    assert score(room, {1: _seats(t1="ab"), 2: _seats(t2="ab")}).total == Measures()


@pytest.mark.parametrize(
    ("seats", "expected"),
    [
        (_seats(t1="ac", t2="bd"), 0),
        (_seats(t1="ab", t2="cd"), 3),  # two hosts at one table, none at the other, and b is to lead t2
        (_seats(t1="abcd"), 3),
        (_seats(t1="bd", t2="ac"), 1),
    ],
)
def test_every_table_has_exactly_one_host(seats: Mapping[str, str], expected: int) -> None:
    room = Room(_people(org="----"), [T1, T2], rules=[Rule(Kind.HOST, A), Rule(Kind.HOST, B, table="t2")])
    assert score(room, {1: seats}).total.broken == expected


@pytest.mark.parametrize(
    ("seats", "expected"),
    [
        (_seats(t1="abc", t2="de"), 0),
        (_seats(t1="abcde"), 2 + 2),  # two too many at t1, two too few at t2
        (_seats(t1="abc", t2="d"), 1 + 1),  # e has no seat, and t2 one too few
        (_seats(t1="abc", t3="de"), 2 + 2),  # there is no t3
        (_seats(t1="abc", t2="dez"), 0),  # nobody knows z
        ({}, 5 + 3),
    ],
)
def test_seats_are_counted(seats: Mapping[str, str], expected: int) -> None:
    room = Room(_people(org="-----"), [_table("t1", 1, 3), _table("t2", 2, 3)])
    assert score(room, {1: seats}).total.broken == expected


def test_tables_of_another_round_are_none() -> None:
    room = Room(_people(org="--"), [Table("t1", 0, 9, round=1), Table("t2", 0, 9, round=2)], rounds=2)
    found = score(room, {1: _seats(t1="ab"), 2: _seats(t1="ab")})
    assert [one.broken for one in found.rounds.values()] == [0, 2]
    assert found.total.overlap == 0
