"""Two hundred notes are grouped into themes: by keyboard alone, by two facilitators at once, and without scripts."""

import asyncio
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session, select

from eventkit.codebook import rules as codebook
from eventkit.codebook.models import Kind
from eventkit.database import now
from eventkit.wall.models import Note, Status, Wall
from tests.journeys.conftest import CONSOLE, PHONE, People, Served, in_room
from tests.live_server import ThreadServer, live_server

pytestmark = pytest.mark.browser
EVENT = 1
NOTES = 200
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ThreadServer]:
    """The Fife event; its first wall is open, has two hundred notes, and may be grouped by everybody."""
    started = live_server(tmp_path)
    write(started, fill)
    yield started
    started.stop()


@pytest.fixture
def people(server: ThreadServer, browser: Browser) -> Iterator[People]:
    """The room of this server."""
    with in_room(Served(server.base, server.code, "", ""), browser) as room:
        yield room


def write(server: ThreadServer, verb: Callable[..., object], *args: object) -> None:
    asyncio.run_coroutine_threadsafe(server.database.write(EVENT, verb, *args), server._loop).result(20)


def fill(session: Session) -> None:
    wall = session.exec(select(Wall).where(Wall.wall_id == "w1")).one()
    wall.opened_at, wall.attendees_group = now(), True
    for number in range(NOTES):
        text = f"Note {number}: what this service could tell us" + (" about everybody else" * (number % 4))
        session.add(Note(note_id=f"{number:016x}", wall_pk=wall.id, text=text, status=Status.SHOWN, cell=number))


def where(server: ThreadServer) -> dict[str, str]:
    """The theme_id of each note that stands under a theme."""
    with server.database.reading() as session:
        return dict(codebook.grouped(session, EVENT, Kind.WALL_NOTE, [f"{number:016x}" for number in range(NOTES)]))


def facilitator(
    people: People, server: ThreadServer, size: tuple[int, int] = CONSOLE, *, javascript: bool = True
) -> Page:
    context = people.context(size, javascript=javascript)
    path = f"/s/{server.code}/console"
    context.add_cookies([{"name": "facilitator", "value": server.facilitator_cookie(), "url": f"{server.base}{path}"}])
    page = people.page(context)
    page.goto(f"{server.base}{path}/walls/w1")
    return page


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png")


