"""Seating in a process of its own: found, stopped, refused, crashed; the server goes on."""

import asyncio
import os
import re
import signal
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from sqlmodel import Session, select

from eventkit.database import now
from eventkit.errors import Conflict
from eventkit.events.models import Attendance, Person
from eventkit.tables import background, job, moves, seated, stored, wire
from eventkit.tables.models import Seat, Seating, ShownRound
from eventkit.tables.room import Person as Somebody
from eventkit.tables.room import Room, Table
from eventkit.tables.scoring import score
from eventkit.tables.wire import Work
from tests.fife import FIFE
from tests.hall import Hall
from tests.tables import workshop

LONG = Work(
    Room(
        [Somebody(f"q{n}", {f"a{a}": str(n * (a + 3) % 7) for a in range(6)}) for n in range(100)],
        [Table(f"t{n}", 8, 9) for n in range(12)],
        8,
    )
)
"""Crossing attributes over many rounds: no seating of them meets every bound, so the search goes on to its end."""

QUICKLY = 5


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = Hall(tmp_path)
    hall.do(workshop.prepare)
    yield hall
    hall.close()


def seat(hall: Hall, seed: int = 1, kind: job.Kind = "seat") -> job.Job:
    """One job from its beginning to its end."""

    async def run() -> job.Job:
        begun = await job.begin(hall.database, FIFE, kind, hall.ask(seated.work, FIFE, seed))
        assert begun.task
        await begun.task
        return begun

    return asyncio.run(run())


def seats(session: Session) -> int:
    """How many seats are stored."""
    return len(session.exec(select(Seat)).all())


def workers() -> list[int]:
    """The processes that seat for this one."""
    return [
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/cmdline")
        if b"eventkit.tables.worker" in path.read_bytes() and _parent(path.parent) == os.getpid()
    ]


def _parent(process: Path) -> int:
    return int(re.search(r"^PPid:\s+(\d+)", (process / "status").read_text(), re.MULTILINE)[1])  # type: ignore[index]


def test_everybody_is_seated_and_how_is_kept(hall: Hall) -> None:
    room = hall.ask(stored.room_of, FIFE)
    done = seat(hall, seed=7)
    assert (done.done, done.refused, done.kind) == (True, "", "seat")
    found = hall.ask(stored.seats_of, FIFE)
    assert found == done.result
    assert score(room, found).total.broken == 0
    row = hall.ask(lambda session: session.get_one(Seating, FIFE).model_dump())
    assert (row["seed"], row["rounds"], row["version"]) == (7, 2, version("eventkit"))
    assert row["digest"] == wire.digest(room)
    assert row["made_at"]
    assert all(hall.ask(lambda session: [person.badge for person in session.exec(select(Person))]))


def test_same_seed_gives_the_same_seats(hall: Hall) -> None:
    first = seat(hall, seed=3).result
    assert seat(hall, seed=4).result != first
    assert seat(hall, seed=3).result == first


def test_each_press_has_a_seed_of_its_own(hall: Hall) -> None:
    assert hall.ask(seated.next_seed, FIFE) == 1
    seat(hall, hall.ask(seated.next_seed, FIFE))
    assert hall.ask(seated.next_seed, FIFE) == 2


def test_seating_is_one_batch_that_can_be_undone(hall: Hall) -> None:
    seat(hall)
    before = hall.ask(stored.seats_of, FIFE)
    seat(hall, seed=2)
    assert hall.do(moves.undo, FIFE) == seated.REASON
    assert hall.ask(stored.seats_of, FIFE) == before


def test_rounds_that_are_over_stay(hall: Hall) -> None:
    seat(hall)
    before = hall.ask(stored.seats_of, FIFE)
    hall.do(lambda session: session.add(ShownRound(event_id=FIFE, round=2, shown_at=now())))
    seat(hall, seed=2)
    assert hall.ask(stored.seats_of, FIFE)[1] == before[1]


def test_round_that_ended_meanwhile_stays(hall: Hall) -> None:
    hall.do(seated.keep, FIFE, {1: {"ana": "t1"}, 2: {"ana": "t1"}}, 1, "", 0.1)
    hall.do(lambda session: session.add(ShownRound(event_id=FIFE, round=2, shown_at=now())))
    hall.do(seated.keep, FIFE, {1: {"ana": "t2"}, 2: {"ana": "t2"}}, 2, "", 0.1)
    assert hall.ask(stored.seats_of, FIFE) == {1: {"ana": "t1"}, 2: {"ana": "t2"}}


def test_pinned_people_stay(hall: Hall) -> None:
    seat(hall)
    before = hall.ask(stored.seats_of, FIFE)

    def pin(session: Session) -> None:
        for row in session.exec(select(Seat).where(Seat.round == 1)):
            row.pinned = True

    hall.do(pin)
    seat(hall, seed=2)
    assert hall.ask(stored.seats_of, FIFE)[1] == before[1]


