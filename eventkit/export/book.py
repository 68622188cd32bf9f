"""An open workbook and the one function that writes a cell of it.

Only here is XlsxWriter called with text, so that no text can become a formula, a link, a number or broken XML
(`cells.py` says how). XlsxWriter answers bad arguments with a warning and a negative number; here they are errors.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from eventkit.export import cells
from eventkit.sheet import Value

LONGEST_LINE = 255  # UTF-16 units of a message, a description, a property
INK, QUIET, WASH, SAND = "#14181F", "#3D4552", "#F6F4EF", "#E3DCCB"
_TOP = {"valign": "top"}
_FILLED = {"bold": True, "font_color": INK, "bg_color": WASH, "text_wrap": True, **_TOP}

LOOKS: Mapping[str, Mapping[str, object]] = {
    "title": {"bold": True, "font_size": 16, "font_color": INK},
    "description": {"font_color": QUIET},
    "link": {"font_color": "#1B4F8F", "underline": 1, **_TOP},
    "heading": {**_FILLED, "bottom": 2, "bottom_color": INK},
    "required": {**_FILLED, "bg_color": SAND, "bottom": 2, "bottom_color": INK},
    "optional": {**_FILLED, "bold": False, "bottom": 1, "bottom_color": QUIET},
    "text": {"text_wrap": True, **_TOP},
    "share": {"num_format": "0%", "align": "right", **_TOP},
    "number": {"align": "right", **_TOP},
    "date": {"num_format": "yyyy-mm-dd", "align": "left", **_TOP},
    "example": {"text_wrap": True, "italic": True, "font_color": QUIET, **_TOP},
    "example date": {"num_format": "yyyy-mm-dd", "align": "left", "italic": True, "font_color": QUIET, **_TOP},
    "typed text": {"num_format": "@", "text_wrap": True, **_TOP},
    "typed date": {"num_format": "yyyy-mm-dd", "align": "left", **_TOP},
    "typed number": _TOP,
    "description text": {"font_color": QUIET, "text_wrap": True, **_TOP},
}


@dataclass(frozen=True)
class Place:
    """A cell of a page (row and column count from 0), with the words for its row and column in `export_log`."""

    page: Worksheet
    row: int
    column: int
    row_id: str = ""
    variable: str = ""


class Book:
    """A workbook that is being written; `log` holds what had to be altered, one row of `export_log` each."""

    def __init__(self, target: BinaryIO | Path, title: str, created: datetime) -> None:
        safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._file = xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, safe)
        self._formats: dict[tuple[str, bool], Format] = {}
        self._names: set[str] = set()
        self.log: list[dict[str, Value]] = []
        line = self.line(title, LONGEST_LINE, ("document properties", "", "title"))
        self._file.set_properties({"title": line, "created": created})

    def add(self, name: str) -> Worksheet:
        """A new sheet under a name that a workbook can hold."""
        safe, changes = cells.machine_name(name, self._names)
        self._note((safe, "", ""), changes)
        return self._file.add_worksheet(safe)

    def cell(self, place: Place, value: Value, look: str = "text") -> None:
        """Writes one cell, whatever the value is."""
        content, changes = cells.written(value)
        page, at = place.page, (place.row, place.column)
        self._note((page.get_name(), place.row_id, place.variable), changes)
        if content is None:
            sure(page.write_blank(*at, None, self.look(look)))
        elif isinstance(content, str):
            self._string(place, content, look)
        elif isinstance(content, date):
            day = datetime(content.year, content.month, content.day)  # noqa: DTZ001 - a cell knows no zone
            sure(page.write_datetime(*at, day, self.look("example date" if look == "example" else "date")))
        else:
            sure(page.write_number(*at, content, self.look(look)))

    def link(self, place: Place, sheet: str, words: str) -> None:
        """A link to the first cell of another sheet of this book."""
        line = self.line(words, LONGEST_LINE, (place.page.get_name(), place.row_id, "link"))
        sure(place.page.write_url(place.row, place.column, f"internal:'{sheet}'!A1", self.look("link"), line))

    def headings(self, names: list[str], sheet: str) -> list[str]:
        """The names as headings that one table can hold together."""
        taken: set[str] = set()
        result = []
        for name in names:
            safe, changes = cells.heading(name, taken)
            self._note((sheet, "headings", safe), changes)
            result.append(safe)
        return result

    def line(self, text: str, longest: int, where: tuple[str, str, str]) -> str:
        """One line of text for what is no cell: a property, a message, a link's words."""
        content, changes = cells.written(" ".join(text.split()))
        kept = str(content or "").encode("utf-16-le")[: longest * 2].decode("utf-16-le", "ignore")
        lost = len(str(content or "")) - len(kept)
        cut = (cells.Change(f"longer than {longest} units", "end left out", lost),) if lost else ()
        self._note(where, (*changes, *cut))
        return kept

    def look(self, name: str, quoted: bool = False) -> Format:
        """A format by its name; `quoted` keeps a formula-like text a text when somebody edits it."""
        if (name, quoted) not in self._formats:
            properties = {**LOOKS[name], **({"quote_prefix": True} if quoted else {})}
            self._formats[name, quoted] = self._file.add_format(properties)
        return self._formats[name, quoted]

    def close(self) -> None:
        """Writes the file."""
        self._file.close()

    def _string(self, place: Place, text: str, look: str) -> None:
        style = self.look(look, quoted=cells.looks_like_formula(text))
        pieces = cells.pieces(text)
        if len(pieces) == 1:
            sure(place.page.write_string(place.row, place.column, text, style))
            return
        plain = self.look("text")
        runs = [part for piece in pieces for part in (plain, piece)]
        sure(place.page.write_rich_string(place.row, place.column, *runs, style))

    def _note(self, where: tuple[str, str, str], changes: Iterable[cells.Change]) -> None:
        sheet, row_id, column = where
        for change in changes:
            row: dict[str, Value] = {"sheet": sheet, "row_id": row_id, "column": column}
            row |= {"problem": change.problem, "action": change.action, "characters_lost": change.characters_lost}
            self.log.append(row)


def sure(code: object) -> None:
    """Holds XlsxWriter to its word: anything but success is an error."""
    if isinstance(code, int) and code < 0:
        raise ValueError(f"XlsxWriter refused a cell or a table (code {code}).")
