"""How a published figure is written: its number, its source line on the screen, its full card on the phones.

Never more digits than were published, and never a figure without place and period.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from eventkit.evidence.marks import is_calculated, warnings
from eventkit.evidence.models import Statistic
from eventkit.evidence.units import grouped, is_percent, is_sign, qualified, with_sign
from eventkit.web.dates import day
from eventkit.web.language import gettext as _

THREE_FIGURES_FROM = 10_000  # larger counts cannot be read from the back row digit by digit
LONGEST_SOURCE = 60  # characters of publisher and dataset on the screen; the phone's card has all


@dataclass(frozen=True)
class SourceLine:
    """One line under the chart: place and period first, then who published it."""

    lead: str
    text: str

    def __str__(self) -> str:
        return f"{self.lead} {self.text}"


def number_text(statistic: Statistic, exact: bool = False) -> str:
    """The number with its sign of unit and its qualifier: "0.7 %", "over 332,000", "£42.50".

    For the screen per cents are whole from 1 to 99 and counts from 10,000 have three figures, unless the plan gives
    `decimals`; `exact` writes what was published.
    """
    value = _published(statistic) if exact else shown(statistic)
    return qualified(statistic.qualifier, with_sign(statistic.unit, value))


def figure_text(statistic: Statistic, exact: bool = False) -> str:
    """`number_text` followed by a unit in words: "1,250,000 people"."""
    number = number_text(statistic, exact)
    return number if is_sign(statistic.unit) else f"{number} {statistic.unit}".rstrip()


def natural(statistic: Statistic) -> str:
    """A per cent as people: "84 in every 100", "7 in every 1,000"; "" for any other unit."""
    if not is_percent(statistic.unit):
        return ""
    value = _whole_where_fair(statistic.value)
    per = Decimal(100)
    while value != value.to_integral_value():
        value, per = value * 10, per * 10
    text = _("{number} in every {hundred}").format(number=grouped(_to(value, 0)), hundred=grouped(per))
    return qualified(statistic.qualifier, text)


def in_words(statistic: Statistic) -> str:
    """The figure as the core of a sentence: "84 in every 100 doubts led to a sanction".

    It reads so when the measure begins with the denominator ("doubts led to a sanction", "doubts"), or for counts
    with the unit ("people were destitute", "people"); otherwise the measure follows in brackets.
    """
    figure = natural(statistic) or figure_text(statistic)
    measure, denominator = _inside(statistic.measure.strip().rstrip(".")), statistic.denominator.strip()
    if denominator and measure.lower().startswith(denominator.lower()):
        return f"{figure} {measure}"
    if not is_sign(statistic.unit) and measure.lower().startswith(statistic.unit.strip().lower()):
        return f"{number_text(statistic)} {measure}"
    if denominator and natural(statistic):
        figure = f"{figure} {denominator}"
    return f"{figure} ({measure})"


def source_line(statistic: Statistic, after: Statistic | None = None) -> SourceLine:
    """The short form for the screen; a source that was just named (`after`) is not named again."""
    lead = _("{place}, {period}:").format(place=statistic.geography_name, period=statistic.period_label)
    if after is not None and _source(statistic) == _source(after):
        source = _("same source")
    else:
        source = _cut(", ".join(name for name in _source(statistic) if name))
    published = figure_text(statistic, exact=True)
    parts = [f"{published}{_interval(statistic)}", source, *warnings(statistic)]
    return SourceLine(lead, " ".join(_sentence(part) for part in parts if part))


def lines(statistics: Sequence[Statistic]) -> Sequence[SourceLine]:
    """The sources of figures whose numbers stand in the picture already, each named once."""
    found: dict[SourceLine, None] = {}
    for statistic in statistics:
        lead = _("{place}, {period}:").format(place=statistic.geography_name, period=statistic.period_label)
        source = _cut(", ".join(name for name in _source(statistic) if name))
        found[SourceLine(lead, " ".join(_sentence(part) for part in (source, *warnings(statistic)) if part))] = None
    return list(found)


def card(statistic: Statistic) -> tuple[str, ...]:
    """The full citation, line by line: figure, place and period, meaning, source, licence."""
    code = f" ({statistic.geography_code})" if statistic.geography_code else ""
    meaning = (_sentence(statistic.notes), published_line(statistic), _sentence(statistic.rounding_note))
    lines = (
        in_words(statistic),
        f"{statistic.geography_name}{code}, {statistic.period_label}",
        " ".join(part for part in meaning if part),
        _full_source(statistic),
        licence_line(statistic.licence),
    )
    return tuple(line for line in lines if line)


def published_line(statistic: Statistic) -> str:
    """The figure with every digit that was published, and whose it is if nobody published it."""
    words = _("Our calculation: {figure}.") if is_calculated(statistic) else _("Published as {figure}.")
    return words.format(figure=figure_text(statistic, exact=True) + _interval(statistic))


def licence_line(licence: str) -> str:
    """The attribution that the licence asks for; only the Open Government Licence has a text of its own."""
    if "OGL" in licence or "open government licence" in licence.lower():
        return _("Contains public sector information licensed under the Open Government Licence v3.0.")
    return _("Licence: {licence}.").format(licence=licence.rstrip(".")) if licence else ""


def comparable(first: Statistic, second: Statistic) -> bool:
    """Whether two figures may stand on one axis: the same measure, denominator, period and unit."""
    words = ((first.measure, second.measure), (first.denominator, second.denominator), (first.unit, second.unit))
    return same_period(first, second) and all(_same(*pair) for pair in words)


def same_period(first: Statistic, second: Statistic) -> bool:
    """Whether two figures are for one period, by their dates where both have them, else by name."""
    first_dates, second_dates = _dates(first), _dates(second)
    if all(first_dates) and all(second_dates):
        return first_dates == second_dates
    return _same(first.period_label, second.period_label)


def shown(statistic: Statistic) -> Decimal:
    """The number as the screen shows it, by the rounding of `number_text`."""
    value = statistic.value
    if statistic.decimals is not None:
        published = _published(statistic)
        return _to(published, min(statistic.decimals, _digits(published)))
    if is_percent(statistic.unit):
        return _whole_where_fair(value)
    if abs(value) >= THREE_FIGURES_FROM:
        return _to(value, 2 - value.adjusted())
    return value


def interval(statistic: Statistic) -> str:
    """The published range: "19 % to 24 %", "" if there is none."""
    if statistic.lower is None or statistic.upper is None:
        return ""
    ends = (with_sign(statistic.unit, end) for end in (statistic.lower, statistic.upper))
    return _("{low} to {high}").format(**dict(zip(("low", "high"), ends, strict=True)))


def _published(statistic: Statistic) -> Decimal:
    # A spreadsheet drops the zero of 42.50, so `decimals` may add digits here.
    decimals = statistic.decimals
    if decimals is None or decimals < _digits(statistic.value):
        return statistic.value
    return statistic.value.quantize(Decimal(1).scaleb(-decimals))


def _whole_where_fair(percent: Decimal) -> Decimal:
    """A whole per cent, but never 0 or 100 for a figure that is neither."""
    if 1 <= percent <= 99 or percent == percent.to_integral_value():
        return _to(percent, 0)
    one = _to(percent, 1)
    return percent if one in (0, 100) else one


def _to(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _digits(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _interval(statistic: Statistic) -> str:
    found = interval(statistic)
    return f" ({found})" if found else ""


def _full_source(statistic: Statistic) -> str:
    names = ", ".join(name for name in (statistic.publisher, statistic.dataset, statistic.source_table) if name)
    parts = [_("Source: {names}").format(names=names)]
    if statistic.published_on:
        parts.append(_("Published {day}").format(day=day(statistic.published_on)))
    if statistic.retrieved_on:
        parts.append(_("Retrieved {day}").format(day=day(statistic.retrieved_on)))
    standing = ", ".join(word for word in (statistic.status, *warnings(statistic)) if word)
    return " ".join(_sentence(part) for part in (*parts, standing) if part)


def _sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".?!…" else f"{text[0].upper()}{text[1:]}."


def _inside(text: str) -> str:
    """A phrase as it stands inside a sentence; abbreviations keep their capitals."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _cut(name: str) -> str:
    """Ends with a whole word, unless there is none."""
    if len(name) <= LONGEST_SOURCE:
        return name
    whole = name[: LONGEST_SOURCE - 1].rpartition(" ")[0] or name[: LONGEST_SOURCE - 2]
    return f"{whole.rstrip(' ,;:(“')} …"


def _source(statistic: Statistic) -> tuple[str, str]:
    return statistic.publisher, statistic.dataset


def _dates(statistic: Statistic) -> tuple[date | None, date | None]:
    return statistic.period_start, statistic.period_end


def _same(first: str, second: str) -> bool:
    return first.strip().lower() == second.strip().lower()
