"""The sheets of paper for tables: who is on which, and what is said of them there."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path

import pytest
from sqlmodel import Session, select

from eventkit.events.models import Attendance, Event, Person, Role
from eventkit.tables.models import TableInRound
from eventkit.tables.print_pages import PRINTS
from tests.fife import CODES, FIFE, STRANGER
from tests.room import Room, room_in
from tests.tables import on_paper

PRINT = f"/s/{CODES[FIFE]}/desk/print"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path) as made:
        made.write(FIFE, on_paper.seated)
        yield made


def shown(room: Room, sheet: str = "", place: str = PRINT) -> str:
    answer = room.get(f"{place}/{sheet}".rstrip("/"), cookies=room.role(Role.ORGANISER))
    assert answer.status_code == 200
    return answer.text


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def rows(html: str) -> list[list[str]]:
    """The cells of the rows of a list."""
    body = "".join(re.findall(r"<tbody>(.*?)</tbody>", html, re.DOTALL))
    found = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    return [[words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in found]


def cards(html: str, kind: str) -> Sequence[str]:
    """The words of each card, on the side that faces the reader."""
    found = re.findall(rf'<article class="{kind}">(.*?)</article>', html, re.DOTALL)
    return [
        words(re.sub(r'<div class="face away".*?(?=<div class="face towards)', "", card, flags=re.DOTALL))
        for card in found
    ]


def test_index_leads_to_every_kind_of_sheet(room: Room) -> None:
    page = shown(room)
    assert re.findall(rf'href="{PRINT}/([a-z-]+)"', page) == list(PRINTS)
    assert "has no seat yet" not in page
    room.write(FIFE, take_seat_and_badge)
    page = words(shown(room))
    assert "1 person has no seat yet; their badge and the lists say so." in page
    assert "1 person has no badge code yet." in page


def take_seat_and_badge(session: Session) -> None:
    person = session.exec(select(Person).where(Person.event_id == FIFE, Person.person_id == on_paper.ABSENT)).one()
    person.attendance, person.badge = Attendance.HERE, ""


@pytest.mark.parametrize("sheet", PRINTS)
def test_sheet_of_an_event_without_people_says_so(room: Room, sheet: str) -> None:
    place = f"/s/{CODES[STRANGER]}/desk/print"
    cookie = room.role(Role.ORGANISER, STRANGER)
    assert "Nobody has a seat yet." in room.get(place, cookies=cookie).text
    page = room.get(f"{place}/{sheet}", cookies=cookie)
    assert (page.status_code, '<p class="nothing">' in page.text) == (200, sheet != "seat-poster")


def test_unknown_sheet_is_not_found(room: Room) -> None:
    assert room.get(f"{PRINT}/ballots", cookies=room.role(Role.ORGANISER)).status_code == 404


def test_door_list_has_everybody_by_name(room: Room) -> None:
    found = rows(shown(room, "door-list"))
    assert [row[1] for row in found] == [
        "=Bob “B” <b>Smith</b>",
        "Árpád Ó Néill",
        "Dan",
        "Eve",
        "Fay",
        "Gil",
        "Hal",
        "Ida",
        "Jan",
        "Kim Not coming",
        "Lea",
        "Žofie Čapková",
    ]
    by_name = {row[1]: [*row[:1], *row[2:3], *row[4:]] for row in found}
    assert by_name["Eve"] == ["✓", "NHS", "Leven", "Ore", ""]
    assert by_name["Jan"] == ["", "Council", "–", "Tay", ""]
    assert by_name["Lea"] == ["", "DWP", "Ore", "Ore", "Step-free"]
    assert {len(row[3]) for row in found if row[1] != "Kim Not coming"} == {4}


def test_host_sheet_has_the_people_of_one_table_in_one_round_hosts_first(room: Room) -> None:
    page = shown(room, "host-sheets")
    captions = re.findall(r"<caption[^>]*>(.*?)</caption>", page)
    assert captions == [f"Table {table}, round {number}" for number in (1, 2) for table in ("Tay", "Leven", "Ore")]
    first, *_others, last = re.findall(r"<article.*?</article>", page, re.DOTALL)
    assert [row[0] for row in rows(first)] == ["Árpád Ó Néill Host", "Dan", "Gil"]
    assert "Case stories v1, v2" in words(first)
    assert [row[0] for row in rows(last)] == ["Žofie Čapková Host", "Eve", "Gil", "Lea"]
    assert ["Lea", "DWP", "Accessible table Step-free", ""] in rows(last)
    assert on_paper.ABSENT.title() not in words(page)


def test_badge_has_name_organisation_code_and_the_table_of_each_round(room: Room) -> None:
    found = cards(shown(room, "badges"), "badge")
    assert len(found) == 11
    assert re.fullmatch(r"Eve NHS Round 1: Leven Round 2: Ore [A-Z0-9]{4}", next(one for one in found if "Eve" in one))
    assert "Round 1: – Round 2: Tay" in next(one for one in found if "Jan" in one)


def test_place_cards_come_table_by_table(room: Room) -> None:
    found = cards(shown(room, "place-cards"), "place")
    assert found[:4] == ["Árpád Ó Néill Council", "Dan", "Gil Council", "Jan Council"]
    assert len(found) == 11


def test_table_card_has_name_rounds_vignettes_and_the_way_in(room: Room) -> None:
    found = cards(shown(room, "table-cards"), "sheet card")
    way = f"Join with your phone http://127.0.0.1:8000/j/{CODES[FIFE]}"
    assert found == [
        f"Tay In every round Case stories: v2, v1 {way}",
        f"Leven In every round Case stories: v3 {way}",
        f"Ore In every round {way}",
    ]


def test_table_card_says_which_rounds_it_is_for(room: Room) -> None:
    room.write(FIFE, only_in_second_round)
    assert cards(shown(room, "table-cards"), "sheet card")[2].startswith("Ore In round 2 Join")


def only_in_second_round(session: Session) -> None:
    session.exec(select(TableInRound).where(TableInRound.event_id == FIFE, TableInRound.table == "t3")).one().round = 2


def test_poster_leads_to_the_page_that_finds_a_seat(room: Room) -> None:
    page = shown(room, "seat-poster")
    assert f"http://127.0.0.1:8000/seat/{CODES[FIFE]}" in words(page)
    assert "<svg" in page


@pytest.mark.parametrize("sheet", PRINTS)
def test_every_sheet_says_that_it_is_a_rehearsal(room: Room, sheet: str) -> None:
    assert "Rehearsal" not in words(shown(room, sheet))
    room.write(FIFE, rehearse)
    room.app.state.admissions.rehearsals.add(FIFE)
    assert "Rehearsal: nothing here counts" in words(shown(room, sheet))


def rehearse(session: Session) -> None:
    session.get_one(Event, FIFE).rehearsal = True
