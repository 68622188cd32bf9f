"""What screen, phone and console show of the facilitator's aids, and the small picture of the next screen."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from eventkit.events.models import Role
from eventkit.stage import programme
from eventkit.stage.models import ProgrammeStep
from tests.fife import CODES, FIFE
from tests.room import Room, room_in

CODE = CODES[FIFE]
CONSOLE, SCREEN, PHONE = f"/s/{CODE}/console", f"/s/{CODE}/screen", f"/e/{CODE}"
END = datetime(2016, 5, 18, 9, 42, tzinfo=UTC)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path) as made:
        yield made


@pytest.fixture
def cookies(room: Room) -> str:
    return "; ".join((room.role(Role.FACILITATOR), room.pass_of()))


def set_timer(session: Session) -> None:
    programme.stage_of(session, FIFE).timer_until = END


def press(room: Room, cookies: str, action: str, **fields: str) -> None:
    with room.database.reading() as session:
        version = programme.stage_of(session, FIFE).version
    assert room.post(f"{CONSOLE}/{action}", {"version": str(version), **fields}, cookies=cookies).status_code == 303


def test_timer_says_on_every_view_when_it_ends_on_the_clocks_of_the_event(room: Room, cookies: str) -> None:
    room.write(FIFE, set_timer)
    for address in (SCREEN, PHONE, CONSOLE):
        found = re.search(r'data-until="([^"]+)"[^>]*>([^<]+)<', room.get(address, cookies=cookies).text)
        assert found
        assert found.groups() == ("2016-05-18T09:42:00+00:00", "Until 10:42")
    press(room, cookies, "timer/stop")
    assert [
        address for address in (SCREEN, PHONE, CONSOLE) if "data-until" in room.get(address, cookies=cookies).text
    ] == []


def test_timer_takes_the_minutes_of_its_form_and_refuses_others(room: Room, cookies: str) -> None:
    answer = room.post(f"{CONSOLE}/timer", {"minutes": "0"}, cookies=cookies)
    assert (answer.status_code, "A timer runs from 1 to 180 minutes." in answer.text) == (400, True)
    press(room, cookies, "timer", minutes="5")
    press(room, cookies, "timer/more")
    assert "data-until" in room.get(SCREEN).text


def test_blank_screen_shows_nothing_and_the_console_says_so(room: Room, cookies: str) -> None:
    phone = room.get(PHONE, cookies=cookies).text
    press(room, cookies, "blank")
    screen = room.get(SCREEN).text
    assert re.search(r'<div id="stage"[^>]*class="stage blanked [^>]*data-announce="The screen is blank."', screen)
    assert "<b>The screen is blank.</b> Phones work as before." in room.get(CONSOLE, cookies=cookies).text
    assert room.get(PHONE, cookies=cookies).text == phone
    press(room, cookies, "forward")
    assert "blanked" not in room.get(SCREEN).text


def test_letters_of_the_screen_follow_the_console(room: Room, cookies: str) -> None:
    press(room, cookies, "larger")
    assert 'data-letters="1"' in room.get(SCREEN).text
    for _ in range(2):
        press(room, cookies, "smaller")
    assert 'data-letters="-1"' in room.get(SCREEN).text


def test_next_screen_shows_what_the_next_press_brings_and_nothing_over_it(room: Room, cookies: str) -> None:
    for action in ("blank", "larger"):
        press(room, cookies, action)
    ahead = room.get(f"{CONSOLE}/next?v=0", cookies=cookies).text
    assert "How many of those sanctioned in Fife found a job?" in ahead
    assert ("<script" in ahead, "blanked" in ahead, 'data-letters="0"' in ahead) == (False, False, True)
    press(room, cookies, "jump", step=str(last_step(room)))
    assert '<div id="frame"></div>' in room.get(f"{CONSOLE}/next", cookies=cookies).text
    assert "Nothing comes after this." in room.get(CONSOLE, cookies=cookies).text


def test_next_screen_never_shows_a_sealed_vote(room: Room, cookies: str) -> None:
    for _ in range(2):
        press(room, cookies, "forward")
    ballot = f"/e/{CODE}/polls/p1/rounds/1/ballot"
    assert room.post(ballot, {"option": "B", "epoch": "1"}, cookies=cookies).status_code == 303
    press(room, cookies, "forward")
    sealed = room.get(f"{CONSOLE}/next", cookies=cookies).text
    counted = room.get(f"{CONSOLE}/frame", cookies=cookies).text
    assert "Count 1 vote" in counted
    for told in ("100 %", "100\u00a0%", "1 of us", "chart"):
        assert told not in sealed


def test_only_the_next_screen_may_stand_in_a_frame_and_only_the_console_holds_one(room: Room, cookies: str) -> None:
    policies = {
        address: room.get(address, cookies=cookies).headers["content-security-policy"]
        for address in (CONSOLE, f"{CONSOLE}/next", SCREEN, PHONE, "/", f"{CONSOLE}/clock")
    }
    assert [address for address, policy in policies.items() if "frame-src 'self'" in policy] == [CONSOLE]
    framed = [address for address, policy in policies.items() if "frame-ancestors 'self'" in policy]
    assert framed == [f"{CONSOLE}/next"]
    assert all(policy.count("frame-ancestors") == 1 for policy in policies.values())


def test_clock_tells_the_day_of_the_times_and_who_is_connected(room: Room, cookies: str) -> None:
    def give_time(session: Session) -> None:
        session.get_one(ProgrammeStep, programme.current(session, FIFE).id).time = "09:30"

    clock = room.get(f"{CONSOLE}/clock", cookies=cookies).text
    assert ("No screen connected" in clock, "0 phones connected" in clock, "pace" in clock) == (True, True, False)
    room.write(FIFE, give_time)
    clock = room.get(f"{CONSOLE}/clock", cookies=cookies).text
    assert "The programme’s times are for 18 May 2016" in clock
    assert re.search(r'<b class="clock">\d\d:\d\d</b>', clock)


def last_step(room: Room) -> int:
    with room.database.reading() as session:
        return programme.steps(session, FIFE)[-1].id
