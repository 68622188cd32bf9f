"""Where balance and meeting new people are at odds: plans to choose from, each better than the others in one. Pure.

Balance comes before meetings in the order of `seating`, so a single plan pays for the last person off the fair range
with any number of repeat meetings. Where that is not wanted, others show what a little imbalance would save. A search
is run for each of several prices of a person off, all from the same first seats.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from eventkit.tables.optimiser.crowded import Crowd, Heat, crowded
from eventkit.tables.optimiser.dealing import deal
from eventkit.tables.optimiser.problem import Prices, compiled
from eventkit.tables.room import Room, Seats
from eventkit.tables.scoring import Report, score
from eventkit.tables.seating import Progress, Tell, named, seat

CHEAPER = (Heat(1.7, 0.6, 3.5), Heat(1.4, 0.5, 2.0), Heat(1.2, 0.3, 1.0))
"""The searches after that of `seating`, each taking less account of balance."""

PROPOSALS = 300
"""Exchanges proposed for each person, round and attribute in each of these searches."""

SEATED = 0.85
"""The share of the progress when the first plan is there."""


@dataclass(frozen=True)
class Trade:
    """One way to seat everybody, with its measures."""

    seats: Seats
    report: Report


def front(room: Room, seed: int = 0, tell: Tell | None = None) -> Sequence[Trade]:
    """Up to four plans from the fairest to the one with fewest repeat meetings, none as good as another in both.

    The first is that of `seat`; it is the only one where rules bind people, tables differ in size, or few attributes or
    rounds leave little at odds. Raises `BadInput` with the rules that contradict each other.
    """
    first = seat(room, seed, _scaled(tell) if tell else None)
    found = [first, *(_traded(room, seed, heat) for heat in CHEAPER)] if crowded(room) else [first]
    trades = [Trade(seats, score(room, seats)) for seats in found]
    better = list[Trade]()
    for trade in sorted(trades, key=lambda trade: _measures(room, trade)):
        if not better or _measures(room, trade)[1] < _measures(room, better[-1])[1]:
            better.append(trade)
    return better


def _traded(room: Room, seed: int, heat: Heat) -> Seats:
    """A plan of one search, of as many proposals as the room is large."""
    random, problem = Random(seed), compiled(room, Prices(balance=1, overlap=1, third=0))
    at = [deal(room, problem, random, number, {}) for number in range(1, room.rounds + 1)]
    search = Crowd(problem, at, random)
    search.anneal(heat, PROPOSALS * len(room.people) * room.rounds * len(room.attributes), lambda *_told: None)
    return named(problem, search.masks.at)


def _measures(room: Room, trade: Trade) -> tuple[int, int]:
    """Balance by weight and overlap."""
    total = trade.report.total
    return sum(off * room.weights.get(name, 1) for name, off in total.balance.items()), total.overlap


def _scaled(tell: Tell) -> Tell:
    """Leaves a share of the progress for the other plans."""

    def scaled(progress: Progress) -> None:
        tell(replace(progress, share=progress.share * SEATED))

    return scaled
