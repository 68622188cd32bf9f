"""The one writer thread: many requests share a commit, and each is answered after it."""

import asyncio
import logging
import sqlite3
from asyncio import Future
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from eventkit.errors import EventkitError, Unavailable

EMPTY, CHECKPOINT_TRIES = "PRAGMA wal_checkpoint(TRUNCATE)", 2
IDLE_TURNS, MOST_AT_ONCE = 2, 512  # each waits as long as `busy_timeout`, and the room waits with it

T = TypeVar("T")
Touched = dict[int | None, frozenset[str] | None]
Listener = Callable[[int | None, frozenset[str] | None], None]

log = logging.getLogger(__name__)


class Gate(Protocol):
    """Lets rows in, or refuses them all by raising; called once per batch inside the transaction."""

    event_id: int
    views: frozenset[str]

    def __call__(self, connection: Connection, rows: Sequence[Any]) -> None:
        """Checks, and inserts the rows in the order in which they came."""

    def settled(self, row: Any, refusal: Exception | None) -> None:
        """Told of each row on the event loop, after the commit and before its sender."""


@dataclass(slots=True)
class Verb:
    """A change that waits for the writer."""

    event_id: int | None
    run: Callable[[Session], Any]
    done: Future[Any]
    outcome: Any = None


@dataclass(slots=True)
class Row:
    """A row that waits for the writer, behind its gate."""

    gate: Gate
    row: Any
    done: Future[None]
    outcome: Exception | None = None


