"""The rehearsal on the pages: begun and ended from the console, and named on every view."""

import asyncio
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from eventkit import deletion
from eventkit.events import rules as events
from eventkit.events.models import Role
from eventkit.evidence import rules as evidence
from eventkit.live.hub import Key
from eventkit.rehearsal import rules
from eventkit.stage import programme
from eventkit.wall.models import Wall
from tests.fife import CODES, FIFE, STRANGER
from tests.room import Room, room_in, room_on

CODE = CODES[FIFE]
WORDS = "Rehearsal: nothing here counts"
CONSOLE = f"/s/{CODE}/console"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path) as made:
        yield made


@pytest.fixture
def facilitator(room: Room) -> str:
    return room.role(Role.FACILITATOR)


def begin(room: Room, facilitator: str, number: str = "2") -> int:
    return room.post(f"{CONSOLE}/rehearsal/begin", {"number": number}, cookies=facilitator).status_code


def end(room: Room, facilitator: str, confirmed: str = "yes") -> str:
    return room.post(f"{CONSOLE}/rehearsal/end", {"confirmed": confirmed}, cookies=facilitator).text


def own_phone(room: Room) -> str:
    answer = room.post(f"/e/{CODE}/join", {"rehearsal": "yes"})
    return f"pass={answer.cookies['pass']}"


def views(room: Room) -> dict[str, str]:
    """Every address that a GET may be asked for, with a cookie that opens it."""
    facilitator, organiser, phone = room.role(Role.FACILITATOR), room.role(Role.ORGANISER), own_phone(room)
    desk = (
        "",
        "/links",
        "/downloads",
        "/plan",
        "/plan/import",
        "/plan/polls",
        "/plan/polls/new",
        "/plan/polls/rows/p2",
    )
    public = (f"/j/{CODE}", f"/e/{CODE}/figures/jobs", f"/e/{CODE}/results", f"/s/{CODE}/screen")
    found = dict.fromkeys(public, "")
    found |= {f"/e/{CODE}": phone, f"/e/{CODE}/stored": phone, CONSOLE: facilitator, f"{CONSOLE}/next": facilitator}
    return found | {f"/s/{CODE}/desk{path}": organiser for path in desk}


def test_every_view_says_once_that_it_is_a_rehearsal(room: Room, facilitator: str) -> None:
    begin(room, facilitator)
    room.write(FIFE, evidence.show, FIFE, "jobs")
    asked = views(room)
    for _step in range(4):
        said = {path: room.get(path, cookies=cookie).text.count(WORDS) for path, cookie in asked.items()}
        assert said == dict.fromkeys(asked, 1)
        with room.database.reading() as session:
            stage = programme.stage_of(session, FIFE)
            steps = programme.steps(session, FIFE)
        room.write(FIFE, programme.jump, FIFE, stage.version, steps[min(3, _step + 1)].id, True)
    end(room, facilitator)
    for path, cookie in asked.items():
        assert WORDS not in room.get(path, cookies=cookie).text
    assert WORDS not in room.get(f"/s/{CODES[STRANGER]}/screen").text


def test_console_offers_it_only_to_a_fresh_event(room: Room, facilitator: str) -> None:
    offer = "Rehearse with simulated people"
    assert offer in room.get(CONSOLE, cookies=facilitator).text
    begin(room, facilitator)
    during = room.get(CONSOLE, cookies=facilitator).text
    assert (offer in during, "End the rehearsal and wipe it" in during) == (False, True)
    end(room, facilitator)
    assert offer in room.get(CONSOLE, cookies=facilitator).text
    room.pass_of()
    assert offer not in room.get(CONSOLE, cookies=facilitator).text


@pytest.mark.parametrize("number", ["1", "201", "-3"])
def test_number_out_of_range_begins_nothing(room: Room, facilitator: str, number: str) -> None:
    answer = room.post(f"{CONSOLE}/rehearsal/begin", {"number": number}, cookies=facilitator)
    assert (answer.status_code, "Between 2 and 200 people can be simulated" in answer.text) == (400, True)
    with room.database.reading() as session:
        assert events.event(session, FIFE).rehearsal is False


def test_second_rehearsal_is_refused_and_brings_nobody(room: Room, facilitator: str) -> None:
    assert (begin(room, facilitator), begin(room, facilitator, "9")) == (303, 409)
    assert room.app.state.simulations[FIFE].number == 2


def test_nobody_comes_to_a_rehearsal_that_is_ending(room: Room, facilitator: str) -> None:
    room.write(FIFE, rules.begin, FIFE)  # its people have been let go, and the wipe has not come yet
    assert begin(room, facilitator) == 409
    assert room.app.state.simulations == {}


