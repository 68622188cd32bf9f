"""Moving people by hand: by menu and by drag, with what it costs shown before; undo, pin, and a phone."""

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session

from eventkit.tables import moves, stored
from tests.journeys.conftest import CONSOLE, PHONE, People, Served, in_room
from tests.live_server import ThreadServer, live_server

pytestmark = pytest.mark.browser
EVENT = 1
SHOTS = os.environ.get("SHOTS", "")
HOSTS = {"a10": "t1", "a11": "t2", "a12": "t3", "a13": "t4"}
CHAIRS = {"t1": 11, "t2": 11, "t3": 10, "t4": 10}

T = TypeVar("T")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ThreadServer]:
    """The Fife event; everybody has a seat in two rounds, and one chair at Leven stays free."""
    started = live_server(tmp_path)
    do(started, seat)
    yield started
    started.stop()


@pytest.fixture
def people(server: ThreadServer, browser: Browser) -> Iterator[People]:
    """The room of this server."""
    with in_room(Served(server.base, server.code, "", ""), browser) as room:
        yield room


def do(server: ThreadServer, verb: Callable[[Session], T]) -> T:
    return asyncio.run_coroutine_threadsafe(server.database.write(EVENT, verb), server._loop).result(20)


def seat(session: Session) -> None:
    room = stored.room_of(session, EVENT)
    everybody = [person.person_id for person in room.people]
    for number in (1, 2):
        free = [table for table, chairs in CHAIRS.items() for _chair in range(chairs - (table in HOSTS.values()))]
        others = [who for who in everybody if who not in HOSTS and who != "a42"]
        free.remove("t2")
        places = {(number, who): table for who, table in zip(others, free[number:] + free[:number], strict=True)}
        places |= {(number, who): table for who, table in HOSTS.items()}
        moves.move(session, EVENT, places, "seated")


def at(server: ThreadServer, person_id: str) -> str:
    with server.database.reading() as session:
        return stored.seats_of(session, EVENT)[1].get(person_id, "")


def organiser(
    people: People, server: ThreadServer, size: tuple[int, int] = CONSOLE, *, javascript: bool = True
) -> Page:
    context = people.context(size, javascript=javascript)
    path = f"/s/{server.code}/desk"
    context.add_cookies([{"name": "organiser", "value": server.organiser_cookie(), "url": f"{server.base}{path}"}])
    page = people.page(context)
    page.goto(f"{server.base}{path}/tables/people?round=1")
    return page


def shoot(page: Page, name: str, *, full: bool = False) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=full)


def test_people_are_moved_by_menu_and_by_drag(
    people: People, server: ThreadServer, accessible: Callable[..., None]
) -> None:
    page = organiser(people, server)
    accessible(page)
    shoot(page, "start")
    chosen, from_table = page.locator(".column[data-table=t1] a").nth(3), "t1"
    person_id = chosen.get_attribute("data-person") or ""
    chosen.click()
    line = page.locator("#person")
    expect(line.locator("[data-table=t2] .button", has_text="Move here")).to_be_visible()
    expect(line.locator("[data-table=t3] .button", has_text="Exchange with")).to_be_visible()
    accessible(page)
    shoot(page, "line")
    line.locator("[data-table=t2]").get_by_role("button", name="Move here").click()
    expect(page.locator(f".column[data-table=t2] #at-{person_id}")).to_be_visible()
    expect(page.locator("#said")).to_contain_text("Last change")
    assert at(server, person_id) == "t2"
    shoot(page, "moved")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(f".column[data-table=t1] #at-{person_id}")).to_be_visible()
    assert at(server, person_id) == from_table
    # By drag: the table under the pointer says what a seat there would cost before the person is let go.
    page.locator(f"#at-{person_id}").hover()
    page.mouse.down()
    page.mouse.move(300, 400)
    page.locator(".column[data-table=t2] h3").hover()
    page.locator(".column[data-table=t2] li").first.hover()
    expect(page.locator(".column[data-table=t2] > .effect")).to_be_visible()
    shoot(page, "hover")
    page.mouse.up()
    expect(page.locator(f".column[data-table=t2] #at-{person_id}")).to_be_visible()
    assert at(server, person_id) == "t2"


def test_rule_is_asked_about_and_pins_show(
    people: People, server: ThreadServer, accessible: Callable[..., None]
) -> None:
    page = organiser(people, server)
    page.locator("#at-a10").focus()
    page.keyboard.press("Enter")
    page.locator("#pin").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#at-a10 .sign.pinned")).to_be_visible()
    page.locator("#person [data-table=t2]").get_by_role("button", name="Move here").click()
    expect(page.locator("#overrule")).to_contain_text("hosts Eden")
    expect(page.locator("#overrule")).to_be_focused()
    accessible(page)
    shoot(page, "question")
    assert at(server, "a10") == "t1"
    page.get_by_role("button", name="Yes, all the same").click()
    expect(page.locator(".broken")).to_contain_text("Eden needs a host")
    assert at(server, "a10") == "t2"
    accessible(page)
    shoot(page, "broken")


def test_phone_and_plain_forms_move_people(
    people: People, server: ThreadServer, accessible: Callable[..., None]
) -> None:
    phone = organiser(people, server, PHONE)
    shoot(phone, "phone-start")
    phone.locator("#at-a01").click()
    expect(phone.locator("#person")).to_contain_text("Morag Cathcart")
    expect(phone.locator("#person")).to_be_in_viewport()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    accessible(phone)
    shoot(phone, "phone-line")
    shoot(phone, "phone-full", full=True)
    plain = organiser(people, server, javascript=False)
    plain.locator("#at-a42").click()
    expect(plain.locator("#person")).to_contain_text("no seat in round 1")
    plain.locator("#person [data-table=t2]").get_by_role("button", name="Move here").click()
    expect(plain.locator(".column[data-table=t2] #at-a42")).to_be_visible()
    assert at(server, "a42") == "t2"
    plain.get_by_role("button", name="Undo").click()
    expect(plain.locator(".column.without #at-a42")).to_be_visible()
    assert at(server, "a42") == ""
