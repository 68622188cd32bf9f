"""A step of the programme and where it stands, as plain values that rules may use."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A step of the programme. `number` of `of` counts the steps with the same word."""

    id: int
    event_id: int
    position: int
    word: str
    refs: tuple[str, ...] = ()
    title: str = ""
    time: str = ""
    minutes: int | None = None
    number: int = 1
    of: int = 1


@dataclass(frozen=True)
class Offer:
    """Something else that the console may do now: a form posted to `action` (below the console's address).

    With a `detail`, which says what would be lost, the console asks before it does it.
    """

    label: str
    action: str
    detail: str = ""


@dataclass(frozen=True)
class State:
    """What the console says of a step.

    `next` is the button's words ("" leads to the next step), `detail` the line below them, `final` that it cannot be
    undone, `blocked` why it cannot be pressed now. `back` is the words of the way back within the step, `again`
    those of beginning it anew, "" where that makes no sense.
    """

    chip: str
    heading: str
    sentence: str
    next: str = ""
    detail: str = ""
    final: bool = False
    blocked: str = ""
    back: str = ""
    open: bool = False
    offers: tuple[Offer, ...] = ()
    counts: tuple[tuple[str, str], ...] = ()
    again: str = ""
