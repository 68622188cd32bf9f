"""Phones at a table over HTTP: its story and no other's, its card, and the private note that nobody can be told by."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlmodel import col, select

from eventkit.errors import TooMany
from eventkit.tables.models import TableInRound
from eventkit.vignettes import phone_pages, phone_points, points, rules
from eventkit.vignettes.models import Discussion, Point
from tests.fife import CODES, FIFE
from tests.hall import outcome
from tests.room import ORIGIN, Room, room_in
from tests.vignettes.told import STEP, STORIES, at_step

CODE = CODES[FIFE]
BASE = f"/e/{CODE}/tables/t1"
SCRIPT = {**ORIGIN, "hx-request": "true"}
NOTE = {"note": "a" * 16, "story": "v1", "text": "  Nobody asked her.  "}
BEFORE = "If you sent it before, it is in the record."
ELSEWHERE = f"Your table is not at this story any more, so no note can be added to it. {BEFORE}"
ENDED = f"The discussion of this story has ended, so no note can be added to it. {BEFORE}"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path) as made:
        made.write(FIFE, at_step)
        yield made


def press(room: Room, times: int = 1) -> None:
    for _ in range(times):
        room.write(FIFE, rules.forward, STEP)


def notes(room: Room) -> list[tuple[str, str, str, int | None]]:
    with room.database.reading() as session:
        found = session.exec(select(Point, Discussion).join(Discussion)).all()
        return sorted((at.table, point.text, point.device, point.position) for point, at in found)


def told(html: str) -> str:
    found = re.search(r'<p class="problem" role="alert">([^<]+)</p>', html)
    return found[1] if found else ""


def test_browser_without_a_pass_joins_and_lands_at_its_table(room: Room) -> None:
    led = room.get(BASE)
    assert (led.status_code, led.headers["location"]) == (303, f"/j/{CODE}?to=tables/t1")
    joined = room.post(f"/e/{CODE}/join", {"to": "tables/t1"})
    assert joined.headers["location"] == BASE


def test_phone_sees_the_story_of_its_table_and_of_no_other(room: Room) -> None:
    cookies = room.pass_of()
    assert "Your table’s story comes here by itself." in room.get(BASE, cookies=cookies).text
    press(room)
    page = room.get(BASE, cookies=cookies).text
    assert [title in page for title in STORIES.values()] == [True, False, False]
    assert '<p dir="auto">And goes on.</p>' in page
    assert re.findall(r'<li data-key="prompt-(\w)"', page) == ["a", "b", "c"]
    assert "Your table has no story this time." not in page
    press(room)
    assert "Your table has no story this time." in room.get(f"/e/{CODE}/tables/t3", cookies=cookies).text


@pytest.mark.parametrize("times", [0, 1, 2, 3])
def test_neither_screen_nor_stage_names_a_story_that_only_some_tables_have(room: Room, times: int) -> None:
    press(room, times)
    seen = room.get(f"/s/{CODE}/screen").text + room.get(f"/e/{CODE}", cookies=room.pass_of()).text
    assert [title for title in STORIES.values() if title in seen] == []


def test_phone_keeps_its_table_and_the_stage_leads_there(room: Room) -> None:
    cookies = room.pass_of()
    assert "Scan the card on your table" in room.get(f"/e/{CODE}", cookies=cookies).text
    given = room.get(BASE, cookies=cookies).headers["set-cookie"]
    assert given == f"table=t1; HttpOnly; Max-Age=86400; Path=/e/{CODE}; SameSite=lax"
    stage = room.get(f"/e/{CODE}", cookies=f"{cookies}; table=t1").text
    assert f'<a class="button own-table" href="{BASE}"><span>To the story of <bdi>Leven</bdi></span></a>' in stage
    assert "To the story of" not in room.get(f"/e/{CODE}", cookies=f"{cookies}; table=t9").text
    assert "To the story of" not in room.get(f"/e/{CODE}/frame", cookies=f"{cookies}; table=t1").text


@pytest.mark.parametrize("script", [True, False])
def test_note_goes_to_the_record_of_its_table_and_nothing_says_whose_it_is(room: Room, script: bool) -> None:
    press(room)
    cookies = room.pass_of()
    answer = room.post(f"{BASE}/note", NOTE, cookies=cookies, headers=SCRIPT if script else ORIGIN)
    if script:
        assert (answer.status_code, "In the record ✓" in answer.text) == (200, True)
    else:
        assert (answer.status_code, answer.headers["location"]) == (303, f"{BASE}?sent=yes")
        assert "In the record ✓" in room.get(f"{BASE}?sent=yes", cookies=cookies).text
    assert notes(room) == [("t1", "Nobody asked her.", "", None)]
    page = room.get(BASE, cookies=cookies).text
    assert "Nobody asked her." not in page + room.get(f"{BASE}/note", cookies=cookies).text


def test_note_sent_twice_is_one(room: Room) -> None:
    press(room)
    assert room.at_once(f"{BASE}/note", [NOTE] * 3, room.pass_of()) == [303] * 3
    assert len(notes(room)) == 1
    other = room.post(f"{BASE}/note", {**NOTE, "text": "Another"}, cookies=room.pass_of(), headers=SCRIPT)
    assert (other.status_code, ">Another</textarea>" in other.text, len(notes(room))) == (409, True, 1)


def test_notes_lie_in_the_file_in_no_order_of_time(room: Room) -> None:
    press(room)
    for number in ("9", "1", "5"):
        form = {**NOTE, "note": number * 16, "text": f"Note {number}"}
        assert room.post(f"{BASE}/note", form, cookies=room.pass_of()).status_code == 303
    lines = [line for line in room.dump() if "'Note " in line]
    assert [re.findall(r"'Note (\d)'", line)[0] for line in lines] == ["1", "5", "9"]


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(
    ("form", "status", "sentence"),
    [
        ({"text": " \n "}, 400, "There is nothing in this note yet. Write it, then send it."),
        ({"text": "y" * 501}, 400, "That is 501 characters; 500 fit. Shorten it, or send two notes."),
        ({"note": "../x"}, 400, "This note came without its number. Reload the page and send it again."),
        ({"story": "v2"}, 409, ELSEWHERE),
        ({"story": "v9"}, 409, ELSEWHERE),
    ],
)
def test_refused_note_is_kept_in_the_field(
    room: Room, form: dict[str, str], status: int, sentence: str, script: bool
) -> None:
    press(room)
    sent = {**NOTE, **form}
    answer = room.post(f"{BASE}/note", sent, cookies=room.pass_of(), headers=SCRIPT if script else ORIGIN)
    assert (answer.status_code, told(answer.text)) == (status, sentence)
    assert f">{sent['text']}</textarea>" in answer.text
    assert notes(room) == []


def test_discussion_that_has_ended_takes_no_note(room: Room) -> None:
    press(room, 3)
    cookies = room.pass_of()
    form = {**NOTE, "story": "v2"}
    answer = room.post(f"{BASE}/note", form, cookies=cookies, headers=SCRIPT)
    assert (answer.status_code, told(answer.text), notes(room)) == (409, ENDED, [])
    page = room.get(BASE, cookies=cookies).text
    assert "The discussion has ended. Thank you for taking part in it." in page
    assert 'class="stage at-table closed"' in page


def test_note_whose_answer_was_lost_before_the_room_moved_on_is_not_said_to_be_lost(room: Room) -> None:
    press(room)
    cookies = room.pass_of()
    room.post(f"{BASE}/note", NOTE, cookies=cookies)
    press(room)
    answer = room.post(f"{BASE}/note", NOTE, cookies=cookies, headers=SCRIPT)
    assert (told(answer.text), notes(room)) == (ELSEWHERE, [("t1", "Nobody asked her.", "", None)])


def test_number_of_a_point_of_the_host_changes_nothing_of_it(room: Room) -> None:
    press(room)
    room.write(FIFE, points.save, FIFE, "t1", "device", "a" * 16, points.Words("v1", "a", "Said aloud"))
    answer = room.post(f"{BASE}/note", NOTE, cookies=room.pass_of())
    assert (answer.status_code, notes(room)) == (409, [("t1", "Said aloud", "device", 1)])


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7*7 }}", "بيانات الإحالة", "🎉👩‍👩‍👧‍👦"])
def test_anything_is_text(room: Room, text: str) -> None:
    press(room)
    form = {**NOTE, "text": text}
    assert room.post(f"{BASE}/note", form, cookies=room.pass_of()).status_code == 303
    assert notes(room)[0][1] == text


def test_page_of_a_table_that_the_plan_lost_meanwhile_still_renders(room: Room) -> None:
    press(room)
    room.write(FIFE, lambda session: session.execute(delete(TableInRound).where(col(TableInRound.table) == "t1")))
    page = room.write(FIFE, phone_pages.at_table, FIFE, "t1")
    assert (page.values["table"], page.values["story"]) == ("t1", None)


def test_unknown_table_is_not_found(room: Room) -> None:
    cookies = room.pass_of()
    for way in ("", "/frame", "/note"):
        assert room.get(f"/e/{CODE}/tables/t9{way}", cookies=cookies).status_code == 404
    assert room.post(f"/e/{CODE}/tables/t9/note", NOTE, cookies=cookies).status_code == 404


def test_flood_is_held_and_told_when_to_go_on(room: Room) -> None:
    press(room)
    cookies = room.pass_of()
    forms = [{**NOTE, "note": f"{number:016x}", "text": f"Note {number}"} for number in range(6)]
    assert [room.post(f"{BASE}/note", form, cookies=cookies).status_code for form in forms] == [303] * 5 + [429]
    assert room.post(f"{BASE}/note", NOTE, cookies=room.pass_of()).status_code == 303
    assert len(notes(room)) == 6


def test_allowance_rests() -> None:
    allowance = phone_points.Allowance()
    for _ in range(5):
        allowance.take(b"a", 100.0)
    assert outcome(lambda: allowance.take(b"a", 102.5)) == (
        "That was quick! Nothing is lost: send it again in 4 seconds."
    )
    allowance.take(b"a", 106.0)
    with pytest.raises(TooMany):
        allowance.take(b"a", 106.0)
    allowance.take(b"b", 106.0)
    for _ in range(5):
        allowance.take(b"a", 1000.0)
