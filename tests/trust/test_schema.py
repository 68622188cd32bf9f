"""No table joins a person and a pass, and nothing tells in which order people came."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table

from eventkit.migrations.run import METADATA
from tests.fife import opened

# What names a browser's admission, and what names a human being or tells them apart.
OF_A_PASS = re.compile("(^|_)(pass|voter|browser|token)($|_)")
OF_A_PERSON = re.compile("(^|_)(person|people|name|mail|email|phone|seat|ip|user|agent|organisation|sector)($|_)")
NOT_OF_THE_ROOM = {"event", "role_link"}  # the day itself, and the organisers' links


def joining(metadata: MetaData) -> list[str]:
    """The tables whose columns, or the tables that they point to, name both a pass and a person."""
    return [
        table.name
        for table in metadata.tables.values()
        if table.name not in NOT_OF_THE_ROOM
        and any(OF_A_PASS.search(word) for word in _words(table))
        and any(OF_A_PERSON.search(word) for word in _words(table))
    ]


def _words(table: Table) -> Iterator[str]:
    yield table.name
    for column in table.columns:
        yield column.name
        yield from (key.column.table.name for key in column.foreign_keys)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened(tmp_path / "eventkit.sqlite3").close()
    connection = sqlite3.connect(tmp_path / "eventkit.sqlite3")
    yield connection
    connection.close()


def test_no_table_joins_a_person_and_a_pass() -> None:
    assert joining(METADATA) == []


@pytest.mark.parametrize("column", ["person_id", "name", "user_agent", "seat", "organisation"])
def test_table_that_joins_them_would_be_seen(column: str) -> None:
    planted = MetaData()
    Table("person", planted, Column("id", Integer, primary_key=True), Column("name", String))
    Table("pass", planted, Column("token_hash", String, primary_key=True))
    assert joining(planted) == []
    points = [ForeignKey("person.id")] if column == "person_id" else []
    Table("seen", planted, Column("voter", String), Column(column, Integer, *points))
    assert joining(planted) == ["seen"]


def test_tables_of_a_vote_hold_nothing_else(file: sqlite3.Connection) -> None:
    """A column added here must be thought about: a time, a number or a name beside a pass or an answer is a leak."""

    def columns(table: str) -> list[str]:
        return [row[1] for row in file.execute(f"PRAGMA table_info('{table}')")]

    assert columns("pass") == ["token_hash", "event_id"]
    assert columns("journal") == ["n", "box_id", "sealed"]
    assert columns("box") == ["id", "event_id", "name", "epoch", "voters", "lost", "size"]
    assert columns("note") == [
        "note_id", "wall_pk", "text", "status", "author", "paper", "cell", "pinned", "merged_into", "reason", "dots",
    ]  # fmt: skip
    assert columns("tally") == ["round_pk", "option_id", "rank", "votes"]
    assert columns("passage") == [
        "passage_id", "discussion_id", "position", "speaker", "start_s", "end_s", "text", "redactions",
    ]  # fmt: skip
    assert columns("redaction") == ["id", "discussion_id", "kind", "times", "at"]


@pytest.mark.parametrize("table", ["pass", "note"])
def test_passes_and_notes_have_no_number_of_their_own(file: sqlite3.Connection, table: str) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such column: rowid"):
        file.execute(f"SELECT rowid FROM {table}")  # noqa: S608 -- one of the two names above


def test_passes_lie_in_an_order_that_is_not_that_of_joining(file: sqlite3.Connection) -> None:
    file.execute("PRAGMA foreign_keys=OFF")
    file.executemany("INSERT INTO pass VALUES (?, 1)", [("c",), ("a",), ("b",)])
    assert [row[0] for row in file.execute("SELECT token_hash FROM pass")] == ["a", "b", "c"]


def test_file_has_every_table_of_the_models(file: sqlite3.Connection) -> None:
    found = {
        name
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'")
    }
    assert found - {"alembic_version"} == set(METADATA.tables)
