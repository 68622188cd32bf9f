"""Notes come to the screen in batches, in no order that tells who sent which."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eventkit.wall import placing, rules
from eventkit.wall.models import Note, Status
from tests.fife import FIFE
from tests.wall.walled import Walled


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Walled]:
    made = Walled(tmp_path, w2={"approve_first": True})
    made.forward_walls()
    yield made
    made.close()


def cells(hall: Walled, wall_id: str = "w1") -> dict[str, int | None]:
    return {note.text: note.cell for note in hall.notes(wall_id)}


def test_batch_gets_the_next_cells_of_its_wall(hall: Walled) -> None:
    for number in range(5):
        hall.write("Ada", f"first {number}", number)
    assert set(cells(hall).values()) == {None}
    assert hall.place() is True
    before = cells(hall)
    assert sorted(cell for cell in before.values() if cell is not None) == [0, 1, 2, 3, 4]
    hall.write("Bea", "second")
    hall.place()
    assert cells(hall) == before | {"second": 5}
    assert hall.place() is False


def test_within_a_batch_the_order_is_chance(hall: Walled) -> None:
    orders = set()
    for batch in range(12):
        for number in range(3):
            hall.write("Ada", f"{batch} {number}", 3 * batch + number)
        hall.place()
        placed = cells(hall)
        orders.add(tuple(sorted(range(3), key=lambda number: placed[f"{batch} {number}"] or 0)))
    assert len(orders) > 1, "twelve batches in the order of arrival: one chance in 6 ** 11"


def test_walls_have_cells_of_their_own(hall: Walled) -> None:
    hall.write("Ada", "one")
    hall.write("desk", "paper", wall_id="w2", paper=True)
    hall.place()
    assert cells(hall) == {"one": 0}
    assert cells(hall, "w2") == {"paper": None}, "it is not approved yet"


def test_cell_of_a_hidden_note_stays_empty(hall: Walled) -> None:
    note_id = hall.write("Ada", "hidden")
    hall.place()
    hall.do(lambda session: setattr(session.get_one(Note, note_id), "status", Status.HIDDEN))
    hall.write("Bea", "next")
    hall.place()
    assert cells(hall) == {"hidden": 0, "next": 1}


def test_what_waits_is_placed_when_the_wall_closes(hall: Walled) -> None:
    hall.write("Ada", "in time")
    hall.do(rules.close_wall, FIFE, "w1")
    assert cells(hall) == {"in time": 0}


def test_only_a_stored_note_marks_its_event(hall: Walled) -> None:
    assert hall.unplaced == set()
    with pytest.raises(Exception, match="nothing on this note"):
        hall.write("Ada", " ")
    assert hall.unplaced == set()
    hall.write("Ada", "Housing")
    assert hall.unplaced == {FIFE}


def test_start_takes_up_what_waits(hall: Walled) -> None:
    hall.do(rules.restore)
    assert hall.unplaced == set()
    hall.write("Ada", "Housing")
    hall.unplaced.clear()
    hall.do(rules.restore)
    assert hall.unplaced == {FIFE}


def test_task_places_what_is_marked(hall: Walled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "BATCH_SECONDS", 0.01)
    hall.write("Ada", "Housing")

    async def for_a_while() -> None:
        placed = asyncio.Event()
        hall.database.on_commit.append(lambda *_changed: placed.set())
        task = asyncio.create_task(placing.keep_placing(hall.database))
        async with asyncio.timeout(5):
            await placed.wait()
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(for_a_while())
    assert cells(hall) == {"Housing": 0}
    assert hall.unplaced == set()


def test_task_goes_on_after_a_failure(
    hall: Walled, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(placing, "BATCH_SECONDS", 0.01)
    place = placing.place
    failed: list[object] = []

    def fail(*given: Any) -> bool:
        if len(failed) < 2:  # the writer tries once more by itself
            failed.append(given)
            raise OSError
        return place(*given)

    monkeypatch.setattr(placing, "place", fail)
    test_task_places_what_is_marked(hall, monkeypatch)
    assert [record.getMessage() for record in caplog.records] == ["notes could not be placed"]
