"""The colours of charts, told apart by everybody: on paper, in grey, and with each kind of colour vision.

Contrast is WCAG 2.2's; colour vision is simulated with the matrices of Machado, Oliveira and Fernandes (2009),
severity 1.0, on linear light; distances are CIE 1976 in CIELAB with the white point D65.
"""

import math
from collections.abc import Iterable
from itertools import combinations

import pytest

from eventkit.web.charts import CUTS, FEET, FILLS, mark
from eventkit.web.paint import Part, declared, tokens

Light = tuple[float, float, float]

THEMES = ("light", "dark")
OPTIONS = [f"option-{fill}" for fill in FILLS]
SIGHT = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "achromatopsia": ((0.2126, 0.7152, 0.0722),) * 3,
}
COLOUR_SIGHT = [sight for sight in SIGHT if sight != "achromatopsia"]
APART = 18.0  # delta E between any two options, and between each of them and the accent


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", THEMES)
def test_words_on_a_screen_stand_out_twelve_to_one(theme: str, sight: str) -> None:
    pairs = [("ink", "paper"), ("quiet", "paper"), ("paper", "accent-deep"), ("paper", "ink")]
    assert _weak(tokens(theme), pairs, sight, 12.0) == []


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", THEMES)
def test_words_on_phones_and_desks_stand_out(theme: str, sight: str) -> None:
    pairs = [(word, ground) for word in ("ink", "quiet", "soft", "accent-deep") for ground in ("paper", "wash")]
    assert _weak(tokens(theme), pairs, sight, 4.5) == []


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", THEMES)
def test_bars_lines_and_the_figure_stand_out_from_paper(theme: str, sight: str) -> None:
    pairs = [(name, "paper") for name in (*OPTIONS, "accent", "accent-deep", "line")]
    assert _weak(tokens(theme), pairs, sight, 3.0) == []


@pytest.mark.parametrize("sight", COLOUR_SIGHT)
@pytest.mark.parametrize("theme", THEMES)
def test_options_and_the_accent_differ_from_each_other(theme: str, sight: str) -> None:
    assert _alike(tokens(theme), sight) == []


@pytest.mark.parametrize("sight", COLOUR_SIGHT)
@pytest.mark.parametrize("theme", THEMES)
def test_the_flag_of_the_room_differs_from_the_published_one(theme: str, sight: str) -> None:
    known = tokens(theme)
    assert _distance(_seen(known["ink"], sight), _seen(known["accent-deep"], sight)) >= APART


def test_a_line_over_bars_is_cased_by_paper() -> None:
    """So what stands beside the figure's line is always paper, whatever bar it crosses."""
    figure, casing = (declared(Part("line", frozenset({name}))) for name in ("figure", "casing"))
    assert (figure["stroke"], casing["stroke"]) == (tokens()["accent"], tokens()["paper"])
    assert float(casing["stroke-width"]) >= float(figure["stroke-width"]) + 2 * 3


def test_options_differ_without_any_colour() -> None:
    """By pattern and by letter, which is what is left in grey."""
    assert len({str(CUTS[fill]) for fill in FILLS}) == len({str(FEET[fill]) for fill in FILLS}) == len(FILLS)
    assert [f">{letter}</text>" in mark(letter) for letter in "ABCDE"] == [True] * 5


def test_a_colour_that_is_no_better_than_its_neighbour_is_found() -> None:
    equal_greys = tokens("light") | {"option-b": "#767676", "option-d": "#767676", "soft": "#a0a0a0"}
    assert "option-b and option-d: 0.0" in _alike(equal_greys, "normal")
    assert _weak(equal_greys, [("soft", "paper")], "normal", 4.5) == ["soft on paper: 2.6"]


@pytest.mark.parametrize(
    ("colour", "lab"),
    [("#ffffff", (100.0, 0.0, 0.0)), ("#ff0000", (53.24, 80.09, 67.20)), ("#0000ff", (32.30, 79.19, -107.86))],
)
def test_colours_are_measured_as_published(colour: str, lab: Light) -> None:
    assert _lab(_linear(colour)) == pytest.approx(lab, abs=0.05)


def _weak(known: dict[str, str], pairs: Iterable[tuple[str, str]], sight: str, least: float) -> list[str]:
    seen = [(word, ground, _contrast(known[word], known[ground], sight)) for word, ground in pairs]
    return [f"{word} on {ground}: {found:.1f}" for word, ground, found in seen if found < least]


def _alike(known: dict[str, str], sight: str) -> list[str]:
    seen = {name: _seen(known[name], sight) for name in (*OPTIONS, "accent")}
    apart = {(one, two): _distance(seen[one], seen[two]) for one, two in combinations(seen, 2)}
    return [f"{one} and {two}: {distance:.1f}" for (one, two), distance in apart.items() if distance < APART]


def _distance(first: Light, second: Light) -> float:
    return math.dist(_lab(first), _lab(second))


def _contrast(first: str, second: str, sight: str) -> float:
    lights = sorted(_luminance(_seen(colour, sight)) for colour in (first, second))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _seen(colour: str, sight: str) -> Light:
    light = _linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(part * of for part, of in zip(row, light, strict=True)))) for row in SIGHT[sight]
    )
    return red, green, blue


def _linear(colour: str) -> Light:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def _luminance(light: Light) -> float:
    red, green, blue = light
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _lab(light: Light) -> Light:
    red, green, blue = light
    x = _root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047)
    y = _root(_luminance(light))
    z = _root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(part: float) -> float:
    return part ** (1 / 3) if part > (6 / 29) ** 3 else part / (3 * (6 / 29) ** 2) + 4 / 29
