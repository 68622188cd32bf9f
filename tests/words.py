"""A table of words, a gate for them, and many who write at once."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session

from eventkit.database import Database
from eventkit.errors import Conflict
from tests.fife import FIFE, opened

Answers = list[Any]


@contextmanager
def words_in(folder: Path) -> Iterator[Database]:
    """A database with a table of words."""
    made = opened(folder / "data" / "eventkit.sqlite3")
    with made.writing.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE word (text TEXT UNIQUE)")
    yield made
    made.close()


class Door:
    """A gate for words; `shut` refuses."""

    def __init__(self, event_id: int = FIFE, views: frozenset[str] = frozenset({"screen"})) -> None:
        self.event_id, self.views, self.shut = event_id, views, False
        self.calls: list[list[str]] = []

    def __call__(self, connection: Connection, rows: Sequence[str]) -> None:
        self.calls.append(list(rows))
        if self.shut:
            raise Conflict("Shut.")
        connection.exec_driver_sql("INSERT INTO word VALUES (?)", [(row,) for row in rows])

    def settled(self, row: str, refusal: Exception | None) -> None:
        """Nothing is remembered."""


def add(session: Session, text: str) -> str:
    """A verb."""
    session.connection().exec_driver_sql("INSERT INTO word VALUES (?)", (text,))
    return f"added {text}"


def fail(session: Session, text: str) -> None:
    """A verb that is refused after it has written."""
    add(session, text)
    raise Conflict(f"No {text}.")


def words(database: Database) -> list[str]:
    """What another program finds in the file."""
    with sqlite3.connect(database.path) as other:
        found = [text for (text,) in other.execute("SELECT text FROM word ORDER BY rowid")]
    other.close()
    return found


def together(database: Database, *waiting: Callable[[], Any]) -> Answers:
    """Starts all of these while the writer is held, so that they make one batch; gives answers and refusals."""

    async def run() -> Answers:
        held = threading.Event()
        first = asyncio.create_task(database.write(None, lambda _session: held.wait(5)))
        await asyncio.sleep(0.01)
        tasks = [asyncio.ensure_future(start()) for start in waiting]
        await asyncio.sleep(0.01)
        held.set()
        await first
        return await asyncio.gather(*tasks, return_exceptions=True)

    return asyncio.run(run())


def writing(database: Database, *args: Any, event_id: int | None = FIFE) -> Callable[[], Coroutine[Any, Any, Any]]:
    """A verb to be written later."""
    return lambda: database.write(event_id, *args)
