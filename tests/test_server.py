"""The server around the app: its port, its way in, its events, and what it never writes down."""

import asyncio
import json
import logging
import socket
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
from websockets.sync.client import connect
from websockets.typing import Origin

from eventkit.activities import ACTIVITIES
from eventkit.demo.room import FIFE
from eventkit.errors import BadInput, Conflict, EventkitError, NotFound, Unavailable
from eventkit.events.control import HEADER
from eventkit.events.models import Role
from eventkit.plan.applying import apply
from eventkit.server.door import Door, here, listen, settled
from eventkit.server.stored import Stored, admit, all_events, open_database, open_readers, read_plan
from eventkit.settings import Settings
from tests.live_server import ProcessServer, ThreadServer, live_process, live_server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreadServer]:
    running = live_server(tmp_path_factory.mktemp("server"))
    yield running
    running.stop()


@pytest.fixture
def process(tmp_path: Path) -> Iterator[ProcessServer]:
    running = live_process(tmp_path)
    yield running
    running.stop()


def _ask(server: ThreadServer, headers: dict[str, str], event: str = "fife-2016") -> httpx2.Response:
    data = {"event": event, "role": "organiser"}
    return httpx2.post(f"{server.base}/control/link", data=data, headers=headers, trust_env=False)


def test_door_is_private_and_goes_with_the_server(tmp_path: Path) -> None:
    server = live_server(tmp_path)
    path = server.data / "server.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(path.read_text())["address"] == server.base
    server.stop()
    assert not path.exists()


def test_control_makes_links_for_whoever_knows_the_word(server: ThreadServer) -> None:
    door = Door.read(server.data)
    assert door
    assert door.ask_link("fife-2016", Role.FACILITATOR).startswith(f"{server.base}/s/{server.code}/console/enter/")
    assert door.ask_link(server.code, Role.ORGANISER).startswith(f"{server.base}/s/{server.code}/desk/enter/")
    with pytest.raises(NotFound, match="No event here is called leith"):
        door.ask_link("leith", Role.ORGANISER)


@pytest.mark.parametrize("word", [None, "", "0" * 32, "ü"])
def test_control_is_not_there_for_others(server: ThreadServer, word: str | None) -> None:
    headers = {} if word is None else {HEADER: word.encode("utf-8")}
    assert _ask(server, headers).status_code == 404


def test_cookies_open_console_and_desk(server: ThreadServer) -> None:
    for view, role, value in (
        ("console", "facilitator", server.facilitator_cookie()),
        ("desk", "organiser", server.organiser_cookie()),
    ):
        address = f"{server.base}/s/{server.code}/{view}"
        assert httpx2.get(address, headers={"Cookie": f"{role}={value}"}, trust_env=False).status_code == 200
        assert httpx2.get(address, trust_env=False).status_code == 403


def test_desk_gives_the_workbook_under_its_name(server: ThreadServer) -> None:
    headers = {"Cookie": f"organiser={server.organiser_cookie()}"}
    address = f"{server.base}/s/{server.code}/desk/results.xlsx"
    listed = httpx2.get(f"{server.base}/s/{server.code}/desk/downloads", headers=headers, trust_env=False).text
    assert f'href="/s/{server.code}/desk/results.xlsx" download' in listed
    answer = httpx2.get(address, headers=headers, trust_env=False)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="fife-2016_results.xlsx"'
    assert answer.content[:4] == b"PK\x03\x04"
    assert httpx2.get(address, trust_env=False).status_code == 403


def test_log_holds_neither_addresses_nor_paths(process: ProcessServer) -> None:
    httpx2.get(f"{process.base}/e/{process.code}?who=me", trust_env=False)
    host = process.base.removeprefix("http://")
    with connect(f"ws://{host}/s/{process.code}/screen/live", origin=Origin(process.base), proxy=None) as screen:
        assert "html" in json.loads(screen.recv())
    with socket.create_connection(("127.0.0.1", int(host.rpartition(":")[2]))) as broken:
        broken.sendall(b"no http at all\r\n\r\n")
        broken.recv(1000)
    process.stop()
    printed = process.output()
    assert "/live" not in printed
    assert "who=me" not in printed
    assert printed.count("127.0.0.1") == printed.count(process.base)


def test_websocket_logger_is_quiet(server: ThreadServer) -> None:
    assert logging.getLogger("uvicorn.error").getEffectiveLevel() == logging.WARNING


def test_terminated_server_leaves_in_good_order(process: ProcessServer) -> None:
    process.stop()
    assert process.output().endswith("Stopped.\n")
    assert not (process.data / "server.json").exists()
    assert not (process.data / "eventkit.sqlite3-wal").exists()


def test_killed_server_starts_again_on_its_port(process: ProcessServer) -> None:
    base, code = process.base, process.code
    process.kill()
    process.start()
    assert (process.base, process.code) == (base, code)
    assert httpx2.get(f"{base}/j/{code}", trust_env=False).status_code == 200


def test_second_server_on_the_same_file_is_refused(server: ThreadServer) -> None:
    with (
        pytest.raises(Unavailable, match="Another eventkit server has"),
        open_database(server.data / "eventkit.sqlite3"),
    ):
        pass


def test_port_in_use_is_one_sentence() -> None:
    with listen("127.0.0.1", 0) as taken:
        number = taken.getsockname()[1]
        with pytest.raises(Unavailable, match=f"Port {number} on 127.0.0.1 cannot be used"):
            listen("127.0.0.1", number)


@pytest.mark.parametrize("host", ["no.such.host.invalid", "203.0.113.7"])
def test_host_that_is_not_here_is_one_sentence(host: str) -> None:
    with pytest.raises(Unavailable, match=host):
        listen(host, 0)


def test_port_0_is_known_before_addresses_are_printed() -> None:
    with listen("127.0.0.1", 0) as port:
        settings = settled(Settings(host="127.0.0.1", port=0, address=""), port)
        number = port.getsockname()[1]
        assert (settings.port, settings.address) == (number, f"http://127.0.0.1:{number}")


def test_listening_everywhere_gives_the_address_of_the_room() -> None:
    with listen("0.0.0.0", 0) as port:  # noqa: S104
        settings = settled(Settings(host="0.0.0.0", port=0, address=""), port)  # noqa: S104
        assert "0.0.0.0" not in settings.address  # noqa: S104
        assert here(settings) == f"http://127.0.0.1:{port.getsockname()[1]}"
        assert settled(settings.model_copy(update={"address": "https://day.example"}), port).address == (
            "https://day.example"
        )


def test_address_of_ipv6_has_brackets() -> None:
    with listen("127.0.0.1", 0) as port:
        settings = settled(Settings(host="::1", port=0, address=""), port)
        assert settings.address == f"http://[::1]:{port.getsockname()[1]}"


HINT = (
    "Nothing was changed. Add --update to apply this, start without a plan to go on with the stored event, or give "
    "this plan an event_id of its own."
)


async def _admitted(path: Path, plan: Path, *, update: bool = False) -> Stored:
    with open_database(path) as database:
        return await database.write(None, admit, read_plan(plan), update=update)


def _changed(folder: Path, *edits: tuple[str, str]) -> Path:
    """The demonstration's plan with these edits."""
    text = FIFE.read_text("utf-8")
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    path = folder / "changed.toml"
    path.write_text(text, "utf-8")
    return path


def test_plan_is_created_once_and_reopened(tmp_path: Path) -> None:
    path = tmp_path / "data" / "eventkit.sqlite3"
    first = asyncio.run(_admitted(path, FIFE))
    assert first.created
    assert asyncio.run(_admitted(path, FIFE)) == replace(first, created=False)


