"""One cell of an official table: a number, a sign that says why there is none, and marks of its status."""

import re
from decimal import Decimal

from eventkit.errors import BadInput
from eventkit.evidence.importers.periods import period_of
from eventkit.evidence.importers.table import MARKS, SIGNS, Cell, Gap
from eventkit.incoming.cells import typed
from eventkit.incoming.grid import Raw
from eventkit.sheet import Column, Type

_NUMBER = Column("value", "", Type.NUMBER)
_MARKED = re.compile(r"(.*?)((?:\s*[\[(][a-z]{1,4}[\])])*)", re.DOTALL)


def is_figure(raw: Raw) -> bool:
    """Whether a cell is a number, or one of the signs that stand for none; a year in words of text is a heading."""
    if isinstance(raw.value, Decimal | int) and not isinstance(raw.value, bool):
        return True
    if raw.fault or period_of(str(raw.value)):
        return False
    cell = read_figure(raw, ())
    return cell.value is not None or cell.gap not in {Gap.UNREADABLE, Gap.EMPTY}


def read_figure(raw: Raw, at: tuple[int, ...]) -> Cell:
    """The cell of a table; what cannot be read keeps its text, and is never taken for nought."""
    if raw.fault:
        return Cell(at, raw.fault, gap=Gap.UNREADABLE)
    text = (raw.shown or str("" if raw.value is None else raw.value)).strip()
    if text.casefold() in SIGNS:
        return Cell(at, text, gap=SIGNS[text.casefold()])
    bare, marks = _unmarked(text)
    if bare.casefold() in SIGNS:
        return Cell(at, text, gap=SIGNS[bare.casefold()] if bare else Gap.UNREADABLE, marks=marks)
    try:
        value = typed(_NUMBER, Raw(raw.value if not marks else bare))
    except BadInput:
        return Cell(at, text, gap=Gap.UNREADABLE)
    return Cell(at, text, value if isinstance(value, Decimal) else None, marks=marks)


def _unmarked(text: str) -> tuple[str, tuple[str, ...]]:
    """A cell without the marks of status behind it, such as "1,011 [r]"."""
    found = _MARKED.fullmatch(text)
    marks = tuple(re.findall(r"[a-z]+", found[2])) if found else ()
    return (found[1].strip(), marks) if found and marks and set(marks) <= MARKS else (text, ())
