"""A rehearsal in real browsers: begun, watched on every view, voted in, wiped; then real people come."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, People, at_desk, press
from tests.journeys.test_one_vote import QUESTION, chip, vote

pytestmark = pytest.mark.browser
WORDS = "Rehearsal: nothing here counts"


def begin(console: Page, number: str) -> None:
    console.get_by_text("Rehearse with simulated people").click()
    console.get_by_label("How many").fill(number)
    console.get_by_role("button", name="Begin the rehearsal").click()


def end(console: Page) -> None:
    console.wait_for_timeout(450)
    console.get_by_role("button", name="End the rehearsal and wipe it").click()
    expect(console.get_by_role("alertdialog")).to_contain_text("passes go, and every vote, note, count and query")
    console.wait_for_timeout(450)
    console.locator("[data-answer=yes]").click()
    expect(console.locator(".rehearsal")).to_have_count(0)


def own_phone(people: People) -> Page:
    phone = people.page(people.context(PHONE))
    phone.goto(f"{people.served.base}/j/{people.served.code}")
    expect(phone.get_by_text("everything that you do is wiped")).to_be_visible()
    phone.get_by_role("button", name="Join the rehearsal").click()
    phone.wait_for_url(f"{people.served.base}/e/{people.served.code}")
    return phone


def uncovered(page: Page) -> bool:
    """Whether nothing of the page lies beneath the sign when the page has been scrolled to its top."""
    return bool(
        page.evaluate(
            """() => {
                scrollTo(0, 0);
                const sign = document.querySelector(".rehearsal").getBoundingClientRect();
                const words = [...document.querySelectorAll("h1, h2, p, li, button, a, svg")];
                return words.every((word) => {
                    if (word.closest(".rehearsal, .visually-hidden, dialog, .defs")) return true;
                    if (!word.checkVisibility()) return true;
                    const place = word.getBoundingClientRect();
                    return place.height === 0 || place.top >= sign.bottom - 1 || place.bottom <= sign.top;
                });
            }"""
        )
    )


def test_rehearsal_from_begin_to_real_people(people: People, accessible: Callable[..., None]) -> None:
    console, screen = people.facilitator()
    begin(console, "3")
    phone = own_phone(people)
    desk = at_desk(people).page
    expect(console.get_by_text("3 simulated people, and 1 phone of your own")).to_be_visible(timeout=15_000)
    for page in (console, screen, phone, desk):
        expect(page.get_by_text(WORDS)).to_be_visible()
        assert uncovered(page)
    accessible(console, screen, phone, desk)

    press(console, "PageDown")
    expect(console.locator(".now h2")).to_have_text(QUESTION)
    press(console, "PageDown")
    expect(console.locator(".chip")).to_have_text(re.compile("Open"))
    vote(phone, "A")
    # Simulated people take their time, as people do.
    expect(console.locator(".chip")).to_have_text("Open 4/4", timeout=60_000)
    press(console, "PageDown")
    chip(console, "Closed 4/4")
    press(console, "PageDown")
    chip(console, "Room’s answer")
    for page in (screen, phone):
        expect(page.get_by_text(WORDS)).to_be_visible()
        assert uncovered(page)
    accessible(console, screen, phone)
    end(console)
    expect(screen.get_by_text("0 people have joined")).to_be_visible()
    chip(console, "Ready")
    expect(phone.get_by_text("The rehearsal is over")).to_be_visible(timeout=30_000)
    people.complaints[:] = [text for text in people.complaints if "403" not in text]

    real = people.phone()
    press(console, "PageDown")
    expect(console.locator(".now h2")).to_have_text(QUESTION)
    press(console, "PageDown")
    chip(console, "Open 0/1")
    vote(real, "B")
    chip(console, "Open 1/1")
    expect(real.get_by_text(WORDS)).to_have_count(0)
