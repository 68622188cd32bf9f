"""The one writer: many requests, one commit, and the answer after it."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy import event as hook
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from eventkit.database import Database
from eventkit.errors import Conflict
from eventkit.writer import after_commit
from tests.fife import FIFE, STRANGER
from tests.words import Answers, Door, add, fail, together, words, words_in, writing


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with words_in(tmp_path) as made:
        yield made


def test_answer_and_news_leave_only_after_the_commit(database: Database) -> None:
    committing, go_on, news = threading.Event(), threading.Event(), []
    database.on_commit.append(lambda event_id, views: news.append((event_id, views)))

    def hold(connection: Connection) -> None:
        committing.set()
        go_on.wait(5)

    async def run() -> None:
        hook.listen(database.writing, "commit", hold)
        verb = asyncio.create_task(database.write(FIFE, add, "a"))
        row = database.append(Door(), "b")
        await asyncio.to_thread(committing.wait, 5)
        await asyncio.sleep(0.05)
        assert (verb.done(), row.done()) == (False, False)
        assert (news, words(database)) == ([], [])
        go_on.set()
        await row
        assert await verb == "added a"
        assert words(database) == ["b", "a"]

    asyncio.run(run())
    assert news == [(FIFE, None)]


def test_news_are_told_before_the_answer(database: Database) -> None:
    heard: list[str] = []
    database.on_commit.append(lambda *_changed: heard.append("news"))

    async def run() -> None:
        await database.write(FIFE, add, "a")
        heard.append("answer")

    asyncio.run(run())
    assert heard == ["news", "answer"]


def test_many_requests_share_one_commit(database: Database) -> None:
    commits: list[Connection] = []
    hook.listen(database.writing, "commit", commits.append)
    door = Door()
    verbs = [writing(database, add, f"verb {number}") for number in range(50)]
    rows = [lambda number=number: database.append(door, f"row {number}") for number in range(50)]
    assert together(database, *verbs, *rows)[:2] == ["added verb 0", "added verb 1"]
    assert len(commits) == 1
    assert len(words(database)) == 100
    assert door.calls == [[f"row {number}" for number in range(50)]]


def test_one_failing_verb_fails_alone(database: Database) -> None:
    answers = together(
        database,
        writing(database, add, "a"),
        writing(database, fail, "b"),
        writing(database, add, "a"),
        writing(database, add, "c"),
    )
    assert answers[0] == "added a"
    assert isinstance(answers[1], Conflict)
    assert isinstance(answers[2], IntegrityError)
    assert answers[3] == "added c"
    assert words(database) == ["a", "c"]


def test_rows_stay_when_a_verb_beside_them_fails(database: Database) -> None:
    door = Door()
    answers = together(database, lambda: database.append(door, "row"), writing(database, fail, "b"))
    assert answers[0] is None
    assert isinstance(answers[1], Conflict)
    assert words(database) == ["row"]


def test_shut_gate_writes_nothing_and_disturbs_nobody(database: Database) -> None:
    shut, wide = Door(), Door(STRANGER)
    shut.shut = True
    answers = together(
        database,
        lambda: database.append(shut, "a"),
        lambda: database.append(wide, "b"),
        writing(database, add, "c"),
        lambda: database.append(shut, "d"),
    )
    assert [type(answer) for answer in answers] == [Conflict, type(None), str, Conflict]
    assert sorted(words(database)) == ["b", "c"]
    assert (shut.calls, wide.calls) == ([["a", "d"]], [["b"]])


def test_news_of_a_batch_join_views_and_leave_out_what_failed(database: Database) -> None:
    news: dict[int | None, frozenset[str] | None] = {}
    database.on_commit.append(lambda event_id, views: news.update({event_id: views}))
    screen, console, shut = Door(), Door(views=frozenset({"console"})), Door(STRANGER)
    shut.shut = True
    together(
        database,
        lambda: database.append(screen, "a"),
        lambda: database.append(console, "b"),
        lambda: database.append(shut, "c"),
        writing(database, fail, "d", event_id=7),
    )
    assert news == {None: None, FIFE: frozenset({"screen", "console"})}  # None: the verb that held the writer
    together(database, lambda: database.append(screen, "e"), writing(database, add, "f"))
    assert news == {None: None, FIFE: None}


def test_effects_come_only_after_the_commit_of_their_own_verb(database: Database) -> None:
    seen: list[tuple[str, list[str]]] = []

    def with_effect(session: Session, text: str, *, failing: bool) -> None:
        after_commit(session, lambda: seen.append((text, words(database))))
        add(session, text)
        if failing:
            raise Conflict("No.")

    together(
        database,
        lambda: database.write(FIFE, with_effect, "a", failing=False),
        lambda: database.write(FIFE, with_effect, "b", failing=True),
        lambda: database.write(FIFE, with_effect, "c", failing=False),
    )
    assert seen == [("a", ["a", "c"]), ("c", ["a", "c"])]


def test_failing_effect_does_not_undo_the_answer(database: Database) -> None:
    def verb(session: Session) -> str:
        after_commit(session, lambda: (_ for _ in ()).throw(OSError("no disk")))
        return add(session, "a")

    assert together(database, lambda: database.write(FIFE, verb)) == ["added a"]
    assert words(database) == ["a"]


def test_failing_listener_does_not_stop_the_writer(database: Database) -> None:
    def broken(event_id: int | None, views: frozenset[str] | None) -> None:
        raise ValueError("a broken listener")

    database.on_commit.append(broken)

    async def run() -> Answers:
        async with asyncio.timeout(5):
            return [await database.write(FIFE, add, "a"), await database.write(FIFE, add, "b")]

    assert asyncio.run(run()) == ["added a", "added b"]


def test_leaving_before_the_answer_disturbs_nobody(database: Database) -> None:
    async def run() -> str:
        held = threading.Event()
        first = asyncio.create_task(database.write(None, lambda _session: held.wait(5)))
        await asyncio.sleep(0.01)
        gone, stays = [asyncio.create_task(database.write(FIFE, add, text)) for text in ("a", "b")]
        await asyncio.sleep(0.01)
        gone.cancel()
        held.set()
        await first
        return await stays

    assert asyncio.run(run()) == "added b"


def test_verb_that_runs_out_of_items_does_not_stop_the_writer(database: Database) -> None:
    answers = together(database, writing(database, lambda _session: next(iter(()))), writing(database, add, "a"))
    assert [str(answer) for answer in answers] == ["a verb ran out of items", "added a"]
