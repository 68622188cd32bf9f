"""Words on cards, as large as their box holds: drawings in millimetres, because paper cannot scroll. Pure."""

import unicodedata

from markupsafe import Markup

from eventkit.web.scale import text_width
from eventkit.web.wrapping import LEADING, Hand, fitted, written

INK, FAMILY = "#000000", "-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif"
BOLDER, WIDER = 1.08, 1.5  # of the estimated width: bold letters, and those that are as wide as they are high
SMALLEST_WHOLE = 0.4  # of `most`: below that a long word is broken rather than made smaller still


def lettered(
    text: str, width: float, height: float, most: float, *, bold: bool = False, anchor: str = "middle"
) -> Markup:
    """The text as an SVG of `width` × `height` mm; letters are `most` mm high, or as much less as fits.

    It stands in the middle, or with the anchor "start" where its lines begin. A name is not broken within a word while
    its letters can still be read from as far as the others'.
    """
    words = " ".join(text.split())
    room = width / ((BOLDER if bold else 1) * (WIDER if _wide(words) else 1))
    longest = max((text_width(word) for word in words.split()), default=1.0)
    whole = max(min(most, room / longest), most * SMALLEST_WHOLE)
    size, broken = fitted(words, room, height, min(whole, height / LEADING))
    top = (height - len(broken) * size * LEADING) / 2
    left = 0 if anchor == "start" else width / 2
    drawn = written(broken, left, top, size, Hand(FAMILY, INK, bold=bold, anchor=anchor), width)
    svg = Markup('<svg class="lettered" role="img" aria-label="{}" viewBox="0 0 {:g} {:g}">{}</svg>')
    return svg.format(words, width, height, drawn)


def _wide(text: str) -> bool:
    return any(unicodedata.east_asian_width(letter) in "WF" for letter in text)
