"""The plan workbook that organisers fill in."""

from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from eventkit.export.template import write
from eventkit.plan.reading import read
from eventkit.sheet import Column, Part, Plan, Row, Type, Value
from tests.export.reader import formulas

ONE_OF = (("choice", "One of several"), ("myth", "True or not"))
EVENT = Part(
    "event",
    "The day.",
    (
        Column("event_id", "The day's id.", required=True, example="fife-2016"),
        Column("date", "The day.", Type.DATE, required=True, example=date(2016, 5, 18)),
        Column("min_votes", "Fewest votes.", Type.INTEGER, default=5),
    ),
    transposed=True,
)
POLLS = Part(
    "polls",
    "The questions.",
    (
        Column("poll_id", "The question's id.", required=True, example="p1"),
        Column("format", "How it is answered.", required=True, values=ONE_OF, example="choice"),
        Column("allow_not_sure", "Whether one may be unsure.", Type.YES_NO, default=False, example=True),
        Column("question", "=1+1", example="=1+1"),
        Column("asked_on", "When.", Type.DATE, example=date(2016, 5, 18)),
    ),
    key=("poll_id",),
)


def template() -> bytes:
    target = BytesIO()
    write(target, (EVENT, POLLS))
    return target.getvalue()


def test_template_has_exact_headings_lists_and_one_example() -> None:
    book = load_workbook(BytesIO(template()))
    assert book.sheetnames == ["guidance", "event", "polls"]
    page = book["polls"]
    assert [cell.value for cell in page[1]] == [column.name for column in POLLS.columns]
    assert [cell.font.b for cell in page[1]] == [True, True, False, False, False]
    assert [cell.value for cell in page[2]][:4] == ["example: p1", "choice", "yes", "=1+1"]
    assert page.freeze_panes == "A2"
    assert page.column_dimensions["A"].width >= 14
    lists = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation if rule.type == "list"}
    assert lists == {"B2:B501": '"choice,myth"', "C2:C501": '"yes,no"'}
    assert formulas(template()) == []


def test_template_keeps_typed_text_as_text() -> None:
    page = load_workbook(BytesIO(template()))["polls"]
    assert page.column_dimensions["A"].width
    with_text = BytesIO(template())
    book = load_workbook(with_text)
    style = book["polls"].column_dimensions["D"]
    assert style.number_format == "@"


def test_template_of_a_transposed_part_has_a_row_for_each_field() -> None:
    page = load_workbook(BytesIO(template()))["event"]
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["field", "value", "guidance"],
        ["event_id", None, "The day's id. Required. For example: fife-2016"],
        ["date", None, "The day. Required. For example: 2016-05-18"],
        ["min_votes", 5, "Fewest votes. If it is empty: 5."],
    ]


def test_template_filled_in_reads_back_as_a_plan(tmp_path: Path) -> None:
    book = load_workbook(BytesIO(template()))
    book["event"]["B2"], book["event"]["B3"] = "fife", date(2016, 5, 18)
    for column, value in enumerate(("p1", "myth", "no", "True?"), 1):
        book["polls"].cell(3, column, value)
    book.save(tmp_path / "plan.xlsx")
    plan, problems = read(tmp_path / "plan.xlsx", (EVENT, POLLS))
    assert problems == []
    (event,), (poll,) = plan.rows("event"), plan.rows("polls")
    assert [event[name] for name in ("event_id", "date", "min_votes")] == ["fife", date(2016, 5, 18), 5]
    assert [poll[name] for name in ("poll_id", "format", "allow_not_sure", "question")] == [
        "p1",
        "myth",
        False,
        "True?",
    ]


def test_template_has_the_same_bytes_every_time() -> None:
    assert template() == template()


PEOPLE = Part(
    "people",
    "Who comes.",
    (Column("person_id", "An id.", required=True, example="a1"), Column("name", "A name.", example="Anna")),
    key=("person_id",),
    free_columns=True,
)
HOSTILE = ["=1+1", "@SUM(A1)", "_x000D_", "<r>x</r>", "+44", "http://host.test/x", "0123", "TRUE", "#N/A", "a\n\tb"]


def filled(plan: Plan) -> bytes:
    target = BytesIO()
    write(target, (EVENT, POLLS, PEOPLE), plan)
    return target.getvalue()


def test_filled_plan_has_its_rows_in_place_of_examples(tmp_path: Path) -> None:
    rows: dict[str, list[dict[str, Value]]] = {
        "event": [{"event_id": "fife", "date": date(2016, 5, 18), "min_votes": None}],
        "polls": [{"poll_id": "p1", "format": "myth", "question": "True?", "asked_on": date(1899, 1, 1)}],
        "people": [{"person_id": f"a{place}", "name": text, text: text} for place, text in enumerate(HOSTILE)],
    }
    plan = Plan({name: tuple(Row(name, 0, cells) for cells in found) for name, found in rows.items()})
    (tmp_path / "plan.xlsx").write_bytes(filled(plan))
    assert formulas(filled(plan)) == []
    page = load_workbook(BytesIO(filled(plan)))["people"]
    assert [cell.value for cell in page[1]] == ["person_id", "name", *HOSTILE]
    again, problems = read(tmp_path / "plan.xlsx", (EVENT, POLLS, PEOPLE))
    assert [problem for problem in problems if problem.blocks] == []
    assert [row["name"] for row in again.rows("people")] == HOSTILE
    assert [row["asked_on"] for row in again.rows("polls")] == [date(1899, 1, 1)]
    assert [row["min_votes"] for row in again.rows("event")] == [5]


def test_part_of_a_filled_plan_that_is_empty_keeps_its_example() -> None:
    page = load_workbook(BytesIO(filled(Plan({}))))["people"]
    assert [cell.value for cell in page[2]] == ["example: a1", "Anna"]


def test_filled_plan_is_wide_and_helpful_below_its_last_row() -> None:
    rows = tuple(Row("polls", 0, {"poll_id": f"p{number}"}) for number in range(700))
    page = load_workbook(BytesIO(filled(Plan({"polls": rows}))))["polls"]
    lists = {str(rule.sqref) for rule in page.data_validations.dataValidation if rule.type == "list"}
    assert lists == {"B2:B701", "C2:C701"}
