"""Finding one's table: on the screen by code or by name, and on the page that knows no phone."""

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session, col, select

from eventkit.events import rules as events
from eventkit.events.models import Person, Role
from eventkit.tables import badges, moves, stored
from tests.journeys.conftest import PHONE, People, Served, at_desk, in_room
from tests.live_server import ThreadServer, live_server

pytestmark = pytest.mark.browser
EVENT = 1
SHOTS = os.environ.get("SHOTS", "")
SIZES = ({"width": 1024, "height": 768}, {"width": 1920, "height": 1080})
TABLES = ("t1", "t2", "t3", "t4")
# What stands over the edge of the projection or of the list above it, is cut, or cannot be read from the back.
UNREADABLE = """(least) => {
  const labels = [...document.querySelectorAll(".table-lists li > span, .table-lists h2 > span")];
  const box = (node) => node.getBoundingClientRect();
  const over = labels.filter((each) => box(each).bottom > innerHeight || box(each).right > innerWidth);
  const cut = labels.filter((each) => each.matches("li > span") && each.scrollWidth > each.clientWidth + 1);
  const small = [...document.querySelectorAll("#stage *")].filter((each) => !each.closest(".visually-hidden")
    && [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
    && parseFloat(getComputedStyle(each).fontSize) < innerHeight * least);
  return [...over, ...cut, ...small].map((each) => each.outerHTML);
}"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ThreadServer]:
    """The Fife event, in which everybody has a badge and a seat."""
    started = live_server(tmp_path)
    asyncio.run_coroutine_threadsafe(started.database.write(EVENT, seat), started._loop).result(20)
    yield started
    started.stop()


@pytest.fixture
def people(server: ThreadServer, browser: Browser) -> Iterator[People]:
    """The room of this server."""

    def link(role: Role, view: str) -> str:
        made = server.database.write(EVENT, events.make_link, EVENT, role)
        token = asyncio.run_coroutine_threadsafe(made, server._loop).result(20)
        return f"{server.base}/s/{server.code}/{view}/enter/{token}"

    console, desk = link(Role.FACILITATOR, "console"), link(Role.ORGANISER, "desk")
    with in_room(Served(server.base, server.code, console, desk), browser) as room:
        yield room


def seat(session: Session) -> None:
    badges.give(session, EVENT)
    everybody = [person.person_id for person in stored.room_of(session, EVENT).people]
    moves.move(session, EVENT, {(1, who): TABLES[at % 4] for at, who in enumerate(everybody)}, "seated")


def somebody(server: ThreadServer) -> Person:
    with server.database.reading() as session:
        return session.exec(select(Person).order_by(col(Person.position)).limit(1)).one()


def readable(screen: Page, least: float) -> None:
    for size in SIZES:
        screen.set_viewport_size(size)
        screen.wait_for_timeout(150)
        assert screen.evaluate(UNREADABLE, least) == [], size
        if SHOTS:
            screen.screenshot(path=f"{SHOTS}/find-{least}-{size['width']}.png")


def test_everybody_finds_their_table(people: People, server: ThreadServer, accessible: Callable[..., None]) -> None:
    console, screen = people.facilitator()
    phone, desk, person = people.phone(), at_desk(people), somebody(server)
    console.get_by_role("button", name="Find your table").click()
    expect(console.locator(".plain")).to_have_text("Round 1: 42 people have a seat at 4 tables.")
    expect(screen.locator(".table-lists li")).to_have_count(42)
    expect(screen.locator(".table-lists")).to_contain_text(person.badge)
    expect(screen.locator("#stage")).not_to_contain_text(person.name)
    readable(screen, 0.035)
    accessible(console, screen, phone)
    desk.page.goto(f"{people.served.base}/s/{people.served.code}/desk/tables")
    desk.click("button", "Show names instead")
    expect(screen.locator(".table-lists")).to_contain_text(person.name)
    expect(screen.locator("#stage")).not_to_contain_text(person.badge)
    readable(screen, 0.028)  # the longest names are smaller than the others, and none is cut
    accessible(screen)
    phone.get_by_role("link", name="Find your table").click()
    expect(phone.get_by_role("heading")).to_have_text("Find your table")
    look(phone, person.name.upper(), "Eden")
    accessible(phone)
    phone.get_by_role("link", name="Back to what is on now").click()
    phone.wait_for_url(f"{people.served.base}/e/{people.served.code}")


def test_seat_page_finds_without_script_and_keeps_no_cookie(
    people: People, server: ThreadServer, accessible: Callable[..., None]
) -> None:
    context = people.context(PHONE, javascript=False)
    sent: list[tuple[str, bool]] = []
    context.on("request", lambda request: sent.append((request.method, "cookie" in request.all_headers())))
    phone, person = people.page(context), somebody(server)
    phone.goto(f"{people.served.base}/j/{people.served.code}")
    phone.get_by_role("button", name="Join").click()
    phone.wait_for_url(f"{people.served.base}/e/{people.served.code}")
    assert ("GET", True) in sent
    sent.clear()
    phone.goto(f"{people.served.base}/seat/{people.served.code}")
    look(phone, person.badge.lower(), "Eden")
    assert person.name not in phone.content()
    look(phone, "Somebody Else", None)
    expect(phone.get_by_role("alert")).to_contain_text("Nobody on the list has this name or code.")
    assert [(method, cookie) for method, cookie in sent if cookie or method == "POST"] == [("POST", False)] * 2
    assert [cookie["path"] for cookie in context.cookies()] == [f"/e/{people.served.code}"]


def test_seat_page_is_accessible_in_every_state(
    people: People, server: ThreadServer, accessible: Callable[..., None]
) -> None:
    phone, person = people.page(people.context((320, 640))), somebody(server)
    phone.goto(f"{people.served.base}/seat/{people.served.code}")
    accessible(phone)
    for who in ("Somebody Else", person.name):
        phone.get_by_role("textbox").fill(who)
        phone.get_by_role("button", name="Find the table").click()
        phone.wait_for_load_state()
        accessible(phone)
        assert phone.evaluate("document.documentElement.scrollWidth") == 320


def look(phone: Page, who: str, table: str | None) -> None:
    phone.get_by_role("textbox").fill(who)
    phone.get_by_role("button", name="Find the table").click()
    expect(phone.locator(".own-table")).to_have_text([table] if table else [])
