"""The desk's page of people: the tables, one person's line, and forms that work without a script."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from sqlmodel import Session, select

from eventkit.events.models import Person, Role
from eventkit.tables import job, people
from tests.fife import CODES, FIFE
from tests.room import ORIGIN, Room, room_in
from tests.tables.hands import FIRST, at, end_round, pins, seat_nine

BASE = f"/s/{CODES[FIFE]}/desk/tables/people"
FAY = {"round": "1", "person": "fay", "seen": "t2"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path) as made:
        made.write(FIFE, seat_nine, FIFE)
        yield made


@pytest.fixture
def organiser(room: Room) -> str:
    return room.role(Role.ORGANISER)


def places(room: Room) -> dict[str, str]:
    with room.database.reading() as session:
        return at(session, FIFE)


def words(html: str) -> str:
    """What a page says, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def press(room: Room, organiser: str, what: str, form: Mapping[str, str]) -> tuple[int, str]:
    """The status of a press, and what the page says that it leads to."""
    answer = room.post(f"{BASE}/{what}", form, cookies=organiser)
    if answer.status_code == 303:
        answer = room.get(answer.headers["location"].partition("#")[0], cookies=organiser)
        return 303, words(answer.text)
    return answer.status_code, words(answer.text)


def test_page_shows_every_table_with_its_people(room: Room, organiser: str) -> None:
    page = words(room.get(f"{BASE}?round=1", cookies=organiser).text)
    for said in ("Tay 3 of 4 chairs Ana host NHS", "Leven 3 of 3 chairs Bob host DWP", "Choose a person to see"):
        assert said in page


def test_line_says_what_binds_and_what_each_table_costs(room: Room, organiser: str) -> None:
    page = words(room.get(f"{BASE}?round=1&person=dan", cookies=organiser).text)
    assert "Dan NHS · at Leven in round 1" in page
    assert "What binds Ana and Dan sit at different tables" in page
    assert "▲ Breaks the rule “Ana and Dan sit at different tables”" in page
    assert "Rules broken 0 → 1 : worse" in page
    assert "Move here : Tay" in page
    assert "Exchange with" in page


def test_script_that_asks_gets_the_line_alone(room: Room, organiser: str) -> None:
    html = room.get(f"{BASE}?round=1&person=dan", cookies=organiser, headers={**ORIGIN, "hx-request": "true"}).text
    assert "<html" not in html
    assert 'data-table="t1"' in html


def test_move_exchange_and_undo_are_plain_forms(room: Room, organiser: str) -> None:
    status, page = press(room, organiser, "move", {**FAY, "table": "t1"})
    assert (status, places(room)) == (303, {**FIRST, "fay": "t1"})
    assert "Last change: Fay moved from Leven to Tay in round 1." in page
    form = {"round": "1", "person": "fay", "seen": "t1", "other": "gil", "table": "t3"}
    status, page = press(room, organiser, "exchange", form)
    assert (status, places(room)) == (303, {**FIRST, "fay": "t3", "gil": "t1"})
    with room.database.reading() as session:
        batch = people.tables(session, FIFE, 1, "").batch
    assert press(room, organiser, "undo", {"round": "1", "batch": str(batch)})[0] == 303
    assert places(room) == {**FIRST, "fay": "t1"}
    status, page = press(room, organiser, "undo", {"round": "1", "batch": str(batch)})
    assert status == 409
    assert "Somebody has changed seats since this page was made." in page


def test_move_that_breaks_a_rule_is_asked_about_first(room: Room, organiser: str) -> None:
    form = {"round": "1", "person": "dan", "seen": "t2", "table": "t1"}
    status, page = press(room, organiser, "move", form)
    assert (status, places(room)) == (200, FIRST)
    assert "Move Dan to Tay all the same? It breaks what the plan demands: Ana and Dan sit at different tables" in page
    status, page = press(room, organiser, "move", {**form, "confirmed": "yes"})
    assert (status, places(room)) == (303, {**FIRST, "dan": "t1"})
    assert "Not kept in round 1: ▲ Ana and Dan sit at different tables" in page
    assert "Rules broken 1" in page


def test_two_people_at_the_desk_do_not_undo_each_other(room: Room, organiser: str) -> None:
    press(room, organiser, "move", {**FAY, "table": "t1"})
    status, page = press(room, organiser, "move", {**FAY, "table": "t3"})
    assert (status, places(room)) == (409, {**FIRST, "fay": "t1"})
    assert "Somebody else has moved Fay, who sits at Tay now. Nothing was changed; look again." in page
    assert "Fay Council · at Tay in round 1" in page


def test_moves_pressed_at_once_leave_one_standing(room: Room, organiser: str) -> None:
    forms = [{**FAY, "table": "t1"}, {**FAY, "table": "t3", "confirmed": "yes"}]
    assert sorted(room.at_once(f"{BASE}/move", forms, organiser)) == [303, 409]
    assert places(room)["fay"] in ("t1", "t3")


def test_round_that_is_over_is_shown_and_cannot_be_changed(room: Room, organiser: str) -> None:
    room.write(FIFE, end_round, FIFE, 1)
    html = room.get(f"{BASE}?round=1&person=fay", cookies=organiser).text
    assert "Round 1 is over: who sat where stays as it was." in words(html)
    assert "Move here" not in html
    assert 'draggable="true"' not in html
    status, page = press(room, organiser, "move", {**FAY, "table": "t1"})
    assert (status, places(room)) == (409, FIRST)
    assert "Round 1 is over" in page


def test_pin_stays_and_goes(room: Room, organiser: str) -> None:
    status, page = press(room, organiser, "pin", FAY)
    assert (status, "Fay pinned" in page, "Unpin : Fay" in page) == (303, True, True)
    with room.database.reading() as session:
        assert pins(session, FIFE) == {(1, "fay")}
    assert press(room, organiser, "unpin", FAY)[0] == 303
    with room.database.reading() as session:
        assert pins(session, FIFE) == set()


def test_repair_pins_the_moved_and_leads_to_the_menu(room: Room, organiser: str) -> None:
    assert press(room, organiser, "repair", {"round": "1"})[0] == 409
    press(room, organiser, "move", {**FAY, "table": "t1"})
    answer = room.post(f"{BASE}/repair", {"round": "1", "person": "fay"}, cookies=organiser)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/s/{CODES[FIFE]}/desk/door/repair")
    with room.database.reading() as session:
        assert pins(session, FIFE) == {(1, "fay")}
    begun = job.of(room.database, FIFE)
    assert begun is not None
    assert begun.kind == "repair"
    assert begun.work is not None
    assert begun.work.pinned == {(1, "fay")}
    page = words(room.get(answer.headers["location"], cookies=organiser).text)
    assert "epair" in page


def test_unknown_person_and_round_show_the_tables(room: Room, organiser: str) -> None:
    answer = room.get(f"{BASE}?round=99&person=nobody", cookies=organiser)
    assert answer.status_code == 200
    assert "Choose a person to see" in answer.text


def test_names_in_any_script_are_kept_apart_from_the_markup(room: Room, organiser: str) -> None:
    def rename(session: Session) -> None:
        session.exec(select(Person).where(Person.person_id == "fay")).one().name = "<b>فاطمة</b>"

    room.write(FIFE, rename)
    html = room.get(f"{BASE}?round=1&person=fay", cookies=organiser).text
    assert "<b>فاطمة</b>" not in html
    assert "&lt;b&gt;فاطمة&lt;/b&gt;" in html
