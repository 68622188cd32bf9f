"""A day built on the desk: from an empty folder to a console that is ready, then out to a workbook and in again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Hand, People, Served, at_desk, press, serving

pytestmark = pytest.mark.browser

MOST_ACTIONS = 60  # at two seconds each, two minutes: the day is to be built in less than three
FIGURES = (
    ("Meetings had tea", "60", "%", "Scotland", "2015", "Office of Tea", "Tea survey"),
    ("Meetings ended on time", "25", "%", "Scotland", "2015", "Office of Tea", "Tea survey"),
)
POLLS = (
    ("In Scotland in 2015, at what share of meetings was there tea?", (("10 %", "10"), ("60 %", "60"))),
    ("In Scotland in 2015, what share of meetings ended on time?", (("25 %", "25"), ("75 %", "75"), ("90 %", "90"))),
)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server on an empty folder: an untitled event, and its organiser's link."""
    with serving(tmp_path) as started:
        yield started


def build(hand: Hand) -> None:
    hand.click("link", "Plan")
    hand.click("link", "Event")
    hand.fill("Title", "A day about meetings")
    hand.fill("Date", "2026-11-30")
    hand.click("button", "Save")
    for figure in FIGURES:
        hand.page.goto(hand.page.url.partition("/desk")[0] + "/desk/plan/statistics")
        hand.click("link", "Add a row")
        names = ("Measure", "Value", "Unit", "Geography name", "Period label", "Publisher", "Dataset")
        for label, text in zip(names, figure, strict=True):
            hand.fill(label, text)
        hand.click("button", "Add")
    for number, (question, options) in enumerate(POLLS, start=1):
        hand.page.goto(hand.page.url.partition("/desk")[0] + "/desk/plan/polls")
        hand.click("link", "Add a row")
        hand.choose("National statistic", f"s{number}")
        hand.click("button", "Continue")
        hand.fill("Question", question)
        for letter, (text, value) in zip("ABC", options, strict=False):
            piece = hand.page.get_by_role("group", name=f"Options {letter}")
            piece.get_by_label("Text").fill(text)
            piece.get_by_label("Value").fill(value)
            hand.actions += 2
        hand.click("button", "Add")
        expect(hand.page.get_by_role("status")).to_have_text(f"Saved: p{number}")


def test_two_poll_event_is_built_from_nothing_and_is_ready_on_the_console(people: People) -> None:
    hand = at_desk(people)
    build(hand)
    hand.click("link", "Plan")
    hand.click("link", "Programme")
    rows = hand.page.locator(".rows-of tbody tr")
    expect(rows).to_have_count(4)
    hand.click("button", "Move step 3 up")
    expect(rows.nth(1)).to_contain_text("p2")
    assert hand.actions <= MOST_ACTIONS
    console, _screen = people.facilitator()
    expect(console.get_by_role("heading", name="A day about meetings")).to_be_visible()
    expect(console.locator(".programme li")).to_have_count(4)
    press(console, "PageDown")
    expect(console.locator(".now h2")).to_have_text(POLLS[1][0])
    expect(console.locator(".chip")).to_have_text("Ready")


def test_day_is_built_without_javascript(people: People) -> None:
    hand = at_desk(people, javascript=False)
    build(hand)
    hand.page.goto(hand.page.url.partition("/desk")[0] + "/desk/plan")
    expect(hand.page.get_by_role("listitem").filter(has_text="Polls")).to_contain_text("2 rows")
