"""What keeps a poll's options from being fair: which of them is right, how far they stand apart, how the deck leans."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from eventkit.evidence.checks import Finding, claims
from eventkit.evidence.citation import number_text, shown
from eventkit.evidence.models import Statistic
from eventkit.evidence.rounding import Bounds, figure_bounds
from eventkit.sheet import Level
from eventkit.web.language import gettext as _

APART = 2
"""Numeric options this many times as large as the next are told apart by what people know, not by their memory."""

LEANING = Decimal("0.6")
SMALLEST_DECK = 3
"""With fewer questions nothing can be said of a deck's balance."""

MUCH_LONGER = 20


@dataclass(frozen=True)
class Claim:
    """What an option of a poll claims; `correct` is None where the plan leaves it to the figure."""

    option_id: str
    text: str
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    correct: bool | None = None

    def holds(self, figure: Decimal) -> bool | None:
        """Whether the option claims this figure; None if it claims no number."""
        return claims(figure, self.value, self.lower, self.upper)


def right(options: Sequence[Claim], figure: Decimal | None) -> str:
    """The option_id of the right option: the one that claims the figure, else the one that is marked; "" if none."""
    claimed = [option for option in options if figure is not None and option.holds(figure)]
    marked = [option for option in options if option.correct is True]
    return next((option.option_id for option in claimed or marked), "")


def derived(options: Sequence[Claim], statistic: Statistic, column: str) -> Iterator[Finding]:
    """The figure must be claimed by exactly one option, and no mark may contradict it."""
    figure = f"{statistic.value:f}"
    claiming = [option for option in options if option.holds(statistic.value)]
    if not claiming:
        sentence = _("No option claims the figure, {figure}. Mend an option.").format(figure=figure)
        yield Finding(column, sentence, Level.BLOCK)
    elif len(claiming) > 1:
        letters = _(" and ").join(option.option_id for option in claiming)
        sentence = _("Options {letters} claim the figure, {figure}, at once. Only one may.")
        yield Finding(column, sentence.format(letters=letters, figure=figure), Level.BLOCK)
    for option in options:
        follows = option in claiming
        if option.correct is not None and option.correct is not follows:
            sentence = (
                _("The figure is {figure}, which this option claims, and yet it is marked as not correct.")
                if follows
                else _("This option is marked as correct, but it does not claim the figure, {figure}.")
            )
            yield Finding("correct", sentence.format(figure=figure), Level.BLOCK, option.option_id)


def marked(options: Sequence[Claim]) -> Iterator[Finding]:
    """Where no number decides, a person says which option is right."""
    count = sum(option.correct is True for option in options)
    if len(options) > 1 and count != 1:
        sentence = _("Exactly one option must be marked yes in the column correct; {count} are.")
        yield Finding("poll_id", sentence.format(count=count), Level.BLOCK)


def ranges(options: Sequence[Claim]) -> Iterator[Finding]:
    """A range whose ends are turned round, or a value outside its own range."""
    for option in options:
        if option.lower is not None and option.upper is not None and option.lower > option.upper:
            yield Finding("lower", _("The lower end is above the upper end."), Level.BLOCK, option.option_id)
        elif option.value is not None and claims(option.value, None, option.lower, option.upper) is False:
            sentence = _("The value is outside this option's own range.")
            yield Finding("value", sentence, Level.BLOCK, option.option_id)


def near_by_rounding(options: Sequence[Claim], statistic: Statistic) -> Iterator[Finding]:
    """A wrong option that the figure might claim, had it been rounded otherwise."""
    published = figure_bounds(statistic.value, statistic.qualifier, statistic.decimals)
    bounds = Bounds(min(published.low, shown(statistic)), max(published.high, shown(statistic)))
    for option in options:
        if option.holds(statistic.value) is False and _reaches(option, bounds):
            sentence = _("This is so near the figure, {figure}, that rounding decides which option is right.")
            yield Finding("text", sentence.format(figure=number_text(statistic)), Level.WARN, option.option_id)


def too_close(options: Sequence[Claim]) -> Iterator[Finding]:
    """Neighbours among numbers that people cannot tell apart by what they know."""
    values = sorted((option.value, option.option_id) for option in options if option.value is not None)
    if len(values) < len(options):
        return
    for (smaller, first), (larger, second) in pairwise(values):
        if smaller > 0 and larger < APART * smaller:
            sentence = _("Options {first} and {second} are less than twice apart: people can only guess between them.")
            yield Finding("value", sentence.format(first=first, second=second), Level.NOTE, second)


def uneven(options: Sequence[Claim]) -> Iterator[Finding]:
    """One option much longer than another is taken to be the right one."""
    lengths = sorted((len(option.text), option.option_id) for option in options if option.text)
    if len(lengths) < 2:
        return
    (shortest, _short), (longest, long) = lengths[0], lengths[-1]
    if longest > 2 * shortest and longest - shortest > MUCH_LONGER:
        sentence = _("This option is much longer than the shortest, and length gives a right answer away.")
        yield Finding("text", sentence, Level.NOTE, long)


def leaning(letters: Sequence[str]) -> Iterator[Finding]:
    """The right options of all choice polls: if most stand in one place, people notice."""
    letter, count = _most(letters)
    if count:
        sentence = _("The right answer is {letter} in {count} of {all} polls. Change the order of some options.")
        yield Finding("option_id", sentence.format(letter=letter, count=count, all=len(letters)), Level.NOTE)


def one_sided(truths: Sequence[bool]) -> Iterator[Finding]:
    """Whether the statements of all myth polls are true: if most are not, nobody need think."""
    truth, count = _most([str(true) for true in truths])
    if count:
        sentence = (
            _("{count} of {all} myths are true. Turn some of them round.")
            if truth == str(True)
            else _("{count} of {all} myths are false. Turn some of them round.")
        )
        yield Finding("format", sentence.format(count=count, all=len(truths)), Level.NOTE)


def _reaches(option: Claim, bounds: Bounds) -> bool:
    if option.lower is None and option.upper is None:
        low = high = option.value
    else:
        low, high = option.lower, option.upper
    return (low is None or low <= bounds.high) and (high is None or bounds.low <= high)


def _most(answers: Sequence[str]) -> tuple[str, int]:
    """The answer that more than the fair part of a deck has, and how often; ("", 0) if none does."""
    if len(answers) < SMALLEST_DECK:
        return "", 0
    answer, count = Counter(answers).most_common(1)[0]
    return (answer, count) if count > 2 and count > LEANING * len(answers) else ("", 0)
