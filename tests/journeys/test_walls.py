"""Walls in the hand: three phones post, change and delete notes, whatever the network and the facilitator do."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.journeys.conftest import CONSOLE, PHONE, People, at_desk, in_room, moving, press, serving

pytestmark = pytest.mark.browser
EXPECTED = ("400", "409", "429", "htmx:", "Failed to load", "WebSocket connection")
QUESTION = "What data or information would you like to be able to access?"
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture
def people(tmp_path: Path, browser: Browser) -> Iterator[People]:
    """The room of `walls.toml`. A refusal, and a network that was cut, are no faults."""
    with serving(tmp_path, Path(__file__).parent / "walls.toml") as served, in_room(served, browser, EXPECTED) as room:
        yield room


def shot(page: Page, name: str) -> None:
    """A picture for whoever wants to look; only where SHOTS names a folder."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True, caret="initial")


def chip(console: Page, words: str) -> None:
    expect(console.locator(".chip")).to_have_text(re.compile(words))


def opened(people: People, step: str = "Two questions on the walls") -> Page:
    """The console, with the walls of this step open."""
    console, _screen = people.facilitator()
    with moving(console):
        console.locator(".programme").get_by_role("button", name=step).click()
    chip(console, "Ready")
    press(console, "PageDown")
    chip(console, "Open")
    return console


def close(console: Page) -> None:
    press(console, "PageDown")
    chip(console, "Closed")


def at_wall(people: People, wall: str = "w1", *, javascript: bool = True) -> Page:
    """Somebody who scans the QR of a poster."""
    phone = people.page(people.context(PHONE, javascript=javascript))
    phone.goto(f"{people.served.base}/e/{people.served.code}/walls/{wall}")
    if not javascript:
        phone.get_by_role("button", name="Join").click()
    phone.wait_for_url(f"{people.served.base}/e/{people.served.code}/walls/{wall}")
    return phone


def field(phone: Page) -> Locator:
    return phone.get_by_label("Your idea")


def write(phone: Page, text: str) -> None:
    field(phone).fill(text)
    phone.get_by_role("button", name="Put it on the wall").click()


def own(phone: Page) -> Locator:
    return phone.locator(".mine li > .words")


def offline(phone: Page, *, off: bool) -> None:
    """Cuts what the page sends; its socket goes with it."""
    phone.context.set_offline(off)


def test_three_phones_write_change_and_delete_their_own(people: People, accessible: Callable[..., None]) -> None:
    console = opened(people)
    first, second, plain = at_wall(people), at_wall(people, "w2"), at_wall(people, javascript=False)
    expect(first.get_by_role("heading", level=1)).to_have_text(
        "What data or information would you like to be able to access?"
    )
    accessible(first)
    shot(first, "wall-empty")
    field(first).press_sequentially("Food bank referrals by ward")
    expect(first.locator(".counter")).to_have_text("27 of 280")
    first.get_by_role("button", name="Put it on the wall").click()
    expect(own(first)).to_have_text(["Food bank referrals by ward"])
    expect(field(first)).to_be_focused()
    expect(field(first)).to_have_value("")
    expect(first.locator("#announce")).to_have_text("Your note is on the wall.")
    first.keyboard.type("Who holds what")
    first.get_by_role("button", name="Put it on the wall").click()
    expect(own(first)).to_have_text(["Who holds what", "Food bank referrals by ward"])
    write(second, "At the library")
    expect(own(second)).to_have_text(["At the library"])
    accessible(first, second)
    shot(first, "wall-notes")

    first.locator("summary", has_text="Edit").first.click()
    first.get_by_label("New words").first.fill("Who holds what, and whom to ring")
    accessible(first)
    shot(first, "wall-edit")
    first.get_by_role("button", name="Save").click()
    expect(own(first)).to_have_text(["Who holds what, and whom to ring", "Food bank referrals by ward"])
    first.locator("summary", has_text="Delete").nth(1).click()
    first.get_by_role("button", name="Yes, delete this note").click()
    expect(own(first)).to_have_text(["Who holds what, and whom to ring"])
    first.reload()
    expect(own(first)).to_have_text(["Who holds what, and whom to ring"])

    write(plain, "Rents by street")
    expect(own(plain)).to_have_text(["Rents by street"])
    plain.locator("summary", has_text="Edit").click()
    plain.get_by_label("New words").fill("Rents by street and year")
    plain.get_by_role("button", name="Save").click()
    expect(own(plain)).to_have_text(["Rents by street and year"])
    expect(first.locator("#on-wall")).to_contain_text("2 notes are on this wall.", timeout=15_000)
    expect(first.get_by_text("Rents by street")).to_have_count(0)
    close(console)
    expect(second.get_by_text("This wall has closed. Nobody can tell any more")).to_be_visible()
    expect(second.locator(".changes")).to_be_hidden()
    accessible(second)
    shot(second, "wall-closed")


