"""Answers that are numbers, on their own scale, so that a gap is a distance: bars, the room's flag, published figures.

Three drawings above each other: flags, bars, labels. National figures come from above the axis, local ones from below,
so two equal figures never hide each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from eventkit.web.charts import FILLS
from eventkit.web.flags import Flag, Surface, arranged, local_flag, pole, sliding
from eventkit.web.scale import Scale, text_width


@dataclass(frozen=True)
class Bar:
    """An answer on the scale; `fill` is its place on the ballot from 0, `percent` "" where n is too small."""

    fill: int
    letter: str
    text: str
    value: float
    votes: str
    percent: str
    share: float  # of the longest bar, from 0 to 1


@dataclass(frozen=True)
class Plot:
    """All that is drawn. `moving` is what has just come: "room", "national", "local" or ""."""

    bars: Sequence[Bar]
    scale: Scale
    room: Flag | None = None
    national: Flag | None = None
    local: Flag | None = None
    local_space: bool = False
    moving: str = ""


def label_width(bar: Bar, surface: Surface) -> float:
    """The room that an answer's label takes below the axis, in em."""
    if surface.label_beside:
        counted = text_width(f"{bar.votes} {bar.percent}")
        return max(1.42 * (text_width(bar.text, serif=True) + 1.3), counted)
    return max(1.25 * text_width(bar.text, serif=True), text_width(bar.votes), text_width(bar.percent))


def draw(plot: Plot, surface: Surface) -> Markup:
    """The three drawings of a plot, for a figure of class "plot"."""
    return Markup("{}{}{}").format(_above(plot, surface), _field(plot), _below(plot, surface))


def _above(plot: Plot, surface: Surface) -> Markup:
    room, national = arranged(plot.scale, plot.room, plot.national, surface)
    drawn = Markup()
    if plot.room and room:
        drawn += Markup('<g class="{}">{}</g>').format("settle" if plot.moving == "room" else "", room)
    if plot.national:
        drawn += _coming(plot, pole("figure", plot.scale.place(plot.national.value)) + national)
    return Markup('<svg class="above">{}</svg>').format(drawn)


def _field(plot: Plot) -> Markup:
    drawn = Markup().join(_bar(plot, bar) for bar in plot.bars)
    if plot.national:
        at = plot.scale.place(plot.national.value)
        drawn += _coming(plot, pole("casing", at) + pole("figure", at))
    return Markup('<svg class="field">{}<line class="base" x1="0" x2="100%" y1="100%" y2="100%"/></svg>').format(drawn)


def _below(plot: Plot, surface: Surface) -> Markup:
    labels = Markup().join(_label(plot, bar, surface) for bar in plot.bars)
    kind = "below with-flag" if plot.local_space else "below"
    return Markup('<svg class="{}">{}{}</svg>').format(kind, _local(plot, surface), labels)


def _bar(plot: Plot, bar: Bar) -> Markup:
    if not bar.share:
        return Markup()
    places = sorted(plot.scale.place(each.value) for each in plot.bars)
    width = min(9.0, 0.62 * min(second - first for first, second in pairwise(places)))
    return Markup(
        '<rect class="up{}" fill="url(#cut-{})" x="{:.2f}%" y="{:.2f}%" width="{:.2f}%" height="{:.2f}%"/>'
    ).format(
        " grow" if plot.moving == "room" else "",
        FILLS[bar.fill % len(FILLS)],
        plot.scale.place(bar.value) - width / 2,
        100 - 100 * bar.share,
        width,
        100 * bar.share,
    )


def _label(plot: Plot, bar: Bar, surface: Surface) -> Markup:
    at = f"{plot.scale.place(bar.value):.2f}%"
    answer = f"{bar.letter}\u2002{bar.text}" if surface.label_beside else bar.text
    settle = "settle" if plot.moving == "room" else ""
    beside = Markup(" {}").format(bar.percent) if surface.label_beside else ""
    drawn = Markup(
        '<text class="mid answer" x="{0}" y="{1}">{2}</text><text class="mid count {3}" x="{0}" y="{4}">'
        "<tspan>{5}</tspan>{6}</text>"
    ).format(at, "1em" if surface.label_beside else "1.15em", answer, settle, "2.75em", bar.votes, beside)
    if not surface.label_beside and bar.percent:
        drawn += Markup('<text class="mid count {}" x="{}" y="4em">{}</text>').format(settle, at, bar.percent)
    return drawn


def _local(plot: Plot, surface: Surface) -> Markup:
    if plot.local is None:
        return Markup()
    drawn = local_flag(plot.local, plot.scale, 3.2 if surface.label_beside else 4.5, surface)
    return Markup('<g class="{}">{}</g>').format("settle" if plot.moving == "local" else "", drawn)


def _coming(plot: Plot, drawn: Markup) -> Markup:
    """A figure that has just come slides along the axis from the room's answer."""
    if plot.moving != "national" or plot.national is None:
        return drawn
    begin = plot.scale.place(plot.room.value) if plot.room else None
    return sliding(drawn, begin, plot.scale.place(plot.national.value))
