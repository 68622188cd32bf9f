"""A backup holds everything that is stored and no key; what comes back is the same, and hostile files are refused."""

import base64
import json
import shutil
import sqlite3
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from filelock import FileLock

from eventkit.errors import EventkitError
from eventkit.events import rules as events
from eventkit.events.models import Role
from eventkit.migrations import run as migrations
from eventkit.server.backup import DATABASE, MANIFEST, Manifest, back_up
from eventkit.server.restore import MAX_RATIO, MOST, restore
from tests.fife import CODES, FIFE, STRANGER
from tests.hall import Hall, outcome
from tests.room import Room, room_in, room_on

SECRET = "A note that was deleted before the backup. "
NOT_COUNTED = (
    "fife-2016: The vote on question p1 was not counted yet: its 3 answers stay sealed in this backup and cannot be "
    "counted from it."
)
NEWEST = max(path.name[:4] for path in (Path(migrations.__file__).parent / "versions").glob("[0-9]*.py"))
BALLOT = f"/e/{CODES[FIFE]}/polls/p1/rounds/1/ballot"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path / "first")
    made.forward(2)
    made.votes("ABB")
    yield made
    made.close()


@pytest.fixture
def file(hall: Hall, tmp_path: Path) -> Path:
    back_up(hall.database.path, tmp_path / "day.zip")
    return tmp_path / "day.zip"


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """Where the database will be restored."""
    return tmp_path / "second" / "data" / DATABASE


