"""The room's votes in the workbook."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

import pytest

from eventkit.sheet import Sheet, Value
from eventkit.voting.models import Format
from eventkit.voting.sheets import sheets
from tests.export import day as days
from tests.export.day import MOMENT, Day

CLAIMS = [("0.7 %", "0.7", True), ("7 %", "7", False), ("27 %", "27", False)]


@pytest.fixture
def fife() -> Iterator[Day]:
    with days.database() as session:
        yield days.fife(session)


@pytest.fixture
def empty() -> Iterator[Day]:
    with days.database() as session:
        yield days.day(session)


def gathered(day: Day) -> Mapping[str, Sheet]:
    return {sheet.name: sheet for sheet in sheets(day.session, day.event)}


def gap(day: Day, number: int = 0) -> Mapping[str, Value]:
    return gathered(day)["perception_gap"].rows[number]


def test_polls_are_all_there_in_the_order_of_the_plan(fife: Day) -> None:
    rows = gathered(fife)["polls"].rows
    assert [(row["poll_id"], row["format"], row["rounds"]) for row in rows] == [
        ("p1", "choice", 1),
        ("p2", "myth", 1),
        ("p3", "choice", 0),
        ("p4", "choice", 0),
    ]
    assert [(row["national_statistic"], row["local_statistic"]) for row in rows[:2]] == [("s1", "[z]"), ("[z]", "s2")]


def test_tallies_of_a_counted_round_have_a_row_for_every_option_and_not_sure(fife: Day) -> None:
    rows = [row for row in gathered(fife)["tallies"].rows if row["poll_id"] == "p1"]
    keys = ("option_id", "value", "votes", "share", "is_correct", "rank")
    assert [tuple(row[key] for key in keys) for row in rows] == [
        ("A", Decimal("0.7"), 12, 0.3, True, "[z]"),
        ("B", Decimal(7), 10, 0.25, False, "[z]"),
        ("C", Decimal(27), 18, 0.45, False, "[z]"),
        ("not_sure", "[z]", 2, "[z]", "[z]", "[z]"),
    ]


def test_tallies_of_a_discarded_round_are_confidential(fife: Day) -> None:
    rows = [row for row in gathered(fife)["tallies"].rows if row["poll_id"] == "p2"]
    assert [(row["option_id"], row["votes"], row["share"]) for row in rows] == [
        ("A", "[c]", "[c]"),
        ("B", "[c]", "[c]"),
    ]


def test_open_and_unasked_polls_have_no_tally(fife: Day) -> None:
    named = gathered(fife)
    assert {row["poll_id"] for name in ("tallies", "perception_gap") for row in named[name].rows} == {"p1", "p2"}


def test_gap_of_a_choice_is_the_common_answer_minus_the_figure(fife: Day) -> None:
    row = gap(fife)
    assert {name: row[name] for name in row if row[name] != "[z]" and name != "sentence"} == {
        "poll_id": "p1",
        "round": 1,
        "base": "joined",
        "n_base": 42,
        "n_votes": 40,
        "n_paper": 0,
        "n_not_sure": 2,
        "share_correct": 0.3,
        "share_correct_lower": pytest.approx(0.181, abs=0.001),
        "share_correct_upper": pytest.approx(0.454, abs=0.001),
        "chance": 1 / 3,
        "national_value": Decimal("0.7"),
        "unit": "%",
        "gap_national": Decimal("26.3"),
        "direction": "over",
    }
    assert str(row["sentence"]).startswith("12 of 40 ")


def test_gap_of_a_discarded_round_tells_nothing_of_the_votes(fife: Day) -> None:
    row = gap(fife, 1)
    confidential = {name for name, value in row.items() if value == "[c]"}
    votes = {"n_base", "n_votes", "n_paper", "n_not_sure", "gap_national", "gap_local", "direction"}
    votes |= {"share_correct", "share_correct_lower", "share_correct_upper"}
    assert confidential == votes | {"sentence"}
    assert (row["local_value"], row["chance"]) == (Decimal(80), 0.5)


def test_gap_of_a_tie_or_a_myth_has_no_meaning(empty: Day) -> None:
    empty.statistic("s1", "7")
    tie = empty.poll("p1", CLAIMS, national_statistic="s1")
    empty.round(tie, {"A": 5, "B": 5}, counted_at=MOMENT)
    myth = empty.poll("p2", [("True", None, True), ("False", None, False)], format=Format.MYTH, national_statistic="s1")
    empty.round(myth, {"A": 5, "B": 6}, counted_at=MOMENT)
    for number in (0, 1):
        assert [gap(empty, number)[name] for name in ("gap_national", "direction")] == ["[z]", "[z]"]


@pytest.mark.parametrize(("votes", "distance", "direction"), [({"A": 6}, "-6.3", "under"), ({"B": 6}, "0", "close")])
def test_direction_follows_the_most_common_answer(
    empty: Day, votes: dict[str, int], distance: str, direction: str
) -> None:
    empty.statistic("s1", "7")
    options = [("0.7 %", "0.7", False), ("7 %", "7", True)]
    empty.round(empty.poll("p1", options, local_statistic="s1"), votes, counted_at=MOMENT)
    row = gap(empty)
    assert (row["gap_local"], row["gap_national"], row["direction"]) == (Decimal(distance), "[z]", direction)


def test_every_row_fills_every_column_and_no_other(fife: Day) -> None:
    for name in ("polls", "tallies", "perception_gap"):
        sheet = gathered(fife)[name]
        assert all(row.keys() == {column.name for column in sheet.columns} for row in sheet.rows)


def test_an_event_without_polls_has_no_rows(empty: Day) -> None:
    named = gathered(empty)
    assert [named[name].rows for name in ("polls", "tallies", "perception_gap")] == [[], [], []]
