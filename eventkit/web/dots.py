"""Guesses on their axis: a dot for each person, the room's middle guess, published figures with their ranges.

Three drawings above each other: flags, dots, axis. National figures come from above, local ones from below, so two
equal figures never hide each other. Values come plain, words translated; nothing is drawn that was not handed over.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from eventkit.web import people, poles, ranges
from eventkit.web.axis import LEAST_MARGIN, Axis, axis, limits
from eventkit.web.flags import Flag, Surface, local_flag, pole, sliding
from eventkit.web.language import gettext as _
from eventkit.web.ranges import Figure
from eventkit.web.stacks import Stacks, described, stacks

BEYOND_MARGIN = 2.6  # em beside the ends where guesses lie beyond them
LOCAL_TOP = 2.6  # em from the axis to the local flag
RANGE_TOP = 2.05  # to the local range, between the ticks' numbers and the flag


@dataclass(frozen=True)
class Dots:
    """All that is drawn at one phase.

    `counts` are guesses with their votes, in any order; `low` and `high` the plan's range. `form` writes a number of
    the axis ("{} %"). `gap` are the arrow's words, "" before the gap is told. `moving` is what has just come: "room",
    "national", "local" or "".
    """

    counts: Sequence[tuple[float, int]]
    low: float | None = None
    high: float | None = None
    form: str = "{}"
    room: Flag | None = None
    quartiles: tuple[float, float] | None = None
    national: Figure | None = None
    local: Figure | None = None
    local_space: bool = False
    gap: str = ""
    moving: str = ""


def draw(dots: Dots, surface: Surface) -> Markup:
    """The three drawings, for a figure of class "plot"."""
    line = _axis(dots, surface)
    held = stacks(dots.counts, line, surface.width)
    return _above(dots, line, surface) + _field(dots, line, held, surface) + _below(dots, line, surface)


def note(dots: Dots, surface: Surface) -> str:
    """What a dot and the bar under the axis stand for on this surface, in sentences; "" where neither is drawn."""
    held = stacks(dots.counts, _axis(dots, surface), surface.width)
    half = _("The bar under the axis holds the middle half of them.") if _has_half(dots) else ""
    return " ".join(sentence for sentence in (described(held, dots.form), half) if sentence)


def _axis(dots: Dots, surface: Surface) -> Axis:
    firm = [*(dots.quartiles or ()), *([dots.room.value] if dots.room else [])]
    for figure in (dots.national, dots.local):
        firm += [] if figure is None else [figure.flag.value, *figure.ends]
    planned = None if dots.low is None or dots.high is None else (dots.low, dots.high)
    guesses = [value for value, votes in dots.counts if votes]
    low, high = limits(planned, firm, guesses)
    crowded = any(not low <= guess <= high for guess in guesses)
    return axis(low, high, surface.width, dots.form, BEYOND_MARGIN if crowded else LEAST_MARGIN)


def _above(dots: Dots, line: Axis, surface: Surface) -> Markup:
    published = dots.national.flag if dots.national else None
    ours, theirs = poles.hang(line.scale, dots.room, published, surface)
    drawn = Markup()
    if ours and theirs:
        drawn += poles.arrow(dots.gap, ours, theirs, line.scale)
    if theirs:
        shown = pole("figure", line.scale.place(theirs.flag.value))
        drawn += _coming(dots, line, shown + poles.drawn("figure-flag", theirs, ours, line.scale))
    if dots.room:
        shown = _ours(line.scale.place(dots.room.value), f"{surface.flag_height}em")
        shown += poles.drawn("ours-flag", ours, theirs, line.scale) if ours else Markup()
        drawn += _settling("room", dots, shown)
    return Markup('<svg class="above guesses">{}</svg>').format(drawn)


def _field(dots: Dots, line: Axis, held: Stacks, surface: Surface) -> Markup:
    """Dots lie over the poles and let them show between; columns would hide them."""
    standing = _figure(dots, line)
    if dots.room:
        standing += _settling("room", dots, _ours(line.scale.place(dots.room.value), "0"))
    rising = Markup('<g class="{}">{}</g>').format(
        "up grow" if dots.moving == "room" else "up", people.people(held, line, surface)
    )
    drawn = standing + rising if held.dots else rising + standing
    drawn += _settling("room", dots, people.count(held, line, surface))
    if dots.national:
        drawn += _coming(dots, line, ranges.open_end(dots.national, line.scale, 1.0))
    return Markup(
        '<svg class="field guesses">{}<line class="base" x1="0" x2="100%" y1="100%" y2="100%"/></svg>'
    ).format(drawn)


def _figure(dots: Dots, line: Axis) -> Markup:
    if dots.national is None:
        return Markup()
    at = line.scale.place(dots.national.flag.value)
    return _coming(dots, line, ranges.band(dots.national, line.scale) + pole("casing", at) + pole("figure", at))


def _below(dots: Dots, line: Axis, surface: Surface) -> Markup:
    drawn = Markup()
    if _has_half(dots) and dots.quartiles:
        begin, end = (line.scale.place(each) for each in dots.quartiles)
        drawn += _settling("room", dots, ranges.half(begin, end))
    if dots.local:
        shown = local_flag(dots.local.flag, line.scale, LOCAL_TOP, surface)
        extent = ranges.whisker(dots.local, line.scale, RANGE_TOP) + ranges.open_end(dots.local, line.scale, RANGE_TOP)
        drawn += _settling("local", dots, shown + extent)
    drawn += Markup().join(_tick(line.scale.place(tick.value), tick.text) for tick in line.ticks)
    kind = "below guesses with-flag" if dots.local_space else "below guesses"
    return Markup('<svg class="{}">{}</svg>').format(kind, drawn)


def _tick(at: float, text: str) -> Markup:
    return Markup(
        '<line class="tick" x1="{at:.2f}%" x2="{at:.2f}%" y1="0" y2=".42em"/><text class="mid" x="{at:.2f}%" y="1.5em">'
        "{}</text>"
    ).format(text, at=at)


def _ours(at: float, top: str) -> Markup:
    return Markup('<line class="ours" x1="{at:.2f}%" x2="{at:.2f}%" y1="{}" y2="100%"/>').format(top, at=at)


def _settling(what: str, dots: Dots, drawn: Markup) -> Markup:
    """In a group that settles if this has just come; nothing stays nothing."""
    return Markup('<g class="settle">{}</g>').format(drawn) if drawn and dots.moving == what else drawn


def _coming(dots: Dots, line: Axis, drawn: Markup) -> Markup:
    """A figure that has just come slides along the axis from the room's answer."""
    if not drawn or dots.moving != "national" or dots.national is None:
        return drawn
    begin = line.scale.place(dots.room.value) if dots.room else None
    return sliding(drawn, begin, line.scale.place(dots.national.flag.value))


def _has_half(dots: Dots) -> bool:
    return dots.quartiles is not None and dots.quartiles[0] < dots.quartiles[1]
