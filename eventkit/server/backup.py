"""One file that holds everything stored, as of one moment, and never a key.

A zip of two members: `eventkit.sqlite3`, a copy without a byte of what was deleted, and `manifest.json`, which says
what is in it.
"""

import os
import secrets
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from pydantic import BaseModel

from eventkit.database import now
from eventkit.errors import BadInput, NotFound, Unavailable
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext

MANIFEST, DATABASE = "manifest.json", "eventkit.sqlite3"
BLOCK = 1 << 20
SCHEMA = "SELECT version_num FROM alembic_version"
EVENTS = "SELECT event_id FROM event ORDER BY event_id"
SEALED = """
    SELECT event.event_id, box.name, box.voters FROM box JOIN event ON event.id = box.event_id
    WHERE box.voters > 0 ORDER BY 1, 2
"""


class SealedVote(BaseModel):
    """A vote that was not counted when the backup was made; `name` is its box's, such as "poll-p3-r1"."""

    event_id: str
    name: str
    answers: int

    @property
    def sentence(self) -> str:
        """What the backup cannot do."""
        words = {"question": self.name.partition("-")[2].rpartition("-")[0], "number": self.answers}
        said = ngettext(
            "The vote on question {question} was not counted yet: its {number} answer stays sealed in this backup and "
            "cannot be counted from it.",
            "The vote on question {question} was not counted yet: its {number} answers stay sealed in this backup and "
            "cannot be counted from it.",
            self.answers,
        )
        return f"{self.event_id}: {said.format(**words)}"


class Manifest(BaseModel):
    """What a backup says of itself: `eventkit` and `schema_version` made it, `sha256` is that of its database."""

    eventkit: str
    schema_version: str
    made_at: datetime
    sha256: str
    events: list[str]
    sealed_votes: list[SealedVote]


def back_up(database: Path, file: Path) -> Manifest:
    """Writes the file, whole or not at all, for this user alone; a server may run meanwhile. Raises `EventkitError`."""
    _check_places(database, file)
    beside = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with tempfile.TemporaryDirectory(prefix=".eventkit-", dir=file.parent) as folder:
            copy = Path(folder) / DATABASE
            copy.touch(0o600)
            _copy(database, copy)
            manifest = _described(copy)
            try:
                _write(beside, copy, manifest)
                beside.replace(file)
            finally:
                beside.unlink(missing_ok=True)
    except sqlite3.Error as error:
        raise Unavailable(_("{path} cannot be read: {reason}.").format(path=database, reason=error)) from None
    except OSError as error:
        raise BadInput(_("{path} could not be written: {reason}.").format(path=file, reason=error.strerror)) from None
    return manifest


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, as hex."""
    with path.open("rb") as file:
        digest = sha256()
        for block in iter(lambda: file.read(BLOCK), b""):
            digest.update(block)
    return digest.hexdigest()


def private(path: str, flags: int) -> int:
    """Opens a file that only this user may read."""
    return os.open(path, flags, 0o600)


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that leaves the file as it is, and its write-ahead log to the server."""
    connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None)
    connection.execute("PRAGMA wal_autocheckpoint=0")
    connection.execute("PRAGMA busy_timeout=5000")
    return connection


def _check_places(database: Path, file: Path) -> None:
    if not database.is_file():
        sentence = _("No events are stored in {folder}. Name another folder with --data.")
        raise NotFound(sentence.format(folder=database.parent))
    if file.exists():
        raise BadInput(_("{file} is there already, and was left as it is. Give another name.").format(file=file))
    if file.resolve().is_relative_to(database.parent.resolve()):
        # It would be lost together with what it is a copy of, and would keep what is deleted there.
        raise BadInput(_("{file} lies inside the data folder. Put the backup somewhere else.").format(file=file))


def _copy(database: Path, copy: Path) -> None:
    # VACUUM INTO reads one moment, and takes over no page that was deleted.
    with closing(read_only(database)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))


def _described(copy: Path) -> Manifest:
    with closing(read_only(copy)) as connection:
        return Manifest(
            eventkit=version("eventkit"),
            schema_version=_column(connection, SCHEMA)[0],
            made_at=now(),
            sha256=hash_of(copy),
            events=_column(connection, EVENTS),
            sealed_votes=list(_sealed(connection)),
        )


def _sealed(connection: sqlite3.Connection) -> Iterator[SealedVote]:
    for event_id, name, answers in connection.execute(SEALED):
        yield SealedVote(event_id=event_id, name=name, answers=answers)


def _column(connection: sqlite3.Connection, question: str) -> list[str]:
    return [value for (value,) in connection.execute(question)]


def _write(beside: Path, copy: Path, manifest: Manifest) -> None:
    with open(beside, "xb", opener=private) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, manifest.model_dump_json(indent=2))
            archive.write(copy, DATABASE)
        file.flush()
        os.fsync(file.fileno())
