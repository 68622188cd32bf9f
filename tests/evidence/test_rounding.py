"""What a published number leaves open."""

from decimal import Decimal

import pytest

from eventkit.evidence.rounding import Bounds, count_bounds, figure_bounds, percent_bounds


def _bounds(low: str, high: str) -> Bounds:
    return Bounds(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("value", "qualifier", "decimals", "low", "high"),
    [
        ("84", "exact", None, "83.5", "84.5"),
        ("84.0", "exact", None, "83.95", "84.05"),
        ("84", "exact", 1, "83.95", "84.05"),
        ("84", "about", None, "83", "85"),
        ("84", "over", None, "84", "84.5"),
        ("85", "under", None, "84.5", "85"),
        ("84", "at_least", None, "84", "Infinity"),
    ],
)
def test_figure_may_be_what_rounds_to_it(value: str, qualifier: str, decimals: int | None, low: str, high: str) -> None:
    assert figure_bounds(Decimal(value), qualifier, decimals) == _bounds(low, high)


@pytest.mark.parametrize(
    ("value", "qualifier", "low", "high"),
    [
        ("332000", "over", "332000", "333000"),
        ("332000", "under", "331000", "332000"),
        ("36000", "about", "35500", "36500"),
        ("332000", "exact", "332000", "332000"),
        ("332000", "", "332000", "332000"),
        ("41", "over", "41", "42"),
        ("0", "over", "0", "1"),
        ("5", "at_least", "5", "Infinity"),
    ],
)
def test_count_is_as_loose_as_its_last_digit(value: str, qualifier: str, low: str, high: str) -> None:
    assert count_bounds(Decimal(value), qualifier) == _bounds(low, high)


def test_counts_allow_a_span_of_percentages() -> None:
    given = percent_bounds(count_bounds(Decimal(332000), "over"), count_bounds(Decimal(395000), "over"))
    assert (f"{given.low:.1f}", f"{given.high:.1f}") == ("83.8", "84.3")


def test_open_counts_allow_any_percentage() -> None:
    endless = count_bounds(Decimal(5), "at_least")
    assert percent_bounds(endless, endless) == _bounds("0", "Infinity")
