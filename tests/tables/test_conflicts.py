"""Why a round cannot be seated, in words: the fewest rules that contradict each other."""

import random
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from eventkit.tables.optimiser import conflicts, search
from eventkit.tables.optimiser.conflicts import contradictions
from eventkit.tables.optimiser.demands import blocks
from eventkit.tables.optimiser.start import start
from eventkit.tables.room import Kind, Person, Room, Rule, Table


def room(people: int, tables: Sequence[Table], *rules: Rule, rounds: int = 1) -> Room:
    """The rules' rows count from 2, as under a header."""
    numbered = [replace(rule, row=index + 2) for index, rule in enumerate(rules)]
    return Room([Person(f"p{index}") for index in range(people)], tables, rounds, numbered)


def tables(count: int, most: int, accessible: int = 0) -> list[Table]:
    return [Table(f"t{index}", 0, most, index < accessible) for index in range(count)]


def named_rows(sentences: Sequence[str]) -> set[int]:
    """The rows that sentences name."""
    rows: set[int] = set()
    for sentence in sentences:
        if found := re.match(r"Rows? ([\d–, and]+): ", sentence):
            for first, last in re.findall(r"(\d+)(?:–(\d+))?", found[1]):
                rows |= set(range(int(first), int(last or first) + 1))
    return rows


def test_contradictions_are_none_where_every_round_can_be_seated() -> None:
    assert contradictions(room(8, tables(2, 4), Rule(Kind.APART, "p0", "p1"), rounds=3)) == []


def test_contradictions_name_the_rules_and_no_others() -> None:
    rules = [
        Rule(Kind.APART, "p5", "p6"),
        Rule(Kind.FIXED, "p0", table="t1"),
        Rule(Kind.BANNED, "p7", table="t0"),
        Rule(Kind.TOGETHER, "p0", "p1"),
        Rule(Kind.BANNED, "p1", table="t1", round=2),
    ]
    assert contradictions(room(8, tables(2, 4), *rules, rounds=2)) == [
        "Round 2 cannot be seated. These rules contradict each other:",
        "Row 3: p0 sits at t1.",
        "Row 5: p0 and p1 sit at one table.",
        "Row 6: p1 does not sit at t1.",
        "Change one of them.",
    ]


def test_contradictions_leave_rows_out_where_there_are_none() -> None:
    rules = [Rule(Kind.FIXED, "p0", table="t0"), Rule(Kind.FIXED, "p0", table="t1")]
    assert contradictions(Room([Person("p0")], tables(2, 4), 1, rules))[1:3] == ["p0 sits at t0.", "p0 sits at t1."]


def test_contradictions_say_how_many_people_are_too_many() -> None:
    assert contradictions(room(41, tables(4, 10))) == [
        "Round 1 cannot be seated: 41 people are there, and its tables have 40 chairs.",
        "Add 1 chair, or seat 1 person fewer.",
    ]


def test_contradictions_say_how_many_people_are_too_few() -> None:
    assert contradictions(room(3, [Table("t0", 2, 4), Table("t1", 2, 4)])) == [
        "Round 1 cannot be seated: 3 people are there, and its tables need 4 people at least.",
        "That is 1 too few. Lower min_seats, or take a table away.",
    ]


def test_contradictions_name_the_tables_without_a_host() -> None:
    bound = [Rule(Kind.HOST, f"p{index}", table=f"t{index}") for index in range(3)]
    assert contradictions(room(16, tables(4, 4), *bound))[:2] == [
        "Round 1 cannot be seated: it has 3 hosts for 4 tables.",
        "Every table has exactly one host. There is none for t3.",
    ]
    free = [Rule(Kind.HOST, "p0", table="t2"), Rule(Kind.HOST, "p1"), Rule(Kind.HOST, "p2")]
    assert contradictions(room(16, tables(4, 4), *free))[1] == (
        "Every table has exactly one host. 1 is missing at one of t0, t1 and t3."
    )


