"""Stories in the hand: a facilitator leads, phones follow their table, and a private note goes to its record."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PHONE, People, at_desk, in_room, moving, ready, serving

pytestmark = pytest.mark.browser
EXPECTED = ("400", "409", "429", "htmx:", "Failed to load", "WebSocket connection")
SHOTS = os.environ.get("SHOTS", "")
FIRST, SECOND, LAST = "Leanne and the school run", "Dougie, nights", "Maria and the form"


@pytest.fixture
def people(tmp_path: Path, browser: Browser) -> Iterator[People]:
    """The room of `stories.toml`. A refusal, and a network that was cut, are no faults."""
    with (
        serving(tmp_path, Path(__file__).parent / "stories.toml") as served,
        in_room(served, browser, EXPECTED) as room,
    ):
        yield room


def shot(*pages: tuple[Page, str]) -> None:
    """Pictures for whoever wants to look; only where SHOTS names a folder."""
    for page, name in pages:
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True, caret="initial")


def press(console: Page, words: str) -> None:
    """The big button, once it says these words; presses within 400 ms of each other are one."""
    expect(console.locator("#forward b")).to_have_text(words)
    ready(console)
    with moving(console):
        console.locator("#forward button").click()


def choose(console: Page, words: str) -> None:
    """Another press of the console."""
    ready(console)
    console.get_by_role("button", name=words).click()


def at_table(people: People, table: str, *, javascript: bool = True) -> Page:
    """Somebody who scans the card on a table."""
    phone = people.page(people.context(PHONE, javascript=javascript))
    address = f"{people.served.base}/e/{people.served.code}/tables/{table}"
    phone.goto(address)
    if not javascript:
        phone.get_by_role("button", name="Join").click()
    phone.wait_for_url(address)
    return phone


def test_room_goes_through_its_stories_table_by_table(people: People, accessible: Callable[..., None]) -> None:
    console, screen = people.facilitator()
    console.locator(".programme").get_by_role("button", name="Two stories at each table").click()
    one, two, wandering = at_table(people, "t1"), at_table(people, "t2"), people.phone()
    expect(one.get_by_text("Your table’s story comes here by itself.")).to_be_visible()
    expect(screen.get_by_text("Your table’s story comes to your phone and to your host.")).to_be_visible()
    accessible(console, screen, one, wandering)
    shot((console, "console-ready"), (screen, "screen-ready"), (one, "phone-ready"), (wandering, "phone-tables"))

    press(console, "Show the first story")
    expect(one.get_by_role("heading", level=1)).to_have_text(FIRST)
    expect(two.get_by_role("heading", level=1)).to_have_text(SECOND)
    expect(one.locator(".prompts li")).to_have_count(3)
    expect(one.get_by_label("A note to your table’s record")).to_be_visible(timeout=10_000)
    expect(screen.locator(".story-prompts li")).to_have_count(3)
    expect(screen.get_by_text(FIRST)).to_have_count(0)
    choose(console, "Start 20 minutes")
    for page in (one, two, screen):
        expect(page.locator("#time-left")).to_be_visible()
    choose(console, "One by one")
    expect(one.locator(".prompts li")).to_have_count(1)
    expect(screen.locator(".story-prompts li")).to_have_count(1)
    press(console, "Show prompt 2")
    expect(two.locator(".prompts li")).to_have_count(2)
    choose(console, "All at once")
    expect(two.locator(".prompts li")).to_have_count(3)
    accessible(console, screen, one)
    shot((console, "console-story"), (screen, "screen-story"), (one, "phone-story"))

    wandering.get_by_role("link", name="Ore", exact=True).click()
    expect(wandering.get_by_role("heading", level=1)).to_have_text(SECOND)
    wandering.goto(f"{people.served.base}/e/{people.served.code}")
    expect(wandering.get_by_role("link", name="To the story of Ore")).to_be_visible()
    accessible(wandering)
    shot((wandering, "phone-own-table"))

    press(console, "Show story 2")
    expect(one.get_by_role("heading", level=1)).to_have_text(LAST)
    expect(screen.get_by_text(LAST)).to_be_visible()
    shot((screen, "screen-same-story"))
    press(console, "End the discussion")
    expect(one.locator("#ended")).to_be_visible()
    expect(screen.locator(".calm").get_by_text("The discussion has ended.")).to_be_visible()
    accessible(console, screen, one)
    shot((console, "console-ended"), (screen, "screen-ended"), (one, "phone-ended"))


def test_private_note_is_sent_kept_and_never_lost(people: People, accessible: Callable[..., None]) -> None:
    console, _screen = people.facilitator()
    console.locator(".programme").get_by_role("button", name="Two stories at each table").click()
    press(console, "Show the first story")
    phone, plain = at_table(people, "t1"), at_table(people, "t1", javascript=False)
    note = phone.get_by_label("A note to your table’s record")
    note.fill("She was ashamed to ask.")
    phone.get_by_role("button", name="Send the note").click()
    expect(phone.get_by_text("In the record ✓")).to_be_visible()
    expect(note).to_have_value("")
    accessible(phone)
    shot((phone, "phone-note-sent"))
    note.fill("y" * 501)
    phone.get_by_role("button", name="Send the note").click()
    expect(phone.get_by_role("alert")).to_have_text(re.compile("^That is 501 characters; 500 fit"))
    expect(note).to_have_value("y" * 501)
    phone.context.set_offline(True)
    note.fill("Written without network")
    phone.get_by_role("button", name="Send the note").click()
    expect(phone.get_by_text("Not sent: the server did not answer.")).to_be_visible()
    expect(note).to_have_value("Written without network")
    shot((phone, "phone-note-offline"))
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Send the note").click()
    expect(phone.get_by_text("In the record ✓")).to_be_visible()

    plain.get_by_label("A note to your table’s record").fill("Sent without script")
    plain.get_by_role("button", name="Send the note").click()
    expect(plain.get_by_text("In the record ✓")).to_be_visible()
    note.fill("Half a thou")
    press(console, "Show story 2")
    expect(phone.get_by_text("The room has moved on. What you typed is still here.")).to_be_visible()
    phone.get_by_role("button", name="Show it").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(LAST)
    phone.get_by_label("A note to your table’s record").fill("Another thou")
    press(console, "End the discussion")
    expect(phone.get_by_text("Not sent: the discussion has ended.")).to_be_visible()
    expect(phone.get_by_role("button", name="Send the note")).to_be_hidden()
    shot((phone, "phone-note-ended"))


def test_team_tries_a_story_out_on_the_desk(people: People, accessible: Callable[..., None]) -> None:
    desk = at_desk(people).page
    desk.get_by_role("link", name="Stories", exact=True).click()
    expect(desk.locator("table.sheet tbody tr")).to_have_count(3)
    expect(desk.get_by_text("“chaotic”")).to_be_visible()
    accessible(desk)
    shot((desk, "desk-stories"))
    desk.get_by_role("link", name=SECOND).click()
    expect(desk.locator(".try-out-mark")).to_have_text("Try-out")
    expect(desk.locator(".try-out .prompts li")).to_have_count(3)
    accessible(desk)
    shot((desk, "desk-try-out"))
