"""`backup`, `restore` and `delete` as people type them, with a server running and without."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from click.testing import CliRunner, Result
from sqlmodel import Session

from eventkit.cli import main
from eventkit.demo.room import FIFE
from eventkit.events import rules as events
from eventkit.server.announcement import announce
from eventkit.server.stored import all_events, open_database, open_readers
from eventkit.settings import Settings
from tests.hall import Hall
from tests.live_server import ThreadServer, live_server

MARK = b"Strengthening partnerships for a Fairer Fife"


@pytest.fixture
def server(at_home: Path) -> Iterator[ThreadServer]:
    running = live_server(at_home)
    yield running
    running.stop()


def _run(*arguments: str | Path, typed: str | None = None) -> Result:
    done = CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def _last_day(data: Path, days: int) -> str:
    """Gives the stored event a last day, so many from today; as it is written in a plan."""
    last = datetime.now(UTC).date() + timedelta(days)

    def keep(session: Session) -> None:
        events.by_name(session, "fife-2016").delete_after = last

    with open_database(data / "eventkit.sqlite3") as database:
        asyncio.run(database.write(None, keep))
    return last.isoformat()


def test_backup_and_restore_move_an_event_to_another_machine(server: ThreadServer) -> None:
    organiser = server.organiser_cookie()
    done = _run("backup", "day.zip", "--data", server.data)
    assert (done.exit_code, done.stdout) == (0, "Wrote day.zip: 1 event.\n")
    server.stop()
    done = _run("restore", "day.zip", "--data", "new")
    assert done.stdout == "Restored into new: fife-2016. Start it with: eventkit serve --data new\n"
    server.data.rename("old")
    Path("new").rename(server.data)
    again = live_server(server.data.parent)
    desk = f"{again.base}/s/{server.code}/desk"
    assert again.code == server.code
    assert httpx2.get(desk, headers={"Cookie": f"organiser={organiser}"}, trust_env=False).status_code == 200
    again.stop()


def test_backup_and_restore_say_which_vote_they_cannot_open(at_home: Path) -> None:
    hall = Hall(at_home)
    hall.forward(2)
    hall.votes("A")
    done = _run("backup", "day.zip", "--data", at_home / "data")
    sentence = (
        "fife-2016: The vote on question p1 was not counted yet: its 1 answer stays sealed in this backup and "
        "cannot be counted from it.\n"
    )
    assert done.stdout == "Wrote day.zip: 2 events.\n" + sentence
    hall.close()
    done = _run("restore", "day.zip", "--data", "new")
    assert done.stdout.splitlines(keepends=True)[1:] == [
        sentence,
        "If that vote is still open, the phones in the room send their answers again by themselves.\n",
    ]


def test_refusals_are_one_sentence(server: ThreadServer) -> None:
    Path("day.zip").write_bytes(b"mine")
    for command, said in (
        (("backup", "day.zip", "--data", server.data), "day.zip is there already, and was left as it is."),
        (("backup", "other.zip", "--data", "nowhere"), "No events are stored in nowhere."),
        (("restore", "day.zip", "--data", "new"), "day.zip is no backup: give a file that `eventkit backup` wrote."),
        (("restore", "gone.zip", "--data", "new"), "There is no file gone.zip."),
        (("delete", "leith", "--data", server.data), "No event here is called leith."),
    ):
        done = _run(*command)
        assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert done.stderr.startswith(said)


def test_delete_without_a_server_leaves_no_byte(server: ThreadServer) -> None:
    server.stop()
    assert MARK in _bytes(server.data)
    done = _run("delete", "fife-2016", "--data", server.data, typed="fife-2016\n")
    assert done.exit_code == 0
    assert done.stdout.endswith("Deleted fife-2016.\n")
    assert "18 May 2016: its plan, its results and every link to it will be gone." in done.stdout
    assert MARK not in _bytes(server.data)


def test_delete_destroys_the_keys(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTKIT_KEY_DIR", str(at_home / "keys"))
    hall = Hall(at_home)
    hall.forward(2)
    hall.votes("A")
    hall.close()
    assert len(list((at_home / "keys").iterdir())) == 1
    assert _run("delete", "fife-2016", "--yes", "--data", at_home / "data").stdout == "Deleted fife-2016.\n"
    assert list((at_home / "keys").iterdir()) == []


def test_delete_through_the_running_server_leaves_no_byte_and_tells_pages(server: ThreadServer) -> None:
    screen = f"{server.base}/s/{server.code}/screen"
    assert httpx2.get(screen, trust_env=False).status_code == 200
    done = _run("delete", server.code, "--yes", "--data", server.data)
    assert (done.exit_code, done.stdout) == (0, "Deleted fife-2016.\n")
    assert httpx2.get(screen, trust_env=False).status_code == 410
    assert MARK not in _bytes(server.data)
    assert server.code.encode() not in _bytes(server.data)


@pytest.mark.parametrize("typed", ["fife\n", "\n", "yes\n", None])
def test_delete_needs_the_name_typed(server: ThreadServer, typed: str | None) -> None:
    done = _run("delete", "fife-2016", "--data", server.data, typed=typed)
    assert done.exit_code == 1
    assert done.stderr.strip() == "Nothing was deleted: that was not fife-2016."
    assert httpx2.get(f"{server.base}/s/{server.code}/screen", trust_env=False).status_code == 200


def test_doctor_warns_before_an_event_is_deleted(server: ThreadServer) -> None:
    server.stop()
    _last_day(server.data, 30)
    assert "is deleted after" not in _run("doctor", "--data", server.data).stdout
    _last_day(server.data, 3)
    assert "warning  fife-2016 is deleted after" in _run("doctor", "--data", server.data).stdout


def test_server_says_at_its_start_what_is_soon_deleted(
    server: ThreadServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.stop()
    _last_day(server.data, 0)

    async def started() -> None:
        with open_database(server.data / "eventkit.sqlite3") as database:
            settings = Settings(data=server.data, address="http://192.0.2.1:8000")
            await announce(settings, database, await database.write(None, all_events))

    asyncio.run(started())
    assert "fife-2016 is deleted when today ends. Download what you need." in capsys.readouterr().out


def test_serve_deletes_what_is_over_before_it_starts(at_home: Path) -> None:
    server = live_server(at_home)
    server.stop()
    _last_day(server.data, -2)
    plan = at_home / "over.toml"
    over = (datetime.now(UTC).date() - timedelta(2)).isoformat()
    plan.write_text(FIFE.read_text("utf-8").replace("date = 2016-05-18", f"date = 2016-05-18\ndelete_after = {over}"))
    done = _run("serve", plan, "--data", server.data, "--port", "0")
    assert done.exit_code == 1
    assert "“fife-2016” was to be kept until" in done.stderr
    assert done.stderr.endswith("Nothing was started.\n")
    with open_readers(server.data / "eventkit.sqlite3") as database, database.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM event").scalar() == 0
    assert MARK not in _bytes(server.data)
