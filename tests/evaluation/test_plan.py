"""The sheet of the exit questionnaire."""

from pathlib import Path

import pytest

from eventkit.evaluation.models import Item
from eventkit.evaluation.plan import QUESTIONNAIRE
from tests.plan.writing import EVENT, noted, toml, wrong


def _item(name: str, kind: str, *lines: str) -> str:
    start = f'[[questionnaire]]\nitem_id = "{name}"\nkind = "{kind}"\nquestion = "What about {name}?"'
    return "\n".join([start, *lines, ""])


CHOICE = _item("q1", "choice", 'options = "Bus; Train ; On foot"')


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (_item("q1", "rating"), "row 1, kind: “rating” is not one of score, agree, yes_no, choice, number, text."),
        (_item("q1", "choice"),
         "row 1, options: A choice needs 2 to 12 options with a semicolon between; this has 0."),
        (_item("q1", "choice", 'options = "Bus, Train"'),
         "row 1, options: A choice needs 2 to 12 options with a semicolon between; this has 1."),
        (_item("q1", "choice", 'options = "Bus; bus"'),
         "row 1, options: Two of these options are the same. Give each its own words."),
        (_item("q1", "text", "max_length = 1001"), "row 1, max_length: Give a number from 1 to 1000."),
        (_item("q1", "score", 'relevant = "q1 = 1"'),
         "row 1, relevant: “q1” is no item above this one. Name one that is asked before."),
        (CHOICE + _item("q2", "text", 'relevant = "q1"'),
         "row 2, relevant: Write an earlier item and its answer, such as q1 = yes."),
        (CHOICE + _item("q2", "text", 'relevant = "q1 = Car"'),
         "row 2, relevant: “Car” is no answer to q1. Its answers are: Bus; Train; On foot."),
        (_item("q1", "text") + _item("q2", "text", 'relevant = "q1 = x"'),
         "row 2, relevant: “x” is no answer to q1. Its answers are: –."),
        (_item("q1", "text") + _item("q2", "text").replace("about q2", "about q1"),
         "row 2, question: Row 1 says the same. Give each its own, or delete one."),
    ],
)  # fmt: skip
def test_item_that_cannot_be_is_named(tmp_path: Path, lines: str, expected: str) -> None:
    assert wrong(toml(tmp_path, EVENT + lines)) == [f"questionnaire, {expected}"]


@pytest.mark.parametrize(
    ("kind", "answer"), [("score", "5"), ("agree", "1"), ("yes_no", "no"), ("number", "10"), ("choice", "On foot")]
)
def test_item_may_depend_on_any_answer_of_an_earlier_one(tmp_path: Path, kind: str, answer: str) -> None:
    earlier = CHOICE if kind == "choice" else _item("q1", kind)
    assert wrong(toml(tmp_path, EVENT + earlier + _item("q2", "text", f'relevant = "q1={answer}"'))) == []


def test_cell_of_another_kind_is_a_note(tmp_path: Path) -> None:
    path = toml(tmp_path, EVENT + _item("q1", "yes_no", 'low_label = "Poor"', 'options = "a;b"'))
    assert wrong(path) == []
    assert noted(path) == [
        f"questionnaire, row 1, {column}: This kind of item has none; it is left unread."
        for column in ("low_label", "options")
    ]


def test_every_column_is_stored() -> None:
    assert [column.name for column in QUESTIONNAIRE.columns if column.name not in Item.model_fields] == []
