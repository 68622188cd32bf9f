"""A table that Stat-Xplore's website saved as a workbook (.xlsx), or as text in columns (.csv).

Nothing stands at a fixed place, so three anchors are sought: "Counting:" names the measure, "INFO" ends the table,
"Source:" names the publisher. Headings are merged, in one row for each field of the columns; marks of status stand in
brackets behind a label. The file holds no area codes, no day of retrieval and no licence.
"""

from collections.abc import Iterator, Mapping, Sequence

from eventkit.errors import BadInput
from eventkit.evidence.importers.content import Content
from eventkit.evidence.importers.dimensions import dimension, label
from eventkit.evidence.importers.figures import is_figure, read_figure
from eventkit.evidence.importers.table import Cell, Dimension, Footnote, Table
from eventkit.incoming.grid import Grid, Raw
from eventkit.sheet import Value
from eventkit.web.language import gettext as _
from eventkit.web.text import clean

NAME = "stat_xplore_workbook"
_COUNTING, _INFO, _SYMBOL, _SOURCE = "Counting:", "INFO", "Symbol", "Source:"
_WITHIN = 30


def detect(content: Content) -> bool:
    """Whether a sheet says what it counts."""
    return any(_row_of(grid, _COUNTING, _WITHIN) for _title, grid in content.sheets)


def tables(content: Content) -> list[Table]:
    """One table for each sheet that says what it counts; the others are empty forms."""
    return [_table(grid) for _title, grid in content.sheets if _row_of(grid, _COUNTING, _WITHIN)]


def _table(grid: Grid) -> Table:
    counting = _row_of(grid, _COUNTING, _WITHIN)
    measure = _text(grid, counting).removeprefix(_COUNTING).strip()
    end = min(filter(None, (_row_of(grid, anchor) for anchor in (_INFO, _SYMBOL, _SOURCE))), default=max(grid) + 1)
    body = {row: cells for row, cells in sorted(grid.items()) if counting < row < end}
    keys = _symbols(grid)
    above = [_text(grid, row) for row in sorted(grid) if row < counting and _text(grid, row)]
    dimensions, cells = _Body(body, measure, keys).read()
    title = label(above[0], keys).text if above else measure
    return Table(title, NAME, dimensions, cells, _hints(grid, title, above, measure), tuple(_notes(grid, keys)))


class _Body:
    """The rows between the measure and the notes."""

    def __init__(self, body: Grid, measure: str, keys: Mapping[str, str]) -> None:
        self.measure, self.keys = measure, keys
        figures = {row: [column for column, raw in cells.items() if is_figure(raw)] for row, cells in body.items()}
        first = next((row for row, columns in figures.items() if columns), None)
        if first is None:
            raise BadInput(_("This Stat-Xplore table holds no figures. Save it once more at its source."))
        self.left = min(column for row, columns in figures.items() if row >= first for column in columns)
        self.heads = [(row, cells) for row, cells in body.items() if row < first]
        self.rows = [cells for row, cells in body.items() if row >= first and max(cells) >= self.left]

    def read(self) -> tuple[tuple[Dimension, ...], tuple[Cell, ...]]:
        """Fields of the rows first, then those of the columns; merged labels hold until the next one."""
        columns = sorted({column for cells in self.rows for column in cells if column >= self.left})
        across = [cells for _row, cells in self.heads if max(cells) >= self.left]
        names = next((cells for _row, cells in reversed(self.heads) if max(cells) < self.left), {})
        down = sorted({column for cells in self.rows for column in cells if column < self.left})
        row_labels = [list(_filled(cells.get(column) for cells in self.rows)) for column in down]
        column_labels = [list(_filled(cells.get(column) for column in columns)) for cells in across]
        headings = [_shown(names.get(column)) for column in down]
        headings += [_shown(cells[min(cells)]) if min(cells) < self.left else "" for cells in across]
        dimensions, places = self._dimensions(headings, [*row_labels, *column_labels])
        cells = []
        for number, cells_of_row in enumerate(self.rows):
            for order, column in enumerate(columns):
                at = [places[each][texts[number]] for each, texts in enumerate(row_labels)]
                at += [places[len(down) + each][texts[order]] for each, texts in enumerate(column_labels)]
                cells.append(read_figure(cells_of_row.get(column, Raw()), tuple(at)))
        return dimensions, tuple(cells)

    def _dimensions(
        self, headings: Sequence[str], found: Sequence[Sequence[str]]
    ) -> tuple[tuple[Dimension, ...], list[dict[str, int]]]:
        places = [{text: place for place, text in enumerate(dict.fromkeys(texts))} for texts in found]
        made = (
            dimension(heading, [label(text, self.keys) for text in texts], self.measure)
            for heading, texts in zip(headings, places, strict=True)
        )
        return tuple(made), places


def _filled(cells: Iterator[Raw | None]) -> Iterator[str]:
    text = ""
    for raw in cells:
        text = _shown(raw) or text
        yield text


def _symbols(grid: Grid) -> dict[str, str]:
    """The footnotes by their key."""
    start = _row_of(grid, _SYMBOL)
    rows = (row for row in sorted(grid) if start and row > start and not _text(grid, row).startswith(_SOURCE))
    return {_text(grid, row): _shown(grid[row].get(2)) for row in rows if _text(grid, row)}


def _notes(grid: Grid, keys: Mapping[str, str]) -> Iterator[Footnote]:
    if info := _row_of(grid, _INFO):
        yield Footnote(_shown(grid[info].get(2)))
    yield from (Footnote(note, key) for key, note in keys.items())


def _hints(grid: Grid, title: str, above: Sequence[str], measure: str) -> dict[str, Value]:
    description = above[1] if len(above) > 1 else ""
    hints: dict[str, Value] = {"dataset": title, "source_table": f"{description or title}; {_COUNTING} {measure}"}
    if source := _row_of(grid, _SOURCE):
        hints["publisher"] = _text(grid, source).removeprefix(_SOURCE).strip()
    return hints


def _row_of(grid: Grid, anchor: str, within: int = 0) -> int:
    """The first row whose first column begins so; 0 if none does."""
    rows = sorted(row for row in grid if not within or row <= within)
    return next((row for row in rows if _text(grid, row).startswith(anchor)), 0)


def _text(grid: Grid, row: int) -> str:
    return _shown(grid[row].get(1))


def _shown(raw: Raw | None) -> str:
    return "" if raw is None or raw.value is None else clean(raw.shown or str(raw.value)).strip()
