"""Every mistake in a plan file, with the sheet, row and column that it is reported at."""

import contextlib
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from eventkit.errors import BadInput
from eventkit.plan.table import MAX_ROWS
from eventkit.sheet import Problem
from tests.plan.writing import DAY, EVENT, FIGURE, Cell, as_sheets, opened, toml, workbook, wrong

TWO_WAYS = "“12,5” can be read in two ways. Write a point before decimals, commas only between thousands."
BAD_ID = "An id has letters a to z, digits, - and _ only, 40 at most, such as p1."
MADE_A_DATE = (
    "The program that saved this file made a date of it (2016-05-01). Format the cell as text and type it again."
)
NOT_A_DATE = "“May 2016” is not a date. Write year-month-day, such as 2016-05-18."


def _refusal(path: Path) -> str:
    with pytest.raises(BadInput) as refused:
        opened(path)
    return refused.value.sentence


def _changed(sheet: str, row: int, heading: str, value: Cell) -> dict[str, list[list[Cell]]]:
    """The day's workbook with one cell changed; rows count as in the workbook."""
    sheets = as_sheets(DAY)
    rows = sheets[sheet]
    if heading not in rows[0]:
        rows[0].append(heading)
    for cells in rows:
        cells.extend([None] * (len(rows[0]) - len(cells)))
    rows[row - 1][rows[0].index(heading)] = value
    return sheets


def test_sound_plan_has_no_problem_through_either_door(tmp_path: Path) -> None:
    assert opened(toml(tmp_path, DAY))[1] == []
    assert opened(workbook(tmp_path, as_sheets(DAY)))[1] == []


@pytest.mark.parametrize(
    ("sheet", "row", "heading", "value", "expected"),
    [
        (
            "statistics", 2, "value", "12,5",
            TWO_WAYS,
        ),
        ("statistics", 2, "value", None, "This must be filled in. For example: 84"),
        ("statistics", 2, "value", "#REF!", "This cell shows the error #REF!. Type a value."),
        (
            "statistics", 2, "value", "=80+4",
            "This formula has no saved result. Open the file in Excel and save it, or type a value.",
        ),
        (
            "statistics", 2, "qualifier", "abuot",
            "“abuot” is not one of exact, about, over, under, at_least. Did you mean “about”?",
        ),
        (
            "statistics", 2, "published_on", "May 2016",
            NOT_A_DATE,
        ),
        ("statistics", 2, "decimals", 1.5, "“1.5” is not a whole number."),
        ("statistics", 2, "unit", "  ", "This must be filled in. For example: %"),
        ("polls", 2, "allow_not_sure", "maybe", "“maybe” is not yes or no."),
        ("options", 3, "option_id", "A", "“p1 A” is used in row 2 already. Give each row its own."),
        ("statistics", 2, "statistic_id", "s 1", BAD_ID),
    ],
)  # fmt: skip
def test_bad_cell_is_named_by_sheet_row_and_column(
    tmp_path: Path, sheet: str, row: int, heading: str, value: Cell, expected: str
) -> None:
    problems = opened(workbook(tmp_path, _changed(sheet, row, heading, value)))[1]
    assert Problem(sheet, row, heading, expected) in problems
    places = [(problem.sheet, problem.row, problem.column) for problem in problems]
    assert places.count((sheet, row, heading)) == 1


def test_toml_names_the_entry_as_its_row(tmp_path: Path) -> None:
    second = FIGURE.replace('"s1"', '"s2"').replace("value = 84", 'value = "12,5"')
    assert wrong(toml(tmp_path, DAY + second)) == [
        f"statistics, row 2, value: {TWO_WAYS}",
    ]


