"""The database file: engines, readers, and the one writer.

Rules that keep what was acknowledged (each has a test): every change runs on the one writer thread, inside BEGIN
IMMEDIATE; the answer leaves after the commit (`synchronous=FULL`); readers are opened read-only and never checkpoint
(SQLite's WAL-reset fault needs two connections that do); deleted bytes are overwritten (`secure_delete`); one process
holds a file.
"""

import asyncio
import sqlite3
from asyncio import Future
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import quote

from filelock import FileLock, Timeout
from sqlalchemy import Dialect, Engine, QueuePool, StaticPool, String, TypeDecorator
from sqlalchemy import create_engine as make_engine
from sqlalchemy import event as hook
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

from eventkit.errors import Unavailable
from eventkit.writer import Gate, Listener, Writer

WRITER_PRAGMAS = "journal_mode=WAL synchronous=FULL secure_delete=ON foreign_keys=ON busy_timeout=5000".split()
READER_PRAGMAS = "query_only=ON wal_autocheckpoint=0 busy_timeout=5000".split()

# Named from the first table, so that a later version can find and change each of them.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """One file, held by one process. `info` is given to every session: what rules need beside the rows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.info: dict[str, Any] = {}
        self.writing = _engine(path, "", WRITER_PRAGMAS, "BEGIN IMMEDIATE")
        self._reading = _engine(path, "?mode=ro", READER_PRAGMAS, "BEGIN")
        self._lock = FileLock(path.with_suffix(".lock"), blocking=False)
        self._writer = Writer(self.writing, self.info)

    def open(self) -> None:
        """Takes the file for this process. Raises `Unavailable` if it cannot be had."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
            self.writing.connect().close()
        except Timeout:
            raise Unavailable(
                f"Another eventkit server has {self.path} open. Stop it, or give this one another --data folder."
            ) from None
        except OSError as error:
            raise Unavailable(f"The folder {self.path.parent} cannot be written to: {error}") from None
        except DBAPIError as error:
            self._lock.release()
            raise Unavailable(f"The database {self.path} cannot be opened: {error.orig}.") from None

    def close(self) -> None:
        """Finishes what is waiting and lets the file go."""
        self._writer.close()
        self._reading.dispose()
        self.writing.dispose()
        self._lock.release()

    @property
    def on_commit(self) -> list[Listener]:
        """Told on the event loop, after each commit, which event changed and which views (None: all) may differ."""
        return self._writer.on_commit

    async def write(
        self, event_id: int | None, verb: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Runs `verb(session, …)` on the writer thread; returns its plain value after the commit."""
        return await self._writer.write(event_id, lambda session: verb(session, *args, **kwargs))

    def append(self, gate: Gate, row: object) -> Future[None]:
        """Hands a row to the writer; the future is done when the row is on disk, or fails as the gate did."""
        return self._writer.append(gate, row)

    async def read(self, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs `question(session, …)` on a reader in a thread."""

        def answer() -> T:
            with self.reading() as session:
                return question(session, *args, **kwargs)

        return await asyncio.to_thread(answer)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that cannot write, on one snapshot."""
        with Session(self._reading, info=dict(self.info)) as session:
            yield session


def now() -> datetime:
    """This moment, in UTC, to the second: finer times would tell more about people than anyone needs."""
    return datetime.now(UTC).replace(microsecond=0)


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC, stored as ISO text that any reader of the file understands."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else value.astimezone(UTC).isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Exact(TypeDecorator[Decimal]):
    """A decimal number stored as the digits that were published; a float would change them."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def _engine(path: Path, mode: str, pragmas: list[str], begin: str) -> Engine:
    """An engine whose transactions begin as told; the driver would begin them late, and deferred."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"file:{quote(str(path))}{mode}", uri=True, isolation_level=None, check_same_thread=False
        )
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    pool = QueuePool if mode else StaticPool
    engine = make_engine("sqlite://", creator=connect, poolclass=pool, hide_parameters=True)
    hook.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine
