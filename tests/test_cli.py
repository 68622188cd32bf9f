"""The commands as people type them: what they print, what they leave, and one sentence when it goes wrong."""

import os
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import httpx2
import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from eventkit.activities import ACTIVITIES
from eventkit.cli import main
from eventkit.demo.room import FIFE
from eventkit.plan.whole import parts
from eventkit.server import doctor, keyfolder
from eventkit.server.door import Door, listen
from eventkit.settings import Settings
from eventkit.web.rendering import STATIC
from tests.live_server import ThreadServer, live_server
from tests.plan.writing import DAY


@pytest.fixture
def server(at_home: Path) -> Iterator[ThreadServer]:
    running = live_server(at_home)
    yield running
    running.stop()


def _run(*arguments: str | Path) -> Result:
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done


def test_new_writes_a_plan_that_check_reads(at_home: Path) -> None:
    assert _run("new", "day.xlsx").exit_code == 0
    assert load_workbook("day.xlsx").sheetnames == ["guidance", *(part.name for part in parts(ACTIVITIES))]
    done = _run("check", "day.xlsx")
    assert done.exit_code == 1
    assert "event, row 2, event_id: This must be filled in." in done.stdout


def test_new_leaves_what_is_there(at_home: Path) -> None:
    Path("day.xlsx").write_bytes(b"mine")
    done = _run("new", "day.xlsx")
    assert (done.exit_code, Path("day.xlsx").read_bytes()) == (1, b"mine")
    assert done.stderr == "day.xlsx is there already, and was left as it is. Give another name.\n"
    assert _run("new", "day.ods").stderr == "day.ods would be no workbook: give a name that ends in .xlsx.\n"


def test_check_of_a_sound_plan_only_notes_what_to_look_at(at_home: Path) -> None:
    plan = at_home / "day.toml"
    plan.write_text(FIFE.read_text("utf-8") + '\n[[walls]]\nwall_id = "w5"\nquestion = "What?"\n', "utf-8")
    done = _run("check", plan)
    assert done.exit_code == 0
    assert "Note: programme, ref: No step shows “w5” of the sheet walls.\n" not in done.stdout
    plan.write_text(plan.read_text("utf-8").replace('activity = "wall"', 'activity = "wall"\nref = "w1 w2 w3 w4"'))
    assert "Note: programme, ref: No step shows “w5” of the sheet walls.\n" in _run("check", plan).stdout
    assert done.stdout.endswith(f"{plan} can be used.\n")


def test_check_says_how_much_each_finding_weighs(at_home: Path) -> None:
    plan = at_home / "day.toml"
    late = DAY.replace('unit = "%"', 'unit = "%"\nperiod_end = 2016-06-30\ngeography_code = "S12000015"', 1)
    plan.write_text(late, "utf-8")
    old = "S12000015 is the old code of Fife; it is S12000047 now. Keep the one that your source prints."
    done = _run("check", plan)
    assert (done.exit_code, done.stdout.splitlines()[:-1]) == (
        0,
        [
            f"Note: statistics, row 1, geography_code: {old}",
            "Warning: statistics, row 1, period_end: The period ends after the event, which is on 18 May 2016.",
        ],
    )
    plan.write_text(late.replace("value = 84\nunit", "value = 184\nunit"), "utf-8")
    done = _run("check", plan)
    assert done.exit_code == 1
    assert "\nstatistics, row 1, value: A percentage lies between 0 and 100." in f"\n{done.stdout}"


def test_check_names_each_problem_by_its_place(at_home: Path) -> None:
    plan = at_home / "day.toml"
    plan.write_text('[event]\nevent_id = "a day"\ntitle = "Day"\ndate = 2016-05-18\nlanguage = "English"\n', "utf-8")
    done = _run("check", plan)
    assert done.exit_code == 1
    assert [line.split(": ")[0] for line in done.stdout.splitlines()] == [
        "event, event_id",
        "event, language",
        "2 problems to mend.",
    ]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("day.toml", b"[event", "is not TOML"),
        ("day.xlsx", b"no workbook", "could not be read as a workbook"),
        ("day.pdf", b"%PDF", "is not a plan"),
        ("gone.toml", None, "There is no file"),
    ],
)
def test_check_of_an_unreadable_plan_exits_2(at_home: Path, name: str, content: bytes | None, sentence: str) -> None:
    if content is not None:
        Path(name).write_bytes(content)
    done = _run("check", name)
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_link_is_made_by_the_running_server(server: ThreadServer) -> None:
    done = _run("link", "fife-2016", "organiser", "--data", server.data)
    assert done.exit_code == 0
    address = done.stdout.strip()
    assert address.startswith(f"{server.base}/s/{server.code}/desk/enter/")
    assert httpx2.post(address, trust_env=False).status_code == 303
    assert httpx2.post(address, trust_env=False).status_code == 410


def test_link_is_made_without_a_server(server: ThreadServer) -> None:
    server.stop()
    done = _run("link", server.code, "facilitator", "--data", server.data)
    assert done.exit_code == 0
    assert done.stdout.startswith(f"http://127.0.0.1:8000/s/{server.code}/console/enter/")


