"""Leaks planted on walls: each wraps one function of the server, as a careless change would."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlmodel import Session

from eventkit.database import Database
from eventkit.wall import closing, moderation, notes
from eventkit.wall.models import Note
from eventkit.writer import Writer
from tests.fife import FIFE

Leak = Callable[[pytest.MonkeyPatch], None]
CHECKPOINT = "PRAGMA wal_checkpoint(TRUNCATE)"


def _keeping(name: str) -> Leak:
    """A column of the note stays as it was when the wall closes."""

    def leak(patching: pytest.MonkeyPatch) -> None:
        original = closing._anew

        def anew(note: Note, fresh: Mapping[str, str], cells: Mapping[str, int]) -> dict[str, Any]:
            return original(note, fresh, cells) | {name: getattr(note, name)}

        patching.setattr(closing, "_anew", anew)

    leak.__name__ = f"{name}_kept"
    return leak


def _with_each_note(patching: pytest.MonkeyPatch, leak: Callable[[Session, str, str, str], None]) -> None:
    """Something more is done whenever a note is posted: with its id, its author and its text."""
    original = notes.post

    def post(
        session: Session, event_id: int, wall_id: str, note_id: str, author: str, text: str, *, paper: bool = False
    ) -> str:
        leak(session, note_id, author, text)
        return original(session, event_id, wall_id, note_id, author, text, paper=paper)

    patching.setattr(notes, "post", post)


def _execute(session: Session, table: str, statement: str, *values: Any) -> None:
    session.connection().exec_driver_sql(f"CREATE TABLE IF NOT EXISTS {table}")
    session.connection().exec_driver_sql(statement, values)


def time_stored(patching: pytest.MonkeyPatch) -> None:
    """When each note came, beside its words."""

    def leak(session: Session, _note_id: str, _author: str, text: str) -> None:
        at = vars(closing)["now"]().isoformat()  # the clock of this world is where the rules look for it
        _execute(session, "sent (text PRIMARY KEY, at)", "INSERT OR REPLACE INTO sent VALUES (?, ?)", text, at)

    _with_each_note(patching, leak)


def numbered(patching: pytest.MonkeyPatch) -> None:
    """A table beside the notes whose row numbers are the order in which they came."""
    insert = "INSERT INTO sent VALUES (?)"
    _with_each_note(patching, lambda session, _id, _author, text: _execute(session, "sent (text)", insert, text))


def author_in_log(patching: pytest.MonkeyPatch) -> None:
    """A debugging line for each note."""
    log = logging.getLogger("eventkit")
    _with_each_note(patching, lambda _session, _id, author, text: log.debug("note of %s: %d", author, len(text)))


def last_note_of_an_author(patching: pytest.MonkeyPatch) -> None:
    """What an author wrote last, so that a double tap is noticed."""
    upsert = "INSERT OR REPLACE INTO latest VALUES (?, ?)"
    _with_each_note(
        patching,
        lambda session, _id, author, text: _execute(
            session, "latest (author PRIMARY KEY, length)", upsert, author, len(text)
        ),
    )


def ids_in_the_order_of_the_old_ones(patching: pytest.MonkeyPatch) -> None:
    """The wall is written anew, but not in the order of its texts."""
    patching.setattr(closing, "_kept_of", lambda _session, _wall: lambda note: note.note_id)


def themes_kept_under_the_old_ids(patching: pytest.MonkeyPatch) -> None:
    """What was done with a note goes on naming the id that its author's phone knows."""
    patching.setattr(closing, "_follow", lambda *_given: None)


def never_compacted(patching: pytest.MonkeyPatch) -> None:
    """What was deleted stays in the write-ahead log."""
    patching.setattr(Writer, "_compact", lambda _writer: None)


def log_never_emptied(patching: pytest.MonkeyPatch) -> None:
    """The file is rewritten, and its log goes on holding what was there before."""

    def compact(writer: Writer) -> None:
        _driver(writer).execute("VACUUM")

    patching.setattr(Writer, "_compact", compact)


