"""The writer and the disk: when it is full, and what is left on it of what was deleted."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from eventkit.database import Database
from eventkit.errors import Conflict, Unavailable
from eventkit.writer import compact_after
from tests.fife import FIFE
from tests.words import Door, add, together, words, words_in, writing


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with words_in(tmp_path) as made:
        yield made


def test_full_disk_says_not_saved_and_the_server_goes_on(database: Database) -> None:
    def big(session: Session, text: str) -> str:
        return add(session, text * 20_000)

    def pages(number: int) -> None:
        driver = database.writing.raw_connection().driver_connection
        assert driver is not None
        driver.execute(f"PRAGMA max_page_count={number}")

    door = Door()
    together(database, writing(database, add, "before"))
    with sqlite3.connect(database.path) as other:
        (now_used,) = other.execute("PRAGMA page_count").fetchone()
    other.close()
    pages(now_used)
    answers = together(database, writing(database, big, "x"), lambda: database.append(door, "y" * 20_000))
    assert [type(answer) for answer in answers] == [Unavailable, Unavailable]
    answers = together(database, writing(database, big, "x"))
    assert [type(answer) for answer in answers] == [Unavailable]
    assert words(database) == ["before"]
    with database.reading() as session:
        assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    pages(1_000_000)
    assert together(database, writing(database, add, "after")) == ["added after"]
    assert words(database) == ["before", "after"]


def test_disk_that_takes_nothing_is_told_to_the_one_who_wrote(database: Database) -> None:
    def refused_by_the_disk(session: Session) -> None:
        session.connection().exec_driver_sql("PRAGMA query_only=ON")
        try:
            add(session, "a")
        finally:
            session.connection().exec_driver_sql("PRAGMA query_only=OFF")

    answers = together(database, writing(database, refused_by_the_disk), writing(database, add, "b"))
    assert [type(answer) for answer in answers] == [Unavailable, str]
    assert words(database) == ["b"]


SECRET = "Nobody must find this in the file " * 40


def forget(session: Session) -> None:
    session.connection().exec_driver_sql("DELETE FROM word")
    compact_after(session)


def all_bytes(database: Database) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(database.path.parent.iterdir()))


def test_compacting_leaves_no_deleted_text_in_any_file(database: Database) -> None:
    together(database, *[writing(database, add, f"{number} {SECRET}") for number in range(30)])
    assert SECRET.encode() in all_bytes(database)
    together(database, writing(database, forget))
    assert SECRET.encode() not in all_bytes(database)
    assert database.path.with_name(database.path.name + "-wal").stat().st_size == 0


def test_compacting_waits_for_a_reader(database: Database) -> None:
    together(database, writing(database, add, SECRET))
    with database.reading() as session:
        session.connection().exec_driver_sql("SELECT count(*) FROM word").scalar()
        threading.Timer(0.3, session.rollback).start()
        together(database, writing(database, forget))
    assert SECRET.encode() not in all_bytes(database)


def test_compacting_gives_up_on_a_reader_that_stays(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    """A forgotten reader must not stop the room; the next compacting catches up."""
    driver = database.writing.raw_connection().driver_connection
    assert driver is not None
    driver.execute("PRAGMA busy_timeout=50")
    together(database, writing(database, add, SECRET))
    with database.reading() as session:
        session.connection().exec_driver_sql("SELECT count(*) FROM word").scalar()
        assert together(database, writing(database, forget)) == [None]
        assert "a reader holds it" in caplog.text
        assert SECRET.encode() in all_bytes(database)
    together(database, writing(database, forget))
    assert SECRET.encode() not in all_bytes(database)


def test_compacting_that_cannot_be_done_keeps_the_answer(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(writer: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("eventkit.writer.Writer._compact", full)
    assert together(database, writing(database, forget)) == [None]
    assert "an effect after the commit failed" in caplog.text


def test_failed_verb_asks_for_no_compacting(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    compacted: list[object] = []
    monkeypatch.setattr("eventkit.writer.Writer._compact", compacted.append)

    def refused(session: Session) -> None:
        compact_after(session)
        raise Conflict("No.")

    together(database, lambda: database.write(FIFE, refused))
    assert compacted == []
