"""Small drawings: option marks and their patterns, votes cast, bars of answers in words, signs of a vote's state.

Answers on a scale are in `plot`. What stretches has no viewBox: places are per cent, sizes are em, so text never
shrinks with the window and no inline style is needed. Callers hand over plain values; words arrive translated.
"""

from markupsafe import Markup

FILLS = ("a", "b", "c", "d", "e")  # solid, diagonal, dots, level lines, grid
CUTS = {
    "a": Markup(),
    "b": Markup('<path class="cut" stroke-width="4.5" d="M0 8h16"/>'),
    "c": Markup('<circle class="cut-dot" cx="4" cy="4" r="2.7"/><circle class="cut-dot" cx="12" cy="12" r="2.7"/>'),
    "d": Markup('<path class="cut" stroke-width="3.5" d="M0 8h16"/>'),
    "e": Markup('<path class="cut" stroke-width="2.5" d="M0 8h16M8 0v16"/>'),
}
FEET = {
    "a": Markup(),
    "b": Markup(
        '<path class="cut" stroke-width="2" d="M-5 12L7-3M1 12L13-3M7 12L19-3M13 12L25-3M19 12L31-3M25 12L37-3"/>'
    ),
    "c": Markup('<path class="cut round" stroke-width="2.4" stroke-dasharray="0 5" d="M2 2.2h28M4.5 6.8h26"/>'),
    "d": Markup('<path class="cut" stroke-width="1.4" d="M0 2.5h28M0 6.5h28"/>'),
    "e": Markup('<path class="cut" stroke-width="1.2" d="M0 4.5h28M4 0v9M9 0v9M14 0v9M19 0v9M24 0v9"/>'),
}
MOST_SEATS = 120  # beyond it one seat is thinner than the eye sees, so the votes become one bar


def patterns() -> Markup:
    """The fills of options; once on each page that draws any."""
    return Markup('<svg class="defs" aria-hidden="true"><defs>{}</defs></svg>').format(
        Markup().join(_pattern(fill) for fill in FILLS),
    )


def mark(letter: str, place: int | None = None) -> Markup:
    """An option's tile: its letter, its pattern below; the same on paper, phone and screen.

    `place` is the option's place on the ballot from 0; without it the letter tells (A is 0).
    """
    fill = FILLS[(ord(letter[:1].upper() or "A") - ord("A") if place is None else place) % len(FILLS)]
    return Markup(
        '<svg class="mark" viewBox="0 0 32 37" aria-hidden="true">'
        '<rect class="edge" x="1" y="1" width="30" height="35"/><text x="16" y="22">{}</text>'
        '<svg x="2" y="26" width="28" height="9"><path class="fill-{}" d="M0 0h28v9H0z"/>{}</svg></svg>'
    ).format(letter, fill, FEET[fill])


def seats(voted: int, base: int) -> Markup:
    """Votes cast of `base`, a seat each; says nothing of what was voted."""
    total = max(voted, base, 1)
    step = 100 / total
    if total > MOST_SEATS:
        drawn = [_seat(0, 100, full=False), _seat(0, voted * step, full=True)]
    else:
        drawn = [_seat(place * step, step * 0.8, full=place < voted) for place in range(total)]
    return Markup('<svg class="seats" aria-hidden="true">{}</svg>').format(Markup().join(drawn))


def row(fill: int, share: float, votes: str, percent: str, moving: str = "") -> Markup:
    """The bar of an answer in words; `share` of the longest bar, from 0 to 1."""
    reach = f"{48 * share:.1f}%"
    return Markup(
        '<svg class="bar" aria-hidden="true"><rect class="across {}" fill="url(#cut-{})" x="0" y="6%" width="{}"'
        ' height="88%"/><svg x="{}" overflow="visible"><text class="{}" x=".5em" y="1.6em">'
        '<tspan class="big">{}</tspan> {}</text></svg></svg>'
    ).format(moving, FILLS[fill % len(FILLS)], reach, reach, "settle" if moving else "", votes, percent)


def recorded_sign() -> Markup:
    """A solid disc with a check mark: the server has it."""
    return Markup(
        '<svg viewBox="0 0 44 44" aria-hidden="true"><circle class="disc" cx="22" cy="22" r="22"/>'
        '<path class="sign" d="M11 23l8 8 14-17"/></svg>'
    )


def waiting_sign() -> Markup:
    """A dashed ring: not on the server yet."""
    dots = Markup().join(Markup('<circle class="dots" cx="{}" cy="22" r="3"/>').format(x) for x in (13, 22, 31))
    return Markup(
        '<svg viewBox="0 0 44 44" aria-hidden="true"><circle class="ring" cx="22" cy="22" r="20"/>{}</svg>'
    ).format(dots)


def refused_sign() -> Markup:
    """A ring with a bar: it was not counted."""
    return Markup(
        '<svg viewBox="0 0 44 44" aria-hidden="true"><circle class="ring solid" cx="22" cy="22" r="20"/>'
        '<path class="stroke" d="M12 22h20"/></svg>'
    )


def _pattern(fill: str) -> Markup:
    turned = Markup(' patternTransform="rotate(45)"') if fill == "b" else ""
    return Markup(
        '<pattern id="cut-{fill}" width="16" height="16" patternUnits="userSpaceOnUse"{turned}>'
        '<path class="fill-{fill}" d="M0 0h16v16H0z"/>{cut}</pattern>'
    ).format(fill=fill, turned=turned, cut=CUTS[fill])


def _seat(x: float, width: float, *, full: bool) -> Markup:
    return Markup('<rect class="seat{}" x="{:.2f}%" y="12%" width="{:.2f}%" height="76%"/>').format(
        " full" if full else "", x, width
    )
