"""The desk's plan of a stored event: out as a file and in again, figures imported, and every page looked at."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.evidence.files import json_file, result
from tests.journeys.conftest import CONSOLE, PHONE, Hand, People, at_desk

pytestmark = pytest.mark.browser


def test_downloaded_plan_uploaded_again_makes_no_difference_and_mistakes_are_located(
    people: People, tmp_path: Path
) -> None:
    hand = at_desk(people)
    hand.click("link", "Plan")
    with hand.page.expect_download() as download:
        hand.click("link", "Download the plan")
    path = tmp_path / "day.xlsx"
    download.value.save_as(path)
    upload(hand, path)
    expect(hand.page.get_by_role("heading", name="No differences")).to_be_visible()

    book = load_workbook(path)
    book["polls"]["C3"] = "True or false? In Fife in 2015, most meetings had tea."
    book.save(path)
    upload(hand, path)
    expect(hand.page.get_by_role("heading", name="Apply this 1 change?")).to_be_visible()
    hand.click("button", "Apply 1 change")
    expect(hand.page.get_by_role("heading", name="1 change was applied")).to_be_visible()

    book["polls"]["E2"] = "s9"
    book["options"]["A2"] = "p7"
    book.save(path)
    upload(hand, path)
    found = hand.page.locator(".findings tbody tr").filter(has_text="Must fix")
    expect(found.filter(has_text="p7")).to_contain_text("options")
    expect(found.filter(has_text="s9")).to_contain_text("polls")
    expect(found.filter(has_text="s9").locator("td").nth(2)).to_have_text("2")
    expect(hand.page.get_by_text("Nothing has changed")).to_be_visible()


def upload(hand: Hand, path: Path) -> None:
    hand.page.goto(hand.page.url.partition("/desk")[0] + "/desk/plan")
    hand.page.get_by_label("Plan file").set_input_files(path)
    hand.click("button", "Check this file")


def test_figure_is_imported_from_its_publishers_file(
    people: People, tmp_path: Path, accessible: Callable[..., None]
) -> None:
    file = json_file(tmp_path / "table.json", result())
    hand = at_desk(people)
    hand.page.goto(hand.page.url + "/plan/statistics")
    hand.click("link", "Import a figure")
    accessible(hand.page)
    hand.page.get_by_label("The publisher's file").set_input_files(file)
    hand.click("button", "Read this file")
    expect(hand.page.locator(".grid tbody tr").first).to_be_visible()
    accessible(hand.page)
    hand.click("button", "Take this figure")
    accessible(hand.page)
    hand.fill("Unit", "decisions")
    hand.click("button", "Save this figure")
    if hand.page.get_by_role("alert").count():
        hand.click("button", "Save this figure")
    expect(hand.page.get_by_role("status")).to_contain_text("Saved:")
    expect(hand.page.locator(".rows-of tbody tr")).to_have_count(3)


@pytest.mark.parametrize("size", [CONSOLE, PHONE])
def test_every_page_of_the_plan_is_accessible_and_fits(
    people: People, size: tuple[int, int], accessible: Callable[..., None]
) -> None:
    hand = at_desk(people, size=size)
    desk = hand.page.url.partition("/desk")[0] + "/desk"
    ways = (
        "/links /downloads /plan /plan/event /plan/polls /plan/polls/new /plan/polls/rows/tea /plan/programme".split()
    )
    for way in ["", *ways, "/plan/programme/new", "/plan/statistics/new", "/plan/people/new"]:
        hand.page.goto(desk + way)
        assert hand.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), way
        accessible(hand.page)
    hand.page.goto(f"{desk}/plan/polls/rows/tea")
    hand.page.get_by_role("button", name="Remove this row").click()
    expect(hand.page.get_by_role("heading", name="Remove this row?")).to_be_visible()
    accessible(hand.page)
    hand.page.goto(f"{desk}/plan/statistics/new")
    hand.page.get_by_role("button", name="Add").click()
    expect(hand.page.get_by_role("alert")).to_contain_text("Measure")
    accessible(hand.page)
    people.complaints[:] = [text for text in people.complaints if "400" not in text]
