"""The file: who may write, what is kept when the process dies, and what people are told if it cannot be had."""

import asyncio
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from eventkit.database import Database, Exact, Moment, now
from eventkit.errors import Unavailable
from tests.fife import opened

# A server of words: each is printed when it was acknowledged, so what is printed must be in the file.
SERVER = """
import asyncio, sys
from pathlib import Path
from eventkit.database import Database

class Door:
    event_id, views = 1, frozenset()
    def __call__(self, connection, rows):
        connection.exec_driver_sql("INSERT INTO word VALUES (?)", [(row,) for row in rows])
    def settled(self, row, refusal):
        pass

def add(session, text):
    session.connection().exec_driver_sql("INSERT INTO word VALUES (?)", (text,))

async def person(database, door, number):
    for count in range(100_000):
        text = f"{number}-{count}"
        await (database.write(1, add, text) if number % 4 == 0 else database.append(door, text))
        print(text, flush=True)

async def main():
    database, door = Database(Path(sys.argv[1])), Door()
    database.open()
    await asyncio.gather(*(person(database, door, number) for number in range(40)))

asyncio.run(main())
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = opened(tmp_path / "data" / "eventkit.sqlite3")
    with made.writing.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE word (text TEXT)")
    yield made
    made.close()


def pragma(session: Session, name: str) -> object:
    return session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()


def add(session: Session, text: str) -> None:
    session.connection().exec_driver_sql("INSERT INTO word VALUES (?)", (text,))


def test_writer_syncs_each_commit_and_overwrites_what_is_deleted(database: Database) -> None:
    with Session(database.writing) as session:
        names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "busy_timeout")
        assert [pragma(session, name) for name in names] == ["wal", 2, 1, 1, 5000]


def test_writer_begins_at_once(database: Database) -> None:
    """A deferred transaction could find the lock taken when it is half through."""
    with Session(database.writing) as session:
        session.connection()
        other = sqlite3.connect(database.path, timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


def test_readers_cannot_write(database: Database) -> None:
    with database.reading() as session, pytest.raises(OperationalError, match="readonly"):
        add(session, "a")
    with database.reading() as session:
        assert [pragma(session, name) for name in ("query_only", "wal_autocheckpoint")] == [1, 0]


def test_readers_never_checkpoint(database: Database) -> None:
    """SQLite's WAL-reset fault needs two connections that do."""

    async def fill() -> None:
        for number in range(20):
            await database.write(1, add, str(number) * 3000)

    asyncio.run(fill())
    before = database.path.read_bytes()
    for _ in range(3):
        with database.reading() as session:
            session.connection().exec_driver_sql("SELECT count(*) FROM word").scalar()
            session.rollback()
            with pytest.raises(OperationalError):
                session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database._reading.dispose()
    assert database.path.read_bytes() == before


def test_reader_keeps_one_snapshot(database: Database) -> None:
    with database.reading() as session:
        count = "SELECT count(*) FROM word"
        assert session.connection().exec_driver_sql(count).scalar() == 0
        asyncio.run(database.write(1, add, "a"))
        assert session.connection().exec_driver_sql(count).scalar() == 0


def test_second_server_is_told_who_has_the_file(database: Database) -> None:
    second = Database(database.path)
    with pytest.raises(Unavailable) as refusal:
        second.open()
    assert refusal.value.sentence == (
        f"Another eventkit server has {database.path} open. Stop it, or give this one another --data folder."
    )


def test_second_process_is_told_who_has_the_file(database: Database) -> None:
    other = subprocess.run(
        [sys.executable, "-c", SERVER, str(database.path)], capture_output=True, text=True, timeout=30, check=False
    )
    assert other.returncode == 1
    assert "Another eventkit server has" in other.stderr


def test_closed_file_can_be_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "eventkit.sqlite3"
    for _ in range(2):
        opened(path).close()


def test_folder_that_cannot_be_written_gives_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(Unavailable, match=r"The folder .* cannot be written to: "):
        Database(tmp_path / "file" / "data" / "eventkit.sqlite3").open()


def test_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "eventkit.sqlite3"
    path.write_bytes(b"a shopping list " * 100)
    database = Database(path)
    with pytest.raises(
        Unavailable, match=r"^The database .*eventkit\.sqlite3 cannot be opened: file is not a database\.$"
    ):
        database.open()
    assert path.read_bytes() == b"a shopping list " * 100


def test_file_is_let_go_when_it_could_not_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "eventkit.sqlite3"
    path.write_bytes(b"a shopping list " * 100)
    refused = Database(path)
    with pytest.raises(Unavailable):
        refused.open()
    path.unlink()
    opened(path).close()


@pytest.mark.parametrize("acknowledged", [200, 1500])
def test_killed_server_keeps_every_acknowledged_row(database: Database, acknowledged: int) -> None:
    database.close()
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(database.path)], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    told = [server.stdout.readline().strip() for _ in range(acknowledged)]
    server.send_signal(signal.SIGKILL)
    rest = server.stdout.read()
    told += rest[: rest.rfind("\n") + 1].split()
    server.stdout.close()
    server.wait()
    database = opened(database.path)
    with database.reading() as session:
        stored = [text for (text,) in session.connection().exec_driver_sql("SELECT text FROM word")]
        assert set(told) - set(stored) == set()
        assert len(stored) == len(set(stored))
        assert pragma(session, "integrity_check") == "ok"
    database.close()


def test_refused_value_is_not_in_the_error(database: Database) -> None:
    """Errors end up in logs."""
    with pytest.raises(OperationalError) as error:
        asyncio.run(database.write(1, lambda session: add_to_nowhere(session, "a secret")))
    assert "a secret" not in str(error.value)


def add_to_nowhere(session: Session, text: str) -> None:
    session.connection().exec_driver_sql("INSERT INTO nowhere VALUES (?)", (text,))


def test_moments_are_whole_seconds_in_utc() -> None:
    moment = now()
    assert (moment.tzinfo, moment.microsecond) == (UTC, 0)


def test_moment_is_stored_as_text_in_utc() -> None:
    summer = datetime(2016, 5, 18, 10, 30, tzinfo=timezone(timedelta(hours=1)))
    stored = Moment().process_bind_param(summer, None)
    assert stored == "2016-05-18T09:30:00+00:00"
    assert Moment().process_result_value(stored, None) == summer


def test_figure_keeps_its_published_digits() -> None:
    stored = Exact().process_bind_param(Decimal("14.10"), None)
    assert stored == "14.10"
    assert str(Exact().process_result_value(stored, None)) == "14.10"
