"""An axis of numbers: from where to where, its round ticks, and how numbers stand on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from eventkit.web.language import gettext as _
from eventkit.web.scale import GAP, Scale, text_width

MOST_TICKS = 5
REACH_UNPLANNED = 3
LEAST_MARGIN = 1.6  # em beside the ends, for the arrow of an open-ended figure
STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5))


@dataclass(frozen=True)
class Tick:
    """A round number on the axis, as it is written."""

    value: float
    text: str


@dataclass(frozen=True)
class Axis:
    """Where values lie, always to scale; answers below `low` or above `high` are beyond it."""

    low: float
    high: float
    scale: Scale
    ticks: tuple[Tick, ...]


def axis(low: float, high: float, width: float, form: str = "{}", margin: float = LEAST_MARGIN) -> Axis:
    """The axis from `low` to `high` on a drawing `width` em wide; `form` writes a number, such as "{} %" or "£{}"."""
    ticks, beside = _ticks(low, high, width, form, margin)
    scale = Scale(((low, 100 * beside / width), (high, 100 - 100 * beside / width)), true=True)
    return Axis(low, high, scale, ticks)


def limits(planned: tuple[float, float] | None, firm: Sequence[float], guesses: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis that holds the plan's range, all of `firm` (figures, the median) and the guesses.

    A few wild guesses must not squeeze everybody else's into one heap, so guesses widen the axis by its own length at
    most, three times that where the plan gives no range; those further out are beyond it.
    """
    held = [*(planned or ()), *firm] or [*guesses] or [0.0, 1.0]
    reach = (max(held) - min(held)) * (1 if planned else REACH_UNPLANNED)
    near = [guess for guess in guesses if not reach or min(held) - reach <= guess <= max(held) + reach]
    low, high = min([*held, *near]), max([*held, *near])
    around = (abs(low) / 2 or 1.0) if low == high else 0.0
    return low - around, high + around


def written(value: Decimal, form: str = "{}") -> str:
    """A number with its thousands; shortened only where nothing is lost: "1.25 million", "1,252,000"."""
    size = abs(value)
    text = f"{_plain(size):,f}"
    for large, words in ((10**9, _("{number} billion")), (10**6, _("{number} million"))):
        if size >= large and size % (large // 100) == 0:
            text = words.format(number=f"{_plain(size / large):,f}")
            break
    return ("\u2212" if value < 0 else "") + form.format(text)


def exact(value: float) -> Decimal:
    """The decimal number that a float was written as."""
    return Decimal(repr(float(value)))


def _ticks(low: float, high: float, width: float, form: str, margin: float) -> tuple[tuple[Tick, ...], float]:
    """The ticks, and the em that are kept free beside the ends; of the finest steps, one that meets both ends."""
    first, last = exact(low), exact(high)
    found = []
    for step in _steps(last - first):
        ticks = _multiples(first, last, step, form)
        widest = max((text_width(tick.text) for tick in ticks), default=0.0)
        beside = max(margin, widest / 2 + 0.2)
        apart = float(step / (last - first)) * (width - 2 * beside)
        if len(ticks) <= MOST_TICKS and widest + GAP <= apart:
            found.append((ticks, beside))
    whole = [each for each in found if len(each[0]) > 2 and (each[0][0].value, each[0][-1].value) == (low, high)]
    several = [each for each in found if len(each[0]) > 1]
    return (whole or several or [_ends(first, last, form, margin)])[0]


def _steps(span: Decimal) -> Iterator[Decimal]:
    """Round steps, the finest first; 2.5 and 7.5 are not round to anybody, 25 and 75 are."""
    for power in range(span.adjusted() - 1, span.adjusted() + 1):
        yield from (base.scaleb(power) for base in STEPS if power > 0 or base != Decimal("2.5"))


def _multiples(first: Decimal, last: Decimal, step: Decimal, form: str) -> tuple[Tick, ...]:
    begin = (first / step).to_integral_value(ROUND_CEILING)
    end = (last / step).to_integral_value(ROUND_FLOOR)
    values = [step * place for place in range(int(begin), int(end) + 1)]
    return tuple(Tick(float(value), written(value, form)) for value in values)


def _ends(first: Decimal, last: Decimal, form: str, margin: float) -> tuple[tuple[Tick, ...], float]:
    """Both ends as ticks, where no round numbers between them fit."""
    ticks = tuple(Tick(float(value), written(value, form)) for value in (first, last))
    return ticks, max(margin, *(text_width(tick.text) / 2 + 0.2 for tick in ticks))


def _plain(value: Decimal) -> Decimal:
    """Without zeros at the end and without an exponent."""
    shorter = value.normalize()
    return shorter.quantize(Decimal(1)) if shorter == shorter.to_integral_value() else shorter