def test_link_without_a_way_to_the_running_server_says_so(server: ThreadServer) -> None:
    Door.remove(server.data)
    done = _run("link", "fife-2016", "organiser", "--data", server.data)
    assert done.exit_code == 1
    assert done.stderr.startswith("Another eventkit server has")


@pytest.mark.parametrize(
    "command", [("link", "leith", "organiser"), ("export", "leith", "--out", "leith.xlsx")], ids=["link", "export"]
)
def test_unknown_event_is_named(server: ThreadServer, command: tuple[str, ...]) -> None:
    done = _run(*command, "--data", server.data)
    assert (done.exit_code, done.stderr) == (1, "No event here is called leith.\n")
    assert not Path("leith.xlsx").exists()


@pytest.mark.parametrize("running", [True, False])
def test_export_writes_the_workbook_beside_a_running_server_or_without(server: ThreadServer, running: bool) -> None:
    if not running:
        server.stop()
    Path("results.xlsx").write_bytes(b"of last time")
    done = _run("export", "fife-2016", "--out", "results.xlsx", "--data", server.data)
    assert (done.exit_code, done.stdout) == (0, "Wrote results.xlsx.\n")
    assert load_workbook("results.xlsx")["cover"]["A6"].value == "event_id"
    assert sorted(path.name for path in Path().iterdir()) == ["data", "results.xlsx"]


def test_export_to_a_place_that_cannot_be_written_says_so(server: ThreadServer) -> None:
    Path("results.xlsx").mkdir()
    done = _run("export", "fife-2016", "--out", "results.xlsx", "--data", server.data)
    assert done.exit_code == 1
    assert done.stderr == "results.xlsx could not be written: Is a directory.\n"
    assert sorted(path.name for path in Path().iterdir()) == ["data", "results.xlsx"]


@pytest.mark.parametrize("command", [("link", "day", "organiser"), ("export", "day", "--out", "day.xlsx")])
def test_folder_without_events_is_named(at_home: Path, command: tuple[str, ...]) -> None:
    done = _run(*command, "--data", "nowhere")
    assert done.stderr == "No events are stored in nowhere. Name another folder with --data.\n"
    assert done.exit_code == 1
    assert not Path("nowhere").exists()


def test_serve_refuses_a_port_in_use_before_it_touches_anything(at_home: Path) -> None:
    with listen("127.0.0.1", 0) as taken:
        number = taken.getsockname()[1]
        done = _run("serve", FIFE, "--data", "data", "--port", str(number))
    assert done.exit_code == 1
    assert done.stderr.startswith(f"Port {number} on 127.0.0.1 cannot be used (")
    assert not Path("data").exists()


def test_serve_refuses_a_folder_that_cannot_be_written(at_home: Path) -> None:
    Path("data").write_text("a file")
    done = _run("serve", FIFE, "--data", "data", "--port", "0")
    assert done.exit_code == 1
    assert done.stderr.startswith("The folder data cannot be written to: ")


def test_serve_refuses_a_second_server(server: ThreadServer) -> None:
    done = _run("serve", "--data", server.data, "--port", "0")
    assert done.exit_code == 1
    assert done.stderr.startswith("Another eventkit server has")


def test_serve_refuses_a_changed_plan_with_its_differences(server: ThreadServer) -> None:
    server.stop()
    changed = Path("changed.toml")
    changed.write_text(FIFE.read_text("utf-8").replace("Fife, Scotland", "Leith"), "utf-8")
    done = _run("serve", changed, "--data", server.data, "--port", "0")
    assert done.exit_code == 1
    assert "  event, place: “Fife, Scotland” → “Leith”\n" in done.stderr
    assert "Add --update to apply this" in done.stderr


def test_serve_refuses_an_update_of_what_the_room_has_seen(server: ThreadServer) -> None:
    address = f"{server.base}/s/{server.code}/console/forward"
    headers = {"Cookie": f"facilitator={server.facilitator_cookie()}", "Origin": server.base}
    for version in range(3):
        answer = httpx2.post(address, data={"version": str(version)}, headers=headers, trust_env=False)
        assert answer.status_code == 303
    server.stop()
    text = FIFE.read_text("utf-8")
    shouted = re.sub(r'\nquestion = "\w+', lambda found: found[0].upper().replace("QUESTION", "question"), text)
    Path("changed.toml").write_text(shouted, "utf-8")
    done = _run("serve", "changed.toml", "--update", "--data", server.data, "--port", "0")
    assert done.exit_code == 1
    assert done.stderr.splitlines()[0] == "Nothing was changed:"
    assert done.stderr.count("was opened, so its question and options stay as they are.") == 1
    assert _run("export", "fife-2016", "--out", "day.xlsx", "--data", server.data).exit_code == 0


def test_serve_updates_nothing_without_a_plan(at_home: Path) -> None:
    done = _run("serve", "--update", "--data", "data", "--port", "0")
    assert done.exit_code == 1
    assert done.stderr == "--update applies a plan: give its file, as in eventkit serve day.xlsx --update.\n"
    assert not Path("data").exists()


