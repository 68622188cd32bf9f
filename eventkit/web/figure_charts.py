"""The charts of picture files: plots as they stand on the screen, and answers in rows. Rankings are in `figure_ladder`.

A chart is drawn to the width and height that the words around it leave, in units of the file.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from eventkit.web.charts import FILLS, mark
from eventkit.web.paint import Part, declared, tokens
from eventkit.web.scale import text_width
from eventkit.web.wrapping import LEADING, Hand, alike, fitted, written

Chart = Callable[[float, float], Markup]
LETTERS = 34.0  # the size of a plot's letters; its surface is at least 34 of them wide
LARGEST, TALLEST = 34.0, 150.0  # an answer's letters, and its row
BAR, BESIDE = 0.33, 110.0  # where bars begin, of the width; what a mark and the gaps take before them
PLOT = Part("svg", frozenset({"plot"}))


@dataclass(frozen=True)
class Published:
    """A figure at the end of its row: "Scotland", "84 %"; outlined if it is the local one."""

    name: str
    number: str
    local: bool = False


@dataclass(frozen=True)
class Answer:
    """An answer in a row. `fill` is its place on the ballot from 0, `share` that of the longest bar, from 0 to 1."""

    fill: int
    letter: str
    text: str
    share: float
    votes: str
    percent: str
    published: tuple[Published, ...] = ()


def plotted(drawn: Markup) -> Chart:
    """The three drawings of `plot.draw` or `dots.draw`, for the surface SCREEN."""

    def chart(width: float, height: float) -> Markup:
        above, below = (LETTERS * _height(drawn, kind) for kind in ("above", "below"))
        tops = {"above": (0.0, above), "field": (above, height - above - below), "below": (height - below, below)}
        placed = drawn
        for kind, (top, high) in tops.items():
            start = Markup('<svg y="{:.1f}" width="{:.1f}" height="{:.1f}" class="{}').format(top, width, high, kind)
            placed = Markup(placed.replace(f'<svg class="{kind}', start))  # noqa: S704 -- drawn by plot and dots
        return Markup('<svg class="plot" overflow="visible" font-size="{}">{}</svg>').format(LETTERS, placed)

    return chart


def rows(answers: Sequence[Answer]) -> Chart:
    """Answers in words with their bars, in the order given; a published one is framed and closed by its figure."""

    def chart(width: float, height: float) -> Markup:
        high = min(TALLEST, height / max(1, len(answers)))
        top = (height - high * len(answers)) / 2
        room = (width * BAR - BESIDE, high * 0.9)
        size = alike([answer.text for answer in answers], *room, LARGEST, serif=True)
        drawn = (_row(answer, top + place * high, width, high, size) for place, answer in enumerate(answers))
        return Markup().join(drawn)

    return chart


def hand(*, serif: bool = False, bold: bool = False, colour: str = "ink", anchor: str = "start") -> Hand:
    """Letters of our own type in a colour of the tokens."""
    known = tokens()
    return Hand(known["serif" if serif else "sans"], known[colour], serif, bold, anchor)


def tile(letter: str, fill: int, x: float, middle: float, high: float) -> Markup:
    """An option's mark, `high` units high, its middle at `middle`."""
    return Markup('<svg x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}">{}</svg>').format(
        x, middle - high / 2, high * 32 / 37, high, mark(letter, fill)
    )


def centred(text: str, x: float, middle: float, room: tuple[float, float], size: float, letters: Hand) -> Markup:
    """The text in lines within `room` (width, height), the block's middle at `middle`."""
    fits, broken = fitted(text, room[0], room[1], size, serif=letters.serif)
    return written(broken, x, middle - len(broken) * fits * LEADING / 2, fits, letters, room[0])


def _row(answer: Answer, top: float, width: float, high: float, size: float) -> Markup:
    middle, begin = top + high / 2, width * BAR
    counted = f"{answer.votes} {answer.percent}".rstrip()
    end = width * 0.74 - LARGEST * text_width(counted) - 14
    reach = max(0.0, end - begin) * answer.share
    text_room = (begin - BESIDE, high * 0.9)
    drawn = _frame(answer, top, width, high)
    drawn += tile(answer.letter, answer.fill, 18, middle, min(56.0, high * 0.72))
    drawn += centred(answer.text, BESIDE - 20, middle, text_room, size, hand(serif=True, bold=True))
    drawn += Markup('<rect fill="url(#cut-{})" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
        FILLS[answer.fill % len(FILLS)], begin, middle - high * 0.3, reach, high * 0.6
    )
    return drawn + centred(counted, begin + reach + 14, middle, (width, high), LARGEST, hand(bold=True))


def _frame(answer: Answer, top: float, width: float, high: float) -> Markup:
    known = tokens()
    if not answer.published:
        rule = Markup('<line x1="0" x2="{0:.1f}" y1="{1:.1f}" y2="{1:.1f}" stroke="{2}"/>')
        return rule.format(width, top, known["hair"])
    drawn = Markup(
        '<rect x="3" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="none" stroke="{}" stroke-width="6"/>'
    ).format(top + 5, width - 6, high - 10, known["accent"])
    step = (high - 4) / len(answer.published)
    for place, figure in enumerate(answer.published):
        drawn += _plate(figure, (width * 0.76, top + 2 + place * step, width * 0.24, step))
    return drawn


def _plate(figure: Published, box: tuple[float, float, float, float]) -> Markup:
    x, y, wide, high = box
    known, inset = tokens(), 3 if figure.local else 0
    drawn = Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}"{}/>').format(
        x + inset,
        y + inset,
        wide - 2 * inset,
        high - 2 * inset,
        known["paper" if figure.local else "accent-deep"],
        Markup(' stroke="{}" stroke-width="6" stroke-dasharray="12 7"').format(known["accent-deep"])
        if figure.local
        else "",
    )
    colour = "ink" if figure.local else "paper"
    drawn += centred(figure.name, x + 16, y + high / 2, (wide * 0.46 - 16, high - 12), 26, hand(colour=colour))
    number = hand(bold=True, colour=colour, anchor="end")
    return drawn + centred(figure.number, x + wide - 16, y + high / 2, (wide * 0.52, high - 12), 44, number)


def _height(drawn: Markup, kind: str) -> float:
    """The em that the style sheets give a drawing."""
    found = re.search(rf'<svg class="({kind}[^"]*)"', drawn)
    classes = frozenset(found[1].split()) if found else frozenset({kind})
    return float(declared(Part("svg", classes), (PLOT,))["height"].removesuffix("em"))
