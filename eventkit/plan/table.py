"""What either door of the plan hands over: tables of raw cells, not yet typed or checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from eventkit.sheet import Problem
from eventkit.web.text import clean

RawValue = str | int | Decimal | bool | date | datetime | time | None

MAX_ROWS = 5_000
"""Rows that are read of one sheet; the largest day that eventkit is tested with has 3,000 people."""


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


@dataclass(frozen=True)
class Entry:
    """The raw cells of one row by heading; `number` is the row that a person sees, 0 where there is none."""

    number: int
    cells: Mapping[str, Raw]
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """One sheet as it was found. `headings` are (name, row) in their order; TOML has no `heading_row`."""

    name: str
    entries: tuple[Entry, ...] = ()
    headings: tuple[tuple[str, int], ...] = ()
    heading_row: int | None = None
    problems: tuple[Problem, ...] = ()


def word(text: str) -> str:
    """A heading or sheet name as the plan writes it: "Poll ID " is `poll_id`."""
    return "_".join(clean(text).casefold().split())