def test_toml_value_that_is_a_list_is_named(tmp_path: Path) -> None:
    text = DAY.replace('unit = "%"', 'unit = ["%"]')
    assert wrong(toml(tmp_path, text)) == ["statistics, row 1, unit: One value belongs here, not a list or a table."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("statistics = 3\n" + EVENT, "statistics: Write each row of this part under a heading [[statistics]]."),
        ("statistics = [3]\n" + EVENT, "statistics: Write each row of this part under a heading [[statistics]]."),
        ("[polls]\n" + EVENT, "polls: Write each row of this part under a heading [[polls]]."),
        (DAY.replace("[event]", "[[event]]"), "event: Write this part once, under the heading [event]."),
    ],
)
def test_toml_part_of_the_wrong_shape_is_named(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in wrong(toml(tmp_path, text))


def test_several_mistakes_come_at_once_in_the_order_of_sheets(tmp_path: Path) -> None:
    text = (
        DAY.replace('title = "A day"\n', "").replace("value = 84\nunit", 'value = "?"\nunit').replace("How many?", "")
    )
    assert [line.split(": ")[0] for line in wrong(toml(tmp_path, text))] == [
        "event, title",
        "statistics, row 1, value",
        "polls, row 1, question",
    ]


def test_event_in_a_workbook_is_named_by_its_row(tmp_path: Path) -> None:
    sheets = as_sheets(EVENT + 'base = "phones"\nmin_vote = 3\n')
    assert wrong(workbook(tmp_path, sheets)) == [
        "event, row 5, base: “phones” is not one of joined, checked_in, cards.",
        "event, row 6, min_vote: The plan has no field of this name here. Did you mean “min_votes”?",
    ]


def test_event_field_that_is_missing_or_twice_is_named(tmp_path: Path) -> None:
    sheets = {"event": [["field", "value"], ["event_id", "day"], ["date", "2016-05-18"], ["event_id", "other"]]}
    assert wrong(workbook(tmp_path, sheets)) == [
        "event, title: This must be filled in. For example: Working together with data",
        "event, row 4, event_id: This field is there twice. Keep one.",
    ]


def test_event_value_without_a_field_is_named(tmp_path: Path) -> None:
    sheets = as_sheets(EVENT)
    sheets["event"].append([None, "lost"])
    assert wrong(workbook(tmp_path, sheets)) == [
        "event, row 5, field: This value belongs to no field. Name one beside it."
    ]


def test_event_sheet_without_its_two_headings_is_named(tmp_path: Path) -> None:
    sheets = {"event": [["field", "values"], ["event_id", "day"]]}
    assert wrong(workbook(tmp_path, sheets)) == ["event, row 1: This sheet needs the headings “field” and “value”."]


def test_unknown_doubled_and_missing_columns_are_named_once(tmp_path: Path) -> None:
    sheets = as_sheets(DAY)
    sheets["statistics"][0][3] = "units"
    sheets["statistics"].append(["s2", "m", 5, "%", "Fife", "2016", "DWP", "x"])
    sheets["options"] = [[*row, row[0]] for row in sheets["options"]]
    assert wrong(workbook(tmp_path, sheets)) == [
        "statistics, row 1, units: The plan has no column of this name here. Did you mean “unit”?",
        "statistics, row 1, unit: This column is missing.",
        "options, row 1, poll_id: This column is there twice. Keep one.",
    ]


def test_column_without_a_heading_is_named_by_its_letter(tmp_path: Path) -> None:
    sheets = as_sheets(DAY)
    sheets["statistics"][1].append("stray")
    assert wrong(workbook(tmp_path, sheets)) == [
        "statistics, row 1, I: This column has no heading. Give it one, or clear it."
    ]


def test_unknown_sheet_is_named_with_the_nearest(tmp_path: Path) -> None:
    sheets = as_sheets(DAY)
    sheets["opinions"] = [["poll_id"], ["p1"]]
    expected = ["opinions: A plan has no sheet of this name. Rename it, or delete it. Did you mean “options”?"]
    assert wrong(workbook(tmp_path, sheets)) == expected
    assert wrong(toml(tmp_path, DAY + '[[opinions]]\npoll_id = "p1"\n')) == expected


def test_empty_unknown_sheet_and_the_templates_help_are_passed_over(tmp_path: Path) -> None:
    sheets = {**as_sheets(DAY), "Sheet1": [], "guidance": [["How to fill this in"]], "lists": [["exact"]]}
    assert opened(workbook(tmp_path, sheets))[1] == []


PEOPLE = """
[[people]]
person_id = "a1"
name = "Anna"
"Home Town" = "Cupar"
"""


def test_column_of_the_organisers_own_is_an_attribute_under_one_name_through_both_doors(tmp_path: Path) -> None:
    sheets = {**as_sheets(DAY), "people": [["person_id", "name", "Home  town"], ["a1", "Anna", "Cupar"]]}
    for path in (toml(tmp_path, DAY + PEOPLE), workbook(tmp_path, sheets)):
        plan, problems = opened(path)
        assert problems == []
        assert plan.rows("people")[0].given() == {"person_id": "a1", "name": "Anna", "home_town": "Cupar"}


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("organization", "This column is taken as something to balance. Did you mean “organisation”?"),
        ("x" * 61, "The plan has no column of this name here."),
        ("guidance", "The plan has no column of this name here."),
    ],
)
def test_heading_that_may_be_meant_otherwise_is_named(tmp_path: Path, heading: str, expected: str) -> None:
    problems = opened(toml(tmp_path, DAY + PEOPLE.replace("Home Town", heading)))[1]
    assert [str(problem) for problem in problems] == [f"people, row 1, {heading}: {expected}"]


