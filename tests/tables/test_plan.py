"""The sheets of tables and of rules for seating."""

from pathlib import Path

import pytest

from eventkit.tables.models import SeatingRule, TableInRound
from eventkit.tables.plan import SEATING_RULES, TABLES
from tests.plan.writing import EVENT, toml, warned, wrong

PEOPLE = "".join(f'[[people]]\nperson_id = "a{number}"\nname = "Person {number}"\n' for number in (1, 2, 3))


def _table(name: str, *lines: str, seats: int = 9) -> str:
    return "\n".join(["[[tables]]", f'table = "{name}"', f"max_seats = {seats}", *lines, ""])


def _rule(kind: str, person: str, *lines: str) -> str:
    return "\n".join(["[[seating_rules]]", f'kind = "{kind}"', f'person_id = "{person}"', *lines, ""])


T1, T2 = _table("t1", "min_seats = 1"), _table("t2")
AT_T1, AT_T2 = 'table = "t1"', 'table = "t2"'
OTHER = 'other_id = "a2"'


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (_table("t1", "min_seats = 10"), "row 1, min_seats: The fewest people are more than the most."),
        (_table("t1", "min_seats = -1"), "row 1, min_seats: Give 0 or more."),
        (_table("t1", seats=0), "row 1, max_seats: Give a number from 1 to 500."),
        (_table("t1", "round = 0"), "row 1, round: Give a number from 1 to 20."),
        (_table("t1", "round = 1") + _table("t1", "round = 1"),
         "row 2, table: “1 t1” is used in row 1 already. Give each row its own."),
        (T1 + _table("t1", "round = 2"),
         "row 2, round: Row 1 has this table already. Give each of its rows a round of its own."),
        (T1 + _table("t1"), "row 2, round: Row 1 has this table already. Give each of its rows a round of its own."),
        (_table("t1", 'name = "Eden"') + _table("t2", 'name = "eden"'),
         "row 2, name: Row 1 gives another table this name."),
        (_table("t1", 'vignettes = "v1"'), "row 1, vignettes: “v1” is not in the sheet vignettes."),
        (_table("Table 1"),
         "row 1, table: An id has letters a to z, digits, - and _ only, 40 at most, such as p1."),
    ],
)  # fmt: skip
def test_table_that_cannot_be_is_named(tmp_path: Path, lines: str, expected: str) -> None:
    assert wrong(toml(tmp_path, EVENT + lines)) == [f"tables, {expected}"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (_rule("fixed", "a1"), "row 1, table: A rule of the kind fixed needs this cell."),
        (_rule("banned", "a1"), "row 1, table: A rule of the kind banned needs this cell."),
        (_rule("together", "a1"), "row 1, other_id: A rule of the kind together needs this cell."),
        (_rule("apart", "a1"), "row 1, other_id: A rule of the kind apart needs this cell."),
        (_rule("together", "a1", OTHER, AT_T1),
         "row 1, table: A rule of the kind together has no table. Clear the cell, or choose another kind."),
        (_rule("host", "a1", OTHER),
         "row 1, other_id: A rule of the kind host has no other_id. Clear the cell, or choose another kind."),
        (_rule("apart", "a1", 'other_id = "a1"'), "row 1, other_id: These are the same person. Name two."),
        (_rule("fixed", "a9", AT_T1), "row 1, person_id: “a9” is not in the sheet people."),
        (_rule("fixed", "a1", 'table = "x7"'), "row 1, table: “x7” is not in the sheet tables."),
        (_rule("accessible", "a1"), "row 1, kind: No table is marked as accessible in the sheet tables."),
        (_rule("together", "a1", OTHER) + _rule("apart", "a2", 'other_id = "a1"', "round = 2"),
         "row 2, kind: Row 1 demands the contrary. Delete one of the two."),
        (_rule("fixed", "a1", AT_T1) + _rule("fixed", "a1", AT_T2),
         "row 2, kind: Row 1 demands the contrary. Delete one of the two."),
        (_rule("banned", "a1", AT_T1) + _rule("fixed", "a1", AT_T1),
         "row 2, kind: Row 1 demands the contrary. Delete one of the two."),
        (_rule("host", "a1", AT_T1) + _rule("host", "a2", AT_T1),
         "row 2, table: Row 1 gives this table a host already."),
    ],
)  # fmt: skip
def test_rule_that_cannot_be_is_named(tmp_path: Path, lines: str, expected: str) -> None:
    assert wrong(toml(tmp_path, EVENT + PEOPLE + T1 + T2 + lines)) == [f"seating_rules, {expected}"]


def test_rules_of_different_rounds_do_not_meet(tmp_path: Path) -> None:
    rounds = [_rule("fixed", "a1", AT_T1, "round = 1"), _rule("fixed", "a1", AT_T2, "round = 2")]
    assert wrong(toml(tmp_path, EVENT + PEOPLE + T1 + T2 + "".join(rounds))) == []


def test_person_may_be_banned_from_one_table_and_fixed_to_another(tmp_path: Path) -> None:
    rules = _rule("banned", "a1", AT_T1) + _rule("fixed", "a1", AT_T2) + _rule("banned", "a1", 'table = "t3"')
    assert wrong(toml(tmp_path, EVENT + PEOPLE + T1 + T2 + _table("t3") + rules)) == []


def test_hosts_that_are_not_one_for_each_table_are_a_warning(tmp_path: Path) -> None:
    path = toml(tmp_path, EVENT + PEOPLE + T1 + T2 + _rule("host", "a1"))
    assert wrong(path) == []
    assert warned(path) == ["seating_rules, kind: There are 1 hosts for 2 tables. Every table has exactly one."]


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        (_table("t1", seats=2), ["In round 1 there are 3 people for 0 to 2 seats. Change the tables' seats."]),
        (_table("t1", "round = 1") + _table("t1", "round = 2", "min_seats = 3"),
         ["In round 2 there are 2 people for 3 to 9 seats. Change the tables' seats."]),
        (_table("t1", "round = 1", seats=3) + _table("t1", "round = 2", seats=1),
         ["In round 2 there are 2 people for 0 to 1 seats. Change the tables' seats."]),
        (_table("t1", seats=3), []),
    ],
)  # fmt: skip
def test_room_that_does_not_hold_everybody_is_a_warning(tmp_path: Path, tables: str, expected: list[str]) -> None:
    here = PEOPLE + "rounds = 1\n"
    path = toml(tmp_path, EVENT + here + tables)
    assert wrong(path) == []
    assert warned(path) == [f"tables, max_seats: {sentence}" for sentence in expected]


def test_room_of_a_day_without_rounds_is_counted_once(tmp_path: Path) -> None:
    assert warned(toml(tmp_path, EVENT + PEOPLE + _table("t1", seats=2))) == [
        "tables, max_seats: There are 3 people for 0 to 2 seats. Change the tables' seats.",
    ]


def test_every_column_is_stored() -> None:
    assert [column.name for column in TABLES.columns if column.name not in TableInRound.model_fields] == []
    assert [column.name for column in SEATING_RULES.columns if column.name not in SeatingRule.model_fields] == []


def test_round_without_end_is_named_and_not_counted_to(tmp_path: Path) -> None:
    path = toml(tmp_path, EVENT + PEOPLE + f'rounds = "{"9" * 5000}"\n' + T1)
    assert [line[:40] for line in wrong(path)] == ["people, row 3, rounds: “9999999999999999"]
