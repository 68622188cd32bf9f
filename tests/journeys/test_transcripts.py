"""A transcript on the desk: brought, looked at, stored, redacted and deleted; every page checked."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import People, at_desk, in_room, serving

pytestmark = pytest.mark.browser


@pytest.fixture
def people(tmp_path: Path, browser: Browser) -> Iterator[People]:
    """The room of `hosts.toml`; a file that is refused is no fault."""
    with serving(tmp_path, Path(__file__).parent / "hosts.toml") as served, in_room(served, browser, ("400",)) as room:
        yield room


def test_transcript_is_brought_redacted_and_deleted(people: People, accessible: Callable[..., None]) -> None:
    hand = at_desk(people)
    page = hand.page

    def bring(name: str, text: str) -> None:
        page.locator("#transcript-file").set_input_files(
            {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
        )
        hand.click("button", "Read this file")

    def narrow() -> None:
        accessible(page)
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        page.set_viewport_size({"width": 1366, "height": 768})

    page.goto(page.url.rstrip("/") + "/vignettes/transcripts")
    narrow()
    page.locator("td a").first.click()
    narrow()
    bring("talk.vtt", "WEBVTT\n\nlost\n")
    expect(page.get_by_role("heading", name="1 mistake to fix")).to_be_visible()
    narrow()
    hand.click("link", "Upload another file")
    bring("talk.txt", "Morag Cathcart: She came late, said Morag.\nS2: From Leven.\n")
    expect(page.get_by_role("heading", name="Store these 2 passages?")).to_be_visible()
    narrow()
    page.get_by_label("Everybody agreed in another way").check()
    hand.click("button", "Store 2 passages")
    expect(page.get_by_text("2 passages were stored.")).to_be_visible()
    narrow()
    hand.click("link", "Redact")
    narrow()
    page.get_by_label("Names").fill("morag\nCathcart")
    page.get_by_label("Places").fill("Leven")
    hand.click("button", "Look for them")
    expect(page.locator("mark")).to_have_text(["Morag", "Leven"])
    narrow()
    hand.click("button", "Redact 2 places")
    expect(page.get_by_role("heading", name="2 places were redacted")).to_be_visible()
    narrow()
    hand.click("link", "Back to the transcript")
    expect(page.get_by_text("She came late, said [name].")).to_be_visible()
    hand.click("button", "Delete this transcript")
    narrow()
    hand.click("button", "Yes, delete it")
    expect(page.get_by_text("She came late")).to_have_count(0)