def test_person_marked_absent_meanwhile_gets_no_seat(hall: Hall) -> None:
    work = hall.ask(seated.work, FIFE, 1)
    hall.do(lambda session: setattr(session.exec(select(Person)).first(), "attendance", Attendance.ABSENT))
    hall.do(seated.keep, FIFE, {1: {"ana": "t1", "bob": "t2"}}, work.seed, "", 0.1)
    assert hall.ask(seats) == 1


def test_person_who_left_the_seating_loses_the_seat(hall: Hall) -> None:
    hall.do(seated.keep, FIFE, {1: {"ana": "t1", "bob": "t2"}}, 1, "", 0.1)
    hall.do(seated.keep, FIFE, {1: {"ana": "t1"}}, 2, "", 0.1)
    assert hall.ask(stored.seats_of, FIFE) == {1: {"ana": "t1"}}


def test_contradicting_rules_are_a_sentence_and_move_nobody(hall: Hall) -> None:
    hall.do(workshop.contradict)
    done = seat(hall)
    assert (done.done, done.result) == (True, None)
    assert "Row 5: Dan and Eve sit at one table.\nRow 6: Dan and Eve sit at different tables." in done.refused
    assert hall.ask(seats) == 0


def test_contradictions_are_found_beforehand(hall: Hall) -> None:
    assert list(asyncio.run(job.contradictions(hall.ask(seated.work, FIFE)))) == []
    hall.do(workshop.contradict)
    told = asyncio.run(job.contradictions(hall.ask(seated.work, FIFE)))
    assert "Row 6: Dan and Eve sit at different tables." in told


def test_crash_of_the_process_is_a_sentence(hall: Hall) -> None:
    done = seat(hall, kind="unknown")
    assert done.refused.startswith("The work on the seats broke off.")
    assert (hall.ask(seats), done.result) == (0, None)


def test_killed_process_is_a_sentence(hall: Hall) -> None:
    async def run() -> job.Job:
        begun = await job.begin(hall.database, FIFE, "seat", LONG)
        os.kill(await begun_worker(), signal.SIGKILL)
        assert begun.task
        await begun.task
        return begun

    assert asyncio.run(run()).refused.startswith("The work on the seats broke off.")


async def under_way(begun: job.Job) -> None:
    """The search has told how far it is."""
    async with asyncio.timeout(20):
        while not begun.sentence:  # noqa: ASYNC110 -- it is the job that is watched
            await asyncio.sleep(0.05)


async def begun_worker() -> int:
    """The process that has just begun, once it is there."""
    async with asyncio.timeout(10):
        while not workers():  # noqa: ASYNC110 -- another process tells nobody
            await asyncio.sleep(0.01)
    return workers()[0]


def test_second_job_is_refused_while_the_first_is_on(hall: Hall) -> None:
    async def run() -> None:
        await job.begin(hall.database, FIFE, "seat", LONG)
        with pytest.raises(Conflict, match="already"):
            await job.begin(hall.database, FIFE, "repair", LONG)
        await job.stop_all(hall.database)

    asyncio.run(run())


def test_cancelled_job_leaves_no_process_and_no_seat(hall: Hall) -> None:
    async def run() -> None:
        begun = await job.begin(hall.database, FIFE, "seat", LONG)
        await under_way(begun)
        async with asyncio.timeout(QUICKLY):
            await job.cancel(hall.database, FIFE)
        assert (begun.done, job.of(hall.database, FIFE), workers()) == (True, None, [])

    asyncio.run(run())
    assert hall.ask(seats) == 0


def test_process_ends_with_the_server(hall: Hall) -> None:
    async def run() -> None:
        life = asyncio.create_task(background.end_with_server(hall.database))
        await under_way(await job.begin(hall.database, FIFE, "seat", LONG))
        life.cancel()
        async with asyncio.timeout(QUICKLY):
            await asyncio.wait([life])
        assert workers() == []

    asyncio.run(run())


def test_progress_says_how_far_and_how_good(hall: Hall) -> None:
    async def run() -> tuple[float, str]:
        begun = await job.begin(hall.database, FIFE, "seat", LONG)
        await under_way(begun)
        told = begun.share, begun.sentence
        await job.cancel(hall.database, FIFE)
        return told

    share, sentence = asyncio.run(run())
    assert 0 <= share < 1
    assert sentence.startswith("Every rule is kept.")


def test_others_write_while_seats_are_searched(hall: Hall) -> None:
    """A search goes on in another process at low priority, while others write here."""

    async def run() -> None:
        begun = await job.begin(hall.database, FIFE, "seat", LONG)
        child = await begun_worker()
        await under_way(begun)
        for _press in range(20):
            await hall.database.write(FIFE, seats)
        assert child in workers()
        assert os.getpriority(os.PRIO_PROCESS, child) >= os.getpriority(os.PRIO_PROCESS, 0) + 10
        await job.cancel(hall.database, FIFE)

    asyncio.run(run())
