"""What no seating can go below: a lower bound of every measure, each of them a proof. Pure.

The bounds hold for every plan that keeps the hard rules, whatever sizes it gives the tables within their fewest and
most seats: what is convex in the sizes is least at `even_sizes`. A seating that reaches them is the best there is; one
that does not may be so too, as a bound need not be reachable. The source of those that cite nothing else: "Background:
table assignment", section 2.
"""

from collections.abc import Mapping, Sequence

from eventkit.tables.bound_clashes import round_clashes
from eventkit.tables.bound_meetings import day_meetings, round_meetings
from eventkit.tables.bound_values import round_balance, round_pairs
from eventkit.tables.forced import Forced, forced
from eventkit.tables.room import Room
from eventkit.tables.scoring import Measures, Report


def bounds(room: Room) -> Report:
    """Lower bounds of the measures of each round and of all rounds together; `broken` and `moves` are 0.

    Where the rules contradict each other no plan keeps them, and the bounds say nothing.
    """
    rules = {number: forced(room, number) for number in range(1, room.rounds + 1)}
    meetings = round_meetings(room, rules)
    rounds = {
        number: Measures(
            clashes=round_clashes(room, number, found),
            balance={name: round_balance(room, number, found, name) for name in room.attributes},
            pairs={name: round_pairs(room, number, found, name) for name in room.attributes},
            repeats=meetings[number].repeats,
            overlap=meetings[number].overlap,
            thirds=meetings[number].thirds,
        )
        for number, found in rules.items()
    }
    return Report(rounds, _total(room, rules, list(rounds.values())))


def _total(room: Room, rules: Mapping[int, Forced], rounds: Sequence[Measures]) -> Measures:
    """Sums of the rounds, or what the day as a whole proves, whichever is more; both hold."""
    day = day_meetings(room, rules)
    return Measures(
        clashes=sum(found.clashes for found in rounds),
        balance={name: sum(found.balance[name] for found in rounds) for name in room.attributes},
        pairs={name: sum(found.pairs[name] for found in rounds) for name in room.attributes},
        repeats=max(day.repeats, sum(found.repeats for found in rounds)),
        overlap=max(day.overlap, sum(found.overlap for found in rounds)),
        thirds=max(day.thirds, *(found.thirds for found in rounds)),
    )