def test_two_spellings_of_one_column_are_named(tmp_path: Path) -> None:
    assert wrong(toml(tmp_path, DAY + PEOPLE + 'home_town = "Leven"\n')) == [
        "people, row 1, home_town: This column is there twice. Keep one.",
    ]


def test_text_that_no_cell_holds_is_named(tmp_path: Path) -> None:
    assert wrong(toml(tmp_path, EVENT + f'welcome = "{"x" * 32768}"\n')) == [
        "event, welcome: This text is too long: a cell holds 32767 characters.",
    ]
    assert wrong(toml(tmp_path, EVENT + f'welcome = "{"x" * 32767}"\n')) == []


def test_two_sheets_of_one_name_are_named(tmp_path: Path) -> None:
    sheets = {**as_sheets(DAY), "Polls ": [["poll_id", "format", "question"]]}
    assert wrong(workbook(tmp_path, sheets)) == ["polls: There are two sheets of this name. Keep one."]


def test_sheet_without_headings_is_named(tmp_path: Path) -> None:
    sheets = {**as_sheets(DAY), "programme": [["first", "second"], ["welcome", "x"]]}
    assert wrong(workbook(tmp_path, sheets)) == [
        "programme: No row of headings was found. Write order, time, activity, ref, minutes, title in the first row."
    ]


def test_title_above_headings_blank_rows_guidance_and_examples_are_passed_over(tmp_path: Path) -> None:
    sheets = as_sheets(DAY)
    headings, first, second = sheets["options"]
    example: list[Cell] = ["Example: p1", "A", "84 %", "any"]
    sheets["options"] = [
        ["The options of each poll"], [], [*headings, "Guidance"], example, [], [*first, "ask"], ["  "], second,
    ]  # fmt: skip
    plan, problems = opened(workbook(tmp_path, sheets))
    assert problems == []
    assert [row.number for row in plan.rows("options")] == [6, 8]


def test_headings_are_read_without_regard_to_case_and_spaces(tmp_path: Path) -> None:
    sheets = as_sheets(DAY)
    sheets["polls"][0] = [str(name).replace("_", " ").title() + " " for name in sheets["polls"][0]]
    assert opened(workbook(tmp_path, sheets))[1] == []


def test_formula_counts_with_its_saved_result(tmp_path: Path) -> None:
    path = workbook(tmp_path, _changed("statistics", 2, "value", "=80+4"))
    _replace_in(path, "xl/worksheets/sheet2.xml", "<f>80+4</f><v />", "<f>80+4</f><v>84</v>")
    plan, problems = opened(path)
    assert problems == []
    assert [str(row["value"]) for row in plan.rows("statistics")] == ["84"]


def test_numbers_mean_what_their_format_shows(tmp_path: Path) -> None:
    sheets = _changed("statistics", 2, "value", 0.84)
    sheets["options"][1][2], sheets["options"][2][2] = 0.007, 1252000
    formats = {"statistics!C2": "0%", "options!C2": "0.0%", "options!C3": "#,##0"}
    plan, problems = opened(workbook(tmp_path, sheets, formats))
    assert problems == []
    assert str(plan.rows("statistics")[0]["value"]) == "84"
    assert [row.text("text") for row in plan.rows("options")] == ["0.7%", "1,252,000"]


def test_date_that_a_spreadsheet_made_is_refused_where_text_belongs(tmp_path: Path) -> None:
    sheets = _changed("statistics", 2, "period_label", 42491)
    assert wrong(workbook(tmp_path, sheets, {"statistics!F2": "mmm yy"})) == [
        f"statistics, row 2, period_label: {MADE_A_DATE}",
    ]


def test_rows_beyond_the_most_are_named(tmp_path: Path) -> None:
    sheets = as_sheets(DAY)
    rows: list[list[Cell]] = [[number, "break"] for number in range(1, MAX_ROWS + 5)]
    sheets["programme"] = [["order", "activity"], *rows]
    assert wrong(workbook(tmp_path, sheets)) == [
        f"programme, row {MAX_ROWS + 1}: Only the first {MAX_ROWS} rows are read."
    ]


