"""A ranking beside its published order: ties share a place, lines join equal items, nothing comes before its step."""

import re
from xml.etree import ElementTree as ET

import pytest

from eventkit.web.ladder import Ladder, Rung, draw, joined, ours, place_text, theirs

PLACES = ("1st", "2nd", "3rd", "4th", "5th")
TEXTS = ("Education", "State pensions", "Debt interest", "Housing", "Transport")


def rung(fill: int, room: int, published: int = 0, ranks: tuple[int, ...] = (17, 12, 13), text: str = "") -> Rung:
    figure = f"£{published}bn" if published else ""
    return Rung(
        fill, "ABCDE"[fill], text or TEXTS[fill], room, ranks, f"put first by {ranks[0]} of 42", published, figure
    )


def ladder(*rungs: Rung, published: str = "Published", moving: str = "") -> Ladder:
    return Ladder(rungs, PLACES[: len(rungs)], "Our order", published, moving)


def letters(rungs: list[Rung]) -> str:
    return "".join(each.letter for each in rungs)


def test_room_order_follows_its_places_and_a_tie_the_ballot() -> None:
    drawn = ladder(rung(2, 2), rung(0, 3), rung(1, 2), published="")
    assert letters(ours(drawn)) == "BCA"
    assert [place_text(each.room, [2, 3, 2]) for each in ours(drawn)] == ["2=", "2=", "3"]


def test_published_items_that_tie_share_a_place_in_the_rooms_order() -> None:
    drawn = ladder(rung(0, 3, 1), rung(1, 2, 2), rung(2, 1, 2))
    assert [letters(group) for group in theirs(drawn)] == ["A", "CB"]
    assert re.findall(r'<li class="span-(\d) "><b class="place">(\d=?)</b>', draw(drawn)) == [("1", "1"), ("2", "2=")]


def test_lines_join_the_middle_of_each_items_rows() -> None:
    drawn = ladder(rung(0, 1, 2), rung(1, 2, 1), rung(2, 3, 4), rung(3, 4, 3))
    assert [(each.letter, left, right) for each, left, right in joined(drawn)] == [
        ("A", 12.5, 37.5),
        ("B", 37.5, 12.5),
        ("C", 62.5, 87.5),
        ("D", 87.5, 62.5),
    ]


def test_nothing_of_the_published_order_stands_in_the_page_before_it_is_shown() -> None:
    room = (rung(0, 1), rung(1, 2), rung(2, 3))
    before = draw(ladder(*room, published="", moving="room"))
    assert ('<div class="side their-side"><ol></ol></div>' in before, "£" in before, "join" in before) == (
        True,
        False,
        False,
    )


@pytest.mark.parametrize(("moving", "grown", "settled"), [("room", 9, 9), ("national", 1, 4), ("", 0, 0)])
def test_only_what_has_just_come_moves(moving: str, grown: int, settled: int) -> None:
    drawn = draw(ladder(rung(0, 1, 1), rung(1, 2, 2), rung(2, 3, 3), moving=moving))
    assert (drawn.count(" grow"), drawn.count("settle")) == (grown, settled)


def test_bars_are_to_one_scale_and_every_count_is_written() -> None:
    drawn = draw(ladder(rung(0, 1, ranks=(20, 10, 0)), rung(1, 2, ranks=(5, 5, 10)), rung(2, 3), published=""))
    heights = re.findall(r'<rect class="up fill-[^>]* height="([\d.]+)em"', drawn)
    assert heights[:6] == ["1.00", "0.50", "0.00", "0.25", "0.25", "0.50"]
    assert re.findall(r'class="mid votes[^>]*>(\d+)<', drawn)[:6] == ["20", "10", "0", "5", "5", "10"]


@pytest.mark.parametrize(
    ("text", "votes", "shape"),
    [
        ("Housing", 42, "of-3 roomy named"),
        ("Jobseeker’s Allowance", 42, "of-3 wide"),
        ("W" * 60, 42, "of-3 dense"),
        ("Housing", 1_000, "of-3 dense named"),
    ],
)
def test_long_words_and_large_counts_get_the_room_that_they_need(text: str, votes: int, shape: str) -> None:
    drawn = draw(ladder(*(rung(fill, fill + 1, ranks=(votes, 0, 0), text=text) for fill in range(3)), published=""))
    assert drawn.startswith(f'<div class="ladder {shape}">')


@pytest.mark.parametrize("count", [3, 4, 5])
@pytest.mark.parametrize("votes", [0, 1, 5_000])
def test_any_votes_are_drawn_without_inline_style(count: int, votes: int) -> None:
    ranks = (votes,) + (0,) * (count - 1)
    drawn = draw(ladder(*(rung(fill, 1, fill + 1, ranks, "<script>&") for fill in range(count))))
    assert ("style=" in drawn, "<script" in drawn) == (False, False)
    assert len(ET.fromstring(drawn).findall(".//svg[@class='ranks']")) == count


def test_marks_name_each_item_on_both_sides() -> None:
    drawn = draw(ladder(rung(0, 2, 1), rung(1, 1, 2), rung(2, 3, 3)))
    assert re.findall(r'<text x="16" y="22">(.)</text>', drawn) == list("BACABC")
