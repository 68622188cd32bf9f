"""When a wall has closed nobody can tell from any file who wrote which note, which came first, or what was taken away.

Each check is also run against leaks planted on purpose, because a check that has never failed proves nothing.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.trust.wall_leaks import LEAKS, Leak
from tests.trust.wall_room import run_over_http
from tests.trust.wall_world import DAY, EDITED, GONE, REMOVED, Written, exchanged, found, run
from tests.trust.world import World, assert_same

Run = Callable[[Path, Written], World]
RUNS: dict[str, Run] = {"rules": run, "http": run_over_http}
PLACES = {text: place for place, (_who, text) in enumerate(DAY)}


def check_exchange(folder: Path, run: Run = run) -> None:
    """Two people have exchanged what they wrote, and no byte differs; the note that another was merged into too."""
    world = run(folder, DAY)
    for one, other in ((0, 9), (6, 8), (PLACES["Carers"], 8), (PLACES[EDITED], PLACES[REMOVED])):
        assert_same(world, run(folder, exchanged(DAY, one, other)))


def check_order(folder: Path, run: Run = run) -> None:
    """The same notes came in another order, and no byte differs."""
    world = run(folder, DAY)
    for other in ([*DAY[5:], *DAY[:5]], DAY[::-1]):
        assert_same(world, run(folder, other))


def check_words(folder: Path, run: Run = run) -> None:
    """What was hidden, redacted, edited away or removed is in no file."""
    world = run(folder, DAY)
    for text in GONE:
        assert found(world, text) == [0, 0], f"“{text}” is still there after commit"


CHECKS = {"exchange": check_exchange, "order": check_order, "words": check_words}


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_no_file_tells_of_an_author(tmp_path: Path, check: Callable[[Path, Run], None], run: Run) -> None:
    check(tmp_path / "world", run)


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_worlds_of_walls_are_whole(tmp_path: Path, run: Run) -> None:
    """The worlds compared hold what they should: every note that was not taken away, in files still open."""
    world = run(tmp_path / "world", DAY)
    kept = {text.strip() for _who, text in DAY if text not in GONE} | {"Housing", "…", ""}
    assert set(world.tallies) == kept
    assert {"data/eventkit.sqlite3", "data/eventkit.sqlite3-wal", "data/eventkit.sqlite3-shm", "log"} <= set(
        world.files[0]
    )


@pytest.mark.parametrize(("check", "leak"), LEAKS, ids=[f"{check}-{leak.__name__}" for check, leak in LEAKS])
def test_leak_planted_on_a_wall_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: str, leak: Leak
) -> None:
    leak(monkeypatch)
    with pytest.raises(AssertionError, match="after commit"):
        CHECKS[check](tmp_path / "world")
