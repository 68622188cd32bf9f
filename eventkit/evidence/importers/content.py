"""A screened file, opened once for all formats that look at it."""

import json
from decimal import Decimal
from functools import cached_property
from typing import Any

from eventkit.errors import BadInput
from eventkit.incoming import delimited, grid
from eventkit.incoming.grid import Grid
from eventkit.incoming.screening import Kind, screen
from eventkit.web.language import gettext as _

MAX_ROWS = 20_000
MAX_COLUMNS = 500


class Content:
    """The bytes of a file, as raw cells and as JSON. Raises `BadInput` for what no format would read."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.kind = screen(data)

    @cached_property
    def sheets(self) -> list[tuple[str, Grid]]:
        """The sheets of a workbook, or a text in columns as the only one; none if it is JSON."""
        if self.kind is Kind.WORKBOOK:
            found = grid.sheets(self.data, MAX_ROWS, MAX_COLUMNS)
        elif self.json is not None:
            return []
        else:
            found = [("", delimited.rows(self.data, MAX_ROWS, MAX_COLUMNS))]
        if any(row > MAX_ROWS for _title, cells in found for row in cells):
            sentence = _("This table has more than {most} rows. Make a smaller one at its source.")
            raise BadInput(sentence.format(most=f"{MAX_ROWS:,}"))
        return found

    @cached_property
    def json(self) -> Any:
        """The document, its numbers as they were written; None if the file is not JSON."""
        text = self.data.removeprefix(b"\xef\xbb\xbf").lstrip()
        if self.kind is Kind.WORKBOOK or not text.startswith(b"{"):
            return None
        try:
            return json.loads(text, parse_float=Decimal, parse_constant=_no_number)
        except (ValueError, RecursionError):
            raise BadInput(_("This file begins like JSON, but is damaged. Fetch it once more.")) from None


def _no_number(name: str) -> None:
    raise ValueError(name)
