"""What a published number leaves open: every figure is rounded, and many are only "over" something."""

from dataclasses import dataclass
from decimal import Decimal

_NONE, _HALF, _WHOLE = Decimal(0), Decimal("0.5"), Decimal(1)
_FOR_EVER = Decimal("Infinity")


@dataclass(frozen=True)
class Bounds:
    """Everything that a number may stand for, its ends included."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Bounds") -> bool:
        """Whether the two have anything in common."""
        return self.low <= other.high and other.low <= self.high


def figure_bounds(value: Decimal, qualifier: str = "exact", decimals: int | None = None) -> Bounds:
    """What a figure may be before it was rounded to its last digit: 84 is 83.5 to 84.5.

    "About" doubles that. "Over" and "under" are half of it, because "just under 85 %" says that it rounds to 85.
    """
    step = Decimal(1).scaleb(-max(digits(value), decimals or 0))
    if qualifier == "at_least":
        return Bounds(value, _FOR_EVER)
    below, above = {"about": (_WHOLE, _WHOLE), "over": (_NONE, _HALF), "under": (_HALF, _NONE)}.get(
        qualifier, (_HALF, _HALF)
    )
    return Bounds(value - below * step, value + above * step)


def count_bounds(value: Decimal, qualifier: str = "") -> Bounds:
    """What a count may be: "over 332,000" is up to 333,000, "about 36,000" is 35,500 to 36,500, 41 is 41.

    The step is the place of the last digit that is not nought.
    """
    step = _last_place(value)
    if qualifier == "at_least":
        return Bounds(value, _FOR_EVER)
    loose = {"about": (_HALF, _HALF), "over": (_NONE, _WHOLE), "under": (_WHOLE, _NONE)}
    below, above = loose.get(qualifier, (_NONE, _NONE))
    return Bounds(value - below * step, value + above * step)


def percent_bounds(numerator: Bounds, denominator: Bounds) -> Bounds:
    """The percentages that two counts allow; the denominator is greater than nought."""
    highest = _FOR_EVER if numerator.high == _FOR_EVER else 100 * numerator.high / denominator.low
    lowest = Decimal(0) if denominator.high == _FOR_EVER else 100 * numerator.low / denominator.high
    return Bounds(lowest, highest)


def digits(value: Decimal) -> int:
    """How many digits stand after the point."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _last_place(value: Decimal) -> Decimal:
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if value and isinstance(exponent, int) else 0)
