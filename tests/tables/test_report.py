"""The quality report: every measure beside its bound, as content for programs and as lines for people."""

import json
from dataclasses import replace

from eventkit.tables import report
from eventkit.tables.bounds import bounds
from eventkit.tables.repair import Offer
from eventkit.tables.room import Person, Room, Table
from eventkit.tables.scoring import score

ROOM = Room(
    [Person(name, {"organisation": org, "role": "clerk"}) for name, org in zip("abcd", "xxyy", strict=True)],
    [Table("t1", 0, 2), Table("t2", 0, 2)],
    rounds=2,
)
SEATS = {1: {"a": "t1", "c": "t1", "b": "t2", "d": "t2"}, 2: {"d": "t2", "c": "t2", "b": "t1", "a": "t1"}}
FOUND = score(ROOM, SEATS, {2: {"a": "t2", "b": "t1"}})
ORIGIN = report.Origin("1.2.3", 7, {"people": "ab12"}, 0.25049)


def _nothing(**bounded: int) -> dict[str, object]:
    names = ("broken", "clashes", "repeats", "overlap", "thirds", "moves")
    return {name: {"value": 0, "bound": bounded.get(name, 0)} for name in names}


def test_content_has_each_measure_beside_its_bound() -> None:
    content = report.content(ROOM, FOUND, ORIGIN)
    least = bounds(ROOM)
    fair = {"value": 0, "bound": 0}
    role = {"value": 2, "bound": least.rounds[1].pairs["role"]}
    assert content == {
        "version": "1.2.3",
        "seed": 7,
        "inputs": {"people": "ab12"},
        "seconds": 0.25,
        "rounds": [
            {
                "round": 1,
                **_nothing(),
                "balance": fair | {"attributes": {"organisation": fair, "role": fair}},
                "pairs": {"value": 2, "bound": 2, "attributes": {"organisation": fair, "role": role}},
            },
            {
                "round": 2,
                **_nothing(),
                "balance": {
                    "value": 4,
                    "bound": 0,
                    "attributes": {"organisation": {"value": 4, "bound": 0}, "role": fair},
                },
                "pairs": {
                    "value": 4,
                    "bound": 2,
                    "attributes": {"organisation": {"value": 2, "bound": 0}, "role": role},
                },
                "moves": {"value": 1, "bound": 0},
            },
        ],
        "total": {
            **_nothing(),
            "balance": {"value": 4, "bound": 0, "attributes": {"organisation": {"value": 4, "bound": 0}, "role": fair}},
            "pairs": {
                "value": 6,
                "bound": 4,
                "attributes": {"organisation": {"value": 2, "bound": 0}, "role": {"value": 4, "bound": 4}},
            },
            "moves": {"value": 1, "bound": 0},
        },
    }
    assert json.loads(json.dumps(content)) == content


def test_bound_is_not_what_the_seating_has() -> None:
    again = score(ROOM, {1: SEATS[1], 2: SEATS[1]})
    total = report.content(ROOM, again, ORIGIN)["total"]
    assert isinstance(total, dict)
    assert (total["repeats"], total["overlap"]) == ({"value": 2, "bound": 0}, {"value": 2, "bound": 0})


def test_menu_has_all_seats_in_the_order_of_the_room() -> None:
    found = report.menu(ROOM, [Offer(SEATS, 1, FOUND)])["menu"]
    total = report.content(ROOM, FOUND, ORIGIN)["total"]
    seating = [["a", 1, "t1"], ["b", 1, "t2"], ["c", 1, "t1"], ["d", 1, "t2"]]
    seating += [["a", 2, "t1"], ["b", 2, "t1"], ["c", 2, "t2"], ["d", 2, "t2"]]
    assert found == [{"moves": 1, "total": total, "seating": seating}]


def test_words_say_what_is_best_and_where_it_comes_from() -> None:
    lines = report.in_words(ROOM, FOUND, [], ORIGIN)
    assert lines[0] == "No rule is broken. Everybody has a seat, and every rule is kept."
    assert lines[1].startswith("Organisation: 4 off the fair spread. ")
    assert lines[2].startswith("Role: best possible. ")
    assert lines[3].startswith("As few repeat meetings as there can be. ")
    assert lines[4:] == ["Seed 7, eventkit 1.2.3, 0.3 seconds."]


def test_words_name_every_way_to_repair() -> None:
    other = replace(FOUND, total=replace(FOUND.total, balance={"organisation": 0, "role": 0}, overlap=3))
    lines = report.in_words(ROOM, FOUND, [Offer(SEATS, 1, FOUND), Offer(SEATS, 2, other)], ORIGIN)
    assert lines[-4:-1] == [
        "Ways to repair it; the first is written, --json gives the seats of all:",
        "  1 person moves: 4 off the fair spread, 0 repeat meetings",
        "  2 people move: 0 off the fair spread, 3 repeat meetings",
    ]
