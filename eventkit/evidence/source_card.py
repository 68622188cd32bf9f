"""The source card of a figure: short for the screen, and whole, element by element, for the page that a QR opens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from eventkit.evidence import citation
from eventkit.evidence.geography import OLD_CODES
from eventkit.evidence.marks import is_calculated, revisions, warnings
from eventkit.evidence.models import Statistic
from eventkit.evidence.rounding import count_bounds, digits, percent_bounds
from eventkit.evidence.units import is_percent, qualified
from eventkit.web.dates import day
from eventkit.web.language import gettext as _

OPEN_GOVERNMENT = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


@dataclass(frozen=True)
class Element:
    """One element of a citation: its name and what it says; `url` is where a reader can look it up, or ""."""

    term: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Card:
    """The short form: the figure in a sentence, place and period, its exact value, source, licence, and its badges."""

    statistic_id: str
    headline: str
    place: str
    published: str
    source: str
    licence: str
    badges: tuple[str, ...]


def short(figure: Statistic) -> Card:
    """What fits on a screen and heads the page."""
    return Card(
        statistic_id=figure.statistic_id,
        headline=_capital(citation.in_words(figure)),
        place=f"{_place(figure)}, {figure.period_label}",
        published=citation.published_line(figure),
        source=_names(figure),
        licence=citation.licence_line(figure.licence),
        badges=tuple(badge for badge in (figure.status, *warnings(figure)) if badge),
    )


def whole(figure: Statistic, *, replaced: bool, asked: str = "") -> tuple[Element, ...]:
    """Every element that this citation has, in reading order.

    `replaced`: a newer figure corrects it. `asked`: who answers questions about it.
    """
    found = [
        *_meaning(figure),
        *_value(figure),
        *_standing(figure, replaced=replaced),
        *_source(figure),
        Element(_("Notes"), figure.notes),
        Element(_("Who may be asked"), asked),
    ]
    return tuple(element for element in found if element.text)


def link(url: str) -> str:
    """The address if a page may link to it, else ""."""
    return url if re.match(r"https?://\S+\Z", url) else ""


def _meaning(figure: Statistic) -> Iterator[Element]:
    yield Element(_("What is measured"), figure.measure)
    yield Element(_("Of what"), figure.denominator)
    yield Element(_("Place"), _place(figure))
    start, end = figure.period_start, figure.period_end
    dates = _(" ({start} to {end})").format(start=day(start), end=day(end)) if start and end else ""
    yield Element(_("Period"), figure.period_label + dates)


def _value(figure: Statistic) -> Iterator[Element]:
    term = _("Calculated by the organisers") if is_calculated(figure) else _("Published as")
    yield Element(term, citation.figure_text(figure, exact=True))
    yield Element(_("Uncertainty"), citation.interval(figure) or _("No range was given with the figure."))
    part, whole_ = figure.numerator_value, figure.denominator_value
    counts = [
        qualified(qualifier, f"{count:,f}")
        for count, qualifier in ((part, figure.numerator_qualifier), (whole_, figure.denominator_qualifier))
        if count is not None
    ]
    yield Element(_("Published counts"), _(" of ").join(counts))
    yield Element(_("Our calculation"), _capital(" ".join(_calculated(figure))))
    yield Element(_("Rounding"), figure.rounding_note)


def _calculated(figure: Statistic) -> Iterator[str]:
    """What eventkit, and nobody who published anything, made of the figure."""
    if natural := citation.natural(figure):
        yield _("{figure} is {natural}.").format(figure=citation.figure_text(figure, exact=True), natural=natural)
    part, below = figure.numerator_value, figure.denominator_value
    if part is None or below is None or not is_percent(figure.unit):
        return
    span = count_bounds(below, figure.denominator_qualifier)
    if span.low <= 0:
        return
    given = percent_bounds(count_bounds(part, figure.numerator_qualifier), span)
    if not given.high.is_finite():
        return
    places = digits(figure.value) + 1
    low, high = f"{given.low:.{places}f}", f"{given.high:.{places}f}"
    ends = low if low == high else _("{low} to {high}").format(low=low, high=high)
    yield _("The counts give {ends} %.").format(ends=ends)


def _standing(figure: Statistic, *, replaced: bool) -> Iterator[Element]:
    yield Element(_("Status"), figure.status)
    said = revisions(figure)
    if figure.supersedes:
        said.append(_("corrects an older figure"))
    if replaced:
        said.append(_("replaced by a newer figure"))
    yield Element(_("Revision"), _capital("; ".join(said)))


def _source(figure: Statistic) -> Iterator[Element]:
    yield Element(_("Source"), _names(figure), link(figure.url))
    yield Element(_("Published"), day(figure.published_on) if figure.published_on else "")
    yield Element(_("Retrieved"), day(figure.retrieved_on) if figure.retrieved_on else "")
    licence = citation.licence_line(figure.licence)
    open_government = licence == citation.licence_line("OGL")
    yield Element(_("Licence"), licence, OPEN_GOVERNMENT if open_government else "")
    grades = {
        "A": _("Imported from the publisher’s own file."),
        "B": _("Read on the publisher’s own page."),
        "C": _("Quoted from another publication. Not checked at source."),
        "D": _("From a document of the organisers. Not checked at source."),
    }
    checked = grades.get(figure.evidence_grade, _("Nobody noted where this was checked."))
    yield Element(_("How surely it is known"), checked)
    yield Element(_("Imported file, SHA-256"), figure.file_sha256)


def _place(figure: Statistic) -> str:
    """Name and code; a code that has changed is named with the other one, so that either can be looked up."""
    code = figure.geography_code
    former = [old for old, today in OLD_CODES.items() if today == code]
    if not code:
        return figure.geography_name
    if code in OLD_CODES:
        code = _("{code}, today {today}").format(code=code, today=OLD_CODES[code])
    elif former:
        code = _("{code}, formerly {former}").format(code=code, former=_(" and ").join(former))
    return f"{figure.geography_name} ({code})"


def _names(figure: Statistic) -> str:
    return ", ".join(name for name in (figure.publisher, figure.dataset, figure.source_table) if name)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
