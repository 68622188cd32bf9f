"""Text in columns (.csv) as raw cells: whatever encoding and delimiter the program that saved it prefers."""

import csv
import io
import re

from eventkit.errors import BadInput
from eventkit.incoming.grid import Grid, Raw
from eventkit.web.language import gettext as _
from eventkit.web.text import clean

_DELIMITERS = ",;\t|"
_LONGEST = 32_767  # characters, as in a cell of a workbook


def rows(data: bytes, most_rows: int, most_columns: int, *, headed: bool = False, longest: int = _LONGEST) -> Grid:
    """The cells by row and column, counted as a spreadsheet counts them; one row more than `most_rows` is read.

    A cell that begins with "=" is a formula, whose result a .csv does not hold. Raises `BadInput`.
    `headed`: the first line holds the headings and decides on the delimiter, because cells may list things with
    another one; and a quotation mark without its end is refused, because it would swallow the rows below it.
    `longest`: the most characters of a cell.
    """
    text = decoded(data)
    sign = _delimiter(_headings(text) if headed else text)
    csv.field_size_limit(longest)
    grid: Grid = {}
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=headed)
        for number, cells in enumerate(lines, start=1):
            if number > most_rows + 1:
                break
            found = {column: _raw(cell) for column, cell in enumerate(cells[:most_columns], start=1)}
            if kept := {column: raw for column, raw in found.items() if not raw.blank}:
                grid[number] = kept
    except csv.Error:
        sentence = _("This file is not a table of text: a cell in it has no end. Save it as .csv or .xlsx once more.")
        raise BadInput(sentence) from None
    return grid


def decoded(data: bytes) -> str:
    """The text, in whatever encoding the program that saved it prefers."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel on Windows writes; it has five bytes without a meaning.
        return data.decode("cp1252", errors="replace")


def _headings(text: str) -> str:
    """The first line that says anything, without what stands between quotation marks."""
    line = next((line for line in text.splitlines() if line.strip(_DELIMITERS + " ")), "")
    return re.sub('"[^"]*"', "", line)


def _delimiter(text: str) -> str:
    """The one that most lines agree on; preambles and notes have none."""
    lines = text.splitlines()[:50]
    return max(_DELIMITERS, key=lambda sign: sum(line.count(sign) for line in lines))


def _raw(cell: str) -> Raw:
    text = clean(cell).strip()
    if text.startswith("="):
        return Raw(fault=_("This is a formula. Open the file where it was made and save the results, or type a value."))
    return Raw(text)
