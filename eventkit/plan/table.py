"""What either door of the plan hands over: tables of raw cells, not yet typed or checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from eventkit.incoming.grid import Raw
from eventkit.sheet import Problem

MAX_ROWS = 5_000
"""Rows that are read of one sheet; the largest day that eventkit is tested with has 3,000 people."""


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
