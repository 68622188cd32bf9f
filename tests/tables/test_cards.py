"""The cards of a round: each value at each table beside what would be fair."""

from random import Random

from eventkit.tables.cards import cards
from eventkit.tables.room import Kind, Person, Room, Rule, Table
from eventkit.tables.scoring import score
from tests.tables.random_rooms import kept_room, wild_seats

ROOM = Room(
    [
        Person("ana", {"sector": "Council"}),
        Person("bob", {"sector": "Council"}, knows=frozenset({"v1", "v9"})),
        Person("cem", {"sector": "NHS"}),
        Person("dan"),
    ],
    [Table("t1", 0, 4, vignettes=frozenset({"v1"})), Table("t2", 0, 4)],
    rules=[Rule(Kind.ACCESSIBLE, "bob"), Rule(Kind.HOST, "dan"), Rule(Kind.HOST, "cem")],
)
SEATS = {1: {"ana": "t1", "bob": "t1", "dan": "t1", "cem": "t2"}}


def test_host_stands_first_and_then_who_needs_access() -> None:
    first = cards(ROOM, 1, SEATS)[0]
    assert [person.person_id for person in first.people] == ["dan", "bob", "ana"]
    assert (set(first.hosts), set(first.needing_access)) == ({"dan", "cem"}, {"bob"})


def test_value_stands_beside_its_fair_range() -> None:
    found = [
        [(value.value, value.here, value.fewest, value.most, value.off) for value in card.values["sector"]]
        for card in cards(ROOM, 1, SEATS)
    ]
    # Three of four sit at the first table: of two from the Council 1.5 fairly sit there.
    assert found == [
        [("Council", 2, 1, 2, 0), ("NHS", 0, 0, 1, 0)],
        [("Council", 0, 0, 1, 0), ("NHS", 1, 0, 1, 0)],
    ]


def test_vignettes_that_somebody_knows_are_named_with_who_does() -> None:
    assert [dict(card.kept_from) for card in cards(ROOM, 1, SEATS)] == [{"v1": ["bob"], "v9": ["bob"]}, {}]


def test_what_is_off_on_the_cards_is_the_balance_of_the_score() -> None:
    for seed in range(60):
        rng = Random(seed)
        room, plan = kept_room(rng)
        seats = wild_seats(rng, room, plan)
        measures = score(room, seats)
        for number in range(1, room.rounds + 1):
            found = cards(room, number, seats)
            off = {name: sum(value.off for card in found for value in card.values[name]) for name in room.attributes}
            assert off == measures.rounds[number].balance
