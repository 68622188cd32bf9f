"""The same vote run again: seeded clock and chance, and every file as it was after each commit.

Two worlds that differ only in who chose what (swap), or in who came first (order), must leave the same bytes.
"""

import logging
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from eventkit.sealing import box as box_module
from eventkit.sealing import cipher
from eventkit.sealing import rules as sealing
from eventkit.sealing.cipher import Record
from eventkit.sealing.keys import Keys
from eventkit.stage import programme
from tests.fife import CODES, FIFE
from tests.room import Room, room_in

Votes = Sequence[tuple[int, str]]
Snapshot = dict[str, bytes]

PEOPLE = 8
BALLOT = f"/e/{CODES[FIFE]}/polls/p1/rounds/1/ballot"
CLOCKS = ("events.rules", "voting.rounds", "voting.rules", "live.hub")
# Checksums and salts in the two copies of the index header; and the frame at which each reader stands, which follows
# from the moment at which a page was rendered and is another one each time.
SHM_HEADERS = (24, 48), (72, 96), (100, 120)


@dataclass
class World:
    """What a run left behind: all files after each commit, the log among them, and every key that was made."""

    files: list[Snapshot] = field(default_factory=list)
    keys: list[bytes] = field(default_factory=list)
    tallies: dict[str, int] = field(default_factory=dict)

    def at_the_end(self) -> "World":
        """What can be found once the day is over."""
        return World(self.files[-1:], self.keys, self.tallies)


class Sealed:
    """Stands in for the cipher: constant bytes as long as the real ones, and the records kept beside them.

    The journal is read in the order in which it was written.
    """

    def __init__(self) -> None:
        self.records: list[Record] = []
        self._read = 0

    def seal(self, key: AESGCM, about: bytes, record: Record, size: int) -> bytes:
        self.records.append(record)
        return bytes(len(cipher.seal(key, about, record, size)))

    def unseal(self, key: AESGCM, about: bytes, sealed: bytes) -> Record:
        self._read += 1
        return self.records[self._read - 1]


def run(folder: Path, votes: Votes, *, real_cipher: bool = False) -> World:
    """A whole day in a new folder: people join, vote over HTTP in this order, the vote is counted, the day ends."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    world = World()
    with seeded(CLOCKS) as later, enciphered(real=real_cipher), logged(folder / "log"), keys_watched(world):
        with room_in(folder) as room:
            room.database.on_commit.append(lambda *_changed: world.files.append(snapshot(folder)))
            people = [room.pass_of() for _ in range(PEOPLE)]
            _press(room, 2)
            for who, choice in votes:
                later()
                assert room.post(BALLOT, {"option": choice, "epoch": "1"}, cookies=people[who]).status_code == 303
            _press(room, 2)
            world.tallies = _tallies(room)
            room.write(FIFE, programme.end, FIFE)
        world.files.append(snapshot(folder))
    return world


def swapped(votes: Votes, one: int, other: int) -> Votes:
    """The same people in the same order, two of whom have exchanged what they chose."""
    exchange = {one: other, other: one}
    chosen = dict(votes)
    return [(who, chosen[exchange.get(who, who)]) for who, _choice in votes]


def assert_same(first: World, second: World) -> None:
    """Byte by byte, at every commit and at the end."""
    assert first.tallies == second.tallies
    assert len(first.files) == len(second.files)
    for number, (one, other) in enumerate(zip(first.files, second.files, strict=True)):
        assert sorted(one) == sorted(other), f"other files after commit {number}"
        differing = [name for name in one if one[name] != other[name]]
        assert differing == [], f"other bytes after commit {number}: {differing}"


def _press(room: Room, times: int) -> None:
    for _ in range(times):
        with room.database.reading() as session:
            version = programme.stage_of(session, FIFE).version
        room.write(FIFE, programme.forward, FIFE, version)


def _tallies(room: Room) -> dict[str, int]:
    with room.database.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT option_id, votes FROM tally").all()
    return {str(option_id): int(votes) for option_id, votes in rows}


def snapshot(folder: Path) -> Snapshot:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): _masked(path.name, path.read_bytes()) for path in files}


def _masked(name: str, content: bytes) -> bytes:
    """Without what SQLite draws at random or derives from it: salts and checksums of the write-ahead log."""
    masked = bytearray(content)
    if name.endswith("-wal") and content:
        masked[16:32] = bytes(16)
        page = int.from_bytes(content[8:12])
        for frame in range(32, len(content), page + 24):
            masked[frame + 8 : frame + 24] = bytes(16)
    if name.endswith("-shm"):
        for start, end in SHM_HEADERS:
            masked[start:end] = bytes(end - start)
    return bytes(masked)


@contextmanager
def seeded(clocks: Sequence[str]) -> Iterator[Callable[[], None]]:
    """Clocks of these modules that move only when told, and chance that is the same in every world."""
    chance, passed = random.Random(1), [0]

    def now() -> datetime:
        return datetime(2016, 5, 18, 9, tzinfo=UTC) + timedelta(seconds=passed[0])

    def later() -> None:
        passed[0] += 7

    patches = [patch(f"eventkit.{name}.now", now) for name in clocks]
    patches.append(patch("secrets.token_bytes", chance.randbytes))
    for each in patches:
        each.start()
    try:
        yield later
    finally:
        for each in patches:
            each.stop()


@contextmanager
def enciphered(*, real: bool) -> Iterator[None]:
    if real:
        yield
        return
    sealed = Sealed()
    with patch.object(box_module, "seal", sealed.seal), patch.object(sealing, "unseal", sealed.unseal):
        yield


@contextmanager
def logged(path: Path) -> Iterator[None]:
    """Everything that the server logs, at every level, in a file beside the data."""
    handler = logging.FileHandler(path)
    log = logging.getLogger("eventkit")
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(level)
        handler.close()


@contextmanager
def keys_watched(world: World) -> Iterator[None]:
    make = Keys.make

    def noted(keys: Keys, name: str) -> bytes:
        world.keys.append(make(keys, name))
        return world.keys[-1]

    with patch.object(Keys, "make", noted):
        yield
