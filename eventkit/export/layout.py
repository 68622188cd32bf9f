"""How a sheet of rows lies on its page: title, description, way back, then one table."""

from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from eventkit.export.book import LONGEST_LINE, Book, Place, sure
from eventkit.export.cells import NOT_APPLICABLE
from eventkit.sheet import Column, Sheet, Type, Value
from eventkit.web.language import gettext as _

HEADINGS = 4  # the fifth row, counted from 0
NARROWEST, WIDEST = 11, 56
_LOOKS = {Type.SHARE: "share", Type.INTEGER: "number", Type.NUMBER: "number", Type.DATE: "date"}


def put(book: Book, sheet: Sheet, back: str, back_words: str) -> Worksheet:
    """Writes the sheet as the book's next page, and gives the page. A sheet without rows gets one row of `[z]`."""
    page = book.add(sheet.name)
    book.cell(Place(page, 0, 0, "A1"), sheet.title, "title")
    book.cell(Place(page, 1, 0, "A2"), sheet.description, "description")
    book.link(Place(page, 2, 0, "A3"), back, back_words)
    rows = sheet.rows or [{column.name: NOT_APPLICABLE for column in sheet.columns}]
    for number, row in enumerate(rows, HEADINGS + 1):
        row_id = f"{str(row.get(sheet.columns[0].name) or '')[:60]} (row {number + 1})"
        for index, column in enumerate(sheet.columns):
            place = Place(page, number, index, row_id, column.name)
            book.cell(place, row.get(column.name), _LOOKS.get(column.type, "text"))
    _table(book, page, sheet, len(rows))
    _page(page, sheet, rows)
    return page


def _table(book: Book, page: Worksheet, sheet: Sheet, rows: int) -> None:
    name, last = page.get_name(), len(sheet.columns) - 1
    headings = book.headings([column.name for column in sheet.columns], name)
    columns = [{"header": heading, "header_format": book.look("heading")} for heading in headings]
    description = book.line(sheet.description, LONGEST_LINE, (name, "A2", "table description"))
    options = {"name": name, "style": "Table Style Light 1", "columns": columns, "description": description}
    sure(page.add_table(HEADINGS, 0, HEADINGS + rows, last, options))


def _page(page: Worksheet, sheet: Sheet, rows: Sequence[Mapping[str, Value]]) -> None:
    for index, column in enumerate(sheet.columns):
        sure(page.set_column(index, index, _width(column, rows)))
    last = HEADINGS + len(rows)
    sure(page.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"}))
    page.freeze_panes(HEADINGS + 1, 1 if len(sheet.columns) > 3 else 0)
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADINGS)
    page.set_footer("&L&A&R" + _("Page {page} of {pages}").format(page="&P", pages="&N"))


def _width(column: Column, rows: Sequence[Mapping[str, Value]]) -> int:
    longest = 4 if column.type is Type.SHARE else max(_longest_line(row.get(column.name)) for row in rows)
    return min(WIDEST, max(NARROWEST, len(column.name) + 4, longest + 2))


def _longest_line(value: Value) -> int:
    return max((len(line) for line in str(value or "").split("\n")), default=0)
