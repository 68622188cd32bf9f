"""The checks of options and deck at the rows of a plan: which row, which column, how much it weighs."""

from collections.abc import Iterable, Iterator, Mapping

from eventkit.evidence.checks import Finding
from eventkit.evidence.comparing import differences, ties
from eventkit.evidence.models import Statistic
from eventkit.sheet import Level, Plan, Problem, Row
from eventkit.voting import checks
from eventkit.voting.checks import Claim
from eventkit.voting.models import Format
from eventkit.web.language import gettext as _

STATISTICS = ("national_statistic", "local_statistic")


def compared(poll: Row, statistics: Mapping[str, Statistic]) -> Iterator[Problem]:
    """The national and the local figure of one poll are shown side by side."""
    national, local = (statistics.get(poll.text(column)) for column in STATISTICS)
    if national and local:
        for sentence in differences(national, local):
            yield poll.problem("local_statistic", sentence, Level.WARN)


def choice(poll: Row, options: list[Row], statistics: Mapping[str, Statistic]) -> Iterator[Problem]:
    """The options of a choice among themselves, and against the figure that decides."""
    if any(option.unread & {"value", "lower", "upper", "correct"} for option in options):
        return
    claimed = _claimed(options)
    yield from _placed(poll, options, [*checks.ranges(claimed), *checks.too_close(claimed), *checks.uneven(claimed)])
    figure = statistics.get(poll.text(_column(poll)))
    if figure is None:
        return
    if all(option.holds(figure.value) is None for option in claimed):
        yield from _placed(poll, options, checks.marked(claimed))
    else:
        yield from _placed(poll, options, checks.derived(claimed, figure, _column(poll)))
        yield from _placed(poll, options, checks.near_by_rounding(claimed, figure))


def ranked(options: list[Row], statistics: Mapping[str, Statistic]) -> Iterator[Problem]:
    """The figures of a ranking's items: ties, and items that are not of a kind."""
    items = {option.text("statistic_id"): option for option in options if option.text("statistic_id") in statistics}
    figures = [statistics[name] for name in items]
    for first, second in ties(figures):
        sentence = _("This is no different from {other}, or too near to tell: either order will count as right.")
        tied = items[second.statistic_id]
        yield tied.problem("statistic_id", sentence.format(other=first.statistic_id), Level.WARN)
    for other in figures[1:]:
        for sentence in differences(figures[0], other):
            yield items[other.statistic_id].problem("statistic_id", sentence, Level.WARN)


def deck(plan: Plan, statistics: Mapping[str, Statistic]) -> Iterator[Problem]:
    """What only shows when all polls are seen together."""
    rights: dict[str, list[str]] = {Format.CHOICE: [], Format.MYTH: []}
    for poll in plan.rows("polls"):
        letter = right_option(poll, options_of(plan, poll), statistics)
        if letter and poll.text("format") in rights:
            rights[poll.text("format")].append(letter)
    for finding in checks.leaning(rights[Format.CHOICE]):
        yield Problem("options", None, finding.column, finding.sentence, finding.level)
    for finding in checks.one_sided([letter == "A" for letter in rights[Format.MYTH]]):
        yield Problem("polls", None, finding.column, finding.sentence, finding.level)


def right_option(poll: Row, options: list[Row], statistics: Mapping[str, Statistic]) -> str:
    """The option_id of a poll's right option; "" while none can be told. A myth is decided by its mark alone."""
    figure = statistics.get(poll.text(_column(poll)))
    by_number = figure.value if figure and poll["format"] != Format.MYTH else None
    return checks.right(_claimed(options), by_number)


def options_of(plan: Plan, poll: Row) -> list[Row]:
    """The rows of a poll's options, in the plan's order."""
    return [option for option in plan.rows("options") if option.text("poll_id") == poll.text("poll_id")]


def marked(poll: Row, options: list[Row]) -> Iterator[Problem]:
    """Where no number decides, exactly one option must be marked as right."""
    if not any("correct" in option.unread for option in options):
        yield from _placed(poll, options, checks.marked(_claimed(options)))


def _placed(poll: Row, options: list[Row], findings: Iterable[Finding]) -> Iterator[Problem]:
    """Findings at the rows that they are about."""
    rows = {option.text("option_id"): option for option in options}
    for finding in findings:
        yield rows.get(finding.about, poll).problem(finding.column, finding.sentence, finding.level)


def _claimed(options: list[Row]) -> list[Claim]:
    return [
        Claim(
            option.text("option_id"),
            option.text("text"),
            option.decimal("value"),
            option.decimal("lower"),
            option.decimal("upper"),
            option["correct"] if isinstance(option["correct"], bool) else None,
        )
        for option in options
    ]


def _column(poll: Row) -> str:
    return next((column for column in STATISTICS if poll.text(column)), STATISTICS[0])
