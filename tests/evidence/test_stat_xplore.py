"""Stat-Xplore's two formats: what is read, and that nothing is repaired or guessed."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from eventkit.errors import BadInput
from eventkit.evidence.importers.formats import read_file
from eventkit.evidence.importers.picking import pick
from eventkit.evidence.importers.table import Gap, Kind, Table
from tests.evidence.files import AREA, INFO, TOTAL, item, json_file, result, stat_xplore


def _only(path: Path) -> Table:
    tables = read_file(path)
    assert len(tables) == 1
    return tables[0]


def _values(table: Table) -> list[Decimal | Gap | None]:
    return [cell.gap if cell.value is None else cell.value for cell in table.cells]


def _refusal(path: Path) -> str:
    with pytest.raises(BadInput) as refused:
        read_file(path)
    return refused.value.sentence


def test_one_month_is_read_with_the_codes_of_its_areas(tmp_path: Path) -> None:
    rows = [(("Decisions", "Fife"), (1011.0,)), (("", "Total"), (9998.0,))]
    table = _only(stat_xplore(tmp_path / "sx_one_month.xlsx", {"Month": ["May 2016"]}, rows))
    assert (table.title, table.importer) == ("Invented sanctions", "stat_xplore_workbook")
    assert [(each.name, each.kind) for each in table.dimensions] == [
        ("Decisions", Kind.MEASURE),
        (AREA, Kind.AREA),
        ("Month", Kind.PERIOD),
    ]
    assert [(label.text, label.code, label.total) for label in table.dimensions[1].labels] == [
        ("Fife", "S12000047", False),
        ("Total", "", True),
    ]
    assert _values(table) == [1011, 9998]
    assert table.hints == {
        "dataset": "Invented sanctions",
        "source_table": "Area by Month; Counting: Decisions",
        "publisher": "Department for Work and Pensions",
    }
    assert table.notes[0].text == INFO


def test_two_header_rows_merged_labels_and_totals_that_do_not_add_up_are_kept(tmp_path: Path) -> None:
    across = {"Month": ["Apr 2016", "", "May 2016", ""], "Family Type": ["Single", "Couple", "Single", "Couple"]}
    rows: list[Any] = [
        (("Decisions", "Fife"), (10.0, "..", 12.0, 5.0)),
        (("", "Scotland"), (100.0, 200.0, 110.0, 210.0)),
        (("", "Total"), (111.0, 201.0, 120.0, 216.0)),
    ]
    table = _only(stat_xplore(tmp_path / "sx_two_fields.xlsx", across, rows))
    assert [each.name for each in table.dimensions] == ["Decisions", AREA, "Month", "Family Type"]
    assert _values(table) == [10, Gap.NIL, 12, 5, 100, 200, 110, 210, 111, 201, 120, 216]
    figure = pick([table], area="Total", period="May 2016", others={"Family Type": "Couple"})
    assert figure.cells["value"] == 216
    with pytest.raises(BadInput, match=r"the table says “\.\.”, nil or negligible\. That is not nought"):
        pick([table], area="Fife", period="Apr 2016", others={"Family Type": "Couple"})


def test_junk_sheets_are_passed_over_and_marks_of_status_kept(tmp_path: Path) -> None:
    rows = [(("Fife (r)", "Decisions"), (1011.0,)), (("Angus", ""), (40.0,))]
    path = stat_xplore(tmp_path / "sx.xlsx", {"Month": ["May 2016 (p)"]}, rows, (AREA, "Decisions"), junk=True)
    table = _only(path)
    figure = pick([table], area="S12000047")
    assert figure.cells == {
        "statistic_id": "decisions_fife_may_2016",
        "measure": "Decisions",
        "value": Decimal(1011),
        "geography_name": "Fife",
        "geography_code": "S12000047",
        "period_label": "May 2016",
        "period_start": date(2016, 5, 1),
        "period_end": date(2016, 5, 31),
        "publisher": "Department for Work and Pensions",
        "dataset": "Invented sanctions",
        "source_table": "Area by Month; Counting: Decisions",
        "flags": "revised, provisional",
        "evidence_grade": "A",
        "notes": INFO,
    }
    assert figure.lacking == ("unit", "url", "published_on", "retrieved_on", "status", "licence")


def test_heading_that_is_a_year_is_not_taken_for_a_figure(tmp_path: Path) -> None:
    rows = [(("Decisions", "Fife"), (10.0, 11.0))]
    table = _only(stat_xplore(tmp_path / "years.xlsx", {"Year": ["2015", "2016"]}, rows))
    assert _values(table) == [10, 11]
    assert pick([table], period="2016").cells["period_end"] == date(2016, 12, 31)


def test_table_without_figures_is_refused(tmp_path: Path) -> None:
    assert _refusal(stat_xplore(tmp_path / "none.xlsx", {"Month": ["May 2016"]}, [])) == (
        "This Stat-Xplore table holds no figures. Save it once more at its source."
    )


def test_result_is_read_in_the_order_of_its_fields(tmp_path: Path) -> None:
    table = _only(json_file(tmp_path / "sx_table.json", result()))
    assert [each.kind for each in table.dimensions] == [Kind.MEASURE, Kind.AREA, Kind.PERIOD]
    assert _values(table) == [1001, 1011, 9001, 9011, 9998, Gap.NOT_AVAILABLE]
    assert [label.total for label in table.dimensions[1].labels] == [False, False, True]
    figure = pick([table], area="Fife", period="201605")
    assert figure.cells == {
        "statistic_id": "decisions_fife_201605_may_16",
        "measure": "Decisions",
        "value": Decimal(1011),
        "geography_name": "Fife",
        "geography_code": "S12000047",
        "period_label": "201605 (May-16)",
        "period_start": date(2016, 5, 1),
        "period_end": date(2016, 5, 31),
        "dataset": "Invented sanctions",
        "source_table": f"Decisions: {AREA} by Month (DEMO)",
        "flags": "revised",
        "evidence_grade": "A",
        "notes": "Invented footnote.",
    }


def test_item_that_groups_several_codes_has_none_of_its_own(tmp_path: Path) -> None:
    group = {
        "type": "RecodeItem",
        "uris": ["str:value:X:S12000047", "str:value:X:S12000041"],
        "labels": ["Fife", "Angus"],
    }
    found = result()
    found["fields"][0]["items"] = [group, item("S92000003", "Scotland"), TOTAL]
    table = _only(json_file(tmp_path / "sx_custom_group.json", found))
    label = table.dimensions[1].labels[0]
    assert (label.text, label.code, label.codes) == ("Fife + Angus", "", ("S12000047", "S12000041"))
    figure = pick([table], area="Fife + Angus", period="201604")
    assert "geography_code" not in figure.cells
    assert "geography_code" in figure.lacking


def test_each_measure_is_a_table_with_its_own_precision(tmp_path: Path) -> None:
    found = result()
    mean = "str:statfn:DEMO:MEAN"
    found["measures"].append({"uri": mean, "label": "Mean weeks", "function": "MEAN"})
    found["cubes"][mean] = {"values": [[457.2973, 1.005], [2, 3], [4, 5]], "precision": 2}
    count, means = read_file(json_file(tmp_path / "sx_two_measures.json", found))
    assert str(means.cells[0].value) == "457.30"
    assert str(means.cells[1].value) == "1.01"
    assert means.cells[0].text == "457.30"
    assert str(count.cells[0].value) == "1001"
    figure = pick([count, means], area="Fife", period="201604", measure="Mean weeks")
    assert (figure.cells["decimals"], figure.cells["value"]) == (2, Decimal("457.30"))


def test_annotations_beside_the_values_mark_their_cells(tmp_path: Path) -> None:
    found = result()
    (cube,) = found["cubes"].values()
    cube["annotations"] = [["p", None], [None, None], [None, None]]
    table = _only(json_file(tmp_path / "marks.json", found))
    assert [cell.marks for cell in table.cells] == [("p",), (), (), (), (), ()]


def test_query_is_recognised_and_refused(tmp_path: Path) -> None:
    assert _refusal(json_file(tmp_path / "sx_query.json", result()["query"])) == (
        "This is a query, not a result: it says what to ask Stat-Xplore, and holds no figures. Run it there, "
        "and bring the table that it gives, as .xlsx, or the answer to /table as .json."
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"fields": []},
        {"fields": [{"label": "x"}]},
        {"measures": 3},
        {"measures": [{"uri": "other", "label": "x"}]},
        {"cubes": {"str:count:DEMO:V_F_X": {"values": [[1, 2], [3, 4]]}}},
        {"cubes": {"str:count:DEMO:V_F_X": {"values": [[1, 2], [3, 4], [5, 6], [7, 8]]}}},
        {"cubes": {"str:count:DEMO:V_F_X": {"values": [[1, 2], [3], [5, 6]]}}},
        {"cubes": {"str:count:DEMO:V_F_X": {"values": [[1, 2], [3, "x"], [5, 6]]}}},
        {"cubes": {"str:count:DEMO:V_F_X": {"values": [[1, 2], [3, [4]], [5, 6]]}}},
        {"cubes": {"str:count:DEMO:V_F_X": {"values": [[1, 2], [3, 4], [5, 6]], "precision": 999}}},
        {"cubes": {"str:count:DEMO:V_F_X": {"values": [[1, 2], [3, 1e400], [5, 6]]}}},
        {"annotationMap": []},
        {"database": {}},
    ],
)
def test_result_whose_parts_do_not_fit_is_refused(tmp_path: Path, changed: dict[str, Any]) -> None:
    path = json_file(tmp_path / "bad.json", result(**changed))
    assert _refusal(path).startswith(("This result is not complete", "This file begins like JSON"))
