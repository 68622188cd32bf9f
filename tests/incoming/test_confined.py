"""Hostile files: refused with a sentence, in time and in little memory, while the room goes on voting."""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from eventkit.activities import ACTIVITIES
from eventkit.errors import BadInput
from eventkit.evidence.importers.formats import parse_file, read_file
from eventkit.evidence.importers.table import Table
from eventkit.incoming import confined as confinement
from eventkit.incoming import wire
from eventkit.incoming.confined import confined
from eventkit.plan import whole, workbook
from eventkit.web.language import speaking
from tests.evidence.files import json_file, result
from tests.incoming.hostile import DATA, REFUSED, claimed_cells, packed, read_in_child
from tests.incoming.hostile import workbook as sound
from tests.plan.writing import DAY, as_sheets, opened, toml
from tests.plan.writing import workbook as plan_workbook

KINDS = ("bomb", "many cells", "laughs", "blank rows", "huge text")
SECONDS, MEMORY = 10, 512 * 1024 * 1024
TOO_MUCH = (
    "This file could not be read within 9 seconds and a small part of this computer's memory. "
    "Copy the table alone into a new workbook, and bring that."
)
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


def _file(folder: Path, kind: str) -> Path:
    path = folder / f"{kind}.xlsx"
    if not path.exists():
        path.write_bytes(REFUSED[kind]())
    return path


@posix
@pytest.mark.parametrize("kind", REFUSED)
def test_hostile_file_is_refused_in_time_and_in_little_memory(folder: Path, kind: str) -> None:
    ending = read_in_child(read_file, _file(folder, kind))
    assert ending.seconds < SECONDS
    assert ending.memory < MEMORY
    (sentence,) = wire.load(ending.answer, ()).values()
    assert sentence.endswith((".", "more"))


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_file_is_refused_with_a_sentence(folder: Path, kind: str) -> None:
    with pytest.raises(BadInput) as refused:
        asyncio.run(parse_file(_file(folder, kind)))
    assert refused.value.sentence.endswith(".")


@posix
@pytest.mark.parametrize("kind", ["macros", "bomb", "laughs", "outside", "program", "blank rows", "many cells"])
def test_hostile_plan_is_refused_with_a_sentence(folder: Path, kind: str) -> None:
    ending = read_in_child(workbook.raw, _file(folder, kind))
    assert ending.seconds < SECONDS
    assert ending.memory < MEMORY
    with pytest.raises(BadInput) as refused:
        asyncio.run(whole.load_upload(_file(folder, kind), ACTIVITIES))
    assert refused.value.sentence.endswith(".")


def test_claim_of_17_billion_cells_is_not_believed(folder: Path) -> None:
    path = folder / "claims.xlsx"
    path.write_bytes(claimed_cells())
    (table,) = asyncio.run(parse_file(path))
    assert [str(cell.value) for cell in table.cells] == ["84"]


def test_renamed_file_is_read_as_what_it_is(folder: Path) -> None:
    path = json_file(folder / "renamed.xlsx", result())
    assert [table.importer for table in asyncio.run(parse_file(path))] == ["stat_xplore_json"]


def test_what_the_child_found_is_what_was_read_here(folder: Path) -> None:
    path = json_file(folder / "same.json", result())
    assert asyncio.run(parse_file(path)) == read_file(path)
    own = folder / "own.xlsx"
    own.write_bytes(packed(sound(DATA)))
    assert asyncio.run(parse_file(own)) == read_file(own)


def test_uploaded_plan_is_what_the_same_file_says_here(folder: Path) -> None:
    for path in (toml(folder, DAY), plan_workbook(folder, as_sheets(DAY))):
        assert asyncio.run(whole.load_upload(path, ACTIVITIES)) == opened(path)


def test_room_goes_on_while_files_are_read(folder: Path) -> None:
    """A tick every 10 ms stands for the votes: none may wait for a file."""

    async def room() -> tuple[list[object], float, int]:
        gaps, reading = [0.0], True

        async def ticks() -> None:
            last = time.perf_counter()
            while reading:
                await asyncio.sleep(0.01)
                gaps.append(time.perf_counter() - last)
                last = time.perf_counter()

        ticking = asyncio.create_task(ticks())
        files = [_file(folder, kind) for kind in KINDS]
        answers = await asyncio.gather(*(parse_file(path) for path in files), return_exceptions=True)
        reading = False
        await ticking
        return list(answers), max(gaps), len(gaps)

    for kind in KINDS:
        _file(folder, kind)
    answers, longest, count = asyncio.run(room())
    assert {type(answer) for answer in answers} == {BadInput}
    assert count > 20
    assert longest < 0.5


@posix
def test_child_that_waits_for_ever_is_killed(folder: Path) -> None:
    path = folder / "pipe"
    os.mkfifo(path)
    begun = time.monotonic()
    assert _refusal(Path.read_bytes, path, seconds=1) == TOO_MUCH
    assert time.monotonic() - begun < 5


@posix
def test_child_that_takes_too_much_memory_ends(folder: Path) -> None:
    path = folder / "endless"
    path.symlink_to("/dev/zero")
    assert _refusal(Path.read_bytes, path) == TOO_MUCH
    assert read_in_child(Path.read_bytes, path).memory < MEMORY


@posix
def test_child_that_says_too_much_is_stopped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "long.txt"
    path.write_text("x" * 100_000)
    monkeypatch.setattr(confinement, "MAX_ANSWER", 1000)
    assert _refusal(Path.read_text, path).startswith("This file holds more than eventkit can show.")


@posix
def test_cancelled_reading_leaves_no_child(folder: Path) -> None:
    path = folder / "another pipe"
    os.mkfifo(path)

    async def leave() -> None:
        task = asyncio.create_task(confined(Path.read_bytes, path))
        await asyncio.sleep(0.3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(leave())
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@posix
def test_child_knows_nothing_of_the_servers_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTKIT_DATA", "/secret")
    path = Path("/proc/self/environ")
    if not path.exists():
        pytest.skip("needs /proc")
    assert "EVENTKIT" not in asyncio.run(confined(Path.read_text, path))


def test_child_speaks_the_events_language(folder: Path) -> None:
    assert "language" not in confinement.command(read_file, folder)
    with speaking("gd"):
        assert "gd" in confinement.command(read_file, folder)


def test_class_that_was_not_named_is_not_made(folder: Path) -> None:
    path = json_file(folder / "unnamed.json", result())
    with pytest.raises(KeyError):
        asyncio.run(confined(read_file, path, (Table,)))


def _refusal(function: Callable[[Path], object], path: Path, **more: float) -> str:
    with pytest.raises(BadInput) as refused:
        asyncio.run(confined(function, path, **more))
    return refused.value.sentence
