"""Seating a whole room: bounds are met, a seed gives one plan, and what cannot be is said."""

import subprocess
import sys
from dataclasses import replace

import pytest

from bench.shapes import shape
from eventkit.errors import BadInput
from eventkit.tables import seating
from eventkit.tables.bounds import bounds
from eventkit.tables.room import Kind, Person, Room, Rule, Table
from eventkit.tables.scoring import score
from eventkit.tables.seating import Progress, seat


@pytest.mark.parametrize("name", ["fife42", "fife42r3", "mid120", "golf32", "big500"])
def test_every_bound_is_met(name: str) -> None:
    room = shape(name, 100)
    found, least = score(room, seat(room, 100)).total, bounds(room).total
    assert replace(found, repeats=0) == replace(least, repeats=0)


def test_seed_gives_one_plan_on_every_machine() -> None:
    """In another process with another seed of hashing, as on another machine."""
    ask = (
        "from bench.shapes import shape; from eventkit.tables.seating import seat; "
        "print(seat(shape('fife42rules', 1), 7))"
    )
    room = shape("fife42rules", 1)
    here = str(seat(room, 7))
    there = [
        subprocess.run(
            [sys.executable, "-c", ask],
            capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": str(number)},
        ).stdout.strip()
        for number in (1, 2)
    ]  # fmt: skip
    assert there == [here, here]
    assert str(seat(room, 8)) != here


def test_progress_goes_up_to_the_end() -> None:
    told: list[Progress] = []
    room = shape("fife42rules", 1)
    found = score(room, seat(room, 1, told.append)).total
    shares = [each.share for each in told]
    assert shares == sorted(shares)
    assert len(told) > 50
    last = told[-1]
    assert (last.broken, last.clashes, last.overlap) == (0, found.clashes, found.overlap)


def test_rules_that_contradict_each_other_are_named() -> None:
    room = Room(
        [Person("ana"), Person("jan")],
        [Table("t1", 0, 2), Table("t2", 0, 2)],
        rules=[Rule(Kind.TOGETHER, "ana", "jan", row=2), Rule(Kind.APART, "ana", "jan", row=5)],
    )
    with pytest.raises(BadInput, match=r"(?s)Row 2: .*Row 5: "):
        seat(room)


def test_small_rooms_are_seated() -> None:
    one = Room([Person("ana")], [Table("t1", 0, 1)])
    assert seat(one) == {1: {"ana": "t1"}}
    later = Room([Person("ana", rounds=frozenset({2})), Person("jan")], [Table("t1", 0, 2), Table("t2", 0, 2)], 2)
    assert [sorted(seats) for seats in seat(later).values()] == [["jan"], ["ana", "jan"]]


def test_more_rounds_may_take_longer() -> None:
    days = [seating.proposals(shape(name, 0)) for name in ("fife42r3", "mid120", "mid120r6")]
    assert days == sorted(days)
