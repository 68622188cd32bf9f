"""The programme's sheet."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel, create_engine, select

from eventkit.activities import ACTIVITIES
from eventkit.plan.whole import create
from eventkit.stage.models import ProgrammeStep, Stage
from tests.plan.writing import DAY, EVENT, POLL, noted, opened, toml, wrong

WORDS = "welcome, poll, wall, tables, vignettes, questionnaire, break, close"
TWO_POLLS = DAY + POLL.replace('"p1"', '"p2"')


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def _step(order: float, activity: str, *lines: str) -> str:
    return "\n".join(["[[programme]]", f"order = {order}", f'activity = "{activity}"', *lines, ""])


def _steps(session: Session, path: Path) -> list[tuple[str, str, str, int | None]]:
    assert wrong(path) == []
    create(session, opened(path)[0], ACTIVITIES, "K7M4PDX")
    steps = session.exec(select(ProgrammeStep)).all()
    assert [step.position for step in steps] == list(range(1, len(steps) + 1))
    return [(step.activity, step.refs, step.time, step.minutes) for step in steps]


def test_polls_of_one_row_become_a_step_each_in_their_order(tmp_path: Path, session: Session) -> None:
    row = _step(1, "poll", 'ref = "p2; p1"', 'time = "9:45"', "minutes = 40")
    assert _steps(session, toml(tmp_path, TWO_POLLS + row)) == [("poll", "p2", "09:45", 40), ("poll", "p1", "", None)]


def test_empty_ref_means_all_of_that_kind(tmp_path: Path, session: Session) -> None:
    steps = _steps(session, toml(tmp_path, TWO_POLLS + _step(1, "poll")))
    assert [step[:2] for step in steps] == [("poll", "p1"), ("poll", "p2")]


@pytest.mark.parametrize("ref", ["p1 p2", "p1,p2", "p1; p2", " p1 ,\tp2 "])
def test_refs_are_parted_by_space_comma_or_semicolon(tmp_path: Path, session: Session, ref: str) -> None:
    steps = _steps(session, toml(tmp_path, TWO_POLLS + _step(1, "poll", f"ref = '{ref}'")))
    assert [step[:2] for step in steps] == [("poll", "p1"), ("poll", "p2")]


def test_order_sorts_the_steps(tmp_path: Path, session: Session) -> None:
    rows = _step(3, "close") + _step(1.5, "break") + _step(1, "welcome") + _step(2, "poll")
    steps = _steps(session, toml(tmp_path, DAY + rows))
    assert [step[0] for step in steps] == ["welcome", "break", "poll", "close"]
    assert session.exec(select(Stage.step_id)).one() == 1


WALLS = """
[[walls]]
wall_id = "w1"
question = "What could you share?"
[[walls]]
wall_id = "w2"
question = "Who is missing?"
"""


def test_walls_of_one_row_are_one_step(tmp_path: Path, session: Session) -> None:
    rows = _step(1, "wall", 'ref = "w1 w2"') + _step(2, "poll")
    assert _steps(session, toml(tmp_path, DAY + WALLS + rows))[0][:2] == ("wall", "w1 w2")


def test_ids_of_an_activity_that_is_not_built_yet_are_known(tmp_path: Path) -> None:
    rows = _step(1, "poll") + _step(2, "wall", 'ref = "w1 w3"')
    path = toml(tmp_path, DAY + WALLS + rows)
    assert wrong(path) == ["programme, row 2, ref: “w3” is not in the sheet walls."]
    assert noted(path) == ["programme, ref: No step shows “w2” of the sheet walls."]


def test_step_of_an_activity_that_is_not_built_yet_may_be_a_title_only(tmp_path: Path) -> None:
    path = toml(tmp_path, DAY + _step(1, "poll") + _step(2, "questionnaire"))
    assert wrong(path) == []
    sentence = "programme, row 2, activity: The plan has nothing for this step: the sheet questionnaire is empty."
    assert noted(path) == [sentence]


def test_step_of_an_activity_without_anything_to_show_is_a_mistake(tmp_path: Path) -> None:
    path = toml(tmp_path, DAY + _step(1, "poll") + _step(2, "wall"))
    sentence = "programme, row 2, activity: The plan has nothing for this step: the sheet walls is empty."
    assert wrong(path) == [sentence]


def test_sheet_that_no_step_shows_is_a_note(tmp_path: Path) -> None:
    assert noted(toml(tmp_path, DAY + WALLS + _step(1, "poll"))) == [
        "programme, activity: No step shows what is in the sheet walls.",
    ]


def test_without_a_programme_what_is_prepared_has_its_step(tmp_path: Path, session: Session) -> None:
    steps = _steps(session, toml(tmp_path, DAY + WALLS))
    assert [step[:2] for step in steps] == [("welcome", ""), ("poll", "p1"), ("wall", "w1 w2"), ("close", "")]


def test_without_a_programme_every_poll_has_its_step(tmp_path: Path, session: Session) -> None:
    steps = _steps(session, toml(tmp_path, TWO_POLLS))
    assert [step[:2] for step in steps] == [("welcome", ""), ("poll", "p1"), ("poll", "p2"), ("close", "")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (_step(1, "pol"), "row 1, activity: “pol” is not one of " + WORDS + ". Did you mean “poll”?"),
        (_step(1, "poll", 'ref = "p11"'), "row 1, ref: “p11” is not in the sheet polls. Did you mean “p1”?"),
        (_step(1, "poll") + _step(2, "poll", 'ref = "p1"'),
         "row 2, ref: “p1” has its step in row 1 already. Name it once."),
        (_step(1, "poll") + _step(1, "break"), "row 2, order: “1” is used in row 1 already. Give each row its own."),
        (_step(1, "close") + _step(2, "poll"),
         "row 2, order: This step comes after close, which ends the event. Put close last."),
        (_step(1, "poll", 'time = "half past nine"'),
         "row 1, time: “half past nine” is no time of day. Write hours and minutes, such as 09:30."),
        (_step(1, "poll", 'time = "25:00"'),
         "row 1, time: “25:00” is no time of day. Write hours and minutes, such as 09:30."),
        (_step(1, "poll", "minutes = 0"), "row 1, minutes: Give the minutes as a number from 1 to 1440."),
    ],
)  # fmt: skip
def test_step_that_cannot_be_is_named(tmp_path: Path, rows: str, expected: str) -> None:
    assert wrong(toml(tmp_path, DAY + rows)) == [f"programme, {expected}"]


def test_step_for_polls_needs_a_poll(tmp_path: Path) -> None:
    assert wrong(toml(tmp_path, EVENT + _step(1, "poll"))) == [
        "programme, row 1, activity: The plan has nothing for this step: the sheet polls is empty.",
    ]


def test_poll_that_no_step_shows_is_a_note(tmp_path: Path) -> None:
    path = toml(tmp_path, TWO_POLLS + _step(1, "poll", 'ref = "p1"'))
    assert wrong(path) == []
    assert noted(path) == ["programme, ref: No step shows “p2” of the sheet polls."]
