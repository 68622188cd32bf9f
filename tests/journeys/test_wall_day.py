"""A wall from its opening to the workbook: three phones, one of them offline for a while, screen, two facilitators."""

import io
import re
from collections.abc import Callable

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.journeys.conftest import CONSOLE, People, at_desk, moving, press
from tests.journeys.test_walls import EXPECTED, at_wall, people

__all__ = ["EXPECTED", "people"]
pytestmark = pytest.mark.browser
IDEAS = ("Rent arrears by ward", "Who holds what", "Free meals")


def post(phone: Page, text: str) -> None:
    phone.get_by_label("Your idea").fill(text)
    phone.get_by_role("button", name="Put it on the wall").click()


def second(people: People, first: Page, path: str) -> Page:
    """Another facilitator, with a browser of their own."""
    context = people.context(CONSOLE)
    context.add_cookies(first.context.cookies())
    page = people.page(context)
    page.goto(f"{people.served.base}/s/{people.served.code}/console{path}")
    return page


def group(page: Page, text: str, number: str) -> None:
    page.locator("#loose .sort-note", has_text=text).locator("input").first.focus()
    page.keyboard.press(number)
    expect(page.locator("#loose .sort-note", has_text=text)).to_have_count(0)


def exported(people: People) -> dict[str, tuple[str, str]]:
    """Status and theme of each note in the workbook, by its words."""
    desk = at_desk(people).page
    desk.get_by_role("link", name="Downloads").click()
    with desk.expect_download() as waiting:
        desk.get_by_role("link", name="Download Results workbook").click()
    book = load_workbook(io.BytesIO(waiting.value.path().read_bytes()), read_only=True)
    rows = book["wall_notes"].iter_rows(min_row=5, values_only=True)
    headings = [str(heading) for heading in next(rows)]
    found = [dict(zip(headings, row, strict=True)) for row in rows]
    return {str(each["text"]): (str(each["status"]), str(each["theme_ids"])) for each in found}


def test_a_wall_from_its_opening_to_the_workbook(people: People, accessible: Callable[..., None]) -> None:
    console, screen = people.facilitator()
    with moving(console):
        console.locator(".programme").get_by_role("button", name="Two questions on the walls").click()
    expect(console.locator(".chip")).to_have_text("Ready")
    press(console, "PageDown")
    expect(console.locator(".chip")).to_have_text(re.compile("Open"))
    phones = [at_wall(people) for _ in IDEAS]
    phones[2].context.set_offline(True)
    for phone, idea in zip(phones, IDEAS, strict=True):
        post(phone, idea)
    expect(phones[2].get_by_text("Not sent yet").first).to_be_visible()
    for idea in IDEAS[:2]:
        expect(screen.get_by_text(idea)).to_be_visible(timeout=10_000)
    phones[2].context.set_offline(False)
    expect(screen.get_by_text(IDEAS[2])).to_be_visible(timeout=20_000)
    accessible(screen, phones[0])

    first, other = second(people, console, "/walls/w1"), second(people, console, "/walls/w1")
    group(first, IDEAS[0], "1")
    group(other, IDEAS[1], "2")
    for page in (first, other):
        expect(page.locator("#loose .sort-note")).to_have_count(1)
    group(other, IDEAS[2], "1")

    press(console, "PageDown")
    expect(console.locator(".chip")).to_have_text(re.compile("Closed"))
    expect(phones[0].get_by_role("button", name="Put it on the wall")).to_have_count(0)
    found = exported(people)
    assert {text: status for text, (status, _theme) in found.items()} == dict.fromkeys(IDEAS, "shown")
    assert found[IDEAS[0]] == found[IDEAS[2]] != found[IDEAS[1]]
