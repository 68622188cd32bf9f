"""Numbers as people type them, and the limits of what a numeric poll takes."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from eventkit.errors import BadInput
from eventkit.evidence.units import is_percent, measured
from eventkit.voting.models import Poll
from eventkit.web.language import gettext as _

THOUSANDS = re.compile(r"(?<=[0-9])[,\s'’](?=[0-9]{3}(?![0-9]))")
AROUND = re.compile(r"\A[£$€]?\s*|\s*(?:%|per cent|percent)?\Z", re.IGNORECASE)
LONGEST_TYPED = 40


def parsed(typed: str) -> Decimal:
    """The number that somebody typed: "1,252,000", "84 %", "£42.50", "0.7". Raises `BadInput`.

    A comma parts thousands and nothing else, because 0,700 could mean two numbers.
    """
    if not typed:
        raise BadInput(_("Write a number, then send it. Nothing was changed."))
    plain = THOUSANDS.sub("", AROUND.sub("", typed.strip()).replace("−", "-"))
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", plain):
        raise BadInput(
            _("Write the number with a point, such as {example}. Nothing was changed.").format(
                example=plain.replace(",", ".")
            )
        )
    if len(typed) > LONGEST_TYPED or not re.fullmatch(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)", plain):
        raise BadInput(_("This is no number: use the figures 0 to 9. Nothing was changed."))
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise BadInput(_("This is no number: use the figures 0 to 9. Nothing was changed.")) from None


def stepped(poll: Poll, value: Decimal) -> Decimal:
    """The nearest of the poll's steps, which count from its least likely answer, or from 0; half a step goes up."""
    if not poll.step:
        return value
    start = poll.min or Decimal(0)
    return start + ((value - start) / poll.step).to_integral_value(ROUND_HALF_UP) * poll.step


def written(value: Decimal) -> str:
    """A number as it is stored: no zeros at its end, no exponent, no minus before 0."""
    return f"{value.normalize() if value else Decimal(0):f}"


def likely(poll: Poll, value: Decimal) -> bool:
    """Whether a number lies in the range that the plan expects."""
    return (poll.min is None or value >= poll.min) and (poll.max is None or value <= poll.max)


def span(poll: Poll) -> str:
    """The range that the plan expects, in words: "from 0 % to 100 %"; "" without one."""
    least, most = poll.min, poll.max
    ends = {
        "least": measured(poll.unit, least) if least is not None else "",
        "most": measured(poll.unit, most) if most is not None else "",
    }
    if least is not None and most is not None:
        if not is_percent(poll.unit):
            ends["least"] = ends["least"].removesuffix(f" {poll.unit}")
        return _("from {least} to {most}").format(**ends)
    if least is not None:
        return _("{least} or more").format(**ends)
    return _("{most} or less").format(**ends) if most is not None else ""
