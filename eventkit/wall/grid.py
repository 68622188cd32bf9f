"""The cells of a wall on the screen's grid. A note keeps its cell; one that is hidden leaves its cell empty."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from eventkit.wall.models import Note, Phase, Status, Wall
from eventkit.wall.phases import phase


@dataclass(frozen=True)
class Cell:
    """A note in its cell. `number` counts the cells from 1; `same` is how many notes say it, itself included."""

    note_id: str
    number: int
    text: str
    fresh: bool
    pinned: bool
    same: int
    dots: int | None


@dataclass(frozen=True)
class Column:
    """A wall on the screen: how many notes it has, and the cells of this page. A cell whose note is gone is None."""

    wall: Wall
    notes: int
    cells: Sequence[Cell | None]
    concealed: bool


def concealed(wall: Wall) -> bool:
    """Whether the wall's notes are hidden until somebody reveals them."""
    return wall.hidden and wall.revealed_at is None


def column(session: Session, wall: Wall, first: int, size: int) -> Column:
    """The cells from `first` on, at most `size`; none of a wall that is still concealed."""
    if concealed(wall):
        return Column(wall, count(session, wall), (), concealed=True)
    places = range(first, min(first + size, length(session, wall)))
    found = select(Note).where(Note.wall_pk == wall.id, Note.status == Status.SHOWN, col(Note.cell).in_(places))
    notes, twins = {note.cell: note for note in session.exec(found)}, _twins(session, wall.id or 0)
    cells = [_cell(notes[place], wall, twins) if place in notes else None for place in places]
    return Column(wall, count(session, wall), cells, concealed=False)


def cell_of(session: Session, note: Note) -> Cell:
    """One note as its cell shows it."""
    return _cell(note, session.get_one(Wall, note.wall_pk), _twins(session, note.wall_pk))


def length(session: Session, wall: Wall) -> int:
    """How many cells a wall has, those of hidden notes included."""
    last = session.exec(select(func.max(Note.cell)).where(Note.wall_pk == wall.id)).one()
    return 0 if last is None else int(last) + 1


def count(session: Session, wall: Wall) -> int:
    """How many notes the room reads, or has read before they were merged.

    Those that wait for their batch are left out: a number that grew with each note would tell who has just sent one.
    """
    placed = (col(Note.status) == Status.SHOWN) & col(Note.cell).is_not(None)
    read = select(func.count()).where(Note.wall_pk == wall.id, placed | (col(Note.status) == Status.MERGED))
    return session.exec(read).one()


def fresh(session: Session, wall: Wall) -> int:
    """How many notes have come to an open wall since a page was last turned."""
    if phase(wall) is not Phase.OPEN or concealed(wall):
        return 0
    new = select(func.count()).where(Note.wall_pk == wall.id, Note.status == Status.SHOWN, col(Note.cell) >= wall.seen)
    return session.exec(new).one()


def _cell(note: Note, wall: Wall, twins: Mapping[str, int]) -> Cell:
    place = note.cell or 0
    dots = note.dots if wall.dots_counted_at else None
    fresh, same = phase(wall) is Phase.OPEN and place >= wall.seen, 1 + twins.get(note.note_id, 0)
    return Cell(note.note_id, place + 1, note.text, fresh, note.pinned, same, dots)


def _twins(session: Session, wall_pk: int) -> Mapping[str, int]:
    """How many notes are merged into which."""
    merged = select(Note.merged_into).where(Note.wall_pk == wall_pk, Note.status == Status.MERGED)
    return Counter(session.exec(merged))