def test_contradictions_name_the_hosts_if_there_are_too_many() -> None:
    rules = [Rule(Kind.HOST, f"p{index}") for index in range(3)]
    assert contradictions(room(8, tables(2, 4), *rules)) == [
        "Round 1 cannot be seated: it has 3 hosts for 2 tables.",
        "Every table has exactly one host. Take 1 of them off the list: p0, p1 and p2.",
    ]


def test_contradictions_gather_who_sits_apart() -> None:
    rules = [Rule(Kind.APART, f"p{one}", f"p{other}") for one in range(16) for other in range(one)]
    assert contradictions(room(120, tables(15, 8), *rules)) == [
        "Round 1 cannot be seated. These rules contradict each other:",
        "Rows 2–121: p1, p0, p2, p3, p4 and 11 more sit at different tables. These are 16 people.",
        "The round has 15 tables.",
        "Change one of them.",
    ]


def test_contradictions_count_accessible_chairs() -> None:
    rules = [Rule(Kind.ACCESSIBLE, f"p{index}") for index in range(26)]
    assert contradictions(room(120, tables(15, 8, 3), *rules)) == [
        "Round 1 cannot be seated. These rules contradict each other:",
        "Rows 3–27: p1, p2, p3, p4, p5 and 20 more need an accessible table. These are 25 people.",
        "t0, t1 and t2 are accessible.",
        "t0, t1 and t2 have 24 chairs in all.",
        "Change one of them.",
    ]


def test_contradictions_say_that_no_table_is_accessible() -> None:
    assert contradictions(room(4, tables(1, 4), Rule(Kind.ACCESSIBLE, "p1"))) == [
        "Round 1 cannot be seated. This rule cannot be kept:",
        "Row 2: p1 needs an accessible table.",
        "No table of the round is accessible.",
        "Change it.",
    ]


def test_contradictions_name_a_table_that_the_round_does_not_have() -> None:
    there = [Table("t0", 0, 4), Table("t1", 0, 4, round=1)]
    assert contradictions(room(4, there, Rule(Kind.FIXED, "p1", table="t1"), rounds=2))[:3] == [
        "Round 2 cannot be seated. This rule cannot be kept:",
        "Row 2: p1 sits at t1.",
        "Round 2 has no table t1.",
    ]


def test_contradictions_name_the_chairs_that_are_too_few_for_a_block() -> None:
    rules = [Rule(Kind.TOGETHER, f"p{index}", f"p{index + 1}") for index in range(4)]
    assert contradictions(room(8, tables(2, 4), *rules))[1:4] == [
        "Rows 2–5: p0, p1, p2, p3 and p4 sit at one table.",
        "No table has more than 4 chairs.",
        "8 people are there.",
    ]


def test_contradictions_name_the_table_that_needs_more_people() -> None:
    there = [Table("t0", 0, 6), Table("t1", 2, 6)]
    rules = [Rule(Kind.BANNED, f"p{index}", table="t1") for index in range(3)]
    assert contradictions(room(4, there, *rules))[1:4] == [
        "Rows 2–4: p0, p1 and p2 do not sit at t1.",
        "t1 needs 2 people at least.",
        "4 people are there.",
    ]


def test_contradictions_count_hosts_beside_the_fewest_people() -> None:
    there = [Table("t0", 0, 5), Table("t1", 2, 5), Table("t2", 2, 5)]
    hosts = [Rule(Kind.HOST, f"p{index}") for index in range(3)]
    assert contradictions(room(4, there, *hosts)) == [
        "Round 1 cannot be seated. These rules contradict each other:",
        "Rows 2–4: p0, p1 and p2 are hosts, each of another table.",
        "The round has 3 tables.",
        "t1 needs 2 people at least.",
        "t2 needs 2 people at least.",
        "4 people are there.",
        "Change one of them.",
    ]