def test_serve_refuses_keys_beside_the_data(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTKIT_KEY_DIR", str(at_home / "data" / "keys"))
    done = _run("serve", FIFE, "--data", "data", "--port", "0")
    assert done.exit_code == 1
    assert "lies inside the data folder" in done.stderr


def test_serve_refuses_an_address_that_no_qr_can_print(at_home: Path) -> None:
    done = _run("serve", FIFE, "--data", "data", "--port", "0", "--address", "http://day.example/fife")
    assert done.exit_code == 1
    assert "is not an address that a QR can print" in done.stderr


def test_setting_that_cannot_be_used_is_named(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTKIT_PORT", "eighty")
    done = _run("doctor")
    assert done.exit_code == 1
    assert done.stderr.startswith("The setting EVENTKIT_PORT cannot be used: ")


def test_doctor_finds_a_sound_machine(at_home: Path) -> None:
    done = _run("doctor", "--data", "data")
    assert done.exit_code == 0
    assert [line.split()[0] for line in done.stdout.splitlines()].count("ok") == len(done.stdout.splitlines()) - 1
    assert "warning  No phone can reach http://127.0.0.1:8000: use --host 0.0.0.0" in done.stdout
    assert sorted(path.name for path in at_home.rglob("*")) == ["eventkit", "keys", "state"]


def test_doctor_finds_the_running_server(server: ThreadServer) -> None:
    done = _run("doctor", "--data", server.data)
    assert f"ok       A server runs here at {server.base}." in done.stdout


def test_doctor_names_what_cannot_be_used(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (at_home / "own" / "voting").mkdir(parents=True)
    (at_home / "own" / "voting" / "_balot.html").write_text("{% if %}")
    monkeypatch.setenv("EVENTKIT_TEMPLATES", str(at_home / "own"))
    monkeypatch.setenv("EVENTKIT_KEY_DIR", str(at_home / "data" / "keys"))
    with listen("127.0.0.1", 0) as taken:
        monkeypatch.setenv("EVENTKIT_PORT", str(taken.getsockname()[1]))
        done = _run("doctor", "--data", "data")
    assert done.exit_code == 1
    faults = [line for line in done.stdout.splitlines() if line.startswith("fault")]
    assert [part in fault for part, fault in zip(("Port", "data folder", "_balot"), faults, strict=True)] == [True] * 3
    assert "warning  Your template voting/_balot.html replaces none of eventkit's." in done.stdout


def test_doctor_knows_the_htmx_that_the_build_brings() -> None:
    hook = (Path(__file__).parent.parent / "hatch_build.py").read_text(encoding="utf-8")
    assert f'SHA256 = "{doctor.HTMX_SHA256}"' in hook


def test_doctor_sees_a_missing_front_end(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "STATIC", at_home)
    assert [finding.grade for finding in doctor.examine(Settings())][-1] is doctor.Grade.FAULT


def test_doctor_sees_a_clock_that_is_behind(at_home: Path) -> None:

    data = at_home / "data"
    data.mkdir()
    database = data / "eventkit.sqlite3"
    database.touch()
    os.utime(database, (4_000_000_000, 4_000_000_000))
    said = [finding for finding in doctor.examine(Settings(data=data)) if finding.sentence.startswith("The clock")]
    assert [finding.grade for finding in said] == [doctor.Grade.WARNING]


@pytest.mark.parametrize(
    ("variable", "survives"),
    [
        (
            "RUNTIME_DIRECTORY",
            "if the service keeps its folder (RuntimeDirectoryPreserve=yes), and a log-out, but",
        ),
        ("XDG_RUNTIME_DIR", "a restart of the program, but neither a log-out nor a power cut."),
        ("", "a restart of the program, a log-out and a power cut."),
    ],
)
def test_doctor_says_what_keys_survive(
    at_home: Path, monkeypatch: pytest.MonkeyPatch, variable: str, survives: str
) -> None:
    monkeypatch.setattr(keyfolder, "MOUNTS", at_home / "none")
    if variable:
        monkeypatch.setenv(variable, str(at_home))
    folder = Settings().key_dir
    done = _run("doctor", "--data", "data")
    assert f"Keys of open votes lie in {folder}." in done.stdout
    assert survives in done.stdout


def test_key_folder_in_memory_is_seen_by_its_file_system(at_home: Path) -> None:
    mounts = at_home / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\ntmpfs {at_home}/a\\040b tmpfs rw 0 0\n")
    assert keyfolder.filesystem(at_home / "a b" / "keys", mounts) == "tmpfs"
    assert keyfolder.filesystem(at_home / "keys", mounts) == "ext4"
    assert keyfolder.filesystem(at_home / "keys", at_home / "none") == ""


def test_front_end_hash_is_of_the_file_that_is_served() -> None:
    assert sha256((STATIC / "vendor" / "htmx.min.js").read_bytes()).hexdigest() == doctor.HTMX_SHA256
