"""What screen, phones and console show of tables, as it is rendered."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from eventkit.events.models import PersonAttribute, Role
from eventkit.stage import programme
from eventkit.tables import turning
from tests.fife import CODES, FIFE
from tests.room import Room, room_in, room_on
from tests.tables.seated import BADGES, NAMES, add_steps, badge_of, seat_all, show_names

CODE = CODES[FIFE]
CONSOLE = f"/s/{CODE}/console"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """The room at the first of two steps of tables. Nobody has a seat yet."""
    with room_in(tmp_path) as made:
        made.write(FIFE, add_steps)
        made.write(FIFE, go_to, 4)
        yield made


def go_to(session: Session, position: int) -> None:
    target = next(step.id for step in programme.steps(session, FIFE) if step.position == position)
    programme.jump(session, FIFE, programme.stage_of(session, FIFE).version, target, confirmed=True)


def screen(room: Room) -> str:
    return str(room.get(f"/s/{CODE}/screen/frame").json()["html"])


def console(room: Room) -> str:
    return str(room.get(f"{CONSOLE}/frame", cookies=room.role(Role.FACILITATOR)).json()["html"])


def phone(room: Room) -> str:
    return str(room.get(f"/e/{CODE}/frame", cookies=room.pass_of()).json()["html"])


def lists(html: str) -> dict[str, list[str]]:
    """The labels on the screen by their table."""
    sections = re.findall(r"<h2><span[^>]*>(.*?)</span>.*?</h2>\s*<ul[^>]*>(.*?)</ul>", html, re.DOTALL)
    return {table: re.findall(r"<li><span[^>]*>(.*?)</span></li>", labels) for table, labels in sections}


def press(room: Room, action: str, **form: str) -> int:
    return room.post(f"{CONSOLE}/tables/{action}", form, cookies=room.role(Role.FACILITATOR)).status_code


def seat_many(room: Room, people: int) -> None:
    room.write(FIFE, seat_all, [f"Person {at:04}" for at in range(people)])


def test_without_a_seating_every_view_says_so(room: Room) -> None:
    assert "Nobody has a seat yet. Your table will stand here." in screen(room)
    assert "Seats are not worked out yet." in phone(room)
    assert "/seat/" not in phone(room)
    assert "The screen says that seats come soon." in console(room)
    assert lists(screen(room)) == {}


def test_screen_shows_codes_and_never_names(room: Room) -> None:
    room.write(FIFE, seat_all)
    html = screen(room)
    assert lists(html) == {"Leven": [BADGES[2], BADGES[0]], "Ore": [BADGES[1], BADGES[3]]}
    assert [name for name in NAMES if name.split()[1] in html] == []
    assert "Look for the code on your badge." in html


def test_screen_shows_names_once_organisers_chose_so_in_the_order_people_look_for(room: Room) -> None:
    room.write(FIFE, seat_all)
    room.write(FIFE, show_names)
    html = screen(room)
    assert lists(html) == {"Leven": ["Étienne Blair", "Zoë Ainslie"], "Ore": ["Ana Ortiz", "Łukasz Nowak"]}
    assert [badge for badge in BADGES if badge in html] == []


def test_screen_names_the_way_to_the_seat_page(room: Room) -> None:
    room.write(FIFE, seat_all)
    assert f"QR code that opens http://127.0.0.1:8000/seat/{CODE}" in screen(room)
    assert f"127.0.0.1:8000<wbr>/seat/{CODE}" in screen(room)


def test_each_step_shows_its_round(room: Room) -> None:
    room.write(FIFE, seat_all)
    first = lists(screen(room))
    room.write(FIFE, go_to, 5)
    assert lists(screen(room)) == {"Leven": first["Ore"], "Ore": first["Leven"]}
    assert "Round 2" in screen(room)


def test_last_step_shows_later_rounds_on_further_pages(room: Room) -> None:
    room.write(FIFE, seat_all, NAMES, 3)
    room.write(FIFE, go_to, 5)
    assert "Round 2 · page 1 of 2" in screen(room)
    assert press(room, "page-on") == 303
    assert "Round 3 · page 2 of 2" in screen(room)


def test_pages_turn_by_key_and_by_themselves_until_told_not_to(room: Room) -> None:
    seat_many(room, 400)
    first = lists(screen(room))
    assert "page 1 of 3" in screen(room)
    assert press(room, "page-back") == 303
    assert "page 3 of 3" in screen(room)
    assert press(room, "page-on") == 303
    assert lists(screen(room)) == first
    assert 'aria-pressed="true"' in console(room)
    assert press(room, "turning") == 303
    assert 'aria-pressed="true"' not in console(room)
    memory = room.database.info[turning.MEMORY]
    assert memory == {FIFE: turning.Turning(0, 0.0)}


def test_page_turns_when_it_is_due_and_after_a_restart(tmp_path: Path) -> None:
    with room_in(tmp_path) as room:
        room.write(FIFE, add_steps)
        room.write(FIFE, go_to, 4)
        seat_many(room, 400)
        room.database.info[turning.MEMORY][FIFE] = turning.Turning(0, 1.0)
        room._runner.run(asyncio.sleep(1.5 * turning.LOOK_SECONDS))
        assert "page 2 of 3" in screen(room)
    with room_on(tmp_path) as room:
        room._runner.run(asyncio.sleep(0.5))
        stands = room.database.info[turning.MEMORY]
        assert (list(stands), stands[FIFE].page, stands[FIFE].due > 0) == ([FIFE], 0, True)


def test_hall_too_large_for_lists_gets_the_way_alone(room: Room) -> None:
    seat_many(room, 1_000)
    html = screen(room)
    assert lists(html) == {}
    assert "only-way" in html
    assert f"QR code that opens http://127.0.0.1:8000/seat/{CODE}" in html
    assert "So many people do not fit on the screen" in console(room)
    assert badge_of(500) not in html


def test_attributes_needs_and_organisations_are_on_no_view(room: Room) -> None:
    room.write(FIFE, seat_all)
    room.write(FIFE, show_names)

    def tell(session: Session) -> None:
        person = session.connection().exec_driver_sql("UPDATE person SET needs = 'SECRET', organisation = 'SECRET'")
        assert person.rowcount == len(NAMES)
        session.add(PersonAttribute(person_pk=1, name="SECRET", value="SECRET"))

    room.write(FIFE, tell)
    assert [view.__name__ for view in (screen, phone, console) if "SECRET" in view(room)] == []


def test_phone_and_console_name_nobody(room: Room) -> None:
    room.write(FIFE, seat_all)
    room.write(FIFE, show_names)
    for html in (phone(room), console(room)):
        assert [word for word in (*NAMES, *BADGES) if word in html] == []
    assert f'href="/seat/{CODE}"' in phone(room)
    assert re.findall(r'<span dir="auto">(\w+)</span> <b>(\d+)</b>', console(room)) == [("Leven", "2"), ("Ore", "2")]


def test_small_picture_shows_the_tables_before_the_room_sees_them(room: Room) -> None:
    room.write(FIFE, seat_all)
    page = room.get(f"{CONSOLE}/next", cookies=room.role(Role.FACILITATOR)).text
    room.write(FIFE, go_to, 5)
    assert lists(page) == lists(screen(room)) == {"Leven": [BADGES[1], BADGES[3]], "Ore": [BADGES[2], BADGES[0]]}
