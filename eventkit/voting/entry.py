"""How a phone asks for a number: its range in words, its unit around the field, the ends and steps of its slider."""

from dataclasses import dataclass
from decimal import Decimal

from eventkit.evidence.units import POUND_UNITS, is_percent, measured, with_sign
from eventkit.voting.models import Poll
from eventkit.voting.reading import span, written
from eventkit.web.language import gettext as _

SLIDER_STEPS = Decimal(100)  # where the plan names no step


@dataclass(frozen=True)
class Slider:
    """Numbers as a range field takes them, and its two ends in words."""

    least: str
    most: str
    step: str
    first: str
    last: str


@dataclass(frozen=True)
class Entry:
    """The words around a number field; `words` is any answer with its unit, such as "{number} %".

    `slider` is None where the plan gives no range.
    """

    lead: str
    steps: str
    before: str
    after: str
    words: str
    slider: Slider | None

    def shown(self, choice: str) -> str:
        """A recorded number as it stands in the field: thousands parted, because six digits in a row are misread."""
        return f"{Decimal(choice):,f}"


def entry(poll: Poll) -> Entry:
    """What a phone and the screen need to ask this numeric poll."""
    before, after = _around(poll.unit)
    words = measured(poll.unit, Decimal(0)).replace("0", "{number}", 1)
    return Entry(_lead(poll), _steps(poll), before, after, words, _slider(poll))


def _lead(poll: Poll) -> str:
    if poll.min is not None and poll.max is not None:
        return _("A number {range}").format(range=span(poll))
    said = span(poll) or poll.unit
    return _("A number ({limit})").format(limit=said) if said else _("A number")


def _steps(poll: Poll) -> str:
    if poll.step is None:
        return ""
    if poll.step == 1 and (poll.min or Decimal(0)) % 1 == 0:
        return _("in whole numbers")
    pence = poll.unit.strip() == "£" and poll.step % 1 != 0
    step = poll.step.quantize(Decimal("0.01")) if pence else poll.step
    return _("in steps of {step}").format(step=with_sign(poll.unit, step))


def _around(unit: str) -> tuple[str, str]:
    if is_percent(unit):
        return "", "%"
    unit = unit.strip()
    return ("£", POUND_UNITS[unit]) if unit in POUND_UNITS else ("", unit)


def _slider(poll: Poll) -> Slider | None:
    if poll.min is None or poll.max is None or poll.min >= poll.max:
        return None
    step = poll.step or (poll.max - poll.min) / SLIDER_STEPS
    first, last = with_sign(poll.unit, poll.min), with_sign(poll.unit, poll.max)
    return Slider(written(poll.min), written(poll.max), written(step), first, last)
