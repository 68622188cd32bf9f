"""A numeric and a ranking poll, one of them voted on twice, run by a clicker's keys from the screen's window alone."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import People, in_room, moving, ready, serving

pytestmark = pytest.mark.browser


@pytest.fixture
def people(tmp_path: Path, browser: Browser) -> Iterator[People]:
    """The room of `ballots.toml`."""
    with serving(tmp_path, Path(__file__).parent / "ballots.toml") as served, in_room(served, browser) as room:
        yield room


def press(screen: Page, key: str) -> None:
    """The clicker's key lands on the screen, which is in front; presses within 400 ms of each other are one."""
    screen.wait_for_timeout(500)
    screen.keyboard.press(key)


def on(screen: Page, console: Page) -> None:
    ready(console)
    with moving(console):
        press(screen, "PageDown")


def chip(console: Page, words: str) -> None:
    expect(console.locator(".chip")).to_have_text(words)


def guess(phones: list[Page], numbers: tuple[str, ...]) -> None:
    for phone, number in zip(phones, numbers, strict=True):
        phone.locator("input[name=number]").fill(number)
        phone.locator("form[data-vote] .send:visible").click()
        expect(phone.locator(".receipt.recorded")).to_contain_text(number)


def order(phones: list[Page], orders: tuple[str, ...]) -> None:
    for phone, letters in zip(phones, orders, strict=True):
        for place, letter in enumerate(letters, 1):
            phone.locator(f"select[name=place-{letter}]").select_option(str(place))
        phone.locator("form[data-vote] .send:visible").click()
        expect(phone.locator(".receipt.recorded")).to_be_visible()


def test_numbers_and_orders_with_a_second_vote_by_clicker_alone(
    people: People, accessible: Callable[..., None]
) -> None:
    console, screen = people.facilitator()
    phones = [people.phone() for _ in range(3)]
    screen.bring_to_front()
    on(screen, console)
    chip(console, "Ready")
    on(screen, console)
    chip(console, "Open 0/3")
    guess(phones, ("10", "20", "60"))
    on(screen, console)
    chip(console, "Closed 3/3")
    on(screen, console)
    chip(console, "Room’s answer")
    expect(screen.locator(".conclusion")).to_contain_text("Our middle guess was 20")
    accessible(screen, phones[0], console)
    on(screen, console)
    chip(console, "National figure")
    expect(screen.locator(".figure-flag")).to_be_visible()

    press(screen, "r")
    question = console.get_by_role("alertdialog")
    expect(question).to_contain_text("The vote that was counted stays in the results.")
    press(screen, "PageUp")
    expect(question).to_have_count(0)
    chip(console, "National figure")
    press(screen, "r")
    expect(question).to_be_visible()
    on(screen, console)
    chip(console, "Open 0/3")
    guess(phones, ("70", "80", "90"))
    on(screen, console)
    on(screen, console)
    chip(console, "Room’s answer")
    expect(screen.locator(".conclusion")).to_contain_text(re.compile("went from 20.* to 80"))

    to_the_order(screen, console)
    on(screen, console)
    chip(console, "Open 0/3")
    order(phones, ("BCDA", "BCDA", "ABCD"))
    on(screen, console)
    on(screen, console)
    chip(console, "Room’s answer")
    expect(screen.locator(".ladder .their-side li")).to_have_count(0)
    on(screen, console)
    chip(console, "National figure")
    expect(screen.locator(".ladder .their-side li")).to_have_count(4)
    on(screen, console)
    expect(screen.locator(".conclusion")).to_contain_text("2 of 3 had the whole order right")
    expect(phones[1].locator(".conclusion")).to_contain_text("2 of 3 had the whole order right")
    accessible(screen, phones[0], console)


def to_the_order(screen: Page, console: Page) -> None:
    """On, until the ranking is ready."""
    for _ in range(8):
        on(screen, console)
        if console.locator(".chip").inner_text() == "Ready":
            return
    pytest.fail("the ranking never came")
