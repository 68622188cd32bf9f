"""The demonstration's server with its 42 simulated people."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import httpx2
from sqlmodel import Session

from eventkit.database import Database, now
from eventkit.demo import seating, stories, writing
from eventkit.demo.remote import Remote
from eventkit.errors import Unavailable
from eventkit.events import retention
from eventkit.events import rules as events
from eventkit.events.control import new_link
from eventkit.events.models import Role
from eventkit.rehearsal.people import People
from eventkit.server import running
from eventkit.server.announcement import announce
from eventkit.server.door import here, listen, settled
from eventkit.server.stored import Stored, admit, open_database, read_plan
from eventkit.settings import Settings
from eventkit.web.language import gettext as _

FIFE = Path(__file__).with_name("fife.toml")
NUMBER = 42


@dataclass(frozen=True)
class Room:
    """The demonstration while it runs; `base` is its address on this machine."""

    database: Database
    event: Stored
    people: People
    base: str


@contextmanager
def place(settings: Settings, data: Path | None, port: int | None) -> Iterator[tuple[Settings, socket.socket]]:
    """Settings for a demonstration and the port that it has taken.

    Unless `data` names a folder, all of it lies in a temporary one, with the keys in another, because no key may lie
    beside the data. If the usual port is taken and none was asked for, any free one will do.
    """
    with TemporaryDirectory(prefix="eventkit-demo-") as folder, TemporaryDirectory(prefix="eventkit-keys-") as keys:
        folders = {"data": data} if data else {"data": Path(folder), "key_dir": Path(keys)}
        settings = settings.model_copy(update=folders)
        click.echo(_("The data lies in {folder}.").format(folder=settings.data), nl=False)
        click.echo("" if data else " " + _("It goes when the demonstration stops; keep it with --data."))
        with _port(settings, port) as taken:
            yield settled(settings, taken), taken


@asynccontextmanager
async def opened(settings: Settings, port: socket.socket, speed: float = 1) -> AsyncIterator[Room]:
    """The Fife day, served, with people on their way in."""
    with open_database(settings.database) as database:
        event = await database.write(None, admit, read_plan(FIFE))
        await database.write(None, _keep_recordings, event.event_id)
        people = People(here(settings), event.code, NUMBER, speed, sayings={**writing.sayings(), **stories.sayings()})
        async with running.serving(settings, database, port):
            living = asyncio.create_task(people.live())
            try:
                yield Room(database, event, people, here(settings))
            finally:
                living.cancel()
                await asyncio.wait([living])


async def watch(settings: Settings, port: socket.socket) -> None:
    """Serves the day until somebody stops it."""
    async with opened(settings, port) as room:
        await _seated(room)
        await announce(settings, room.database, [room.event])
        click.echo(_("{number} simulated people are joining. Open the console and the screen.").format(number=NUMBER))
        await asyncio.Event().wait()


def _keep_recordings(session: Session, event_id: str) -> None:
    """The day was years ago: consent can be withdrawn, and recordings are kept, as if it were today."""
    day = events.by_name(session, event_id)
    day.recordings_until = retention.day_at(day, now()) + timedelta(days=retention.RECORDING_DAYS)


async def _seated(room: Room) -> None:
    """A new day has seats before anybody looks."""
    if room.event.created:
        async with httpx2.AsyncClient(base_url=room.base, trust_env=False) as client:
            remote = Remote(client, room.event.code)
            await remote.enter(await room.database.write(None, new_link, room.event.event_id, Role.ORGANISER))
            await seating.seat(remote)
            click.echo(_("Everybody on its list has a seat: the desk's pages Tables and Door."))


def _port(settings: Settings, asked: int | None) -> socket.socket:
    if asked is not None:
        return listen(settings.host, asked)
    try:
        return listen(settings.host, settings.port)
    except Unavailable:
        return listen(settings.host, 0)
