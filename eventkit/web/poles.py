"""The flags of a dot plot: each hangs from its own pole, away from the other, and an arrow tells the gap.

In a bar chart the room's flag floats over its bar (`flags.arranged`); among dots only the pole shows where it belongs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from eventkit.web.flags import GAP, Flag, Surface, flag, flag_width, hung
from eventkit.web.scale import Scale, text_width

ARROW = 1.6  # em that a readable arrow takes at least, with its head
CLEAR = 0.15  # em between its tip and the flag
SEAM = 0.1  # em; flags that are closer get an edge
SMALL = 1.35  # em of the numbers where flags are too wide; that of the local flag
ROOMY = 1.18  # times the narrowest drawing: a projector of 16:10, a phone of 375 px


@dataclass(frozen=True)
class Hanging:
    """A flag on its pole: the pole at `at`, the flag from `left` to `right`, in em of the narrowest drawing."""

    flag: Flag
    at: float
    left: float
    right: float
    surface: Surface

    @property
    def attached(self) -> bool:
        """Whether the flag touches its pole; else a line leads there."""
        return self.left - 0.01 <= self.at <= self.right + 0.01


def hang(
    scale: Scale, room: Flag | None, national: Flag | None, surface: Surface
) -> tuple[Hanging | None, Hanging | None]:
    """The room's flag and the national one, side by side.

    The national flag is always on its pole. Where both are too wide, their numbers become smaller, or the room's gives
    up its name, or both; None for the room where not even that fits.
    """
    small = replace(surface, number_size=SMALL, number_class="local-number")
    for shown in (room, Flag("", room.number, room.value)) if room else ():
        for each in (surface, small):
            both = _side_by_side(shown, national, scale, each)
            if both:
                return both
    return None, next(_hung(national, scale, surface), None) if national else None


def drawn(kind: str, hanging: Hanging, other: Hanging | None, scale: Scale) -> Markup:
    """A flag of class `kind`; where it could not hang on its pole, it stays beside the other and a line leads there."""
    if other and (abs(hanging.left - other.right) < SEAM or abs(hanging.right - other.left) < SEAM):
        kind += " seam"
    if hanging.attached or other is None:
        return flag(kind, hanging.flag, scale, hanging.left - hanging.at, hanging.surface)
    # Beyond the other flag it is measured from the other's pole, or a wider drawing would push one over the other.
    base = other if (hanging.left > other.left) != (hanging.at > other.at) else hanging
    edge = (hanging.left if hanging.left > hanging.at else hanging.right) - base.at
    moved = Flag(hanging.flag.name, hanging.flag.number, base.flag.value)
    return flag(kind, moved, scale, hanging.left - base.at, hanging.surface) + Markup(
        '<line class="leader" x1="{home:.2f}%" x2="{at:.2f}%" y1="{y}em" y2="{y}em"/><svg x="{at:.2f}%"'
        ' overflow="visible"><line class="leader" x1="0" x2="{edge:.2f}em" y1="{y}em" y2="{y}em"/></svg>'
    ).format(
        home=scale.place(hanging.flag.value),
        at=scale.place(base.flag.value),
        edge=edge,
        y=hanging.surface.flag_height + 0.1,
    )


def arrow(words: str, ours: Hanging, theirs: Hanging, scale: Scale) -> Markup:
    """The way from the room's pole to the figure's with its words; what does not fit between the flags is left out."""
    near, far = sorted((ours, theirs), key=lambda each: each.at)
    free, rightwards = far.left - near.right, near is ours
    if not words or not ours.attached or free < ARROW:
        return Markup()
    begin, end, y = scale.place(ours.flag.value), scale.place(theirs.flag.value), ours.surface.flag_height * 0.74
    tip = theirs.left - theirs.at - CLEAR if rightwards else theirs.right - theirs.at + CLEAR
    shown = Markup(
        '<line class="gap-line" x1="{:.2f}%" x2="{:.2f}%" y1="{y:.2f}em" y2="{y:.2f}em"/>'
        '<svg x="{:.2f}%" overflow="visible">{}{}</svg>'
    ).format(begin, end, end, _cleared(tip, y, rightwards), head("gap-head", tip, y, rightwards), y=y)
    extra = (ROOMY - 1) * ours.surface.width * abs(end - begin) / 100
    needed = 1.05 * text_width(words) + 0.3
    if needed > free + extra:
        return shown
    kind = "mid gap-words" if needed <= free else "mid gap-words roomy"
    offset = (near.right - near.at + far.left - far.at) / 2
    return shown + Markup(
        '<svg x="{:.2f}%" overflow="visible"><text class="{}" x="{:.2f}em" y="{:.2f}em">{}</text></svg>'
    ).format((begin + end) / 2, kind, offset, y - 0.6, words)


def head(kind: str, tip: float, y: float, rightwards: bool) -> Markup:
    """The head of an arrow whose tip is at `tip`, both in em; it has a viewBox, because a path knows no em."""
    return Markup(
        '<svg class="{}" x="{:.2f}em" y="{:.2f}em" width=".7em" height=".8em" viewBox="0 0 7 8"><path d="{}"/></svg>'
    ).format(kind, tip - 0.7 if rightwards else tip, y - 0.4, "M0 0l7 4-7 4z" if rightwards else "M7 0l-7 4 7 4z")


def _cleared(tip: float, y: float, rightwards: bool) -> Markup:
    """Paper over the end of the line, which runs to the pole, so that the arrow ends at its tip."""
    begin, end = (tip - 0.5, tip + CLEAR) if rightwards else (tip - CLEAR, tip + 0.5)
    return Markup('<line class="gap-clear" x1="{:.2f}em" x2="{:.2f}em" y1="{y:.2f}em" y2="{y:.2f}em"/>').format(
        begin, end, y=y
    )


def _side_by_side(
    room: Flag, national: Flag | None, scale: Scale, surface: Surface
) -> tuple[Hanging, Hanging | None] | None:
    """The best of all ways in which neither covers the other, None where there is none."""
    published = list(_hung(national, scale, surface)) if national else [None]
    both = [(ours, theirs) for theirs in published for ours in _free(room, theirs, scale, surface)]
    return min(both, key=lambda pair: _cost(pair[0], pair[1], surface.width), default=None)


def _hung(shown: Flag, scale: Scale, surface: Surface) -> Iterator[Hanging]:
    """The ways in which a flag can hang on its pole, the usual one first."""
    wide, at = flag_width(shown, surface), scale.place(shown.value) * surface.width / 100
    for start in (hung(at, wide, surface.width), -wide, 0.0, -wide / 2):
        left = min(max(0.0, at + start), max(0.0, surface.width - wide))
        yield Hanging(shown, at, left, left + wide, surface)


def _free(shown: Flag, theirs: Hanging | None, scale: Scale, surface: Surface) -> list[Hanging]:
    """Where the room's flag may be: on its pole, else close to the national one with a line to its pole."""
    ways = list(_hung(shown, scale, surface))
    wide, at = flag_width(shown, surface), ways[0].at
    if theirs is not None:
        edges = (theirs.left - GAP - wide, theirs.right + GAP)
        ways += [Hanging(shown, at, left, left + wide, surface) for left in edges]
    return [way for way in ways if _fits(way, theirs, surface.width)]


def _fits(ours: Hanging, theirs: Hanging | None, width: float) -> bool:
    if ours.left < -0.01 or ours.right > width + 0.01:
        return False
    return theirs is None or ours.right <= theirs.left + 0.01 or ours.left >= theirs.right - 0.01


def _cost(ours: Hanging, theirs: Hanging | None, width: float) -> tuple[bool, float, float]:
    """Off its pole is worst; then how much of the way between the poles is hidden; then the side with less paper."""
    hidden = 0.0
    if theirs is not None:
        low, high = sorted((ours.at, theirs.at))
        hidden = sum(max(0.0, min(high, each.right) - max(low, each.left)) for each in (ours, theirs))
    return not ours.attached, round(hidden, 3), abs(ours.left + ours.right - width)
