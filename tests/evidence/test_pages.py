"""The page of a figure: nothing before the reveal, everything after it; and queries, whatever people type."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from eventkit.events.models import Role
from eventkit.evidence import rules
from eventkit.evidence.budget import MOST_EACH
from eventkit.stage import programme
from tests.fife import CODES, FIFE, STRANGER
from tests.room import Room, room_in

CODE = CODES[FIFE]
PAGE = f"/e/{CODE}/figures/jobs"
HTMX = {"origin": "http://room.test:8000", "hx-request": "true"}
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|' /C calc'!A0",
    "{{ 7 * 7 }}",
    "\u202egnp.exe",
    "a\x00b\x1bc\ud7ff",
    "Zoë 👩‍👩‍👧 עברית",
    "</textarea></form><form action=//evil.test>",
]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path) as made:
        yield made


def reveal(room: Room) -> None:
    """The figure of the first poll is shown to the room."""
    token = room.pass_of()
    for _ in range(2):
        forward(room)
    ballot = {"epoch": "1", "seq": "1", "option": "B"}
    assert room.post(f"/e/{CODE}/polls/p1/rounds/1/ballot", ballot, cookies=token).status_code == 303
    for _ in range(3):
        assert room.get(PAGE).status_code == 404
        forward(room)


def forward(room: Room) -> None:
    room.write(FIFE, lambda session: programme.forward(session, FIFE, programme.stage_of(session, FIFE).version))


def back(room: Room) -> None:
    room.write(FIFE, lambda session: programme.back(session, FIFE, programme.stage_of(session, FIFE).version, False))


def queries(room: Room) -> list[str]:
    with room.database.reading() as session:
        return [query.text for query, _figure in rules.queries(session, FIFE)]


def test_nothing_of_a_figure_is_told_before_its_reveal_and_all_after_it(room: Room) -> None:
    waits, unknown = room.get(PAGE), room.get(f"/e/{CODE}/figures/nothing")
    assert (waits.status_code, waits.text) == (404, unknown.text)
    assert "in every 100" not in waits.text
    reveal(room)
    shown = room.get(PAGE)
    assert shown.status_code == 200
    assert "33 in every 100" in shown.text
    assert "An office of this test, A table of this test" in shown.text
    assert "Nobody noted where this was checked." in shown.text
    assert room.get(f"/e/{CODES[STRANGER]}/figures/jobs").status_code == 404


def test_page_stays_when_the_figure_is_hidden_again(room: Room) -> None:
    reveal(room)
    back(room)
    assert room.get(PAGE).status_code == 200


def test_only_people_of_the_room_may_ask(room: Room) -> None:
    reveal(room)
    assert "<textarea" not in room.get(PAGE).text
    assert "<textarea" in room.get(PAGE, cookies=room.pass_of()).text
    assert room.post(f"{PAGE}/queries", {"text": "Why?"}).status_code == 403
    assert queries(room) == []


def test_query_goes_to_the_desk_with_and_without_javascript(room: Room) -> None:
    reveal(room)
    cookie = room.pass_of()
    plain = room.post(f"{PAGE}/queries", {"text": "Whose jobs?"}, cookies=cookie)
    assert (plain.status_code, plain.headers["location"]) == (303, f"{PAGE}?sent=yes#query")
    assert "Sent to the organisers." in room.get(plain.headers["location"], cookies=cookie).text
    enhanced = room.post(f"{PAGE}/queries", {"text": "Which year?"}, cookies=cookie, headers=HTMX)
    assert (enhanced.status_code, "Sent to the organisers." in enhanced.text) == (200, True)
    assert sorted(queries(room)) == ["Which year?", "Whose jobs?"]
    desk = room.get(f"/s/{CODE}/desk", cookies=room.role(Role.ORGANISER)).text
    assert "Whose jobs?" in desk
    assert "Which year?" in desk


@pytest.mark.parametrize("headers", [HTMX, {"origin": "http://room.test:8000"}], ids=["htmx", "plain"])
def test_refused_query_keeps_what_was_typed(room: Room, headers: dict[str, str]) -> None:
    reveal(room)
    typed = "<b>" + "x" * 280
    answer = room.post(f"{PAGE}/queries", {"text": typed}, cookies=room.pass_of(), headers=headers)
    assert answer.status_code == 400
    assert "That is 283 characters; 280 fit." in answer.text
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", answer.text, re.DOTALL)
    assert found
    assert "<" not in found[1]
    assert unescape(found[1]) == typed
    assert queries(room) == []


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_query_stays_text(room: Room, typed: str) -> None:
    reveal(room)
    assert room.post(f"{PAGE}/queries", {"text": typed}, cookies=room.pass_of()).status_code == 303
    kept = queries(room)[0]
    assert kept == "".join(character for character in typed if character >= " ")
    desk = room.get(f"/s/{CODE}/desk", cookies=room.role(Role.ORGANISER)).text
    cell = re.search(r'<td class="typed" dir="auto">(.*?)</td>', desk, re.DOTALL)
    assert cell
    assert "<" not in cell[1]
    assert unescape(cell[1]) == kept


def test_one_phone_cannot_bury_the_desk(room: Room) -> None:
    reveal(room)
    cookie = room.pass_of()
    refused = [room.post(f"{PAGE}/queries", {"text": ""}, cookies=cookie).status_code for _ in range(MOST_EACH + 1)]
    assert refused == [400] * (MOST_EACH + 1)
    sent = room.at_once(f"{PAGE}/queries", [{"text": f"no {number}"} for number in range(20)], cookie)
    assert sorted(sent) == [303] * MOST_EACH + [429] * (20 - MOST_EACH)
    assert len(queries(room)) == MOST_EACH
    assert room.post(f"{PAGE}/queries", {"text": "x"}, cookies=cookie, headers=HTMX).status_code == 409
    assert room.post(f"{PAGE}/queries", {"text": "x"}, cookies=room.pass_of()).status_code == 303


def test_source_card_lies_over_the_screen_until_the_next_press(room: Room) -> None:
    console, screen = f"/s/{CODE}/console", f"/s/{CODE}/screen"
    cookie = room.role(Role.FACILITATOR)
    assert room.post(f"{console}/card/jobs", cookies=cookie).status_code == 404
    reveal(room)
    assert "Source card (Scotland)" in room.get(console, cookies=cookie).text
    for lies in (True, False, True):
        assert room.post(f"{console}/card/jobs", cookies=cookie).status_code == 303
        assert ('id="source-card"' in room.get(screen).text) is lies
        assert ("Put away: Source card (Scotland)" in room.get(console, cookies=cookie).text) is lies
    room.post(f"{console}/join-code", cookies=cookie)
    assert [name in room.get(screen).text for name in ('id="source-card"', 'id="join"')] == [False, True]
    room.post(f"{console}/card/jobs", cookies=cookie)
    forward(room)
    assert 'id="source-card"' not in room.get(screen).text
