"""A figure's source card on screen, phone and paper, a query about it, and the results after the close."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import People, press
from tests.journeys.test_one_vote import chip, recorded, vote

pytestmark = pytest.mark.browser


def test_figure_is_questioned_and_the_day_can_be_read_afterwards(
    people: People, accessible: Callable[..., None]
) -> None:
    console, screen = people.facilitator()
    phone, plain = people.phone(), people.phone(javascript=False)
    for _ in range(2):
        press(console, "PageDown")
    expect(phone.locator("form[data-vote]")).to_be_visible()
    vote(phone, "C")
    recorded(phone)
    for words in ("Closed 1/2", "Room’s answer", "National figure"):
        press(console, "PageDown")
        chip(console, words)
    card_on_and_off(console, screen, accessible)
    question_in_place(phone, accessible)
    question_from_its_page(plain)

    console.get_by_role("button", name="Thank you").click()
    expect(screen.get_by_text("The results, to read and to print")).to_be_visible()
    accessible(screen)
    phone.get_by_role("link", name="See the results").click()
    expect(phone.get_by_role("heading", name="A day for the journeys")).to_be_visible()
    expect(phone.get_by_text("The only one of us who voted said 60 %.").first).to_be_visible()
    accessible(phone)


def card_on_and_off(console: Page, screen: Page, accessible: Callable[..., None]) -> None:
    card = screen.locator("#source-card")
    for shown in (1, 0, 1):
        console.wait_for_timeout(450)
        console.get_by_role("button", name="Source card (Scotland)").click()
        expect(card).to_have_count(shown)
    expect(card).to_contain_text("An office that this test invented, Invented table of tea")
    accessible(screen, console)
    press(console, "PageDown")
    expect(card).to_have_count(0)
    chip(console, "Local figure")


def question_in_place(phone: Page, accessible: Callable[..., None]) -> None:
    card = phone.locator(".card.national")
    card.get_by_text("Question this figure").first.click()
    card.get_by_role("textbox").fill("Who counted the tea?")
    accessible(phone)
    card.get_by_role("button", name="Question this figure").click()
    expect(card).to_contain_text("Sent to the organisers.")
    card.get_by_role("link", name="Full citation").click()
    expect(phone.get_by_role("textbox")).to_be_visible()
    accessible(phone)
    phone.go_back()


def question_from_its_page(plain: Page) -> None:
    plain.reload()
    plain.locator(".card.national").get_by_role("link", name="Full citation").click()
    expect(plain.get_by_text("From a document of the organisers. Not checked at source.")).to_be_visible()
    plain.get_by_role("textbox").fill("Which meetings?")
    plain.get_by_role("button", name="Question this figure").click()
    expect(plain.get_by_text("Nobody can tell who sent it, or when.")).to_be_visible()
    plain.get_by_role("link", name="Back to the event").click()
    expect(plain.locator(".card.national")).to_be_visible()
