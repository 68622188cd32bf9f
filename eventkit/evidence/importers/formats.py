"""Every format that eventkit reads. A new one is a module of its own and one name in this list."""

from pathlib import Path
from typing import Protocol

from eventkit.errors import BadInput
from eventkit.evidence.importers import own_template, stat_xplore_json, stat_xplore_workbook
from eventkit.evidence.importers.content import Content
from eventkit.evidence.importers.table import Cell, Dimension, Footnote, Gap, Kind, Label, Table
from eventkit.incoming.confined import confined
from eventkit.web.language import gettext as _

MAX_CELLS = 20_000


class Importer(Protocol):
    """A module that reads one format."""

    NAME: str

    def detect(self, content: Content) -> bool:
        """Whether the file is of this format, however it is called."""

    def tables(self, content: Content) -> list[Table]:
        """The tables of the file. Raises `BadInput`."""


FORMATS: tuple[Importer, ...] = (stat_xplore_json, stat_xplore_workbook, own_template)


async def parse_file(path: Path) -> tuple[Table, ...]:
    """The tables of a file that somebody brought, read by a child process. Raises `BadInput` with a sentence."""
    return await confined(read_file, path, (Table, Dimension, Label, Cell, Footnote, Kind, Gap))


def read_file(path: Path) -> tuple[Table, ...]:
    """The same in this process: for files that need no guard."""
    content = Content(path.read_bytes())
    importer = next((each for each in FORMATS if each.detect(content)), None)
    if importer is None:
        raise BadInput(
            _(
                "No table that eventkit knows was found in this file. It reads Stat-Xplore workbooks (.xlsx) and "
                "results (.json), and its own sheet “statistics” with a figure in each row (.xlsx, .csv)."
            )
        )
    tables = tuple(importer.tables(content))
    if sum(len(table.cells) for table in tables) > MAX_CELLS:
        sentence = _("This file holds more than {most} figures. Make a smaller table at its source.")
        raise BadInput(sentence.format(most=f"{MAX_CELLS:,}"))
    return tables
