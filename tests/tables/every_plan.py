"""The truth about very small rooms: all plans that keep the rules, one after the other."""

from itertools import combinations, product
from math import prod

from eventkit.tables.room import Room
from tests.tables.recount import Counts, recount

Pairs = frozenset[tuple[str, str]]
MOST = 20_000
PLAIN = ("broken", "clashes", "balance", "pairs")


def best_of_all(room: Room) -> dict[int, Counts]:
    """The least of each measure by itself, of each round and of the day (0), over all plans that keep the rules.

    Meetings are left out where there are too many days to go through.
    """
    kept = {number: _kept(room, number) for number in range(1, room.rounds + 1)}
    best = {number: _least([counts for _met, counts in found]) for number, found in kept.items()}
    best[0] = {name: sum(best[number][name] for number in kept) for name in best[1]}
    rounds = [{met for met, _counts in found} for found in kept.values()]
    if prod(map(len, rounds)) <= MOST:
        days = [_meetings(day) for day in product(*rounds)]
        for number in best:
            best[number] |= _least([day[number] for day in days])
    return best


def first_best(room: Room, number: int) -> tuple[int, int, int] | None:
    """The least clashes, balance and pairs of a round, each among the plans with the least of those before it."""
    return min(
        ((counts["clashes"], _sum(counts, "balance"), _sum(counts, "pairs")) for _met, counts in _kept(room, number)),
        default=None,
    )


def _kept(room: Room, number: int) -> list[tuple[Pairs, Counts]]:
    """Each plan of a round that keeps the rules: which pairs meet in it, and what it counts beside meetings."""
    people = [person.person_id for person in room.people_in(number)]
    found = []
    for places in product([table.table for table in room.tables_in(number)], repeat=len(people)):
        here = dict(zip(people, places, strict=True))
        counts = recount(room, {number: here})[number]
        if counts["broken"] == 0:
            met = frozenset(pair for pair in combinations(people, 2) if here[pair[0]] == here[pair[1]])
            found.append((met, {name: counts[name] for name in counts if name.split()[0] in PLAIN}))
    return found


def _meetings(day: tuple[Pairs, ...]) -> dict[int, Counts]:
    times = {pair: [number for number, met in enumerate(day, 1) if pair in met] for met in day for pair in met}
    found = {
        number: {
            "repeats": sum(any(earlier < number for earlier in times[pair]) for pair in met),
            "overlap": sum(earlier < number for pair in met for earlier in times[pair]),
            "thirds": sum(sum(earlier < number for earlier in times[pair]) >= 2 for pair in met),
        }
        for number, met in enumerate(day, 1)
    }
    found[0] = {
        "repeats": sum(len(rounds) - 1 for rounds in times.values()),
        "overlap": sum(len(rounds) * (len(rounds) - 1) // 2 for rounds in times.values()),
        "thirds": sum(len(rounds) >= 3 for rounds in times.values()),
    }
    return found


def _least(found: list[Counts]) -> Counts:
    return {name: min(counts[name] for counts in found) for name in found[0]}


def _sum(counts: Counts, measure: str) -> int:
    return sum(number for name, number in counts.items() if name.startswith(measure))
