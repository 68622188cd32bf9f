"""Stories given to tables by hand and dealt; every page checked."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import People, at_desk, in_room, serving

pytestmark = pytest.mark.browser


@pytest.fixture
def people(tmp_path: Path, browser: Browser) -> Iterator[People]:
    """The room of `stories.toml`, served."""
    with serving(tmp_path, Path(__file__).parent / "stories.toml") as served, in_room(served, browser) as room:
        yield room


def fits(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    page.set_viewport_size({"width": 1366, "height": 768})


def test_stories_are_given_by_hand_and_dealt(people: People, accessible: Callable[..., None]) -> None:
    hand = at_desk(people)
    page = hand.page
    page.goto(page.url.rstrip("/") + "/vignettes/assign")
    accessible(page)
    fits(page)
    leven = page.get_by_role("group", name="Leven")
    leven.get_by_label("Maria and the form").uncheck()
    hand.click("button", "Give what is ticked")
    expect(page.get_by_role("alert")).to_contain_text("Leven has 1 story, where the plan says 2.")
    accessible(page)
    fits(page)
    hand.click("button", "Yes, give them all the same")
    expect(leven.get_by_role("checkbox", checked=True)).to_have_count(1)
    hand.click("link", "Deal them automatically")
    expect(page.get_by_role("alert")).to_contain_text("Give the stories to the tables like this?")
    accessible(page)
    fits(page)
    hand.click("button", "Yes, give them so")
    expect(leven.get_by_role("checkbox", checked=True)).to_have_count(2)
    assert hand.actions == 4
