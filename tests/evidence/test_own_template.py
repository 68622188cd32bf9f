"""Eventkit's own table of figures, as people save it: any delimiter, any encoding, signs and ranges in the cells."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from eventkit.errors import BadInput
from eventkit.evidence.importers.formats import read_file
from eventkit.evidence.importers.picking import Figure, pick
from tests.evidence.files import rows_as_csv, rows_as_workbook

OLD_HEADINGS = (
    "stat_id,title,value,qualifier,lower,upper,unit,denominator,geography_name,geography_code,period_label,"
    "period_start,period_end,publisher,dataset,table,url,published_on,retrieved_on,status,flags,licence,"
    "evidence_grade,notes"
).split(",")
SHORT = ["measure", "value", "unit", "geography_name", "period_label"]
FIFE = ["Homelessness applications", "2,507", "applications", "Fife", "2015/16"]


def _one(path: Path) -> Figure:
    return pick(read_file(path))


def _refusal(path: Path) -> str:
    with pytest.raises(BadInput) as refused:
        read_file(path)
    return refused.value.sentence


def test_row_of_a_csv_fills_the_card(tmp_path: Path) -> None:
    figure = _one(rows_as_csv(tmp_path / "own.csv", [SHORT, FIFE]))
    assert figure.cells == {
        "statistic_id": "homelessness_applications_fife_2015_16",
        "measure": "Homelessness applications",
        "value": Decimal(2507),
        "unit": "applications",
        "geography_name": "Fife",
        "geography_code": "S12000047",
        "period_label": "2015/16",
        "period_start": date(2015, 4, 1),
        "period_end": date(2016, 3, 31),
        "evidence_grade": "A",
    }
    assert figure.lacking == (
        "publisher", "dataset", "source_table", "url", "published_on", "retrieved_on", "status", "licence",
    )  # fmt: skip
    assert figure.importer == "own_template"


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ","), ("utf-8-sig", ";"), ("cp1252", ";"), ("cp1252", "\t"), ("utf-16", ",")],
)
def test_csv_is_read_however_it_was_saved(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [[*SHORT, "lower"], ["Weekly rent", "£1,234.50", "£", "Fife", "2015/16", "1,200–1,300"]]
    figure = _one(rows_as_csv(tmp_path / "own.csv", rows, encoding, delimiter))
    found = {column: figure.cells[column] for column in ("value", "unit", "lower", "upper", "decimals")}
    assert found == {
        "value": Decimal("1234.50"),
        "unit": "£",
        "lower": Decimal(1200),
        "upper": Decimal(1300),
        "decimals": 2,
    }


@pytest.mark.parametrize(
    ("written", "value", "lower", "upper"),
    [
        ("84 (83.8–84.3)", "84", "83.8", "84.3"),
        ("84% (83.8% – 84.3%)", "84", "83.8", "84.3"),
        ("84 (83.8 to 84.3)", "84", "83.8", "84.3"),
        ("84", "84", None, None),
        ("1 252 000", "1252000", None, None),
    ],
)
def test_range_behind_a_value_goes_to_its_ends(
    tmp_path: Path, written: str, value: str, lower: str | None, upper: str | None
) -> None:
    cells = _one(rows_as_csv(tmp_path / "own.csv", [SHORT, ["m", written, "%", "Fife", "2015"]], delimiter=";")).cells
    assert cells["value"] == Decimal(value)
    assert (cells.get("lower"), cells.get("upper")) == tuple(end and Decimal(end) for end in (lower, upper))


def test_older_headings_and_every_column_are_understood(tmp_path: Path) -> None:
    row = (
        "s1,Doubts,84,about,80,90,%,doubts,Fife,S12000015,2015/16,2015-04-01,2016-03-31,DWP,Stat-Xplore,Table 1,"
        "https://x.example,2016-05-18,2026-11-23,administrative,p,OGL,B,none"
    ).split(",")
    cells = _one(rows_as_csv(tmp_path / "own.csv", [OLD_HEADINGS, row])).cells
    assert (cells["statistic_id"], cells["measure"], cells["source_table"]) == ("s1", "Doubts", "Table 1")
    assert (cells["geography_code"], cells["evidence_grade"], cells["retrieved_on"]) == (
        "S12000015",
        "B",
        date(2026, 11, 23),
    )


def test_workbook_means_what_its_formats_show(tmp_path: Path) -> None:
    rows = [["Figures of the day"], [], [*SHORT], ["Doubts", 0.84, "%", "Fife", "2015/16"]]
    assert _one(rows_as_workbook(tmp_path / "own.xlsx", rows, {"B4": "0%"})).cells["value"] == 84


def test_formula_without_a_saved_result_is_refused_at_its_place(tmp_path: Path) -> None:
    rows = [[*SHORT], ["Doubts", "=80+4", "%", "Fife", "2015/16"]]
    assert _refusal(rows_as_workbook(tmp_path / "own.xlsx", rows)) == (
        "row 2, value: This formula has no saved result. Open the file in Excel and save it, or type a value."
    )


def test_formula_in_a_csv_is_refused_at_its_place(tmp_path: Path) -> None:
    rows = [SHORT, FIFE, ["=cmd|' /C calc'!A0", "5", "people", "Fife", "2015"]]
    assert _refusal(rows_as_csv(tmp_path / "own.csv", rows)) == (
        "row 3, measure: This is a formula. Open the file where it was made and save the results, or type a value."
    )


def test_every_cell_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    rows = [[*SHORT, "published_on"], ["m", "many", "", "Fife", "2015", "May"], ["", "..", "%", "Fife", "2015", ""]]
    assert [line.split(": ")[0] for line in _refusal(rows_as_csv(tmp_path / "own.csv", rows)).splitlines()] == [
        "row 2, value",
        "row 2, unit",
        "row 2, published_on",
        "row 3, measure",
        "row 3, value",
    ]


def test_missing_period_is_asked_of_the_organiser(tmp_path: Path) -> None:
    figure = _one(rows_as_csv(tmp_path / "own.csv", [SHORT, ["m", "5", "%", "Fife", ""]]))
    assert {"period_label", "period_start"} <= set(figure.lacking)


def test_figure_is_picked_by_area_period_and_measure(tmp_path: Path) -> None:
    rows = [SHORT]
    rows += [["Doubts", str(n), "%", area, year] for n, (area, year) in enumerate(
        [("Fife", "2014/15"), ("Fife", "2015/16"), ("Scotland", "2014/15"), ("Scotland", "2015/16")]
    )]  # fmt: skip
    tables = read_file(rows_as_csv(tmp_path / "own.csv", rows))
    assert pick(tables, area="Scotland", period="2014/15").cells["value"] == 2
    assert pick(tables, area="S12000015", period="2015/16", measure="doubts").cells["value"] == 1
    with pytest.raises(BadInput) as several:
        pick(tables, area="Fife")
    assert several.value.sentence == "2 figures are meant. Choose one of each: Period: 2014/15, 2015/16."
    with pytest.raises(BadInput) as unknown:
        pick(tables, area="Fyfe")
    assert unknown.value.sentence == "The file has no area “Fyfe”. Did you mean “Fife”?"


def test_rows_that_differ_in_nothing_but_their_denominator_can_be_told_apart(tmp_path: Path) -> None:
    rows = [["statistic_id", *SHORT, "denominator"], ["a", *FIFE, "claims"], ["b", *FIFE, "doubts"]]
    tables = read_file(rows_as_csv(tmp_path / "own.csv", rows))
    assert pick(tables, others={"Figure": "b"}).cells["denominator"] == "doubts"
    assert len({cell.at for cell in tables[0].cells}) == 2


def test_example_row_is_passed_over_and_headings_alone_are_refused(tmp_path: Path) -> None:
    example = ["Example: doubts", "84", "%", "Fife", "2015/16"]
    assert len(read_file(rows_as_csv(tmp_path / "own.csv", [SHORT, example, FIFE]))[0].cells) == 1
    assert _refusal(rows_as_csv(tmp_path / "own.csv", [SHORT, example])) == (
        "This table has headings, and no figures below them."
    )


def test_file_of_no_known_format_is_refused(tmp_path: Path) -> None:
    for path in (
        rows_as_csv(tmp_path / "a.csv", [["a", "b"], ["1", "2"]]),
        rows_as_workbook(tmp_path / "a.xlsx", [["a", "b"]]),
    ):
        assert _refusal(path) == (
            "No table that eventkit knows was found in this file. It reads Stat-Xplore workbooks (.xlsx) and "
            "results (.json), and its own sheet “statistics” with a figure in each row (.xlsx, .csv)."
        )
