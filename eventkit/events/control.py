"""The way in from the command line: new role links while a server holds the database.

Whoever can read the data folder may use it: the server writes there, for its own user only, what it wants to hear.
"""

from hmac import compare_digest
from typing import Annotated

from fastapi import APIRouter, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from eventkit.database import Database
from eventkit.errors import NotFound
from eventkit.events import rules
from eventkit.events.models import Role
from eventkit.events.pages import view_of
from eventkit.web.address import Address
from eventkit.web.language import gettext as _

HEADER = "x-eventkit-control"

control = APIRouter()


@control.post("/control/link")
async def link(
    request: Request, event: Annotated[str, Form(max_length=100)], role: Annotated[Role, Form()]
) -> Response:
    """The address of a new one-time link, as text."""
    require_word(request)
    database: Database = request.app.state.database
    address: Address = request.app.state.address
    return PlainTextResponse(address.of(await database.write(None, new_link, event, role)))


def require_word(request: Request) -> None:
    """Lets the command line in. Raises `NotFound` for everybody else: without the right word there is nothing here."""
    expected: str = request.app.state.control
    if not expected or not compare_digest(expected.encode(), request.headers.get(HEADER, "").encode()):
        raise NotFound(_("There is nothing at this address."))


def new_link(session: Session, name: str, role: Role) -> str:
    """The path of a new one-time link to a role at the event of this event_id or join code. Raises `NotFound`."""
    event = rules.by_name(session, name)
    return f"/s/{event.code}/{view_of(role)}/enter/{rules.make_link(session, event.id or 0, role)}"
