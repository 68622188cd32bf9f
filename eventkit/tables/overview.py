"""Everything that the desk's page of tables says, counted when it is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlmodel import Session

from eventkit.events import rules as events
from eventkit.events.models import Event
from eventkit.tables import breaches, called, choices, stored, words
from eventkit.tables.bounds import bounds
from eventkit.tables.breaches import Breach, Demands, Names
from eventkit.tables.cards import Card, cards
from eventkit.tables.models import Seating
from eventkit.tables.room import Kind, Room, Rule, Seats
from eventkit.tables.scoring import score
from eventkit.tables.words import Line

FIRST = (Kind.HOST, Kind.ACCESSIBLE)
"""The rules that organisers look for first: without a host or a way to the table nothing else helps."""


@dataclass(frozen=True)
class Overview:
    """The room, who sits where in it, and what the organisers chose. `attributes`: name and weight, in their order."""

    event: Event
    room: Room
    seats: Seats
    names: Names
    seating: Seating
    attributes: Sequence[tuple[str, int]]
    least_rounds: int
    over: frozenset[int]

    @property
    def seated(self) -> bool:
        """Whether anybody has a seat."""
        return any(self.seats.values())

    @property
    def ready(self) -> bool:
        """Whether there is anybody to seat, and anything to seat them at."""
        return bool(self.room.people and self.room.tables)

    @property
    def chairs(self) -> Sequence[int]:
        """How many chairs there are in each round."""
        return [sum(table.max_seats for table in self.room.tables_in(number)) for number in self.rounds]

    @property
    def rounds(self) -> range:
        """The numbers of the rounds."""
        return range(1, self.room.rounds + 1)

    @property
    def tables(self) -> int:
        """How many tables there are, in any round."""
        return len({table.table for table in self.room.tables})

    @cached_property
    def first_rules(self) -> Sequence[str]:
        """Hosts and access needs, in words."""
        return [self._said(rule) for kind in FIRST for rule in self.room.rules if rule.kind is kind]

    @cached_property
    def other_rules(self) -> Sequence[str]:
        """All other rules, in words."""
        return [self._said(rule) for rule in self.room.rules if rule.kind not in FIRST]

    @cached_property
    def card(self) -> Sequence[Line]:
        """How good the seating is, in sentences."""
        return words.event_card(self.room, score(self.room, self.seats), bounds(self.room))

    @cached_property
    def faults(self) -> Mapping[int, Sequence[str]]:
        """What is not kept, by round; rounds that keep everything are left out."""
        found = {number: Demands(self.room, number).every(self._places(number)) for number in self.rounds}
        return {number: [self._told(one) for one in every] for number, every in found.items() if every}

    def cards(self, number: int) -> Sequence[Card]:
        """The tables of a round."""
        return cards(self.room, number, self.seats)

    def kept_from(self, card: Card) -> Sequence[tuple[str, bool]]:
        """Who at a table knows which vignette, in sentences; True where the table discusses it."""
        return [
            (words.knows([self.names.person(who) for who in knowing], vignette, here=here), here)
            for vignette, knowing in card.kept_from.items()
            for here in [vignette in card.table.vignettes]
        ]

    def _places(self, number: int) -> Mapping[str, str]:
        """Who sits at a table that the round has."""
        tables = {table.table for table in self.room.tables_in(number)}
        here = {person.person_id for person in self.room.people_in(number)}
        return {who: at for who, at in self.seats.get(number, {}).items() if at in tables and who in here}

    def _said(self, rule: Rule) -> str:
        said = breaches.demanded(rule, self.names)
        return said if rule.round is None else words.in_round(said, rule.round)

    def _told(self, breach: Breach) -> str:
        return breaches.told(breach, self.names)


def overview(session: Session, event_id: int) -> Overview:
    """The tables of an event as they are now."""
    room = stored.room_of(session, event_id)
    attributes = [name for name in choices.attributes(session, event_id) if name in room.attributes]
    return Overview(
        event=events.event(session, event_id),
        room=room,
        seats=stored.seats_of(session, event_id),
        names=called.names(session, event_id),
        seating=session.get(Seating, event_id) or Seating(event_id=event_id),
        attributes=[(name, room.weights.get(name, 1)) for name in attributes],
        least_rounds=stored.least_rounds(session, event_id),
        over=stored.over(session, event_id),
    )
