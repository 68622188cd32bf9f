"""How the guesses of a room are gathered on an axis: a dot for each person, or columns where there are too many."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from itertools import pairwise

from eventkit.web.axis import Axis, exact, written
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext

LEAST_PITCH = 0.3  # em between neighbours; dots overlap by less than half
GATHERED_PITCH = 0.6  # em where places are rounded
TALLEST = 20  # dots in a stack; beyond it they are too small to be seen one by one
MOST_DOTS = 300  # beyond it nobody counts them, and every phone would fetch each of them


@dataclass(frozen=True)
class Stack:
    """Guesses at one place of the axis; beyond its ends `value` is that end and `beyond` the direction, -1 or 1."""

    value: float
    votes: int
    beyond: int = 0


@dataclass(frozen=True)
class Stacks:
    """All guesses. `step` is the number to which places were rounded, None where each guess stands where it is.

    `pitch` is how far neighbours may reach, in per cent of the width.
    """

    held: tuple[Stack, ...]
    dots: bool
    step: Decimal | None
    pitch: float

    @property
    def total(self) -> int:
        """How many guesses there are: the n of the picture."""
        return sum(stack.votes for stack in self.held)

    @property
    def tallest(self) -> Stack | None:
        """The stack with most guesses, the first of several; None without guesses."""
        return max(self.held, key=lambda stack: stack.votes, default=None)


def stacks(counts: Sequence[tuple[float, int]], axis: Axis, width: float) -> Stacks:
    """Guesses and their votes, gathered so that places keep apart on a drawing `width` em wide."""
    least, gathered = 100 * LEAST_PITCH / width, 100 * GATHERED_PITCH / width
    inside = Counter[Decimal]()
    for value, votes in counts:
        if votes and axis.low <= value <= axis.high:
            inside[exact(value)] += votes
    step, per_cent = None, _per_cent(axis)
    pitch = _nearest(inside) * per_cent
    if pitch < least:
        step = next(each for each in _steps(gathered / per_cent) if float(each) * per_cent >= gathered)
        inside, pitch = _rounded(inside, step), float(step) * per_cent
    held = (*_beyond(counts, axis), *(Stack(float(value), votes) for value, votes in sorted(inside.items())))
    most, total = max((each.votes for each in held), default=0), sum(each.votes for each in held)
    return Stacks(held, dots=most <= TALLEST and total <= MOST_DOTS, step=step, pitch=pitch)


def described(found: Stacks, form: str) -> str:
    """What a dot or a column stands for, in whole sentences; "" without guesses."""
    if not found.total:
        return ""
    return " ".join([_unit(found, form), *_outside(found, form)])


def _per_cent(axis: Axis) -> float:
    """Per cent of the width for each one of the axis."""
    return (axis.scale.points[-1][1] - axis.scale.points[0][1]) / (axis.high - axis.low)


def _nearest(inside: Counter[Decimal]) -> float:
    """The smallest distance of two guesses; of a single one, as wide as you like."""
    return float(min((after - before for before, after in pairwise(sorted(inside))), default=Decimal("Infinity")))


def _steps(least: float) -> Iterator[Decimal]:
    """1, 5, 10, 50 and so on: people guess round numbers, and these keep round guesses where they are."""
    power = exact(least).adjusted()
    while True:
        yield Decimal(1).scaleb(power)
        yield Decimal(5).scaleb(power)
        power += 1


def _rounded(inside: Counter[Decimal], step: Decimal) -> Counter[Decimal]:
    gathered = Counter[Decimal]()
    for value, votes in inside.items():
        gathered[step * (value / step + Decimal("0.5")).to_integral_value(ROUND_FLOOR)] += votes
    return gathered


def _beyond(counts: Sequence[tuple[float, int]], axis: Axis) -> list[Stack]:
    below = sum(votes for value, votes in counts if value < axis.low)
    above = sum(votes for value, votes in counts if value > axis.high)
    found = [Stack(axis.low, below, -1), Stack(axis.high, above, 1)]
    return [stack for stack in found if stack.votes]


def _unit(found: Stacks, form: str) -> str:
    values = {"n": f"{found.total:,}", "step": written(found.step, form) if found.step else ""}
    if found.total == 1:
        return _("The dot is the only guess (n = 1).")
    if found.dots and found.step:
        return _("Each dot is one of n = {n} guesses, drawn at the nearest {step}.").format(**values)
    if found.dots:
        return _("Each dot is one of n = {n} guesses.").format(**values)
    if found.step:
        return _("Each column counts guesses to the nearest {step} (n = {n}).").format(**values)
    return _("Each column counts equal guesses (n = {n}).").format(**values)


def _outside(found: Stacks, form: str) -> list[str]:
    sentences = []
    for stack in (each for each in found.held if each.beyond):
        if stack.beyond > 0:
            words = ngettext("{n} guess is above {end}.", "{n} guesses are above {end}.", stack.votes)
        else:
            words = ngettext("{n} guess is below {end}.", "{n} guesses are below {end}.", stack.votes)
        sentences.append(words.format(n=f"{stack.votes:,}", end=written(exact(stack.value), form)))
    return sentences
