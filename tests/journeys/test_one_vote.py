"""One vote from join to gap: console, screen and three phones in real browsers, one of them without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import People, press

pytestmark = pytest.mark.browser
NETWORK = ("htmx:", "Failed to load", "WebSocket connection")
QUESTION = "In Scotland in 2015, at what share of meetings was there tea?"


def chip(console: Page, words: str) -> None:
    expect(console.locator(".chip")).to_have_text(words)


def vote(phone: Page, option: str) -> None:
    phone.locator(f"input[name=option][value={option}]").check()
    phone.locator("form[data-vote] button:visible").click()


STEPS = (
    ("Room’s answer", "All 3 of us said 60 %.", "All 3 of us said 60 %."),
    ("National figure", "Scotland, 2015", "Scotland (S92000003), 2015"),
    ("Local figure", "Fife, 2015", "Fife (S12000047), 2015"),
    ("The gap", "All 3 who chose an answer chose the published one", "All 3 who chose an answer chose"),
    ("Why, and so what", "Bring tea.", "Bring tea."),
)


def recorded(phone: Page) -> None:
    expect(phone.locator(".receipt.recorded")).to_be_visible()


def test_one_vote_end_to_end(people: People, accessible: Callable[..., None]) -> None:
    console, screen = people.facilitator()
    first, second, plain = people.phone(), people.phone(), people.phone(javascript=False)
    looked_at = (console, screen, first)
    chip(console, "Ready")
    expect(screen.get_by_text("3 people have joined")).to_be_visible()
    accessible(*looked_at)
    press(console, "PageDown")
    expect(screen.get_by_role("heading", name=QUESTION)).to_be_visible()
    accessible(*looked_at)

    press(console, "ArrowRight")
    chip(console, "Open 0/3")
    for phone, option in ((first, "A"), (second, "B"), (plain, "C")):
        if phone is plain:
            plain.reload()
        vote(phone, option)
        recorded(phone)
    expect(screen.locator(".voted")).to_contain_text("3 of 3 have voted")
    accessible(*looked_at)
    vote(first, "C")
    recorded(first)
    first.reload()
    expect(first.locator("input[value=C]")).to_be_checked()
    chip(console, "Open 3/3")

    press(console, "PageDown")
    chip(console, "Closed 3/3")
    expect(first.locator(".receipt.recorded .when-closed")).to_be_visible()
    expect(screen.locator("main, footer").get_by_text("Voting has closed")).to_be_visible()
    accessible(*looked_at)
    press(console, "PageUp")
    chip(console, "Open 3/3")
    vote(second, "C")
    recorded(second)
    reveal_and_go_on(console, screen, first, plain, lambda: accessible(*looked_at))


def reveal_and_go_on(console: Page, screen: Page, phone: Page, plain: Page, look: Callable[[], None]) -> None:
    press(console, "PageDown")
    expect(console.locator("#forward button")).to_contain_text("Count 3 votes")
    expect(console.locator("#forward button")).to_contain_text("nobody can vote or change after this")
    for words, on_screen, on_phone in STEPS:
        expect(screen.locator("#frame").get_by_text(on_screen)).to_have_count(0)
        press(console, "Space")
        chip(console, words)
        expect(screen.locator("#frame").get_by_text(on_screen).first).to_be_visible()
        expect(phone.locator("#frame").get_by_text(on_phone).first).to_be_visible()
        look()
    plain.reload()
    expect(plain.get_by_text("Bring tea.")).to_be_visible()
    press(console, "PageUp")
    chip(console, "The gap")
    press(console, "PageDown")
    press(console, "PageDown")
    chip(console, "Ready")
    expect(screen.get_by_role("heading", name="True or false?")).to_be_visible()


def test_the_screen_hands_its_keys_to_the_console_and_a_held_key_moves_one_step(people: People) -> None:
    console, screen = people.facilitator()
    expect(screen.get_by_text("nobody has joined", exact=False).or_(screen.locator("#stage"))).to_be_attached()
    screen.bring_to_front()
    for _ in range(4):  # a key that is held repeats, and a nervous thumb presses twice
        screen.keyboard.press("PageDown")
    chip(console, "Ready")
    expect(console.locator(".now h2")).to_have_text(QUESTION)
    press(screen, "q")
    expect(screen.locator(".join-overlay")).to_be_visible()
    press(screen, "q")
    expect(screen.locator(".join-overlay")).to_have_count(0)


def test_a_question_before_a_vote_is_left_is_answered_with_the_clicker(people: People) -> None:
    console, _screen = people.facilitator()
    phone = people.phone()
    press(console, "PageDown")
    press(console, "PageDown")
    chip(console, "Open 0/1")
    vote(phone, "A")
    chip(console, "Open 1/1")
    console.get_by_role("button", name="Thank you").click()
    expect(console.get_by_role("alertdialog")).to_contain_text("Close the vote, count 1 vote and leave?")
    press(console, "PageUp")
    expect(console.get_by_role("alertdialog")).to_have_count(0)
    chip(console, "Open 1/1")


def test_two_consoles_pressing_at_once_move_one_step(people: People) -> None:
    console, _screen = people.facilitator()
    other = people.page(console.context)
    other.goto(console.url)
    console.wait_for_timeout(450)
    console.evaluate("document.querySelector('#forward button').click()")
    other.evaluate("document.querySelector('#forward button').click()")
    expect(console.locator(".now h2")).to_have_text(QUESTION)
    expect(other.locator(".now h2")).to_have_text(QUESTION)
    chip(console, "Ready")
    people.complaints[:] = [text for text in people.complaints if "409" not in text]


def test_a_phone_without_network_sends_its_answer_when_it_is_back(people: People) -> None:
    console, _screen = people.facilitator()
    phone = people.phone()
    press(console, "PageDown")
    press(console, "PageDown")
    expect(phone.locator("form[data-vote]")).to_be_visible()
    phone.context.set_offline(True)
    vote(phone, "B")
    expect(phone.locator(".receipt.waiting")).to_be_visible()
    expect(phone.locator("#connection")).to_be_visible(timeout=10_000)
    chip(console, "Open 0/1")
    phone.context.set_offline(False)
    expect(phone.locator(".receipt.recorded")).to_be_visible(timeout=15_000)
    chip(console, "Open 1/1")
    people.complaints[:] = [text for text in people.complaints if not text.startswith(NETWORK)]


def test_nothing_moves_by_a_second_tab_or_the_back_button(people: People) -> None:
    console, _screen = people.facilitator()
    phone = people.phone()
    press(console, "PageDown")
    press(console, "PageDown")
    vote(phone, "A")
    expect(phone.locator(".receipt.recorded")).to_be_visible()
    second_tab = people.page(phone.context)
    second_tab.goto(phone.url)
    expect(second_tab.locator("input[value=A]")).to_be_checked()
    vote(second_tab, "B")
    expect(second_tab.locator(".receipt.recorded")).to_be_visible()
    phone.goto(f"{people.served.base}/")
    phone.go_back()
    expect(phone.locator("input[value=B]")).to_be_checked()
    chip(console, "Open 1/1")
