"""The page that every wall has of its own, on phones and on the console; a phone may be at any of them."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from eventkit.events import rules as events
from eventkit.events.activity import Page, Place
from eventkit.wall import console_pages, dots, grid, screen, walls
from eventkit.wall.models import Phase, Wall
from eventkit.wall.phases import phase
from eventkit.web.language import gettext as _

PLACE = "walls"
KEPT = ""
VIEWS: Sequence[str] = ("phone", "console")
TAKING = (Phase.OPEN, Phase.DOTS)

refs = walls.ids


def place(session: Session, event_id: int, ref: str, view: str) -> Page:
    """A wall's own page."""
    if view == "console":
        return console_pages.place(session, event_id, ref)
    return on_phones(session, walls.wall_of(session, event_id, ref))


def open_places(session: Session, event_id: int) -> Sequence[Place]:
    """The walls that take notes or dots now."""
    return [Place(path_of(wall), wall.question) for wall in walls.every(session, event_id) if phase(wall) in TAKING]


def on_phones(session: Session, wall: Wall) -> Page:
    """A wall on a phone: the question, how many notes there are, the one in the spotlight; never the others."""
    at, every, lit = phase(wall), walls.every(session, wall.event_id), screen.lit(session, wall.event_id)
    own = lit if lit and lit.wall_pk == wall.id else None
    values = {
        "wall": wall,
        "phase": at,
        "number": [other.id for other in every].index(wall.id) + 1,
        "of": len(every),
        "notes": grid.count(session, wall),
        "concealed": grid.concealed(wall),
        "spotlight": own.text if own else "",
        "following": _following(every, wall),
        "announce": _announce(wall, at),
    }
    return Page("wall/_phone_wall.html", values | _mine(session, wall, at))


def path_of(wall: Wall) -> str:
    """Where a wall's page is, below the event's."""
    return f"{PLACE}/{wall.wall_id}"


def _mine(session: Session, wall: Wall, at: Phase) -> dict[str, Any]:
    """What the phone fills in itself. A page keeps what it has under a name, so another phase has another one."""
    names = {
        Phase.OPEN: f"wall-{wall.wall_id}",
        Phase.CLOSED: f"wall-{wall.wall_id}-closed",
        Phase.COUNTED: f"wall-{wall.wall_id}-closed",
    }
    box = dots.box_of(session, wall) if at is Phase.DOTS else None
    code = events.event(session, wall.event_id).code
    name = f"{dots.box_name(wall)}-e{box.epoch}" if box else names.get(at, "")
    return {"mine": name, "mine_src": f"/e/{code}/{path_of(wall)}/mine"}


def _following(every: Sequence[Wall], wall: Wall) -> Place | None:
    """The next wall that somebody who is done here may go to, from the last one the first."""
    at = [other.id for other in every].index(wall.id)
    others = [other for other in (*every[at + 1 :], *every[:at]) if phase(other) in TAKING]
    return Place(path_of(others[0]), others[0].question) if others else None


def _announce(wall: Wall, at: Phase) -> str:
    return {
        Phase.READY: _("This wall opens soon."),
        Phase.OPEN: _("This wall is open: {question}"),
        Phase.CLOSED: _("This wall has closed."),
        Phase.DOTS: _("Give your dots: {question}"),
        Phase.COUNTED: _("The dots are counted."),
    }[at].format(question=wall.question)
