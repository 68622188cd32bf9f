"""Changing the programme: what follows from the plan is written down, and steps that stay keep their numbers."""

from decimal import Decimal
from pathlib import Path

from eventkit.activities import ACTIVITIES
from eventkit.plan import steps
from eventkit.plan.whole import kinds
from eventkit.sheet import Plan
from tests.plan.writing import DAY, opened, toml

PROGRAMME = """
[[programme]]
order = 10
activity = "welcome"
[[programme]]
order = 20
activity = "poll"
ref = "p1 p2"
[[programme]]
order = 30
activity = "close"
"""


def day(tmp_path: Path, programme: str = "") -> Plan:
    plan, _problems = opened(toml(tmp_path, DAY + programme))
    return plan


def shown(plan: Plan) -> list[tuple[str, str, str]]:
    return [(row.text("order"), row.text("activity"), row.text("ref")) for row in plan.rows("programme")]


def test_programme_that_follows_from_the_plan_is_written_down(tmp_path: Path) -> None:
    written = steps.written(day(tmp_path), kinds(ACTIVITIES))
    assert shown(written) == [("1", "welcome", ""), ("2", "poll", "p1"), ("3", "close", "")]
    assert shown(steps.written(written, kinds(ACTIVITIES))) == shown(written)


def test_step_is_added_before_the_close_under_a_number_between_its_neighbours(tmp_path: Path) -> None:
    longer = steps.added(day(tmp_path, PROGRAMME), {"activity": "break"})
    assert shown(longer)[2] == ("25", "break", "")
    assert [row["order"] for row in longer.rows("programme")] == [10, 20, 25, 30]


def test_step_is_added_last_where_nothing_closes(tmp_path: Path) -> None:
    open_ended = steps.skipped(day(tmp_path, PROGRAMME), 2)
    assert shown(steps.added(open_ended, {"activity": "close"}))[-1] == ("21", "close", "")
    assert shown(steps.added(steps.skipped(open_ended, 1), {"activity": "close"}))[-1] == ("11", "close", "")


def test_moved_steps_exchange_their_numbers(tmp_path: Path) -> None:
    plan = day(tmp_path, PROGRAMME)
    assert shown(steps.moved(plan, 1, -1)) == [("10", "poll", "p1 p2"), ("20", "welcome", ""), ("30", "close", "")]
    assert steps.moved(plan, 0, -1) == plan
    assert steps.moved(plan, 2, 1) == plan


def test_programme_forgets_a_row_and_the_step_that_showed_only_it(tmp_path: Path) -> None:
    plan = day(tmp_path, PROGRAMME)
    once = steps.unshown(plan, "poll", "p2")
    assert shown(once)[1] == ("20", "poll", "p1")
    assert shown(steps.unshown(once, "poll", "p1")) == [("10", "welcome", ""), ("30", "close", "")]
    assert steps.unshown(plan, "wall", "p1") == plan


def test_programme_shows_what_it_names_or_all_of_a_kind(tmp_path: Path) -> None:
    plan = day(tmp_path, PROGRAMME)
    assert (steps.shows(plan, "poll", "p2"), steps.shows(plan, "poll", "p3")) == (True, False)
    assert steps.shows(day(tmp_path), "poll", "p3")
    assert steps.shows(day(tmp_path, PROGRAMME.replace('ref = "p1 p2"', "")), "poll", "p3")
    assert plan.rows("programme")[0]["order"] == Decimal(10)
