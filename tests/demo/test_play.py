"""The demonstration runs by itself, and finds out if its workbook is wrong."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from eventkit.cli import main
from eventkit.demo import cells, play, writing
from eventkit.demo.room import Room, place
from eventkit.errors import EventkitError
from eventkit.rehearsal.people import People
from eventkit.server.door import Door, listen
from eventkit.settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What the command printed, and its workbook."""
    folder = tmp_path_factory.mktemp("play")
    out = folder / "new" / "fife.xlsx"
    command = ["demo", "--play", "--port", "0", "--data", str(folder / "d"), "--out", str(out)]
    done = CliRunner().invoke(main, command, env={"EVENTKIT_KEY_DIR": str(folder / "keys")})
    assert done.exit_code == 0, done.output
    return done.stdout, out


def test_play_leaves_a_workbook_that_others_read(played: tuple[str, Path]) -> None:
    book = load_workbook(played[1])
    assert book.sheetnames == [
        "cover",
        "method",
        "dictionary",
        "dictionary_values",
        "statistics",
        "polls",
        "tallies",
        "perception_gap",
        "wall_notes",
        "tables",
        "vignettes",
        "vignette_notes",
        "themes",
        "transcripts",
        "consent_counts",
        "queries",
        "export_log",
    ]
    tallies = play._tallies(played[1].read_bytes())
    deck = ("p1", "p3", "p5", "p6", "p7", "p8", "p9", "p11", "p12", "p13", "p16", "p18")
    assert list(tallies) == [f"poll-{poll}-r1" for poll in deck]
    assert {counted.total() for vote, counted in tallies.items() if vote != "poll-p6-r1"} == {42}
    unsure = tallies["poll-p6-r1"].pop("not_sure", 0)
    assert tallies["poll-p6-r1"].total() == 4 * (42 - unsure)


def test_play_shows_its_progress_and_its_time(played: tuple[str, Path]) -> None:
    lines = played[0].splitlines()
    assert sum("42/42 voted" in line for line in lines) == 12
    assert sum("42/42 have written" in line for line in lines) == 1
    notes = len(cells.rows(played[1].read_bytes(), "wall_notes"))
    assert 42 <= notes <= 3 * 42
    assert f"  {notes} notes under their themes" in lines
    assert "  No rule is broken" in lines
    assert sum(line.startswith("  4 people did not come, 4 others did: ") for line in lines) == 1
    assert "  6 stories, each at as many tables as any other, or one more or less" in lines
    assert "  64 points by 4 hosts" in lines
    assert sum("42/42 have sent a note to their table" in line for line in lines) == 2
    assert "  64 points of hosts and 84 notes from phones stand in the workbook as they were sent" in lines
    assert lines.count("  a name was taken out of a transcript at 2 places") == 2
    assert "  42 people sit in workbook and roster file as on the desk" in lines
    assert lines[-1].startswith(f"504 votes and {notes} notes of 42 people, every one of them in ")
    assert lines[-1].split(". It took ")[1].endswith(" s.")


def test_play_refuses_a_day_that_was_played(played: tuple[str, Path]) -> None:
    data = played[1].parents[1] / "d"
    done = CliRunner().invoke(main, ["demo", "--play", "--port", "0", "--data", str(data), "--out", str(played[1])])
    assert done.exit_code == 1
    assert done.stderr == f"There is a day in {data} already. Name a new folder.\n"


def test_play_notices_a_vote_that_is_not_in_the_workbook(played: tuple[str, Path]) -> None:
    people = People("http://127.0.0.1:9", "K7M4PDX", 42)
    for vote, counted in play._tallies(played[1].read_bytes()).items():
        answers = _orders(counted) if play._is_ranking(counted) else counted.elements()
        for phone, answer in zip(people.phones, answers, strict=True):
            phone.recorded[vote] = answer
    room = Room(None, None, people, "")
    play._compare(room, played[1].read_bytes())
    people.phones[7].recorded["poll-p7-r1"] = "A" if people.phones[7].recorded["poll-p7-r1"] != "A" else "B"
    with pytest.raises(EventkitError, match="The workbook is wrong about poll-p7-r1"):
        play._compare(room, played[1].read_bytes())


def _orders(counted: Counter[str]) -> Iterator[str]:
    """Orders that give these votes for items and places: wherever every place has as many, there are some."""
    left = Counter(counted)
    yield from ["not_sure"] * left.pop("not_sure", 0)
    items = sorted({answer[0] for answer in left})
    while +left:
        orders = ([f"{item} {place}" for place, item in enumerate(order, 1)] for order in permutations(items))
        chosen = next(order for order in orders if all(left[answer] for answer in order))
        left -= Counter(chosen)
        yield "".join(answer[0] for answer in chosen)


def test_play_notices_a_note_that_is_not_in_the_workbook(played: tuple[str, Path]) -> None:
    people, content = People("http://127.0.0.1:9", "K7M4PDX", 1), played[1].read_bytes()
    told = people.phones[0].author.told
    for number, row in enumerate(cells.rows(content, "wall_notes")):
        told[row["wall_id"]][str(number)] = row["text"]
    assert writing.compare(people, content) == sum(len(notes) for notes in told.values())
    for spoil in ({"0": "Nobody wrote this"}, {"more": "Private landlords"}):
        before, told["w4"] = told["w4"], told["w4"] | spoil
        with pytest.raises(EventkitError, match="The workbook is wrong about the notes on w4"):
            writing.compare(people, content)
        told["w4"] = before


def test_demo_takes_a_free_port_unless_one_was_asked_for(tmp_path: Path) -> None:
    with listen("127.0.0.1", 0) as taken:
        number = taken.getsockname()[1]
        with place(Settings(host="127.0.0.1", port=number), None, None) as (settings, port):
            assert settings.port == port.getsockname()[1] != number
        with pytest.raises(EventkitError, match=f"Port {number}"), place(Settings(), None, number):
            pass


def test_demo_keeps_nothing_and_puts_keys_elsewhere() -> None:
    with place(Settings(port=0), None, 0) as (settings, _port):
        assert settings.data.is_dir()
        assert not settings.key_dir.is_relative_to(settings.data)
        folders = [settings.data, settings.key_dir]
    assert [folder.exists() for folder in folders] == [False, False]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no interrupt for one process.")
def test_demo_runs_until_ctrl_c(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "eventkit", "demo", "--port", "0", "--data", str(tmp_path / "data")]
    environment = {"EVENTKIT_KEY_DIR": str(tmp_path / "keys"), "PATH": ""}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        printed = ""
        while "simulated people are joining" not in printed:
            printed += process.stdout.readline()
        process.send_signal(signal.SIGINT)
        complaints = process.communicate(timeout=20)[1]
    assert (process.returncode, complaints) == (0, "")
    assert Door.read(tmp_path / "data") is None
    assert all(f"  {name} " in printed for name in ("Screen", "Phone", "Desk, works once", "Console, works once"))
