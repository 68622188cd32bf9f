"""Plain rows, for the plan that comes in and the workbook that goes out; no spreadsheet library.

A plan part (`Part`) describes a sheet that people fill in; a `Sheet` is one that eventkit writes.
Both are made of the same `Column`.
"""

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


@dataclass(frozen=True)
class Column:
    """One named column. `values` are (code, label) pairs where only these may stand in it.

    `may_wait`: a required cell that a plan may leave empty for now; its package says what that prevents.
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

    No two rows have the same cells in the `key` columns.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    transposed: bool = False
    key: tuple[str, ...] = ()

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

    def given(self) -> dict[str, Value]:
        """The cells that are not empty."""
        return {column: value for column, value in self.cells.items() if value is not None}

    def problem(self, column: str, sentence: str, *, blocks: bool = True) -> "Problem":
        """A problem located in this row."""
        return Problem(self.part, self.numbers.get(column, self.number) or None, column, sentence, blocks)


@dataclass(frozen=True)
class Problem:
    """Something in a plan that a person must mend (`blocks`), or should look at."""

    sheet: str
    row: int | None
    column: str
    sentence: str
    blocks: bool = True

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

    def __iter__(self) -> Iterator[Row]:
        return (row for rows in self.parts.values() for row in rows)
