"""The sheet of published figures, with everything that a citation must carry."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from eventkit.events.models import Event
from eventkit.evidence.checks import UNCHECKED, missing_citation, unrevealable
from eventkit.evidence.models import Statistic
from eventkit.sheet import Column, Part, Plan, Problem, Row, Type
from eventkit.web.language import gettext as _

_QUALIFIERS = (
    ("exact", _("as it stands")),
    ("about", _("about")),
    ("over", _("more than")),
    ("under", _("less than")),
    ("at_least", _("at least")),
)
_GRADES = (
    ("A", _("imported from the publisher's file")),
    ("B", _("read on the publisher's page")),
    ("C", _("quoted from another page")),
    ("D", _("the organisers' own document")),
    ("E", _("from memory; cannot be revealed")),
)
_NUMBERS = _("£, % and a comma or a space between thousands are understood.")
_NEEDED = _("Without it the figure cannot be revealed.")

STATISTICS = Part(
    "statistics",
    _("The published figures: one figure in each row, with its source."),
    (
        Column("statistic_id", _("A short name that polls refer to."), required=True, example="fife_doubts"),
        Column("measure", _("What is measured."), required=True, example=_("Doubts that led to a sanction")),
        Column(
            "value",
            _("The figure with the digits that were published.") + " " + _NUMBERS,
            Type.NUMBER,
            required=True,
            example=Decimal(84),
        ),
        Column("qualifier", _("How the source qualifies the figure."), values=_QUALIFIERS, default="exact"),
        Column("lower", _("Lower end of the published range of uncertainty.") + " " + _NUMBERS, Type.NUMBER),
        Column("upper", _("Upper end of the published range of uncertainty.") + " " + _NUMBERS, Type.NUMBER),
        Column("decimals", _("Decimals to show, if not as written."), Type.INTEGER),
        Column("unit", _("The unit of the figure."), required=True, example="%"),
        Column("denominator", _("What it is a share of, in words."), example=_("doubts raised by Jobcentres")),
        Column("numerator_value", _("The count above, if published.") + " " + _NUMBERS, Type.NUMBER),
        Column("numerator_qualifier", _("How the source qualifies that count."), values=_QUALIFIERS),
        Column("denominator_value", _("The count below, if published.") + " " + _NUMBERS, Type.NUMBER),
        Column("denominator_qualifier", _("How the source qualifies that count."), values=_QUALIFIERS),
        Column(
            "geography_name", _("The area it is for.") + " " + _NEEDED, required=True, may_wait=True, example="Fife"
        ),
        Column("geography_code", _("The official code of the area."), example="S12000047"),
        Column(
            "period_label", _("The period it is for.") + " " + _NEEDED, required=True, may_wait=True, example="2015/16"
        ),
        Column("period_start", _("First day of the period."), Type.DATE, example=date(2015, 4, 1)),
        Column("period_end", _("Last day of the period."), Type.DATE, example=date(2016, 3, 31)),
        Column(
            "publisher",
            _("Who published it.") + " " + _NEEDED,
            required=True,
            may_wait=True,
            example=_("Department for Work and Pensions"),
        ),
        Column(
            "dataset",
            _("The dataset or document it stands in.") + " " + _NEEDED,
            required=True,
            may_wait=True,
            example="Stat-Xplore",
        ),
        Column("source_table", _("Table, page or query.")),
        Column("url", _("Address where people can look it up."), example="https://stat-xplore.dwp.gov.uk"),
        Column("published_on", _("Day of publication."), Type.DATE),
        Column("retrieved_on", _("Day on which somebody looked it up."), Type.DATE),
        Column("status", _("Accredited official, official, administrative, charity, survey estimate or poll.")),
        Column("flags", _("The source's marks, such as provisional or revised.")),
        Column("licence", _("The licence or the credit that the publisher asks for.")),
        Column("evidence_grade", _("How surely the figure is known."), values=_GRADES, example="B"),
        Column("rounding_note", _("How it was rounded, or why it differs from what is printed.")),
        Column("supersedes", _("The statistic_id of the older figure that this one corrects.")),
        Column("notes", _("Anything else that a careful reader should know.")),
    ),
    key=("statistic_id",),
)
PARTS: tuple[Part, ...] = (STATISTICS,)


def check(plan: Plan) -> Iterator[Problem]:
    """What a person must mend in the figures; what only keeps one from being revealed is a note."""
    known = plan.ids("statistics", "statistic_id")
    for row in plan.rows("statistics"):
        yield from _numbers(row)
        yield from _citation(row)
        older = row.text("supersedes")
        if older and (older not in known or older == row.text("statistic_id")):
            yield row.problem("supersedes", _("There is no other figure “{id}” in this sheet.").format(id=older))


def create(session: Session, event: Event, plan: Plan) -> None:
    """Stores the figures; the plan has been checked."""
    rows = plan.rows("statistics")
    session.add_all(Statistic.model_validate({"event_id": event.id, **row.given()}) for row in rows)
    session.flush()


def _numbers(row: Row) -> Iterator[Problem]:
    value, lower, upper = row.decimal("value"), row.decimal("lower"), row.decimal("upper")
    if lower is not None and upper is not None and lower > upper:
        yield row.problem("lower", _("The lower end is above the upper end."))
    elif value is not None and lower is not None and lower > value:
        yield row.problem("lower", _("The lower end is above the figure itself."))
    elif value is not None and upper is not None and upper < value:
        yield row.problem("upper", _("The upper end is below the figure itself."))
    decimals = row["decimals"]
    if isinstance(decimals, int) and not 0 <= decimals <= 6:
        yield row.problem("decimals", _("Give 0 to 6 decimals."))


def _citation(row: Row) -> Iterator[Problem]:
    start, end = row["period_start"], row["period_end"]
    if isinstance(start, date) and isinstance(end, date) and end < start:
        yield row.problem("period_end", _("The period ends before it starts."))
    # A projected address is also a link on phones: no other scheme may hide behind it.
    if row.text("url") and not row.text("url").startswith(("https://", "http://")):
        yield row.problem("url", _("An address starts with https:// or http://."))
    statistic = _cited(row)
    for column, name in missing_citation(statistic):
        sentence = _("The figure cannot be revealed until {missing} is filled in here.").format(missing=name)
        yield row.problem(column, sentence, blocks=False)
    if statistic.evidence_grade == UNCHECKED:
        yield row.problem("evidence_grade", unrevealable(statistic), blocks=False)


def _cited(row: Row) -> Statistic:
    """As much of the figure as its citation is judged by; the rest may be unreadable."""
    return Statistic(
        event_id=0,
        statistic_id=row.text("statistic_id"),
        measure=row.text("measure"),
        value=row.decimal("value") or Decimal(0),
        unit=row.text("unit"),
        geography_name=row.text("geography_name"),
        period_label=row.text("period_label"),
        publisher=row.text("publisher"),
        dataset=row.text("dataset"),
        evidence_grade=row.text("evidence_grade"),
    )