class Writer:
    """Gathers what arrives while a commit is under way, and commits it all together next."""

    def __init__(self, engine: Engine, info: Mapping[str, Any]) -> None:
        self.on_commit: list[Listener] = []
        self._engine = engine
        self._info = info
        self._thread = ThreadPoolExecutor(1, "writer")
        self._waiting: list[Verb | Row] = []
        self._flusher: asyncio.Task[None] | None = None

    def close(self) -> None:
        """Lets the batch under way finish."""
        self._thread.shutdown()

    async def write(self, event_id: int | None, run: Callable[[Session], T]) -> T:
        """The value of `run(session)`, after its commit; or the error that it raised."""
        done: Future[T] = asyncio.get_running_loop().create_future()
        self._enqueue(Verb(event_id, run, done))
        return await done

    def append(self, gate: Gate, row: object) -> Future[None]:
        """Done when the row is on disk; fails as its gate did."""
        done: Future[None] = asyncio.get_running_loop().create_future()
        self._enqueue(Row(gate, row, done))
        return done

    def _enqueue(self, item: Verb | Row) -> None:
        self._waiting.append(item)
        if self._flusher is None:
            self._flusher = asyncio.get_running_loop().create_task(self._flush())

    async def _flush(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            await self._gather()
            batch, self._waiting = self._waiting, []
            touched = await loop.run_in_executor(self._thread, self._commit, batch)
            self._tell(touched)
            for item in batch:
                _settle(item)
        self._flusher = None

    async def _gather(self) -> None:
        """Lets everybody who is ready share the commit: an idle turn of the loop costs far less than a commit."""
        quiet = 0
        while quiet < IDLE_TURNS and len(self._waiting) < MOST_AT_ONCE:
            before = len(self._waiting)
            await asyncio.sleep(0)
            quiet = quiet + 1 if len(self._waiting) == before else 0

    def _tell(self, touched: Touched) -> None:
        for event_id, views in touched.items():
            for listener in self.on_commit:
                try:
                    listener(event_id, views)
                except Exception:  # a page that is not told must not stop the writer
                    log.exception("a listener failed")

    def _commit(self, batch: list[Verb | Row]) -> Touched:
        """One transaction for the batch. Savepoints cost much, so they come only when something has failed."""
        try:
            for careful in (False, True):
                with self._engine.connect() as connection, Session(connection, info=dict(self._info)) as session:
                    if _run(session, batch, careful):
                        session.commit()
                        return self._after(session, batch)
        except Exception as error:
            # A full disk comes back with every batch, and is no fault of the program: one line each is enough.
            full = _is_of_the_disk(error) or any(isinstance(item.outcome, Unavailable) for item in batch)
            trace = None if full else error
            log.log(logging.ERROR, "a batch was not written: %s", type(error).__name__, exc_info=trace)
            failure = _not_saved(error)
            for item in batch:
                item.outcome = failure
        return {}

    def _after(self, session: Session, batch: list[Verb | Row]) -> Touched:
        effects = [*session.info.get("after_commit", ()), *([self._compact] if session.info.get("compact") else ())]
        for effect in effects:
            try:
                effect()
            except Exception:
                log.exception("an effect after the commit failed")
        return _touched(batch)

    def _compact(self) -> None:
        """Rewrites the file and empties the write-ahead log, so that nothing deleted is left in either."""
        connection = cast(sqlite3.Connection, self._engine.raw_connection().driver_connection)
        connection.execute(EMPTY)  # before, too: or its index would go on telling which pages were written first
        connection.execute("VACUUM")
        for _ in range(CHECKPOINT_TRIES):
            if not connection.execute(EMPTY).fetchone()[0]:
                return
        log.error("the write-ahead log could not be emptied: a reader holds it")


def after_commit(session: Session, effect: Callable[[], None]) -> None:
    """Registers an effect outside the database; it happens only if this write is committed."""
    session.info.setdefault("after_commit", []).append(effect)


def compact_after(session: Session) -> None:
    """After this write nothing that was ever deleted is left in the file or its log."""
    session.info["compact"] = True


def _run(session: Session, batch: list[Verb | Row], careful: bool) -> bool:
    """Runs the batch in the open transaction; False if it must be rolled back and run again carefully."""
    rows: dict[Gate, list[Row]] = defaultdict(list)
    for item in batch:
        if isinstance(item, Row):
            rows[item.gate].append(item)
    for gate, items in rows.items():
        refusal = _let_in(session, gate, items)
        for append in items:
            append.outcome = refusal
    return all(_do(session, item, careful) for item in batch if isinstance(item, Verb))


def _let_in(session: Session, gate: Gate, items: list[Row]) -> Exception | None:
    try:
        gate(session.connection(), [item.row for item in items])
    except EventkitError as refusal:
        return refusal
    return None


def _do(session: Session, item: Verb, careful: bool) -> bool:
    before = {"after_commit": list(session.info.get("after_commit", ())), "compact": session.info.get("compact")}
    try:
        if careful:
            with session.begin_nested():
                item.outcome = item.run(session)
        else:
            item.outcome = item.run(session)
            session.flush()
    except Exception as error:
        if careful and not _driver(session.connection()).in_transaction:
            raise  # the disk was full and SQLite has rolled back what the others wrote, too
        item.outcome = _not_saved(error) if _is_of_the_disk(error) else error
        session.info.update(before)
        return careful
    return True


def _settle(item: Verb | Row) -> None:
    if isinstance(item, Row):
        try:
            item.gate.settled(item.row, item.outcome)
        except Exception as error:  # it must not stop the writer; its sender is told
            log.exception("a stored row was not taken up")
            item.outcome = item.outcome or error
    if item.done.done():  # whoever asked has gone
        return
    if isinstance(item.outcome, Exception):
        # No future takes a StopIteration, and the writer must not stop with it.
        stopped = isinstance(item.outcome, StopIteration)
        item.done.set_exception(RuntimeError("a verb ran out of items") if stopped else item.outcome)
    else:
        item.done.set_result(item.outcome)


def _not_saved(cause: Exception) -> Unavailable:
    failure = Unavailable("Not saved: the server could not write to its disk. Try again, or tell the organiser.")
    failure.__cause__ = cause
    return failure


def _is_of_the_disk(error: Exception) -> bool:
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", 0)
    return code & 0xFF in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY}


def _driver(connection: Connection) -> sqlite3.Connection:
    return cast(sqlite3.Connection, connection.connection.driver_connection)


def _touched(batch: list[Verb | Row]) -> Touched:
    """The events that changed, each with the views that may differ; None means all of them."""
    touched: Touched = {}
    for item in batch:
        if isinstance(item.outcome, Exception):
            continue
        if isinstance(item, Verb):
            touched[item.event_id] = None
        else:
            known = touched.get(item.gate.event_id, frozenset())
            touched[item.gate.event_id] = None if known is None else known | item.gate.views
    return touched
