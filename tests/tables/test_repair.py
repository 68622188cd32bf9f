"""The menu of repairs: fewest moves first, each better than those before, and what is over or pinned stays."""

from collections.abc import Mapping

import pytest

from bench.shapes import after, shape
from eventkit.errors import BadInput
from eventkit.tables.repair import marked, menu
from eventkit.tables.room import Kind, Person, Room, Rule, Seats, Table
from eventkit.tables.scoring import score
from eventkit.tables.seating import seat
from tests.tables.oracle import front


@pytest.fixture(scope="module")
def morning() -> tuple[Room, Seats]:
    """A room of 42 after eight changes and two more, and the seats of the morning."""
    return after("late42", 1), seat(shape("late42", 1), 1)


def still(room: Room, seats: Seats) -> Mapping[int, Mapping[str, str]]:
    here = {person.person_id for person in room.people}
    return {number: {who: table for who, table in places.items() if who in here} for number, places in seats.items()}


def test_offers_are_the_proved_front(morning: tuple[Room, Seats]) -> None:
    room, held = morning[0], still(*morning)
    offers = menu(room, held, frozenset(), frozenset())
    proved = front(room, held, offers[-1].moves)
    assert [sum(offer.report.total.balance.values()) for offer in offers] == [proved[offer.moves] for offer in offers]


def test_each_offer_is_better_than_those_with_fewer_moves(morning: tuple[Room, Seats]) -> None:
    offers = menu(*morning, frozenset(), frozenset())
    moves = [offer.moves for offer in offers]
    worth = [
        (offer.report.total.clashes, sum(offer.report.total.balance.values()), offer.report.total.overlap)
        for offer in offers
    ]
    assert moves == sorted(set(moves))
    assert worth == sorted(worth, reverse=True)
    assert [offer.report for offer in offers] == [score(morning[0], offer.seats, morning[1]) for offer in offers]
    assert all(offer.report.total.broken == 0 for offer in offers)
    none, knee, best = marked(offers)
    assert (none, best) == (0, len(offers) - 1)
    assert none <= knee <= best


def test_nobody_has_to_move(morning: tuple[Room, Seats]) -> None:
    assert menu(*morning, frozenset(), frozenset())[0].moves == 0


def test_pinned_people_and_rounds_that_are_over_stay(morning: tuple[Room, Seats]) -> None:
    room, held = morning[0], still(*morning)
    pinned = frozenset((2, who) for who in sorted(held[2])[::2])
    for offer in menu(room, held, frozenset({1}), pinned):
        assert offer.seats[1] == held[1]
        assert {who: offer.seats[2][who] for _number, who in pinned} == {who: held[2][who] for _number, who in pinned}


def test_missing_host_is_replaced_by_a_move() -> None:
    people = [Person(name) for name in ("ana", "bea", "cem", "dan", "eve")]
    tables = [Table("t1", 2, 3), Table("t2", 2, 3)]
    rules = [Rule(Kind.HOST, "ana"), Rule(Kind.HOST, "bea")]
    held = {1: {"ana": "t1", "bea": "t1", "cem": "t2", "dan": "t2"}}
    offers = menu(Room(people, tables, rules=rules), held, frozenset(), frozenset())
    assert (offers[0].moves, offers[0].report.total.broken) == (1, 0)


def test_pins_that_break_a_rule_are_refused() -> None:
    room = Room([Person("ana")], [Table("t1", 0, 1), Table("t2", 0, 1)], rules=[Rule(Kind.BANNED, "ana", table="t1")])
    with pytest.raises(BadInput):
        menu(room, {1: {"ana": "t1"}}, frozenset(), frozenset({(1, "ana")}))
    assert menu(room, {1: {"ana": "t1"}}, frozenset(), frozenset())[0].seats == {1: {"ana": "t2"}}
