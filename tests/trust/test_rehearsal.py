"""After a rehearsal nothing is left of it: in no table, in no byte of the data folder, in no key, in no memory.

The fault that each check is there for is planted as well, because a check that has never failed proves nothing.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from eventkit.activities import ACTIVITIES
from eventkit.database import now
from eventkit.events import rehearsing
from eventkit.events import rules as events
from eventkit.events.models import Correction, Event, Role
from eventkit.evidence import rules as evidence
from eventkit.export.pages import workbook_of
from eventkit.rehearsal import rules, simulation
from eventkit.sealing.keys import Keys
from eventkit.stage import programme
from eventkit.stage.models import Stage
from tests.fife import CODES, FIFE, STRANGER
from tests.room import Room, room_in

CODE = CODES[FIFE]
MARKER = "zebra-in-the-rehearsal"
MUST_DIFFER = {"version"}  # of the stage: a press that saw the rehearsal must be refused for ever
Table = tuple[list[str], list[tuple[Any, ...]]]
# What the rehearsal below writes to; each is planted as a forgotten one.
TOUCHED = ("box", "correction", "event", "journal", "pass", "query", "round", "showing", "stage", "step", "tally")


def tables(room: Room) -> dict[str, Table]:
    """Everything that another program finds in the file, in an order of its own."""
    with sqlite3.connect(room.database.path) as other:
        names = [name for (name,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {name: other.execute(f'SELECT * FROM "{name}"') for name in names}  # noqa: S608
        held = {
            name: ([column[0] for column in rows.description], sorted(rows, key=repr)) for name, rows in found.items()
        }
    other.close()
    return held


def without_what_must_differ(held: dict[str, Table]) -> dict[str, list[dict[str, Any]]]:
    rows = {name: [dict(zip(columns, row, strict=True)) for row in body] for name, (columns, body) in held.items()}
    return rows | {"stage": [{key: row[key] for key in row.keys() - MUST_DIFFER} for row in rows["stage"]]}


def press(room: Room, times: int = 1) -> None:
    for _ in range(times):
        with room.database.reading() as session:
            version = programme.stage_of(session, FIFE).version
        room.write(FIFE, programme.forward, FIFE, version)


def vote(room: Room, phones: Sequence[str], poll: str, choices: str) -> None:
    for phone, choice in zip(phones, choices, strict=True):
        form = {"option": choice, "epoch": "1"}
        assert room.post(f"/e/{CODE}/polls/{poll}/rounds/1/ballot", form, cookies=phone).status_code == 303


def disturb(session: Session) -> None:
    """What the facilitator and the desk can do meanwhile, beside the programme."""
    stage = session.get_one(Stage, FIFE)
    stage.overlay, stage.text_size, stage.timer_until = "join-code", 2, now()
    words = {"part": "polls", "row_id": "p1", "column": "question", "before": MARKER, "after": f"{MARKER} {MARKER}"}
    session.add(Correction(event_id=FIFE, at=now(), **words))
    events.end(session, FIFE)


def rehearse(room: Room) -> list[str]:
    """A rehearsal with a counted vote, an open one, and a queried figure; the cookies of its phones."""
    room.write(FIFE, rules.begin, FIFE)
    answers = [room.post(f"/e/{CODE}/join", {"rehearsal": "yes"}) for _ in range(3)]
    phones = [f"pass={answer.cookies['pass']}" for answer in answers]
    press(room, 2)
    vote(room, phones, "p1", "AAB")
    press(room, 3)
    query = {"text": f"Whose jobs? {MARKER}"}
    room.write(FIFE, evidence.show, FIFE, "jobs")
    assert room.post(f"/e/{CODE}/figures/jobs/queries", query, cookies=phones[0]).status_code == 303
    with room.database.reading() as session:
        stage, second = programme.stage_of(session, FIFE), programme.steps(session, FIFE)[2]
    room.write(FIFE, programme.jump, FIFE, stage.version, second.id, True)
    press(room)
    vote(room, phones, "p2", "ABA")
    room.write(FIFE, disturb)
    return phones


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted((folder / "data").rglob("*")) if path.is_file())


def left(
    room: Room, folder: Path, untouched: dict[str, Table], hashes: Sequence[str], phones: Sequence[str]
) -> list[str]:
    """Where something of the rehearsal is still found."""
    held, wanted = without_what_must_differ(tables(room)), without_what_must_differ(untouched)
    found = [f"table {name}" for name in sorted(held) if held[name] != wanted[name]]
    content = files(folder)
    found += [f"bytes of {word}" for word in (MARKER, *hashes) if word.encode() in content]
    found += [f"raw bytes of {word}" for word in hashes if bytes.fromhex(word)[:16] in content]
    found += [f"key {path.name}" for path in (folder / "keys").iterdir()]
    found += [
        f"admitted {phone}" for phone in phones if room.get(f"/e/{CODE}/stored", cookies=phone).status_code == 200
    ]
    return found + [f"open box {name}" for name in room.app.state.boxes.open]


@contextmanager
def rehearsed(folder: Path) -> Iterator[tuple[Room, Callable[[], list[str]]]]:
    """A room in which a rehearsal is on, and what is left of that once it is wiped."""
    with room_in(folder) as room:
        untouched = tables(room)
        phones = rehearse(room)
        hashes = list(room.app.state.admissions.passes)
        assert MARKER.encode() in files(folder)
        assert list((folder / "keys").iterdir()) != []
        yield room, lambda: left(room, folder, untouched, hashes, phones)


def test_wiped_rehearsal_leaves_nothing(tmp_path: Path) -> None:
    with rehearsed(tmp_path) as (room, remains):
        room.write(FIFE, simulation.wipe, FIFE)
        assert remains() == []


def test_rehearsal_writes_to_these_tables(tmp_path: Path) -> None:
    """If it writes to another one, that one is to be planted as well."""
    with room_in(tmp_path) as room:
        before = tables(room)
        rehearse(room)
        after = tables(room)
    assert tuple(sorted(name for name in after if after[name] != before[name])) == TOUCHED


@pytest.mark.parametrize("table", TOUCHED)
def test_forgotten_table_is_seen(tmp_path: Path, table: str) -> None:
    with rehearsed(tmp_path) as (room, remains):
        columns, rows = tables(room)[table]
        room.write(FIFE, simulation.wipe, FIFE)
        marks = ", ".join("?" * len(columns))
        with sqlite3.connect(room.database.path) as other:
            other.executemany(f'INSERT OR REPLACE INTO "{table}" VALUES ({marks})', rows)  # noqa: S608
        other.close()
        assert f"table {table}" in remains()


def _nothing(*_given: object) -> None:
    """Done by a careless change."""


@pytest.mark.parametrize(
    ("place", "name", "trace"),
    [
        (rules, "compact_after", f"bytes of {MARKER}"),
        (Keys, "destroy", "key "),
        (rehearsing, "drop_passes", "admitted "),
        (evidence, "forget", "table query"),
        (rehearsing, "forget", "table pass"),
        (rules, "_rewind", "table stage"),
    ],
)
def test_planted_fault_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: object, name: str, trace: str
) -> None:
    monkeypatch.setattr(place, name, _nothing)
    with rehearsed(tmp_path) as (room, remains):
        room.write(FIFE, simulation.wipe, FIFE)
        assert [found for found in remains() if found.startswith(trace)] != []


def test_activity_that_forgets_nothing_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ACTIVITIES[0].rules, "forget", _nothing)
    with rehearsed(tmp_path) as (room, remains):
        room.write(FIFE, simulation.wipe, FIFE)
        assert {"table round", "table tally"} <= set(remains())


def test_other_event_is_left_alone(tmp_path: Path) -> None:
    with room_in(tmp_path) as room:
        stranger = room.pass_of(STRANGER)
        desk = room.role(Role.ORGANISER)
        rehearse(room)
        room.write(FIFE, simulation.wipe, FIFE)
        assert room.get(f"/e/{CODES[STRANGER]}", cookies=stranger).status_code == 200
        assert room.get(f"/s/{CODE}/desk", cookies=desk).status_code == 200


def real_day(room: Room) -> bytes:
    """The results of a day that is run for real."""
    phones = [room.pass_of() for _ in range(4)]
    press(room, 2)
    vote(room, phones, "p1", "ABBD")
    press(room, 5)
    press(room, 2)
    vote(room, phones, "p2", "AABB")
    press(room, 3)
    assert sum(row[-1] for row in tables(room)["tally"][1]) == 8
    with room.database.reading() as session:
        return workbook_of(session, session.get_one(Event, FIFE))


def test_event_that_was_rehearsed_gives_the_same_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("events.rules", "voting.rules", "voting.rounds"):
        monkeypatch.setattr(f"eventkit.{place}.now", lambda: datetime(2016, 5, 18, 9, tzinfo=UTC))
    with room_in(tmp_path / "never") as never:
        expected = real_day(never)
    with room_in(tmp_path / "rehearsed") as room:
        rehearse(room)
        room.write(FIFE, simulation.wipe, FIFE)
        assert real_day(room) == expected
