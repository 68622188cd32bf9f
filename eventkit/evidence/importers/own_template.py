"""Eventkit's own table: a figure in each row, under the headings of the plan's sheet `statistics` (.xlsx, .csv).

The path for whatever is published as a picture, a page or a document.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from eventkit.errors import BadInput
from eventkit.evidence.columns import STATISTICS
from eventkit.evidence.importers.content import Content
from eventkit.evidence.importers.dimensions import dimension
from eventkit.evidence.importers.table import Cell, Dimension, Kind, Label, Table
from eventkit.incoming.cells import typed
from eventkit.incoming.grid import Grid, Raw, word
from eventkit.sheet import Value
from eventkit.web.language import gettext as _

NAME = "own_template"
_WITHIN = 10
_OTHER_NAMES = {"stat_id": "statistic_id", "title": "measure", "table": "source_table"}
_NEEDED = ("measure", "value", "unit")
_MOST_FAULTS = 10
_LONGEST_RANGE = 80  # characters
_RANGE = re.compile(r"(?P<value>.*?)\(?(?P<low>[-£\d.,%\s]*\d[%\s]*)(?:–|\bto\b)(?P<high>[£\d.,%\s]*\d[%\s]*)\)?")

Named = Mapping[str, Raw]


def detect(content: Content) -> bool:
    """Whether a sheet has the headings of a figure."""
    return any(_heading_row(grid) for _title, grid in content.sheets)


def tables(content: Content) -> list[Table]:
    """One table for each such sheet. Raises `BadInput` with every cell that cannot be read."""
    return [_table(title, grid) for title, grid in content.sheets if _heading_row(grid)]


def _table(title: str, grid: Grid) -> Table:
    heading_row = _heading_row(grid)
    headings = {column: _heading(raw) for column, raw in grid[heading_row].items()}
    given: list[dict[str, Value]] = []
    faults: list[str] = []
    for row, cells in sorted(grid.items()):
        named = {headings[column]: raw for column, raw in cells.items() if column in headings}
        if row > heading_row and named and not _is_example(cells):
            given.append(_given(row, named, faults))
    if faults:
        more = [_("and {count} more").format(count=len(faults) - _MOST_FAULTS)] if len(faults) > _MOST_FAULTS else []
        raise BadInput("\n".join([*faults[:_MOST_FAULTS], *more]))
    if not given:
        raise BadInput(_("This table has headings, and no figures below them."))
    dimensions, places = _dimensions(given)
    found = tuple(_cell(at, row) for at, row in zip(places, given, strict=True))
    return Table(title or STATISTICS.name, NAME, dimensions, found)


def _cell(at: tuple[int, ...], row: Mapping[str, Value]) -> Cell:
    value = row["value"]
    return Cell(at, str(value), value if isinstance(value, Decimal) else None, given=row)


def _given(row: int, named: Named, faults: list[str]) -> dict[str, Value]:
    """The columns of the plan that a row fills; what is wrong with it goes to `faults`."""
    cells: dict[str, Value] = {}
    spread = _spread(named)
    for column in STATISTICS.columns:
        raw = spread.get(column.name, Raw())
        try:
            if not raw.blank:
                cells[column.name] = typed(column, raw)
            elif column.name in _NEEDED:
                faults.append(_at(row, column.name, _("This must be filled in.")))
        except BadInput as fault:
            faults.append(_at(row, column.name, fault.sentence))
    return cells


def _spread(named: Named) -> Named:
    """A range that is written in one cell, "83.8–84.3" or "84 (83.8–84.3)", in the columns of its ends."""
    cells = dict(named)
    for name in ("value", "lower"):
        text = str(cells[name].value) if name in cells and not cells[name].fault else ""
        found = _RANGE.fullmatch(text.strip()) if len(text) <= _LONGEST_RANGE else None
        rest = found["value"].strip() if found else ""
        if found and bool(rest) == (name == "value") and "upper" not in cells:
            cells |= {"lower": Raw(found["low"].strip()), "upper": Raw(found["high"].strip())}
            if rest:
                cells["value"] = Raw(rest)
    return cells


def _dimensions(rows: Sequence[Mapping[str, Value]]) -> tuple[tuple[Dimension, ...], list[tuple[int, ...]]]:
    shapes = (
        (_("Area"), "geography_name", "geography_code"),
        (_("Period"), "period_label", ""),
        (_("Measure"), "measure", ""),
    )
    found, places = [], []
    for name, column, code in shapes:
        labels = [Label(str(row.get(column, "")), tuple(filter(None, [str(row.get(code, ""))]))) for row in rows]
        distinct = {label: place for place, label in enumerate(dict.fromkeys(labels))}
        found.append(dimension(name, list(distinct), _("Measure")))
        places.append([distinct[each] for each in labels])
    if len(set(zip(*places, strict=True))) < len(rows):
        # Rows that say the same of area, period and measure must still be told apart.
        names = [Label(str(row.get("statistic_id") or number)) for number, row in enumerate(rows, start=1)]
        found.append(Dimension(_("Figure"), Kind.OTHER, tuple(names)))
        places.append(list(range(len(rows))))
    return tuple(found), list(zip(*places, strict=True))


def _heading_row(grid: Grid) -> int:
    """The row, among the first ten, that has the headings of a figure; 0 if there is none."""
    known = {column.name for column in STATISTICS.columns}
    for row in sorted(grid)[:_WITHIN]:
        headings = {_heading(raw) for raw in grid[row].values()}
        if {"value", "measure"} <= headings and len(headings & known) > 3:
            return row
    return 0


def _heading(raw: Raw) -> str:
    name = word(str(raw.value))
    return _OTHER_NAMES.get(name, name)


def _is_example(cells: Mapping[int, Raw]) -> bool:
    return str(cells[min(cells)].value).strip().casefold().startswith("example:")


def _at(row: int, column: str, sentence: str) -> str:
    return _("row {row}, {column}: {sentence}").format(row=row, column=column, sentence=sentence)
