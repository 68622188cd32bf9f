"""The flags of an axis: who speaks, and the number they say; poles, the local flag below, and how a figure comes in.

Where a flag hangs is worked out on the narrowest drawing and kept by anchoring it to its own place, so a wider drawing
only moves flags apart.
"""

from dataclasses import dataclass

from markupsafe import Markup

from eventkit.web.scale import Scale, text_width

GAP = 0.6  # em between two flags


@dataclass(frozen=True)
class Surface:
    """Where a plot stands: its least width in em, and the sizes of its flags in em."""

    width: float
    flag_height: float
    number_size: float
    label_beside: bool  # the flag's name beside its number, or above it
    number_class: str = "number"


SCREEN = Surface(width=34, flag_height=2.5, number_size=2.1, label_beside=True)
PHONE = Surface(width=18, flag_height=3.5, number_size=1.9, label_beside=False)


@dataclass(frozen=True)
class Flag:
    """Who speaks and what they say, at a value of the scale."""

    name: str
    number: str
    value: float


def arranged(scale: Scale, room: Flag | None, national: Flag | None, surface: Surface) -> tuple[Markup, Markup]:
    """The room's flag and the national one, side by side: the figure stays at its pole, the room makes way."""
    wide = flag_width(national, surface) if national else 0.0
    at = scale.place(national.value) * surface.width / 100 if national else 0.0
    start = hung(at, wide, surface.width) if national else 0.0
    drawn = Markup()
    for shown in (room, Flag(room.name, "", room.value)) if room else ():
        narrow = flag_width(shown, surface)
        middle = scale.place(shown.value) * surface.width / 100
        best = _side_by_side((middle, narrow), (at, wide) if national else None, surface.width)
        if best:
            start = best[1] - at
            drawn = flag("ours-flag", shown, scale, best[0] - middle, surface)
            break
    return drawn, flag("figure-flag", national, scale, start, surface) if national else Markup()


def hung(at: float, wide: float, width: float) -> float:
    """Where a flag begins, in em from its pole: to the right of it, else to the left, else where there is room."""
    if at + wide <= width:
        return 0.0
    return -wide if at >= wide else max(-at, width - wide - at)


def flag_width(shown: Flag, surface: Surface) -> float:
    """The room that a flag takes, in em."""
    name, number = text_width(shown.name), surface.number_size * 1.03 * text_width(shown.number)
    if surface.label_beside:
        return name + number + (1.8 if shown.number else 1.2)
    return max(name, number) + 1.0


def flag(kind: str, shown: Flag, scale: Scale, start: float, surface: Surface) -> Markup:
    """A flag that begins `start` em from its pole; `kind` is its class, "ours-flag" or "figure-flag"."""
    wide, size = flag_width(shown, surface), surface.number_size
    if surface.label_beside:
        anchor, number_x, number_y, name_y = "end ", start + wide - 0.5, 1.95, 1.95
    else:
        anchor, number_x, number_y, name_y = "", start + 0.5, 2.945, 1.2
    return Markup(
        '<svg x="{at:.2f}%" overflow="visible"><rect class="{kind}" x="{start:.2f}em" width="{wide:.2f}em"'
        ' height="{high}em"/>'
        '<text class="on-flag" x="{name_x:.2f}em" y="{name_y}em">{name}</text>'
        '<text class="on-flag {number_class}" x="{number_x:.2f}em" y="{number_y:.2f}em">{number}</text></svg>'
    ).format(
        at=scale.place(shown.value),
        kind=kind,
        start=start,
        wide=wide,
        high=surface.flag_height,
        name_x=start + 0.6,
        name_y=name_y,
        name=shown.name,
        number_class=anchor + surface.number_class,
        number_x=number_x / size,
        number_y=number_y / size,
        number=shown.number,
    )


def local_flag(shown: Flag, scale: Scale, top: float, surface: Surface) -> Markup:
    """The local flag, outlined, on a dashed pole from the axis down to `top` em."""
    at = scale.place(shown.value)
    wide = text_width(shown.name) + 1.35 * text_width(shown.number) + 2
    start = hung(at * surface.width / 100, wide, surface.width)
    return Markup(
        '<line class="local" x1="{at:.2f}%" x2="{at:.2f}%" y1="0" y2="{top}em"/>'
        '<svg x="{at:.2f}%" y="{top}em" overflow="visible"><rect class="local-flag" x="{x:.2f}em" width="{wide:.2f}em"'
        ' height="1.7em"/><path class="local-head" d="M0-11l11 11-11 11-11-11z"/>'
        '<text x="{name:.2f}em" y="1.22em">{words}</text>'
        '<text class="end local-number" x="{end:.2f}em" y=".95em">{number}</text></svg>'
    ).format(
        at=at,
        top=top,
        x=start,
        wide=wide,
        name=start + 0.7,
        words=shown.name,
        end=(start + wide - 0.5) / 1.35,
        number=shown.number,
    )


def pole(kind: str, at: float) -> Markup:
    """A line from top to bottom at `at` per cent of the width."""
    return Markup('<line class="{}" x1="{at:.2f}%" x2="{at:.2f}%" y1="0" y2="100%"/>').format(kind, at=at)


def sliding(drawn: Markup, begin: float | None, end: float) -> Markup:
    """What comes slides to `end` from where the room's answer is, both in per cent, in tenths of the width."""
    tenths = 0 if begin is None else round((begin - end) / 10)
    side = "right" if tenths > 0 else "left"
    return Markup('<g class="slide from-{}-{}">{}</g>').format(side, abs(tenths), drawn)


def _side_by_side(
    room: tuple[float, float], figure: tuple[float, float] | None, width: float
) -> tuple[float, float] | None:
    """Left edges of both flags in em, each (place, width): the room's as near to its bar as it can be, or None."""
    middle, narrow = room
    wish = min(max(0.0, middle - narrow / 2), width - narrow)
    if figure is None:
        return (wish, 0.0) if narrow <= width else None
    at, wide = figure
    found = []
    for start in (at + hung(at, wide, width), at - wide, wish - GAP - wide, wish + narrow + GAP):
        if not (start <= at <= start + wide and start >= 0 and start + wide <= width):
            continue
        for own in (wish, start - GAP - narrow, start + wide + GAP):
            free = own + narrow <= start - GAP / 2 or own >= start + wide + GAP / 2
            if free and own >= 0 and own + narrow <= width:
                found.append((abs(own - wish), own, start))
    return min(found)[1:] if found else None
