"""The numeric reveal: one dot a person, flags that never hide one another, nothing before its phase."""

import re
from dataclasses import replace
from itertools import product
from xml.etree import ElementTree as ET

import pytest

from eventkit.web.dots import Dots, draw, note
from eventkit.web.flags import PHONE, SCREEN, Flag, Surface
from eventkit.web.ranges import Figure

GUESSES = ((10, 1), (20, 2), (50, 6), (55, 3), (80, 3), (100, 1))
ROOM = Flag("Our middle guess", "55", 55)
NATIONAL = Figure(Flag("Scotland", "over 84", 84), 79, 88, "over")
LOCAL = Figure(Flag("Fife", "69", 69), 60, 75, "under")
WHOLE = Dots(GUESSES, 0, 100, "{}", ROOM, (40, 70), NATIONAL, LOCAL, local_space=True, gap="29 too low")
BARE = replace(WHOLE, room=None, quartiles=None, national=None, local=None, gap="")
FLAG = r'<svg x="([\d.]+)%" overflow="visible"><rect class="{}[ \w-]*" x="(-?[\d.]+)em" width="([\d.]+)em"'


def flag(kind: str, drawn: str, width: float) -> tuple[float, float]:
    """Left and right edge of a flag in em, on a drawing `width` em wide."""
    found = re.search(FLAG.format(kind), drawn)
    assert found
    left = float(found[1]) * width / 100 + float(found[2])
    return left, left + float(found[3])


def pole(kind: str, drawn: str, width: float) -> float:
    found = re.search(rf'<line class="{kind}" x1="([\d.]+)%"', drawn)
    assert found
    return float(found[1]) * width / 100


def classes(drawn: str) -> set[str]:
    return {word for found in re.findall(r'class="([^"]*)"', drawn) for word in found.split()}


@pytest.mark.parametrize("surface", [SCREEN, PHONE])
@pytest.mark.parametrize("names", [("Scotland", "{:g}"), ("United Kingdom", "over {:g} %"), ("Fife", "{:g},000")])
def test_flags_keep_apart_and_the_figure_on_its_pole_however_wide(surface: Surface, names: tuple[str, str]) -> None:
    place, number = names
    values = (0, 1, 2, 20, 49, 50, 51, 80, 99, 100)
    for room, figure in product(values, values):
        dots = replace(
            WHOLE,
            room=Flag("Our middle guess", f"{room:g}", room),
            national=Figure(Flag(place, number.format(figure), figure)),
        )
        for width in (surface.width, surface.width * 1.3):
            above = str(draw(dots, surface)).split('<svg class="field')[0]
            ours, theirs = flag("ours-flag", above, width), flag("figure-flag", above, width)
            assert ours[1] <= theirs[0] + 0.03 or ours[0] >= theirs[1] - 0.03
            assert theirs[0] - 0.03 <= pole("figure", above, width) <= theirs[1] + 0.03
            assert min(ours[0], theirs[0]) >= -0.03
            assert max(ours[1], theirs[1]) <= width + 0.03
            attached = ours[0] - 0.03 <= pole("ours", above, width) <= ours[1] + 0.03
            assert attached != ("leader" in classes(above))


def test_flags_that_touch_get_an_edge() -> None:
    equal = replace(WHOLE, national=Figure(Flag("Scotland", "55", 55)), gap="")
    assert ("seam" in classes(str(draw(equal, SCREEN))), "seam" in classes(str(draw(WHOLE, SCREEN)))) == (True, False)


@pytest.mark.parametrize("surface", [SCREEN, PHONE])
def test_wide_numbers_keep_both_flags(surface: Surface) -> None:
    dots = Dots(
        ((1000, 9), (500000, 9)),
        0,
        1_252_000,
        room=Flag("Our middle guess", "100,000", 100000),
        national=Figure(Flag("United Kingdom", "over 1,250,000", 1_252_000), open_end="over"),
    )
    drawn = str(draw(dots, surface))
    assert (">100,000<" in drawn, ">over 1,250,000<" in drawn, ">United Kingdom<" in drawn) == (True, True, True)


@pytest.mark.parametrize("surface", [SCREEN, PHONE])
@pytest.mark.parametrize("counts", [(), ((5, 1),), GUESSES, ((50, 20),), ((1.25, 3), (1000, 2), (-999, 1))])
def test_each_person_is_one_mark(surface: Surface, counts: tuple[tuple[float, int], ...]) -> None:
    drawn = str(draw(replace(BARE, counts=counts), surface))
    assert drawn.count('class="person"') == sum(votes for _value, votes in counts)


def test_columns_are_as_high_as_their_counts() -> None:
    drawn = str(draw(replace(BARE, counts=((10, 50), (20, 100), (30, 25))), SCREEN))
    assert re.findall(r'class="column"[^>]* height="([\d.]+)%"', drawn) == ["40.00", "80.00", "20.00"]
    assert re.findall(r"<tspan>([\d,]+)</tspan>", drawn) == ["100"]


