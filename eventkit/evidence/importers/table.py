"""A table of published figures as it stood in a file: nothing repaired, nothing left out, nothing guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from eventkit.sheet import Value
from eventkit.web.language import gettext as _


class Kind(StrEnum):
    """What a dimension of a table tells apart."""

    AREA = "area"
    PERIOD = "period"
    MEASURE = "measure"
    OTHER = "other"


class Gap(StrEnum):
    """Why a cell has no number. None of these is nought."""

    NIL = "nil"
    CONFIDENTIAL = "confidential"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"
    LOW = "low"
    EMPTY = "empty"
    UNREADABLE = "unreadable"


SIGNS = {
    "..": Gap.NIL,
    "[c]": Gap.CONFIDENTIAL,
    "[x]": Gap.NOT_AVAILABLE,
    ":": Gap.NOT_AVAILABLE,
    "[z]": Gap.NOT_APPLICABLE,
    "[low]": Gap.LOW,
    "": Gap.EMPTY,
}
"""What official tables write in place of a number."""

MARKS = frozenset({"p", "r", "e", "b", "u"})
"""Status marks that need no key: provisional, revised, estimated, break in the series, of low reliability."""


@dataclass(frozen=True)
class Label:
    """One heading of a dimension. `codes` are the publisher's, several where it groups several; `marks` its status."""

    text: str
    codes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    total: bool = False

    @property
    def code(self) -> str:
        """The one code of this label; "" if it has none, or groups several."""
        return self.codes[0] if len(self.codes) == 1 else ""


@dataclass(frozen=True)
class Dimension:
    """What the rows or the columns of a table tell apart."""

    name: str
    kind: Kind
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Cell:
    """A figure as published. `at` gives its label in each dimension; `given`, cells that the file fills of the plan."""

    at: tuple[int, ...]
    text: str
    value: Decimal | None = None
    gap: Gap | None = None
    marks: tuple[str, ...] = ()
    given: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Footnote:
    """What a table says of itself, or of whatever carries its `key`; "" for the whole table."""

    text: str
    key: str = ""


@dataclass(frozen=True)
class Table:
    """One table of a file. `hints` are columns of `statistics` that hold for all of it; `notes` its footnotes."""

    title: str
    importer: str
    dimensions: tuple[Dimension, ...]
    cells: tuple[Cell, ...]
    hints: Mapping[str, Value] = field(default_factory=dict)
    notes: tuple[Footnote, ...] = ()

    def labels(self, cell: Cell) -> tuple[Label, ...]:
        """The labels of a cell, in the order of the dimensions."""
        return tuple(dimension.labels[place] for dimension, place in zip(self.dimensions, cell.at, strict=True))

    def label(self, cell: Cell, kind: Kind) -> Label | None:
        """The label of a cell in the first dimension of this kind, None if the table has none."""
        labels = zip(self.dimensions, self.labels(cell), strict=True)
        return next((label for dimension, label in labels if dimension.kind is kind), None)


def meaning(gap: Gap) -> str:
    """Why there is no number, in words."""
    return {
        Gap.NIL: _("nil or negligible"),
        Gap.CONFIDENTIAL: _("confidential"),
        Gap.NOT_AVAILABLE: _("not available"),
        Gap.NOT_APPLICABLE: _("not applicable"),
        Gap.LOW: _("too low to publish"),
        Gap.EMPTY: _("empty"),
        Gap.UNREADABLE: _("not a number"),
    }[gap]
