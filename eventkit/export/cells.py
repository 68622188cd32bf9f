"""What may stand in a cell. Pure: turns any value into one that is safe to write, and says what it changed.

Every text of the workbook goes through `written`, `heading` or `machine_name`; nothing is altered without a
`Change`, which becomes a row of `export_log`. Three things are done to all text and not logged: line ends become
line feeds, an empty text becomes an empty cell, and the spreadsheet's own escapes are written so that they read back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite

from eventkit.sheet import Value

NOT_APPLICABLE = "[z]"
CONFIDENTIAL = "[c]"
NOT_AVAILABLE = "[x]"

LONGEST = 32_767  # UTF-16 units, the format's limit of one cell
LONGEST_NAME = 31
LONGEST_HEADING = 255
MOST_DIGITS = 15  # what a spreadsheet keeps of a number

Written = str | int | float | date | None

# What XML 1.0 cannot hold: controls other than tab and line ends, halves of a surrogate pair, two non-characters.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Typed again by somebody, a text that begins like this would become a formula.
_FORMULA_LIKE = re.compile(r"\s*[=+\-@＝＋－＠]")
_ESCAPES_IN_A_ROW = re.compile(r"_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")
_CELL_ADDRESS = re.compile(r"[a-z]{1,3}\d+|r\d*(c\d*)?|c\d*")
_ISO_FROM = date(1900, 3, 1)  # spreadsheets count 29 February 1900, which never was


@dataclass(frozen=True)
class Change:
    """One alteration: what was wrong, what was done, and how many characters it cost."""

    problem: str
    action: str
    characters_lost: int = 0


def written(value: Value) -> tuple[Written, tuple[Change, ...]]:
    """The value as it is written, and what was changed.

    yes_no becomes "yes" or "no"; a moment becomes ISO 8601 text; a number with more than 15 digits becomes text.
    """
    if value is None:
        return None, ()
    if isinstance(value, bool):
        return ("yes" if value else "no"), ()
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, datetime):
        return value.isoformat(), ()
    if isinstance(value, date):
        return _date(value)
    raise TypeError(f"A cell cannot hold {type(value).__name__}; give it text, a number, a date, or yes or no.")


def looks_like_formula(text: str) -> bool:
    """Whether somebody who types this text again would get a formula."""
    return _FORMULA_LIKE.match(text) is not None


def pieces(text: str) -> list[str]:
    """The text in the pieces in which XlsxWriter writes it unharmed; nearly always one.

    It takes text between <r> and </r> for XML of its own, and escapes only every other one of two escape-like
    words that share an underscore. Cut in two, neither is seen.
    """
    if not (text.startswith("<r>") and text.endswith("</r>")) and not _ESCAPES_IN_A_ROW.search(text):
        return [text]
    return [text[0], *re.split(r"(?<=_x[0-9A-Fa-f]{4})(?=_)", text[1:])]


def heading(name: str, taken: set[str]) -> tuple[str, tuple[Change, ...]]:
    """A table's heading: one line, no mark that means something in a table, unlike every other in `taken`."""
    plain = " ".join(_ILLEGAL.sub("", name).split())
    plain = re.sub(r"[^\w .,:()/-]", "_", plain)
    plain = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "-", plain)
    result = _unlike(plain or "column", taken, LONGEST_HEADING)
    return result, _renamed(name, result)


def machine_name(name: str, taken: set[str]) -> tuple[str, tuple[Change, ...]]:
    """A name that is valid for a sheet and for its table alike, unlike every other in `taken`."""
    plain = re.sub(r"[^a-z0-9_]", "_", name.lower())
    plain = re.sub(r"_(?=x[0-9a-f]{4}_)", "", plain)
    if not plain[:1].isalpha() or _CELL_ADDRESS.fullmatch(plain) or plain == "history":
        plain = f"sheet_{plain}"
    result = _unlike(plain, taken, LONGEST_NAME)
    return result, _renamed(name, result)


def _text(value: str) -> tuple[str | None, tuple[Change, ...]]:
    legal = _ILLEGAL.sub("", value)
    changes = [Change("character that a workbook cannot hold", "removed", len(value) - len(legal))]
    lines = legal.replace("\r\n", "\n").replace("\r", "\n")
    kept = lines.encode("utf-16-le")[: LONGEST * 2].decode("utf-16-le", "ignore")
    changes.append(Change(f"longer than the {LONGEST} units of a cell", "end left out", len(lines) - len(kept)))
    return kept or None, tuple(change for change in changes if change.characters_lost)


def _number(value: float | Decimal) -> tuple[Written, tuple[Change, ...]]:
    if isinstance(value, int | Decimal) and _too_fine(Decimal(value)):
        return str(value), (Change(f"number of more than {MOST_DIGITS} digits", "written as text"),)
    if not (value.is_finite() if isinstance(value, Decimal) else isfinite(value)):
        return NOT_AVAILABLE, (Change("not a number", f"written as {NOT_AVAILABLE}"),)
    return (float(value) if isinstance(value, Decimal) else value), ()


def _too_fine(value: Decimal) -> bool:
    if not value.is_finite():
        return False
    digits = "".join(map(str, value.as_tuple().digits)).strip("0")
    return len(digits) > MOST_DIGITS or not -300 < value.adjusted() < 300


def _date(value: date) -> tuple[Written, tuple[Change, ...]]:
    if value < _ISO_FROM:
        return value.isoformat(), (Change("date before 1 March 1900", "written as text"),)
    return value, ()


def _unlike(name: str, taken: set[str], longest: int) -> str:
    for ending in _endings():
        result = name[: longest - len(ending)].strip() + ending
        if result.casefold() not in taken:
            taken.add(result.casefold())
            return result
    raise AssertionError("the endings never end")


def _endings() -> Iterator[str]:
    yield ""
    number = 2
    while True:
        yield f"_{number}"
        number += 1


def _renamed(name: str, result: str) -> tuple[Change, ...]:
    if name == result:
        return ()
    return (Change("name that a workbook cannot hold", f"renamed {result}", max(0, len(name) - len(result))),)
