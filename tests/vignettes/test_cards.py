"""The two cards of each table: one for everybody, which opens nothing, and one that lets its host in once."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from sqlmodel import Session, delete

from eventkit.events.models import Role
from eventkit.tables.models import TableInRound
from tests.fife import CODES, FIFE
from tests.room import ORIGIN, Room
from tests.vignettes.hosting import CODE, Device, hosting

CARDS = f"/s/{CODE}/desk/vignettes/cards"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with hosting(tmp_path) as made:
        yield made


@pytest.fixture
def organiser(room: Room) -> str:
    return room.role(Role.ORGANISER)


def addresses(html: str) -> list[str]:
    return re.findall(r'<p class="address">https?://[^/]+([^<]+)</p>', unescape(html))


def test_table_cards_only_tell_a_phone_its_table(room: Room, organiser: str) -> None:
    html = room.get(f"{CARDS}/tables", cookies=organiser).text
    assert addresses(html) == [f"/e/{CODE}/tables/t1", f"/e/{CODE}/tables/t2"]
    assert room.get(f"{CARDS}/tables", cookies=organiser).text == html


def test_host_cards_let_each_host_in_once(room: Room, organiser: str) -> None:
    found = addresses(room.post(f"{CARDS}/hosts", cookies=organiser).text)
    assert [way.split("/")[4] for way in found] == ["t1", "t2"]
    assert [room.post(way).status_code for way in found] == [303, 303]
    assert [room.post(way).status_code for way in found] == [410, 410]


def test_new_card_for_one_table_leaves_the_others(room: Room, organiser: str) -> None:
    first = addresses(room.post(f"{CARDS}/hosts", cookies=organiser).text)
    fresh = addresses(room.post(f"{CARDS}/hosts", {"table": "t1"}, cookies=organiser).text)
    assert [room.post(way).status_code for way in (*first, *fresh)] == [410, 303, 303]


def test_page_says_which_tables_have_no_host(room: Room, organiser: str) -> None:
    Device(room, "t2")
    html = room.get(CARDS, cookies=organiser).text
    said = re.findall(r"<td>(Somebody|No host)", html)
    assert said == ["No host", "Somebody"]


def test_table_that_is_gone_is_told(room: Room, organiser: str) -> None:
    answer = room.post(f"{CARDS}/hosts", {"table": "t9"}, cookies=organiser)
    assert (answer.status_code, "There is no such table any more." in answer.text) == (404, True)


def test_plan_without_tables_is_told(room: Room, organiser: str) -> None:
    def clear(session: Session) -> None:
        session.execute(delete(TableInRound))

    room.write(FIFE, clear)
    for way in ("", "/tables"):
        assert "The plan has no tables yet." in room.get(CARDS + way, cookies=organiser).text
    assert room.get(CARDS, cookies=organiser, headers=ORIGIN).status_code == 200


def test_cards_are_the_organisers(room: Room) -> None:
    device = Device(room)
    assert room.get(CARDS, cookies=device.cookie).status_code == 403
    assert room.post(f"/s/{CODES[2]}/desk/vignettes/cards/hosts", cookies=device.cookie).status_code == 403
