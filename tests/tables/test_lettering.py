"""Words on cards: whatever somebody is called, the letters stay on the card."""

import re

import pytest

from eventkit.tables.lettering import lettered
from eventkit.web.scale import text_width

TEXT = re.compile(r'<text x="([\d.]+)" y="([\d.]+)" font-size="([\d.]+)"[^>]*>([^<]*)</text>')
ASCENT = 0.92  # of the size, above the baseline
NAMES = (
    "Ng",
    "Ana Ortiz",
    "Ana-Sofía de la Concepción y Martínez",
    "Wolfeschlegelsteinhausenbergerdorff",
    "欧阳娜娜",
    "محمد عبد الرحمن",
    "w" * 400,
    " ".join(["of"] * 200),
)


def drawn(name: str, width: float = 91, height: float = 34, most: float = 14) -> list[tuple[float, float, str]]:
    """Baseline, size and words of each line."""
    found = TEXT.findall(lettered(name, width, height, most))
    return [(float(y), float(size), words) for _x, y, size, words in found]


@pytest.mark.parametrize("name", NAMES)
def test_every_letter_stands_on_the_card(name: str) -> None:
    lines = drawn(name)
    assert "".join("".join(words.split()) for _y, _size, words in lines) == "".join(name.split())
    assert [words for _y, size, words in lines if text_width(words) * size > 91 + 0.01] == []
    assert min(y - ASCENT * size for y, size, _words in lines) >= -0.1
    assert max(y for y, _size, _words in lines) <= 34


def test_short_name_is_as_large_as_it_may_be() -> None:
    assert [(size, words) for _y, size, words in drawn("Ng Y")] == [(14.0, "Ng Y")]


def test_name_is_made_smaller_before_a_word_is_broken() -> None:
    assert [words for _y, _size, words in drawn("Margaret Pittendreigh")] == ["Margaret", "Pittendreigh"]


def test_wide_letters_are_given_their_room() -> None:
    ((_y, size, _words),) = drawn("欧阳娜娜欧阳娜娜", height=16, most=16)
    assert size * 8 <= 91


def test_text_is_text_whatever_is_in_it() -> None:
    assert "&lt;b&gt;" in lettered("<b>", 91, 34, 14)
