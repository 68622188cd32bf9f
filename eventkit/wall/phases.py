"""How far a wall has come; pure, from its dates alone."""

from eventkit.wall.models import Phase, Wall

ORDER = tuple(Phase)


def phase(wall: Wall) -> Phase:
    """Where a wall stands."""
    if wall.dots_counted_at:
        return Phase.COUNTED
    if wall.dots_opened_at:
        return Phase.DOTS
    if wall.closed_at:
        return Phase.CLOSED
    return Phase.OPEN if wall.opened_at else Phase.READY


def following(wall: Wall) -> Phase | None:
    """The phase after this one; None after the count, or, where nobody has dots to give, once the wall has closed."""
    at = phase(wall)
    if at is Phase.COUNTED or (at is Phase.CLOSED and not wall.dots):
        return None
    return ORDER[ORDER.index(at) + 1]
