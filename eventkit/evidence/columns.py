"""The columns of a published figure: everything that its citation must carry.

Apart from the plan, because the child process that reads a file needs them, and nothing that takes long to import.
"""

from datetime import date
from decimal import Decimal

from eventkit.sheet import Column, Part, Type
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
        Column(
            "flags",
            _("The source's marks, such as provisional or revised; calculated for a figure that nobody published."),
        ),
        Column("licence", _("The licence or the credit that the publisher asks for.")),
        Column("evidence_grade", _("How surely the figure is known."), values=_GRADES, example="B"),
        Column("rounding_note", _("How it was rounded, or why it differs from what is printed.")),
        Column("supersedes", _("The statistic_id of the older figure that this one corrects.")),
        Column("notes", _("Anything else that a careful reader should know.")),
    ),
    key=("statistic_id",),
)
