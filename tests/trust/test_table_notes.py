"""Nobody can tell from any file which phone sent a private note to its table's record, or which came first.

The same notes are sent again over HTTP, with phones exchanged and in another order; the bytes are compared once the
discussion has ended, and each check is run against leaks planted on purpose.
"""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from eventkit.vignettes import phone_points, rules
from tests.fife import CODES, FIFE
from tests.room import Room, room_in
from tests.trust.world import World, assert_same, logged, seeded, snapshot
from tests.vignettes.told import STEP, at_step

Notes = Sequence[tuple[int, str]]
Leak = Callable[[pytest.MonkeyPatch], None]

ADDRESS = f"/e/{CODES[FIFE]}/tables/t1/note"
SENT: Notes = [(0, "It happened to my sister."), (1, "Nobody asked."), (2, "The form is too long."), (3, "Fear.")]


def run(folder: Path, notes: Notes) -> World:
    """Notes by these phones in this order, each under the number that its phone was given; the discussion ends."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    world = World()
    with seeded(("events.rules", "live.hub")) as later, logged(folder / "log"), room_in(folder) as room:
        room.write(FIFE, at_step)
        room.write(FIFE, rules.forward, STEP)
        phones = [room.pass_of() for _ in SENT]
        for phone, text in notes:
            later()
            send(room, phones[phone], f"{phone:016x}", text)
        room.write(FIFE, rules.finish, FIFE)
        world.files.append(snapshot(folder))
    return world


def send(room: Room, cookies: str, number: str, text: str) -> None:
    answer = room.post(ADDRESS, {"note": number, "story": "v1", "text": text}, cookies=cookies)
    assert answer.status_code == 303, answer.text


def check_exchange(folder: Path) -> None:
    """Two people have exchanged their phones, and no byte differs."""
    world = run(folder, SENT)
    assert_same(world, run(folder, [(1, SENT[0][1]), (0, SENT[1][1]), *SENT[2:]]))


def check_order(folder: Path) -> None:
    """The same phones sent the same in another order, and no byte differs."""
    world = run(folder, SENT)
    for other in (SENT[::-1], [*SENT[2:], *SENT[:2]]):
        assert_same(world, run(folder, other))


CHECKS = {"exchange": check_exchange, "order": check_order}


def numbers_kept(patching: pytest.MonkeyPatch) -> None:
    """Notes keep the number that their phone knows."""
    patching.setattr(phone_points, "write_anew", lambda _session, _event_id: None)


def not_compacted(patching: pytest.MonkeyPatch) -> None:
    """The file is not written anew."""
    patching.setattr(rules, "compact_after", lambda _session: None)


LEAKS: list[tuple[str, Leak]] = [("exchange", numbers_kept), ("order", not_compacted)]


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_no_file_tells_of_a_note_to_a_table(tmp_path: Path, check: Callable[[Path], None]) -> None:
    check(tmp_path / "world")


@pytest.mark.parametrize(("check", "leak"), LEAKS, ids=[f"{check}-{leak.__name__}" for check, leak in LEAKS])
def test_leak_planted_on_a_note_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: str, leak: Leak
) -> None:
    leak(monkeypatch)
    with pytest.raises(AssertionError, match="after commit"):
        CHECKS[check](tmp_path / "world")
