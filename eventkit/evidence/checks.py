"""What the evidence itself says: whether a figure may be shown, and which answer it makes right."""

from collections.abc import Iterator
from decimal import Decimal

from eventkit.evidence.models import Statistic
from eventkit.web.language import gettext as _

UNCHECKED = "E"
"""The evidence grade of a figure from memory, which nobody has looked up."""


def unrevealable(statistic: Statistic) -> str:
    """Why a room may not be shown this figure, in one sentence; "" if it may.

    A figure without geography, period or source can be neither judged nor looked up by those who see it.
    """
    missing = [name for _column, name in missing_citation(statistic)]
    if missing:
        return _("The figure {id} cannot be revealed until the plan gives {missing}.").format(
            id=statistic.statistic_id, missing=_(" and ").join(missing)
        )
    if statistic.evidence_grade == UNCHECKED:
        return _("The figure {id} cannot be revealed: its evidence grade is E, nobody has looked it up.").format(
            id=statistic.statistic_id
        )
    return ""


def missing_citation(statistic: Statistic) -> Iterator[tuple[str, str]]:
    """The empty columns without which a figure is not evidence, each with its name in words."""
    needed = {
        "geography_name": _("its geography"),
        "period_label": _("its period"),
        "publisher": _("its publisher"),
        "dataset": _("its dataset"),
    }
    return ((column, name) for column, name in needed.items() if not getattr(statistic, column))


def claims(figure: Decimal, value: Decimal | None, lower: Decimal | None, upper: Decimal | None) -> bool | None:
    """Whether an answer claims the figure; None if it claims no number.

    A range counts with its ends, and may be open on one side. A value beside it is only the range's name, as
    1,250,000 is for everything from 1,245,000 to 1,255,000.
    """
    if lower is not None or upper is not None:
        return (lower is None or lower <= figure) and (upper is None or figure <= upper)
    return None if value is None else value == figure
