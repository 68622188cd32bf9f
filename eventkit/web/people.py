"""The people of a dot plot: stacks of dots, columns where they are too many, and what stands beyond the axis."""

from markupsafe import Markup

from eventkit.web.axis import Axis
from eventkit.web.flags import Surface
from eventkit.web.stacks import Stack, Stacks

LEAST_ROWS = 6  # a lone dot is no larger than in a stack of six
HIGHEST = 80.0  # per cent of the field; above the tallest column stands its count
WIDEST = 6.0  # per cent of the width, for a column
WIDEST_DOT = 2.4  # em
CLOSE = 0.8  # em between neighbours; closer dots may overlap, so that they can still be seen
OVERLAP = 1.6  # times the distance of neighbours: five eighths of every dot stay visible
OUTSIDE = 0.8  # em from the edge to what lies beyond the axis


def people(held: Stacks, line: Axis, surface: Surface) -> Markup:
    """Columns, or stacks, each in its own viewBox: dots stay round, and as large as the tallest stack allows."""
    if not held.dots:
        return _columns(held, line, surface)
    rows = max([LEAST_ROWS, *(stack.votes for stack in held.held)])
    lone, close = (100 * each / surface.width for each in (WIDEST_DOT, CLOSE))
    width = min(lone, max(held.pitch, min(OVERLAP * held.pitch, close)))
    shown = Markup(
        '<svg class="stack" x="{:.2f}%" width="{:.2f}%" height="100%" viewBox="0 0 1 {rows}"'
        ' preserveAspectRatio="xMidYMax">{}</svg>'
    )
    return Markup().join(
        shown.format(_spot(stack, line, surface) - width / 2, width, _stack(stack, rows), rows=rows)
        for stack in held.held
    )


def count(held: Stacks, line: Axis, surface: Surface) -> Markup:
    """The count of the tallest column, by which the others can be read."""
    tallest = held.tallest
    if held.dots or tallest is None:
        return Markup()
    return Markup('<text class="mid count" x="{:.2f}%" y="{:.2f}%" dy="-.25em"><tspan>{:,}</tspan></text>').format(
        _spot(tallest, line, surface), 100 - HIGHEST, tallest.votes
    )


def _stack(stack: Stack, rows: int) -> Markup:
    """Dots, or where the guesses lie beyond the axis, triangles that point there."""
    places = [rows - 0.5 - each for each in range(stack.votes)]
    if not stack.beyond:
        return Markup().join(Markup('<circle class="person" cx=".5" cy="{:g}" r=".42"/>').format(y) for y in places)
    path = "M.1 {:g}l.8 .4-.8 .4z" if stack.beyond > 0 else "M.9 {:g}l-.8 .4 .8 .4z"
    return Markup().join(Markup('<path class="person" d="{}"/>').format(path.format(y - 0.4)) for y in places)


def _columns(held: Stacks, line: Axis, surface: Surface) -> Markup:
    width = min(WIDEST, 0.84 * held.pitch)
    return Markup().join(
        Markup('<rect class="column{}" x="{:.2f}%" y="{:.2f}%" width="{:.2f}%" height="{:.2f}%"/>').format(
            " beyond" if stack.beyond else "",
            _spot(stack, line, surface) - width / 2,
            100 - _height(stack, held),
            width,
            _height(stack, held),
        )
        for stack in held.held
    )


def _spot(stack: Stack, line: Axis, surface: Surface) -> float:
    """Per cent from the left; beyond the axis a stack stands at the edge of the paper."""
    edge = 100 * OUTSIDE / surface.width
    return line.scale.place(stack.value) if not stack.beyond else edge if stack.beyond < 0 else 100 - edge


def _height(stack: Stack, held: Stacks) -> float:
    return HIGHEST * stack.votes / max(each.votes for each in held.held)
