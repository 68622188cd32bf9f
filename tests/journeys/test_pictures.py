"""A chart taken away as a file, from the desk and from the results page."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import People, at_desk, moving, press
from tests.journeys.test_one_vote import chip

pytestmark = pytest.mark.browser
PNG = b"\x89PNG\r\n\x1a\n"


def voted(people: People) -> Page:
    """The console, with the room's answer on the screen."""
    console, _screen = people.facilitator()
    phones = [people.phone() for _ in range(3)]
    with moving(console):
        press(console, "PageDown")
    chip(console, "Ready")
    press(console, "PageDown")
    chip(console, "Open 0/3")
    for phone in phones:
        phone.locator("input[name=option][value=B]").check()
        phone.locator("form[data-vote] .send:visible").click()
        expect(phone.locator(".receipt.recorded")).to_be_visible()
    press(console, "PageDown")
    chip(console, "Closed 3/3")
    press(console, "PageDown")
    chip(console, "Room’s answer")
    return console


def downloaded(page: Page, role: str, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role(role, name=name).first.click()
    return Path(waiting.value.path()).read_bytes()


def test_a_chart_is_downloaded_as_svg_and_as_png(people: People) -> None:
    voted(people)
    desk = at_desk(people).page
    desk.get_by_role("link", name="Downloads").click()
    desk.get_by_role("link", name="Choose Charts as pictures").click()
    expect(desk.get_by_role("img").first).to_be_visible()
    expect(desk.locator(".charts img").first).to_have_js_property("naturalWidth", 1600)
    assert downloaded(desk, "link", "Download SVG").startswith(b"<svg")
    png = downloaded(desk, "button", "Download PNG")
    assert png.startswith(PNG)
    assert [int.from_bytes(png[at : at + 4]) for at in (16, 20)] == [3200, 1800]
