"""The numbers of a numeric poll, against the vectors of the evidence notes and against recounts of their own."""

import statistics
from decimal import Decimal
from fractions import Fraction
from math import comb, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventkit.voting.guesses import Aim, aim, guess, median_ranks, same_unit, tolerance
from eventkit.voting.models import NOT_SURE
from tests.voting.rooms import ANY_ROOM, counted, figure, guessed, numeric


def numbers(*values: str) -> list[Decimal]:
    return [Decimal(value) for value in values]


def test_guess_sorts_numbers_and_leaves_out_those_who_were_not_sure() -> None:
    seen = guess({"9": 2, "10": 1, "-3": 1, "0.5": 4, NOT_SURE: 7, "8": 0}, base=42)
    assert seen.counts == ((Decimal(-3), 1), (Decimal("0.5"), 4), (Decimal(9), 2), (Decimal(10), 1))
    assert (seen.n_votes, seen.n_answered, seen.base, seen.not_sure) == (8, 15, 42, 7)


def test_guess_counts_one_number_once_however_it_is_written() -> None:
    assert guess({"84": 2, "84.0": 3}, 0).counts == ((Decimal(84), 5),)


@pytest.mark.parametrize(
    ("n", "ranks"),
    [
        *((42, (15, 28)), (38, (13, 26)), (10, (2, 9)), (6, (1, 6)), (5, None), (1, None), (0, None)),
        (5000, (2431, 2570)),
    ],
)
def test_median_ranks_are_the_published_vectors(n: int, ranks: tuple[int, int] | None) -> None:
    assert median_ranks(n) == ranks


