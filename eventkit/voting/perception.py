"""What the room's votes amount to: shares, chance and intervals as plain numbers.

Those who were not sure are left out of every share and always printed beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from typing import Protocol

from eventkit.voting.models import Option

PER_CENT_FROM = 20  # votes; below it one person is over five points, so only people are printed
Z_95 = 1.959964  # two-sided 95 % point of the normal distribution


class Seen(Protocol):
    """Who is counted in a room's answer, in every format. Those who were not sure are in `n_answered` alone."""

    @property
    def base(self) -> int:
        """How many could have voted, 0 if not known."""

    @property
    def not_sure(self) -> int:
        """How many said that they were not sure."""

    @property
    def n_votes(self) -> int:
        """How many gave an answer: the n of every share."""

    @property
    def n_answered(self) -> int:
        """How many voted."""


@dataclass(frozen=True)
class Answer:
    """One option with the votes it had; `percent` is a whole per cent of all who chose an option."""

    option_id: str
    text: str
    value: Decimal | None
    correct: bool
    votes: int
    percent: int


@dataclass(frozen=True)
class Perception:
    """The room's answer, in ballot order. `base` is how many people could have voted, 0 if not known."""

    answers: tuple[Answer, ...]
    base: int
    not_sure: int

    @property
    def n_votes(self) -> int:
        """How many chose an option: the n of every share."""
        return sum(answer.votes for answer in self.answers)

    @property
    def n_answered(self) -> int:
        """How many voted, those who were not sure included."""
        return self.n_votes + self.not_sure

    @property
    def correct(self) -> Answer | None:
        """The published answer."""
        return next((answer for answer in self.answers if answer.correct), None)

    @property
    def largest(self) -> tuple[Answer, ...]:
        """The option with most votes; several when they tie, none when nobody chose."""
        most = max((answer.votes for answer in self.answers), default=0)
        return tuple(answer for answer in self.answers if answer.votes == most > 0)

    @property
    def share_correct(self) -> float | None:
        """Published answer over n, from 0 to 1; None when nobody chose or nothing is published."""
        return self.correct.votes / self.n_votes if self.correct and self.n_votes else None

    @property
    def chance(self) -> float:
        """The share that random picks would give the published answer."""
        return 1 / len(self.answers)

    @property
    def below_chance(self) -> bool:
        """Whether fewer chose the published answer than random picks would give, by an exact test at 5 %."""
        return self.correct is not None and fewer_than_chance(self.correct.votes, self.n_votes, len(self.answers))

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson 95 % interval of `share_correct`, for the workbook; the room is not a sample of anywhere."""
        return wilson(self.correct.votes, self.n_votes) if self.correct and self.n_votes else None

    @property
    def shows_percent(self) -> bool:
        """Whether n is large enough to print per cents after the counts."""
        return self.n_votes >= PER_CENT_FROM


def perceive(options: Sequence[Option], tallies: Mapping[str, int], base: int, not_sure: int = 0) -> Perception:
    """The room's answer from the counted votes by option_id; an option without a tally had none."""
    votes = [tallies.get(option.option_id, 0) for option in options]
    return Perception(
        tuple(
            Answer(option.option_id, option.text, option.value, option.correct, count, percent)
            for option, count, percent in zip(options, votes, whole_percents(votes), strict=True)
        ),
        base,
        not_sure,
    )


def whole_percents(votes: Sequence[int]) -> list[int]:
    """Whole per cents that add up to 100, by largest remainder; equal remainders go to the earlier option."""
    n = sum(votes)
    if not n:
        return [0] * len(votes)
    percents = [100 * count // n for count in votes]
    by_remainder = sorted(range(len(votes)), key=lambda place: -(100 * votes[place] % n))
    for place in by_remainder[: 100 - sum(percents)]:
        percents[place] += 1
    return percents


def fewer_than_chance(right: int, n: int, m: int) -> bool:
    """Whether P(X <= right) <= 0.05 for X binomial with n trials of chance 1/m, in whole numbers, so exact."""
    if m < 2 or right * m >= n:
        return False
    term, total = (m - 1) ** n, 0
    for hits in range(right + 1):
        total += term
        term = term * (n - hits) // ((hits + 1) * (m - 1))
    return bool(20 * total <= m**n)


def wilson(right: int, n: int) -> tuple[float, float]:
    """Wilson score interval at 95 % for right of n, from 0 to 1 (Wilson 1927, without continuity correction)."""
    share, z2 = right / n, Z_95**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)
