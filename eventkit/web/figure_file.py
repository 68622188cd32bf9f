"""A reveal as one picture file for a report: question, chart, conclusion, who was counted, sources, event.

Self-contained SVG of 1600 × 900 units: no script, no style element, nothing from elsewhere, and every word written in
lines that keep within it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from markupsafe import Markup

from eventkit.web.charts import patterns
from eventkit.web.figure_charts import Chart, hand
from eventkit.web.paint import paint, tokens
from eventkit.web.wrapping import LEADING, Hand, lines, written

WIDTH, HEIGHT, MARGIN, GAP = 1600, 900, 60, 26
LEAST_CHART = 380.0  # units of height, which the words give way to
SMALLER, SMALLEST = 0.95, 0.3
# What XML cannot hold. Never composed with its neighbours (NFC) here: that would join an accent to a tag's end.
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class FigureFile:
    """What stands in the file. `event` is its title and date; `label` tells the chart in words, for its description."""

    question: str
    event: str
    chart: Chart
    sentence: str
    notes: Sequence[str]
    sources: Sequence[str]
    label: str


@dataclass(frozen=True)
class Block:
    """Words in lines, with their size and letters."""

    text: list[str]
    size: float
    letters: Hand

    @property
    def height(self) -> float:
        """What it takes, with the gap above it; nothing where there are no words."""
        return len(self.text) * self.size * LEADING + GAP * 0.5 if self.text else 0.0


def standalone(figure: FigureFile) -> str:
    """The file's text, valid XML whatever people typed."""
    size = 1.0
    top, under = _blocks(figure, size)
    while _left(top, under) < LEAST_CHART and size > SMALLEST:
        size *= SMALLER
        top, under = _blocks(figure, size)
    begin = MARGIN + top.height + GAP * 0.5
    drawn = _placed([top], MARGIN - GAP * 0.5)
    drawn += Markup('<svg x="{}" y="{:.1f}" width="{}" height="{:.1f}" overflow="visible">{}</svg>').format(
        MARGIN, begin, WIDTH - 2 * MARGIN, _left(top, under), figure.chart(WIDTH - 2 * MARGIN, _left(top, under))
    )
    drawn += _placed(under, HEIGHT - MARGIN - sum(block.height for block in under))
    return _document(figure, drawn)


def _blocks(figure: FigureFile, size: float) -> tuple[Block, list[Block]]:
    """What stands above the chart, and what below it."""
    bold, quiet = hand(serif=True, bold=True), hand(colour="quiet")
    under = [
        _block([figure.sentence], 36 * size, bold),
        _block([" ".join(figure.notes)], 24 * size, quiet),
        _block(figure.sources, 24 * size, quiet),
        _block([figure.event], 24 * size, hand(bold=True, colour="quiet")),
    ]
    return _block([figure.question], 44 * size, bold), under


def _block(texts: Sequence[str], size: float, letters: Hand) -> Block:
    width = (WIDTH - 2 * MARGIN) / size
    broken = [line for text in texts for line in lines(text, width, serif=letters.serif)]
    return Block(broken, size, letters)


def _left(top: Block, under: Sequence[Block]) -> float:
    return HEIGHT - 2 * MARGIN - top.height - sum(block.height for block in under) - 1.5 * GAP


def _placed(blocks: Sequence[Block], top: float) -> Markup:
    drawn = Markup()
    for block in blocks:
        drawn += written(block.text, MARGIN, top + GAP * 0.5, block.size, block.letters, WIDTH - 2 * MARGIN)
        top += block.height
    return drawn


def _document(figure: FigureFile, drawn: Markup) -> str:
    shell = Markup(
        '<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" font-family="{family}">'
        "<title>{title}</title><desc>{label}</desc>"
        '<rect width="{width}" height="{height}" fill="{paper}"/>{patterns}{drawn}</svg>'
    ).format(
        width=WIDTH,
        height=HEIGHT,
        family=tokens()["sans"],
        title=figure.question,
        label=figure.label,
        paper=tokens()["paper"],
        patterns=patterns(),
        drawn=drawn,
    )
    root = ET.fromstring(NO_XML.sub("", shell))  # noqa: S314 -- our own drawing, every typed word escaped
    paint(root)
    root.set("xmlns", "http://www.w3.org/2000/svg")
    return ET.tostring(root, encoding="unicode")