def test_two_hundred_notes_are_grouped_by_keyboard_alone(
    people: People, server: ThreadServer, accessible: Callable[..., None]
) -> None:
    page = facilitator(people, server)
    shoot(page, "start")
    accessible(page)
    page.locator("#loose .sort-note input").first.focus()
    for number in range(NOTES):
        page.keyboard.press(str(number % 5 + 1))
    expect(page.locator("#loose .sort-note")).to_have_count(0, timeout=60_000)
    assert Counter(where(server).values()) == dict.fromkeys(Counter(where(server).values()), NOTES // 5)
    assert len(where(server)) == NOTES
    expect(page.locator("#saying")).to_contain_text("1 note moved to “Who”.")
    shoot(page, "all-grouped")
    accessible(page)


def test_notes_are_chosen_searched_moved_to_a_new_theme_and_put_back(
    people: People, server: ThreadServer, accessible: Callable[..., None]
) -> None:
    page = facilitator(people, server)
    page.keyboard.press("/")
    page.keyboard.type("note 19")
    expect(page.locator("#found")).to_have_text("11 of 200 found")
    page.get_by_role("button", name="Select all found").click()
    expect(page.locator("#chosen")).to_have_text("11 notes chosen")
    shoot(page, "found")
    page.locator("#loose .sort-note:visible input").first.focus()
    page.keyboard.press("x")
    expect(page.locator("#chosen")).to_have_text("10 notes chosen")
    page.keyboard.press("m")
    expect(page.locator("#move-to-field")).to_be_focused()
    page.keyboard.type("Partners")
    shoot(page, "menu")
    accessible(page)
    page.keyboard.press("Enter")
    expect(page.locator("#saying")).to_contain_text("10 notes moved to the new theme “Partners”.")
    expect(page.locator("[data-theme=partners] .count")).to_have_text("10 notes")
    shoot(page, "moved")
    page.keyboard.press("u")
    expect(page.locator("#saying")).to_contain_text("The new theme “Partners” is gone again. 10 notes were put back.")
    expect(page.locator("[data-theme=partners]")).to_have_count(0)
    assert where(server) == {}


def test_two_facilitators_at_once_lose_none_of_each_others_moves(people: People, server: ThreadServer) -> None:
    one, other = facilitator(people, server), facilitator(people, server)
    one.locator("#loose .sort-note input").first.focus()
    other.locator("#loose .sort-note input").first.focus()
    other.keyboard.press("End")
    for _ in range(30):
        one.keyboard.press("1")
        other.keyboard.press("2")
    for page in (one, other):
        expect(page.locator("#loose .sort-note")).to_have_count(NOTES - 60, timeout=60_000)
    assert Counter(where(server).values()) == {"referrals": 30, "resources": 30}
    expect(one.locator(".sort-note input:focus")).to_have_count(1)
    one.keyboard.press("u")
    expect(other.locator("#loose .sort-note")).to_have_count(NOTES - 59)
    assert Counter(where(server).values()) == {"referrals": 29, "resources": 30}


def test_choice_and_focus_stay_while_somebody_else_moves_notes(people: People, server: ThreadServer) -> None:
    one, other = facilitator(people, server), facilitator(people, server)
    notes = one.locator("#loose .sort-note")
    notes.nth(3).locator("input").check()
    notes.nth(5).locator("input").focus()
    other.locator("#loose .sort-note input").first.focus()
    other.keyboard.press("4")
    expect(notes).to_have_count(NOTES - 1)
    expect(one.locator(".sort-note input:checked")).to_have_count(1)
    assert one.locator(".sort-note:has(input:checked)").get_attribute("data-key") == f"{3:016x}"
    assert one.locator(".sort-note:has(input:focus)").get_attribute("data-key") == f"{5:016x}"


def test_range_is_chosen_with_shift_and_dragged(people: People, server: ThreadServer) -> None:
    page = facilitator(people, server)
    notes = page.locator("#loose .sort-note")
    notes.nth(1).locator("label").click()
    notes.nth(4).locator("label").click(modifiers=["Shift"])
    expect(page.locator("#chosen")).to_have_text("4 notes chosen")
    shoot(page, "chosen")
    notes.nth(2).drag_to(page.locator("[data-theme=who]"))
    expect(page.locator("[data-theme=who] .sort-note")).to_have_count(4)
    assert where(server) == dict.fromkeys([f"{number:016x}" for number in range(1, 5)], "who")


def test_themes_are_renamed_merged_and_removed(people: People, server: ThreadServer) -> None:
    page = facilitator(people, server)
    page.locator("#loose .sort-note input").first.focus()
    page.keyboard.press("1")
    pile = page.locator("[data-theme=referrals]")
    pile.locator("header summary").click()
    shoot(page, "theme-menu")
    pile.get_by_label("New name").fill("Passing people on")
    pile.get_by_role("button", name="Rename").click()
    expect(page.locator("#saying")).to_contain_text("“Referrals” is called “Passing people on” now.")
    pile.locator("header summary").click()
    pile.get_by_label("Make it part of").select_option("Who")
    pile.get_by_role("button", name="Merge").click()
    expect(pile).to_have_count(0)
    assert where(server) == {f"{0:016x}": "who"}
    page.get_by_role("button", name="Undo").first.click()
    expect(pile.locator(".sort-note")).to_have_count(1)


def test_single_notes_are_hidden_pinned_redacted_and_merged(
    people: People, server: ThreadServer, accessible: Callable[..., None]
) -> None:
    page = facilitator(people, server)
    first = page.locator("#loose .sort-note").first
    first.locator("summary").click()
    shoot(page, "note-menu")
    accessible(page)
    first.get_by_role("button", name="Pin").click()
    expect(first.locator(".signs")).to_have_text("Pinned")
    first.locator("summary").click()
    first.get_by_role("button", name="Hide").click()
    expect(page.locator("#hidden-notes summary")).to_have_text("1 hidden note")
    page.locator("#loose .sort-note input").nth(0).check()
    page.locator("#loose .sort-note input").nth(1).check()
    page.get_by_role("button", name="Merge duplicates").click()
    expect(page.locator("#loose .sort-note .signs")).to_have_text("and 1 that says the same")
    page.locator("#loose .sort-note summary").first.click()
    page.get_by_role("link", name="Redact…").first.click()
    shoot(page, "redact")
    accessible(page)
    page.get_by_label("Reason").fill("It named somebody")
    page.get_by_role("button", name="Redact").click()
    page.wait_for_url("**/console/walls/w1")
    expect(page.locator("#loose .sort-note label").first).to_have_text("…")


def test_grouping_on_a_phone_and_without_scripts(
    people: People, server: ThreadServer, accessible: Callable[..., None]
) -> None:
    page = facilitator(people, server, PHONE)
    page.locator("#loose .sort-note input").nth(1).check()
    shoot(page, "phone")
    accessible(page)
    page.get_by_role("button", name="Move to…").click()
    page.locator("#move-to-list").get_by_role("option", name="Knowledge").click()
    expect(page.locator("[data-theme=knowledge] .sort-note")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    plain = facilitator(people, server, javascript=False)
    plain.locator("#loose .sort-note input").nth(0).check()
    plain.locator("#loose .sort-note input").nth(1).check()
    shoot(plain, "plain")
    plain.get_by_label("Move the chosen notes to").select_option("Who")
    plain.get_by_role("button", name="Move", exact=True).click()
    assert Counter(where(server).values()) == {"knowledge": 1, "who": 2}
    plain.locator("#latest summary").click()
    plain.locator("#latest button").first.click()
    assert Counter(where(server).values()) == {"knowledge": 1}


def test_attendees_group_where_the_plan_allows_it(
    people: People, server: ThreadServer, accessible: Callable[..., None]
) -> None:
    phone = people.phone()
    phone.goto(f"{server.base}/e/{server.code}/walls/w1/group")
    expect(phone.locator(".all-notes li")).to_have_count(50)
    phone.locator(".all-notes input").nth(0).check()
    phone.locator(".all-notes input").nth(2).check()
    shoot(phone, "attendee")
    accessible(phone)
    phone.get_by_label("or to a new theme").fill("Partners")
    phone.get_by_role("button", name="Move").click()
    expect(phone.get_by_role("status")).to_have_text("2 notes moved to the new theme “Partners”.")
    accessible(phone)
    assert Counter(where(server).values()) == {"partners": 2}
    phone.get_by_role("button", name="Undo").click()
    assert where(server) == {}
