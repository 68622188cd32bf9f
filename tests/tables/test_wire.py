"""A room crosses to the worker as it is, and equal rooms have one digest."""

from dataclasses import replace

from eventkit.tables.repair import Offer
from eventkit.tables.room import Kind, Person, Room, Rule, Table
from eventkit.tables.scoring import score
from eventkit.tables.seating import Progress
from eventkit.tables.wire import Work, digest, dump, line, load, said

ROOM = Room(
    people=(
        Person("anna", {"organisation": "Council", "sector": "Māori \ud800"}, frozenset({2}), frozenset({"v1", "v2"})),
        Person("jan"),
    ),
    tables=(Table("t1", 0, 3, accessible=True, vignettes=frozenset({"v3", "v1"})), Table("t1", 1, 2, round=2)),
    rounds=2,
    rules=(Rule(Kind.TOGETHER, "anna", "jan", round=2, row=9), Rule(Kind.HOST, "jan", table="t1")),
    weights={"organisation": 3},
)
SEATS = {1: {"jan": "t1"}, 2: {"anna": "t1", "jan": "t1"}}


def test_work_comes_back_as_it_was() -> None:
    work = Work(ROOM, 7, SEATS, frozenset({1}), frozenset({(2, "anna")}))
    assert load(dump(work)) == work


def test_offer_and_progress_come_back_as_they_were() -> None:
    offers = (Offer(SEATS, 3, score(ROOM, SEATS)),)
    assert said(line("found", offers).encode()) == ("found", offers)
    progress = Progress(0.25, 0, 1, 2, 3)
    assert said(line("progress", progress).encode()) == ("progress", progress)


def test_equal_rooms_have_one_digest() -> None:
    knows = [frozenset(names) for names in (["v1", "v2"], ["v2", "v1"])]
    rooms = [replace(ROOM, people=[replace(ROOM.people[0], knows=each), ROOM.people[1]]) for each in knows]
    assert digest(rooms[0]) == digest(rooms[1]) == digest(ROOM)


def test_digest_tells_rooms_apart() -> None:
    others = [
        replace(ROOM, rules=ROOM.rules[:1]),
        replace(ROOM, weights={}),
        replace(ROOM, people=[replace(ROOM.people[0], attributes={"organisation": "Council"}), ROOM.people[1]]),
        replace(ROOM, rounds=3),
    ]
    assert len({digest(room) for room in (ROOM, *others)}) == 5
