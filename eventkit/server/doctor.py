"""Looks at what could stop a day, before it does: one finding for each thing, with what to do about it."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout
from jinja2 import Environment, TemplateSyntaxError
from sqlmodel import select

from eventkit.database import now
from eventkit.errors import EventkitError
from eventkit.events import retention
from eventkit.events.models import Event
from eventkit.sealing.keys import Keys
from eventkit.server import keyfolder
from eventkit.server.door import Door, listen, settled
from eventkit.server.stored import open_readers
from eventkit.settings import Settings
from eventkit.web.address import Address
from eventkit.web.language import gettext as _
from eventkit.web.rendering import STATIC, TEMPLATES

HTMX_SHA256 = "71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de"
OLDEST_SQLITE = (3, 37, 0)
NO_ROOM, LITTLE_ROOM = 100_000_000, 1_000_000_000


class Grade(Enum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"

    @property
    def colour(self) -> str:
        """For the terminal."""
        return {Grade.OK: "green", Grade.WARNING: "yellow", Grade.FAULT: "red"}[self]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    grade: Grade
    sentence: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Every finding, the same ones in the same order each time."""
    yield _disk(settings.data)
    yield _writable(settings.data)
    yield _sqlite()
    yield _clock(settings.database)
    yield from _kept(settings.database)
    yield from _door(settings)
    yield _keys(settings)
    yield from _templates(settings.templates)
    yield _front_end()


def _disk(data: Path) -> Finding:
    folder = _existing(data)
    free = shutil.disk_usage(folder).free
    grade = Grade.FAULT if free < NO_ROOM else Grade.WARNING if free < LITTLE_ROOM else Grade.OK
    said = _("{free} MB are free on the disk of {folder}.").format(free=free // 1_000_000, folder=data)
    return Finding(grade, said if grade is Grade.OK else said + " " + _("Make room, or choose another with --data."))


def _writable(data: Path) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=_existing(data)) as file:
            file.write(b"eventkit")
    except OSError as error:
        said = _("The data folder {folder} cannot be written to ({reason}). Choose another with --data.")
        return Finding(Grade.FAULT, said.format(folder=data, reason=error.strerror))
    return Finding(Grade.OK, _("The data folder {folder} can be written to.").format(folder=data))


def _sqlite() -> Finding:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        said = _("SQLite {version} is too old. Use a Python that brings 3.37 or newer.")
        return Finding(Grade.FAULT, said.format(version=sqlite3.sqlite_version))
    return Finding(Grade.OK, _("SQLite is version {version}.").format(version=sqlite3.sqlite_version))


def _clock(database: Path) -> Finding:
    """A clock that stands before something that has happened already is wrong."""
    past = [path for path in (database, Path(__file__)) if path.exists()]
    latest = max(datetime.fromtimestamp(path.stat().st_mtime, UTC) for path in past)
    moment = datetime.now(UTC)
    shown = f"{moment:%Y-%m-%d %H:%M} UTC"
    if (latest - moment).total_seconds() > 60:
        return Finding(Grade.WARNING, _("The clock says {moment}, which is past already. Set it.").format(moment=shown))
    return Finding(Grade.OK, _("The clock says {moment}.").format(moment=shown))


def _kept(database: Path) -> Iterator[Finding]:
    """Which events are soon deleted."""
    if not database.exists():
        return
    try:
        with open_readers(database) as readers, readers.reading() as session:
            for event in session.exec(select(Event).order_by(Event.event_id)):
                if said := retention.warning(event, retention.day_at(event, now())):
                    yield Finding(Grade.WARNING, said)
    except EventkitError as refusal:
        yield Finding(Grade.WARNING, refusal.sentence)


def _door(settings: Settings) -> Iterator[Finding]:
    door = Door.read(settings.data) if _held(settings.database) else None
    if door is not None:
        yield Finding(Grade.OK, _("A server runs here at {address}.").format(address=door.address))
        yield _reach(Address.read(door.printed))
        return
    try:
        with listen(settings.host, settings.port) as port:
            address = Address.read(settled(settings, port).address)
    except EventkitError as refusal:
        yield Finding(Grade.FAULT, refusal.sentence)
        return
    yield Finding(Grade.OK, _("Port {port} is free.").format(port=settings.port))
    yield _reach(address)


def _reach(address: Address) -> Finding:
    if address.here_only:
        said = _("No phone can reach {address}: use --host 0.0.0.0, or give the room's address with --address.")
        return Finding(Grade.WARNING, said.format(address=address.base))
    return Finding(Grade.OK, _("Phones are sent to {address}.").format(address=address.base))


def _keys(settings: Settings) -> Finding:
    if settings.key == "memory":
        return Finding(Grade.WARNING, keyfolder.in_memory())
    try:
        keys = Keys(settings.key_dir, settings.database)
        name = f"doctor-{datetime.now(UTC):%f}"
        keys.make(name)
        keys.destroy(name)
    except EventkitError as refusal:
        return Finding(Grade.FAULT, refusal.sentence)
    return Finding(Grade.OK, keyfolder.survival(settings.key_dir))


def _templates(user_folder: Path | None) -> Iterator[Finding]:
    if not (TEMPLATES / "stage" / "phone.html").is_file():
        yield Finding(Grade.FAULT, _("The templates are missing. Install eventkit again."))
        return
    if user_folder is None:
        yield Finding(Grade.OK, _("The templates are there."))
        return
    if not user_folder.is_dir():
        said = _("The template folder {folder} does not exist. Correct EVENTKIT_TEMPLATES.")
        yield Finding(Grade.FAULT, said.format(folder=user_folder))
        return
    own = sorted(path.relative_to(user_folder) for path in user_folder.rglob("*.html"))
    said = _("{number} of your own templates go before eventkit's.")
    yield Finding(Grade.OK, said.format(number=len(own)))
    for path in own:
        yield from _own_template(user_folder, path)


def _own_template(folder: Path, path: Path) -> Iterator[Finding]:
    if not (TEMPLATES / path).is_file():
        said = _("Your template {path} replaces none of eventkit's. Look at its name.")
        yield Finding(Grade.WARNING, said.format(path=path))
    try:
        Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse((folder / path).read_text("utf-8"))
    except (TemplateSyntaxError, UnicodeDecodeError) as fault:
        said = _("Your template {path} cannot be read: {fault}. Mend it, or take it away.")
        yield Finding(Grade.FAULT, said.format(path=path, fault=fault))


def _front_end() -> Finding:
    try:
        content = (STATIC / "vendor" / "htmx.min.js").read_bytes()
    except OSError:
        return Finding(Grade.FAULT, _("htmx is missing, so that pages reload at every press. Install eventkit again."))
    if sha256(content).hexdigest() != HTMX_SHA256 or not (STATIC / "live.js").is_file():
        return Finding(Grade.FAULT, _("The front-end files are not the ones of this version. Install eventkit again."))
    return Finding(Grade.OK, _("The front-end files are the ones of this version."))


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next(path for path in (folder.absolute(), *folder.absolute().parents) if path.is_dir())


def _held(database: Path) -> bool:
    path = database.with_suffix(".lock")
    if not path.exists():
        return False
    lock = FileLock(path, blocking=False)
    try:
        lock.acquire()
    except (Timeout, OSError):
        return True
    lock.release()
    return False
