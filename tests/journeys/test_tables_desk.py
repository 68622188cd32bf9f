"""The desk seats everybody: with one press, with progress, and told in sentences."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, People, Served, at_desk, serving

HERE = Path(__file__).parent
NAMES = [f"Person {number}" for number in range(1, 43)]
SECTORS = ("Council", "NHS", "Third sector")


def plan() -> str:
    """Forty-two people at four tables over three rounds: not all can meet new people, so the search takes a moment."""
    people = [
        f'[[people]]\nperson_id = "q{n}"\nname = "{name}"\norganisation = "Organisation {n * n % 12}"\n'
        f'sector = "{SECTORS[n % 3]}"\nrole = "Role {n % 5}"\n'
        for n, name in enumerate(NAMES)
    ]
    tables = [f'[[tables]]\ntable = "t{n}"\nname = "Table {n}"\nmin_seats = 8\nmax_seats = 12\n' for n in range(1, 5)]
    hosts = [f'[[seating_rules]]\nkind = "host"\nperson_id = "q{n}"\n' for n in range(4)]
    banned = '[[seating_rules]]\nkind = "banned"\nperson_id = "q9"\ntable = "t2"\nround = 3\n'
    return "\n".join([(HERE / "day.toml").read_text("utf-8"), *people, *tables, *hosts, banned])


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    path = tmp_path / "plan.toml"
    path.write_text(plan(), "utf-8")
    with serving(tmp_path, path) as started:
        yield started


def tables(people: People, **given: object) -> Page:
    """The desk's page of tables."""
    page = at_desk(people, **given).page
    page.get_by_role("link", name="Tables", exact=True).click()
    expect(page.get_by_role("heading", name="42 people at 4 tables")).to_be_visible()
    return page


def test_desk_seats_everybody_with_progress(people: People, accessible: Callable[..., None]) -> None:
    page = tables(people)
    accessible(page)
    page.get_by_role("button", name="Seat everybody").click()
    # The page asks every second by itself, and shows the seats once they are there.
    expect(page.locator(".table-card")).to_have_count(4, timeout=30_000)
    expect(page.locator(".event-card")).to_contain_text("No rule is broken")
    expect(page.locator(".sitting li")).to_have_count(42)
    expect(page.locator(".sitting .host")).to_have_count(4)
    page.get_by_role("link", name="Round 3").click()
    expect(page.get_by_role("link", name="Round 3")).to_have_attribute("aria-current", "page")
    accessible(page)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    accessible(page)


def test_seating_again_asks_first(people: People) -> None:
    page = tables(people)
    page.get_by_role("button", name="Seat everybody").click()
    expect(page.locator(".table-card")).to_have_count(4, timeout=30_000)
    page.get_by_role("button", name="Seat again").click()
    page.get_by_role("link", name="No", exact=True).click()
    expect(page.get_by_text("seed 1.")).to_be_visible()
    page.get_by_role("button", name="Seat again").click()
    page.get_by_role("button", name="Yes, seat everybody again").click()
    expect(page.get_by_text("seed 2.")).to_be_visible(timeout=30_000)


def test_desk_seats_without_javascript(people: People) -> None:
    page = tables(people, javascript=False)
    page.get_by_role("button", name="Sector down").click()
    expect(page.locator(".order li").nth(2)).to_contain_text("Sector")
    page.get_by_role("button", name="Seat everybody").click()
    reload = page.get_by_role("link", name="Reload")
    for _second in range(30):
        if page.locator(".table-card").count():
            break
        reload.click()
        page.wait_for_timeout(500)
    expect(page.locator(".table-card")).to_have_count(4)
    expect(page.get_by_text(re.compile("Seated on"))).to_be_visible()