def dump(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as file:
        return [line for line in file.iterdump() if not line.startswith('INSERT INTO "box"')]


def members(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(file: Path, content: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in content.items():
            archive.writestr(name, data)


def changed(file: Path, **values: object) -> None:
    """The same backup, with other words in its manifest."""
    content = members(file)
    content[MANIFEST] = json.dumps(json.loads(content[MANIFEST]) | values).encode()
    rewritten(file, content)


def with_database(file: Path, statement: str) -> None:
    """The same backup with a changed database, whose hash is right."""
    content = members(file)
    plain = file.with_suffix(".sqlite3")
    plain.write_bytes(content[DATABASE])
    with closing(sqlite3.connect(plain)) as database:
        database.executescript(statement)
    rewritten(file, content | {DATABASE: plain.read_bytes()})
    changed(file, sha256=sha256(plain.read_bytes()).hexdigest())


def test_backup_holds_everything_beside_a_running_writer(hall: Hall, file: Path, tmp_path: Path) -> None:
    content = members(file)
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(content[DATABASE])
    assert dump(copy) == dump(hall.database.path)
    said = Manifest.model_validate_json(content[MANIFEST])
    assert (said.events, said.schema_version) == (["fife-2016", "stranger-2026"], NEWEST)
    assert said.sha256 == sha256(content[DATABASE]).hexdigest()
    assert [vote.sentence for vote in said.sealed_votes] == [NOT_COUNTED]


def test_backup_is_of_one_moment(hall: Hall, tmp_path: Path) -> None:
    with hall.database.writing.connect() as writing, writing.begin() as change:
        writing.exec_driver_sql("UPDATE event SET title = 'half way'")
        back_up(hall.database.path, tmp_path / "day.zip")
        change.rollback()
    assert b"half way" not in members(tmp_path / "day.zip")[DATABASE]


def test_backup_is_for_this_user_alone_and_leaves_nothing_beside_it(file: Path, hall: Hall) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(path.name for path in file.parent.iterdir()) == ["day.zip", "first"]


def test_backup_holds_no_key(hall: Hall, file: Path) -> None:
    (name,) = hall.boxes.keys.names()
    key = hall.boxes.keys.read(name)
    assert key
    spelt = [key, key.hex().encode(), key.hex().upper().encode(), base64.b64encode(key), base64.urlsafe_b64encode(key)]
    places = [file.read_bytes(), *members(file).values()]
    assert [way for way in spelt for place in places if way.rstrip(b"=") in place] == []


def test_backup_holds_nothing_deleted(hall: Hall, tmp_path: Path) -> None:
    hall.do(lambda session: _set_welcome(session, SECRET * 200))
    hall.do(lambda session: _set_welcome(session, ""))
    with closing(sqlite3.connect(hall.database.path)) as careless:  # without secure_delete, unlike eventkit
        careless.execute("PRAGMA secure_delete=OFF")
        careless.execute("CREATE TABLE t (x)")
        careless.execute("INSERT INTO t VALUES (?)", (SECRET * 200,))
        careless.execute("DELETE FROM t")
        careless.commit()
    on_disk = b"".join(path.read_bytes() for path in hall.database.path.parent.iterdir())
    assert SECRET.encode() in on_disk
    back_up(hall.database.path, tmp_path / "day.zip")
    assert SECRET.encode() not in members(tmp_path / "day.zip")[DATABASE]


def _set_welcome(session: object, text: str) -> None:
    events.event(session, FIFE).welcome = text


def test_counted_vote_needs_no_warning(hall: Hall, tmp_path: Path) -> None:
    hall.forward(2)
    assert back_up(hall.database.path, tmp_path / "day.zip").sealed_votes == []


def test_backup_leaves_what_is_there(hall: Hall, file: Path) -> None:
    before = file.read_bytes()
    said = outcome(lambda: back_up(hall.database.path, file))
    assert said == f"{file} is there already, and was left as it is. Give another name."
    assert file.read_bytes() == before


def test_backup_into_the_data_folder_is_refused(hall: Hall) -> None:
    inside = hall.database.path.parent / "day.zip"
    said = outcome(lambda: back_up(hall.database.path, inside))
    assert said == f"{inside} lies inside the data folder. Put the backup somewhere else."
    assert not inside.exists()


def test_backup_that_cannot_be_written_or_read_says_so(hall: Hall, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere" / "day.zip"
    said = outcome(lambda: back_up(hall.database.path, nowhere))
    assert said == f"{nowhere} could not be written: No such file or directory."
    letter = tmp_path / "letter" / DATABASE
    letter.parent.mkdir()
    letter.write_bytes(b"This is a letter to the editor.\n" * 100)
    said = outcome(lambda: back_up(letter, tmp_path / "day.zip"))
    assert said == f"{letter} cannot be read: file is not a database."
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "letter"]


def test_restored_data_are_the_same(hall: Hall, file: Path, new: Path) -> None:
    restore(file, new)
    assert dump(new) == dump(hall.database.path)
    assert stat.S_IMODE(new.stat().st_mode) == 0o600
    assert sorted(path.name for path in new.parent.iterdir()) in (
        [DATABASE],
        ["eventkit.lock", DATABASE],
    )


def _voted(room: Room) -> tuple[str, str, str]:
    phone, console, desk = room.pass_of(), room.role(Role.FACILITATOR), room.role(Role.ORGANISER)
    for version in ("0", "1"):
        room.post(f"/s/{CODES[FIFE]}/console/forward", {"version": version}, cookies=console)
    assert room.post(BALLOT, {"option": "A", "epoch": "1"}, cookies=phone).status_code == 303
    return phone, console, desk


def test_cookies_go_on_and_open_votes_come_back_under_a_new_epoch(tmp_path: Path) -> None:
    with room_in(tmp_path / "first") as room:
        phone, console, desk = _voted(room)
        back_up(room.database.path, tmp_path / "day.zip")
    restore(tmp_path / "day.zip", tmp_path / "second" / "data" / DATABASE)
    with room_on(tmp_path / "second") as room:
        for path, cookie in ((f"/e/{CODES[FIFE]}", phone), (f"/s/{CODES[FIFE]}/console", console)):
            assert room.get(path, cookies=cookie).status_code == 200
        assert room.get(f"/s/{CODES[FIFE]}/desk", cookies=desk).status_code == 200
        box = room.app.state.boxes.open[FIFE, "poll-p1-r1"]
        assert (box.epoch > 1_000_000, box.standing) == (True, {})
        htmx = {"origin": "http://room.test:8000", "hx-request": "true"}
        assert room.post(BALLOT, {"option": "A", "epoch": "1"}, cookies=phone, headers=htmx).status_code == 409
        again = room.post(BALLOT, {"option": "A", "epoch": str(box.epoch)}, cookies=phone, headers=htmx)
        assert again.status_code == 200
        assert [standing.choice for standing in box.standing.values()] == ["A"]


def test_key_that_is_still_there_does_not_open_an_old_backup(tmp_path: Path) -> None:
    """Restored to its old place, where the key still lies: answers that came after the backup must be sent again."""
    with room_in(tmp_path) as room:
        _voted(room)
        back_up(room.database.path, tmp_path / "day.zip")
    shutil.rmtree(tmp_path / "data")
    (old,) = (tmp_path / "keys").iterdir()
    restore(tmp_path / "day.zip", tmp_path / "data" / DATABASE)
    with room_on(tmp_path) as room:
        assert room.app.state.boxes.open[FIFE, "poll-p1-r1"].standing == {}
        assert not old.exists()


def test_restore_leaves_stored_events_alone(hall: Hall, file: Path) -> None:
    folder = hall.database.path.parent
    said = outcome(lambda: restore(file, hall.database.path))
    assert said == f"A server has {folder} open. Stop it, or name an empty folder with --data."
    hall.database.close()
    before = hall.database.path.read_bytes()
    said = outcome(lambda: restore(file, hall.database.path))
    assert said == f"Events are stored in {folder} already. Name an empty folder with --data."
    assert hall.database.path.read_bytes() == before


def test_restore_into_a_folder_that_a_server_is_about_to_use_is_refused(file: Path, new: Path) -> None:
    new.parent.mkdir(parents=True)
    with FileLock(new.with_suffix(".lock")):
        assert outcome(lambda: restore(file, new)).startswith(f"A server has {new.parent} open.")
    assert not new.exists()


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda file: file.write_bytes(b"no zip"), id="no zip"),
        pytest.param(lambda file: file.write_bytes(b""), id="empty"),
        pytest.param(lambda file: file.write_bytes(file.read_bytes()[:-30]), id="cut short"),
        pytest.param(lambda file: rewritten(file, members(file) | {"more": b"x"}), id="a third member"),
        pytest.param(lambda file: rewritten(file, {MANIFEST: members(file)[MANIFEST]}), id="no database"),
        pytest.param(
            lambda file: rewritten(file, {MANIFEST: b"{}", "../../" + DATABASE: b"x"}), id="a way out of the folder"
        ),
        pytest.param(lambda file: rewritten(file, {MANIFEST: b"{}", "/etc/" + DATABASE: b"x"}), id="a whole path"),
        pytest.param(lambda file: rewritten(file, members(file) | {DATABASE: bytes(MAX_RATIO << 12)}), id="a bomb"),
        pytest.param(lambda file: rewritten(file, members(file), zipfile.ZIP_LZMA), id="another packing"),
        pytest.param(lambda file: rewritten(file, members(file) | {MANIFEST: b"[" * 100_000}), id="deep manifest"),
        pytest.param(lambda file: rewritten(file, members(file) | {MANIFEST: b'{"events": 1}'}), id="other manifest"),
        pytest.param(
            lambda file: rewritten(file, members(file) | {MANIFEST: b" " + bytes(2 << 20)}), id="long manifest"
        ),
    ],
)
def test_what_is_no_backup_is_refused(file: Path, new: Path, spoil: Callable[[Path], None]) -> None:
    spoil(file)
    assert outcome(lambda: restore(file, new)) == (f"{file} is no backup: give a file that `eventkit backup` wrote.")
    assert [path.name for path in file.parent.rglob(DATABASE) if "first" not in path.parts] == []