def test_contradictions_say_so_when_they_cannot_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = room(8, tables(2, 4), Rule(Kind.APART, "p0", "p1"), Rule(Kind.TOGETHER, "p2", "p3"))
    monkeypatch.setattr(conflicts, "BUDGET", 1)
    assert contradictions(asked) == [
        "Round 1: no seating was found that keeps every rule, and it was not proved either that there is none.",
        "Take rules away, those of who sits apart or together first.",
    ]


def test_contradictions_say_so_when_perhaps_not_all_are_to_blame(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = [Rule(Kind.FIXED, "p0", table="t0"), Rule(Kind.FIXED, "p0", table="t1"), Rule(Kind.APART, "p1", "p2")]
    monkeypatch.setattr(conflicts, "_STEPS", 0)
    sentences = contradictions(room(8, tables(2, 4), *rules))
    assert {2, 3} <= named_rows(sentences)
    assert sentences[-1] == (
        "Some of them may not be to blame: finding that out would take too long. Change several of them."
    )


@pytest.mark.parametrize(
    "rules",
    [
        [Rule(Kind.APART, f"p{one}", f"p{other}") for one in range(16) for other in range(one)],
        [Rule(Kind.TOGETHER, f"p{3 * block}", f"p{3 * block + own}") for block in range(33) for own in (1, 2)],
        [Rule(Kind.HOST, f"p{index}") for index in range(60, 76)]
        + [Rule(Kind.ACCESSIBLE, f"p{index}") for index in range(22)],
    ],
    ids="apart trios hosts-and-access".split(),
)
def test_contradictions_are_proved_though_everybody_is_different(rules: list[Rule]) -> None:
    """No two people may be at the same tables: it does not help to see that one can change places with another."""
    banned = [Rule(Kind.BANNED, f"p{index}", table=f"t{3 + index % 12}") for index in range(119)]
    nobody = [Rule(Kind.BANNED, f"p{index}", table="t15") for index in range(119) if rules[0].kind == Kind.APART]
    there = [*tables(15, 8, 3), Table("t15", 0, 8)]
    sentences = contradictions(room(119, there, *rules, *banned, *nobody))
    assert sentences[0] == "Round 1 cannot be seated. These rules contradict each other:"


def crowded(seed: int) -> Room:
    """120 people at 15 tables with hosts and 60 rules drawn blindly, many of which contradict each other."""
    rng = random.Random(seed)
    rules = [Rule(Kind.HOST, f"p{index}") for index in range(15)]
    for _rule in range(45):
        kind = rng.choice([kind for kind in Kind if kind != Kind.HOST])
        one, other = (f"p{index}" for index in rng.sample(range(40), 2))
        pair = kind in (Kind.TOGETHER, Kind.APART)
        table = f"t{rng.randrange(15)}" if kind in (Kind.FIXED, Kind.BANNED) else ""
        rules.append(Rule(kind, one, other if pair else "", table))
    return room(120, tables(15, 8, 2), *rules)


@pytest.mark.parametrize("seed", range(40))
def test_contradictions_vanish_whichever_rule_is_dropped(seed: int) -> None:
    asked = crowded(seed)
    sentences = contradictions(asked)
    assert (sentences == []) == (start(asked, 1, random.Random(0)) is not None)
    named = [rule for rule in asked.rules if rule.row in named_rows(sentences)]
    assert (contradictions(replace(asked, rules=named)) == []) == (sentences == [])
    for rule in named:
        without = replace(asked, rules=[other for other in named if other is not rule])
        assert "contradict" not in " ".join(contradictions(without))


def test_search_is_undecided_rather_than_wrong() -> None:
    pairs = [Rule(Kind.TOGETHER, f"p{2 * index}", f"p{2 * index + 1}") for index in range(4)]
    demands = search.Demands(blocks(tables(2, 4), pairs, {}))
    with pytest.raises(search.Undecided):
        search.search(demands, search.Window([4, 4], [4, 4], 8), random.Random(0), 2)
