"""The sheet of published figures."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel, create_engine, select

from eventkit.events.plan import create_event
from eventkit.evidence.columns import STATISTICS
from eventkit.evidence.models import Statistic
from eventkit.evidence.plan import store
from tests.plan.writing import EVENT, FIGURE, noted, opened, toml, wrong


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("lower = 90\nupper = 80", "lower: The lower end is above the upper end."),
        ("lower = 85", "lower: The lower end is above the figure itself."),
        ("upper = 83.9", "upper: The upper end is below the figure itself."),
        ("decimals = 7", "decimals: Give 0 to 6 decimals."),
        ("decimals = -1", "decimals: Give 0 to 6 decimals."),
        ("period_start = 2016-04-01\nperiod_end = 2016-03-31", "period_end: The period ends before it starts."),
        ('url = "javascript:alert(1)"', "url: An address starts with https:// or http://."),
        ('supersedes = "s0"', "supersedes: There is no other figure “s0” in this sheet."),
        ('supersedes = "s1"', "supersedes: There is no other figure “s1” in this sheet."),
        ('evidence_grade = "F"', "evidence_grade: “F” is not one of A, B, C, D, E."),
    ],
)
def test_figure_that_cannot_be_is_named(tmp_path: Path, lines: str, expected: str) -> None:
    assert wrong(toml(tmp_path, EVENT + FIGURE + lines)) == [f"statistics, row 1, {expected}"]


@pytest.mark.parametrize(
    ("column", "name"),
    [("geography_name", "geography"), ("period_label", "period"), ("publisher", "publisher"), ("dataset", "dataset")],
)
def test_figure_without_its_citation_is_a_note(tmp_path: Path, column: str, name: str) -> None:
    lines = [line for line in FIGURE.splitlines() if not line.startswith(column)]
    path = toml(tmp_path, EVENT + "\n".join(lines))
    assert wrong(path) == []
    assert noted(path) == [
        f"statistics, row 1, {column}: The figure cannot be revealed until its {name} is filled in here.",
    ]


def test_figure_from_memory_is_a_note(tmp_path: Path) -> None:
    path = toml(tmp_path, EVENT + FIGURE + 'evidence_grade = "e"\n')
    assert wrong(path) == []
    sentence = "The figure s1 cannot be revealed: its evidence grade is E, nobody has looked it up."
    assert noted(path) == [f"statistics, row 1, evidence_grade: {sentence}"]


def test_figure_is_stored_with_the_digits_that_were_published(tmp_path: Path) -> None:
    text = FIGURE.replace("value = 84", 'value = "£42.50"') + "published_on = 2016-05-18\n"
    plan = opened(toml(tmp_path, EVENT + text))[0]
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        store(session, create_event(session, plan, "K7M4PDX"), plan)
        session.expire_all()
        figure = session.exec(select(Statistic)).one()
        stored = (str(figure.value), figure.qualifier, figure.published_on, figure.lower)
    engine.dispose()
    assert stored == ("42.50", "exact", date(2016, 5, 18), None)
    assert Decimal(stored[0]) == Decimal("42.5")


def test_every_column_of_the_sheet_is_stored() -> None:
    assert [column.name for column in STATISTICS.columns if column.name not in Statistic.model_fields] == []
