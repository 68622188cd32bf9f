"""Round ticks that keep apart, ends that hold what must be held, numbers that stay true."""

from decimal import Decimal
from itertools import pairwise

import pytest

from eventkit.web.axis import MOST_TICKS, axis, limits, written
from eventkit.web.flags import PHONE, SCREEN
from eventkit.web.scale import GAP, text_width

RANGES = [
    (0, 100),
    (0, 10),
    (0, 1_252_000),
    (-50, 50),
    (0.2, 0.9),
    (47, 53),
    (3, 4),
    (-1.5e6, 2e6),
    (0, 1e15),
    (7, 7.5),
]


@pytest.mark.parametrize("width", [SCREEN.width, PHONE.width])
@pytest.mark.parametrize(("low", "high"), RANGES)
def test_ticks_keep_apart_and_stay_on_the_paper(low: float, high: float, width: float) -> None:
    line = axis(low, high, width, "£{}")
    places = [line.scale.place(tick.value) * width / 100 for tick in line.ticks]
    halves = [text_width(tick.text) / 2 for tick in line.ticks]
    assert 2 <= len(places) <= MOST_TICKS
    assert [low <= tick.value <= high for tick in line.ticks] == [True] * len(places)
    assert places[0] - halves[0] >= 0
    assert places[-1] + halves[-1] <= width
    free = [b - a - x - y for (a, x), (b, y) in pairwise(zip(places, halves, strict=True))]
    assert min(free) >= GAP - 1e-6


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (0, 100, ["0", "25", "50", "75", "100"]),
        (0, 10, ["0", "5", "10"]),
        (0, 1_252_000, ["0", "500,000", "1 million"]),
        (-50, 50, ["\u221250", "\u221225", "0", "25", "50"]),
        (0.2, 0.9, ["0.2", "0.4", "0.6", "0.8"]),
        (47, 53, ["48", "50", "52"]),
    ],
)
def test_ticks_are_round(low: float, high: float, texts: list[str]) -> None:
    assert [tick.text for tick in axis(low, high, SCREEN.width).ticks] == texts


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1252000", "1,252,000"),
        ("1250000", "1.25 million"),
        ("1000000", "1 million"),
        ("999999", "999,999"),
        ("2500000000", "2.5 billion"),
        ("-1500", "\u22121,500"),
        ("0.50", "0.5"),
        ("1E+3", "1,000"),
    ],
)
def test_numbers_are_shortened_only_where_nothing_is_lost(number: str, text: str) -> None:
    assert written(Decimal(number)) == text


def test_a_form_keeps_the_minus_before_its_sign() -> None:
    assert (written(Decimal(-5), "£{}"), written(Decimal(25), "{} %")) == ("\u2212£5", "25 %")


def test_limits_hold_the_plan_and_every_figure() -> None:
    assert limits((0, 100), [84, 120.5], [50]) == (0, 120.5)
    assert limits((0, 100), [-3], []) == (-3, 100)


def test_limits_widen_for_near_guesses_and_leave_wild_ones_beyond() -> None:
    assert limits((0, 100), [], [150, 1000, -1e15]) == (0, 150)
    assert limits(None, [40, 60], [1, 99, 1000]) == (1, 99)


def test_limits_have_a_length_whatever_is_known() -> None:
    assert limits(None, [], []) == (0, 1)
    assert limits(None, [7, 7], [7]) == (3.5, 10.5)
    assert limits(None, [], [0, 0]) == (-1, 1)
    assert limits((5, 5), [], []) == (2.5, 7.5)
