"""The seating files of an event are those that the command line reads: the same room, the same seats, no names."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eventkit.events.models import Role
from eventkit.tables import stored
from eventkit.tables.files import Files, read
from eventkit.tables.room import Room, Seats
from eventkit.tables.scoring import score
from eventkit.tables.seating_files import files, zipped
from tests import room as rooms
from tests.fife import CODES, FIFE
from tests.tables import on_paper

ADDRESS = f"/s/{CODES[FIFE]}/desk/tables/files.zip"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[rooms.Room]:
    with rooms.room_in(tmp_path) as made:
        made.write(FIFE, on_paper.seated)
        yield made


def unpacked(content: bytes, folder: Path) -> Files:
    folder.mkdir()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
        names = sorted(archive.namelist())
    assert names == ["constraints.csv", "knows.csv", "people.csv", "seating.csv", "tables.csv"]
    given = {word: folder / f"{word}.csv" for word in ("people", "tables", "constraints", "knows")}
    return Files(**given, before=folder / "seating.csv")


def in_database(room: rooms.Room) -> tuple[Room, Seats]:
    with room.database.reading() as session:
        return stored.room_of(session, FIFE), stored.seats_of(session, FIFE)


def test_command_line_reads_the_same_room_and_seats(room: rooms.Room, tmp_path: Path) -> None:
    content = room.get(ADDRESS, cookies=room.role(Role.ORGANISER)).content
    given = read(unpacked(content, tmp_path / "zip"), rounds=2)
    found, seats = in_database(room)
    assert given.before == seats
    assert given.room.people == found.people
    assert given.room.tables == found.tables
    assert [replace(rule, row=0) for rule in given.room.rules] == [replace(rule, row=0) for rule in found.rules]
    assert score(given.room, given.before) == score(found, seats)


def test_no_name_and_no_needs_are_in_the_files(room: rooms.Room) -> None:
    texts = " ".join(files(*in_database(room)).values())
    assert [word for word in ("Árpád", "Smith", "Step-free", on_paper.ABSENT) if word in texts] == []


def test_same_seats_give_the_same_bytes(room: rooms.Room) -> None:
    texts = files(*in_database(room))
    assert zipped(texts) == zipped(texts)
