"""The names of the frames of pages beside the stage."""

from dataclasses import dataclass

CONSOLE = "console"


@dataclass(frozen=True)
class At:
    """Which page of which activity a frame is for, in the view "phone" or "console"."""

    view: str
    word: str
    ref: str


def parse(view: str) -> At | None:
    """What the name of a frame says, such as "wall-w1" or "console-wall-w1"; None for a view of the stage."""
    role, dash, rest = view.partition("-")
    if not dash:
        return None
    if role == CONSOLE:
        word, _dash, ref = rest.partition("-")
        return At(CONSOLE, word, ref)
    return At("phone", role, rest)
