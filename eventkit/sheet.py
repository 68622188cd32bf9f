"""Plain rows, for the plan that comes in and the workbook that goes out; no spreadsheet library.

A plan part (`Part`) describes a sheet that people fill in; a `Sheet` is one that eventkit writes.
Both are made of the same `Column`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

Value = str | int | float | Decimal | bool | date | datetime | None


class Type(StrEnum):
    """What a cell of a column holds. A share is a number from 0 to 1, shown as per cent."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    SHARE = "share"
    YES_NO = "yes_no"
    DATE = "date"
    DATETIME = "datetime"


class Level(StrEnum):
    """How much a problem weighs: it must be mended (block), it misleads (warn), or it is worth a look (note)."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


@dataclass(frozen=True)
class Column:
    """One named column. `values` are (code, label) pairs where only these may stand in it.

    `may_wait`: a required cell that a plan may leave empty for now; its package says what that prevents.
    `wording`: people read it, and a typo in it may be corrected after they did.
    """

    name: str
    meaning: str
    type: Type = Type.TEXT
    required: bool = False
    values: tuple[tuple[str, str], ...] = ()
    default: Value = None
    example: Value = None
    unit: str = ""
    measure: str = ""
    may_wait: bool = False
    wording: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet of the results workbook: `title` in A1, `description` in A2, then the rows."""

    name: str
    title: str
    description: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Value]]


@dataclass(frozen=True)
class Part:
    """A sheet of the plan. In a `transposed` part (the event) each row is a field and its value.

    No two rows have the same cells in the `key` columns. With `free_columns` people may add columns of their own,
    which hold text.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    transposed: bool = False
    key: tuple[str, ...] = ()
    free_columns: bool = False

    def row(self, number: int, cells: Mapping[str, "Value"]) -> "Row":
        """A row of this part from what is stored; a cell of another name is left out, an empty text is no cell."""
        known = {column.name: cells.get(column.name) for column in self.columns}
        return Row(self.name, number, {name: None if value == "" else value for name, value in known.items()})

    def identities(self, rows: Sequence["Row"]) -> dict[str, "Row"]:
        """Rows by what tells each from the others: its cells in the `key` columns, of a part without them all cells.

        A row that is no different from an earlier one has a number behind it.
        """
        found: dict[str, Row] = {}
        alike: Counter[str] = Counter()
        names = self.key or tuple(column.name for column in self.columns)
        for row in rows:
            text = " ".join(str(canonical(row[name])) for name in names if canonical(row[name]) != "")
            alike[text] += 1
            found[text if alike[text] == 1 else f"{text} #{alike[text]}"] = row
        return found

    def column(self, name: str) -> Column | None:
        """The column of that name, or None."""
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True)
class Row:
    """A row of a plan as it was read: typed cells, and where each of them stands.

    `number` is the row that a person sees, 0 where there is none. `unread` names the cells that a problem was
    reported for already, so that nobody draws conclusions from their absence.
    """

    part: str
    number: int
    cells: Mapping[str, Value]
    numbers: Mapping[str, int] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()

    def __getitem__(self, column: str) -> Value:
        return self.cells.get(column)

    def text(self, column: str) -> str:
        """The cell as text, "" if it is empty."""
        value = self.cells.get(column)
        return "" if value is None else str(value)

    def decimal(self, column: str) -> Decimal | None:
        """The cell of a number column, None if it is empty."""
        value = self.cells.get(column)
        return value if isinstance(value, Decimal) else None

    def words(self, column: str) -> list[str]:
        """The ids or numbers that a cell lists, parted by spaces, commas or semicolons."""
        return [word for word in re.split(r"[\s,;]+", self.text(column)) if word]

    def pieces(self, column: str) -> list[str]:
        """The texts that a cell lists, parted by semicolons."""
        return [piece.strip() for piece in self.text(column).split(";") if piece.strip()]

    def given(self) -> dict[str, Value]:
        """The cells that are not empty."""
        return {column: value for column, value in self.cells.items() if value is not None}

    def problem(self, column: str, sentence: str, level: Level = Level.BLOCK) -> "Problem":
        """A problem located in this row."""
        return Problem(self.part, self.numbers.get(column, self.number) or None, column, sentence, level)


@dataclass(frozen=True)
class Problem:
    """Something in a plan that a person must mend, or should look at, and where it stands."""

    sheet: str
    row: int | None
    column: str
    sentence: str
    level: Level = Level.BLOCK

    @property
    def blocks(self) -> bool:
        """Whether the plan cannot be used until this is mended."""
        return self.level is Level.BLOCK

    def __str__(self) -> str:
        place = [self.sheet] + ([f"row {self.row}"] if self.row else []) + ([self.column] if self.column else [])
        return f"{', '.join(place)}: {self.sentence}"


@dataclass(frozen=True)
class Plan:
    """Everything that an organiser prepared: the rows of each part, in their order."""

    parts: Mapping[str, tuple[Row, ...]]

    def rows(self, part: str) -> tuple[Row, ...]:
        """The rows of a part, none if the plan does not have it."""
        return self.parts.get(part, ())

    def ids(self, part: str, column: str) -> dict[str, Row]:
        """The rows of a part by an id column."""
        return {row.text(column): row for row in self.rows(part) if row.text(column)}

    def repeated(self, part: str, column: str) -> Iterator[tuple[Row, Row]]:
        """Every row whose text in this column stands in an earlier row already, with that earlier row."""
        first: dict[str, Row] = {}
        for row in self.rows(part):
            earlier = first.setdefault(row.text(column).casefold(), row)
            if earlier is not row and row.text(column):
                yield row, earlier

    def __iter__(self) -> Iterator[Row]:
        return (row for rows in self.parts.values() for row in rows)


def canonical(value: Value) -> str | int | bool:
    """What two cells that say the same have in common, however they are written.

    A spreadsheet keeps no trailing noughts, so 84.0 and 84 must be one number; an empty text is no cell.
    """
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    if value is None:
        return ""
    return value if isinstance(value, str | int) else str(value)
