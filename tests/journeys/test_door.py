"""The door from check-in to the list of who moves, on a phone in the hand and on a laptop beside it."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.conftest import CONSOLE, PHONE, People, at_desk, in_room, serving

pytestmark = pytest.mark.browser
EXPECTED = ("404", "409", "Failed to load")
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture
def people(tmp_path: Path, browser: Browser) -> Iterator[People]:
    """The event of `door.toml`. A refusal is no fault."""
    with serving(tmp_path, Path(__file__).parent / "door.toml") as served, in_room(served, browser, EXPECTED) as room:
        yield room


def shot(page: Page, name: str) -> None:
    """A picture for whoever wants to look; only where SHOTS names a folder."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def line(door: Page, name: str) -> Locator:
    return door.locator("#list li").filter(has_text=name)


def numbers(door: Page) -> Locator:
    return door.locator("#tally b")


def seat_everybody(desk: Page) -> None:
    desk.get_by_role("link", name="Tables", exact=True).click()
    desk.get_by_role("button", name=re.compile("^Seat everybody")).click()
    expect(desk.get_by_role("progressbar")).to_have_count(0, timeout=20_000)


def test_door_from_check_in_to_the_list_of_who_moves(people: People, accessible: Callable[..., None]) -> None:
    desk = at_desk(people).page
    seat_everybody(desk)
    desk.get_by_role("link", name="Door", exact=True).click()
    expect(numbers(desk)).to_have_text(["12", "12", "0", "0"])
    accessible(desk)

    # Search as one types, whatever the accents; Enter takes the only one who is left.
    desk.get_by_label("Name, organisation or badge code").press_sequentially("lukasz")
    expect(desk.locator("#list li:visible")).to_have_count(1)
    desk.keyboard.press("Enter")
    expect(line(desk, "Łukasz Zając")).to_contain_text("Undo")
    expect(desk.locator("#said")).to_have_text(re.compile("^Łukasz Zając is here: "))
    desk.get_by_label("Name, organisation or badge code").fill("")

    for name in ("Anna Nowak", "Ben Ure", "Cal Moss", "Dee Fox", "Eve Lorimer", "Fin Baird"):
        line(desk, name).get_by_role("button", name="Here").click()
        expect(line(desk, name)).to_have_attribute("data-state", "here")
    line(desk, "Gus Pratt").get_by_role("button", name="Not coming").click()
    line(desk, "Hal Innes").get_by_role("button", name="Not coming").click()
    line(desk, "Hal Innes").get_by_role("button", name="Undo").click()
    expect(numbers(desk)).to_have_text(["12", "4", "7", "1"])
    accessible(desk)
    shot(desk, "door-laptop")

    # A late arrival who is not on the list.
    desk.locator("summary", has_text="New person").click()
    desk.get_by_label("Name", exact=True).fill("Zoë Late")
    desk.get_by_label("Organisation", exact=True).fill("Housing")
    desk.get_by_label("Sector").fill("council")
    accessible(desk)
    desk.get_by_role("button", name="Add, give a seat and a badge").click()
    expect(line(desk, "Zoë Late")).to_have_attribute("data-state", "here")
    expect(line(desk, "Zoë Late").locator(".at")).to_have_count(2)
    expect(line(desk, "Zoë Late").locator(".badge")).to_have_text(re.compile("[A-Z0-9]{4}$"))

    # Doors closed: the rest does not come, and the tables are repaired.
    desk.get_by_role("button", name="Doors are closed").click()
    expect(desk.get_by_text("4 people are still expected.")).to_be_visible()
    accessible(desk)
    desk.get_by_role("button", name="Yes, the doors are closed").click()
    desk.get_by_role("button", name="Look for repairs").click()
    expect(desk.locator(".choices > li").first).to_be_visible(timeout=20_000)
    accessible(desk)
    shot(desk, "door-repair")
    desk.get_by_role("button", name=re.compile("^Take this")).last.click()
    expect(desk.get_by_role("heading", name="Who moves")).to_be_visible()
    expect(desk.locator(".moves tbody tr").first).to_be_visible()
    expect(desk.locator(".moves caption").first).to_have_text(re.compile(r"^\d+ changes? of table$"))
    accessible(desk)
    shot(desk, "door-changes")


def test_two_at_the_door_see_each_other_and_a_phone_holds_the_page(
    people: People, accessible: Callable[..., None]
) -> None:
    desk = at_desk(people).page
    seat_everybody(desk)
    desk.get_by_role("link", name="Door", exact=True).click()
    other = desk.context.new_page()
    other.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    other.goto(desk.url)
    for width, letters in ((390, 16), (320, 16), (390, 32)):
        other.set_viewport_size({"width": width, "height": PHONE[1]})
        other.evaluate(f"document.documentElement.style.fontSize = '{letters}px'")
        assert other.evaluate("document.documentElement.scrollWidth") == width
    other.evaluate("document.documentElement.style.fontSize = ''")
    other.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    small = "[...document.querySelectorAll('#list button, #tally a, .seek input, .seek button')]"
    assert other.evaluate(f"{small}.filter((n) => n.offsetHeight < 48).map((n) => n.outerHTML)") == []
    accessible(other)
    shot(other, "door-phone")

    line(desk, "Anna Nowak").get_by_role("button", name="Here").click()
    expect(line(desk, "Anna Nowak")).to_have_attribute("data-state", "here")
    expect(line(other, "Anna Nowak")).to_have_attribute("data-state", "here", timeout=20_000)
    expect(numbers(other)).to_have_text(["12", "11", "1", "0"])

    other.context.set_offline(True)
    line(other, "Ben Ure").get_by_role("button", name="Here").click()
    expect(other.locator("#said")).to_have_text("Not sent: there is no network. Tap again when it is back.")
    other.context.set_offline(False)
    line(other, "Ben Ure").get_by_role("button", name="Here").click()
    expect(line(other, "Ben Ure")).to_have_attribute("data-state", "here")


def test_door_without_javascript(people: People, accessible: Callable[..., None]) -> None:
    desk = at_desk(people, size=CONSOLE, javascript=False).page
    desk.get_by_role("link", name="Door", exact=True).click()
    desk.get_by_label("Name, organisation or badge code").fill("moss")
    desk.get_by_role("button", name="Search").click()
    expect(desk.locator("#list li")).to_have_count(1)
    desk.get_by_role("button", name=re.compile("^Here.*Cal Moss")).click()
    expect(desk.locator("#list li")).to_have_attribute("data-state", "here")
    expect(desk.get_by_text("a ramp")).to_be_visible()
    desk.get_by_role("link", name=re.compile("Not coming")).click()
    expect(desk.locator("#list li")).to_have_count(0)
    expect(desk.get_by_text("Nobody of that name is on the list.")).to_be_visible()
