"""The results workbook: gathers every package's sheets, explains them, and writes one file.

A package adds to the sheet `method` by yielding a sheet of that name whose rows hold `topic` and `note`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from sqlmodel import Session
from xlsxwriter.worksheet import Worksheet

from eventkit.codebook import sheets as codebook
from eventkit.events.activity import Activity
from eventkit.events.models import Event
from eventkit.evidence import sheets as evidence
from eventkit.export import cover, dictionary, layout
from eventkit.export.book import Book, Place
from eventkit.export.cells import machine_name
from eventkit.export.cover import Facts, Note
from eventkit.sheet import Sheet
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking

AFTER_THEMES = ("transcripts", "consent_counts")
"""What the contract of the workbook puts behind the themes, whichever activity it comes from."""


def results(session: Session, event: Event, activities: Iterable[Activity], version: str) -> bytes:
    """The results workbook of an event, as the bytes of an .xlsx file; `version` is eventkit's own."""
    with speaking(event.language):
        gathered = list(evidence.sheets(session, event))
        for activity in activities:
            gathered += activity.sheets.sheets(session, event) if activity.sheets else ()
        gathered += codebook.sheets(session, event)
        gathered.sort(key=lambda sheet: AFTER_THEMES.index(sheet.name) + 1 if sheet.name in AFTER_THEMES else 0)
        gathered += [
            *evidence.queries(session, event),
            cover.corrections(session, event),
        ]
        target = BytesIO()
        write(target, gathered, cover.facts(session, event, version))
        return target.getvalue()


def write(target: BinaryIO | Path, gathered: Iterable[Sheet], about: Facts) -> None:
    """Writes cover, method, dictionary, dictionary_values, these sheets, and export_log.

    The same sheets and facts give the same bytes.
    """
    pages = list(gathered)
    explained = _explained(_named([sheet for sheet in pages if sheet.name != "method"]), _notes(pages), about)
    book = Book(target, explained[0].title, about.changed_at.astimezone(UTC).replace(tzinfo=None))
    for sheet in explained:
        first = sheet.name == "cover"
        page = layout.put(book, sheet, "method" if first else "cover", _how(first=first))
        if first:
            _link(book, page, sheet)
    layout.put(book, cover.export_log(book.log), "cover", _how(first=False))
    book.close()


def _explained(sheets: Sequence[Sheet], notes: Iterable[Note], about: Facts) -> list[Sheet]:
    method, log = cover.method(notes), cover.export_log()
    rest = [dictionary.dictionary(), dictionary.dictionary_values(), *sheets, log]
    first = cover.cover(about, [method, *rest])
    dictionaries = dictionary.sheets([first, method, *rest])
    return [first, method, *dictionaries, *sheets]


def _named(sheets: Iterable[Sheet]) -> list[Sheet]:
    """The sheets under the names that they will have, so that links and dictionary agree with the book."""
    taken = {"cover", "method", "dictionary", "dictionary_values", "export_log"}
    return [replace(sheet, name=machine_name(sheet.name, taken)[0]) for sheet in sheets]


def _notes(pages: Iterable[Sheet]) -> list[Note]:
    rows = [row for sheet in pages if sheet.name == "method" for row in sheet.rows]
    return [(str(row["topic"]), str(row["note"])) for row in rows]


def _link(book: Book, page: Worksheet, first: Sheet) -> None:
    rows = list(enumerate(first.rows, layout.HEADINGS + 1))
    start = next(index for index, (_number, row) in enumerate(rows) if row["field"] == "method")
    for number, row in rows[start:]:
        book.link(Place(page, number, 0), str(row["field"]), str(row["field"]))


def _how(*, first: bool) -> str:
    return _("How to read this workbook") if first else _("Back to the cover")