def test_phone_at_a_wall_asks_its_guard_again_and_does_not_join_by_itself(room: Room, facilitator: str) -> None:
    room.write(FIFE, lambda session: session.add(Wall(event_id=FIFE, position=1, wall_id="w1", question="Why?")))
    begin(room, facilitator)
    phone, hub = own_phone(room), room.app.state.hub
    watchers = [hub.watch(Key(FIFE, view, "en")) for view in ("phone-wall-w1", "console-wall-w1")]
    assert hub.watching(FIFE, "phone") == 1
    end(room, facilitator)
    assert [watcher.dismissed for watcher in watchers] == [True, False]
    led = room.get(f"/e/{CODE}/walls/w1", cookies=phone)
    assert led.headers["location"] == f"/j/{CODE}?over=yes&to=walls/w1"
    assert "data-start" not in room.get(led.headers["location"]).text


def test_end_asks_first_and_wipes_nothing_until_told(room: Room, facilitator: str) -> None:
    begin(room, facilitator)
    phone = own_phone(room)
    assert "End the rehearsal and wipe it?" in end(room, facilitator, "")
    assert room.get(f"/e/{CODE}", cookies=phone).status_code == 200
    end(room, facilitator)
    assert room.app.state.simulations == {}
    assert list(room.app.state.admissions.passes) == []


def test_phone_of_a_rehearsal_does_not_join_the_event_by_itself(room: Room, facilitator: str) -> None:
    begin(room, facilitator)
    page = room.get(f"/j/{CODE}").text
    assert ("data-start" in page, 'name="rehearsal"' in page, "everything that you do is wiped" in page) == (
        False, True, True,
    )  # fmt: skip
    phone = own_phone(room)
    end(room, facilitator)
    assert room.shake_hands(f"/e/{CODE}/live", phone) == "websocket.close"
    led = room.get(f"/e/{CODE}", cookies=phone)
    assert (led.status_code, led.headers["location"]) == (303, f"/j/{CODE}?over=yes")
    page = room.get(led.headers["location"]).text
    assert ("data-start" in page, "The rehearsal is over" in page) == (False, True)
    assert "data-start" in room.get(f"/j/{CODE}").text


def test_form_of_another_time_leads_back_to_joining(room: Room, facilitator: str) -> None:
    assert room.post(f"/e/{CODE}/join", {"rehearsal": "yes"}).headers["location"] == f"/j/{CODE}"
    begin(room, facilitator)
    assert room.post(f"/e/{CODE}/join").headers["location"] == f"/j/{CODE}"


def test_workbook_of_a_rehearsal_says_so(room: Room, facilitator: str) -> None:
    organiser = room.role(Role.ORGANISER)
    begin(room, facilitator)
    answer = room.get(f"/s/{CODE}/desk/results.xlsx", cookies=organiser)
    assert answer.headers["content-disposition"] == 'attachment; filename="fife-2016_rehearsal_results.xlsx"'
    cover = load_workbook(io.BytesIO(answer.content))["cover"]
    words = [str(cell.value) for row in cover.iter_rows() for cell in row]
    assert [word for word in words if word.startswith("Nothing in this file counts")] != []
    end(room, facilitator)
    answer = room.get(f"/s/{CODE}/desk/results.xlsx", cookies=organiser)
    assert answer.headers["content-disposition"] == 'attachment; filename="fife-2016_results.xlsx"'


def test_people_who_cannot_come_are_said_to_have_stopped(room: Room, facilitator: str) -> None:
    begin(room, facilitator)  # in this room nobody listens at the address that a request came in by
    room._runner.run(asyncio.wait([room.app.state.simulations[FIFE].task], timeout=10))
    assert "The simulated people have stopped" in room.get(CONSOLE, cookies=facilitator).text


def test_next_start_wipes_what_a_server_left(tmp_path: Path) -> None:
    with room_in(tmp_path) as first:
        first.write(FIFE, rules.begin, FIFE)
        phone = own_phone(first)
    with room_on(tmp_path) as second:
        assert second.get(f"/e/{CODE}", cookies=phone).status_code == 303
        with second.database.reading() as session:
            assert (events.event(session, FIFE).rehearsal, events.joined(session, FIFE)) == (False, 0)


def test_deleted_event_has_nobody_left(room: Room, facilitator: str) -> None:
    begin(room, facilitator)
    room.write(FIFE, deletion.erase, FIFE)
    room._runner.run(deletion._forget(room.app, FIFE))
    assert room.app.state.simulations == {}
