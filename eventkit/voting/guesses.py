"""What the room's guesses at a number amount to: the middle one, its spread, and how far from a figure they lie.

The room is a census of itself, so spread is that of all who guessed, and no guess stands for anybody outside.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from math import log

from eventkit.evidence.models import Statistic
from eventkit.evidence.rounding import digits
from eventkit.evidence.units import is_percent
from eventkit.voting.models import NOT_SURE, Poll

OPEN_ABOVE, OPEN_BELOW = frozenset({"over", "at_least"}), frozenset({"under"})
POINTS = Decimal(5)  # how near counts as close for per cents
PART = Decimal("0.1")  # of the figure, how near counts as close for anything else


class Aim(StrEnum):
    """Where the middle guess lies, seen from a figure."""

    EXACT = "exact"
    CLOSE = "close"
    INSIDE = "inside"
    """Within the range that was published with the figure."""
    BEYOND = "beyond"
    """Further than the figure, on the side that "over" or "under" leaves open: nobody can say that it is too far."""
    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True)
class Guesses:
    """The room's guesses: `counts` holds each number with how many guessed it, from the smallest.

    `base` is how many people could have voted, 0 if not known.
    """

    counts: tuple[tuple[Decimal, int], ...]
    base: int
    not_sure: int

    @property
    def n_votes(self) -> int:
        """How many gave a number: the n of every share."""
        return self._reached[-1] if self.counts else 0

    @property
    def n_answered(self) -> int:
        """How many voted, those who were not sure included."""
        return self.n_votes + self.not_sure

    @property
    def median(self) -> Decimal | None:
        """The middle guess; between two middle ones half way. None when nobody guessed."""
        return self._part(2) if self.counts else None

    @property
    def middles(self) -> tuple[Decimal, Decimal] | None:
        """The two guesses in the middle, the same one twice where n is odd. None when nobody guessed."""
        return (self._at((self.n_votes - 1) // 2), self._at(self.n_votes // 2)) if self.counts else None

    @property
    def quartiles(self) -> tuple[Decimal, Decimal] | None:
        """A quarter and three quarters of the way from least to greatest (Hyndman and Fan 1996, type 7)."""
        return (self._part(1), self._part(3)) if self.counts else None

    @property
    def interval(self) -> tuple[Decimal, Decimal] | None:
        """95 % interval of the median, for the workbook; None with fewer than six guesses."""
        ranks = median_ranks(self.n_votes)
        return (self._at(ranks[0] - 1), self._at(ranks[1] - 1)) if ranks else None

    @property
    def mean(self) -> Decimal | None:
        """None when nobody guessed."""
        return _decimal(self._average(Fraction)) if self.counts else None

    @property
    def deviation(self) -> Decimal | None:
        """Standard deviation of all guesses, with n and not n - 1 below the line. None when nobody guessed."""
        return _decimal(self.diversity(Decimal(0))[2]).sqrt() if self.counts else None

    def within(self, figure: Decimal, tolerance: Decimal) -> tuple[int, int, int]:
        """How many guessed too low, within the tolerance (its ends included), and too high."""
        low = sum(votes for value, votes in self.counts if value < figure - tolerance)
        high = sum(votes for value, votes in self.counts if value > figure + tolerance)
        return low, self.n_votes - low - high, high

    def mean_absolute_error(self, figure: Decimal) -> Decimal | None:
        """How far a guess lay from the figure on average. None when nobody guessed."""
        if not self.counts:
            return None
        return _decimal(self._average(lambda value: Fraction(abs(value - figure))))

    def diversity(self, figure: Decimal) -> tuple[Fraction, Fraction, Fraction]:
        """Squared error of the mean, mean squared error of the guesses, and their diversity, in squared units.

        The first is exactly the second less the third (Page 2007, The Difference). Raises `ValueError` when nobody
        guessed.
        """
        if not self.counts:
            raise ValueError
        off = self._average(lambda value: Fraction(value - figure))
        errors = self._average(lambda value: Fraction(value - figure) ** 2)
        return off**2, errors, errors - off**2

    def logit_gap(self, figure: Decimal) -> float | None:
        """Log odds of the middle guess less those of the figure, both in per cent. None when nobody guessed.

        Both are kept half a person away from 0 and 100 %. People hedge toward the middle, so a share far from it is
        guessed wrongly without any prejudice; log odds show how much is left (Landy and others 2018).
        """
        if self.median is None:
            return None
        edge = 0.5 / self.n_votes
        return _logit(float(self.median) / 100, edge) - _logit(float(figure) / 100, edge)

    @cached_property
    def _reached(self) -> tuple[int, ...]:
        return tuple(accumulate(votes for _value, votes in self.counts))

    def _at(self, place: int) -> Decimal:
        """The guess at a place from 0, had they stood in a row."""
        return next(value for (value, _votes), end in zip(self.counts, self._reached, strict=True) if place < end)

    def _part(self, quarters: int) -> Decimal:
        place, rest = divmod((self.n_votes - 1) * quarters, 4)
        lower = self._at(place)
        return lower + (self._at(place + 1) - lower) * rest / 4 if rest else lower

    def _average(self, measure: Callable[[Decimal], Fraction]) -> Fraction:
        return sum((measure(value) * votes for value, votes in self.counts), Fraction(0)) / self.n_votes


def guess(tallies: Mapping[str, int], base: int) -> Guesses:
    """The room's guesses from the counted votes by number, as it was written, or `not_sure`."""
    counted: Counter[Decimal] = Counter()
    for text, votes in tallies.items():
        if text != NOT_SURE and votes:
            counted[Decimal(text)] += votes
    return Guesses(tuple(sorted(counted.items())), base, tallies.get(NOT_SURE, 0))


