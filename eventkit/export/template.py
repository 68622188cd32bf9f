"""The plan workbook: a sheet for each part, with headings, lists to choose from, and one example row or the plan's own.

A heading is exactly the column's name, so that what is filled in reads back; required ones are bold and darker.
Text columns are formatted as text: a spreadsheet would otherwise make dates of ids such as 1-2.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from xlsxwriter.worksheet import Worksheet

from eventkit.export import layout
from eventkit.export.book import LONGEST_LINE, Book, Place, sure
from eventkit.export.cells import written
from eventkit.sheet import Column, Part, Plan, Row, Sheet, Type, Value
from eventkit.web.language import gettext as _

ROWS = 500  # how far down lists and messages reach
EMPTY = Plan({})
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the same template gives the same bytes; a file's date knows no zone
_BLANK = {Type.TEXT: "typed text", Type.DATE: "typed date", Type.YES_NO: "typed text"}


def write(target: BinaryIO | Path, parts: Sequence[Part], plan: Plan = EMPTY) -> None:
    """Writes a plan workbook for these parts: to fill in, or filled with the rows of a plan, which read back equal.

    Its first sheet, `guidance`, explains every column.
    """
    book = Book(target, _("A plan for eventkit"), _MADE)
    layout.put(book, _guidance(parts), parts[0].name, _("Go to the first sheet"))
    for part in parts:
        page = book.add(part.name)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        (_fields if part.transposed else _columns)(book, page, part, plan.rows(part.name))
    book.close()


def _columns(book: Book, page: Worksheet, part: Part, rows: Sequence[Row]) -> None:
    known = {column.name for column in part.columns}
    own = dict.fromkeys(name for row in rows for name in row.cells if name not in known)
    for index, column in enumerate((*part.columns, *(Column(name, _("A column of your own.")) for name in own))):
        place = Place(page, 0, index, "headings", column.name)
        book.cell(place, column.name, "required" if column.required else "optional")
        blank = _BLANK.get(column.type, "typed number")
        sure(page.set_column(index, index, _width(column), book.look(blank)))
        for number, row in enumerate(rows, 1):
            book.cell(Place(page, number, index, row.text(part.columns[0].name), column.name), row[column.name], blank)
        if not rows:
            example: Value = f"example: {_plain(column.example)}" if index == 0 else column.example
            book.cell(Place(page, 1, index, "example", column.name), example, "example")
        _help(book, page, column, (0, index, 0, index), choose=False)
        _help(book, page, column, (1, index, max(ROWS, len(rows)), index))


def _fields(book: Book, page: Worksheet, part: Part, rows: Sequence[Row]) -> None:
    for index, (name, width) in enumerate((("field", 22), ("value", 48), ("guidance", 80))):
        book.cell(Place(page, 0, index), name, "heading")
        sure(page.set_column(index, index, width))
    for number, column in enumerate(part.columns, 1):
        book.cell(Place(page, number, 0, column.name), column.name, "required" if column.required else "optional")
        value = rows[0][column.name] if rows else column.default
        book.cell(Place(page, number, 1, column.name), value, _BLANK.get(column.type, "typed number"))
        book.cell(Place(page, number, 2, column.name), _sentences(column), "description text")
        _help(book, page, column, (number, 1, number, 1))


def _help(book: Book, page: Worksheet, column: Column, area: tuple[int, int, int, int], *, choose: bool = True) -> None:
    """A message beside the cell that is selected, and a list where only certain codes may stand."""
    where = (page.get_name(), "message", column.name)
    options: dict[str, object] = {
        "validate": "any",
        "input_title": book.line(column.name, 32, where),
        "input_message": book.line(_sentences(column), LONGEST_LINE, where),
    }
    codes = [code for code, _label in _choices(column)]
    if choose and codes and len(",".join(codes)) <= LONGEST_LINE:
        options |= {"validate": "list", "source": codes, "error_title": _("Choose from the list")}
    sure(page.data_validation(*area, options))


def _guidance(parts: Sequence[Part]) -> Sheet:
    columns = (
        Column("sheet", _("The sheet to fill in.")),
        Column("column", _("The heading of a column, or the name of a field.")),
        Column("required", _("Whether every row must have it."), Type.YES_NO),
        Column("meaning", _("What to write there.")),
        Column("choices", _("The codes that may stand there, with what they mean.")),
        Column("example", _("A value as it may stand there.")),
    )
    rows: list[Mapping[str, Value]] = [
        {
            "sheet": part.name,
            "column": column.name,
            "required": column.required,
            "meaning": column.meaning,
            "choices": "\n".join(f"{code}: {label}" for code, label in _choices(column)),
            "example": _plain(column.example),
        }
        for part in parts
        for column in part.columns
    ]
    description = _(
        "Fill in the sheets that your day needs. Bold headings are required. "
        "Rows that begin with “example:” are not read. This sheet is not read either."
    )
    return Sheet("guidance", _("How to fill in this plan"), description, columns, rows)


def _sentences(column: Column) -> str:
    said = [column.meaning]
    if column.required:
        said.append(_("Required."))
    elif column.default is not None:
        said.append(_("If it is empty: {value}.").format(value=_plain(column.default)))
    if column.example is not None:
        said.append(_("For example: {value}").format(value=_plain(column.example)))
    return " ".join(said)


def _choices(column: Column) -> tuple[tuple[str, str], ...]:
    return (("yes", _("Yes")), ("no", _("No"))) if column.type is Type.YES_NO else column.values


def _plain(value: Value) -> str:
    content, _changes = written(value)
    return "" if content is None else str(content)


def _width(column: Column) -> int:
    wide = column.type is Type.TEXT and not column.values and len(_plain(column.example)) > 24
    return 44 if wide else max(14, len(column.name) + 3, len(_plain(column.example)) + 4)
