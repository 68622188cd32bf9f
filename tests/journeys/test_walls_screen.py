"""Walls on the projector: notes keep their place, pages turn by key and by themselves, and all of it can be read."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import People, in_room, press, serving

pytestmark = pytest.mark.browser
SIZES = ({"width": 1920, "height": 1080}, {"width": 1024, "height": 768})
LONG = "A note of which only the spotlight can show all that there is. " * 4
# Words that stand over the edge of their cell or the projection, and words that the back row cannot read.
UNREADABLE = """() => {
  const cells = [...document.querySelectorAll(".cells li:not(.empty), .theme-cards > li, #spotlight, footer, header")];
  const bottom = (node) => node.getBoundingClientRect().bottom;
  const over = cells.filter((cell) => [...cell.querySelectorAll("p, h1, h2")].some((words) =>
    !words.closest(".visually-hidden") && bottom(words) > bottom(cell) + 1));
  const out = cells.filter((cell) => bottom(cell) > innerHeight + 1);
  const small = [...document.querySelectorAll("#stage *")].filter((each) => !each.closest(".visually-hidden")
    && [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
    && parseFloat(getComputedStyle(each).fontSize) < innerHeight * 0.035);
  return [...over, ...out, ...small].map((each) => each.outerHTML);
}"""


@pytest.fixture
def people(tmp_path: Path, browser: Browser) -> Iterator[People]:
    """The room of `walls.toml`."""
    with serving(tmp_path, Path(__file__).parent / "walls.toml") as served, in_room(served, browser) as room:
        yield room


def write(people: People, wall_id: str, texts: Sequence[str]) -> None:
    """Notes of people who write a few each."""
    base, code = people.served.base, people.served.code
    for start in range(0, len(texts), 8):
        with httpx2.Client(base_url=base, headers={"Origin": base}, trust_env=False) as phone:
            assert phone.post(f"/e/{code}/join").status_code == 303
            for text in texts[start : start + 8]:
                form = {"note": secrets.token_hex(8), "text": text}
                assert phone.post(f"/e/{code}/walls/{wall_id}/notes", data=form).status_code == 303


def to_the_walls(console: Page) -> None:
    """Forward to the step, and open it."""
    press(console, "PageDown")
    expect(console.locator(".now h2")).to_have_text("Two questions on the walls")
    press(console, "PageDown")
    expect(console.locator(".chip")).to_have_text("Open")


def readable(screen: Page) -> None:
    for size in SIZES:
        screen.set_viewport_size(size)
        screen.wait_for_timeout(150)
        assert screen.evaluate(UNREADABLE) == [], size
    screen.set_viewport_size(SIZES[0])


def test_notes_keep_their_cells_and_pages_turn_by_key(people: People, accessible: Callable[..., None]) -> None:
    console, screen = people.facilitator()
    to_the_walls(console)
    console.get_by_role("button", name="Wall 1:").click()
    expect(screen.get_by_text("Wall 1 of 2 · page 1 of 1")).to_be_visible()
    write(people, "w1", [f"Idea {number}" for number in range(11)])
    expect(screen.locator(".cells li.fresh")).to_have_count(11)
    place = screen.locator(".cells li").first.bounding_box()
    words = screen.locator(".cells li").first.inner_text()
    write(people, "w1", [LONG, "x" * 200])
    expect(screen.get_by_text("Wall 1 of 2 · page 1 of 2")).to_be_visible()
    expect(screen.locator(".cells li.fresh")).to_have_count(12)
    assert (screen.locator(".cells li").first.bounding_box(), screen.locator(".cells li").first.inner_text()) == (
        place,
        words,
    )
    readable(screen)
    accessible(console, screen)
    screen.bring_to_front()
    press(screen, "ArrowDown")
    expect(screen.get_by_text("Wall 1 of 2 · page 2 of 2")).to_be_visible()
    expect(screen.locator(".cells li:not(.empty)")).to_have_count(1)
    press(screen, "ArrowUp")
    expect(screen.get_by_text("Wall 1 of 2 · page 1 of 2")).to_be_visible()
    expect(screen.locator(".fresh")).to_have_count(0)
    assert screen.locator(".cells li").first.bounding_box() == place
    press(console, "ArrowDown")
    expect(console.get_by_text("Page 2 of 2")).to_be_visible()
    expect(console.locator(".chip")).to_have_text("Open")
    readable(screen)


def test_walls_side_by_side_themes_and_the_spotlight_are_readable(
    people: People, accessible: Callable[..., None]
) -> None:
    console, screen = people.facilitator()
    phone = people.phone()
    to_the_walls(console)
    write(people, "w1", ["Tea", LONG, "A list of who holds what, and whom to ring", "Buses"])
    write(people, "w2", ["At the door"])
    expect(screen.locator(".cells li.fresh")).to_have_count(4)
    readable(screen)
    accessible(console, screen)
    console.locator("a[href$='/console/walls/w1']").click()
    expect(console.locator("[name=note]").first).to_be_attached()
    ids = console.locator("[name=note][type=checkbox]").evaluate_all("boxes => boxes.map((box) => box.value)")
    chosen = next(note for note in ids if LONG[:40] in console.locator(f"[data-key='{note}']").inner_text())
    address = f"{people.served.base}/s/{people.served.code}/console/walls/w1"
    headers = {"Origin": people.served.base}
    assert console.request.post(f"{address}/spotlight", form={"note": chosen}, headers=headers).ok
    expect(screen.locator("#spotlight")).to_have_text(LONG.strip())
    readable(screen)
    phone.goto(f"{people.served.base}/e/{people.served.code}/walls/w1")
    expect(phone.get_by_text(LONG.strip())).to_be_visible()
    for note in ids[:2]:
        form = {"note": note, "label": "Things"}
        assert console.request.post(f"{address}/move", form=form, headers=headers).ok
    console.goto(f"{people.served.base}/s/{people.served.code}/console")
    accessible(console, screen)
    console.get_by_role("button", name="Spotlight off").click()
    expect(screen.locator("#spotlight")).to_have_count(0)
    console.wait_for_timeout(450)
    console.get_by_role("button", name="Themes").click()
    expect(screen.locator(".theme-cards h2")).to_contain_text("Things 2")
    expect(screen.locator("footer")).to_have_text("5 notes, 3 of them under no theme")
    readable(screen)
    accessible(console, screen)


def test_pages_turn_by_themselves_until_they_are_told_not_to(people: People) -> None:
    console, screen = people.facilitator()
    to_the_walls(console)
    write(people, "w1", ["One", "Two", "Three", "Four"])
    expect(screen.locator(".where")).to_have_text("Page 1 of 2")
    console.get_by_role("button", name="Turn every 15 s").click()
    expect(console.get_by_role("button", name="Turn every 15 s")).to_have_attribute("aria-pressed", "true")
    expect(screen.locator(".where")).to_have_text("Page 2 of 2", timeout=20_000)
    console.get_by_role("button", name="Turn every 15 s").click()
    expect(console.get_by_role("button", name="Turn every 15 s")).to_have_attribute("aria-pressed", "false")


def test_arrows_scroll_where_no_pages_are(people: People) -> None:
    console, _screen = people.facilitator()
    console.set_viewport_size({"width": 390, "height": 500})
    console.evaluate("document.body.focus()")
    console.keyboard.press("ArrowDown")
    for _wait in range(50):
        console.wait_for_timeout(100)
        if console.evaluate("scrollY > 0"):
            break
    assert console.evaluate("scrollY > 0")
