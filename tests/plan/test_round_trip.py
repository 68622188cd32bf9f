"""Plan, event, download, plan: nothing is lost on the way and nothing is added."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from sqlmodel import Session, SQLModel, create_engine

from eventkit.activities import ACTIVITIES
from eventkit.export.template import write
from eventkit.plan.reading import read
from eventkit.plan.whole import create, digest, parts, stored
from eventkit.sheet import Plan, Row
from tests.export.reader import formulas
from tests.plan.made_up import plans
from tests.plan.writing import DAY, EVENT, FIFE, Cell, as_sheets, opened, toml, workbook

MADE = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@contextmanager
def empty() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def through_database(plan: Plan) -> Plan:
    """The plan as it comes back after it was stored."""
    with empty() as session:
        event = create(session, plan, ACTIVITIES, "K7M4PDX")
        session.commit()
        session.expire_all()
        return stored(session, event, ACTIVITIES)


def through_workbook(plan: Plan) -> Plan:
    """The plan as it comes back after it was downloaded."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        write(path, parts(ACTIVITIES), plan)
        assert formulas(path.read_bytes()) == []
        again, problems = read(path, parts(ACTIVITIES))
    assert [str(problem) for problem in problems if problem.blocks] == []
    return again


@pytest.mark.parametrize("door", ["toml", "xlsx"])
def test_demonstration_goes_round(tmp_path: Path, door: str) -> None:
    path = FIFE if door == "toml" else workbook(tmp_path, as_sheets(FIFE.read_text("utf-8")))
    plan = opened(path)[0]
    back = through_workbook(through_database(plan))
    assert {name: len(rows) for name, rows in back.parts.items() if rows} == {
        "event": 1,
        "programme": 8,
        "statistics": 16,
        "polls": 12,
        "options": 18,
        "walls": 4,
        "people": 42,
        "tables": 4,
        "seating_rules": 5,
        "vignettes": 6,
        "prompts": 4,
        "questionnaire": 13,
        "themes": 5,
    }
    assert digest(back) == digest(plan)
    assert digest(through_database(back)) == digest(plan)


@MADE
@given(plan=plans())
def test_whatever_is_stored_comes_back(plan: Plan) -> None:
    assert digest(through_database(plan)) == digest(plan)


@MADE
@given(plan=plans())
def test_whatever_is_downloaded_reads_back(plan: Plan) -> None:
    assert digest(through_workbook(plan)) == digest(plan)


def test_row_of_several_polls_comes_back_as_one_row(tmp_path: Path) -> None:
    poll = DAY[DAY.index("[[polls]]") :].replace('"p1"', '"p2"')
    step = "[[programme]]\norder = 2\nactivity = 'poll'\nref = 'p2;p1'\ntime = '9:45'\nminutes = 20\n"
    plan = opened(toml(tmp_path, DAY + poll + step))[0]
    assert [row.given() for row in through_database(plan).rows("programme")] == [
        row.given() for row in plan.rows("programme")
    ]


def test_plan_without_a_programme_comes_back_without_one(tmp_path: Path) -> None:
    plan = opened(toml(tmp_path, DAY))[0]
    assert through_database(plan).rows("programme") == ()
    assert digest(through_database(plan)) == digest(plan)


def test_mark_that_the_figure_decides_comes_back_as_it_was_left(tmp_path: Path) -> None:
    marked = opened(toml(tmp_path, DAY.replace("value = 84\n[", "value = 84\ncorrect = true\n[")))[0]
    left = opened(toml(tmp_path, DAY))[0]
    assert [row["correct"] for row in through_database(marked).rows("options")] == [True, None]
    assert [row["correct"] for row in through_database(left).rows("options")] == [None, None]


def test_part_that_is_empty_keeps_its_example_in_the_download(tmp_path: Path) -> None:
    plan = opened(toml(tmp_path, EVENT))[0]
    assert digest(through_workbook(plan)) == digest(plan)
    assert set(through_workbook(plan).parts) == {part.name for part in parts(ACTIVITIES)}


def test_people_keep_the_columns_of_the_organisers_own_in_their_order(tmp_path: Path) -> None:
    columns: list[Cell] = ["person_id", "name", "zeal", "age", "home"]
    people: list[list[Cell]] = [columns, ["a1", "Anna", "much", "7", None], ["a2", "Jan", None, None, "Cupar"]]
    plan = opened(workbook(tmp_path, {**as_sheets(EVENT), "people": people}))[0]
    back = through_database(plan)
    assert [row.given() for row in back.rows("people")] == [
        {"person_id": "a1", "name": "Anna", "zeal": "much", "age": "7"},
        {"person_id": "a2", "name": "Jan", "home": "Cupar"},
    ]
    assert digest(through_workbook(back)) == digest(plan)


def test_two_plans_that_differ_in_one_cell_have_two_digests() -> None:
    plan = opened(FIFE)[0]
    for name, rows in plan.parts.items():
        for column in rows[0].given():
            changed = Row(name, 1, {**rows[0].cells, column: "another"})
            assert digest(Plan({**plan.parts, name: (changed, *rows[1:])})) != digest(plan)
