"""Nobody can tell afterwards, or from a copy made during the vote, who chose what: U1 swap, U2 order, U3 key.

Each check is also run against leaks planted on purpose, because a check that has never failed proves nothing.
"""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.trust.leaks import LEAKS, Leak
from tests.trust.world import assert_same, run, swapped

# Answers of different length, so that a length can give one away; person 2 changes their mind.
VOTES = [(0, "A"), (1, "not_sure"), (2, "A"), (3, "B"), (2, "C"), (4, "D"), (5, "not_sure"), (6, "A"), (7, "B")]
ONCE = [vote for vote in VOTES if vote != (2, "A")]
TALLIES = {"A": 2, "B": 2, "C": 1, "D": 1, "not_sure": 2}


def check_swap(folder: Path) -> None:
    """U1: two people have exchanged their answers, and no byte differs."""
    world = run(folder, ONCE)
    for one, other in ((0, 1), (2, 5)):
        assert_same(world, run(folder, swapped(ONCE, one, other)))


def check_order(folder: Path) -> None:
    """U2: the same answers came in another order, and no byte differs.

    When somebody changes their mind, the number of voters grows at other commits; at the end nothing tells of it.
    """
    assert_same(run(folder, ONCE), run(folder, [*ONCE[5:], *ONCE[:5]]))
    assert_same(run(folder, VOTES).at_the_end(), run(folder, [*VOTES[5:], *VOTES[:5]]).at_the_end())


def check_key(folder: Path) -> None:
    """U3: the key is in no file but its own, and after the count in none."""
    world = run(folder, VOTES, real_cipher=True)
    assert world.tallies == TALLIES
    assert world.keys
    for key in world.keys:
        written = [key, key.hex().encode(), key.hex().upper().encode(), base64.b64encode(key), repr(key).encode()]
        written += [base64.urlsafe_b64encode(key), *(form[:16] for form in written)]
        for number, files in enumerate(world.files):
            found = [name for name, content in files.items() if any(form in content for form in written)]
            assert [name for name in found if not name.startswith("keys/")] == [], f"after commit {number}"
        assert found == [], "a key is still there after the count"
    assert [name for name in world.files[-1] if name.startswith("keys/")] == [], "a file is still beside the keys"


CHECKS = {"swap": check_swap, "order": check_order, "key": check_key}


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_no_file_ever_tells(tmp_path: Path, check: Callable[[Path], None]) -> None:
    check(tmp_path / "world")


def test_worlds_are_whole(tmp_path: Path) -> None:
    """The worlds compared hold what they should: votes on the disk, and a result."""
    world = run(tmp_path / "world", VOTES)
    assert world.tallies == TALLIES
    assert len(world.files) > len(VOTES) + 10
    assert {"data/eventkit.sqlite3", "data/eventkit.sqlite3-wal", "data/eventkit.sqlite3-shm", "log"} <= set(
        world.files[10]
    )


@pytest.mark.parametrize(("check", "leak"), LEAKS, ids=[f"{check}-{leak.__name__}" for check, leak in LEAKS])
def test_planted_leak_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: str, leak: Leak) -> None:
    leak(monkeypatch)
    with pytest.raises(AssertionError, match=r"after commit|is still"):
        CHECKS[check](tmp_path / "world")
