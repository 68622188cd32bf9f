"""The first two sheets: what this file is, and how to read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from sqlmodel import Session

from eventkit.events import rules as events
from eventkit.events.models import Event
from eventkit.sheet import Column, Sheet, Type, Value
from eventkit.web.language import gettext as _

Note = tuple[str, str]


@dataclass(frozen=True)
class Facts:
    """What the cover says. `changed_at`, not the time of the export: the same data gives the same bytes."""

    title: str
    changed_at: datetime
    fields: Sequence[tuple[str, Value]] = ()


def facts(session: Session, event: Event, version: str) -> Facts:
    """The facts of this event; `version` is eventkit's own."""
    changed_at = event.changed_at or datetime.combine(event.date, time(), UTC)
    fields: list[tuple[str, Value]] = [
        ("event_id", event.event_id),
        ("title", event.title),
        ("date", event.date),
        ("place", event.place),
        ("organisers", event.organisers),
        ("n_joined", events.joined(session, event.id or 0)),
        ("changed_at", changed_at),
        ("time_zone", event.time_zone),
        ("contact", event.contact),
        ("delete_after", event.delete_after),
        ("holds", _held()),
        ("eventkit", version),
    ]
    if event.rehearsal:
        told = _("Nothing in this file counts: it was made during a rehearsal, and all that it holds was tried out.")
        return Facts(_("Rehearsal: {title}").format(title=event.title), changed_at, [("rehearsal", told), *fields])
    return Facts(event.title, changed_at, fields)


def cover(about: Facts, contents: Iterable[Sheet]) -> Sheet:
    """The cover: the facts, then a row for each sheet, which the writer links."""
    columns = (
        Column("field", _("What the row states; below the facts, the name of a sheet."), required=True, measure="id"),
        Column("value", _("The fact; for a sheet, what one row of it is.")),
    )
    rows = [{"field": field, "value": value} for field, value in about.fields]
    rows += [{"field": sheet.name, "value": sheet.description} for sheet in contents]
    description = _("What this workbook holds, for whom it was made, and when its data last changed.")
    return Sheet("cover", _("Results: {title}").format(title=about.title), description, columns, rows)


def method(notes: Iterable[Note]) -> Sheet:
    """How the numbers came about: these notes, then the conventions of every sheet."""
    columns = (
        Column("note_id", _("The note's number."), required=True, measure="id", example="note 1"),
        Column("topic", _("What the note is about."), required=True),
        Column("note", _("The note, in plain sentences."), required=True),
    )
    rows = [
        {"note_id": f"note {number}", "topic": topic, "note": note}
        for number, (topic, note) in enumerate([*notes, *_conventions()], 1)
    ]
    description = _("How the votes were taken, sealed and counted, and how to read the numbers and signs.")
    return Sheet("method", _("Method"), description, columns, rows)


def corrections(session: Session, event: Event) -> Sheet:
    """What `method` says of words that were corrected after the room had read them: both wordings."""
    words = _("{part}, {row_id}, {column}: “{before}” was corrected to “{after}” after the vote was opened, {at}.")
    notes = [
        words.format(**each.model_dump(exclude={"at"}), at=each.at.isoformat())
        for each in events.corrections(session, event.id or 0)
    ]
    return Sheet("method", "", "", (), [{"topic": _("Corrections"), "note": note} for note in notes])


def export_log(rows: Sequence[dict[str, Value]] = ()) -> Sheet:
    """What the writer had to alter; one row [z] says that it altered nothing."""
    columns = (
        Column("sheet", _("The sheet whose cell was altered."), required=True),
        Column("row_id", _("The first cell of the row, and the row's number in the sheet.")),
        Column("column", _("The column's heading.")),
        Column("problem", _("Why the value could not be written as it was."), required=True),
        Column("action", _("What was done instead."), required=True),
        Column("characters_lost", _("How many characters are missing for it."), Type.INTEGER, required=True),
    )
    description = _("One row for each cell that could not hold its value unchanged; one row [z] if there was none.")
    return Sheet("export_log", _("Export log"), description, columns, rows)


def _held() -> str:
    return _(
        "Published figures, what the room answered as a whole, its notes on the walls, and how many people sat at "
        "each table. Nothing says who answered or sat where, or when."
    )


def _conventions() -> list[Note]:
    return [
        (_("Signs"), _("[c] confidential, [z] not applicable, [x] not available. An empty cell: nothing was given.")),
        (
            _("Shares"),
            _("Stored as a number from 0 to 1, shown as a whole per cent. What is shown may not add to 100."),
        ),
        (_("Yes and no"), _("Written as the words yes and no.")),
        (
            _("Dates and times"),
            _("Dates are dates. Moments are text in the form of ISO 8601, with their distance from UTC."),
        ),
        (
            _("Text"),
            _(
                "Text is written as text, never as a formula or a link. Line ends are made alike. "
                "Everything else that had to be altered is in export_log."
            ),
        ),
        (
            _("Order of rows"),
            _(
                "Rows stand in the order of the plan: poll, round, option; notes and queries in that of random ids. "
                "No order says who answered, or when."
            ),
        ),
    ]
