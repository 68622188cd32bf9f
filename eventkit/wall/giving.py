"""A phone's own dots: the way in for them, and what it is told of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from fastapi import APIRouter
from markupsafe import Markup
from sqlmodel import Session, col, select
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from eventkit.database import Database
from eventkit.errors import BadInput, Conflict
from eventkit.events import guards
from eventkit.sealing.box import NONE_YET, OpenBox
from eventkit.sealing.rules import Boxes
from eventkit.wall import dots, walls
from eventkit.wall.models import Note, Status
from eventkit.web.answers import page, renderer, see_other, wants_fragment
from eventkit.web.language import gettext as _
from eventkit.web.language import speaking

MOST_FIELDS = 3_000
LONGEST_SEQ = 9

phone = APIRouter()


class Sent(NamedTuple):
    """What a ballot is told: how it stands, and, where it is no answer yet, what was sent and what is wrong with it."""

    shown: str = "open"
    status: int = 200
    form: Mapping[str, str] = {}
    problem: str = ""


@dataclass(frozen=True)
class Choice:
    """A note on the ballot with the dots that this phone gave it; `gone`: it was hidden since."""

    note_id: str
    text: str
    given: int
    gone: bool


@phone.post("/walls/{wall_id}/dots")
async def give(request: Request, wall_id: str) -> Response:
    """Seals and stores what a phone gives; the answer leaves when it is on disk."""
    admitted = guards.admitted(request)
    box = _box(request, wall_id)
    form = await _fields(request)
    sent = Sent("refused", 409)
    if box is not None and form.get("epoch", str(box.epoch)) != str(box.epoch):
        sent = Sent("again", 409)
    elif box is not None:
        sent = await _cast(request, admitted, box, form)
    if wants_fragment(request):
        return HTMLResponse(await fragment(request, wall_id, sent), sent.status)
    if not sent.problem:
        return see_other(f"/e/{request.path_params['code']}/walls/{wall_id}")
    html = await fragment(request, wall_id, sent)
    database: Database = request.app.state.database
    wall = await database.read(walls.wall_of, admitted.event_id, wall_id)
    with speaking(guards.admissions(request).languages[admitted.event_id]):
        values = {"wall": wall, "ballot": Markup(html)}  # noqa: S704 -- from our own template
        return page(request, "wall/dots_problem.html", values, sent.status)


async def fragment(request: Request, wall_id: str, sent: Sent | None = None) -> str:
    """This phone's dots on a wall, as they are recorded or as they were sent."""
    admitted, box, told = guards.admitted(request), _box(request, wall_id), sent or Sent()
    standing = box.standing.get(admitted.voter, NONE_YET) if box else NONE_YET
    given = dots.given_of(standing.choice)
    if told.problem:
        fields = [(name.removeprefix(dots.FIELD), value) for name, value in told.form.items()]
        given = {
            name: int(value) if value.isascii() and value.isdigit() and len(value) < 3 else 0 for name, value in fields
        }
    database: Database = request.app.state.database
    values = await database.read(_values, admitted.event_id, wall_id, given)
    values |= {
        "action": f"/e/{request.path_params['code']}/walls/{wall_id}/dots",
        "epoch": box.epoch if box else 0,
        "seq": standing.seq + 1,
        "recorded": standing.choice,
        "voted": standing.seq > 0,
        "standing": "recorded" if told.shown == "open" and standing.seq else told.shown if box else "refused",
        "problem": told.problem,
    }
    with speaking(guards.admissions(request).languages[admitted.event_id]):
        return renderer(request).render("wall/_dots.html", values)


async def _cast(request: Request, admitted: guards.Admitted, box: OpenBox, form: Mapping[str, str]) -> Sent:
    number = form.get("seq", "")
    seq = int(number) if number.isascii() and number.isdigit() and len(number) <= LONGEST_SEQ else None
    try:
        await box.cast(request.app.state.database, admitted.voter, seq, box.read(form))
    except Conflict:
        return Sent("refused", 409)
    except BadInput as problem:
        return Sent("problem", 422, form, problem.sentence)
    return Sent("recorded")


async def _fields(request: Request) -> dict[str, str]:
    body = await request.body()
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS))
    except ValueError:
        raise BadInput(_("That is no form of this page. Nothing was changed.")) from None


def _box(request: Request, wall_id: str) -> OpenBox | None:
    boxes: Boxes = request.app.state.boxes
    return boxes.open.get((guards.event_of(request), f"wall-{wall_id}-dots"))


def _values(session: Session, event_id: int, wall_id: str, given: Mapping[str, int]) -> dict[str, Any]:
    wall = walls.wall_of(session, event_id, wall_id)
    return {"wall": wall, "choices": _choices(session, wall.id or 0, given)}


def _choices(session: Session, wall_pk: int, given: Mapping[str, int]) -> Sequence[Choice]:
    """In the order of the screen. A note that was hidden since stays for those who gave it dots."""
    votable = select(Note).where(Note.wall_pk == wall_pk, col(Note.dots).is_not(None))
    found = [
        Choice(note.note_id, note.text, given.get(note.note_id, 0), note.status is not Status.SHOWN)
        for note in session.exec(votable.order_by(col(Note.cell)))
    ]
    return [choice for choice in found if choice.given or not choice.gone]
