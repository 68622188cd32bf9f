"""What keeps figures from being set beside each other."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from eventkit.evidence.citation import same_period
from eventkit.evidence.models import Statistic
from eventkit.evidence.rounding import digits, figure_bounds
from eventkit.web.language import gettext as _


def differences(first: Statistic, second: Statistic) -> Iterator[str]:
    """Each respect in which two figures for one question are not of a kind, as a sentence."""
    told = {
        "unit": _("The two figures have different units: {first} and {second}."),
        "denominator": _("The two figures are shares of different things: {first}, and {second}."),
        "measure": _("The two figures measure different things: {first}, and {second}."),
    }
    for column, sentence in told.items():
        words = [getattr(figure, column).strip() for figure in (first, second)]
        if words[0].casefold() != words[1].casefold():
            names = [word or _("nothing named") for word in words]
            yield sentence.format(first=names[0], second=names[1])
    if not same_period(first, second):
        sentence = _("The two figures are for different periods: {first} and {second}.")
        yield sentence.format(first=first.period_label, second=second.period_label)


def ties(ranked: Sequence[Statistic]) -> Iterator[tuple[Statistic, Statistic]]:
    """Neighbours in a ranking that are equal, or so near that rounding may have changed their order."""
    in_order = sorted(ranked, key=lambda figure: figure.value, reverse=True)
    # A spreadsheet makes 10 of 10.0, so the digits of the others count for it too.
    decimals = max((max(digits(figure.value), figure.decimals or 0) for figure in ranked), default=0)
    for upper, lower in pairwise(in_order):
        bounds = [figure_bounds(figure.value, figure.qualifier, decimals) for figure in (upper, lower)]
        if bounds[1].high > bounds[0].low:
            yield upper, lower