def test_changed_plan_is_refused_with_its_differences_and_applied_on_request(tmp_path: Path) -> None:
    path = tmp_path / "data" / "eventkit.sqlite3"
    first = asyncio.run(_admitted(path, FIFE))
    changed = _changed(tmp_path, ("Fife, Scotland", "Leith"))
    line = "event, place: “Fife, Scotland” → “Leith”"
    with pytest.raises(Conflict) as refusal:
        asyncio.run(_admitted(path, changed))
    assert refusal.value.sentence.splitlines() == [
        "“fife-2016” is stored here already, and this plan differs from the stored one:",
        f"  {line}",
        HINT,
    ]
    assert asyncio.run(_admitted(path, FIFE)).notes == ()
    updated = asyncio.run(_admitted(path, changed, update=True))
    assert updated == replace(first, created=False, notes=(line,))
    assert asyncio.run(_admitted(path, changed)).notes == ()
    with pytest.raises(Conflict, match="“Leith” → “Fife, Scotland”"):
        asyncio.run(_admitted(path, FIFE))


def test_server_starts_again_with_what_has_changed_in_its_plan(process: ProcessServer, tmp_path: Path) -> None:
    code = process.code
    process.stop()
    process.plan = _changed(tmp_path, ("Fife, Scotland", "Leith"))
    process.start("--update")
    assert process.code == code
    process.stop()
    assert "  event, place: “Fife, Scotland” → “Leith”\n" in process.output()


def test_update_of_a_new_plan_is_its_first_start(tmp_path: Path) -> None:
    assert asyncio.run(_admitted(tmp_path / "eventkit.sqlite3", FIFE, update=True)).created


def test_plan_of_the_last_start_starts_again_what_the_desk_has_changed(tmp_path: Path) -> None:
    async def edited() -> None:
        with open_database(path) as database:
            await database.write(1, apply, 1, read_plan(changed), ACTIVITIES)

    path = tmp_path / "data" / "eventkit.sqlite3"
    asyncio.run(_admitted(path, FIFE))
    changed = _changed(tmp_path, ("Fife, Scotland", "Leith"))
    asyncio.run(edited())
    again = asyncio.run(_admitted(path, FIFE))
    assert again.notes == ("The plan was changed on the desk since, and goes on as it is there.",)
    assert asyncio.run(_admitted(path, FIFE, update=True)).notes == ("event, place: “Leith” → “Fife, Scotland”",)


def test_plan_with_problems_is_refused_with_all_of_them(tmp_path: Path) -> None:
    plan = tmp_path / "day.toml"
    plan.write_text('[event]\nevent_id = "day"\nlanguage = "English"\n', "utf-8")
    with pytest.raises(BadInput) as refusal:
        read_plan(plan)
    lines = refusal.value.sentence.splitlines()
    assert lines[0] == "day.toml has 3 problems:"
    assert [line.split(":")[0] for line in lines[1:-1]] == ["  event, title", "  event, date", "  event, language"]
    assert lines[-1] == "Nothing was started. Mend the plan, then try again."


def test_empty_folder_gets_an_untitled_event_once(tmp_path: Path) -> None:
    async def stored() -> list[str]:
        with open_database(tmp_path / "eventkit.sqlite3") as database:
            return [event.event_id for event in await database.write(None, all_events)]

    assert asyncio.run(stored()) == ["untitled"]
    assert asyncio.run(stored()) == ["untitled"]


@pytest.mark.parametrize("opening", [open_database, open_readers])
def test_database_of_a_newer_version_is_left_alone(tmp_path: Path, opening: object) -> None:
    path = tmp_path / "eventkit.sqlite3"
    with open_database(path):
        pass
    with closing(sqlite3.connect(path)) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
        file.commit()
    with pytest.raises(Unavailable, match="written by a newer version"), opening(path):  # type: ignore[operator]
        pass


@pytest.mark.parametrize("opening", [open_database, open_readers])
def test_file_that_is_no_database_is_one_sentence(tmp_path: Path, opening: object) -> None:
    path = tmp_path / "eventkit.sqlite3"
    path.write_bytes(b"This is a letter to the editor.\n" * 100)
    with pytest.raises(EventkitError, match="not a database"), opening(path):  # type: ignore[operator]
        pass
    assert path.read_bytes().startswith(b"This is a letter")
