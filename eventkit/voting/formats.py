"""What numeric and ranking polls need in the plan beside their words: a range, or a figure for each item."""

from collections.abc import Iterator, Mapping

from eventkit.events import references
from eventkit.evidence.models import Statistic
from eventkit.sheet import Level, Plan, Problem, Row
from eventkit.web.language import gettext as _

NUMERIC_ONLY = ("min", "max", "step", "tolerance")
RANKING_ONLY = ("rank", "statistic_id")


def numeric(poll: Row, options: list[Row], statistics: Mapping[str, Statistic]) -> Iterator[Problem]:
    """The range of a numeric poll, and whether its figures lie in it."""
    least, most = poll.decimal("min"), poll.decimal("max")
    step, tolerance = poll.decimal("step"), poll.decimal("tolerance")
    if least is not None and most is not None and least >= most:
        yield poll.problem("min", _("The least likely answer is not below the greatest."))
    elif step is not None and least is not None and most is not None and step > most - least:
        yield poll.problem("step", _("One step is larger than the whole range."))
    if step is not None and step <= 0:
        yield poll.problem("step", _("A step is more than 0."))
    if tolerance is not None and tolerance < 0:
        yield poll.problem("tolerance", _("Give 0 or more."))
    for column in ("national_statistic", "local_statistic"):
        figure = statistics.get(poll.text(column))
        if figure and ((least is not None and figure.value < least) or (most is not None and figure.value > most)):
            sentence = _("The figure, {figure}, lies outside the range from min to max, so nobody would come near it.")
            yield poll.problem(column, sentence.format(figure=f"{figure.value:f}"), Level.WARN)
    for option in options:
        yield option.problem("poll_id", _("A numeric poll has no options. Delete this row."))


def ranking(options: list[Row], plan: Plan, statistics: Mapping[str, Statistic]) -> Iterator[Problem]:
    """The items of a ranking: each with its figure, and their ranks in the order of the figures."""
    for option in options:
        named, known = option.words("statistic_id"), plan.ids("statistics", "statistic_id")
        yield from references.unknown(option, "statistic_id", named, known, "statistics")
        if not named and "statistic_id" not in option.unread:
            yield option.problem("statistic_id", _("Every item of a ranking needs its figure."))
    ranks = [option["rank"] for option in options]
    if any("rank" in option.unread for option in options) or all(rank is None for rank in ranks):
        return
    for option in options:
        if option["rank"] is None or ranks.count(option["rank"]) > 1 or option["rank"] not in range(1, len(ranks) + 1):
            sentence = _("Number the items from 1 to {count}, each once, or leave all ranks empty.")
            yield option.problem("rank", sentence.format(count=len(ranks)))
            return
    yield from _out_of_order(options, statistics)


def _out_of_order(options: list[Row], statistics: Mapping[str, Statistic]) -> Iterator[Problem]:
    ordered = sorted(options, key=lambda option: int(option.text("rank")))
    named = [option.text("statistic_id") for option in ordered]
    figures = [statistics[name].value for name in named if name in statistics]
    if figures not in (sorted(figures), sorted(figures, reverse=True)):
        sentence = _("The ranks do not follow the figures, neither from the largest nor from the smallest.")
        yield ordered[0].problem("rank", sentence)
