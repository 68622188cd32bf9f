"""Keeps one phone from burying a wall; somebody with many ideas never meets it."""

from dataclasses import dataclass
from math import ceil

from eventkit.errors import TooMany
from eventkit.web.language import ngettext

AT_ONCE = 10
SECONDS_EACH = 3.0
MOST_REMEMBERED = 5_000


class TooQuick(TooMany):
    """The phone may send again in `seconds`; it need not be told that anything is wrong."""

    def __init__(self, seconds: int) -> None:
        sentence = ngettext(
            "That was quick! Nothing was changed on the wall, and nothing is lost: try again in {seconds} second.",
            "That was quick! Nothing was changed on the wall, and nothing is lost: try again in {seconds} seconds.",
            seconds,
        )
        super().__init__(sentence.format(seconds=seconds))
        self.seconds = seconds


@dataclass
class Allowance:
    """How many notes a phone had left at a moment of the server's own clock."""

    left: float
    at: float


class Flood:
    """What each pass may still send: ten notes at once, then one every three seconds.

    In memory alone: no file ever says who wrote much.
    """

    def __init__(self) -> None:
        self._allowances: dict[bytes, Allowance] = {}

    def take(self, voter: bytes, moment: float) -> None:
        """Takes one note from a pass at a moment in seconds. Raises `TooQuick` when it has none left."""
        if len(self._allowances) > MOST_REMEMBERED:
            self._forget_rested(moment)
        allowance = self._allowances.setdefault(voter, Allowance(AT_ONCE, moment))
        left = _left(allowance, moment)
        if left < 1:
            raise TooQuick(ceil((1 - left) * SECONDS_EACH))
        allowance.left, allowance.at = left - 1, moment

    def _forget_rested(self, moment: float) -> None:
        rested = [voter for voter, known in self._allowances.items() if _left(known, moment) >= AT_ONCE]
        for voter in rested:
            del self._allowances[voter]


def _left(allowance: Allowance, moment: float) -> float:
    return min(AT_ONCE, allowance.left + (moment - allowance.at) / SECONDS_EACH)
