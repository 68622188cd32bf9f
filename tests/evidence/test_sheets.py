"""The published figures in the workbook."""

from decimal import Decimal

from eventkit.evidence.columns import STATISTICS
from eventkit.evidence.sheets import sheets
from tests.export import day as days


def test_statistics_have_the_columns_of_the_plan_and_a_row_for_each_figure() -> None:
    with days.database() as session:
        fife = days.fife(session)
        sheet, _notes = sheets(session, fife.event)
    assert sheet.name == "statistics"
    assert sheet.columns == STATISTICS.columns
    assert [(row["statistic_id"], row["value"], row["lower"]) for row in sheet.rows] == [
        ("s1", Decimal("0.7"), None),
        ("s2", Decimal(80), None),
    ]
    assert all(row.keys() == {column.name for column in sheet.columns} for row in sheet.rows)


def test_method_names_the_figures_that_nobody_checked_at_source() -> None:
    with days.database() as session:
        fife = days.fife(session)
        fife.statistic("s3", "1", evidence_grade="D")
        fife.statistic("s4", "1")
        _statistics, notes = sheets(session, fife.event)
    assert [row["note"] for row in notes.rows][1:] == [
        "Not checked at source: s1, s3.",
        "Nobody has said where these were checked: s4.",
    ]
