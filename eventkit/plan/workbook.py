"""The plan as an Excel workbook: one sheet for each part, headings in its first row.

A row whose first cell begins with "example:" is help and is passed over, as is a column headed `guidance`.
Sizes are never believed: a file of 5 kB can claim 17 thousand million cells.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from openpyxl.utils import get_column_letter

from eventkit.errors import BadInput
from eventkit.incoming.grid import Grid, Raw, sheets, word
from eventkit.incoming.screening import Kind, screen
from eventkit.plan.table import MAX_ROWS, Entry, Table
from eventkit.sheet import Part, Problem
from eventkit.web.language import gettext as _

MAX_COLUMNS = 100
FIELD, VALUE, GUIDANCE = "field", "value", "guidance"
_HEADINGS_WITHIN = 10


def raw(path: Path) -> list[tuple[str, Grid]]:
    """Every sheet of the workbook, as raw cells. BadInput if it is none, or holds more than a plan may."""
    data = path.read_bytes()
    if screen(data) is not Kind.WORKBOOK:
        raise BadInput(
            _("This file could not be read as a workbook, whatever its name says. Save it as .xlsx and try again.")
        )
    return sheets(data, MAX_ROWS, MAX_COLUMNS)


def tables(found: Iterable[tuple[str, Grid]], parts: Mapping[str, Part]) -> list[Table]:
    """The sheets of a plan."""
    return [_table(word(title), grid, parts.get(word(title))) for title, grid in found]


def _table(name: str, grid: Grid, part: Part | None) -> Table:
    if part is None:
        return Table(name, tuple(Entry(row, {}) for row in grid))
    known = {FIELD, VALUE} if part.transposed else {column.name for column in part.columns}
    heading_row = _heading_row(grid, known)
    if not grid:
        return Table(name)
    if heading_row is None:
        sentence = _("No row of headings was found. Write {headings} in the first row.")
        headings = ", ".join(sorted(known) if part.transposed else [column.name for column in part.columns])
        return Table(name, problems=(Problem(name, None, "", sentence.format(headings=headings)),))
    headings_by_column = {column: word(str(raw.value)) for column, raw in grid[heading_row].items()}
    body = {row: cells for row, cells in grid.items() if row > heading_row and not _is_example(cells)}
    problems = tuple(_overflow(name, grid))
    if part.transposed:
        return _transposed(name, heading_row, headings_by_column, body, problems)
    return _ordinary(name, heading_row, headings_by_column, body, problems)


def _heading_row(grid: Grid, known: set[str]) -> int | None:
    """The row, among the first ten, with the most known headings: a title may stand above it."""
    best, most = None, 0
    for row in sorted(grid)[:_HEADINGS_WITHIN]:
        count = sum(word(str(raw.value)) in known for raw in grid[row].values())
        if count > most:
            best, most = row, count
    return best


def _is_example(cells: Mapping[int, Raw]) -> bool:
    return str(cells[min(cells)].value).strip().casefold().startswith("example:")


def _overflow(name: str, grid: Grid) -> Iterator[Problem]:
    if any(row > MAX_ROWS for row in grid):
        yield Problem(name, MAX_ROWS + 1, "", _("Only the first {most} rows are read.").format(most=MAX_ROWS))


def _ordinary(
    name: str, heading_row: int, headings: Mapping[int, str], body: Grid, problems: tuple[Problem, ...]
) -> Table:
    """A sheet with a heading over each column; of two columns with one heading the first is read."""
    columns: dict[str, int] = {}
    for column, heading in sorted(headings.items()):
        columns.setdefault(heading, column)
    entries = tuple(
        Entry(row, {heading: cells[column] for heading, column in columns.items() if column in cells})
        for row, cells in sorted(body.items())
        if row <= MAX_ROWS
    )
    bare = sorted({column for cells in body.values() for column in cells} - set(headings))
    sentence = _("This column has no heading. Give it one, or clear it.")
    unnamed = tuple(Problem(name, heading_row, get_column_letter(column), sentence) for column in bare)
    found = tuple((heading, heading_row) for _column, heading in sorted(headings.items()) if heading != GUIDANCE)
    return Table(name, entries, found, heading_row, problems + unnamed)


def _transposed(
    name: str, heading_row: int, headings: Mapping[int, str], body: Grid, problems: tuple[Problem, ...]
) -> Table:
    """A sheet with a field and its value in each row, such as the event."""
    columns = {heading: column for column, heading in headings.items()}
    if not {FIELD, VALUE} <= columns.keys():
        sentence = _("This sheet needs the headings “field” and “value”.")
        return Table(name, (), (), heading_row, (*problems, Problem(name, heading_row, "", sentence)))
    cells: dict[str, Raw] = {}
    found: list[tuple[str, int]] = []
    for row, raws in sorted(body.items()):
        value = raws.get(columns[VALUE], Raw())
        if columns[FIELD] in raws:
            field = word(str(raws[columns[FIELD]].value))
            found.append((field, row))
            cells.setdefault(field, value)
        elif not value.blank:
            problems = (*problems, Problem(name, row, FIELD, _("This value belongs to no field. Name one beside it.")))
    rows = dict(reversed(found))
    return Table(name, (Entry(0, cells, rows),), tuple(found), heading_row, problems)