@pytest.mark.parametrize(
    ("changed", "absent"),
    [
        ({"national": None}, {"figure", "figure-flag", "band", "gap-line", "gap-words"}),
        ({"local": None}, {"local", "local-flag", "whisker"}),
        ({"gap": ""}, {"gap-line", "gap-words", "gap-head"}),
        ({"quartiles": None}, {"half"}),
        ({"room": None}, {"ours", "ours-flag", "gap-line"}),
    ],
)
def test_nothing_is_drawn_before_its_phase(changed: dict[str, None], absent: set[str]) -> None:
    whole, without = (classes(str(draw(each, SCREEN))) for each in (WHOLE, replace(WHOLE, **changed)))
    assert (absent <= whole | {"gap-words"}, absent & without) == (True, set())


def test_a_later_figure_inside_the_range_moves_nobody() -> None:
    before, after = (
        re.findall(r'<svg class="stack" x="[\d.]+%"', str(draw(each, SCREEN))) for each in (BARE, replace(WHOLE))
    )
    assert before == after


def test_local_space_is_kept_before_the_local_figure() -> None:
    kept = [draw(replace(BARE, local_space=space), SCREEN) for space in (True, False)]
    assert ["with-flag" in drawn for drawn in kept] == [True, False]


def test_national_comes_from_above_and_local_from_below() -> None:
    above, rest = str(draw(WHOLE, SCREEN)).split('<svg class="field')
    field, below = rest.split('<svg class="below')
    assert ["figure-flag" in classes(above), {"figure", "band"} <= classes(field)] == [True, True]
    assert {"local-flag", "whisker", "half", "tick"} <= classes(below)
    assert {"local", "local-flag", "whisker"} & (classes(above) | classes(field)) == set()


@pytest.mark.parametrize(("open_end", "points"), [("over", [True]), ("under", [False]), ("", [])])
def test_an_open_end_points_where_the_true_number_lies(open_end: str, points: list[bool]) -> None:
    drawn = str(draw(replace(WHOLE, national=Figure(NATIONAL.flag, open_end=open_end), local=None), SCREEN))
    assert [float(x) > 0 for x in re.findall(r'class="open-shaft" x1="0" x2="(-?[\d.]+)em"', drawn)] == points


def test_a_range_reaches_from_its_lower_to_its_upper_end() -> None:
    drawn = str(draw(WHOLE, SCREEN))
    found = re.search(r'class="band" x="([\d.]+)%" width="([\d.]+)%"', drawn)
    ticks = {text: float(x) for x, text in re.findall(r'class="mid" x="([\d.]+)%" y="1.5em">(\d+)<', drawn)}
    assert found
    per_one = (ticks["100"] - ticks["0"]) / 100
    assert [float(each) for each in found.groups()] == [
        pytest.approx(ticks["0"] + 79 * per_one, abs=0.02),
        pytest.approx(9 * per_one, abs=0.02),
    ]


def test_a_range_with_one_end_goes_from_the_figure() -> None:
    assert Figure(Flag("x", "84", 84), lower=80).ends == (80, 84)
    assert Figure(Flag("x", "84", 84)).ends == ()


@pytest.mark.parametrize(("room", "figure"), [(55, 84), (84, 20)])
def test_the_gap_runs_from_the_room_to_the_figure(room: float, figure: float) -> None:
    dots = replace(WHOLE, room=Flag("Us", "1", room), national=Figure(Flag("UK", "2", figure)), gap="29 off")
    drawn = str(draw(dots, SCREEN))
    found = re.search(r'class="gap-line" x1="([\d.]+)%" x2="([\d.]+)%"', drawn)
    assert found
    ends = [float(each) * 0.34 for each in found.groups()]
    assert ends == [pytest.approx(pole(kind, drawn, 34), abs=0.01) for kind in ("ours", "figure")]
    assert ("29 off" in drawn, "M0 0l7" in drawn) == (True, room < figure)


@pytest.mark.parametrize(
    ("moving", "moved"),
    [("room", {"grow", "settle"}), ("national", {"slide"}), ("local", {"settle"}), ("", set())],
)
def test_only_what_has_just_come_moves(moving: str, moved: set[str]) -> None:
    drawn = str(draw(replace(WHOLE, moving=moving), SCREEN))
    assert set(re.findall(r"\b(?:grow|settle|slide)\b", drawn)) == moved


def test_note_explains_the_dots_and_the_bar() -> None:
    assert note(WHOLE, SCREEN) == (
        "Each dot is one of n = 16 guesses. The bar under the axis holds the middle half of them."
    )
    assert note(replace(WHOLE, quartiles=(50, 50)), SCREEN) == "Each dot is one of n = 16 guesses."
    assert note(replace(BARE, counts=()), SCREEN) == ""


@pytest.mark.parametrize("surface", [SCREEN, PHONE])
def test_drawing_escapes_words_and_holds_no_style(surface: Surface) -> None:
    hostile = '<img src=x onerror="alert(1)">&'
    dots = replace(
        WHOLE,
        form=hostile + "{}",
        room=Flag(hostile, "5", 5),
        national=Figure(Flag("UK", hostile[:4], 90)),
        local=Figure(Flag(hostile, hostile, 50)),
        gap=hostile[:5],
    )
    parsed = ET.fromstring(f"<svg>{draw(dots, surface)}</svg>")
    assert [element.tag for element in parsed.iter() if element.tag == "img"] == []
    assert [element for element in parsed.iter() if {"style", "onerror"} & set(element.attrib)] == []