def test_people_wander_from_wall_to_wall_and_read_what_is_there(
    people: People, accessible: Callable[..., None]
) -> None:
    opened(people)
    first, second = at_wall(people), at_wall(people)
    write(first, "Food bank referrals by ward")
    write(second, "Who holds what")
    expect(first.locator("#on-wall")).to_contain_text("2 notes are on this wall.", timeout=15_000)
    first.get_by_role("link", name="Read the wall").click()
    expect(first.locator(".all-notes .words")).to_have_count(2)
    accessible(first)
    shot(first, "wall-read")
    first.go_back()

    first.get_by_role("link", name=re.compile("^Next wall")).click()
    expect(first.get_by_role("heading", level=1)).to_have_text("Advocacy services – How, why, where?")
    first.get_by_role("link", name=re.compile("^On now")).click()
    expect(first.get_by_role("heading", level=1)).to_have_text("Two questions on the walls")
    accessible(first)
    shot(first, "walls-step")


def test_note_written_offline_waits_and_goes_by_itself(people: People, accessible: Callable[..., None]) -> None:
    opened(people)
    phone, other = at_wall(people), at_wall(people)
    offline(phone, off=True)
    for text in ("First, without network", "Second, without network"):
        write(phone, text)
    expect(phone.locator(".unsent li")).to_have_count(2)
    expect(phone.locator(".unsent .waiting:visible").first).to_contain_text(
        "It goes by itself when the network is back."
    )
    expect(field(phone)).to_be_focused()
    accessible(phone)
    shot(phone, "wall-offline")
    offline(phone, off=False)
    expect(own(phone)).to_have_text(["Second, without network", "First, without network"], timeout=20_000)
    expect(phone.locator(".unsent")).to_be_hidden()
    expect(other.locator("#on-wall")).to_contain_text("2 notes are on this wall.", timeout=15_000)


def test_note_that_was_stored_unheard_is_one_note_also_after_a_reload(people: People) -> None:
    opened(people)
    phone = at_wall(people)
    heard: list[str] = []

    def lose(route: Route) -> None:
        """The server gets it; the phone never hears the answer."""
        if route.request.method == "POST" and not heard:
            heard.append(route.fetch().text())
            route.abort()
        else:
            route.continue_()

    phone.route("**/notes", lose)
    write(phone, "Said once")
    expect(phone.locator(".unsent .waiting")).to_be_visible()
    phone.reload()
    expect(own(phone)).to_have_text(["Said once"], timeout=15_000)
    expect(phone.locator(".unsent")).to_be_hidden(timeout=15_000)
    expect(phone.locator("#on-wall")).to_contain_text("1 note is on this wall.", timeout=15_000)


def test_wall_that_closed_meanwhile_says_so_and_keeps_the_words(
    people: People, accessible: Callable[..., None]
) -> None:
    console = opened(people)
    phone, typing = at_wall(people), at_wall(people)
    write(phone, "In time")
    expect(own(phone)).to_have_count(1)
    offline(phone, off=True)
    write(phone, "Too late")
    expect(phone.locator(".unsent .waiting")).to_be_visible()
    field(typing).fill("Half a thou")
    close(console)
    expect(typing.get_by_text("This wall has closed. What you typed was not put on it")).to_be_visible()
    expect(field(typing)).to_have_value("Half a thou")
    expect(typing.get_by_role("button", name="Put it on the wall")).to_be_hidden()
    accessible(typing)
    shot(typing, "wall-closed-typing")
    offline(phone, off=False)
    expect(phone.locator(".unsent .refused")).to_have_text(
        "This wall has closed. Your note was not put on it.", timeout=20_000
    )
    expect(phone.locator(".unsent .words")).to_have_text("Too late")
    accessible(phone)
    shot(phone, "wall-refused")
    phone.reload()
    expect(phone.locator(".unsent .words")).to_have_text("Too late")
    press(console, "PageUp")
    chip(console, "Open")
    expect(field(typing)).to_be_editable()
    phone.get_by_role("button", name="Remove").click()
    expect(phone.locator(".unsent")).to_be_hidden()
    expect(own(phone)).to_have_count(0)
    expect(field(phone)).to_be_visible(timeout=15_000)
    expect(own(phone)).to_have_count(0)


