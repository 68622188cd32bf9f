"""Nobody can tell from any file who has looked for a table: two people exchanged there leave the same bytes.

The check is also run against leaks planted on purpose, because a check that has never failed proves nothing.
"""

import logging
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlmodel import Session

from eventkit.stage import programme
from eventkit.tables import lookup
from eventkit.tables.lookup import Found
from tests.fife import CODES, FIFE
from tests.room import Room, room_in
from tests.tables.seated import seat_all
from tests.trust import world as worlds
from tests.trust.world import World, assert_same

SEAT = f"/seat/{CODES[FIFE]}"
LOOKS = ("Zoë Ainslie", "Ana Ortiz", "RT8C", "Nobody Here", "PDXA", "Zoë Ainslie")
Leak = Callable[[pytest.MonkeyPatch, Path], None]


def run(folder: Path, looks: Sequence[str]) -> World:
    """A day in a new folder: a phone joins, people look for their tables, others join between, the day ends."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    world = World()
    with worlds.seeded(worlds.CLOCKS) as later, worlds.logged(folder / "log"), room_in(folder) as room:
        room.write(FIFE, seat_all)
        room.database.on_commit.append(lambda *_changed: world.files.append(worlds.snapshot(folder)))
        for who in looks:
            later()
            assert room.post(SEAT, {"who": who}, cookies=room.pass_of()).status_code == 200
        room.write(FIFE, programme.end, FIFE)
        world.files.append(_at_the_end(room, folder))
    return world


def exchanged(one: int, other: int) -> Sequence[str]:
    """The same looks, two of which have changed places."""
    looks = list(LOOKS)
    looks[one], looks[other] = looks[other], looks[one]
    return looks


def check(folder: Path) -> None:
    world = run(folder, LOOKS)
    for one, other in ((0, 1), (2, 4), (1, 2), (0, 3)):
        assert_same(world, run(folder, exchanged(one, other)))
    assert_same(world, run(folder, ["Ana Ortiz"] * len(LOOKS)))


def in_database(patching: pytest.MonkeyPatch, folder: Path) -> None:
    """Who was looked for, in a table of its own, written after the answer."""

    def leak(room: Room, who: str) -> None:
        def note(session: Session) -> None:
            session.connection().exec_driver_sql("CREATE TABLE IF NOT EXISTS looked (who UNIQUE, often)")
            upsert = "INSERT INTO looked VALUES (?, 1) ON CONFLICT DO UPDATE SET often = often + 1"
            session.connection().exec_driver_sql(upsert, (who,))

        room.write(FIFE, note)

    original = Room.post

    def post(room: Room, path: str, data: dict[str, str] | None = None, **given: str) -> object:
        answer = original(room, path, data, **given)
        if path == SEAT and data:
            leak(room, data["who"])
        return answer

    patching.setattr(Room, "post", post)


def in_log(patching: pytest.MonkeyPatch, folder: Path) -> None:
    """A line in the log for each look, without the name."""
    original = lookup.find

    def find(session: Session, event_id: int, typed: str) -> Found | None:
        found = original(session, event_id, typed)
        logging.getLogger("eventkit").debug("looked for: %s tables", len(found.places) if found else "no")
        return found

    patching.setattr(lookup, "find", find)


def in_file(patching: pytest.MonkeyPatch, folder: Path) -> None:
    """A file beside the data that holds the last look."""
    original = lookup.find

    def find(session: Session, event_id: int, typed: str) -> Found | None:
        (folder / "data" / "last").write_text(typed, "utf-8")
        return original(session, event_id, typed)

    patching.setattr(lookup, "find", find)


def test_no_file_tells_who_looked_for_a_table(tmp_path: Path) -> None:
    check(tmp_path / "world")


def test_worlds_of_seats_are_whole(tmp_path: Path) -> None:
    """The files compared are those of a room in which people have joined and have seats."""
    world = run(tmp_path / "world", LOOKS)
    assert len(world.files) == len(LOOKS) + 2
    assert {"data/eventkit.sqlite3", "data/eventkit.sqlite3-wal", "log"} <= set(world.files[0])
    assert b"RT8C" in b"".join(world.files[-1].values())


@pytest.mark.parametrize("leak", [in_database, in_log, in_file])
def test_leak_planted_on_the_seat_page_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leak: Leak) -> None:
    leak(monkeypatch, tmp_path / "world")
    with pytest.raises(AssertionError, match="after commit"):
        check(tmp_path / "world")


def _at_the_end(room: Room, folder: Path) -> worlds.Snapshot:
    assert room.get(SEAT).status_code == 410
    return worlds.snapshot(folder)
