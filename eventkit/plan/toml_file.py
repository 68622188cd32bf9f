"""The plan as a TOML file: `[event]`, then `[[statistics]]`, `[[polls]]` and so on."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from pathlib import Path

from eventkit.errors import BadInput
from eventkit.incoming.grid import Raw, word
from eventkit.plan.table import MAX_ROWS, Entry, Table
from eventkit.sheet import Part, Problem
from eventkit.web.language import gettext as _
from eventkit.web.text import clean

MAX_BYTES = 4_000_000
_TRANSPOSED_SHAPE = _("Write this part once, under the heading [{name}].")
_ROWS_SHAPE = _("Write each row of this part under a heading [[{name}]].")


def raw(path: Path) -> dict[str, object]:
    """The tables of the file by name. BadInput if it is not TOML; the sentence names the line."""
    data = path.read_bytes()
    if len(data) > MAX_BYTES:
        raise BadInput(_("{name} is too large for a plan: at most 4 MB are read.").format(name=path.name))
    try:
        return tomllib.loads(data.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError:
        raise BadInput(_("{name} is not UTF-8 text. Save it as UTF-8 and try again.").format(name=path.name)) from None
    except (ValueError, ArithmeticError, RecursionError) as fault:
        raise BadInput(
            _("{name} is not TOML: {fault}. Mend that place and try again.").format(
                name=path.name, fault=clean(str(fault)).rstrip(".")
            )
        ) from None


def tables(found: Mapping[str, object], parts: Mapping[str, Part]) -> list[Table]:
    """The tables of a plan."""
    return [_table(clean(name), content, parts.get(name)) for name, content in found.items()]


def _table(name: str, content: object, part: Part | None) -> Table:
    if part is not None and part.transposed:
        if isinstance(content, dict):
            return _of_rows(name, [content], first=0)
        return Table(name, problems=(Problem(name, None, "", _(_TRANSPOSED_SHAPE).format(name=name)),))
    if isinstance(content, list | tuple) and all(isinstance(row, dict) for row in content):
        return _of_rows(name, list(content), first=1)
    if part is None:
        return Table(name, (Entry(0, {}),))
    return Table(name, problems=(Problem(name, None, "", _(_ROWS_SHAPE).format(name=name)),))


def _of_rows(name: str, rows: list[dict[str, object]], first: int) -> Table:
    entries = tuple(
        Entry(number, {word(key): _raw(value) for key, value in row.items()})
        for number, row in enumerate(rows[:MAX_ROWS], start=first)
    )
    cut = _("Only the first {most} rows of a part are read.").format(most=MAX_ROWS)
    problems = (Problem(name, MAX_ROWS + 1, "", cut),) if len(rows) > MAX_ROWS else ()
    return Table(name, entries, tuple(_headings(rows[:MAX_ROWS], first)), problems=problems)


def _headings(rows: list[dict[str, object]], first: int) -> Iterator[tuple[str, int]]:
    """Each name once with the row that has it first; twice if one row has it in two spellings."""
    seen: set[str] = set()
    for number, row in enumerate(rows, start=first):
        names = [word(key) for key in row]
        for place, name in enumerate(names):
            if name not in seen or name in names[:place]:
                yield name, number
            seen.add(name)


def _raw(value: object) -> Raw:
    if isinstance(value, str | bool | int | Decimal | date | time):
        return Raw(value)
    return Raw(fault=_("One value belongs here, not a list or a table."))
