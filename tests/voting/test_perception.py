"""The numbers of a room's answer, against the vectors of the evidence notes."""

from fractions import Fraction
from itertools import pairwise
from math import comb, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventkit.voting.models import NOT_SURE, Option
from eventkit.voting.perception import Z_95, fewer_than_chance, perceive, whole_percents, wilson
from tests.voting.rooms import ANY_ROOM, MOST, votes


def options(m: int, right: int = 0) -> list[Option]:
    return [
        Option(poll_pk=1, option_id="ABCDEFGH"[place], text=f"answer {place}", correct=place == right)
        for place in range(m)
    ]


@pytest.mark.parametrize(
    ("n", "m", "most"),
    [
        *((42, 2, 15), (42, 3, 8), (42, 4, 5), (38, 2, 13), (38, 3, 7), (38, 4, 4)),
        *((20, 2, 5), (20, 3, 2), (20, 4, 1), (10, 2, 1), (10, 3, 0)),
    ],
)
def test_fewer_than_chance_turns_exactly_at_the_published_vectors(n: int, m: int, most: int) -> None:
    assert [right for right in range(n + 1) if fewer_than_chance(right, n, m)] == list(range(most + 1))


def test_fewer_than_chance_is_never_said_of_ten_people_and_four_answers() -> None:
    assert [right for right in range(11) if fewer_than_chance(right, 10, 4)] == []


def test_fewer_than_chance_is_exact_for_five_thousand_people() -> None:
    assert [fewer_than_chance(right, 5000, 4) for right in (1199, 1200, 1249)] == [True, False, False]


@pytest.mark.parametrize(
    ("right", "low", "high"), [(6, 6.7, 27.8), (14, 21.0, 48.4), (21, 35.5, 64.5), (0, 0.0, 8.4), (42, 91.6, 100.0)]
)
def test_wilson_gives_the_published_intervals(right: int, low: float, high: float) -> None:
    assert [round(100 * end, 1) for end in wilson(right, 42)] == [low, high]


@pytest.mark.parametrize(
    ("votes", "percents"),
    [
        *(([6, 12, 24], [14, 29, 57]), ([1, 1, 1], [34, 33, 33]), ([0, 0], [0, 0]), ([1, 199], [1, 99])),
        *(([1] * 7, [15, 15, 14, 14, 14, 14, 14]), ([0, 5], [0, 100])),
    ],
)
def test_whole_percents_add_up_to_a_hundred_by_largest_remainder(votes: list[int], percents: list[int]) -> None:
    assert whole_percents(votes) == percents


def test_perceive_leaves_those_who_were_not_sure_out_of_every_share() -> None:
    seen = perceive(options(3), {"A": 6, "B": 12, "C": 24, NOT_SURE: 3}, base=50, not_sure=3)
    assert (seen.n_votes, seen.n_answered, seen.not_sure, seen.base) == (42, 45, 3, 50)
    assert [(answer.votes, answer.percent) for answer in seen.answers] == [(6, 14), (12, 29), (24, 57)]
    assert (seen.share_correct, seen.chance, seen.below_chance) == (6 / 42, 1 / 3, True)
    assert [answer.option_id for answer in seen.largest] == ["C"]


def test_perceive_counts_an_option_without_a_tally_as_none() -> None:
    assert [answer.votes for answer in perceive(options(2), {"B": 1}, 1, 0).answers] == [0, 1]


def test_perception_names_every_option_of_a_tie() -> None:
    assert [answer.option_id for answer in perceive(options(3), {"A": 7, "C": 7}, 14, 0).largest] == ["A", "C"]


def test_perception_of_nobody_has_no_share_no_leader_and_no_interval() -> None:
    seen = perceive(options(3), {}, 42, 0)
    assert (seen.n_votes, seen.share_correct, seen.largest, seen.below_chance) == (0, None, (), False)
    assert seen.interval is None


@pytest.mark.parametrize(("n", "shown"), [(19, False), (20, True)])
def test_percents_are_printed_from_twenty_votes(n: int, shown: bool) -> None:
    assert perceive(options(2), {"A": n}, n, 0).shows_percent is shown


@ANY_ROOM
@given(votes(), st.integers(0, 100))
def test_perception_of_any_votes_is_that_of_a_recount(counts: list[int], not_sure: int) -> None:
    seen = perceive(options(len(counts)), dict(zip("ABCDEFGH", counts, strict=False)), 0, not_sure)
    n = sum(counts)
    assert (seen.n_votes, seen.n_answered) == (n, n + not_sure)
    assert [answer.votes for answer in seen.largest] == [most for most in counts if n and most == max(counts)]
    assert seen.share_correct == (counts[0] / n if n else None)
    percents = [answer.percent for answer in seen.answers]
    assert sum(percents) == (100 if n else 0)
    assert all(abs(percent * n - 100 * count) < n for percent, count in zip(percents, counts, strict=True) if n)
    # Nobody who had more votes is given less, and equal votes differ by one at most.
    by_votes = sorted(zip(counts, percents, strict=True))
    assert all(low[1] <= high[1] + (low[0] == high[0]) for low, high in pairwise(by_votes))


@ANY_ROOM
@given(st.integers(1, 400), st.integers(2, 6), st.data())
def test_fewer_than_chance_is_the_binomial_sum(n: int, m: int, data: st.DataObject) -> None:
    # Near the threshold, where a wrong test would differ.
    right = data.draw(st.integers(max(0, n // m - 25), min(n, n // m + 5)))
    share = sum(Fraction(comb(n, k) * (m - 1) ** (n - k), m**n) for k in range(right + 1))
    assert fewer_than_chance(right, n, m) is (share <= Fraction(1, 20))


@ANY_ROOM
@given(st.integers(1, MOST), st.data())
def test_wilson_ends_are_the_shares_that_the_score_test_just_allows(n: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, n))
    for end, sign in zip(wilson(right, n), (1, -1), strict=True):
        assert right / n - end == pytest.approx(sign * Z_95 * sqrt(end * (1 - end) / n), abs=1e-7)
