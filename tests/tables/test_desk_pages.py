"""The desk's page of tables: from an empty plan to seats that are told in sentences."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, select

from eventkit.events.models import Role
from eventkit.tables import job, stored
from eventkit.tables.models import Seating
from tests.fife import CODES, FIFE
from tests.room import ORIGIN, Room, room_in
from tests.tables import workshop

TABLES = f"/s/{CODES[FIFE]}/desk/tables"
HTMX = {**ORIGIN, "hx-request": "true"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path) as room:
        yield room


@pytest.fixture
def desk(room: Room) -> str:
    room.write(FIFE, workshop.prepare)
    return room.role(Role.ORGANISER)


def text(room: Room, desk: str, path: str = "") -> str:
    """What is read on the page, without its tags and in single spaces."""
    html = room.get(TABLES + path, cookies=desk).text.partition("<main>")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def seat(room: Room, desk: str, **form: str) -> None:
    """Presses the button, and waits until everybody has a seat."""
    assert room.post(f"{TABLES}/seat", form, cookies=desk).status_code == 303
    for _turn in range(400):
        if "hx-refresh" in room.get(f"{TABLES}/progress", cookies=desk, headers=HTMX).headers:
            return
        time.sleep(0.02)
    pytest.fail("nobody was seated")


def seats(session: Session) -> dict[int, dict[str, str]]:
    return {number: dict(table_of) for number, table_of in stored.seats_of(session, FIFE).items()}


def read(room: Room) -> dict[int, dict[str, str]]:
    with room.database.reading() as session:
        return seats(session)


def seating(room: Room) -> Seating:
    with room.database.reading() as session:
        return session.exec(select(Seating).where(Seating.event_id == FIFE)).one()


def test_empty_plan_leads_to_the_plan(room: Room) -> None:
    told = text(room, room.role(Role.ORGANISER))
    assert "Put the people who are expected and the tables of the room into the plan." in told
    assert "Seat everybody" not in told


def test_page_says_what_there_is_hosts_and_access_first(room: Room, desk: str) -> None:
    told = text(room, desk)
    assert "12 people at 3 tables" in told
    assert "15 chairs" in told
    assert "2 rounds" in told
    assert told.index("Lea needs an accessible table") < told.index("Other rules")
    assert told.index("Ana hosts a table") < told.index("Lea needs an accessible table")


def test_one_press_seats_everybody(room: Room, desk: str) -> None:
    seat(room, desk)
    assert {number: len(table_of) for number, table_of in read(room).items()} == {1: 12, 2: 12}
    told = text(room, desk)
    assert "No rule is broken Everybody has a seat, and every rule is kept." in told
    assert re.search(r"Organisation: (best possible|\d+ off the fair spread)", told)
    assert re.search(r"Seated on .+ by eventkit \S+, seed 1\.", told)
    assert seating(room).digest[:16] in told


def test_cards_show_names_marks_and_ranges(room: Room, desk: str) -> None:
    seat(room, desk)
    told = text(room, desk)
    assert all(name in told for name in workshop.NAMES)
    assert all(f"{name} host" in told for name in ("Ana", "Bob", "Cem"))
    assert "Lea needs access" in told
    assert re.search(r"Council \d / 1–2|Council \d / 1", told)


def test_each_round_has_its_own_cards(room: Room, desk: str) -> None:
    seat(room, desk)
    found = read(room)
    for number in (1, 2):
        html = room.get(f"{TABLES}?round={number}", cookies=desk).text
        first = html.partition('<article class="table-card">')[2].partition("</article>")[0]
        names = {name for name in workshop.NAMES if f"<bdi>{name}</bdi>" in first}
        assert names == {who.title() for who, table in found[number].items() if table == "t1"}


def test_round_that_is_not_there_shows_the_nearest(room: Room, desk: str) -> None:
    seat(room, desk)
    assert text(room, desk, "?round=99") == text(room, desk, "?round=2")
    assert text(room, desk, "?round=-1") == text(room, desk)


def test_progress_can_be_watched_without_javascript(room: Room, desk: str) -> None:
    room.post(f"{TABLES}/seat", cookies=desk)
    told = text(room, desk)
    assert "Seating everybody…" in told
    assert "Stop" in told
    assert room.get(f"{TABLES}/progress", cookies=desk).headers["location"] == TABLES
    assert "<progress" in room.get(f"{TABLES}/progress", cookies=desk, headers=HTMX).text
    room.post(f"{TABLES}/cancel", cookies=desk)


def test_second_press_begins_nothing_new(room: Room, desk: str) -> None:
    room.post(f"{TABLES}/seat", cookies=desk)
    first = job.of(room.database, FIFE)
    assert room.post(f"{TABLES}/seat", cookies=desk).status_code == 303
    assert job.of(room.database, FIFE) is first
    room.post(f"{TABLES}/cancel", cookies=desk)


def test_stopping_moves_nobody(room: Room, desk: str) -> None:
    room.post(f"{TABLES}/seat", cookies=desk)
    room.post(f"{TABLES}/cancel", cookies=desk)
    assert read(room) == {}
    assert "Nobody has a seat yet." in text(room, desk)


def test_seating_again_asks_and_takes_another_seed(room: Room, desk: str) -> None:
    seat(room, desk)
    before = read(room)
    asked = room.post(f"{TABLES}/seat", cookies=desk)
    assert asked.status_code == 200
    assert "Moves that were made by hand are lost; pinned people stay." in asked.text
    assert read(room) == before
    seat(room, desk, confirmed="yes")
    assert seating(room).seed == 2


def test_contradiction_is_told_before_and_after_the_press(room: Room, desk: str) -> None:
    room.write(FIFE, workshop.contradict)
    sentence = "Row 6: Dan and Eve sit at different tables."
    assert sentence in room.get(f"{TABLES}/contradictions", cookies=desk).text
    seat(room, desk)
    assert sentence in text(room, desk)
    room.post(f"{TABLES}/cancel", cookies=desk)
    assert sentence not in text(room, desk)


def test_nobody_to_seat_is_a_sentence(room: Room) -> None:
    answer = room.post(f"{TABLES}/seat", cookies=room.role(Role.ORGANISER))
    assert answer.status_code == 400
    assert "There is nobody to seat, or no table." in answer.text


def test_broken_rule_is_named(room: Room, desk: str) -> None:
    seat(room, desk)
    room.write(FIFE, workshop.contradict)
    told = text(room, desk)
    assert "2 rules are broken" in told
    assert "Not kept in round 1:" in told


def test_attributes_are_ordered_by_buttons(room: Room, desk: str) -> None:
    assert "All of these count alike." in text(room, desk)
    room.post(f"{TABLES}/order", {"name": "role", "way": "up"}, cookies=desk)
    told = text(room, desk)
    assert told.index("Role counts three times") < told.index("Organisation counts twice")
    room.post(f"{TABLES}/order", {"name": "role", "way": "down"}, cookies=desk)
    assert "Organisation counts three times" in text(room, desk)
    room.post(f"{TABLES}/order", {"way": "alike"}, cookies=desk)
    assert "All of these count alike." in text(room, desk)


def test_rounds_are_as_many_as_chosen_and_no_fewer_than_needed(room: Room, desk: str) -> None:
    seat(room, desk)
    assert room.post(f"{TABLES}/rounds", {"number": "1"}, cookies=desk).status_code == 303
    assert set(read(room)) == {1}
    assert "Round 2" not in text(room, desk)
    for number in ("0", "21"):
        assert room.post(f"{TABLES}/rounds", {"number": number}, cookies=desk).status_code == 400
    room.write(FIFE, workshop.need_rounds)
    refused = room.post(f"{TABLES}/rounds", {"number": "2"}, cookies=desk)
    assert (refused.status_code, "The programme or the plan has 3 rounds." in refused.text) == (409, True)


def test_names_on_the_screen_are_off_until_chosen(room: Room, desk: str) -> None:
    assert "The screen shows the codes" in text(room, desk)
    room.post(f"{TABLES}/names", {"shown": "yes"}, cookies=desk)
    assert seating(room).names_shown
    room.post(f"{TABLES}/names", cookies=desk)
    assert not seating(room).names_shown
