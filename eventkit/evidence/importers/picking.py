"""From a table to the one figure that an organiser picked: a row of `statistics`, and what to ask for beside it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eventkit.errors import BadInput
from eventkit.evidence.columns import STATISTICS
from eventkit.evidence.geography import OLD_CODES
from eventkit.evidence.importers.periods import period_of
from eventkit.evidence.importers.table import Cell, Kind, Label, Table, meaning
from eventkit.evidence.rounding import digits
from eventkit.sheet import Value
from eventkit.web.language import gettext as _
from eventkit.web.text import did_you_mean

IMPORTED = "A"
"""The evidence grade of a figure from its publisher's file."""

_LONGEST_ID = 40
_MOST_NAMED = 8
_ASKED = (
    "measure unit geography_name geography_code period_label period_start period_end publisher dataset source_table"
    " url published_on retrieved_on status licence"
).split()
_IN_WORDS = {"p": "provisional", "r": "revised", "e": "estimate", "b": "break in series", "u": "low reliability"}


Place = tuple[Table, Cell]


@dataclass(frozen=True)
class Figure:
    """A picked figure: cells of `statistics`, and the columns that the file does not tell, for the organiser."""

    cells: Mapping[str, Value]
    lacking: tuple[str, ...]
    importer: str


def pick(
    tables: Sequence[Table],
    area: str = "",
    period: str = "",
    measure: str = "",
    others: Mapping[str, str] | None = None,
) -> Figure:
    """The one figure of these labels or codes; what is left open must have one answer only.

    `others`: labels by the name of their dimension. Areas are found under old and new codes. Raises `BadInput` if no
    figure is meant, or several, or a cell without a number.
    """
    places = [(table, cell) for table in tables for cell in table.cells]
    for kind, wanted in ((Kind.AREA, area), (Kind.PERIOD, period), (Kind.MEASURE, measure)):
        if wanted:
            places = _narrowed(places, kind.value, wanted)
    for name, wanted in (others or {}).items():
        places = _narrowed(places, name, wanted)
    if len(places) != 1:
        raise BadInput(_several(places))
    return filled(*places[0])


def filled(table: Table, cell: Cell) -> Figure:
    """The row of `statistics` that a cell makes. Raises `BadInput` if it holds no number."""
    if cell.value is None:
        sentence = _("There is no figure here: the table says “{text}”, {meaning}. That is not nought.")
        raise BadInput(sentence.format(text=cell.text, meaning=meaning(cell.gap) if cell.gap else ""))
    cells: dict[str, Value] = {**table.hints, **_labelled(table, cell), "value": cell.value, **_status(table, cell)}
    if digits(cell.value):
        cells["decimals"] = digits(cell.value)
    cells |= {"evidence_grade": IMPORTED, **cell.given}
    if "statistic_id" not in cells:
        cells["statistic_id"] = _short_name(cells)
    kept = {
        column.name: cells[column.name] for column in STATISTICS.columns if cells.get(column.name) not in (None, "")
    }
    return Figure(kept, tuple(column for column in _ASKED if column not in kept), table.importer)


def _narrowed(places: Sequence[Place], name: str, wanted: str) -> list[Place]:
    """The cells whose label is the wanted one, in the dimension of this name or kind."""
    found: list[Place] = []
    known: dict[str, None] = {}
    for table, cell in places:
        labels = [
            label
            for dimension, label in zip(table.dimensions, table.labels(cell), strict=True)
            if name in (dimension.name, dimension.kind.value)
        ]
        known |= dict.fromkeys(label.text for label in labels)
        if any(_means(label, wanted) for label in labels):
            found.append((table, cell))
    if not found:
        sentence = _("The file has no {name} “{wanted}”.").format(name=name, wanted=wanted)
        raise BadInput(sentence + did_you_mean(wanted, known))
    return found


def _means(label: Label, wanted: str) -> bool:
    codes = {OLD_CODES.get(code, code) for code in label.codes}
    return wanted.casefold() == label.text.casefold() or (len(codes) == 1 and OLD_CODES.get(wanted, wanted) in codes)


def _several(places: Sequence[Place]) -> str:
    """What must still be chosen."""
    open_ones: dict[str, list[str]] = {}
    for table, cell in places:
        for dimension, label in zip(table.dimensions, table.labels(cell), strict=True):
            texts = open_ones.setdefault(dimension.name, [])
            if label.text not in texts:
                texts.append(label.text)
    lines = (
        f"{name}: {', '.join(texts[:_MOST_NAMED])}{', …' if len(texts) > _MOST_NAMED else ''}"
        for name, texts in open_ones.items()
        if len(texts) > 1
    )
    return _("{count} figures are meant. Choose one of each: {choices}.").format(
        count=len(places), choices="; ".join(lines)
    )


def _labelled(table: Table, cell: Cell) -> dict[str, Value]:
    """Area, period and measure; other dimensions narrow the measure."""
    cells: dict[str, Value] = {}
    if area := table.label(cell, Kind.AREA):
        cells |= {"geography_name": area.text, "geography_code": area.code}
    if time := table.label(cell, Kind.PERIOD):
        period = period_of(time.code or time.text) or period_of(time.text)
        cells |= {"period_label": time.text}
        cells |= {"period_start": period.start, "period_end": period.end} if period else {}
    measure = table.label(cell, Kind.MEASURE)
    labels = zip(table.dimensions, table.labels(cell), strict=True)
    narrowing = [label.text for dimension, label in labels if dimension.kind is Kind.OTHER and not label.total]
    cells["measure"] = ", ".join([measure.text if measure else table.title, *narrowing])
    return cells


def _status(table: Table, cell: Cell) -> dict[str, Value]:
    """Marks of the cell and of its labels, with the footnotes that they call and those of the whole table."""
    marks = [*cell.marks, *(mark for label in table.labels(cell) for mark in label.marks)]
    flags = [_IN_WORDS[mark] for mark in dict.fromkeys(marks) if mark in _IN_WORDS]
    footnotes = {mark for mark in marks if mark not in _IN_WORDS}
    notes = [note.text for note in table.notes if not note.key or note.key in footnotes]
    return {"flags": ", ".join(flags), "notes": " ".join(notes)}


def _short_name(cells: Mapping[str, Value]) -> str:
    words = " ".join(str(cells.get(column, "")) for column in ("measure", "geography_name", "period_label"))
    return re.sub("[^a-z0-9]+", "_", words.casefold())[:_LONGEST_ID].strip("_") or "figure"
