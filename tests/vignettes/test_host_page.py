"""The host's page over HTTP: what its devices see of each other, what they may do, and what it never says."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlmodel import Session, col

from eventkit.tables.models import TableInRound
from eventkit.vignettes import calls, host_pages, stories
from eventkit.vignettes.models import Point, WrittenBy
from tests.fife import FIFE
from tests.room import Room
from tests.vignettes.hosting import BASE, Device, at_story, close, hosting, points_of

ONE, TWO = "1" * 16, "2" * 16
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} بيانات"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with hosting(tmp_path) as made:
        yield made


@pytest.fixture
def device(room: Room) -> Device:
    return Device(room)


def words(html: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'<p class="words" dir="auto">([^<]+)</p>', html)]


def test_page_shows_story_prompts_and_a_field_for_each(device: Device) -> None:
    html = device.frame()
    assert "Anna came late." in html
    assert [unescape(found) for found in re.findall(r'<h2 id="about-[^>]*>([^<]+)</h2>', html)] == [
        "What would have helped?", "Whom did Anna ask?", "Anything else",
    ]  # fmt: skip
    assert re.findall(r'<textarea id="([^"]+)"', html) == ["write-v1-help", "write-v1-anna", "write-v1-"]


def test_page_of_a_table_that_the_plan_lost_meanwhile_still_renders(room: Room, device: Device) -> None:
    assert ">t1<" in device.frame()
    room.write(FIFE, lambda session: session.execute(delete(TableInRound).where(col(TableInRound.table) == "t1")))
    page = room.write(FIFE, host_pages.frame, FIFE, "t1")
    assert (page.values["table"], page.values["story"]) == ("t1", None)


def test_two_scribes_see_each_others_points(room: Room, device: Device) -> None:
    other = Device(room, beside=True)
    assert device.write(ONE, "A lift to the office").text == ""
    other.write(TWO, "Somebody to ring")
    assert words(device.frame()) == words(other.frame()) == ["A lift to the office", "Somebody to ring"]


def test_page_knows_its_own_points_by_its_device(room: Room, device: Device) -> None:
    other = Device(room, beside=True)
    device.write(ONE, "A lift")
    author = re.search(rf'data-point="{ONE}" data-device="([^"]+)"', device.frame())
    assert author
    assert f'data-device="{author[1]}"></span>' in device.get().text
    assert f'data-device="{author[1]}"></span>' in device.get("/device").text
    assert f'data-device="{author[1]}"></span>' not in other.get().text


def test_other_table_sees_nothing_of_it(room: Room, device: Device) -> None:
    device.write(ONE, "A lift")
    assert words(Device(room, "t2").frame()) == []


def test_other_device_is_refused_other_words(room: Room, device: Device) -> None:
    device.write(ONE, "A lift")
    answer = Device(room, beside=True).write(ONE, "A bus")
    assert (answer.status_code, "Another device wrote this point" in answer.text) == (409, True)
    assert words(device.frame()) == ["A lift"]


def test_point_is_marked_and_the_mark_taken_back(device: Device) -> None:
    device.write(ONE, "A lift")
    device.post(f"/points/{ONE}/mark", mark="quote")
    html = device.frame()
    assert '<p class="kind">Quote</p>' in html
    assert 'value="" aria-pressed="true">Quote' in html
    device.post(f"/points/{ONE}/mark", mark="")
    assert "kind" not in re.findall(r'<p class="(\w+)"', device.frame())
    assert device.post(f"/points/{ONE}/mark", mark="wrong").status_code == 400


def test_everything_works_without_script(room: Room, device: Device) -> None:
    answer = device.post("/points", script=False, vignette_id="v1", prompt_id="anna", text="Her sister")
    assert (answer.status_code, answer.headers["location"]) == (303, BASE)
    found = re.search(r'data-point="([^"]+)"', device.frame())
    assert found
    assert ">Her sister</textarea>" in device.get(f"/points/{found[1]}").text
    device.post(f"/points/{found[1]}", script=False, vignette_id="v1", prompt_id="anna", text="Her brother")
    device.post(f"/points/{found[1]}/mark", script=False, mark="quote")
    assert room.write(FIFE, points_of) == [("anna", "Her brother", "quote")]
    assert Device(room, beside=True).get(f"/points/{found[1]}").status_code == 409
    assert device.post(f"/points/{found[1]}/delete", script=False).status_code == 303
    assert room.write(FIFE, points_of) == []


def test_refusal_keeps_what_was_typed(room: Room, device: Device) -> None:
    room.write(FIFE, close)
    answer = device.post("/points", script=False, vignette_id="v1", prompt_id="", text="Nearly in time")
    assert answer.status_code == 409
    assert ">Nearly in time</textarea>" in answer.text
    assert "The discussion has ended" in answer.text


def test_ended_discussion_has_no_fields(room: Room, device: Device) -> None:
    device.write(ONE, "A lift")
    room.write(FIFE, close)
    html = device.frame()
    assert words(html) == ["A lift"]
    assert "<textarea" not in html
    assert "The discussion has ended." in html


def test_page_follows_the_room(room: Room, device: Device) -> None:
    device.write(ONE, "A lift")
    room.write(FIFE, at_story, 2)
    html = device.frame()
    assert ("Ben came late." in html, words(html)) == (True, [])
    room.write(FIFE, at_story, 3)
    assert "There is no story for your table now." in device.frame()


def test_prompts_that_are_not_shown_yet_are_not_on_the_page(room: Room, device: Device) -> None:
    def one_by_one(session: Session) -> None:
        stories.round_of(session, FIFE).one_by_one = True

    device.write(ONE, "Her sister", prompt="anna")
    room.write(FIFE, one_by_one)
    html = device.frame()
    assert words(html) == ["Her sister"]
    device.post(f"/points/{ONE}/delete")
    assert "Whom did Anna ask?" not in device.frame()


def test_private_notes_from_phones_are_not_on_the_hosts_page(room: Room, device: Device) -> None:
    def from_phone(session: Session) -> None:
        discussion = stories.begun_discussion(session, FIFE, "t1", "v1")
        session.add(Point(point_id=TWO, discussion_id=discussion.id or 0, text="Mine", written_by=WrittenBy.PHONE))

    before = device.frame()
    room.write(FIFE, from_phone)
    assert device.frame() == before


def test_call_stands_until_it_is_seen(room: Room, device: Device) -> None:
    assert ("Please come" in device.frame(), "has been asked to come" in device.frame()) == (True, False)
    device.post("/call")
    device.post("/call")
    assert room.write(FIFE, lambda session: list(calls.calling(session, FIFE))) == ["t1"]
    assert "has been asked to come" in device.frame()
    room.write(FIFE, calls.seen, FIFE, "t1")
    assert "Please come" in device.frame()
    device.post("/call")
    device.post("/call/back")
    assert room.write(FIFE, lambda session: list(calls.calling(session, FIFE))) == []


def test_what_was_typed_is_only_ever_text(device: Device) -> None:
    device.write(ONE, HOSTILE)
    html = device.get().text
    assert words(html) == [HOSTILE]
    assert "<script>alert" not in html


def test_table_that_is_not_there_has_no_page(room: Room, device: Device) -> None:
    assert room.get(BASE.replace("t1", "t9"), cookies=device.cookie).status_code == 403
    assert room.get(f"{BASE.replace('t1', 't9')}/enter/{'0' * 32}").status_code == 404
