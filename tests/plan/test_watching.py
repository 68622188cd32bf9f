"""A plan that changes while phones and screens watch: they get the new words, and a ballot that says the same."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from eventkit.activities import ACTIVITIES
from eventkit.plan.applying import apply
from eventkit.stage import programme
from tests.fife import CODES, FIFE
from tests.plan.changing import PlannedHall
from tests.room import Room, room_on

EDITS = (("How many doubst?", "How many doubts?"), ("84 per cnt", "84 per cent"))
BALLOT = f"/e/{CODES[FIFE]}/polls/p1/rounds/1/ballot"


@pytest.fixture
def planned(tmp_path: Path) -> PlannedHall:
    made = PlannedHall(tmp_path)
    made.close()
    return made


@pytest.fixture
def room(planned: PlannedHall) -> Iterator[Room]:
    """The vote on p1 is open."""
    with room_on(planned.folder) as made:
        for version in range(2):
            made.write(FIFE, programme.forward, FIFE, version)
        yield made


def mine(page: str) -> str:
    found = re.search(r'data-mine="([^"]+)"', page)
    assert found
    return found[1]


def correct(room: Room, planned: PlannedHall) -> None:
    room.write(FIFE, lambda session: apply(session, FIFE, planned.plan(*EDITS), ACTIVITIES, correcting=True))


def test_open_question_is_corrected_on_phones_and_screen(room: Room, planned: PlannedHall) -> None:
    phone = room.pass_of()
    seen = room.get(f"/e/{CODES[FIFE]}", cookies=phone).text
    screen = room.get(f"/s/{CODES[FIFE]}/screen").text
    assert seen.count("How many doubst?") == screen.count("How many doubst?") >= 1
    correct(room, planned)
    again = room.get(f"/e/{CODES[FIFE]}", cookies=phone).text
    assert "doubst" not in again + room.get(f"/s/{CODES[FIFE]}/screen").text
    assert "How many doubts?" in again
    assert (mine(seen), mine(again)) == ("poll-p1-r1-e1", "poll-p1-r1-e1-w1")


def test_ballot_has_the_new_words_and_the_answer_that_was_given(room: Room, planned: PlannedHall) -> None:
    phone = room.pass_of()
    assert "84 per cnt" in room.get(BALLOT, cookies=phone).text
    room.post(BALLOT, {"option": "A"}, cookies=phone)
    correct(room, planned)
    ballot = room.get(BALLOT, cookies=phone).text
    assert "84 per cnt" not in ballot
    assert "84 per cent" in ballot
    assert 'value="A" required checked' in ballot


def test_watchers_are_told(room: Room, planned: PlannedHall) -> None:
    phone = room.pass_of()
    since = re.search(r'data-run="(\w+)" data-version="(\d+)"', room.get(f"/e/{CODES[FIFE]}", cookies=phone).text)
    assert since
    address = f"/e/{CODES[FIFE]}/frame?since={since[1]}:{since[2]}"
    assert room.get(address, cookies=phone).status_code == 304
    correct(room, planned)
    assert "How many doubts?" in room.get(address, cookies=phone).json()["html"]
