"""Charts as files: as far as the room was shown them, whole, and for nobody before."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from eventkit.events.models import Role
from eventkit.stage import programme
from tests.fife import CODES, FIFE
from tests.room import Room, room_in

CODE = CODES[FIFE]
CHART = "/polls/p1/rounds/1/chart.svg"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path) as made:
        yield made


def press(room: Room, times: int = 1) -> None:
    for _ in range(times):
        with room.database.reading() as session:
            version = programme.stage_of(session, FIFE).version
        room.write(FIFE, programme.forward, FIFE, version)


def vote(room: Room, options: str) -> None:
    press(room, 2)
    for option in options:
        answer = room.post(
            f"/e/{CODE}/polls/p1/rounds/1/ballot", {"option": option, "epoch": "1"}, cookies=room.pass_of()
        )
        assert answer.status_code == 303


def words(svg: str) -> str:
    return " ".join(
        "".join(element.itertext()) for element in ET.fromstring(svg).iter() if element.tag.endswith("text")
    )


def test_no_picture_before_the_room_has_seen_the_answer(room: Room) -> None:
    organiser = room.role(Role.ORGANISER)
    vote(room, "AAB")
    assert room.get(f"/s/{CODE}/desk{CHART}", cookies=organiser).status_code == 404
    assert CHART not in room.get(f"/s/{CODE}/desk/charts", cookies=organiser).text
    press(room)
    assert room.get(f"/s/{CODE}/desk{CHART}", cookies=organiser).status_code == 404


def test_the_picture_goes_as_far_as_the_reveal(room: Room) -> None:
    organiser = room.role(Role.ORGANISER)
    vote(room, "AAB")
    press(room, 2)
    first = room.get(f"/s/{CODE}/desk{CHART}", cookies=organiser)
    assert first.headers["content-type"] == "image/svg+xml"
    assert ("Scotland" in words(first.text), "n = 3" in words(first.text)) == (False, True)
    press(room)
    second = room.get(f"/s/{CODE}/desk{CHART}", cookies=organiser).text
    assert ("Scotland" in words(second), "An office of this test" in words(second)) == (True, True)
    assert CHART in room.get(f"/s/{CODE}/desk/charts", cookies=organiser).text


def test_everybody_may_have_it_once_the_event_has_finished(room: Room) -> None:
    vote(room, "AAB")
    press(room, 2)
    assert room.get(f"/e/{CODE}{CHART}").status_code == 404
    room.write(FIFE, programme.end, FIFE)
    assert room.get(f"/e/{CODE}{CHART}").status_code == 200
    assert f"/e/{CODE}{CHART}" in room.get(f"/e/{CODE}/results").text


@pytest.mark.parametrize("path", ["/polls/p1/rounds/2/chart.svg", "/polls/p9/rounds/1/chart.svg"])
def test_a_picture_that_is_not_there_is_not_found(room: Room, path: str) -> None:
    organiser = room.role(Role.ORGANISER)
    assert room.get(f"/s/{CODE}/desk{path}", cookies=organiser).status_code == 404
