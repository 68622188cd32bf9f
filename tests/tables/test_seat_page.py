"""The page that finds a table: what it answers, and that it never learns which phone asks."""

import logging
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from eventkit.database import now
from eventkit.events import rules as events
from eventkit.events.models import Person, Role
from eventkit.tables import moves
from eventkit.tables.models import ShownRound
from tests.fife import CODES, FIFE, STRANGER
from tests.room import HOST, ORIGIN, Room, room_in
from tests.tables.seated import NAMES, seat_all

CODE = CODES[FIFE]
SEAT = f"/seat/{CODE}"
NOBODY = "Nobody on the list has this name or code."


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path) as made:
        made.write(FIFE, seat_all)
        yield made


def answered(room: Room, who: str) -> tuple[str, list[tuple[str, str]]]:
    """The heading, and each of the tables with the words above it."""
    html = room.post(SEAT, {"who": who}).text
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", html)
    found = re.findall(r"<p>(?:([^<]*).*?)</p>\s*<p class=\"own-table\"[^>]*>(.*?)</p>", html)
    assert heading
    return heading[1], [(words.strip(" ·"), table) for words, table in found]


def test_name_and_code_lead_to_the_own_tables(room: Room) -> None:
    tables = [("Round 1", "Leven"), ("Round 2", "Ore")]
    assert answered(room, "zoe ainslie") == ("Zoë Ainslie", tables)
    assert answered(room, "rt8c") == ("RT8C", tables)


def test_code_shows_no_name_and_a_name_no_code(room: Room) -> None:
    assert "Ainslie" not in room.post(SEAT, {"who": "RT8C"}).text
    assert "RT8C" not in room.post(SEAT, {"who": "Zoë Ainslie"}).text


def test_round_that_is_on_is_marked(room: Room) -> None:
    room.write(FIFE, lambda session: session.add(ShownRound(event_id=FIFE, round=1, shown_at=now())))
    html = room.post(SEAT, {"who": "RT8C"}).text
    assert re.findall(r"Round \d · <b>on now</b>|Round \d", html) == ["Round 1 · <b>on now</b>", "Round 2"]


def test_page_shows_nobody_else(room: Room) -> None:
    for answer in (room.get(SEAT), room.post(SEAT, {"who": "RT8C"}), room.post(SEAT, {"who": "Nobody"})):
        assert (answer.status_code, [name for name in NAMES if name in answer.text]) == (200, [])


def test_what_is_not_found_gets_a_friendly_sentence_and_keeps_what_was_typed(room: Room) -> None:
    html = room.post(SEAT, {"who": "<b>Somebody"}).text
    assert NOBODY in html
    assert 'value="&lt;b&gt;Somebody"' in html
    room.write(FIFE, lambda session: session.add(Person(event_id=FIFE, position=9, person_id="z", name="Zoe Ainslie")))
    assert "More than one person has this name. Type the code on your badge instead" in (
        room.post(SEAT, {"who": "Zoë Ainslie"}).text
    )


def test_person_without_a_seat_is_sent_to_the_door(room: Room) -> None:
    room.write(FIFE, moves.move, FIFE, {(1, "q0"): "", (2, "q0"): ""}, "absent")
    assert "You are on the list, but have no seat yet." in room.post(SEAT, {"who": "RT8C"}).text


def test_page_is_there_from_the_seating_to_the_end(room: Room) -> None:
    for answer in (room.get(f"/seat/{CODES[STRANGER]}"), room.post(f"/seat/{CODES[STRANGER]}", {"who": "RT8C"})):
        assert (answer.status_code, "Nobody has a seat yet." in answer.text) == (404, True)
    room.write(FIFE, events.end, FIFE)
    for answer in (room.get(SEAT), room.post(SEAT, {"who": "RT8C"})):
        assert (answer.status_code, "This event has finished." in answer.text) == (410, True)


def test_page_needs_no_script_and_sends_what_is_typed_in_no_address(room: Room) -> None:
    html = room.get(SEAT).text
    assert "<script" not in html
    assert re.findall(r"<form[^>]*>", html) == [f'<form class="plain" method="post" action="{SEAT}">']
    assert room.get(f"{SEAT}?who=RT8C").text == html


def test_too_much_is_refused(room: Room) -> None:
    assert room.post(SEAT, {"who": "a" * 201}).status_code == 400


def test_answer_sets_no_cookie_and_is_kept_nowhere(room: Room) -> None:
    for answer in (room.get(SEAT), room.post(SEAT, {"who": "RT8C"}), room.post(SEAT, {"who": "Nobody"})):
        headers = {name: answer.headers.get(name) for name in ("set-cookie", "cache-control", "referrer-policy")}
        assert headers == {"set-cookie": None, "cache-control": "no-store", "referrer-policy": "no-referrer"}


def test_cookies_of_a_request_are_not_heard(room: Room) -> None:
    every = "; ".join([room.pass_of(), room.role(Role.ORGANISER), room.role(Role.FACILITATOR)])
    assert room.get(SEAT, cookies=every).content == room.get(SEAT).content
    asked = {"who": "RT8C"}
    assert room.post(SEAT, asked, cookies=every).content == room.post(SEAT, asked).content


def test_person_and_pass_never_meet_in_one_request(room: Room) -> None:
    """A browser that has joined, and keeps every cookie as it is told, brings none of them to where names are typed."""
    room.pass_of()
    links = [room.write(FIFE, events.make_link, FIFE, role) for role in (Role.ORGANISER, Role.FACILITATOR)]
    sent: list[tuple[str, bool]] = []

    async def browse() -> None:
        transport = httpx2.ASGITransport(room.app)
        async with httpx2.AsyncClient(transport=transport, base_url=f"http://{HOST}", headers=ORIGIN) as browser:
            ways = [f"/e/{CODE}/join", f"/s/{CODE}/desk/enter/{links[0]}", f"/s/{CODE}/console/enter/{links[1]}"]
            answers = [await browser.post(way) for way in ways]
            answers += [await browser.get(f"/e/{CODE}"), await browser.get(SEAT)]
            answers += [await browser.post(SEAT, data={"who": "Zoë Ainslie"}), await browser.get(f"/e/{CODE}")]
            sent.extend((answer.request.url.path, "cookie" in answer.request.headers) for answer in answers[3:])

    room._runner.run(browse())
    assert sent == [(f"/e/{CODE}", True), (SEAT, False), (SEAT, False), (f"/e/{CODE}", True)]


def test_looking_changes_nothing_and_is_in_no_log(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    before = room.dump()
    with caplog.at_level(logging.DEBUG):
        for who in ("Zoë Ainslie", "RT8C", "Nobody", "a" * 201):
            room.post(SEAT, {"who": who})
    assert room.dump() == before
    assert [line for line in caplog.messages if re.search("ainslie|rt8c|nobody|zo%|aaa", line, re.IGNORECASE)] == []


def test_guesses_are_slowed_and_finding_is_not(room: Room) -> None:
    def seconds(who: str) -> float:
        room.app.state.wrong_codes._next = time.monotonic() + 0.4
        started = time.monotonic()
        assert room.post(SEAT, {"who": who}).status_code == 200
        return time.monotonic() - started

    assert seconds("RT8C") < 0.4
    assert seconds("ZZZZ") >= 0.4
    room.write(FIFE, lambda session: session.add(Person(event_id=FIFE, position=9, person_id="z", name="Zoe Ainslie")))
    assert seconds("Zoe Ainslie") >= 0.4


def test_many_may_look_at_once(room: Room) -> None:
    forms = [{"who": "RT8C"}] * 50
    assert room.at_once(SEAT, forms, "") == [200] * 50