def test_median_ranks_cover_at_least_95_per_cent_and_no_narrower_pair_does() -> None:
    for n in range(130):
        covers = [rank for rank in range(1, n // 2 + 1) if 20 * coverage(n, rank) >= 19 * 2**n]
        assert median_ranks(n) == ((max(covers), n + 1 - max(covers)) if covers else None)


def coverage(n: int, rank: int) -> int:
    """In how many of 2 to the n cases the median lies between the guess of this rank from below and from above."""
    return sum(comb(n, below) for below in range(rank, n - rank + 1))


@ANY_ROOM
@given(guessed())
def test_middle_and_spread_are_those_of_a_recount(values: list[Decimal]) -> None:
    seen, row = counted(values), sorted(map(Fraction, values))
    assert (seen.n_votes, seen.n_answered) == (len(values), len(values))
    if not values:
        assert (seen.median, seen.quartiles, seen.interval, seen.mean, seen.deviation) == (None,) * 5
        return
    quarters = statistics.quantiles(row, n=4, method="inclusive") if len(row) > 1 else row * 3
    assert [Fraction(value) for value in seen.quartiles or ()] == [quarters[0], quarters[2]]
    assert Fraction(seen.median or 0) == quarters[1] == statistics.median(row)
    assert seen.middles == (statistics.median_low(sorted(values)), statistics.median_high(sorted(values)))
    assert float(seen.mean or 0) == pytest.approx(float(statistics.mean(row)), abs=1e-9)
    assert float(seen.deviation or 0) == pytest.approx(float(statistics.pvariance(row)) ** 0.5, abs=1e-9)
    ranks = median_ranks(len(row))
    assert seen.interval == (tuple(sorted(values)[rank - 1] for rank in ranks) if ranks else None)


@ANY_ROOM
@given(guessed(), st.integers(-200, 20_000), st.integers(0, 50))
def test_distances_from_a_figure_are_those_of_a_recount(values: list[Decimal], target: int, allowed: int) -> None:
    seen, truth = counted(values), Decimal(target)
    low, high = [v for v in values if v < target - allowed], [v for v in values if v > target + allowed]
    assert seen.within(truth, Decimal(allowed)) == (len(low), len(values) - len(low) - len(high), len(high))
    if not values:
        assert seen.mean_absolute_error(truth) is None
        with pytest.raises(ValueError, match=r"^$"):
            seen.diversity(truth)
        return
    error = statistics.mean([abs(Fraction(value) - target) for value in values])
    assert float(seen.mean_absolute_error(truth) or 0) == pytest.approx(float(error))
    row = [Fraction(value) for value in values]
    mean, errors = statistics.mean(row), statistics.mean([(value - target) ** 2 for value in row])
    assert seen.diversity(truth) == ((mean - target) ** 2, errors, statistics.pvariance(row))
    collective, individual, diversity = seen.diversity(truth)
    assert collective == individual - diversity


def test_logit_gap_is_nought_for_a_room_that_is_right_and_grows_with_the_error() -> None:
    room = counted(numbers(*["55"] * 42))
    assert room.logit_gap(Decimal(55)) == 0
    assert room.logit_gap(Decimal(84)) == pytest.approx(log(0.55 / 0.45) - log(0.84 / 0.16))


def test_logit_gap_keeps_half_a_person_away_from_both_ends() -> None:
    assert counted(numbers(*["0"] * 10)).logit_gap(Decimal(100)) == pytest.approx(2 * log(0.05 / 0.95))
    assert counted(numbers(*["400"] * 10)).logit_gap(Decimal(100)) == 0
    assert counted([]).logit_gap(Decimal(50)) is None


@pytest.mark.parametrize(
    ("published", "allowed", "expected"),
    [
        (figure("84"), "", "5"),
        (figure("84"), "3", "3"),
        (figure("84"), "0", "0"),
        (figure("0.7"), "", "5"),
        (figure("75000", "people", qualifier="about"), "", "7500"),
        (figure("3", "people"), "", "1"),
        (figure("0.30", "£"), "", "0.030"),
        (figure("0.3", "£", decimals=2), "", "0.03"),
        (figure("-200", "£"), "", "20"),
        (figure("0", "people"), "", "1"),
    ],
)
def test_tolerance_is_the_plans_or_follows_from_the_figure(published: object, allowed: str, expected: str) -> None:
    assert tolerance(numeric(tolerance=allowed), published) == Decimal(expected)


@pytest.mark.parametrize(
    ("values", "published", "expected"),
    [
        (["55"], figure("84"), Aim.LOW),
        (["95"], figure("84"), Aim.HIGH),
        (["79"], figure("84"), Aim.CLOSE),
        (["89"], figure("84"), Aim.CLOSE),
        (["90"], figure("84"), Aim.HIGH),
        (["84"], figure("84"), Aim.EXACT),
        (["84"], figure("84", qualifier="about"), Aim.CLOSE),
        (["70"], figure("84", lower=Decimal(70), upper=Decimal(95)), Aim.INSIDE),
        (["69"], figure("84", lower=Decimal(70), upper=Decimal(95)), Aim.LOW),
        (["95"], figure("84", qualifier="over"), Aim.BEYOND),
        (["95"], figure("84", qualifier="at_least"), Aim.BEYOND),
        (["95"], figure("84", qualifier="under"), Aim.HIGH),
        (["55"], figure("84", qualifier="under"), Aim.BEYOND),
        (["55"], figure("84", qualifier="over"), Aim.LOW),
        (["55"], figure("84", qualifier="about"), Aim.LOW),
        (["10", "90"], figure("50"), None),
        (["10", "84"], figure("84"), None),
        (["83", "86"], figure("84"), Aim.CLOSE),
        (["10", "90"], figure("95"), Aim.LOW),
        (["55"], figure("84", "people"), None),
        ([], figure("84"), None),
    ],
)
def test_aim_never_says_more_than_the_figure_does(values: list[str], published: object, expected: Aim | None) -> None:
    assert aim(numeric(), counted(numbers(*values)), published) is expected


def test_guesses_are_set_against_figures_of_their_own_unit_alone() -> None:
    units = [("", "£"), ("%", "per cent"), ("People", "people "), ("£", "%"), ("£", "£bn")]
    assert [same_unit(numeric(poll), figure("1", unit)) for poll, unit in units] == [True, True, True, False, False]