def file_never_rewritten(patching: pytest.MonkeyPatch) -> None:
    """The log is emptied, and pages lie as the notes came."""

    def compact(writer: Writer) -> None:
        _driver(writer).execute(CHECKPOINT)

    patching.setattr(Writer, "_compact", compact)


def index_of_the_log_kept(patching: pytest.MonkeyPatch) -> None:
    """The log is emptied, and its index still says which pages were written first."""

    def compact(writer: Writer) -> None:
        for statement in ("VACUUM", CHECKPOINT):
            _driver(writer).execute(statement)

    patching.setattr(Writer, "_compact", compact)


def hidden_words_kept(patching: pytest.MonkeyPatch) -> None:
    """Closing leaves a hidden note as it was."""
    patching.setattr(closing, "_text", lambda note: note.text)


def words_kept_beside_the_redaction(patching: pytest.MonkeyPatch) -> None:
    """What was redacted is kept, so that it can be undone."""
    original = moderation.redact

    def redact(session: Session, event_id: int, note_id: str, reason: str) -> None:
        words = session.get_one(Note, note_id).text
        _execute(session, "redacted (text)", "INSERT INTO redacted VALUES (?)", words)
        original(session, event_id, note_id, reason)

    patching.setattr(moderation, "redact", redact)


def edits_logged(patching: pytest.MonkeyPatch) -> None:
    """A line in the log with the words that were replaced."""
    original = notes.edit

    def edit(session: Session, event_id: int, wall_id: str, note_id: str, author: str, text: str) -> None:
        logging.getLogger("eventkit").debug("%s became %s", session.get_one(Note, note_id).text, text)
        original(session, event_id, wall_id, note_id, author, text)

    patching.setattr(notes, "edit", edit)


def hidden_text_written_twice(patching: pytest.MonkeyPatch) -> None:
    """A hidden note's words are in its row, and in another place that no export marks as hidden."""
    original = moderation.hide

    def hide(session: Session, event_id: int, note_id: str) -> None:
        original(session, event_id, note_id)
        words = session.get_one(Note, note_id).text
        _execute(session, "hidden (text)", "INSERT INTO hidden VALUES (?)", words)

    patching.setattr(moderation, "hide", hide)


def order_of_authors(patching: pytest.MonkeyPatch) -> None:
    """Who wrote first, by a number for each author who is new."""
    original = Database.write

    async def write(database: Database, event_id: int | None, verb: Any, *args: Any, **kwargs: Any) -> Any:
        outcome = await original(database, event_id, verb, *args, **kwargs)
        if getattr(verb, "__name__", "") == "post":
            await original(database, FIFE, _note_first, args[3])
        return outcome

    patching.setattr(Database, "write", write)


def _note_first(session: Session, author: str) -> None:
    insert = "INSERT OR IGNORE INTO first SELECT ?, count(*) FROM first"
    _execute(session, "first (author PRIMARY KEY, place)", insert, author)


def _driver(writer: Writer) -> Any:
    return writer._engine.raw_connection().driver_connection


LEAKS: list[tuple[str, Leak]] = [
    ("exchange", _keeping("author")),
    ("exchange", _keeping("note_id")),
    ("order", _keeping("cell")),
    ("exchange", _keeping("merged_into")),
    ("order", time_stored),
    ("order", numbered),
    ("exchange", author_in_log),
    ("exchange", last_note_of_an_author),
    ("order", order_of_authors),
    ("exchange", ids_in_the_order_of_the_old_ones),
    ("exchange", themes_kept_under_the_old_ids),
    ("exchange", never_compacted),
    ("order", log_never_emptied),
    ("order", file_never_rewritten),
    ("order", index_of_the_log_kept),
    ("words", never_compacted),
    ("words", log_never_emptied),
    ("words", hidden_words_kept),
    ("words", words_kept_beside_the_redaction),
    ("words", edits_logged),
    ("words", hidden_text_written_twice),
]
