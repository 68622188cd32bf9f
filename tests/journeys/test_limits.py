"""Texts as long as the plan allows: on a small projection nothing is cut off, covered, or too small to read."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from eventkit.rehearsal.ballot import read
from tests.journeys.conftest import People, in_room, moving, press, serving

pytestmark = pytest.mark.browser
SMALL = {"width": 1024, "height": 768}
REVEALS = {"number": "Local figure", "order": "National figure", "words": "Local figure"}
# Words off the projection, out of a box that hides what leaves it (whole lines may be left out), over the footer or
# other words, or smaller than the back row can read. Inline neighbours share a line, so they count as one text.
FAULTS = """() => {
  const stage = document.querySelector("#stage"), faults = [];
  const own = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
  const texts = [...stage.querySelectorAll("*")].filter((node) => own(node) && node.checkVisibility()
    && getComputedStyle(node).visibility === "visible" && !node.closest(".visually-hidden"));
  const blocks = new Map();
  for (const node of texts) {
    if (!node.closest("svg[viewBox]") && parseFloat(getComputedStyle(node).fontSize) < innerHeight * 0.035)
      faults.push(["small", node.outerHTML]);
    let block = node;
    while (getComputedStyle(block).display === "inline" && !(block instanceof SVGElement)) block = block.parentElement;
    if (block.closest(".sources")) block = block.closest(".sources");
    const words = document.createRange();
    words.selectNodeContents(block);
    let { left, top, right, bottom } = (node instanceof SVGElement ? node : words).getBoundingClientRect();
    if (getComputedStyle(block).webkitLineClamp !== "none")
      ({ left, top, right, bottom } = block.getBoundingClientRect());
    blocks.set(block, { left, top, right, bottom });
  }
  const outside = (box, area) => box.left < area.left - 1 || box.top < area.top - 1
    || box.right > area.right + 1 || box.bottom > area.bottom + 1;
  const projection = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const footer = stage.querySelector("footer");
  for (const [block, box] of blocks) {
    if (outside(box, projection)) faults.push(["off", block.outerHTML]);
    if (!footer.contains(block) && box.bottom > footer.getBoundingClientRect().top + 1)
      faults.push(["footer", block.outerHTML]);
    for (const [other, area] of blocks) {
      if (other === block || block.contains(other) || other.contains(block)) continue;
      const wide = Math.min(box.right, area.right) - Math.max(box.left, area.left);
      const high = Math.min(box.bottom, area.bottom) - Math.max(box.top, area.top);
      // Lines are set tighter than the height of their letters' boxes.
      if (wide > 1 && high > innerHeight * 0.012) faults.push(["over", block.outerHTML, other.outerHTML, high]);
    }
  }
  return faults;
}"""


@pytest.fixture
def people(tmp_path: Path, browser: Browser) -> Iterator[People]:
    """The room of `limits.toml`."""
    with serving(tmp_path, Path(__file__).parent / "limits.toml") as served, in_room(served, browser) as room:
        yield room


def answer(people: People, choices: str) -> None:
    """A person for each letter; where a number is asked, it is the letter's place in the alphabet, times a hundred."""
    base, code = people.served.base, people.served.code
    for letter in choices:
        with httpx2.Client(base_url=base, headers={"Origin": base}, trust_env=False) as phone:
            assert phone.post(f"/e/{code}/join").status_code == 303
            ballot = read(phone.get(f"/e/{code}").text)
            assert ballot
            choice = str(100 * "ABCDEFGHIJ".index(letter)) if ballot.asks_number else letter
            if ballot.items:
                choice = letter + "ABCDE".replace(letter, "")
            assert phone.post(ballot.action, data=ballot.filled(choice)).status_code == 303


def legible(screen: Page) -> None:
    screen.set_viewport_size(SMALL)
    screen.wait_for_timeout(150)
    assert screen.evaluate(FAULTS) == []


@pytest.mark.parametrize("asked", list(REVEALS))
def test_longest_texts_stay_whole_on_a_small_projection(
    people: People, asked: str, accessible: Callable[..., None]
) -> None:
    console, screen = people.facilitator()
    if number := list(REVEALS).index(asked):  # the room is at the first already
        with moving(console):
            console.locator(".programme button").nth(number).click()
    expect(console.locator(".chip")).to_have_text("Ready")
    press(console, "PageDown")
    expect(console.locator(".chip")).to_contain_text("Open")
    answer(people, "AAABBCDE")
    expect(console.locator(".chip")).to_have_text("Open 8/8")
    legible(screen)
    press(console, "PageDown")
    expect(console.locator(".chip")).to_have_text("Closed 8/8")
    steps = ("Room’s answer", "National figure", "Local figure", "The gap", "Why, and so what")
    for step in (step for step in steps if asked != "order" or step != "Local figure"):
        press(console, "PageDown")
        expect(console.locator(".chip")).to_have_text(step)
        legible(screen)
    accessible(screen)
