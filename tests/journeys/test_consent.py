"""Agreeing to a recording and withdrawing, in the hand: on a phone and on the host's device."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PHONE, People, at_desk, in_room, serving
from tests.journeys.test_host import device, host_link, told

pytestmark = pytest.mark.browser
NARROW = (320, 640)
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture
def people(tmp_path: Path, browser: Browser) -> Iterator[People]:
    """The room of `hosts.toml`; a wrong code is no fault."""
    with serving(tmp_path, Path(__file__).parent / "hosts.toml") as served, in_room(served, browser, ("404",)) as room:
        yield room


def shot(page: Page, name: str) -> None:
    """A picture for whoever wants to look; only where SHOTS names a folder. Nothing may stick out sideways."""
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, name
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True, caret="initial")


def at_table(people: People, *, javascript: bool = True, size: tuple[int, int] = PHONE) -> Page:
    """Somebody who scans the table card."""
    phone = people.page(people.context(size, javascript=javascript))
    phone.goto(f"{people.served.base}/e/{people.served.code}/tables/t1")
    if not javascript:
        phone.get_by_role("button", name="Join").click()
    phone.wait_for_url(f"{people.served.base}/e/{people.served.code}/tables/t1")
    return phone


def asked(phone: Page) -> Page:
    """The page that the table's page leads to."""
    phone.get_by_role("link", name="Recording: agree or not").click()
    expect(phone.get_by_role("heading", name="May it be recorded?")).to_be_visible()
    return phone


def agree(phone: Page, *purposes: str) -> str:
    """Ticks these and sends; the code that is shown."""
    for purpose in purposes:
        phone.get_by_label(purpose).check()
    phone.get_by_role("button", name="Send my answer").click()
    return str(phone.locator(".code").inner_text())


def test_table_agrees_and_one_withdraws(people: People, accessible: Callable[..., None]) -> None:
    told(people)
    host = device(people, host_link(people))
    panel = host.locator("#consent-panel")
    panel.get_by_label("How many people sit at the table").fill("2")
    panel.get_by_role("button", name="Save the number").click()
    expect(panel.get_by_text("0 of 2 have answered.")).to_be_visible()
    phone = at_table(people)
    asked(phone)
    shot(phone, "consent-phone")
    accessible(phone)
    code = agree(phone, "The talk at this table is recorded", "The recording is written down")
    shot(phone, "consent-code")
    accessible(phone)
    phone.get_by_role("link", name="I have kept it").click()
    asked(phone)
    expect(phone.get_by_text("You have answered.")).to_be_visible()
    expect(phone.get_by_text(code)).to_have_count(0)
    expect(panel.get_by_text("1 of 2 have answered.")).to_be_visible()
    panel.get_by_role("link", name="Somebody has no phone").click()
    expect(host.get_by_role("button", name="Send my answer")).to_be_visible()
    accessible(host)
    agree(host, "The talk at this table is recorded")
    accessible(host)
    host.get_by_role("link", name="I have kept it").click()
    expect(panel.get_by_text("Everyone agreed to recording.")).to_be_visible()
    shot(host, "consent-host")
    accessible(host)
    withdraw(phone, people, code, accessible)
    expect(panel.get_by_text("Notes only: do not record.")).to_be_visible()


def withdraw(phone: Page, people: People, code: str, accessible: Callable[..., None]) -> None:
    """Types a wrong code, then the right one, is asked, and says yes."""
    phone.goto(f"{people.served.base}/e/{people.served.code}/withdraw")
    phone.get_by_label("Code of the consent").fill("AAAA AAAA")
    phone.get_by_role("button", name="Go on").click()
    expect(phone.get_by_role("alert")).to_contain_text("Nobody at this event has this code.")
    accessible(phone)
    phone.get_by_label("Code of the consent").fill(code.lower())
    phone.get_by_role("button", name="Go on").click()
    expect(phone.get_by_role("button", name="Yes, withdraw it")).to_be_visible()
    shot(phone, "consent-withdraw")
    accessible(phone)
    phone.get_by_role("button", name="Yes, withdraw it").click()
    expect(phone.get_by_text("Withdrawn.")).to_be_visible()
    accessible(phone)


def test_phone_without_javascript_refuses_and_the_desk_withdraws(
    people: People, accessible: Callable[..., None]
) -> None:
    told(people)
    desk = at_desk(people).page
    desk.goto(f"{people.served.base}/s/{people.served.code}/desk/vignettes/cards")
    desk.get_by_role("button", name="Make new host cards for all tables").click()
    host = device(people, desk.locator(".poster .address").first.inner_text(), javascript=False)
    host.get_by_label("How many people sit at the table").fill("1")
    host.get_by_role("button", name="Save the number").click()
    phone = at_table(people, javascript=False, size=NARROW)
    asked(phone)
    shot(phone, "consent-narrow")
    code = agree(phone)
    shot(phone, "consent-code-narrow")
    expect(phone.get_by_text("Your table takes notes only")).to_be_visible()
    host.reload()
    expect(host.get_by_text("Notes only: do not record.")).to_be_visible()
    desk.goto(f"{people.served.base}/s/{people.served.code}/desk/vignettes/withdraw")
    accessible(desk)
    desk.get_by_label("Code of the consent").fill(code)
    desk.get_by_role("button", name="Go on").click()
    expect(desk.get_by_role("button", name="Yes, withdraw it")).to_be_visible()
    shot(desk, "consent-desk")
    accessible(desk)
    desk.get_by_role("button", name="Yes, withdraw it").click()
    expect(desk.get_by_text("Withdrawn.")).to_be_visible()
