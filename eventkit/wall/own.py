"""What one phone is shown on a wall: the form, its own notes, or its dots. Never the notes of others, but to give dots.

The handle whose hash is the author of its notes lies in a cookie that only the walls' addresses are sent.
"""

import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.events import guards
from eventkit.wall import closing, grid, notes, walls
from eventkit.wall.models import Phase
from eventkit.wall.phases import phase
from eventkit.web.answers import renderer
from eventkit.web.language import speaking

HANDLE = "notes"
HANDLE_BYTES = 16
DAYS_KEPT = 30


def handle_of(request: Request) -> str:
    """The handle that lies on this phone; before its first note one that follows from its pass.

    So a first note that is sent again, because its answer was lost, is the same phone's note. The pass lies on the
    phone alone: what is stored of the two cannot be told to belong together.
    """
    first = sha256(f"{request.cookies.get(guards.PASS_COOKIE, '')}/{HANDLE}".encode()).hexdigest()[: 2 * HANDLE_BYTES]
    return request.cookies.get(HANDLE) or first


def give_handle(request: Request, answer: Response) -> None:
    """Lays the handle on the phone, for the walls' addresses alone, unless it lies there."""
    if HANDLE in request.cookies:
        return
    answer.set_cookie(
        HANDLE, handle_of(request), max_age=86_400 * DAYS_KEPT, path=f"/e/{request.path_params['code']}/walls",
        httponly=True, samesite="lax", secure=request.url.scheme == "https",
    )  # fmt: skip


def new_note_id() -> str:
    """The number that a form gives its note, so that the same note sent twice is one."""
    return secrets.token_hex(closing.ID_BYTES)


async def fragment(request: Request, wall_id: str, handle: str, said: Mapping[str, str] | None = None) -> str:
    """This phone's part of a wall's page while it is written on, or once it has closed.

    `said` is the `problem` with what was sent, its `text`, and `about`, the note that it should have changed.
    """
    event_id = guards.event_of(request)
    database: Database = request.app.state.database
    values = await database.read(values_of, event_id, wall_id, handle)
    values |= address(request, wall_id) | {"problem": "", "text": "", "about": "", **(said or {})}
    with speaking(guards.admissions(request).languages[event_id]):
        return renderer(request).render("wall/_mine.html", values)


def address(request: Request, wall_id: str) -> dict[str, Any]:
    """Where a wall's own requests go, whether this one carries the handle, and a number for the next note."""
    base = f"/e/{request.path_params['code']}/walls/{wall_id}"
    return {"base": base, "partial": not request.url.path.startswith(base), "fresh": new_note_id()}


def values_of(session: Session, event_id: int, wall_id: str, handle: str) -> dict[str, Any]:
    """What a phone's part of a wall says."""
    wall = walls.wall_of(session, event_id, wall_id)
    at = phase(wall)
    own = notes.mine(session, wall, notes.author_of(handle, wall)) if handle and at is Phase.OPEN else ()
    return {"wall": wall, "phase": at, "own": own, "readable": wall.readable_on_phones and not grid.concealed(wall)}
