"""The roster file: names, needs and seats in a workbook of their own, so that results can be passed on without them."""

from datetime import UTC, datetime, time
from io import BytesIO

from sqlmodel import Session

from eventkit.events.models import Event
from eventkit.export import layout
from eventkit.export.book import Book
from eventkit.tables import roster
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking


def roster_of(session: Session, event: Event) -> bytes:
    """The roster of an event, as the bytes of an .xlsx file; the same data gives the same bytes."""
    with speaking(event.language):
        sheets = roster.sheets(session, event)
        changed_at = event.changed_at or datetime.combine(event.date, time(), UTC)
        target = BytesIO()
        book = Book(target, sheets[0].title, changed_at.astimezone(UTC).replace(tzinfo=None))
        for sheet in sheets:
            first = sheet is sheets[0]
            back, words = ("people", _("Go to the people")) if first else ("cover", _("Back to the cover"))
            layout.put(book, sheet, back, words)
        book.close()
        return target.getvalue()
