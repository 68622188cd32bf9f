"""What a figure says against itself: its counts, its dates, its area, and whether it may be shown at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from eventkit.evidence.geography import OLD_CODES, code_of, has_shape, name_of
from eventkit.evidence.models import Statistic
from eventkit.evidence.rounding import Bounds, count_bounds, digits, figure_bounds, percent_bounds
from eventkit.evidence.units import is_percent, qualified
from eventkit.sheet import Level
from eventkit.web.dates import day as written
from eventkit.web.language import gettext as _

UNCHECKED = "E"
"""The evidence grade of a figure from memory, which nobody has looked up."""

OLD_AFTER_MONTHS = 36
"""A figure whose period ended longer ago than this on the day of the event may be out of date."""


@dataclass(frozen=True)
class Finding:
    """What one check found, the column that it is about, and (`about`) the id of the row if that is not clear."""

    column: str
    sentence: str
    level: Level
    about: str = ""


def examine(statistic: Statistic, event_day: date | None) -> Iterator[Finding]:
    """Everything that one figure says against itself, by columns of `statistics`."""
    yield from uncited(statistic)
    yield from misshapen(statistic)
    yield from out_of_range(statistic)
    yield from contradicted(statistic)
    yield from misplaced(statistic)
    if event_day is not None:
        yield from later_than_the_event(statistic, event_day)
        yield from old(statistic, event_day)


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
    wrong = next((finding for finding in examine(statistic, None) if finding.level is Level.BLOCK), None)
    if wrong is None:
        return ""
    sentence = _("The figure {id} cannot be revealed. {reason}")
    return sentence.format(id=statistic.statistic_id, reason=wrong.sentence)


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


def uncited(statistic: Statistic) -> Iterator[Finding]:
    """What keeps the figure from being revealed, though the plan can be used without it."""
    for column, name in missing_citation(statistic):
        sentence = _("The figure cannot be revealed until {missing} is filled in here.")
        yield Finding(column, sentence.format(missing=name), Level.WARN)
    if statistic.evidence_grade == UNCHECKED:
        yield Finding("evidence_grade", unrevealable(statistic), Level.WARN)


def misshapen(statistic: Statistic) -> Iterator[Finding]:
    """Ends, decimals, dates and addresses that cannot be."""
    value, lower, upper = statistic.value, statistic.lower, statistic.upper
    if lower is not None and upper is not None and lower > upper:
        yield Finding("lower", _("The lower end is above the upper end."), Level.BLOCK)
    elif lower is not None and lower > value:
        yield Finding("lower", _("The lower end is above the figure itself."), Level.BLOCK)
    elif upper is not None and upper < value:
        yield Finding("upper", _("The upper end is below the figure itself."), Level.BLOCK)
    if statistic.decimals is not None and not 0 <= statistic.decimals <= 6:
        yield Finding("decimals", _("Give 0 to 6 decimals."), Level.BLOCK)
    start, end = statistic.period_start, statistic.period_end
    if start and end and end < start:
        yield Finding("period_end", _("The period ends before it starts."), Level.BLOCK)
    # A projected address is also a link on phones: no other scheme may hide behind it.
    if statistic.url and not statistic.url.startswith(("https://", "http://")):
        yield Finding("url", _("An address starts with https:// or http://."), Level.BLOCK)


def out_of_range(statistic: Statistic) -> Iterator[Finding]:
    """A per cent is a share, and lies between 0 and 100."""
    if not is_percent(statistic.unit):
        return
    sentence = _("A percentage lies between 0 and 100. If this is a change, say so in the unit, such as % more.")
    for column in ("value", "lower", "upper"):
        number = getattr(statistic, column)
        if number is not None and not 0 <= number <= 100:
            yield Finding(column, sentence, Level.BLOCK)


def contradicted(statistic: Statistic) -> Iterator[Finding]:
    """A percentage that its own counts do not give, all of them taken as loosely as they are published."""
    part, whole = statistic.numerator_value, statistic.denominator_value
    if whole is not None and whole <= 0:
        yield Finding("denominator_value", _("The count below must be more than nought."), Level.BLOCK)
        return
    if part is None or whole is None or not is_percent(statistic.unit):
        return
    below = count_bounds(whole, statistic.denominator_qualifier)
    if below.low <= 0:
        return
    given = percent_bounds(count_bounds(part, statistic.numerator_qualifier), below)
    if not given.meets(figure_bounds(statistic.value, statistic.qualifier, statistic.decimals)):
        yield Finding("value", _contradiction(statistic, part, whole, given), Level.WARN)


def misplaced(statistic: Statistic) -> Iterator[Finding]:
    """An area's code that is unknown, old, or another area's."""
    code, name = statistic.geography_code, statistic.geography_name
    known = name_of(code)
    if not code:
        return
    if code in OLD_CODES:
        sentence = _("{code} is the old code of {area}; it is {today} now. Keep the one that your source prints.")
        yield Finding("geography_code", sentence.format(code=code, area=known, today=OLD_CODES[code]), Level.NOTE)
    elif not has_shape(code):
        sentence = _("“{code}” is no area code. One looks like S12000047: a letter and eight digits.")
        yield Finding("geography_code", sentence.format(code=code), Level.WARN)
    elif not known:
        sentence = _("{code} is not among the areas that eventkit knows. Look it up once more.")
        yield Finding("geography_code", sentence.format(code=code), Level.NOTE)
    if known and code_of(name) not in {"", OLD_CODES.get(code, code)}:
        sentence = _("{code} is the code of {area}, not of {name}.")
        yield Finding("geography_code", sentence.format(code=code, area=known, name=name), Level.WARN)


def later_than_the_event(statistic: Statistic, event_day: date) -> Iterator[Finding]:
    """Nobody in the room could have known what was measured or published after the day."""
    late = {
        "period_start": _("The period begins after the event, which is on {day}. Is the year right?"),
        "period_end": _("The period ends after the event, which is on {day}."),
        "published_on": _("This was published after the event, which is on {day}. Say so when you show it."),
    }
    for column, sentence in late.items():
        moment = getattr(statistic, column)
        if moment is not None and moment > event_day:
            yield Finding(column, sentence.format(day=written(event_day)), Level.WARN)


def old(statistic: Statistic, event_day: date, months: int = OLD_AFTER_MONTHS) -> Iterator[Finding]:
    """A period that ended more than so many months before the event."""
    column = "period_end" if statistic.period_end else "published_on"
    moment = statistic.period_end or statistic.published_on
    if moment is None:
        return
    apart = (event_day.year - moment.year) * 12 + event_day.month - moment.month
    if (apart, event_day.day) > (months, moment.day):
        sentence = _("This is {age} months old on the day of the event and may be out of date. Is there a newer one?")
        yield Finding(column, sentence.format(age=apart), Level.NOTE)


def _contradiction(statistic: Statistic, part: Decimal, whole: Decimal, given: Bounds) -> str:
    places = digits(statistic.value) + 1
    counts = {
        "part": qualified(statistic.numerator_qualifier, f"{part:,f}"),
        "whole": qualified(statistic.denominator_qualifier, f"{whole:,f}"),
        "figure": qualified(statistic.qualifier, f"{statistic.value:f} %"),
        "low": f"{given.low:.{places}f}",
        "high": f"{given.high:.{places}f}",
    }
    if counts["low"] == counts["high"]:
        return _("The counts {part} of {whole} give {low} %, not {figure}. Look them up once more.").format(**counts)
    sentence = _("The counts {part} of {whole} give {low} to {high} %, not {figure}. Look them up once more.")
    return sentence.format(**counts)
