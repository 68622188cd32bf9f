"""The sheet of wall questions."""

from pathlib import Path

import pytest

from eventkit.wall.models import Wall
from eventkit.wall.plan import WALLS
from tests.plan.writing import EVENT, opened, toml, wrong

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