def test_double_tap_hostile_text_and_too_much_text(people: People, accessible: Callable[..., None]) -> None:
    opened(people)
    phone = at_wall(people)
    field(phone).fill("Tapped twice")
    phone.get_by_role("button", name="Put it on the wall").dblclick()
    expect(own(phone)).to_have_text(["Tapped twice"])
    expect(phone.locator(".post .wrong")).to_be_hidden()
    phone.wait_for_timeout(1_100)
    phone.get_by_role("button", name="Put it on the wall").click()
    expect(phone.locator(".post .wrong")).to_have_text(re.compile("^There is nothing on this note yet"))
    field(phone).fill("a" * 10_000)
    expect(phone.locator(".counter")).to_have_text("10000 of 280: 9720 too many")
    phone.get_by_role("button", name="Put it on the wall").click()
    expect(phone.locator(".post .wrong")).to_have_text(re.compile("^That is 10000 characters; 280 fit"))
    assert len(field(phone).input_value()) == 10_000
    accessible(phone)
    shot(phone, "wall-too-long")
    texts = ["🎉👩‍👩‍👧‍👦🎈", "بيانات الإحالة حسب الحي", "<img src=x onerror=alert(1)><b>bold</b>", "x" * 280]
    for text in texts:
        write(phone, text)
        expect(own(phone).first).to_have_text(text)
    expect(phone.locator(".mine img, .mine b")).to_have_count(0)
    for width, size in ((320, 16), (390, 32), (320, 32)):
        phone.set_viewport_size({"width": width, "height": 640})
        phone.evaluate(f"document.documentElement.style.fontSize = '{size}px'")
        assert phone.evaluate("document.documentElement.scrollWidth") == width
    phone.evaluate("document.documentElement.style.fontSize = ''")
    small = "[...document.querySelectorAll('main :is(button, summary, textarea, a), nav a, .on-now a')]"
    assert phone.evaluate(f"{small}.filter((n) => n.offsetHeight && n.offsetHeight < 48).map((n) => n.outerHTML)") == []
    shot(phone, "wall-hostile-320")


def test_ten_notes_at_once_go_and_the_eleventh_goes_a_little_later(people: People) -> None:
    opened(people)
    phone = at_wall(people)
    for number in range(11):
        write(phone, f"Idea {number}")
    expect(own(phone)).to_have_count(11, timeout=20_000)
    expect(phone.locator(".unsent")).to_be_hidden()


def test_single_wall_has_its_form_on_the_stage_itself(people: People, accessible: Callable[..., None]) -> None:
    opened(people, "What was missing")
    phone, plain = people.phone(), people.phone(javascript=False)
    write(phone, "A crèche")
    expect(phone.locator(".mine")).to_contain_text("Waits for the organisers to show it.")
    phone.reload()
    expect(own(phone)).to_have_text(["A crèche"])
    accessible(phone)
    shot(phone, "wall-single")
    write(plain, "A ramp")
    expect(own(plain)).to_have_text(["A ramp"])


def test_dots_are_given_and_survive_a_reload(people: People, accessible: Callable[..., None]) -> None:
    console = opened(people)
    phone = at_wall(people)
    for text in ("Rents", "Fuel"):
        write(phone, text)
    expect(own(phone)).to_have_count(2)
    close(console)
    press(console, "PageDown")
    chip(console, "Dot vote")
    rents = phone.get_by_label("Rents")
    rents.select_option("2", timeout=15_000)
    expect(phone.locator(".left")).to_have_text("1 of 3 dots left")
    phone.get_by_label("Fuel").select_option("3")
    expect(phone.locator(".left")).to_have_text("2 more than you have: take some back")
    accessible(phone)
    phone.get_by_label("Fuel").select_option("1")
    phone.get_by_role("button", name="Give my dots").click()
    expect(phone.locator(".receipt.recorded")).to_be_visible()
    shot(phone, "wall-dots")
    phone.reload()
    expect(phone.locator(".receipt.recorded")).to_be_visible()
    expect(rents).to_have_value("2")
    rents.select_option("0")
    phone.get_by_role("button", name="Change my dots").click()
    expect(phone.locator(".receipt.recorded")).to_be_visible()
    expect(phone.locator(".left")).to_have_text("2 of 3 dots left")


def test_paper_is_typed_in_with_one_key_for_the_next(people: People, accessible: Callable[..., None]) -> None:
    opened(people)
    desk = at_desk(people).page
    desk.get_by_role("link", name="Walls").click()
    accessible(desk)
    shot(desk, "desk-walls")
    desk.get_by_role("link", name="Type in notes").first.click()
    for number, text in enumerate(("From the blue pile", "Again blue", "Hard to read"), start=1):
        expect(desk.get_by_label("The next note")).to_be_focused()
        desk.keyboard.type(text)
        desk.keyboard.press("Enter")
        expect(desk.get_by_role("status")).to_have_text(f"{number} entered")
    desk.get_by_role("button", name=re.compile("^Undo.*Hard to read")).click()
    expect(desk.get_by_role("status")).to_have_text("2 entered")
    expect(desk.get_by_label("The next note")).to_have_value("Hard to read")
    accessible(desk)
    shot(desk, "desk-entry")
    desk.get_by_role("link", name="Walls", exact=True).first.click()
    desk.get_by_role("link", name="Poster").first.click()
    desk.set_viewport_size({"width": 820, "height": CONSOLE[1]})
    way = f"{people.served.base}/e/{people.served.code}/walls/w1"
    expect(desk.get_by_role("img", name=f"QR code that opens {way}", exact=True)).to_be_visible()
    accessible(desk)
    shot(desk, "poster")
    if SHOTS:
        desk.pdf(path=f"{SHOTS}/poster.pdf", prefer_css_page_size=True)
