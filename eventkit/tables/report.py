"""How good a seating is, for programs: every measure beside what is proven that nobody could do better; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eventkit.tables import words
from eventkit.tables.bounds import bounds
from eventkit.tables.repair import Offer
from eventkit.tables.room import Room, Seats
from eventkit.tables.scoring import Measures, Report
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext

Content = dict[str, object]
"""What JSON can hold."""


@dataclass(frozen=True)
class Origin:
    """How a seating came about, so that it can be found again. `digests`: SHA-256 of each file by its word."""

    version: str
    seed: int
    digests: Mapping[str, str]
    seconds: float


def content(room: Room, found: Report, origin: Origin) -> Content:
    """The quality report: per round and in all, each measure as its `value` and the lower `bound` of it.

    `balance` and `pairs` have them for all attributes together, and below `attributes` for each.
    """
    least = bounds(room)
    return {
        "version": origin.version,
        "seed": origin.seed,
        "inputs": dict(origin.digests),
        "seconds": round(origin.seconds, 3),
        "rounds": [
            {"round": number} | measures(one, least.rounds[number]) for number, one in sorted(found.rounds.items())
        ],
        "total": measures(found.total, least.total),
    }


def measures(found: Measures, least: Measures) -> Content:
    """The measures of a round, or of all, beside their bounds."""
    return {
        "broken": _beside(found.broken, least.broken),
        "clashes": _beside(found.clashes, least.clashes),
        "balance": _by_attribute(found.balance, least.balance),
        "pairs": _by_attribute(found.pairs, least.pairs),
        "repeats": _beside(found.repeats, least.repeats),
        "overlap": _beside(found.overlap, least.overlap),
        "thirds": _beside(found.thirds, least.thirds),
        "moves": _beside(found.moves, least.moves),
    }


def menu(room: Room, offers: Sequence[Offer]) -> Content:
    """The ways to repair a seating, the fewest moves first, each with all its seats as [person_id, round, table]."""
    least = bounds(room).total
    return {
        "menu": [
            {
                "moves": offer.moves,
                "total": measures(offer.report.total, least),
                "seating": [
                    [person_id, number, table]
                    for number, here in ordered(room, offer.seats).items()
                    for person_id, table in here.items()
                ],
            }
            for offer in offers
        ]
    }


def in_words(room: Room, found: Report, offers: Sequence[Offer], origin: Origin) -> list[str]:
    """The report for people: the event card, the other ways to repair, and what the seating came from."""
    lines = [f"{line.heading}. {line.sentence}" for line in words.event_card(room, found, bounds(room))]
    if offers:
        lines += [_("Ways to repair it; the first is written, --json gives the seats of all:"), *map(_offer, offers)]
    sentence = _("Seed {seed}, eventkit {version}, {seconds} seconds.")
    return [*lines, sentence.format(seed=origin.seed, version=origin.version, seconds=f"{origin.seconds:.1f}")]


def ordered(room: Room, seats: Seats) -> Seats:
    """The same seats by round, people in the order of the room: equal seatings are written alike."""
    return {
        number: {person.person_id: here[person.person_id] for person in room.people if person.person_id in here}
        for number, here in sorted(seats.items())
    }


def _offer(offer: Offer) -> str:
    total = offer.report.total
    moves = ngettext("{n} person moves", "{n} people move", offer.moves).format(n=offer.moves)
    again = ngettext("{n} repeat meeting", "{n} repeat meetings", total.overlap).format(n=total.overlap)
    spread = _("{n} off the fair spread").format(n=sum(total.balance.values()))
    return f"  {moves}: {spread}, {again}"


def _by_attribute(found: Mapping[str, int], least: Mapping[str, int]) -> Content:
    each = {name: _beside(value, least.get(name, 0)) for name, value in found.items()}
    return {**_beside(sum(found.values()), sum(least.get(name, 0) for name in found)), "attributes": each}


def _beside(value: int, bound: int) -> Content:
    return {"value": value, "bound": bound}
