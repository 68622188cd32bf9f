"""Everybody is in the picture, and the picture says what a dot or a column is."""

import random
from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest

from eventkit.web.axis import Axis, axis
from eventkit.web.flags import PHONE, SCREEN
from eventkit.web.stacks import GATHERED_PITCH, LEAST_PITCH, MOST_DOTS, TALLEST, Stacks, described, stacks


def gathered(guesses: list[float], width: float = SCREEN.width, high: float = 100) -> tuple[Stacks, Axis]:
    line = axis(0, high, width)
    return stacks(list(Counter(guesses).items()), line, width), line


@pytest.mark.parametrize("width", [SCREEN.width, PHONE.width])
@pytest.mark.parametrize("n", [0, 1, 2, 19, 42, 301, 5000])
def test_stacks_hold_everybody_and_keep_apart(n: int, width: float) -> None:
    chance = random.Random(n)
    found, line = gathered([round(chance.gauss(50, 30), 1) for _person in range(n)], width)
    places = sorted(line.scale.place(stack.value) * width / 100 for stack in found.held if not stack.beyond)
    least = GATHERED_PITCH if found.step else LEAST_PITCH
    assert found.total == n
    assert [second - first >= least - 1e-6 for first, second in pairwise(places)] == [True] * max(0, len(places) - 1)
    assert found.dots == (n <= MOST_DOTS and max((stack.votes for stack in found.held), default=0) <= TALLEST)


def test_guesses_that_keep_apart_stand_where_they_are() -> None:
    found, _line = gathered([47, 48, 48, 90.5])
    assert [(stack.value, stack.votes) for stack in found.held] == [(47, 1), (48, 2), (90.5, 1)]
    assert (found.step, found.dots) == (None, True)


def test_close_guesses_go_to_the_nearest_round_number_half_up() -> None:
    found, _line = gathered([47.4, 47.5, 47.6, 52.5, 50])
    assert found.step == Decimal(5)
    assert [(stack.value, stack.votes) for stack in found.held] == [(45, 1), (50, 3), (55, 1)]


def test_guesses_beyond_the_axis_are_kept_apart_and_told() -> None:
    found, _line = gathered([-7, 50, 1e15, 200])
    assert [(stack.value, stack.votes, stack.beyond) for stack in found.held] == [(0, 1, -1), (100, 2, 1), (50, 1, 0)]
    assert (
        described(found, "{} %") == "Each dot is one of n = 4 guesses. 1 guess is below 0 %. 2 guesses are above 100 %."
    )


@pytest.mark.parametrize(
    ("guesses", "words"),
    [
        ([], ""),
        ([50], "The dot is the only guess (n = 1)."),
        ([50, 55], "Each dot is one of n = 2 guesses."),
        ([50, 50.1], "Each dot is one of n = 2 guesses, drawn at the nearest 5."),
        ([50] * 21, "Each column counts equal guesses (n = 21)."),
        ([50] * 5000 + [50.1], "Each column counts guesses to the nearest 5 (n = 5,001)."),
    ],
)
def test_description_is_true_of_what_is_drawn(guesses: list[float], words: str) -> None:
    assert described(gathered(guesses)[0], "{}") == words


def test_a_large_room_has_columns_even_where_stacks_are_low() -> None:
    rooms = ([float(place % 21 * 5) for place in range(n)] for n in (MOST_DOTS, MOST_DOTS + 1))
    assert [gathered(guesses)[0].dots for guesses in rooms] == [True, False]


def test_a_value_nobody_chose_is_no_guess() -> None:
    assert stacks([(50, 0), (300, 0)], axis(0, 100, 34), 34).held == ()
