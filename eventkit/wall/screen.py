"""What of the walls is on the screen: one wall or all, a page of their cells, the themes, or one note in the spotlight.

A note keeps its cell, so a page stays as it is while somebody reads it; what came since the last turn is marked as new.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from eventkit.codebook import rules as codebook
from eventkit.codebook.models import Kind
from eventkit.database import now
from eventkit.events.step import Step
from eventkit.wall import grid, walls
from eventkit.wall.models import Note, Status, Wall, WallScreen

CELLS_OF_ONE, CELLS_OF_EACH = 12, 3
WALLS_AT_ONCE = 4
CARDS_AT_ONCE, NEWEST = 6, 3


@dataclass(frozen=True)
class Card:
    """A theme on the screen: how many notes stand under it, and the texts of the newest."""

    label: str
    colour: str
    notes: int
    newest: Sequence[str]


@dataclass(frozen=True)
class Showing:
    """All that the screen shows. `page` of `pages` counts from 1; `place` of `places` is the wall, if it is one alone.

    `cards` is None but on a themes page. `fresh` is how many notes of all pages are new.
    """

    columns: Sequence[grid.Column]
    page: int
    pages: int
    place: int
    places: int
    notes: int
    fresh: int
    cards: Sequence[Card] | None
    spotlight: grid.Cell | None
    turning: bool


def screen_of(session: Session, event_id: int) -> WallScreen:
    """What of the event's walls is on the screen."""
    return session.get(WallScreen, event_id) or WallScreen(event_id=event_id)


def lit(session: Session, event_id: int) -> Note | None:
    """The note in the spotlight, as long as the room may read it."""
    note = session.get(Note, screen_of(session, event_id).spotlight)
    if note is None or note.status is not Status.SHOWN:
        return None
    wall = session.get_one(Wall, note.wall_pk)
    return None if wall.event_id != event_id or grid.concealed(wall) else note


def page_of(session: Session, step: Step) -> Showing:
    """What the screen shows of a step."""
    screen, every = screen_of(session, step.event_id), walls.walls_of(session, step)
    chosen = _chosen(screen, every)
    cards = _cards(session, step.event_id, chosen) if screen.themes else None
    pages = _pages(session, chosen) if cards is None else _pages_of_cards(cards, chosen)
    page = min(screen.page, len(pages) - 1)
    shown, first = pages[page]
    size = CELLS_OF_ONE if len(chosen) == 1 else CELLS_OF_EACH
    note = lit(session, step.event_id)
    return Showing(
        columns=[grid.column(session, wall, first if cards is None else 0, size) for wall in shown],
        page=page + 1,
        pages=len(pages),
        place=every.index(chosen[0]) + 1 if len(chosen) == 1 else 0,
        places=len(every),
        notes=sum(grid.count(session, wall) for wall in chosen),
        fresh=sum(grid.fresh(session, wall) for wall in chosen),
        cards=None if cards is None else cards[first : first + CARDS_AT_ONCE],
        spotlight=grid.cell_of(session, note) if note else None,
        turning=screen.turning,
    )


def show(session: Session, event_id: int, wall_id: str) -> None:
    """Puts one wall on the screen, or with "" all of the step, from the first page. Raises `NotFound`."""
    if wall_id:
        walls.wall_of(session, event_id, wall_id)
    screen = _mine(session, event_id)
    screen.wall_id, screen.page, screen.themes, screen.spotlight = wall_id, 0, False, ""


def turn(session: Session, step: Step, by: int) -> None:
    """Turns pages, past the last one to the first. What was new until now is new no longer."""
    showing, screen = page_of(session, step), _mine(session, step.event_id)
    screen.page = (showing.page - 1 + by) % showing.pages
    for wall in walls.walls_of(session, step):
        wall.seen = grid.length(session, wall)


def themes(session: Session, event_id: int, on: bool) -> None:
    """Shows the themes with their newest notes instead of the cells, or the cells again."""
    screen = _mine(session, event_id)
    screen.themes, screen.page, screen.spotlight = on, 0, ""


def turning(session: Session, event_id: int, on: bool) -> None:
    """Whether pages turn by themselves."""
    _mine(session, event_id).turning = on


def reveal(session: Session, event_id: int, wall_id: str) -> None:
    """Shows the notes of a wall that was hidden until now. Raises `NotFound`."""
    wall = walls.wall_of(session, event_id, wall_id)
    wall.revealed_at = wall.revealed_at or now()


def conceal(session: Session, event_id: int, wall_id: str) -> None:
    """Hides the notes of a wall again that the plan wants hidden. Raises `NotFound`."""
    walls.wall_of(session, event_id, wall_id).revealed_at = None


def light(session: Session, event_id: int, note_id: str) -> None:
    """Puts a note into the spotlight, or with "" none; who may be there is for `moderation.spotlight` to say."""
    _mine(session, event_id).spotlight = note_id


def put_out(session: Session, event_id: int, note_id: str) -> None:
    """Takes a note out of the spotlight, if it is there."""
    if screen_of(session, event_id).spotlight == note_id:
        light(session, event_id, "")


def _mine(session: Session, event_id: int) -> WallScreen:
    screen = screen_of(session, event_id)
    session.add(screen)
    return screen


def _chosen(screen: WallScreen, every: Sequence[Wall]) -> Sequence[Wall]:
    return [wall for wall in every if wall.wall_id == screen.wall_id] or every


def _pages(session: Session, chosen: Sequence[Wall]) -> Sequence[tuple[Sequence[Wall], int]]:
    """The walls and the first cell of each page; never none, so that an empty wall has a page."""
    size = CELLS_OF_ONE if len(chosen) == 1 else CELLS_OF_EACH
    groups = [chosen[start : start + WALLS_AT_ONCE] for start in range(0, len(chosen) or 1, WALLS_AT_ONCE)]
    lengths = [max((grid.length(session, wall) for wall in group), default=0) for group in groups]
    return [
        (group, first) for group, length in zip(groups, lengths, strict=True) for first in range(0, length or 1, size)
    ]


def _pages_of_cards(cards: Sequence[Card], chosen: Sequence[Wall]) -> Sequence[tuple[Sequence[Wall], int]]:
    return [(chosen, first) for first in range(0, len(cards) or 1, CARDS_AT_ONCE)]


def _cards(session: Session, event_id: int, chosen: Sequence[Wall]) -> Sequence[Card]:
    """The themes in the codebook's order, those under which no note of these walls stands left out."""
    notes = [note for wall in chosen if not grid.concealed(wall) for note in walls.notes(session, wall, Status.SHOWN)]
    placed = sorted((note for note in notes if note.cell is not None), key=lambda note: (-(note.cell or 0), note.text))
    under = codebook.grouped(session, event_id, Kind.WALL_NOTE, [note.note_id for note in placed])
    cards = []
    for theme in codebook.themes(session, event_id):
        texts = [note.text for note in placed if under.get(note.note_id) == theme.theme_id]
        if texts:
            cards.append(Card(theme.label, theme.colour, len(texts), texts[:NEWEST]))
    return cards
