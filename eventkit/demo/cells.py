"""What a downloaded workbook holds, read as anybody reads it."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import load_workbook

FIRST_TABLE_ROW = 5


def rows(content: bytes, sheet: str) -> Sequence[Mapping[str, str]]:
    """The rows of a sheet by heading, every cell as text; one without any is left out."""
    book = load_workbook(io.BytesIO(content), read_only=True)
    read = book[sheet].iter_rows(min_row=FIRST_TABLE_ROW, values_only=True)
    headings = [str(heading) for heading in next(read)]
    found = [dict(zip(headings, map(_text, row), strict=True)) for row in read if any(row)]
    book.close()
    return found


def _text(value: object) -> str:
    return "" if value is None else str(value)
