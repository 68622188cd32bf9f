"""Moving people by hand: what is refused, what is asked about, and that it can be taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventkit.tables import handwork, moves, people
from eventkit.tables.handwork import Seen
from tests.fife import FIFE
from tests.hall import Hall, outcome
from tests.tables.hands import FIRST, at, end_round, pins, seat_nine


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    made.do(seat_nine, FIFE)
    yield made
    made.close()


def places(hall: Hall) -> dict[str, str]:
    return hall.ask(at, FIFE)


def test_person_is_moved_to_a_free_chair(hall: Hall) -> None:
    assert list(hall.do(handwork.move_person, FIFE, 1, Seen("fay", "t2"), "t1")) == []
    assert places(hall) == {**FIRST, "fay": "t1"}
    assert [one.reason for one in hall.ask(moves.last, FIFE)] == [handwork.BY_HAND]


def test_two_people_change_places(hall: Hall) -> None:
    assert list(hall.do(handwork.exchange, FIFE, 1, Seen("fay", "t2"), Seen("gil", "t3"))) == []
    assert places(hall) == {**FIRST, "fay": "t3", "gil": "t2"}


@pytest.mark.parametrize(
    ("one", "table", "expected"),
    [
        (Seen("dan", "t2"), "t1", ["Ana and Dan sit at different tables"]),
        (Seen("eve", "t1"), "t2", ["Leven has 3 chairs"]),
        (Seen("bob", "t2"), "t1", ["Bob hosts Leven", "Tay has 2 hosts", "Leven needs a host"]),
    ],
)
def test_broken_rule_is_named_first_and_can_be_overruled(
    hall: Hall, one: Seen, table: str, expected: list[str]
) -> None:
    assert sorted(hall.do(handwork.move_person, FIFE, 1, one, table)) == sorted(expected)
    assert places(hall) == FIRST
    assert list(hall.do(handwork.move_person, FIFE, 1, one, table, overrule=True)) == []
    assert places(hall) == {**FIRST, one.person_id: table}
    assert sorted(hall.ask(people.tables, FIFE, 1, "").broken) == sorted(expected)


def test_who_was_moved_by_somebody_else_is_not_moved_again(hall: Hall) -> None:
    hall.do(handwork.move_person, FIFE, 1, Seen("fay", "t2"), "t1")
    after = places(hall)
    stale = Seen("fay", "t2")
    sentence = "Somebody else has moved Fay, who sits at Tay now. Nothing was changed; look again."
    verbs = (
        lambda: hall.do(handwork.move_person, FIFE, 1, stale, "t3"),
        lambda: hall.do(handwork.exchange, FIFE, 1, stale, Seen("gil", "t3")),
        lambda: hall.do(handwork.exchange, FIFE, 1, Seen("gil", "t3"), stale),
        lambda: hall.do(handwork.pin, FIFE, 1, stale),
        lambda: hall.do(handwork.unpin, FIFE, 1, stale),
    )
    assert [outcome(verb) for verb in verbs] == [sentence] * 5
    assert (places(hall), hall.ask(pins, FIFE)) == (after, set())


def test_round_that_is_over_stays(hall: Hall) -> None:
    hall.do(handwork.move_person, FIFE, 1, Seen("fay", "t2"), "t1")
    batch = hall.ask(moves.last, FIFE)[0].batch
    hall.do(end_round, FIFE, 1)
    verbs = (
        lambda: hall.do(handwork.move_person, FIFE, 1, Seen("fay", "t1"), "t2"),
        lambda: hall.do(handwork.exchange, FIFE, 1, Seen("fay", "t1"), Seen("gil", "t3")),
        lambda: hall.do(handwork.pin, FIFE, 1, Seen("fay", "t1")),
        lambda: hall.do(handwork.undo, FIFE, batch),
    )
    assert [outcome(verb) for verb in verbs] == ["Round 1 is over: who sat where stays as it was."] * 4
    assert places(hall) == {**FIRST, "fay": "t1"}
    assert list(hall.do(handwork.move_person, FIFE, 2, Seen("ida", "t2"), "t1")) == []


@pytest.mark.parametrize(
    ("one", "table", "expected"),
    [
        (Seen("nobody", "t1"), "t2", "nobody is not there in this round any more. Nobody was moved."),
        (Seen("ana", "t1"), "t9", "This round has no such table. Nobody was moved; load the page again."),
        (Seen("ana", ""), "t2", "Somebody else has moved Ana, who sits at Tay now. Nothing was changed; look again."),
    ],
)
def test_move_that_cannot_be_is_refused(hall: Hall, one: Seen, table: str, expected: str) -> None:
    assert outcome(lambda: hall.do(handwork.move_person, FIFE, 1, one, table)) == expected
    assert places(hall) == FIRST


def test_people_of_one_table_have_nothing_to_exchange(hall: Hall) -> None:
    expected = "These two do not sit at two tables, so there is nothing to exchange. Nobody was moved."
    assert outcome(lambda: hall.do(handwork.exchange, FIFE, 1, Seen("ana", "t1"), Seen("eve", "t1"))) == expected


def test_undo_takes_the_last_change_back_and_no_other(hall: Hall) -> None:
    hall.do(handwork.move_person, FIFE, 1, Seen("fay", "t2"), "t1")
    first = hall.ask(moves.last, FIFE)[0].batch
    hall.do(handwork.exchange, FIFE, 1, Seen("fay", "t1"), Seen("gil", "t3"))
    last = hall.ask(moves.last, FIFE)[0].batch
    assert outcome(lambda: hall.do(handwork.undo, FIFE, first)) == (
        "Somebody has changed seats since this page was made. Nothing was undone; look first."
    )
    hall.do(handwork.undo, FIFE, last)
    assert places(hall) == {**FIRST, "fay": "t1"}
    hall.do(handwork.undo, FIFE, first)
    assert places(hall) == FIRST


def test_last_change_is_told_in_words(hall: Hall) -> None:
    def told() -> str:
        return hall.ask(people.tables, FIFE, 1, "").last

    assert told() == ""  # everybody was seated: that is not undone here
    hall.do(handwork.move_person, FIFE, 1, Seen("fay", "t2"), "t1")
    assert told() == "Fay moved from Leven to Tay in round 1"
    hall.do(handwork.exchange, FIFE, 2, Seen("ida", "t2"), Seen("gil", "t1"))
    assert told() == "Ida and Gil changed places in round 2"
    hall.do(moves.move, FIFE, {(1, "hal"): ""}, "absent")
    assert told() == ""
    batch = hall.ask(moves.last, FIFE)[0].batch
    assert outcome(lambda: hall.do(handwork.undo, FIFE, batch)) == (
        "The last change of seats was not made on this page. Nothing was undone."
    )
    hall.do(handwork.move_person, FIFE, 1, Seen("hal", ""), "t2")
    assert told() == "Hal was seated at Leven in round 1"
    hall.do(moves.move, FIFE, {(1, "hal"): "t1", (2, "ana"): "t2", (2, "ida"): "t3"}, "repaired")
    assert told() == "a repair that moved 3 people"


def test_pins_are_set_and_taken_away(hall: Hall) -> None:
    hall.do(handwork.pin, FIFE, 1, Seen("fay", "t2"))
    assert hall.ask(pins, FIFE) == {(1, "fay")}
    hall.do(handwork.unpin, FIFE, 1, Seen("fay", "t2"))
    assert hall.ask(pins, FIFE) == set()
    assert outcome(lambda: hall.do(handwork.pin, FIFE, 1, Seen("nobody", ""))) == "nobody has no seat in this round."


def test_pinned_person_is_not_offered_for_an_exchange_and_stays_pinned(hall: Hall) -> None:
    def others() -> dict[str, str]:
        line = hall.ask(people.tables, FIFE, 1, "eve").line
        return {way.table: way.other for way in line.ways} if line else {}

    offered = others()["t3"]
    hall.do(handwork.pin, FIFE, 1, Seen(offered, "t3"))
    assert others()["t3"] not in (offered, "")
    hall.do(handwork.exchange, FIFE, 1, Seen(offered, "t3"), Seen("eve", "t1"), overrule=True)
    assert hall.ask(pins, FIFE) == {(1, offered)}


def test_repair_pins_who_was_moved_by_hand_since_the_seating(hall: Hall) -> None:
    nobody = "Nobody was moved by hand since everybody was seated. Move somebody first."
    assert outcome(lambda: hall.do(handwork.pin_moved, FIFE)) == nobody
    hall.do(handwork.move_person, FIFE, 1, Seen("fay", "t2"), "t1")
    hall.do(moves.move, FIFE, {(1, "gil"): "t1", (1, "hal"): "t3"}, "repaired")
    assert outcome(lambda: hall.do(handwork.pin_moved, FIFE)) == nobody
    hall.do(handwork.exchange, FIFE, 1, Seen("eve", "t1"), Seen("ida", "t3"))
    assert hall.do(handwork.pin_moved, FIFE) == 2
    assert hall.ask(pins, FIFE) == {(1, "eve"), (1, "ida")}
