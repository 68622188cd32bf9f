"""The notes of every wall for the results workbook, in the order of their random ids."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlmodel import Session

from eventkit.codebook import rules as codebook
from eventkit.codebook.models import Kind
from eventkit.events.models import Event
from eventkit.sheet import Column, Sheet, Type, Value
from eventkit.wall import walls
from eventkit.wall.models import Note, Status, Wall
from eventkit.web.language import gettext as _

CONFIDENTIAL, NOT_APPLICABLE = "[c]", "[z]"
PHONE, PAPER = "phone", "paper"
Found = Sequence[tuple[Wall, Note]]


def sheets(session: Session, event: Event) -> Iterable[Sheet]:
    """`wall_notes`, and what `method` says of the walls."""
    event_id = event.id or 0
    asked = walls.every(session, event_id)
    found = sorted(
        ((wall, note) for wall in asked for note in walls.notes(session, wall)), key=lambda each: each[1].note_id
    )
    themes = codebook.grouped(session, event_id, Kind.WALL_NOTE, [note.note_id for _wall, note in found])
    rows = [_row(wall, note, themes) for wall, note in found]
    description = _("One row for each note on a wall, hidden and merged ones among them, in no order.")
    yield Sheet("wall_notes", _("Notes on the walls"), description, _columns(), rows)
    if asked:
        notes = [{"topic": topic, "note": note} for topic, note in _notes(asked, found)]
        yield Sheet("method", "", "", (), notes)


def _columns() -> tuple[Column, ...]:
    statuses = (
        (Status.WAITING.value, _("Nobody had approved it when this workbook was made, so the room has not read it")),
        (Status.SHOWN.value, _("The room could read it")),
        (Status.HIDDEN.value, _("The facilitators took it out of the room’s sight")),
        (Status.MERGED.value, _("It says what the note in merged_into says")),
    )
    modes = ((PHONE, _("Written on a phone")), (PAPER, _("Typed in from paper")))
    random = _("A random id, drawn anew when the wall closes: it says neither who wrote the note nor when.")
    return (
        Column("note_id", random, required=True, example="3f9c01d2a4b75e60"),
        Column("wall_id", _("The wall's id in the plan."), required=True, example="w1"),
        Column("wall_question", _("The question on the wall, as the room saw it."), required=True),
        Column(
            "text",
            _("The note as it was written; … if it was redacted, [c] if it was hidden when its wall closed."),
            required=True,
        ),
        Column("status", _("Whether the room could read it."), required=True, values=statuses, example="shown"),
        Column("theme_ids", _("The theme that it was put under, as in themes; empty if under none."), measure="id"),
        Column(
            "dots",
            _("How many dots it was given; [z] without a dot vote that was counted, or if it was not part of it."),
            Type.INTEGER,
            unit=_("dots"),
        ),
        Column("entry_mode", _("How the note came in."), required=True, values=modes, example=PHONE),
        Column("merged_into", _("The note_id of the note that says the same; [z] if it was not merged."), measure="id"),
        Column("redaction_reason", _("Why its words were taken away; [z] if they were not.")),
    )


def _row(wall: Wall, note: Note, themes: Mapping[str, str]) -> Mapping[str, Value]:
    counted = wall.dots_counted_at is not None and note.dots is not None
    return {
        "note_id": note.note_id,
        "wall_id": wall.wall_id,
        "wall_question": wall.question,
        "text": note.text or CONFIDENTIAL,
        "status": note.status.value,
        "theme_ids": themes.get(note.note_id),
        "dots": note.dots if counted else NOT_APPLICABLE,
        "entry_mode": PAPER if note.paper else PHONE,
        "merged_into": note.merged_into or NOT_APPLICABLE,
        "redaction_reason": note.reason or NOT_APPLICABLE,
    }


def _notes(asked: Sequence[Wall], found: Found) -> Iterator[tuple[str, str]]:
    topic = _("Walls")
    yield (
        topic,
        _(
            "People wrote notes on their own phones without a name, and could change or delete their own until the "
            "wall closed. Then every note got a new random id, and what tied it to a phone was deleted. "
            "No name, address or time of a note was ever stored."
        ),
    )
    yield topic, _("The facilitators could hide notes, merge those that say the same, and put them under themes.")
    approved = [wall.wall_id for wall in asked if wall.approve_first]
    if approved:
        words = _("On these walls somebody approved each note before the room could read it: {ids}.")
        yield topic, words.format(ids=", ".join(approved))
    if any(wall.dots_counted_at for wall in asked):
        yield _("Dot votes"), _dot_votes()
    yield from _redactions(found)


def _dot_votes() -> str:
    return _(
        "After a wall had closed, each person could give a number of dots to its notes, several to one note too. "
        "What they gave was stored encrypted until it was counted; only the sum for each note remains. "
        "A note that was hidden during the vote keeps its dots."
    )


def _redactions(found: Found) -> Iterator[tuple[str, str]]:
    """Each redaction, without the words that it took away."""
    for wall, note in found:
        if note.reason:
            words = _("Wall {wall_id}, note {note_id}: its words were taken away. Reason: {reason}")
            yield _("Redactions"), words.format(wall_id=wall.wall_id, note_id=note.note_id, reason=note.reason)
