"""The ways in of hosts: a card works once, handing over ends the old device, writing beside ends nobody."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from sqlmodel import Session

from eventkit.events import hosts
from tests.fife import CODES, FIFE
from tests.room import Room
from tests.vignettes.hosting import BASE, CODE, Device, hosting

USED = "This host card was used already. Ask the table’s host to hand over, or the desk for a new card."
STALE = "This host card is not valid any more: this table has another. Ask its host to hand over, or the desk."
LET_GO = "This device does not host this table any more: another has taken over, or the desk has ended its link."


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with hosting(tmp_path) as made:
        yield made


def card(session: Session, table: str = "t1", beside: bool = False) -> str:
    return hosts.make_card(session, FIFE, table, beside=beside)


def link_in(html: str) -> str:
    """The token of the link on a page for another device."""
    found = re.search(rf"{BASE}/enter/([^\"<]+)", html)
    assert found
    return found[1]


def test_card_lets_one_device_in_and_leaves_the_address(room: Room) -> None:
    token = room.write(FIFE, card)
    answer = room.post(f"{BASE}/enter/{token}")
    assert (answer.status_code, answer.headers["location"]) == (303, BASE)
    said = answer.headers["set-cookie"]
    assert f"Path={BASE};" in said
    assert "HttpOnly" in said
    again = room.post(f"{BASE}/enter/{token}")
    assert (again.status_code, USED in again.text) == (410, True)


def test_looking_at_a_card_does_not_use_it(room: Room) -> None:
    token = room.write(FIFE, card)
    assert room.get(f"{BASE}/enter/{token}").status_code == 200
    assert room.post(f"{BASE}/enter/{token}").status_code == 303


def test_card_of_one_table_opens_no_other(room: Room) -> None:
    device = Device(room)
    assert room.get(f"/s/{CODE}/host/t2", cookies=device.cookie).status_code == 403
    assert room.post(f"/s/{CODE}/host/t2/enter/{room.write(FIFE, card)}").status_code == 404


def test_card_of_one_event_opens_no_other(room: Room) -> None:
    assert room.post(f"/s/{CODES[2]}/host/t1/enter/{room.write(FIFE, card)}").status_code == 404


def test_device_that_is_in_does_not_use_up_another_card(room: Room) -> None:
    device, token = Device(room), room.write(FIFE, card)
    assert room.post(f"{BASE}/enter/{token}", cookies=device.cookie).status_code == 303
    assert room.post(f"{BASE}/enter/{token}").cookies["host"]


def test_handing_over_ends_the_old_device_when_the_link_is_used(room: Room) -> None:
    old = Device(room)
    token = link_in(old.post("/hand-over").text)
    assert old.get().status_code == 200
    new = room.post(f"{BASE}/enter/{token}").cookies["host"]
    refused = old.get()
    assert (refused.status_code, LET_GO in refused.text) == (403, True)
    assert old.write("0" * 16, "Too late").status_code == 403
    assert room.get(BASE, cookies=f"host={new}").status_code == 200


def test_writing_beside_ends_nobody(room: Room) -> None:
    first = Device(room)
    second = room.post(f"{BASE}/enter/{link_in(first.post('/beside').text)}").cookies["host"]
    assert first.get().status_code == 200
    assert room.get(BASE, cookies=f"host={second}").status_code == 200


def test_second_card_cannot_claim_a_table_later(room: Room) -> None:
    second = room.write(FIFE, card)
    device = Device(room)
    answer = room.post(f"{BASE}/enter/{second}")
    assert (answer.status_code, STALE in answer.text) == (410, True)
    assert device.get().status_code == 200


def test_new_card_from_the_desk_replaces_lost_paper_and_a_dead_device(room: Room) -> None:
    lost, dead = room.write(FIFE, card), Device(room)
    fresh = room.write(FIFE, lambda session: hosts.make_cards(session, FIFE, ["t1"]))["t1"]
    assert dead.get().status_code == 200
    assert "has a host already" in unescape(room.get(f"{BASE}/enter/{fresh}").text)
    assert room.post(f"{BASE}/enter/{lost}").status_code == 410
    assert room.post(f"{BASE}/enter/{fresh}").status_code == 303
    assert dead.get().status_code == 403


def test_tables_with_a_host_are_known(room: Room) -> None:
    room.write(FIFE, card, "t2")
    Device(room)
    assert room.write(FIFE, lambda session: hosts.hosted(session, FIFE)) == {"t1"}


def test_page_for_another_device_works_without_script(room: Room) -> None:
    answer = Device(room).post("/hand-over", script=False)
    assert answer.status_code == 200
    assert "<html" in answer.text
    assert "Back to the table" in answer.text
