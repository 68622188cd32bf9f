"""The names of the frames of pages beside the stage."""

from dataclasses import dataclass

PHONE, CONSOLE, HOST = "phone", "console", "host"


@dataclass(frozen=True)
class At:
    """Which page of which activity a frame is for, in the view "phone", "console" or "host"."""

    view: str
    word: str
    ref: str


def parse(view: str) -> At | None:
    """What the name of a frame says, such as "phone-wall-w1" or "host-vignettes-t1"; None for a view of the stage."""
    role, dash, rest = view.partition("-")
    word, _dash, ref = rest.partition("-")
    return At(role, word, ref) if dash else None
