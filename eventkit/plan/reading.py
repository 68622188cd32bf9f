"""Reads a plan through either door and reports every mistake at once, each in its place."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from eventkit.errors import BadInput
from eventkit.plan import toml_file, workbook
from eventkit.plan.cells import typed
from eventkit.plan.table import Entry, Table
from eventkit.sheet import Column, Part, Plan, Problem, Row, Type, Value
from eventkit.web.language import gettext as _
from eventkit.web.text import did_you_mean

LATER = (
    "walls",
    "people",
    "tables",
    "seating_rules",
    "vignettes",
    "prompts",
    "questionnaire",
    "themes",
)
"""Sheets of the plan that an event may have before this version uses them."""

TEMPLATE_SHEETS = frozenset({"guidance", "lists"})
"""Sheets of the empty workbook that hold help and no plan."""

_LONGEST_ID = 40


def read(path: Path, parts: Sequence[Part]) -> tuple[Plan, list[Problem]]:
    """The rows of these parts in an .xlsx or .toml file, and what is wrong with them.

    Cells are typed and cleaned, and an empty cell has its column's default; a cell with a problem is empty.
    BadInput if the file cannot be read at all.
    """
    doors = {".xlsx": workbook.tables, ".toml": toml_file.tables}
    door = doors.get(path.suffix.lower())
    if path.is_dir():
        raise BadInput(_("{name} is a folder. Give the file of the plan.").format(name=path.name or str(path)))
    if not path.exists():
        raise BadInput(_("There is no file {path}. Check its name and folder.").format(path=path))
    if door is None:
        raise BadInput(_("{name} is not a plan: a plan is an .xlsx or a .toml file.").format(name=path.name))
    by_name = {part.name: part for part in parts}
    try:
        tables = door(path, by_name)
    except OSError as fault:
        raise BadInput(_("{path} could not be read: {fault}.").format(path=path, fault=fault.strerror)) from None
    return _plan(tables, by_name)


def _plan(tables: list[Table], parts: dict[str, Part]) -> tuple[Plan, list[Problem]]:
    problems: list[Problem] = []
    rows: dict[str, tuple[Row, ...]] = {}
    for table in tables:
        part = parts.get(table.name)
        problems += table.problems
        if part is None:
            problems += _unused(table, [*parts, *LATER])
        elif table.name in rows:
            problems.append(Problem(table.name, None, "", _("There are two sheets of this name. Keep one.")))
        else:
            rows[table.name] = tuple(_row(part, table, entry, problems) for entry in table.entries)
            problems += _headings(part, table)
            problems += _ids(part, rows[table.name])
    return Plan(rows), problems


def _unused(table: Table, known: Sequence[str]) -> Iterator[Problem]:
    if table.name in TEMPLATE_SHEETS or not table.entries:
        return
    if table.name in LATER:
        sentence = _("This version does not use this sheet yet; it was left unread.")
        yield Problem(table.name, None, "", sentence, blocks=False)
    else:
        sentence = _("A plan has no sheet of this name. Rename it, or delete it.")
        yield Problem(table.name, None, "", sentence + did_you_mean(table.name, known))


def _headings(part: Part, table: Table) -> Iterator[Problem]:
    known = [column.name for column in part.columns]
    seen: set[str] = set()
    kind = _("field") if part.transposed else _("column")
    for name, row in table.headings:
        if name in seen:
            yield Problem(part.name, row or None, name, _("This {kind} is there twice. Keep one.").format(kind=kind))
        elif name not in known:
            sentence = _("The plan has no {kind} of this name here.").format(kind=kind)
            yield Problem(part.name, row or None, name, sentence + did_you_mean(name, known))
        seen.add(name)
    if table.heading_row is not None and not part.transposed:
        for column in part.columns:
            if column.required and not column.may_wait and column.name not in seen:
                yield Problem(part.name, table.heading_row, column.name, _("This column is missing."))


def _row(part: Part, table: Table, entry: Entry, problems: list[Problem]) -> Row:
    headings = {name for name, _row_number in table.headings}
    one_by_one = part.transposed or table.heading_row is None
    cells: dict[str, Value] = {}
    faults: dict[str, str] = {}
    for column in part.columns:
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


def _ids(part: Part, rows: tuple[Row, ...]) -> Iterator[Problem]:
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


def _fits_id(text: str) -> bool:
    bare = text.replace("-", "").replace("_", "")
    return len(text) <= _LONGEST_ID and bare.isascii() and bare.isalnum()