@pytest.mark.parametrize("member", [MANIFEST, DATABASE])
def test_member_that_is_too_large_is_refused(
    file: Path, new: Path, member: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MOST, member, 200)
    assert "is no backup" in outcome(lambda: restore(file, new))


def test_hidden_second_member_is_refused(file: Path, new: Path) -> None:
    content = members(file)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(DATABASE, content[DATABASE])
        archive.writestr(MANIFEST, content[MANIFEST])
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr(DATABASE, b"another")
    assert "is no backup" in outcome(lambda: restore(file, new))


def _flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(_flipped, id="a bit rotted"),
        pytest.param(lambda file: changed(file, sha256="0" * 64), id="another hash"),
        pytest.param(lambda file: with_database(file, "DROP TABLE alembic_version"), id="not our tables"),
        pytest.param(lambda file: with_database(file, "DELETE FROM alembic_version"), id="no version"),
        pytest.param(
            lambda file: with_database(file, "CREATE TRIGGER t AFTER UPDATE ON event BEGIN DELETE FROM pass; END"),
            id="a trigger",
        ),
        pytest.param(lambda file: with_database(file, "CREATE VIEW v AS SELECT * FROM event"), id="a view"),
    ],
)
def test_damaged_backup_is_refused(file: Path, new: Path, spoil: Callable[[Path], None]) -> None:
    spoil(file)
    said = outcome(lambda: restore(file, new))
    assert said == f"{file} is damaged and was not restored. Use another copy of it."
    assert not new.exists()


def test_backup_that_is_not_there_is_named(tmp_path: Path, new: Path) -> None:
    assert outcome(lambda: restore(tmp_path / "gone.zip", new)) == f"There is no file {tmp_path / 'gone.zip'}."
    assert not new.parent.exists()


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The program as it will be, with one migration more; `undo` brings today's back."""
    folder = tmp_path / "migrations"
    shutil.copytree(Path(migrations.__file__).parent, folder)
    (folder / "versions" / "9999_later.py").write_text(
        f'from alembic import op\nrevision = "9999"\ndown_revision = "{NEWEST}"\n'
        "branch_labels = depends_on = None\n\n\n"
        'def upgrade():\n    op.execute("CREATE TABLE later (x)")\n'
    )
    monkeypatch.setattr(migrations, "__file__", str(folder / "run.py"))
    return monkeypatch


def test_older_backup_is_brought_up(file: Path, new: Path, newer: pytest.MonkeyPatch) -> None:
    assert restore(file, new).schema_version == NEWEST
    with closing(sqlite3.connect(new)) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]
        assert database.execute("SELECT count(*) FROM later").fetchone() == (0,)


def test_newer_backup_is_refused_with_its_version(
    file: Path, new: Path, tmp_path: Path, newer: pytest.MonkeyPatch
) -> None:
    restore(file, new)
    back_up(new, tmp_path / "newer.zip")
    newer.undo()
    changed(tmp_path / "newer.zip", eventkit="9.1.0")
    third = tmp_path / "third" / DATABASE
    with pytest.raises(EventkitError) as refusal:
        restore(tmp_path / "newer.zip", third)
    assert refusal.value.sentence == (
        f"{tmp_path / 'newer.zip'} was made by a newer version of eventkit, 9.1.0. Use that version."
    )
    assert not third.exists()


def test_stranger_in_the_same_file_comes_back_too(file: Path, new: Path) -> None:
    restore(file, new)
    with room_on(new.parent.parent) as room:
        assert room.get(f"/s/{CODES[STRANGER]}/screen").status_code == 200
