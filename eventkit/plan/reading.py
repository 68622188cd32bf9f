"""Reads a plan through either door and reports every mistake at once, each in its place."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from eventkit.errors import BadInput
from eventkit.incoming.cells import typed
from eventkit.incoming.confined import confined
from eventkit.incoming.grid import Raw
from eventkit.plan import toml_file, workbook
from eventkit.plan.table import Entry, Table
from eventkit.sheet import Column, Level, Part, Plan, Problem, Row, Type, Value
from eventkit.web.language import gettext as _
from eventkit.web.text import did_you_mean

TEMPLATE_SHEETS = frozenset({"guidance", "lists"})
"""Sheets of the empty workbook that hold help and no plan."""

_LONGEST_ID = 40
_LONGEST_ATTRIBUTE = 60


class Door(Protocol):
    """A format of the plan: what stands in the file, and the tables that this makes."""

    def raw(self, path: Path) -> Any:
        """The content of the file. Raises `BadInput`."""

    def tables(self, found: Any, parts: Mapping[str, Part]) -> list[Table]:
        """The tables of a plan."""


_DOORS: Mapping[str, Door] = {".xlsx": workbook, ".toml": toml_file}


def read(path: Path, parts: Sequence[Part]) -> tuple[Plan, list[Problem]]:
    """The rows of these parts in an .xlsx or .toml file, and what is wrong with them.

    Cells are typed and cleaned, and an empty cell has its column's default; a cell with a problem is empty.
    BadInput if the file cannot be read at all.
    """
    try:
        door = _door(path)
        return _plan(door, door.raw(path), parts)
    except OSError as fault:
        raise BadInput(_("{path} could not be read: {fault}.").format(path=path, fault=fault.strerror)) from None


async def read_upload(path: Path, parts: Sequence[Part]) -> tuple[Plan, list[Problem]]:
    """The same of a file that came over the network: a child process opens it, and may be killed."""
    door = _door(path)
    found = await confined(door.raw, path, (Raw,))
    return await asyncio.to_thread(_plan, door, found, parts)


def unidentified(part: Part, rows: Sequence[Row]) -> Iterator[Problem]:
    """Ids that cannot be used as such, and rows that have the key of an earlier one."""
    first: dict[tuple[str, ...], Row] = {}
    texts = [column.name for column in part.columns if column.name in part.key and column.type is Type.TEXT]
    for row in rows:
        for name in texts:
            if row.text(name) and not _fits_id(row.text(name)):
                yield row.problem(name, _("An id has letters a to z, digits, - and _ only, 40 at most, such as p1."))
        key = tuple(row.text(name).casefold() for name in part.key)
        if not key or not all(key):
            continue
        if key in first:
            shown = " ".join(row.text(name) for name in part.key)
            sentence = _("“{id}” is used in row {row} already. Give each row its own.")
            yield row.problem(part.key[-1], sentence.format(id=shown, row=first[key].number))
        first.setdefault(key, row)


def _door(path: Path) -> Door:
    if path.is_dir():
        raise BadInput(_("{name} is a folder. Give the file of the plan.").format(name=path.name or str(path)))
    if not path.exists():
        raise BadInput(_("There is no file {path}. Check its name and folder.").format(path=path))
    door = _DOORS.get(path.suffix.lower())
    if door is None:
        raise BadInput(_("{name} is not a plan: a plan is an .xlsx or a .toml file.").format(name=path.name))
    return door


def _plan(door: Door, found: Any, needed: Sequence[Part]) -> tuple[Plan, list[Problem]]:
    parts = {part.name: part for part in needed}
    problems: list[Problem] = []
    rows: dict[str, tuple[Row, ...]] = {}
    for table in door.tables(found, parts):
        part = parts.get(table.name)
        problems += table.problems
        if part is None:
            problems += _unused(table, list(parts))
        elif table.name in rows:
            problems.append(Problem(table.name, None, "", _("There are two sheets of this name. Keep one.")))
        else:
            rows[table.name] = tuple(_row(part, table, entry, problems) for entry in table.entries)
            problems += _headings(part, table)
            problems += unidentified(part, rows[table.name])
    return Plan(rows), problems


def _unused(table: Table, known: Sequence[str]) -> Iterator[Problem]:
    if table.name in TEMPLATE_SHEETS or not table.entries:
        return
    sentence = _("A plan has no sheet of this name. Rename it, or delete it.")
    yield Problem(table.name, None, "", sentence + did_you_mean(table.name, known))


def _headings(part: Part, table: Table) -> Iterator[Problem]:
    known = {column.name for column in part.columns}
    seen: set[str] = set()
    kind = _("field") if part.transposed else _("column")
    for name, row in table.headings:
        if name in seen:
            yield Problem(part.name, row or None, name, _("This {kind} is there twice. Keep one.").format(kind=kind))
        elif name not in known and not (part.free_columns and _fits_attribute(name)):
            sentence = _("The plan has no {kind} of this name here.").format(kind=kind)
            yield Problem(part.name, row or None, name, sentence + did_you_mean(name, known))
        elif name not in known and (meant := did_you_mean(name, known)):
            sentence = _("This column is taken as something to balance.")
            yield Problem(part.name, row or None, name, sentence + meant, Level.NOTE)
        seen.add(name)
    if table.heading_row is not None and not part.transposed:
        for column in part.columns:
            if column.required and not column.may_wait and column.name not in seen:
                yield Problem(part.name, table.heading_row, column.name, _("This column is missing."))


def _row(part: Part, table: Table, entry: Entry, problems: list[Problem]) -> Row:
    headings = list(dict.fromkeys(name for name, _row_number in table.headings))
    known = {column.name for column in part.columns}
    # In the file's order: seating reads attributes in it, and the same file must always give the same seats.
    own = [Column(name, "") for name in headings if name not in known and part.free_columns and _fits_attribute(name)]
    one_by_one = part.transposed or table.heading_row is None
    cells: dict[str, Value] = {}
    faults: dict[str, str] = {}
    for column in (*part.columns, *own):
        try:
            cells[column.name] = _cell(column, entry)
        except BadInput as fault:
            faults[column.name] = fault.sentence
    row = Row(part.name, entry.number, cells, entry.numbers, frozenset(faults))
    # A column that is missing altogether is reported once, at the headings.
    problems += [row.problem(name, text) for name, text in faults.items() if one_by_one or name in headings]
    return row


def _cell(column: Column, entry: Entry) -> Value:
    raw = entry.cells.get(column.name)
    if raw is not None and not raw.blank:
        return typed(column, raw)
    if column.required and not column.may_wait:
        example = _(" For example: {example}").format(example=column.example) if column.example is not None else ""
        raise BadInput(_("This must be filled in.") + example)
    return column.default


def _fits_id(text: str) -> bool:
    bare = text.replace("-", "").replace("_", "")
    return len(text) <= _LONGEST_ID and bare.isascii() and bare.isalnum()


def _fits_attribute(heading: str) -> bool:
    """Whether people may call a column of their own so; guidance is help, in the workbook it is never read."""
    return 0 < len(heading) <= _LONGEST_ATTRIBUTE and heading != workbook.GUIDANCE
