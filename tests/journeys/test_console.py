"""The console's aids by their keys: timer, blank, text size, vote again, help, and the picture of the next screen."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, People, press
from tests.journeys.test_one_vote import QUESTION, chip, recorded, vote

pytestmark = pytest.mark.browser
RUNNING = re.compile(r"^\D*\d+:\d\d$")
PROJECTOR = {"width": 1024, "height": 768}
# Words outside the projection, or over other words of another part of the page.
CROWDED = """() => {
  const placed = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((rect) => rect.width > 2);
  };
  const rects = (part) => [...part.querySelectorAll("*")].filter((each) => !each.closest(".visually-hidden, .timer"))
    .flatMap((each) => [...each.childNodes]).filter((node) => node.nodeType === 3 && node.data.trim()).flatMap(placed);
  const parts = [...document.getElementById("stage").children].map(rects);
  const out = parts.flat().filter((rect) => rect.bottom > innerHeight || rect.right > innerWidth || rect.top < 0);
  const meet = (one, other) => one.left < other.right && other.left < one.right
    && one.top < other.bottom - 2 && other.top < one.bottom - 2;
  const over = parts.flatMap((part, at) => part.filter((one) =>
    parts.slice(at + 1).flat().some((other) => meet(one, other))));
  return out.length + over.length;
}"""


def test_timer_runs_down_on_every_view_and_stays_until_it_is_stopped(
    people: People, accessible: Callable[..., None]
) -> None:
    console, screen = people.facilitator()
    phone = people.phone()
    views = (console, screen, phone)
    press(console, "t")
    for view in views:
        expect(view.locator("#time-left")).to_have_text(RUNNING)
        expect(view.locator("#announce")).to_contain_text("A timer runs until")
    accessible(*views)
    press(console, "PageDown")
    expect(screen.locator(".corner #time-left")).to_have_text(RUNNING)
    expect(screen.locator("#time-left")).to_have_css("font-weight", "700")
    screen.evaluate("document.getElementById('time-left').dataset.until = new Date(Date.now() + 1500).toISOString()")
    expect(screen.locator("#time-left")).to_have_text("Time is up")
    expect(screen.locator("#announce")).to_have_text("Time is up")
    press(console, "t")
    expect(screen.locator("#time-left")).to_have_text(RUNNING)
    console.get_by_role("button", name="Stop the timer").click()
    for view in views:
        expect(view.locator("#time-left")).to_have_count(0)


def test_screen_hands_over_its_letters_and_can_be_blank(people: People, accessible: Callable[..., None]) -> None:
    console, screen = people.facilitator()
    phone = people.phone()
    press(console, "PageDown")
    press(console, "PageDown")
    expect(screen.get_by_role("heading", name=QUESTION)).to_be_visible()
    screen.bring_to_front()
    press(screen, "b")
    expect(console.get_by_text("The screen is blank.")).to_be_visible()
    expect(screen.get_by_role("heading", name=QUESTION)).to_be_hidden()
    expect(screen.locator("#announce")).to_have_text("The screen is blank.")
    accessible(console, screen)
    vote(phone, "A")
    recorded(phone)
    press(screen, "b")
    expect(screen.get_by_role("heading", name=QUESTION)).to_be_visible()
    press(screen, "t")
    expect(screen.locator("#time-left")).to_have_text(RUNNING)
    press(screen, "b")
    press(screen, "PageDown")
    chip(console, "Closed 1/1")
    expect(screen.get_by_role("heading", name=QUESTION)).to_be_visible()


def test_largest_letters_cut_nothing_off(people: People) -> None:
    console, screen = people.facilitator()
    people.phone()
    for _ in range(3):
        press(console, "+")
    expect(console.get_by_text("Text size +3")).to_be_visible()
    expect(console.get_by_role("button", name="Larger text on the screen")).to_be_disabled()
    for view in range(3):
        expect(screen.locator("#stage")).to_have_attribute("data-letters", "3")
        for size in ({"width": 1920, "height": 1080}, PROJECTOR):
            screen.set_viewport_size(size)
            screen.wait_for_timeout(100)
            assert screen.evaluate(CROWDED) == 0, (view, size)
            assert float(screen.locator("#stage").evaluate("stage => stage.style.zoom")) > 1
        press(console, "PageDown")
        screen.wait_for_timeout(300)
    press(console, "-")
    expect(console.get_by_text("Text size +2")).to_be_visible()


def test_voting_again_asks_and_letters_do_not_answer_for_the_facilitator(people: People) -> None:
    console, screen = people.facilitator()
    phone = people.phone()
    press(console, "PageDown")
    press(console, "PageDown")
    vote(phone, "A")
    chip(console, "Open 1/1")
    press(screen, "r")
    expect(console.get_by_role("alertdialog")).to_be_visible()
    for key in ("b", "t", "q", "+"):
        press(console, key)
    expect(console.get_by_role("alertdialog")).to_be_visible()
    press(console, "PageUp")
    expect(console.get_by_role("alertdialog")).to_have_count(0)
    chip(console, "Open 1/1")
    press(console, "r")
    press(console, "PageDown")
    expect(console.locator(".chip")).not_to_have_text("Open 1/1")
    expect(console.locator(".now h2")).to_have_text(QUESTION)


def test_next_screen_is_seen_and_cannot_be_reached(people: People) -> None:
    console, _screen = people.facilitator()
    picture = console.frame_locator(".picture iframe")
    expect(picture.get_by_role("heading", name=QUESTION)).to_be_visible()
    assert console.evaluate("document.querySelector('.picture iframe').inert")
    press(console, "PageDown")
    press(console, "PageDown")
    expect(picture.get_by_text("Voting has closed")).to_be_visible()
    expect(console.locator(".bar")).to_contain_text("Screen connected", timeout=15_000)
    for _ in range(40):
        console.keyboard.press("Tab")
        assert console.evaluate("document.activeElement.tagName") != "IFRAME"


def test_remote_on_a_phone_has_the_big_button_in_reach(people: People, accessible: Callable[..., None]) -> None:
    console, _screen = people.facilitator()
    console.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    press(console, "t")
    press(console, "b")
    for _ in range(3):
        inside(console)
        press(console, "PageDown")
    accessible(console)


def inside(console: Page) -> None:
    """The big button lies whole in the window, and the page is no wider than it."""
    box = console.locator("#forward button").bounding_box()
    assert box
    assert box["y"] + box["height"] <= PHONE[1]
    assert console.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_help_names_every_key(people: People, accessible: Callable[..., None]) -> None:
    console, _screen = people.facilitator()
    press(console, "?")
    expect(console.locator("#help kbd")).to_have_text(
        ["→", "PageDown", "Space", "←", "PageUp", "↓", "↑", "Q", "T", "B", "R", "+", "−", "F", "?"]
    )
    accessible(console)
    console.keyboard.press("Escape")
    press(console, "ArrowRight")
    expect(console.locator(".now h2")).to_have_text(QUESTION)
