"""The sheets of paper for tables as a browser prints them: the right number of pages, and nothing cut."""

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlmodel import Session, col, select

from eventkit.events.models import Person
from eventkit.tables import badges, moves, stored
from eventkit.tables.models import Seating
from tests.journeys.conftest import CONSOLE, PHONE, People, Served
from tests.live_server import live_server

pytestmark = pytest.mark.browser
EVENT, ROUNDS = 1, 3
UPRIGHT, ACROSS = (595, 842), (842, 595)
# 42 people and four tables over three rounds; lists run over as many sheets as they need.
PAGES = {
    "table-cards": (4, UPRIGHT),
    "place-cards": (11, UPRIGHT),
    "badges": (6, UPRIGHT),
    "host-sheets": (12, UPRIGHT),
    "door-list": (3, ACROSS),
    "seat-poster": (1, UPRIGHT),
}
CUT = """() => [...document.querySelectorAll(".sheet, .face, .place, .badge, .list td, .list th")]
  .filter(each => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1)
  .map(each => [each.className, each.textContent.trim().slice(0, 60)])"""
COLOURED = """() => [...document.querySelectorAll("main *")].map(each => getComputedStyle(each))
  .flatMap(style => [style.color, style.borderBottomColor, style.fill])
  .filter(colour => !["rgb(0, 0, 0)", "rgb(255, 255, 255)", "none"].includes(colour))"""


@pytest.fixture
def desk(tmp_path: Path, browser: Browser) -> Iterator[Page]:
    """Where the prints of the Fife event lie, with everybody seated, and two people whose names are hard to print."""
    started = live_server(tmp_path)
    asyncio.run_coroutine_threadsafe(started.database.write(EVENT, seat), started._loop).result(20)
    room = People(Served(started.base, started.code, "", ""), browser)
    context = room.context(CONSOLE)
    way = f"{started.base}/s/{started.code}/desk"
    context.add_cookies([{"name": "organiser", "value": started.organiser_cookie(), "url": way}])
    page = room.page(context)
    page.goto(f"{way}/print")
    yield page
    started.stop()
    assert (room.complaints, room.foreign) == ([], [])


def seat(session: Session) -> None:
    room = stored.room_of(session, EVENT)
    roster = session.exec(select(Person).order_by(col(Person.position))).all()
    roster[0].name = "Maximiliana Alexandrina Wolfeschlegelsteinhausenbergerdorff de la Concepción y Martínez"
    roster[1].organisation = "Partnership for Integrating the Health and Social Care of West Fife, " * 2
    roster[2].needs = "A chair with arms near the door, and somebody who reads the figures out, " * 2
    session.add(Seating(event_id=EVENT, rounds=ROUNDS))
    tables = ("t1", "t2", "t3", "t4")
    places = {
        (number, person.person_id): tables[(place * number + place // 4) % 4]
        for number in range(1, ROUNDS + 1)
        for place, person in enumerate(room.people)
    }
    moves.move(session, EVENT, places, "seated")
    badges.give(session, EVENT)


def printed(page: Page) -> list[tuple[int, int]]:
    """The sizes of the pages of a PDF, in whole points."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
    return [(round(float(wide)), round(float(high))) for wide, high in boxes]


def test_every_sheet_prints_on_its_pages_in_black_with_nothing_cut(desk: Page) -> None:
    place = desk.url
    found, cut, coloured = {}, {}, {}
    desk.emulate_media(media="print")
    for sheet in PAGES:
        desk.goto(f"{place}/{sheet}")
        found[sheet] = printed(desk)
        cut[sheet] = desk.evaluate(CUT)
        coloured[sheet] = desk.evaluate(COLOURED)
    assert found == {sheet: [size] * number for sheet, (number, size) in PAGES.items()}
    assert cut == {sheet: [] for sheet in PAGES}
    assert coloured == {sheet: [] for sheet in PAGES}


def test_pages_of_prints_are_accessible(desk: Page, accessible: Callable[..., None]) -> None:
    place = desk.url
    for size in (CONSOLE, PHONE):
        desk.set_viewport_size({"width": size[0], "height": size[1]})
        accessible(desk)
    desk.set_viewport_size({"width": CONSOLE[0], "height": CONSOLE[1]})
    for sheet in PAGES:
        desk.goto(f"{place}/{sheet}")
        accessible(desk)
