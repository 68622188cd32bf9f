"""Drawings: escaped, free of inline style, and never one thing on top of another."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from eventkit.web import charts
from eventkit.web.flags import PHONE, SCREEN, Flag, Surface, arranged
from eventkit.web.plot import Bar, Plot, draw, label_width
from eventkit.web.scale import Scale, scale, text_width


def bars(*values: float) -> list[Bar]:
    return [
        Bar(place, "ABCDE"[place], f"{value:g} %", value, "12", "(29 %)", 0.5) for place, value in enumerate(values)
    ]


def fitted(drawn: list[Bar], surface: Surface) -> Scale | None:
    return scale([bar.value for bar in drawn], [label_width(bar, surface) for bar in drawn], surface.width)


def sure(found: Scale | None) -> Scale:
    assert found is not None
    return found


def spans(drawn: str, at: float, width: float) -> tuple[float, float]:
    """Left and right edge of a flag in em of the narrowest drawing."""
    found = re.search(r'rect class="[\w-]+" x="(-?[\d.]+)em" width="([\d.]+)em"', drawn)
    assert found
    left = at * width / 100 + float(found[1])
    return left, left + float(found[2])


def test_scale_keeps_distances_where_labels_keep_apart() -> None:
    found = sure(fitted(bars(0.7, 7, 27), SCREEN))
    near, middle, far = (found.place(value) for value in (0.7, 7, 27))
    assert found.true
    assert (middle - near) / (far - near) == pytest.approx((7 - 0.7) / (27 - 0.7))


def test_scale_spaces_close_values_evenly_and_says_so() -> None:
    found = sure(fitted(bars(18, 19, 20, 60), SCREEN))
    places = [found.place(value) for value in (18, 19, 20, 60)]
    assert not found.true
    assert [round(second - first, 6) for first, second in pairwise(places)] == [
        pytest.approx(places[1] - places[0])
    ] * 3


def test_scale_gives_up_where_labels_would_overlap_or_values_are_equal() -> None:
    assert fitted([Bar(i, "A", "1,250,000 people", i, "1", "", 1) for i in range(4)], SCREEN) is None
    assert fitted(bars(7, 7), SCREEN) is None
    assert fitted(bars(7), SCREEN) is None


def test_scale_places_a_figure_between_its_neighbours_and_never_off_the_paper() -> None:
    found = sure(fitted(bars(18, 19, 20, 60), SCREEN))
    assert found.place(19) < found.place(19.5) < found.place(20)
    assert (found.place(-1000), found.place(1000)) == (1.0, 99.0)


@pytest.mark.parametrize("surface", [SCREEN, PHONE])
@pytest.mark.parametrize("values", [(3, 20, 41), (0.7, 7, 27), (10, 25)])
def test_flags_keep_apart_stay_on_the_paper_and_the_figure_on_its_pole(
    surface: Surface, values: tuple[float, ...]
) -> None:
    found = sure(fitted(bars(*values), surface))
    for room in values:
        for figure in (*values, values[0] - 1, values[-1] + 1):
            flags = Flag("Most of us", f"{room:g} %", room), Flag("Scotland", f"{figure:g} %", figure)
            ours, theirs = arranged(found, *flags, surface)
            pole = found.place(figure)
            left, right = spans(theirs, pole, surface.width)
            assert -0.02 <= left <= pole * surface.width / 100 + 0.02 <= right + 0.04 <= surface.width + 0.06
            start, end = spans(ours, found.place(room), surface.width)
            assert start >= -0.02
            assert end <= surface.width + 0.02
            assert end <= left or start >= right


def test_room_flag_gives_up_its_number_before_it_covers_the_figure() -> None:
    found = sure(fitted(bars(125000, 500000, 1250000), SCREEN))
    flags = Flag("Largest group", "125,000", 125000), Flag("United Kingdom", "over 1,250,000", 1250000)
    ours, theirs = arranged(found, *flags, SCREEN)
    assert ("125,000" in ours, "1,250,000" in theirs) == (False, True)


def test_plot_draws_national_from_above_and_local_from_below() -> None:
    drawn_bars = bars(3, 20, 41)
    flag = Flag("Scotland", "20 %", 20)
    plot = Plot(drawn_bars, sure(fitted(drawn_bars, SCREEN)), national=flag, local=flag, local_space=True)
    above, field, below = str(draw(plot, SCREEN)).split("<svg class=")[1:4]
    assert ("figure-flag" in above, 'class="figure"' in field, "local-flag" in below) == (True, True, True)
    assert "local" not in above + field


@pytest.mark.parametrize(
    ("moving", "classes"),
    [("room", {"grow", "settle"}), ("national", {"slide"}), ("local", {"settle"}), ("", set())],
)
def test_plot_moves_only_what_has_just_come(moving: str, classes: set[str]) -> None:
    drawn_bars = bars(3, 20, 41)
    room, national, local = (Flag("x", "y", value) for value in (41, 3, 20))
    plot = Plot(drawn_bars, sure(fitted(drawn_bars, SCREEN)), room, national, local, local_space=True, moving=moving)
    assert set(re.findall(r"\b(?:grow|settle|slide)\b", str(draw(plot, SCREEN)))) == classes


def test_plot_slides_the_figure_from_where_the_room_was() -> None:
    drawn_bars = bars(3, 20, 41)
    found = sure(fitted(drawn_bars, SCREEN))
    drawn = draw(Plot(drawn_bars, found, Flag("x", "y", 41), Flag("x", "y", 3), moving="national"), SCREEN)
    assert re.findall(r"from-\w+-\d", str(drawn)) == ["from-right-9"] * 2


@pytest.mark.parametrize("surface", [SCREEN, PHONE])
def test_drawings_escape_words_and_hold_no_style(surface: Surface) -> None:
    hostile = '<img src=x onerror="alert(1)">&'
    bar = Bar(0, hostile, hostile, 1, hostile, hostile, 1.0)
    flag = Flag(hostile, hostile, 1)
    plot = Plot([bar, Bar(1, "B", "2", 2, "1", "", 0.5)], Scale(((1, 10), (2, 90)), true=True), flag, flag, flag)
    for drawn in (draw(plot, surface), charts.row(1, 1.0, hostile, hostile), charts.mark(hostile, 0)):
        parsed = ET.fromstring(f"<svg>{drawn}</svg>")
        assert [element.tag for element in parsed.iter() if element.tag == "img"] == []
        assert [element for element in parsed.iter() if "style" in element.attrib] == []


def test_an_option_without_votes_has_no_bar() -> None:
    rows = [Bar(0, "A", "1", 1, "0", "", 0.0), Bar(1, "B", "2", 2, "9", "", 1.0)]
    assert str(draw(Plot(rows, sure(fitted(rows, SCREEN))), SCREEN)).count('class="up') == 1


@pytest.mark.parametrize(
    ("voted", "base", "full", "empty"), [(31, 42, 31, 11), (0, 3, 0, 3), (5, 3, 5, 0), (0, 0, 0, 1)]
)
def test_seats_draws_one_for_each_who_could_vote(voted: int, base: int, full: int, empty: int) -> None:
    drawn = str(charts.seats(voted, base))
    assert (drawn.count('"seat full"'), drawn.count('"seat"')) == (full, empty)


def test_seats_of_a_large_room_are_one_bar() -> None:
    assert re.findall(r'"seat full"[^>]*width="([\d.]+)%"', str(charts.seats(2500, 5000))) == ["50.00"]


def test_marks_and_patterns_go_by_the_place_on_the_ballot() -> None:
    assert [fill for fill in charts.FILLS if f'id="cut-{fill}"' in charts.patterns()] == ["a", "b", "c", "d", "e"]
    assert ("fill-b" in charts.mark("B"), "fill-d" in charts.mark("B", 3)) == (True, True)


def test_text_width_is_wider_for_wider_letters() -> None:
    assert text_width("iii") < text_width("nnn") < text_width("MMM")
