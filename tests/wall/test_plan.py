"""The sheet of wall questions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventkit.events.rules import event
from eventkit.wall import rules
from eventkit.wall.models import Wall
from eventkit.wall.plan import WALLS, fixed
from tests.fife import FIFE
from tests.plan.writing import EVENT, opened, toml, wrong
from tests.wall.walled import Walled

WALL = '[[walls]]\nwall_id = "w1"\nquestion = "What could you share?"\n'


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("max_length = 39", "row 1, max_length: Give a number from 40 to 2000."),
        ("max_length = 2001", "row 1, max_length: Give a number from 40 to 2000."),
        ("dots = -1", "row 1, dots: Give a number from 0 to 20."),
        (WALL.replace("w1", "w2"), "row 2, question: Row 1 says the same. Give each its own, or delete one."),
        (WALL.replace("share", "give"), "row 2, wall_id: “w1” is used in row 1 already. Give each row its own."),
        (
            WALL.replace("w1", "w2").replace("What", "x" * 300),
            "row 2, question: This has 317 characters; at most 300 fit the screen.",
        ),
    ],
)
def test_wall_that_cannot_be_is_named(tmp_path: Path, lines: str, expected: str) -> None:
    assert wrong(toml(tmp_path, EVENT + WALL + lines)) == [f"walls, {expected}"]


def test_empty_cells_have_the_defaults_of_the_contract(tmp_path: Path) -> None:
    (row,) = opened(toml(tmp_path, EVENT + WALL))[0].rows("walls")
    columns = ["max_length", "approve_first", "hidden", "dots", "attendees_group", "readable_on_phones"]
    assert [row[column] for column in columns] == [280, False, False, 0, False, False]


def test_every_column_is_stored() -> None:
    assert [column.name for column in WALLS.columns if column.name not in Wall.model_fields] == []


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Walled]:
    made = Walled(tmp_path, w1={"dots": 3})
    yield made
    made.close()


def why_fixed(hall: Walled, row_id: str, column: str, part: str = "walls") -> str:
    return hall.ask(lambda session: fixed(session, event(session, FIFE), part, row_id, column))


def test_wall_that_was_not_opened_can_change(hall: Walled) -> None:
    hall.do(rules.open_wall, FIFE, "w2")
    assert [why_fixed(hall, "w1", column.name) for column in WALLS.columns] == [""] * len(WALLS.columns)
    assert [why_fixed(hall, row_id, "") for row_id in ("w1", "w3", "")] == ["", "", ""]


def test_what_people_wrote_to_stays_once_the_wall_was_opened(hall: Walled) -> None:
    hall.do(rules.open_wall, FIFE, "w1")
    hall.do(rules.close_wall, FIFE, "w1")
    sentence = "The wall “w1” was opened, so what people wrote to stays as it is."
    columns = {column.name for column in WALLS.columns} | {""}
    held = {column for column in columns if why_fixed(hall, "w1", column) == sentence}
    assert held == {"", "wall_id", "question", "help", "hidden", "readable_on_phones"}
    assert {why_fixed(hall, "w1", column) for column in columns - held} == {""}
    assert why_fixed(hall, "w1", "question", "themes") == ""


def test_typo_in_an_opened_wall_can_be_corrected() -> None:
    assert [column.name for column in WALLS.columns if column.wording] == ["question", "help"]


def test_dots_and_the_fewest_votes_stay_while_people_give_dots(hall: Walled) -> None:
    hall.do(rules.open_wall, FIFE, "w1")
    hall.write("Ada", "Housing")
    hall.do(rules.close_wall, FIFE, "w1")
    assert [why_fixed(hall, "w1", "dots"), why_fixed(hall, "", "min_votes", "event")] == ["", ""]
    hall.forward_walls()
    hall.do(rules.close_wall, FIFE, "w2")
    hall.forward_walls()
    assert why_fixed(hall, "w1", "dots").startswith("The dot vote on “w1” was opened")
    assert why_fixed(hall, "", "min_votes", "event").startswith("A dot vote is not counted yet.")