@pytest.mark.timeout(20)
def test_sheet_with_a_cell_at_its_far_end_is_read_at_once(tmp_path: Path) -> None:
    path = workbook(tmp_path, as_sheets(DAY))
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
    _replace_in(path, "xl/worksheets/sheet2.xml", "</sheetData>", far)
    _claim_everything(path, "xl/worksheets/sheet2.xml")
    assert opened(path)[1] == []


def test_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as file:
        for _megabyte in range(101):
            file.write(bytes(1_000_000))
    assert _refusal(path) == ("This workbook unpacks to more than any table needs. Delete pictures and spare sheets.")


def test_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"%PDF-1.7")
    assert _refusal(path) == (
        "This file is neither a workbook nor text. Save the table as .xlsx or .csv and try again."
    )


def test_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("a,b")
    assert _refusal(path) == "plan.csv is not a plan: a plan is an .xlsx or a .toml file."


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    missing = tmp_path / "none.xlsx"
    assert _refusal(missing) == f"There is no file {missing}. Check its name and folder."
    assert _refusal(tmp_path) == f"{tmp_path.name} is a folder. Give the file of the plan."


def test_toml_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    assert _refusal(toml(tmp_path, EVENT + "title\n")) == (
        "plan.toml is not TOML: Expected '=' after a key in a key/value pair (at line 6, column 6). "
        "Mend that place and try again."
    )


def test_toml_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(b'[event]\ntitle = "\xa3"\n')
    assert _refusal(path) == "plan.toml is not UTF-8 text. Save it as UTF-8 and try again."


def test_toml_nested_beyond_reason_is_refused(tmp_path: Path) -> None:
    assert _refusal(toml(tmp_path, "a = " + "[" * 100_000)).startswith("plan.toml is not TOML")


SLOWLY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ANY_CELL = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=20),
    st.sampled_from(["field", "value", "poll_id", "p1", "=1+1", "#REF!", "Example:", "84 %", "event_id"]),
)


@SLOWLY
@given(data=st.binary(max_size=300), suffix=st.sampled_from([".xlsx", ".toml", ".xls", ""]))
def test_random_bytes_are_refused_or_read(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"bytes{suffix}"
    path.write_bytes(data)
    _reads(path)


@SLOWLY
@given(text=st.text(alphabet='[]=".\n polsevnt#1', max_size=120))
def test_random_toml_is_refused_or_read(tmp_path: Path, text: str) -> None:
    _reads(toml(tmp_path, text))


@SLOWLY
@given(data=st.data())
def test_random_cells_are_read(tmp_path: Path, data: st.DataObject) -> None:
    sheets = as_sheets(DAY)
    for _change in range(4):
        rows = sheets[data.draw(st.sampled_from(sorted(sheets)))]
        row = rows[data.draw(st.integers(0, len(rows) - 1))]
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(ANY_CELL)
    opened(workbook(tmp_path, sheets))


@SLOWLY
@given(place=st.integers(0, 5000), byte=st.integers(0, 255))
def test_damaged_workbook_is_refused_or_read(tmp_path: Path, place: int, byte: int) -> None:
    path = workbook(tmp_path, as_sheets(DAY))
    data = bytearray(path.read_bytes())
    data[place % len(data)] = byte
    path.write_bytes(bytes(data))
    _reads(path)


def _reads(path: Path) -> None:
    """Reading ends with a plan or with a sentence, and with no other exception."""
    with contextlib.suppress(BadInput):
        opened(path)


def _replace_in(path: Path, member: str, old: str, new: str) -> None:
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in files[member]
    files[member] = files[member].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def _claim_everything(path: Path, member: str) -> None:
    with zipfile.ZipFile(path) as archive:
        text = archive.read(member).decode()
    claimed = text.split('<dimension ref="')[1].split('"')[0]
    _replace_in(path, member, f'<dimension ref="{claimed}"', '<dimension ref="A1:XFD1048576"')


def test_password_protected_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512))
    assert "an older Excel file, or one with a password" in _refusal(path)


def test_empty_workbook_needs_an_event(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    Workbook().save(path)
    assert wrong(path) == ["event: The plan has no event. Give at least its event_id, title and date."]


def test_columns_of_the_organisers_own_keep_their_order(tmp_path: Path) -> None:
    names = ["sector", "role", "locality", "grade", "language", "union", "years"]
    sheets = as_sheets(DAY) | {"people": [["person_id", "name", *names], ["anna", "Anna", *("x" for _name in names)]]}
    plan, _problems = opened(workbook(tmp_path, sheets))
    assert list(plan.rows("people")[0].given()) == ["person_id", "name", *names]
