"""The plan as an Excel workbook: one sheet for each part, headings in its first row.

A row whose first cell begins with "example:" is help and is passed over, as is a column headed `guidance`.
Sizes are never believed: a file of 5 kB can claim 17 thousand million cells, and a small one unpack to gigabytes.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from eventkit.errors import BadInput
from eventkit.plan.table import MAX_ROWS, Entry, Raw, Table, word
from eventkit.sheet import Part, Problem
from eventkit.web.language import gettext as _

MAX_COLUMNS = 100
MAX_BYTES = 16_000_000
MAX_UNPACKED = 100_000_000
FIELD, VALUE, GUIDANCE = "field", "value", "guidance"
_HEADINGS_WITHIN = 10

Grid = dict[int, dict[int, Raw]]


def tables(path: Path, parts: Mapping[str, Part]) -> list[Table]:
    """Every sheet of the workbook. BadInput if it is none."""
    data = path.read_bytes()
    try:
        _measure(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            grids = _grids(data)
    except BadInput:
        raise
    except Exception:  # noqa: BLE001  openpyxl answers a damaged file with almost any exception
        raise BadInput(
            _(
                "{name} could not be read as a workbook: it may be damaged, protected by a password, or of another "
                "kind. Open it, save it as .xlsx without a password, and try again."
            ).format(name=path.name)
        ) from None
    return [_table(word(title), grid, parts.get(word(title))) for title, grid in grids]


def _measure(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(file.file_size for file in archive.infolist())
    if len(data) > MAX_BYTES or unpacked > MAX_UNPACKED:
        raise BadInput(_("This workbook is too large for a plan. Delete pictures and sheets that it does not need."))


def _grids(data: bytes) -> list[tuple[str, Grid]]:
    found = list(_found(data, values=False))
    if any(kind == "f" for _title, cells in found for _value, kind, _format in cells.values()):
        results = [cells for _title, cells in _found(data, values=True)]
    else:
        results = [{} for _sheet in found]
    return [(title, _grid(cells, result)) for (title, cells), result in zip(found, results, strict=True)]


Found = dict[tuple[int, int], tuple[object, str, str]]


def _found(data: bytes, *, values: bool) -> Iterator[tuple[str, Found]]:
    """Each sheet's cells by row and column, as (value, kind, format); a formula is its text, or its saved value."""
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=values)
    try:
        for sheet in book.worksheets:
            rows = sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS)
            cells = (cell for row in rows for cell in row if cell.value is not None)
            yield (
                sheet.title,
                {(cell.row, cell.column): (cell.value, cell.data_type, cell.number_format) for cell in cells},
            )
    finally:
        book.close()


def _grid(cells: Found, results: Found) -> Grid:
    grid: Grid = {}
    for (row, column), (value, kind, number_format) in cells.items():
        if kind != "f":
            raw = _raw(value, kind, number_format)
        elif (row, column) in results:
            raw = _raw(*results[row, column])
        else:
            raw = Raw(fault=_("This formula has no saved result. Open the file in Excel and save it, or type a value."))
        if not raw.blank:
            grid.setdefault(row, {})[column] = raw
    return grid


def _raw(value: object, kind: str, number_format: str) -> Raw:
    if kind == "e":
        return Raw(fault=_("This cell shows the error {error}. Type a value.").format(error=value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value), number_format)
    if isinstance(value, str | bool | datetime | date | time):
        return Raw(value)
    return Raw(fault=_("A length of time cannot be read here. Format the cell as text and type it again."))


def _number(number: Decimal, number_format: str) -> Raw:
    """What is typed as 84% is stored as 0.84, and 1,252,000 without its commas: people mean what they see."""
    shape = number_format.split(";", maxsplit=1)[0]
    percent = "%" in shape
    value = Decimal(f"{(number * 100).normalize():f}") if percent and number.is_finite() else number
    if not value.is_finite() or not (percent or "," in shape or "£" in shape):
        return Raw(value)
    places = len(shape.partition(".")[2].rstrip("% ").split("_")[0])
    digits = f"{value:,.{places}f}" if "," in shape else f"{value:.{places}f}"
    return Raw(value, shown=("£" if "£" in shape else "") + digits + ("%" if percent else ""))


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
