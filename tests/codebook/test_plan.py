"""The sheet of themes."""

from pathlib import Path

import pytest

from eventkit.codebook.models import Theme
from eventkit.codebook.plan import THEMES
from tests.plan.writing import EVENT, FIFE, opened, toml, wrong

THEME = '[[themes]]\ntheme_id = "who"\nlabel = "Who"\n'


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            'colour = "blue"',
            "row 1, colour: “blue” is no colour. Write # and six digits or letters a to f, such as #1B4F8F.",
        ),
        (THEME.replace('"who"', '"who2"'), "row 2, label: Row 1 says the same. Give each its own, or delete one."),
        (
            THEME.replace('"who"', '"who2"').replace("Who", "x" * 61),
            "row 2, label: This has 61 characters; at most 60 fit the screen.",
        ),
    ],
)
def test_theme_that_cannot_be_is_named(tmp_path: Path, lines: str, expected: str) -> None:
    assert wrong(toml(tmp_path, EVENT + THEME + lines)) == [f"themes, {expected}"]


def test_demonstration_has_the_five_themes_of_the_report_in_its_order() -> None:
    labels = [row.text("label") for row in opened(FIFE)[0].rows("themes")]
    assert labels == ["Referrals", "Resources", "Knowledge", "Data protection", "Who"]


def test_every_column_is_stored() -> None:
    assert [column.name for column in THEMES.columns if column.name not in Theme.model_fields] == []