def tolerance(poll: Poll, figure: Statistic) -> Decimal:
    """How near to the figure counts as close, in its unit: the plan's, else 5 points or a tenth of the figure.

    Never less than one in the last digit that was published.
    """
    if poll.tolerance is not None:
        return poll.tolerance
    rounded_to = Decimal(1).scaleb(-max(digits(figure.value), figure.decimals or 0))
    return max(rounded_to, POINTS if is_percent(figure.unit) else PART * abs(figure.value))


def aim(poll: Poll, seen: Guesses, figure: Statistic) -> Aim | None:
    """Where the middle guess lies; None when nobody guessed, the units differ, or one middle guess cannot be told."""
    if seen.median is None or not same_unit(poll, figure) or parted(poll, seen, figure):
        return None
    off = seen.median - figure.value
    if not off and figure.qualifier in ("exact", ""):
        return Aim.EXACT
    if abs(off) <= tolerance(poll, figure):
        return Aim.CLOSE
    if figure.lower is not None and figure.upper is not None and figure.lower <= seen.median <= figure.upper:
        return Aim.INSIDE
    if figure.qualifier in (OPEN_ABOVE if off > 0 else OPEN_BELOW):
        return Aim.BEYOND
    return Aim.LOW if off < 0 else Aim.HIGH


def parted(poll: Poll, seen: Guesses, figure: Statistic) -> bool:
    """Whether the figure lies between two middle guesses that are not both close to it: half way is nobody's guess."""
    if seen.middles is None or seen.middles[0] == seen.middles[1]:
        return False
    low, high = seen.middles
    allowed = tolerance(poll, figure)
    return low <= figure.value <= high and max(figure.value - low, high - figure.value) > allowed


def same_unit(poll: Poll, figure: Statistic) -> bool:
    """Whether guesses may be set against the figure; a poll without a unit has the figure's."""
    units = [unit.strip().casefold() for unit in (poll.unit, figure.unit)]
    return not units[0] or units[0] == units[1] or all(map(is_percent, units))


def median_ranks(n: int) -> tuple[int, int] | None:
    """Which two of n guesses in order, from 1, bound the median at 95 %; None where no two do.

    By the sign test: the outermost ranks that leave out at most 5 % of a binomial of n halves, in whole numbers, so
    exact (David and Nagaraja 2003, Order Statistics, 7.1).
    """
    rank = 0
    for outside in _outside(n):
        if 40 * outside > 2**n:
            break
        rank += 1
    return (rank, n + 1 - rank) if rank else None


def _outside(n: int) -> Iterator[int]:
    """Of 2 to the n equally likely throws, how many have at most 0, 1, 2, ... heads."""
    ways, total = 1, 0
    for heads in range(n // 2):
        total += ways
        yield total
        ways = ways * (n - heads) // (heads + 1)


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / number.denominator


def _logit(share: float, edge: float) -> float:
    kept = min(max(share, edge), 1 - edge)
    return log(kept / (1 - kept))
