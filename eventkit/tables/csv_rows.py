"""One CSV file as typed rows, with everything that is wrong in it; pure but for the file itself."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from eventkit.errors import BadInput
from eventkit.incoming import delimited
from eventkit.incoming.cells import typed
from eventkit.incoming.grid import Grid, Raw, word
from eventkit.incoming.screening import Kind, screen
from eventkit.sheet import Column, Level, Part, Problem, Row, Value
from eventkit.web.language import gettext as _
from eventkit.web.text import clean, did_you_mean

MOST_ROWS = 100_000
_MOST_COLUMNS = 100
_SUGGESTED = 20
"""So many problems come with a suggestion: to seek one for each of thousands would take minutes."""


@dataclass(frozen=True)
class Found:
    """What a file holds. `digest`: SHA-256 of its bytes in hexadecimal, "" if it could not be read."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    digest: str = ""


def read_rows(path: Path, part: Part) -> Found:
    """The rows of a part: UTF-8, UTF-16 or Windows-1252, with comma, semicolon or tab between the cells.

    The first row that is not blank holds the headings. A cell with a problem is empty, and `Row.unread` names it.
    A file that cannot be read at all is a problem too, so that those of the other files are seen beside it.
    """
    try:
        data = _content(path)
        grid = delimited.rows(data, MOST_ROWS, _MOST_COLUMNS, headed=True)
    except BadInput as refusal:
        return Found(problems=(Problem(path.name, None, "", refusal.sentence),))
    problems: list[Problem] = []
    rows = _rows(grid, part, path.name, problems)
    problems += _repeated(rows, part)
    if any(number > MOST_ROWS for number in grid):
        sentence = _("Only the first {most} rows are read.").format(most=MOST_ROWS)
        problems.append(Problem(path.name, MOST_ROWS + 1, "", sentence))
    return Found(rows, tuple(problems), hashlib.sha256(data).hexdigest())


def referring(found: Found, columns: Mapping[str, tuple[Collection[str], str]]) -> Found:
    """The same with a problem for each cell that names what is not there; such a cell is empty, as if it were unread.

    `columns` gives the ids that there are, and the name of the file that has them.
    """
    rows: list[Row] = []
    problems = list(found.problems)
    for row in found.rows:
        lost = {name for name, (known, _file) in columns.items() if row.text(name) and row.text(name) not in known}
        for name in (name for name in columns if name in lost):
            known, file = columns[name]
            sentence = _("“{id}” is not in {file}.").format(id=row.text(name), file=file)
            meant = did_you_mean(row.text(name), known) if len(problems) < _SUGGESTED else ""
            problems.append(row.problem(name, sentence + meant))
        cells = {name: None if name in lost else value for name, value in row.cells.items()}
        rows.append(replace(row, cells=cells, unread=row.unread | lost))
    return replace(found, rows=tuple(rows), problems=tuple(problems))


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise BadInput(_("This is a folder. Give a file."))
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise BadInput(_("There is no file {path}. Check its name and folder.").format(path=path)) from None
    except OSError as fault:
        raise BadInput(_("{path} could not be read: {fault}.").format(path=path, fault=fault.strerror)) from None
    if screen(data) is not Kind.TEXT:
        raise BadInput(_("This is a workbook. Save its table as .csv, and give that."))
    return data


def _rows(grid: Grid, part: Part, file: str, problems: list[Problem]) -> tuple[Row, ...]:
    if not grid:
        problems.append(Problem(file, None, "", _("This file is empty.")))
        return ()
    top = min(grid)
    headings = {column: word(str(raw.value or "")) for column, raw in grid[top].items()}
    unusable = list(_headings(headings, part, file, top))
    problems += unusable
    columns: dict[str, int] = {}
    for place, name in headings.items():
        columns.setdefault(name, place)
    if not any(part.column(name) for name in columns):
        return ()
    own = [Column(name, "") for name in columns if part.free_columns and name and part.column(name) is None]
    described = [column for column in (*part.columns, *own) if column.name in columns]
    return tuple(
        _row(cells, {column: columns[column.name] for column in described}, file, number, problems, set(headings))
        for number, cells in grid.items()
        if top < number <= MOST_ROWS
    )


def _headings(headings: Mapping[int, str], part: Part, file: str, row: int) -> Iterator[Problem]:
    known = [column.name for column in part.columns]
    if not set(known) & set(headings.values()):
        sentence = _("No row of headings was found. Write {headings} in the first row.")
        yield Problem(file, row, "", sentence.format(headings=", ".join(known)))
        return
    seen: set[str] = set()
    for name in headings.values():
        if name in seen:
            yield Problem(file, row, name, _("This column is there twice. Keep one."))
        elif name not in known and not part.free_columns:
            sentence = _("There is no column of this name here.")
            yield Problem(file, row, name, sentence + did_you_mean(name, known))
        elif name not in known and (meant := did_you_mean(name, known)):
            yield Problem(file, row, name, _("This column is taken as something to balance.") + meant, Level.NOTE)
        seen.add(name)
    for column in part.columns:
        if column.required and column.name not in seen:
            yield Problem(file, row, column.name, _("This column is missing."))


def _row(
    cells: Mapping[int, Raw], columns: Mapping[Column, int], file: str, number: int,
    problems: list[Problem], headed: Collection[int],
) -> Row:  # fmt: skip
    values: dict[str, Value] = {}
    faults: dict[str, str] = {}
    for column, place in columns.items():
        try:
            values[column.name] = _cell(column, cells.get(place, Raw()))
        except BadInput as fault:
            faults[column.name] = fault.sentence
    row = Row(file, number, values, unread=frozenset(faults))
    problems += [row.problem(name, sentence) for name, sentence in faults.items()]
    if bare := sorted(set(cells) - set(headed)):
        text = clean(str(cells[bare[0]].value))[:60]
        sentence = _("“{text}” stands under no heading. Put a text that has the delimiter in it in quotation marks.")
        problems.append(row.problem("", sentence.format(text=text)))
    return row


def _cell(column: Column, raw: Raw) -> Value:
    if not raw.blank:
        return typed(column, raw)
    if column.required:
        raise BadInput(_("This must be filled in."))
    return column.default


def _repeated(rows: tuple[Row, ...], part: Part) -> Iterator[Problem]:
    """Rows with the key of an earlier one; a key with an empty cell is none."""
    first: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = tuple(row.text(name).casefold() for name in part.key)
        if not key or not all(key):
            continue
        earlier = first.setdefault(key, row)
        if earlier is not row:
            shown = " ".join(row.text(name) for name in part.key)
            sentence = _("“{id}” is used in row {row} already. Give each row its own.")
            yield row.problem(part.key[-1], sentence.format(id=shown, row=earlier.number))
