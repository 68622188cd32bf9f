"""Leaks planted on purpose: each wraps one function of the server, as a careless change would."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from eventkit.database import Database
from eventkit.events import rules as events
from eventkit.sealing import cipher
from eventkit.sealing import rules as sealing
from eventkit.sealing.box import OpenBox, Standing
from eventkit.sealing.cipher import Record
from eventkit.sealing.keys import Keys
from tests.fife import FIFE
from tests.trust.world import Sealed

Leak = Callable[[pytest.MonkeyPatch], None]


def _after_each_vote(patching: pytest.MonkeyPatch, leak: Callable[[Session, bytes, str], None]) -> None:
    original = OpenBox.cast

    async def cast(box: OpenBox, database: Database, voter: bytes, seq: int | None, choice: str) -> Standing:
        standing = await original(box, database, voter, seq, choice)
        await database.write(FIFE, leak, voter, choice)
        return standing

    patching.setattr(OpenBox, "cast", cast)


def _execute(session: Session, table: str, statement: str, *values: Any) -> None:
    session.connection().exec_driver_sql(f"CREATE TABLE IF NOT EXISTS {table}")
    session.connection().exec_driver_sql(statement, values)


def running_tally(patching: pytest.MonkeyPatch) -> None:
    """Counts live while the vote is open."""
    upsert = "INSERT INTO running VALUES (?, 1) ON CONFLICT DO UPDATE SET votes = votes + 1"
    _after_each_vote(
        patching,
        lambda session, _voter, choice: _execute(session, "running (choice UNIQUE, votes)", upsert, choice),
    )


def ballot_with_pass(patching: pytest.MonkeyPatch) -> None:
    """A row for each ballot, beside its pass."""
    insert = "INSERT INTO ballot VALUES (?, ?)"
    _after_each_vote(
        patching,
        lambda session, voter, choice: _execute(session, "ballot (voter, choice)", insert, voter.hex(), choice),
    )


def ballot_deleted_again(patching: pytest.MonkeyPatch) -> None:
    """A row for each ballot, deleted at once: it stays in the write-ahead log."""

    def leak(session: Session, voter: bytes, choice: str) -> None:
        _execute(session, "ballot (voter, choice)", "INSERT INTO ballot VALUES (?, ?)", voter.hex(), choice)
        session.commit()
        _execute(session, "ballot (voter, choice)", "DELETE FROM ballot WHERE voter = ?", voter.hex())

    _after_each_vote(patching, leak)


def variable_length(patching: pytest.MonkeyPatch) -> None:
    """A record as long as the answer."""

    def seal(key: Any, about: bytes, record: Record, _size: int) -> bytes:
        nonce = b"\0" * 12
        return nonce + bytes(key.encrypt(nonce, record.voter + record.choice.encode(), about))

    patching.setattr(cipher, "seal", seal)


def choice_in_log(patching: pytest.MonkeyPatch) -> None:
    """A line in the log for each vote."""
    _after_each_vote(patching, lambda _session, _voter, choice: logging.getLogger("eventkit").debug("vote %s", choice))


def choice_in_file_name(patching: pytest.MonkeyPatch) -> None:
    """The key's file is called after the latest answer."""

    def leak(session: Session, voter: bytes, choice: str) -> None:
        keys = session.info["boxes"].keys
        (keys._folder / f"latest-{choice}").touch()

    _after_each_vote(patching, leak)


def last_seen(patching: pytest.MonkeyPatch) -> None:
    """When each pass was last used."""
    upsert = "INSERT INTO seen VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at"

    def leak(session: Session, voter: bytes, choice: str) -> None:
        # The clock of this world is where the rules look for it.
        _execute(session, "seen (voter UNIQUE, at)", upsert, voter.hex(), vars(events)["now"]().isoformat())

    _after_each_vote(patching, leak)


def order_of_voters(patching: pytest.MonkeyPatch) -> None:
    """Who voted, in the order in which they did, though not what."""
    insert = "INSERT OR IGNORE INTO voted VALUES (?)"
    _after_each_vote(
        patching, lambda session, voter, _choice: _execute(session, "voted (voter UNIQUE)", insert, voter.hex())
    )


def pass_in_clear(patching: pytest.MonkeyPatch) -> None:
    """The pass in the journal, in clear beside what is sealed."""
    original = Sealed.seal

    def seal(sealed: Sealed, key: Any, about: bytes, record: Record, size: int) -> bytes:
        return record.voter + original(sealed, key, about, record, size)

    patching.setattr(Sealed, "seal", seal)


def answers_stored_unsorted(patching: pytest.MonkeyPatch) -> None:
    """At the count the tallies are written in the order in which the answers first came."""
    original = sealing.count

    def count(session: Session, box: Any) -> Any:
        counted = original(session, box)
        for choice in counted:
            _execute(session, "first_come (choice)", "INSERT INTO first_come VALUES (?)", choice)
        return counted

    patching.setattr(sealing, "count", count)


def key_in_database(patching: pytest.MonkeyPatch) -> None:
    """The key beside what it seals."""
    original = sealing.open_box

    def open_box(session: Session, event_id: int, name: str, *rest: Any, **settings: Any) -> None:
        original(session, event_id, name, *rest, **settings)
        keys = session.info["boxes"].keys
        key = keys.read(keys.names()[0])
        _execute(session, "kept (key)", "INSERT INTO kept VALUES (?)", key.hex())

    patching.setattr(sealing, "open_box", open_box)


def key_in_log(patching: pytest.MonkeyPatch) -> None:
    """The key in a debugging line."""
    original = Keys.make

    def make(keys: Keys, name: str) -> bytes:
        key = original(keys, name)
        logging.getLogger("eventkit").debug("made %r for %s", key, name)
        return key

    patching.setattr(Keys, "make", make)


def key_that_stays(patching: pytest.MonkeyPatch) -> None:
    """Nobody destroys the key."""
    patching.setattr(Keys, "destroy", Keys.read)


def key_renamed(patching: pytest.MonkeyPatch) -> None:
    """The key is put away instead of destroyed."""

    def destroy(keys: Keys, name: str) -> None:
        path = keys._path(name)
        path.rename(path.with_suffix(".old"))

    patching.setattr(Keys, "destroy", destroy)


LEAKS: list[tuple[str, Leak]] = [
    ("swap", running_tally),
    ("swap", ballot_with_pass),
    ("swap", ballot_deleted_again),
    ("swap", variable_length),
    ("swap", choice_in_log),
    ("swap", choice_in_file_name),
    ("order", last_seen),
    ("order", order_of_voters),
    ("order", pass_in_clear),
    ("order", answers_stored_unsorted),
    ("key", key_in_database),
    ("key", key_in_log),
    ("key", key_that_stays),
    ("key", key_renamed),
]
