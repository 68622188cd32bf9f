"""The demonstration finds out if its files disagree with the desk about who sits where."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventkit.demo import seating
from eventkit.errors import EventkitError
from eventkit.events.models import Role
from eventkit.tables import moves
from tests.fife import CODES, FIFE
from tests.room import Room, room_in
from tests.tables import on_paper

DESK = f"/s/{CODES[FIFE]}/desk"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path) as made:
        made.write(FIFE, on_paper.seated)
        yield made


def files(room: Room) -> tuple[str, bytes, bytes]:
    organiser = room.role(Role.ORGANISER)
    page, roster, results = (
        room.get(path, cookies=organiser) for path in (f"{DESK}/tables", f"{DESK}/roster.xlsx", f"{DESK}/results.xlsx")
    )
    return page.text, roster.content, results.content


def test_files_that_agree_with_the_desk_are_counted(room: Room) -> None:
    assert seating.compare(*files(room)) == 10


def test_roster_or_workbook_of_other_seats_is_noticed_without_naming_anybody(room: Room) -> None:
    _desk, roster, results = files(room)
    room.write(FIFE, moves.move, FIFE, {(1, "eve"): "t1"}, "moved")
    moved, moved_roster, _results = files(room)
    with pytest.raises(EventkitError) as wrong:
        seating.compare(moved, roster, results)
    assert wrong.value.sentence == "The roster is wrong about Tay, Leven."
    with pytest.raises(EventkitError) as wrong:
        seating.compare(moved, moved_roster, results)
    assert wrong.value.sentence == "The workbook is wrong about how many people sat at each table."
    with pytest.raises(EventkitError):
        seating.compare("", roster, results)
