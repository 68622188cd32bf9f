"""Transcripts as tables (.csv): a column `text`, and, where there are any, `speaker`, `start` and `end`."""

from collections.abc import Mapping

from eventkit.errors import BadInput
from eventkit.incoming import delimited
from eventkit.incoming.grid import Raw, word
from eventkit.vignettes.importing import marks
from eventkit.vignettes.importing.spoken import Fault, Read, Spoken
from eventkit.web.language import gettext as _

_OTHER_NAMES = {"name": "speaker", "words": "text", "start_s": "start", "end_s": "end"}
_MOST_COLUMNS, _LONGEST_CELL = 20, 5_000_000


def parse(content: bytes, most_rows: int) -> Read:
    """The transcript in this table; lines are its rows. Raises `BadInput` if it has no column `text`."""
    grid = delimited.rows(content, most_rows, _MOST_COLUMNS, headed=True, longest=_LONGEST_CELL)
    first = min(grid, default=0)
    headings = {column: _heading(raw) for column, raw in grid.get(first, {}).items()}
    if "text" not in headings.values():
        raise BadInput(_("This table has no column text. Its first row must say speaker, start, end, text."))
    found: list[Spoken] = []
    faults: list[Fault] = []
    for number, cells in sorted(grid.items()):
        if number == first:
            continue
        named = {headings[column]: raw for column, raw in cells.items() if column in headings}
        try:
            found.append(_spoken(named))
        except BadInput as fault:
            faults.append(Fault(number, fault.sentence))
    return Read(tuple(found), tuple(faults))


def _spoken(cells: Mapping[str, Raw]) -> Spoken:
    if wrong := next((raw.fault for raw in cells.values() if raw.fault), ""):
        raise BadInput(wrong)
    text = {name: str(raw.value).strip() for name, raw in cells.items()}
    if not text.get("text"):
        raise BadInput(_("The cell of text is empty. Write what was said, or delete the row."))
    start, end = _time(text.get("start", "")), _time(text.get("end", ""))
    if start is not None and end is not None and end < start:
        raise BadInput(_("This ends before it begins. Exchange the two times, or correct them."))
    return Spoken(text.get("speaker", "")[: marks.LONGEST_NAME], start, end, text["text"])


def _time(text: str) -> float | None:
    if not text:
        return None
    plain = text.replace(",", ".", 1)
    found = float(plain) if plain.replace(".", "", 1).isascii() and plain.replace(".", "", 1).isdigit() else None
    found = marks.seconds(text) if found is None else found
    if found is None or found > marks.LATEST:
        sentence = _("“{text}” is no time. Write seconds such as 62.5, or 00:01:02.")
        raise BadInput(sentence.format(text=text[:40]))
    return found


def _heading(raw: Raw) -> str:
    name = word(str(raw.value))
    return _OTHER_NAMES.get(name, name)
