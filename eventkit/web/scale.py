"""Where answers stand on an axis, and how much room words take; both in em of the drawing's own letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

GAP = 0.9  # em between neighbouring labels
NARROW = frozenset("iljtfrI.,:;'’|!()[]/ \u00a0-")
BROAD = frozenset("mwMW%@—…")


@dataclass(frozen=True)
class Scale:
    """Where values lie: per cent of the width, between known points; `true` when distances are to scale."""

    points: tuple[tuple[float, float], ...]
    true: bool

    def place(self, value: float) -> float:
        """Per cent from the left; beyond the outer points the last slope goes on, but never off the paper."""
        near = [pair for pair in pairwise(self.points) if value <= pair[1][0]]
        (x0, y0), (x1, y1) = near[0] if near else (self.points[-2], self.points[-1])
        return min(99.0, max(1.0, y0 + (value - x0) * (y1 - y0) / (x1 - x0)))


def scale(values: Sequence[float], widths: Sequence[float], width: float) -> Scale | None:
    """The scale for answers at `values` whose labels are `widths` em wide, on a drawing `width` em wide.

    To scale where labels keep apart, else evenly spaced in order of value; None where they would overlap even so.
    """
    ordered = sorted(zip(values, widths, strict=True))
    if len(ordered) < 2 or any(first[0] == second[0] for first, second in pairwise(ordered)):
        return None
    even = _evenly([wide for _value, wide in ordered], width)
    left, right = ordered[0][1] / 2, width - ordered[-1][1] / 2
    low, span = ordered[0][0], ordered[-1][0] - ordered[0][0]
    true = [left + (value - low) / span * (right - left) for value, _wide in ordered]
    for places in (true, even):
        if _apart(places, [wide for _value, wide in ordered]):
            points = tuple((value, 100 * at / width) for (value, _wide), at in zip(ordered, places, strict=True))
            return Scale(points, true=places is true)
    return None


def text_width(text: str, *, serif: bool = False) -> float:
    """The room that a text takes, in em, on the safe side for the fonts that the style sheet asks for."""
    return sum(_letter_width(letter) for letter in text) * (1.06 if serif else 1.0)


def _evenly(widths: Sequence[float], width: float) -> list[float]:
    spare = (width - sum(widths)) / len(widths)
    places, edge = [], spare / 2
    for wide in widths:
        places.append(edge + wide / 2)
        edge += wide + spare
    return places


def _apart(places: Sequence[float], widths: Sequence[float]) -> bool:
    pairs = pairwise(zip(places, widths, strict=True))
    return all(second[0] - first[0] >= (first[1] + second[1]) / 2 + GAP for first, second in pairs)


def _letter_width(letter: str) -> float:
    if letter in NARROW:
        return 0.34
    if letter in BROAD:
        return 0.9
    return 0.7 if letter.isupper() or not letter.isascii() else 0.57
