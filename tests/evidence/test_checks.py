"""What keeps a figure from being revealed, and which answer claims it."""

from decimal import Decimal

import pytest

from eventkit.evidence.checks import claims, unrevealable
from eventkit.evidence.models import Statistic

CITED = {"geography_name": "Fife", "period_label": "2015/16", "publisher": "DWP", "dataset": "Stat-Xplore"}


def _figure(**given: str) -> Statistic:
    cells = {**CITED, **given}
    return Statistic(
        event_id=1,
        statistic_id="s1",
        measure="Doubts led to a sanction",
        value=Decimal(84),
        unit="%",
        geography_name=cells["geography_name"],
        period_label=cells["period_label"],
        publisher=cells["publisher"],
        dataset=cells["dataset"],
        evidence_grade=cells.get("evidence_grade", ""),
    )


@pytest.mark.parametrize("grade", ["", "A", "B", "C", "D"])
def test_cited_figure_may_be_revealed(grade: str) -> None:
    assert unrevealable(_figure(evidence_grade=grade)) == ""


@pytest.mark.parametrize(
    ("column", "name"),
    [("geography_name", "geography"), ("period_label", "period"), ("publisher", "publisher"), ("dataset", "dataset")],
)
def test_figure_without_its_citation_is_not_revealed(column: str, name: str) -> None:
    assert unrevealable(_figure(**{column: ""})) == (
        f"The figure s1 cannot be revealed until the plan gives its {name}."
    )


def test_everything_missing_is_named_at_once() -> None:
    assert unrevealable(_figure(period_label="", publisher="")) == (
        "The figure s1 cannot be revealed until the plan gives its period and its publisher."
    )


def test_figure_from_memory_is_not_revealed() -> None:
    assert unrevealable(_figure(evidence_grade="E")) == (
        "The figure s1 cannot be revealed: its evidence grade is E, nobody has looked it up."
    )


@pytest.mark.parametrize(
    ("value", "lower", "upper", "expected"),
    [
        ("84", None, None, True),
        ("84.0", None, None, True),
        ("84.1", None, None, False),
        (None, "84", "90", True),
        (None, "80", "84", True),
        (None, "84.1", "90", False),
        (None, "80", None, True),
        (None, None, "80", False),
        ("85", "80", "90", True),
        (None, None, None, None),
    ],
)
def test_answer_claims_a_figure(value: str | None, lower: str | None, upper: str | None, expected: bool | None) -> None:
    numbers = [None if text is None else Decimal(text) for text in (value, lower, upper)]
    assert claims(Decimal(84), *numbers) is expected
