"""Nobody can tell afterwards, or from a copy made during a dot vote, who gave dots to what, or in which order.

As for polls, each check is also run against leaks planted on purpose.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from eventkit.events import rules as events
from eventkit.sealing import rules as sealing
from eventkit.wall import closing, dots, rules
from eventkit.wall.models import Note
from tests.fife import FIFE
from tests.trust import leaks
from tests.trust.leaks import Leak
from tests.trust.world import CLOCKS, World, assert_same, enciphered, keys_watched, logged, seeded, snapshot
from tests.wall.voting import Voting

Given = Mapping[str, int]
Votes = Sequence[tuple[str, Given]]

BUSES, CARE, DEBT = "Buses", "Childcare", "Debt advice in the evening"
ONCE: Votes = [("one", {BUSES: 5}), ("two", {}), ("three", {BUSES: 1, CARE: 1, DEBT: 3}), ("four", {CARE: 5})]
SUMS = {BUSES: 6, CARE: 6, DEBT: 3}


def run(folder: Path, votes: Votes, *, real_cipher: bool = False) -> World:
    """A dot vote in a new folder: these people give their dots in this order, they are counted, the day ends."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    world = World()
    with seeded(CLOCKS) as later, pytest.MonkeyPatch.context() as patching:
        for module in (closing, dots, rules):
            patching.setattr(module, "now", vars(events)["now"])
        with enciphered(real=real_cipher), logged(folder / "log"), keys_watched(world):
            hall = Voting(folder)
            ids = dict(zip(SUMS, hall.vote_on(*SUMS), strict=True))
            hall.database.on_commit.append(lambda *_changed: world.files.append(snapshot(folder)))
            for who, given in votes:
                later()
                hall.give(who, {ids[text]: number for text, number in given.items()})
            hall.each(dots.count, "w1")
            world.tallies = {text: number or 0 for text, number in hall.dots().items()}
            hall.do(events.end, FIFE)
            hall.close()
        world.files.append(snapshot(folder))
    return world


def swapped(votes: Votes, one: int, other: int) -> Votes:
    """The same people in the same order, two of whom have exchanged what they gave."""
    given = [each for _who, each in votes]
    given[one], given[other] = given[other], given[one]
    return [(who, each) for (who, _each), each in zip(votes, given, strict=True)]


def check_swap(folder: Path) -> None:
    """Two people have exchanged their dots, and no byte differs."""
    world = run(folder, ONCE)
    for one, other in ((0, 1), (2, 3)):
        assert_same(world, run(folder, swapped(ONCE, one, other)))


def check_order(folder: Path) -> None:
    """The same dots came in another order, and no byte differs; nor does it at the end if somebody thought again."""
    assert_same(run(folder, ONCE), run(folder, [*ONCE[2:], *ONCE[:2]]))
    twice = [("four", {DEBT: 1}), *ONCE]
    assert_same(run(folder, twice).at_the_end(), run(folder, [*twice[2:4], *twice[:2], twice[4]]).at_the_end())


CHECKS = {"swap": check_swap, "order": check_order}


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_no_file_tells_who_gave_dots(tmp_path: Path, check: Callable[[Path], None]) -> None:
    check(tmp_path / "world")


def test_worlds_are_whole(tmp_path: Path) -> None:
    world = run(tmp_path / "world", ONCE, real_cipher=True)
    assert (world.tallies, len(world.files), len(world.keys)) == (SUMS, len(ONCE) + 3, 1)
    assert [name for name in world.files[0] if name.startswith("keys/")] != []
    assert [name for name in world.files[-1] if name.startswith("keys/")] == []


def running_sums(patching: pytest.MonkeyPatch) -> None:
    """Each note's dots as they come."""

    def leak(session: Session, _voter: bytes, choice: str) -> None:
        for note_id, number in dots.given_of(choice).items():
            note = session.get_one(Note, note_id)
            note.dots = (note.dots or 0) + number

    leaks._after_each_vote(patching, leak)


def ballots_kept(patching: pytest.MonkeyPatch) -> None:
    """At the count whole ballots are written, in the order in which they first came."""
    original = sealing.count

    def count(session: Session, box: Any) -> Counter[str]:
        counted = original(session, box)
        for choice in counted:
            leaks._execute(session, "kept (choice)", "INSERT INTO kept VALUES (?)", choice)
        return counted

    patching.setattr(sealing, "count", count)


def summed_as_they_came(patching: pytest.MonkeyPatch) -> None:
    """The sums are kept in the order in which the notes first got a dot."""
    original = dots.given_of
    insert = "INSERT OR IGNORE INTO first_dot VALUES (?)"

    def count(session: Session, box: Any) -> Counter[str]:
        counted = kept(session, box)
        for note_id in (note_id for choice in counted for note_id in original(choice)):
            leaks._execute(session, "first_dot (note_id UNIQUE)", insert, note_id)
        return counted

    kept = sealing.count
    patching.setattr(sealing, "count", count)


LEAKS: list[tuple[str, Leak]] = [
    ("swap", running_sums),
    ("swap", leaks.ballot_with_pass),
    ("swap", leaks.ballot_deleted_again),
    ("swap", leaks.variable_length),
    ("swap", leaks.choice_in_log),
    ("order", leaks.last_seen),
    ("order", leaks.order_of_voters),
    ("order", leaks.pass_in_clear),
    ("order", ballots_kept),
    ("order", summed_as_they_came),
]


@pytest.mark.parametrize(("check", "leak"), LEAKS, ids=[f"{check}-{leak.__name__}" for check, leak in LEAKS])
def test_planted_leak_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: str, leak: Leak) -> None:
    leak(monkeypatch)
    with pytest.raises(AssertionError, match="after commit"):
        CHECKS[check](tmp_path / "world")
