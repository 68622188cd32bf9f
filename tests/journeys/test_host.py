"""A table's host: lets somebody write beside, loses the network, hands over; nothing written is lost."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys import conftest
from tests.journeys.conftest import PHONE, People, at_desk, in_room, moving, serving

pytestmark = pytest.mark.browser
TABLET = (1024, 768)
EXPECTED = ("400", "403", "409", "htmx:", "Failed to load", "WebSocket connection")
KEPT = "Kept on this device, sent when the network is back"
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture
def people(tmp_path: Path, browser: Browser) -> Iterator[People]:
    """The room of `hosts.toml`. A refusal, and a network that was cut, are no faults."""
    with serving(tmp_path, Path(__file__).parent / "hosts.toml") as served, in_room(served, browser, EXPECTED) as room:
        yield room


def shot(page: Page, name: str) -> None:
    """A picture for whoever wants to look; only where SHOTS names a folder."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True, caret="initial")


def press(console: Page, words: str) -> None:
    """A press of the clicker, and what the chip says then."""
    conftest.press(console, "PageDown")
    expect(console.locator(".chip")).to_have_text(re.compile(words))


def told(people: People) -> Page:
    """The console, with every table at its first story."""
    console, _screen = people.facilitator()
    with moving(console):
        console.locator(".programme").get_by_role("button", name="Two case stories").click()
    expect(console.locator(".chip")).to_have_text(re.compile("Ready"))
    press(console, "Open")
    return console


def host_link(people: People) -> str:
    """The link on the first table's host card."""
    desk = at_desk(people).page
    desk.goto(f"{people.served.base}/s/{people.served.code}/desk/vignettes/cards")
    desk.get_by_role("button", name="Make new host cards for all tables").click()
    return str(desk.locator(".poster .address").first.inner_text())


def device(people: People, link: str, size: tuple[int, int] = PHONE, *, javascript: bool = True) -> Page:
    """Somebody who points a device at the QR of a host card."""
    page = people.page(people.context(size, javascript=javascript))
    page.goto(link)
    if not javascript:
        page.get_by_role("button", name="Open the table’s page").click()
    page.wait_for_url(f"{people.served.base}/s/{people.served.code}/host/t1")
    return page


def section(page: Page, prompt: str) -> Locator:
    return page.locator(".points", has=page.get_by_role("heading", name=prompt))


def field(page: Page, prompt: str) -> Locator:
    return section(page, prompt).get_by_label("New point")


def written(page: Page) -> Locator:
    """The points that are on the server and not in a field of this device."""
    return page.locator(".written .point:not([hidden]) .words")


def other_device(page: Page, button: str) -> str:
    """The link on the page with which another device comes in."""
    page.get_by_role("button", name=button).click()
    return str(page.locator("#way .address").inner_text())


def test_two_scribes_write_side_by_side(people: People, accessible: Callable[..., None]) -> None:
    tablet = device(people, host_link(people), TABLET)
    accessible(tablet)
    console = told(people)
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Anna")
    shot(tablet, "host-empty")
    field(tablet, "How could this").press_sequentially("A lift to the office")
    expect(section(tablet, "How could this").locator("form .state")).to_have_text("Saved")
    field(tablet, "How could this").press("Enter")
    expect(written(tablet)).to_have_text(["A lift to the office"])
    expect(field(tablet, "How could this")).to_be_focused()
    expect(field(tablet, "How could this")).to_have_value("")

    phone = device(people, other_device(tablet, "Let somebody write with you"))
    shot(tablet, "host-beside")
    accessible(tablet)
    expect(written(phone)).to_have_text(["A lift to the office"])
    field(phone, "Who knew").fill("The school knew in March")
    phone.get_by_role("button", name="Next point").nth(1).click()
    expect(written(tablet)).to_have_text(["A lift to the office", "The school knew in March"])
    expect(tablet.get_by_role("link", name="Change")).to_have_count(1)
    tablet.locator(".point summary", has_text="Mark or delete").nth(1).click()
    tablet.get_by_role("button", name="Quote").click()
    expect(phone.locator(".kind")).to_have_text("Quote")
    shot(tablet, "host-marks")
    accessible(tablet, phone)
    shot(phone, "host-phone")

    tablet.get_by_role("link", name="Change").click()
    field(tablet, "How could this").fill("A lift to the office, or an office nearer")
    expect(written(phone).first).to_have_text("A lift to the office, or an office nearer")
    phone.get_by_role("button", name="Please come").click()
    expect(tablet.get_by_text("The facilitator has been asked to come.")).to_be_visible()
    field(tablet, "Anything else").fill("Half a thou")
    press(console, "Open")
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Ben")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ben")
    press(console, "Closed")
    expect(tablet.get_by_text("The discussion has ended.").first).to_be_visible()
    accessible(tablet)
    shot(phone, "host-closed")


def test_nothing_is_lost_with_the_network_or_the_battery(people: People, accessible: Callable[..., None]) -> None:
    console, phone = told(people), device(people, host_link(people))
    phone.context.set_offline(True)
    field(phone, "How could this").fill("A letter that arrives")
    field(phone, "How could this").press("Enter")
    field(phone, "Who knew").fill("Nobody asked")
    expect(section(phone, "How could this").locator(".unsent .state")).to_have_text(KEPT)
    expect(section(phone, "Who knew").locator("form .state")).to_have_text(KEPT)
    accessible(phone)
    shot(phone, "host-offline")
    address = phone.url
    phone.close()
    phone.context.set_offline(False)
    again = people.page(phone.context)
    again.goto(address)
    expect(written(again)).to_have_text(["A letter that arrives", "Nobody asked"], timeout=15_000)
    expect(again.locator(".unsent li")).to_have_count(0)

    # What could not go before the end of the discussion stays on the page, with the reason.
    again.context.set_offline(True)
    field(again, "Anything else").fill("One last thing")
    expect(section(again, "Anything else").locator("form .state")).to_have_text(KEPT)
    press(console, "Open")
    press(console, "Closed")
    again.context.set_offline(False)
    expect(again.locator("#kept .words")).to_have_text("One last thing", timeout=20_000)
    expect(again.locator("#kept .state")).to_contain_text("The discussion has ended", timeout=20_000)
    accessible(again)
    shot(again, "host-refused")
    again.get_by_role("button", name="Drop it").click()
    expect(again.locator("#kept")).to_be_hidden()


def test_handing_over_lets_the_old_device_go(people: People, accessible: Callable[..., None]) -> None:
    told(people)
    old = device(people, host_link(people))
    link = other_device(old, "Hand over")
    shot(old, "host-hand-over")
    plain = device(people, link, javascript=False)
    expect(old.get_by_role("heading", level=1)).to_contain_text(
        "This device does not host this table any more", timeout=40_000
    )
    accessible(old)
    field(plain, "How could this").fill("Written without script")
    section(plain, "How could this").get_by_role("button", name="Save").click()
    expect(written(plain)).to_have_text(["Written without script"])
    plain.get_by_role("link", name="Change").click()
    plain.get_by_label("Its words").fill("Changed without script")
    plain.get_by_role("button", name="Save").click()
    expect(written(plain)).to_have_text(["Changed without script"])
    shot(plain, "host-plain")
