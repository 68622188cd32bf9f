"""How large a note's words are on the screen: long ones become smaller in steps, and are cut while they can be read.

Sizes are classes of wall_screen.css, because a page says no style of its own.
"""

import unicodedata
from collections.abc import Sequence

CELL: Sequence[int] = (20, 36)
"""Up to how many characters a cell's words have the sizes 1 and 2; longer ones have 3, the smallest that can be read
from the back of the room."""
SPOTLIGHT: Sequence[int] = (60, 150, 320, 750)
"""The same for a note that has the whole screen; the last size holds the longest note there is."""
IN_CELL, IN_CARD = 150, 90
"""Where words are cut at the latest; wall_screen.css cuts by lines."""


def size(text: str, steps: Sequence[int]) -> int:
    """The size, from 1 on, at which a text fits."""
    width = wide(text)
    return next((number for number, most in enumerate(steps, start=1) if width <= most), len(steps) + 1)


def wide(text: str) -> int:
    """How many letters wide a text is: characters of Chinese, Japanese and Korean, and emoji, take the room of two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def cut(text: str, most: int) -> str:
    """A text in one line, ended with "…" at a space where there is one if it has more than `most` characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    head = line[:most]
    return (head.rpartition(" ")[0] or head).rstrip() + "…"
