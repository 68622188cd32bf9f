"""Words of a picture that cannot wrap by themselves: broken into lines, made smaller until they fit, and written."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from eventkit.web.scale import text_width

LEADING = 1.2  # of the size, from line to line
SMALLER = 0.95


@dataclass(frozen=True)
class Hand:
    """How words are written: family, colour, weight, and the side that `x` names ("start", "middle", "end")."""

    family: str
    colour: str
    serif: bool = False
    bold: bool = False
    anchor: str = "start"


def lines(text: str, width: float, *, serif: bool = False) -> list[str]:
    """The text in lines of at most `width` em; a word that is longer than a line is broken."""
    found: list[str] = []
    for word in _short_words(text, width, serif=serif):
        joined = f"{found[-1]} {word}" if found else word
        if found and text_width(joined, serif=serif) <= width:
            found[-1] = joined
        else:
            found.append(word)
    return found


def fitted(text: str, width: float, height: float, size: float, *, serif: bool = False) -> tuple[float, list[str]]:
    """The text in lines within `width` and `height`, and their size: `size`, or as much smaller as it takes."""
    broken = lines(text, width / size, serif=serif)
    while len(broken) * size * LEADING > height and size > 1:
        size *= SMALLER
        broken = lines(text, width / size, serif=serif)
    return size, broken


def alike(texts: Sequence[str], width: float, height: float, size: float, *, serif: bool = False) -> float:
    """The size at which each text fits by itself, so that neighbours are written alike."""
    return min((fitted(text, width, height, size, serif=serif)[0] for text in texts), default=size)


def written(text: list[str], x: float, y: float, size: float, hand: Hand, width: float = 0.0) -> Markup:
    """Lines below each other, the top of the first at `y`; those of a right-to-left script at the end of `width`."""
    leftward = hand.anchor == "start" and width > 0 and _leftward(" ".join(text))
    drawn = Markup()
    for number, line in enumerate(text):
        drawn += Markup(
            '<text x="{:.1f}" y="{:.1f}" font-size="{:.2f}" font-family="{}" fill="{}"{}{}{}>{}</text>'
        ).format(
            x + width if leftward else x,
            y + (number * LEADING + 0.92) * size,
            size,
            hand.family,
            hand.colour,
            Markup(' font-weight="700"') if hand.bold else "",
            Markup(' text-anchor="{}"').format(hand.anchor) if hand.anchor != "start" else "",
            Markup(' direction="rtl"') if leftward else "",
            line,
        )
    return drawn


def _short_words(text: str, width: float, *, serif: bool) -> list[str]:
    words = []
    for word in text.split():
        rest = word
        while text_width(rest, serif=serif) > width and len(rest) > 1:
            most = max(1, _letters(rest, width, serif=serif))
            words.append(rest[:most])
            rest = rest[most:]
        words.append(rest)
    return words


def _letters(word: str, width: float, *, serif: bool) -> int:
    return sum(text_width(word[: count + 1], serif=serif) <= width for count in range(len(word)))


def _leftward(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left (Unicode's rule P2)."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((direction for direction in directions if direction in {"L", "R", "AL"}), "L") != "L"
