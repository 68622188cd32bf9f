"""A workbook as raw cells, sheet by sheet: what a person sees in it, with formulas by their saved results."""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from openpyxl import load_workbook

from eventkit.errors import BadInput
from eventkit.web.language import gettext as _
from eventkit.web.text import clean

RawValue = str | int | Decimal | bool | date | datetime | time | None


@dataclass(frozen=True)
class Raw:
    """A cell as it was found.

    `shown`: what a person sees in it, where a format makes that differ from the value ("84%", "1,252,000").
    `fault`: a sentence that says why nothing can be read from it.
    """

    value: RawValue = None
    shown: str = ""
    fault: str = ""

    @property
    def blank(self) -> bool:
        """Nothing, or nothing but spaces."""
        empty = self.value is None or (isinstance(self.value, str) and not clean(self.value).strip())
        return empty and not self.fault


Grid = dict[int, dict[int, Raw]]
"""Cells that are not blank, by row and column as a person counts them."""


def sheets(data: bytes, most_rows: int, most_columns: int) -> list[tuple[str, Grid]]:
    """Every sheet of a screened workbook with its title; cells further down or right are left out. Raises `BadInput`.

    Of rows one more than `most_rows` is read, so that a reader can tell that there are more.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _grids(data, most_rows + 1, most_columns)
    except Exception:  # noqa: BLE001  openpyxl answers a damaged file with almost any exception
        raise BadInput(
            _(
                "This file could not be read as a workbook: it may be damaged, protected by a password, or of another "
                "kind. Open it, save it as .xlsx without a password, and try again."
            )
        ) from None


def word(text: str) -> str:
    """A heading or sheet name as the plan writes it: "Poll ID " is `poll_id`."""
    return "_".join(clean(text).casefold().split())


def _grids(data: bytes, rows: int, columns: int) -> list[tuple[str, Grid]]:
    found = list(_found(data, rows, columns, values=False))
    if any(kind == "f" for _title, cells in found for _value, kind, _format in cells.values()):
        results = [cells for _title, cells in _found(data, rows, columns, values=True)]
    else:
        results = [{} for _sheet in found]
    return [(title, _grid(cells, result)) for (title, cells), result in zip(found, results, strict=True)]


Found = dict[tuple[int, int], tuple[object, str, str]]


def _found(data: bytes, rows: int, columns: int, *, values: bool) -> Iterator[tuple[str, Found]]:
    """Each sheet's cells by row and column, as (value, kind, format); a formula is its text, or its saved value."""
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
    try:
        for sheet in book.worksheets:
            found = sheet.iter_rows(max_row=rows, max_col=columns)
            cells = (cell for row in found for cell in row if cell.value is not None)
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
