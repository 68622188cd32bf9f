"""Deleted means deleted: in every table, in the bytes on the disk, in the keys and in the server's memory."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table
from sqlmodel import Session

from eventkit import deletion
from eventkit.database import Database
from eventkit.events import rules as events
from eventkit.events.belonging import rows_of
from eventkit.events.control import HEADER
from eventkit.events.models import Event, Role
from eventkit.live.hub import Hub, Key
from eventkit.migrations.run import METADATA
from tests.everything import fill, mark
from tests.fife import CODES, FIFE, STRANGER, opened
from tests.hall import Hall
from tests.room import Room, room_in, room_on

WORD = "0123456789abcdef"
YESTERDAY, TODAY = (datetime.now(UTC).date() - timedelta(days) for days in (2, 0))


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Database]:
    """Two events with a row in every table."""
    database = opened(tmp_path / "data" / "eventkit.sqlite3")
    for event_id in (FIFE, STRANGER):
        asyncio.run(database.write(event_id, fill, event_id))
    yield database
    database.close()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    yield made
    made.close()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path) as made:
        made.app.state.control = WORD
        yield made


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def rows(database: Database) -> dict[str, int]:
    with database.reading() as session:
        ask = session.connection().exec_driver_sql
        return {name: ask(f'SELECT count(*) FROM "{name}"').scalar_one() for name in METADATA.tables}  # noqa: S608


def uncovered(metadata: MetaData) -> list[str]:
    """The tables whose rows cannot be traced to an event."""
    return [table.name for table in metadata.tables.values() if rows_of(table, FIFE) is None]


def keep_until(session: Session, event_id: int, last: date) -> None:
    events.event(session, event_id).delete_after = last


def delete_over_the_door(room: Room, event: str = "fife-2016") -> int:
    headers = {"origin": "http://room.test:8000", HEADER: WORD}
    return room.post("/control/delete", {"event": event}, headers=headers).status_code


def test_every_table_belongs_to_events() -> None:
    assert uncovered(METADATA) == []


def test_table_that_belongs_to_no_event_would_be_seen() -> None:
    planted = MetaData()
    Table("event", planted, Column("id", Integer, primary_key=True))
    Table("poll", planted, Column("id", Integer, primary_key=True), Column("event_id", ForeignKey("event.id")))
    Table("option", planted, Column("poll_pk", ForeignKey("poll.id")), Column("text", String))
    assert uncovered(planted) == []
    Table("vintage", planted, Column("id", Integer, primary_key=True), Column("event_id", Integer))
    assert uncovered(planted) == ["vintage"]


def test_deleted_event_leaves_no_row_and_no_byte(full: Database) -> None:
    folder = full.path.parent
    assert mark(FIFE).encode() in all_bytes(folder)
    asyncio.run(full.write(FIFE, deletion.erase, FIFE))
    assert rows(full) == dict.fromkeys(METADATA.tables, 1)
    left = all_bytes(folder)
    assert (mark(FIFE).encode() in left, mark(STRANGER).encode() in left) == (False, True)
    asyncio.run(full.write(STRANGER, deletion.erase, STRANGER))
    assert rows(full) == dict.fromkeys(METADATA.tables, 0)


def test_table_that_no_model_describes_is_emptied_too(full: Database) -> None:
    def more(session: Session) -> None:
        ask = session.connection().exec_driver_sql
        ask("CREATE TABLE extra (poll_pk INTEGER REFERENCES poll (id), text TEXT)")
        ask("INSERT INTO extra VALUES (1, 'of the first'), (2, 'of the second')")

    asyncio.run(full.write(None, more))
    asyncio.run(full.write(FIFE, deletion.erase, FIFE))
    with full.reading() as session:
        assert session.connection().exec_driver_sql("SELECT text FROM extra").all() == [("of the second",)]


def test_keys_of_the_event_are_destroyed_and_others_kept(hall: Hall) -> None:
    hall.forward(2)
    hall.votes("AB")
    hall.boxes.keys.make("2-poll-p1-r1-e1")
    assert hall.boxes.keys.names() == ["1-poll-p1-r1-e1", "2-poll-p1-r1-e1"]
    hall.do(deletion.erase, FIFE)
    assert (hall.boxes.keys.names(), hall.boxes.open) == (["2-poll-p1-r1-e1"], {})


def test_number_of_a_deleted_event_is_never_given_again(full: Database) -> None:
    asyncio.run(full.write(STRANGER, deletion.erase, STRANGER))

    def another(session: Session) -> int:
        event = Event(event_id="next", code="NEXTONE", title="Next", date=TODAY)
        session.add(event)
        session.flush()
        return event.id or 0

    assert asyncio.run(full.write(None, another)) == STRANGER + 1


def test_running_server_deletes_and_says_so_on_every_page(room: Room) -> None:
    phone, console = room.pass_of(), room.role(Role.FACILITATOR)
    code = CODES[FIFE]
    pages = {f"/e/{code}": phone, f"/s/{code}/screen": "", f"/s/{code}/console": console, f"/e/{code}/frame": phone}
    assert {room.get(path, cookies=cookie).status_code for path, cookie in pages.items()} == {200}
    assert delete_over_the_door(room) == 200
    for path, cookie in pages.items():
        answer = room.get(path, cookies=cookie)
        assert (answer.status_code, "This event has been deleted." in answer.text) == (410, True)
    assert room.shake_hands(f"/e/{code}/live", phone) == "websocket.close"
    assert room.get(f"/s/{CODES[STRANGER]}/screen").status_code == 200
    assert delete_over_the_door(room) == 404


def test_running_server_forgets_codes_passes_and_frames(room: Room) -> None:
    room.pass_of()
    stranger = room.pass_of(STRANGER)
    room.get(f"/s/{CODES[FIFE]}/screen")
    room.get(f"/s/{CODES[STRANGER]}/screen")
    delete_over_the_door(room)
    admissions = room.app.state.admissions
    assert admissions.codes == {CODES[STRANGER]: STRANGER}
    assert set(admissions.passes.values()) == {STRANGER}
    assert admissions.languages == {STRANGER: "en"}
    assert {key.event_id for key in room.app.state.hub._channels} == {STRANGER}
    assert room.get(f"/e/{CODES[STRANGER]}", cookies=stranger).status_code == 200


def test_page_that_watches_gets_a_last_frame(room: Room) -> None:
    async def last() -> str:
        hub: Hub = room.app.state.hub
        key = Key(FIFE, "screen", "en")
        await hub.frame(key)
        watcher = hub.watch(key)
        await room.database.write(FIFE, deletion.erase, FIFE)
        async with asyncio.timeout(5):
            return await watcher.take()

    assert "This event has been deleted." in room._runner.run(last())


def test_ballot_after_the_deletion_is_refused(room: Room) -> None:
    phone, console = room.pass_of(), room.role(Role.FACILITATOR)
    for version in ("0", "1"):
        assert room.post(f"/s/{CODES[FIFE]}/console/forward", {"version": version}, cookies=console).status_code == 303
    ballot = f"/e/{CODES[FIFE]}/polls/p1/rounds/1/ballot"
    assert room.post(ballot, {"option": "A", "epoch": "1"}, cookies=phone).status_code == 303
    box = room.app.state.boxes.open[FIFE, "poll-p1-r1"]
    delete_over_the_door(room)
    assert room.post(ballot, {"option": "B", "epoch": "1"}, cookies=phone).status_code == 410
    with pytest.raises(Exception, match="voting has closed"):
        room._runner.run(box.cast(room.database, bytes(16), None, "A"))


def test_sweep_deletes_what_is_over_and_logs_only_its_name(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    hall.do(keep_until, FIFE, TODAY + timedelta(1))
    hall.do(keep_until, STRANGER, YESTERDAY)
    with caplog.at_level(logging.DEBUG, "eventkit"):
        assert asyncio.run(deletion.sweep(hall.database)) == [STRANGER]
        assert asyncio.run(deletion.sweep(hall.database)) == []
    assert [record.getMessage() for record in caplog.records] == ["deleted stranger-2026: its delete_after has passed"]
    assert rows(hall.database)["event"] == 1


def test_server_sweeps_before_it_lets_anybody_in(tmp_path: Path) -> None:
    made = Hall(tmp_path)
    made.forward(2)
    made.votes("AB")
    made.do(keep_until, FIFE, YESTERDAY)
    key = (tmp_path / "keys").glob("*-1-poll-p1-r1-e1.key")
    made.close()
    with room_on(tmp_path) as room:
        assert room.get(f"/s/{CODES[FIFE]}/screen").status_code == 404
        assert room.get(f"/s/{CODES[STRANGER]}/screen").status_code == 200
        assert list(key) == []


async def _sweeping(room: Room, done: Callable[[], bool]) -> None:
    """Lets the hourly task run until this is so."""
    sweeping = asyncio.create_task(deletion.keep_sweeping(room.app))
    async with asyncio.timeout(5):
        while not done():  # noqa: ASYNC110 -- nobody tells
            await asyncio.sleep(0.01)
    sweeping.cancel()
    await asyncio.wait([sweeping])


def test_server_sweeps_again_while_it_runs(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deletion, "CHECK_SECONDS", 0.01)
    room.write(FIFE, keep_until, FIFE, YESTERDAY)

    room._runner.run(_sweeping(room, lambda: FIFE not in room.app.state.admissions.codes.values()))
    assert room.get(f"/s/{CODES[FIFE]}/screen").status_code == 410
    assert rows(room.database)["event"] == 1


def test_sweep_that_fails_is_tried_again(
    room: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(deletion, "CHECK_SECONDS", 0.01)
    tried: list[int] = []

    async def failing(_database: Database) -> list[int]:
        tried.append(1)
        raise OSError("disk full")

    monkeypatch.setattr(deletion, "sweep", failing)

    room._runner.run(_sweeping(room, lambda: len(tried) > 1))
    assert "what is due could not be deleted" in caplog.text


def test_desk_warns_seven_days_before(room: Room) -> None:
    desk = f"/s/{CODES[FIFE]}/desk"
    organiser = room.role(Role.ORGANISER)
    warned = {}
    for days in (7, 9):
        room.write(FIFE, keep_until, FIFE, TODAY + timedelta(days))
        warned[days] = "fife-2016 is deleted after" in room.get(desk, cookies=organiser).text
    assert warned == {7: True, 9: False}
