"""What keeps figures from being set beside each other."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from eventkit.evidence.comparing import differences, ties
from eventkit.evidence.models import Statistic

CELLS = {"measure": "Doubts led to a sanction", "unit": "%", "denominator": "doubts", "period_label": "2015/16"}
YEAR = {"period_start": date(2015, 4, 1), "period_end": date(2016, 3, 31)}


def _figure(value: str = "84", **given: Any) -> Statistic:
    cells: dict[str, Any] = {"event_id": 1, "statistic_id": value, "value": Decimal(value), **CELLS, **given}
    return Statistic(**cells)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, []),
        ({"measure": "doubts LED to a sanction"}, []),
        ({"unit": "people"}, ["The two figures have different units: % and people."]),
        ({"denominator": "claims"}, ["The two figures are shares of different things: doubts, and claims."]),
        ({"denominator": ""}, ["The two figures are shares of different things: doubts, and nothing named."]),
        ({"measure": "People"}, ["The two figures measure different things: Doubts led to a sanction, and People."]),
        ({"period_label": "2014/15"}, ["The two figures are for different periods: 2015/16 and 2014/15."]),
    ],
)
def test_figures_that_are_not_of_a_kind_say_in_what(other: dict[str, str], expected: list[str]) -> None:
    assert list(differences(_figure(), _figure(**other))) == expected


def test_periods_are_compared_by_their_dates_where_both_have_them() -> None:
    assert list(differences(_figure(**YEAR), _figure(**{**YEAR, "period_label": "the year to March 2016"}))) == []
    assert len(list(differences(_figure(**YEAR), _figure(**{**YEAR, "period_end": date(2016, 6, 30)})))) == 1
    assert list(differences(_figure(**YEAR), _figure())) == []


@pytest.mark.parametrize(
    ("values", "tied"),
    [
        (["10.0", "9.7", "9.1", "8.0", "7.4"], []),
        (["8.0", "9.1", "8.0"], [("8.0", "8.0")]),
        (["10", "9.7", "7.4"], []),
        (["8", "8.4", "3"], []),
        (["8", "8", "3"], [("8", "8")]),
        ([], []),
    ],
)
def test_ties_in_a_ranking_are_found(values: list[str], tied: list[tuple[str, str]]) -> None:
    found = ties([_figure(value) for value in values])
    assert [(first.statistic_id, second.statistic_id) for first, second in found] == tied


def test_figures_too_near_to_tell_are_a_tie() -> None:
    assert len(list(ties([_figure("8", qualifier="about"), _figure("7", qualifier="about")]))) == 1
