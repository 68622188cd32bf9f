"""Who may see which view. Guards sit on routers; nothing below a router asks again."""

from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import NamedTuple

from fastapi import FastAPI
from sqlmodel import Session, select
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from eventkit.database import Database
from eventkit.errors import EventkitError, Gone, NotFound, Refused
from eventkit.events import hosts, rules
from eventkit.events.models import Event, Pass, Role
from eventkit.events.rehearsing import drop_passes
from eventkit.events.tokens import hash_token, typed_code
from eventkit.web.language import gettext as _

PASS_COOKIE = "pass"
VOTER_BYTES = 16


class UnknownCode(NotFound):
    """No event has the code in the address."""


@dataclass
class Admissions:
    """Codes and passes in memory, so that no vote waits for a database read. Written only after a commit.

    `passes` and `rehearsals` are the writer's too, which keeps them in the order of its commits.
    """

    codes: dict[str, int] = field(default_factory=dict)
    passes: dict[str, int] = field(default_factory=dict)
    languages: dict[int, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    rehearsals: set[int] = field(default_factory=set)

    def load(self, session: Session) -> None:
        """Takes up what is stored."""
        for event in session.exec(select(Event)):
            if event.id:
                self.codes[event.code] = event.id
                self.languages[event.id] = event.language
        self.passes.update({row.token_hash: row.event_id for row in session.exec(select(Pass))})

    def forget(self, event_id: int) -> None:
        """Lets go of a deleted event. Until the next start its code says so to those who still have it."""
        self.deleted |= {code for code, event in self.codes.items() if event == event_id}
        self.codes = {code: event for code, event in self.codes.items() if event != event_id}
        drop_passes(self.passes, event_id)
        self.languages.pop(event_id, None)
        self.rehearsals.discard(event_id)


class Admitted(NamedTuple):
    """A pass at its event: `voter` stands for the pass in a sealed record, and is stored nowhere else."""

    event_id: int
    voter: bytes


def admissions(connection: HTTPConnection) -> Admissions:
    """The app's admissions."""
    found: Admissions = connection.app.state.admissions
    return found


def install_slowness(app: FastAPI) -> None:
    """A wrong code is slowed wherever it stands in an address, or guessing would go round the field for it."""
    refuse = app.exception_handlers[EventkitError]

    async def slowly(request: Request, error: Exception) -> Response:
        await request.app.state.wrong_codes.wait()
        answer = refuse(request, error)
        return await answer if isinstance(answer, Awaitable) else answer

    app.add_exception_handler(UnknownCode, slowly)


def event_of(connection: HTTPConnection) -> int:
    """The number of the event whose code is in the address. Raises `UnknownCode`: it does not say what was wrong.

    Raises `Gone` if the event was deleted since the server started.
    """
    code = connection.path_params["code"]
    event_id = admissions(connection).codes.get(code)
    if event_id is None:
        if code in admissions(connection).deleted:
            raise Gone(_("This event has been deleted. Thank you for taking part."))
        raise UnknownCode(_("There is nothing at this address. Check the code, or scan the QR on the screen."))
    return event_id


def rehearsing(connection: HTTPConnection) -> bool:
    """Whether the address is one of an event that is being rehearsed."""
    code = typed_code(str(connection.path_params.get("code", "")))
    return admissions(connection).codes.get(code, 0) in admissions(connection).rehearsals


def admitted(connection: HTTPConnection) -> Admitted:
    """The pass of this browser at the event in the address. Raises `Refused` if it has none."""
    event_id = event_of(connection)
    token = connection.cookies.get(PASS_COOKIE, "")
    token_hash = hash_token(token)
    if admissions(connection).passes.get(token_hash) != event_id:
        raise Refused(_("This browser has not joined yet. Enter the code, or scan the QR on the screen."))
    return Admitted(event_id, bytes.fromhex(token_hash)[:VOTER_BYTES])


async def phone(connection: HTTPConnection) -> None:
    """Lets browsers with a pass see the phone view."""
    admitted(connection)


async def screen(connection: HTTPConnection) -> None:
    """The screen needs only the code: it shows nothing that phones may not see."""
    event_of(connection)


async def console(connection: HTTPConnection) -> None:
    """Lets facilitators at the console."""
    await _role(connection, Role.FACILITATOR)


async def desk(connection: HTTPConnection) -> None:
    """Lets organisers at the desk."""
    await _role(connection, Role.ORGANISER)


async def host(connection: HTTPConnection) -> None:
    """Lets the host of the table in the address, and who writes beside them, at that table's page."""
    event_id, table = event_of(connection), connection.path_params["ref"]
    database: Database = connection.app.state.database
    if why := await database.read(hosts.why_outside, event_id, table, connection.cookies.get(Role.HOST.value, "")):
        raise Refused(why)


async def _role(connection: HTTPConnection, role: Role) -> None:
    event_id = event_of(connection)
    database: Database = connection.app.state.database
    if not await database.read(rules.holds, event_id, role, connection.cookies.get(role.value, "")):
        raise Refused(_("This needs a link that the organiser makes on the desk, or `eventkit link` on the server."))
