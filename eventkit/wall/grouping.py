"""The notes of one wall and the themes that they stand under, as the two grouping pages show and change them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from eventkit.codebook import rules as codebook
from eventkit.codebook import undoing
from eventkit.codebook.models import Kind, Theme
from eventkit.codebook.undoing import Step
from eventkit.errors import BadInput, Conflict, NotFound, Refused
from eventkit.events import rules as events
from eventkit.wall import grid, screen, walls
from eventkit.wall.models import Note, Phase, Status, Wall
from eventkit.wall.phases import phase
from eventkit.web.language import gettext as _

LATEST = 12
NOTES_ON_A_PAGE = 50


@dataclass(frozen=True)
class Pile:
    """A theme and its notes; `number` is the key that puts notes there, 0 if all nine are taken."""

    theme: Theme
    number: int
    notes: Sequence[Note] = field(default_factory=list)


@dataclass(frozen=True)
class Grouping:
    """A wall's notes: those under no theme, and those of each theme, in the order of their cells.

    `same` holds the notes that were merged into a note, by its note_id.
    """

    wall: Wall
    loose: Sequence[Note]
    piles: Sequence[Pile]
    waiting: Sequence[Note]
    hidden: Sequence[Note]
    same: Mapping[str, Sequence[Note]]
    spotlight: str
    latest: Sequence[Step]


def grouping_of(session: Session, event_id: int, wall_id: str) -> Grouping:
    """Everything that the console's page of a wall shows. Raises `NotFound`."""
    wall = walls.wall_of(session, event_id, wall_id)
    shown, lit = placed(session, wall), screen.lit(session, event_id)
    under = codebook.grouped(session, event_id, Kind.WALL_NOTE, [note.note_id for note in shown])
    piles = [
        Pile(theme, number if number < 10 else 0, [note for note in shown if under.get(note.note_id) == theme.theme_id])
        for number, theme in enumerate(codebook.themes(session, event_id), start=1)
    ]
    return Grouping(
        wall=wall,
        loose=[note for note in shown if note.note_id not in under],
        piles=piles,
        waiting=walls.notes(session, wall, Status.WAITING),
        hidden=walls.notes(session, wall, Status.HIDDEN),
        same=_same(session, wall),
        spotlight=lit.note_id if lit else "",
        latest=undoing.history(session, event_id, LATEST),
    )


def placed(session: Session, wall: Wall) -> Sequence[Note]:
    """The notes that have reached the screen. One that waits for its batch is not told here either."""
    mine = select(Note).where(Note.wall_pk == wall.id, Note.status == Status.SHOWN, col(Note.cell).is_not(None))
    return session.exec(mine.order_by(col(Note.cell))).all()


def move(
    session: Session, event_id: int, wall_id: str, note_ids: Sequence[str], theme_id: str, label: str, batch: str
) -> Step:
    """Puts notes under a theme, under the one called `label`, which may be new, or with neither under none.

    Raises `NotFound` if none of the notes is on the wall any more.
    """
    wall = walls.wall_of(session, event_id, wall_id)
    mine = select(Note.note_id).where(Note.wall_pk == wall.id, col(Note.note_id).in_(set(note_ids)))
    found = session.exec(mine.order_by(col(Note.note_id))).all()
    if not note_ids:
        raise Conflict(_("Choose the notes first, then where they go. Nothing was moved."))
    if not found:
        raise NotFound(
            _("These notes are not here any more: they were deleted, or the wall has closed. Load the page.")
        )
    events.note_change(session, event_id)
    if label.strip():
        return codebook.move_to_new(session, event_id, Kind.WALL_NOTE, found, label, batch)
    return codebook.move(session, event_id, Kind.WALL_NOTE, found, theme_id, batch)


def each(session: Session, event_id: int, verb: Callable[[Session, int, str], None], note_ids: Sequence[str]) -> None:
    """Does the same to each of some notes, or to none if it cannot be done to one."""
    for note_id in note_ids:
        verb(session, event_id, note_id)


def note_of(session: Session, event_id: int, wall_id: str, note_id: str) -> Note:
    """A note of a wall. Raises `NotFound`."""
    wall, note = walls.wall_of(session, event_id, wall_id), session.get(Note, note_id)
    if note is None or note.wall_pk != wall.id:
        raise NotFound(_("This note is not here any more: it was deleted, or its wall has closed."))
    return note


@dataclass(frozen=True)
class Offered:
    """A page of notes for attendees who group: each with its theme_id, "" for none. Pages count from 1."""

    wall: Wall
    notes: Sequence[tuple[Note, str]]
    themes: Sequence[Theme]
    page: int
    pages: int
    found: int
    loose: int


def offered(session: Session, event_id: int, wall_id: str, number: int, *, every: bool) -> Offered:
    """The notes without a theme, or `every` one, that attendees may group. Raises `Refused` if they may not."""
    wall = walls.wall_of(session, event_id, wall_id)
    require_open_to_all(wall)
    shown = placed(session, wall)
    under = codebook.grouped(session, event_id, Kind.WALL_NOTE, [note.note_id for note in shown])
    chosen = [(note, under.get(note.note_id, "")) for note in shown if every or note.note_id not in under]
    pages = max(1, -(-len(chosen) // NOTES_ON_A_PAGE))
    page = min(max(1, number), pages)
    on_it = chosen[(page - 1) * NOTES_ON_A_PAGE : page * NOTES_ON_A_PAGE]
    themes = codebook.themes(session, event_id)
    return Offered(wall, on_it, themes, page, pages, len(chosen), len(shown) - len(under))


def move_by_attendee(
    session: Session, event_id: int, wall_id: str, note_ids: Sequence[str], theme_id: str, label: str, batch: str
) -> Step:
    """As `move`, for notes that everybody may read, a page of them at most.

    Raises `Refused` if attendees may not group them.
    """
    wall = walls.wall_of(session, event_id, wall_id)
    require_open_to_all(wall)
    if len(note_ids) > NOTES_ON_A_PAGE:
        raise BadInput(_("These are more notes than a page has. Nothing was moved: choose fewer."))
    readable = {note.note_id for note in placed(session, wall)}
    chosen = [note_id for note_id in note_ids if note_id in readable]
    if note_ids and not chosen:
        raise NotFound(_("These notes are not here any more. Load the page again."))
    return move(session, event_id, wall_id, chosen, theme_id, label, batch)


def require_open_to_all(wall: Wall) -> None:
    """Raises `Refused` unless attendees may group the notes of this wall, and read them."""
    if not wall.attendees_group or grid.concealed(wall) or phase(wall) is Phase.READY:
        raise Refused(_("The notes of this wall are grouped by the facilitators. Nothing was changed."))


def _same(session: Session, wall: Wall) -> Mapping[str, Sequence[Note]]:
    merged: dict[str, list[Note]] = {}
    for note in walls.notes(session, wall, Status.MERGED):
        merged.setdefault(note.merged_into, []).append(note)
    return merged
