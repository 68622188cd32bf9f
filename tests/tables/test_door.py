"""The verbs of the door."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlmodel import Session, col, select

from eventkit.activities import ACTIVITIES
from eventkit.events import rules as events
from eventkit.events.models import Attendance, Event, Person
from eventkit.plan import whole
from eventkit.server.stored import admit
from eventkit.sheet import Plan
from eventkit.tables import changes, door, moves
from eventkit.tables.door import Newcomer
from eventkit.tables.models import Seat, SeatingRule, SeatMove
from eventkit.tables.room import Kind
from tests.fife import FIFE
from tests.hall import Hall, outcome
from tests.tables import at_door

ZED = Newcomer("new1", "Zed  Orr", "Housing", "a ramp", {"sector": "council", "unknown": "x"})


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    opened = Hall(tmp_path)
    opened.do(at_door.seated)
    yield opened
    opened.close()


def attendance(hall: Hall, person_id: str) -> Attendance:
    return Attendance(hall.ask(at_door.of, person_id)["attendance"])


def batches(hall: Hall) -> int | None:
    return hall.ask(lambda session: session.exec(select(SeatMove.batch).order_by(col(SeatMove.batch).desc())).first())


def test_arriving_twice_is_arriving_once_and_moves_nobody(hall: Hall) -> None:
    hall.do(door.arrive, FIFE, "anna")
    first = hall.ask(at_door.of, "anna")
    hall.do(door.arrive, FIFE, "anna")
    assert hall.ask(at_door.of, "anna") == first
    assert first["attendance"] is Attendance.HERE
    assert len(first["badge"]) == 4
    assert batches(hall) == 1


def test_who_stays_away_frees_seats_in_rounds_that_are_not_over(hall: Hall) -> None:
    hall.do(at_door.show_round, 2)
    hall.do(door.stay_away, FIFE, "anna")
    hall.do(door.stay_away, FIFE, "anna")
    assert attendance(hall, "anna") is Attendance.ABSENT
    left = hall.ask(
        lambda session: session.exec(select(Seat.round).join(Person).where(Person.person_id == "anna")).all()
    )
    assert left == [1]
    moved = hall.ask(
        lambda session: [(move.round, move.before, move.after, move.reason) for move in moves.last(session, FIFE)]
    )
    assert moved == [(2, "t1", "", "absent")]
    assert batches(hall) == 2


def test_undo_gives_back_the_same_seats(hall: Hall) -> None:
    before = hall.ask(at_door.seats, "anna")
    hall.do(door.stay_away, FIFE, "anna")
    assert hall.ask(at_door.seats, "anna") == {}
    hall.do(door.expect, FIFE, "anna")
    assert hall.ask(at_door.seats, "anna") == before == {1: "t1", 2: "t1"}
    assert attendance(hall, "anna") is Attendance.EXPECTED
    assert hall.ask(changes.since, FIFE, 2) == []


def test_who_comes_back_sits_where_they_sat_though_another_table_would_mix_better(hall: Hall) -> None:
    hall.do(moves.move, FIFE, {(1, "ben"): "t1"}, "by hand")
    hall.do(door.stay_away, FIFE, "ben")
    hall.do(door.arrive, FIFE, "ben")
    assert hall.ask(at_door.seats, "ben") == {1: "t1", 2: "t2"}


def test_who_comes_back_to_a_full_table_sits_at_another(tmp_path: Path) -> None:
    hall = Hall(tmp_path / "tight")
    hall.do(at_door.seated, 4)
    hall.do(door.stay_away, FIFE, "anna")
    hall.do(moves.move, FIFE, {(1, "ben"): "t1"}, "moved")
    hall.do(door.arrive, FIFE, "anna")
    assert hall.ask(at_door.seats, "anna") == {1: "t2", 2: "t1"}
    hall.close()


def test_nobody_is_marked_who_is_not_on_the_list(hall: Hall) -> None:
    sentence = "This person is not on the list any more. Look at the list again."
    for verb in (door.arrive, door.stay_away, door.expect):
        assert outcome(partial(hall.do, verb, FIFE, "zoe")) == sentence


def test_newcomer_is_here_last_on_the_list_with_badge_and_seats(hall: Hall) -> None:
    assert hall.do(door.add, FIFE, ZED) == "new1"
    row = hall.ask(at_door.of, "new1")
    assert (row["name"], row["organisation"], row["needs"]) == ("Zed Orr", "Housing", "a ramp")
    assert (row["attendance"], row["rounds"], len(row["badge"])) == (Attendance.HERE, "", 4)
    assert hall.ask(at_door.everybody)[-1] == "new1"
    assert hall.ask(door.attributes, FIFE) == {"sector": ["council", "health"]}
    assert set(hall.ask(at_door.seats, "new1")) == {1, 2}
    moved = hall.ask(lambda session: {move.reason for move in moves.last(session, FIFE)})
    assert moved == {"arrived"}


def test_newcomer_is_not_counted_in_a_round_that_is_over(hall: Hall) -> None:
    hall.do(at_door.show_round, 2)
    hall.do(door.add, FIFE, ZED)
    assert hall.ask(at_door.of, "new1")["rounds"] == "2"
    assert set(hall.ask(at_door.seats, "new1")) == {2}


def test_form_that_is_sent_twice_adds_one_person(hall: Hall) -> None:
    assert [hall.do(door.add, FIFE, ZED), hall.do(door.add, FIFE, ZED)] == ["new1", "new1"]
    assert len(hall.ask(at_door.everybody)) == 9


def test_two_people_who_were_offered_one_id_get_two(hall: Hall) -> None:
    hall.do(door.add, FIFE, ZED)
    assert hall.do(door.add, FIFE, Newcomer("new1", "Yan Roy")) == "new2"
    assert hall.do(door.add, FIFE, Newcomer("anna", "Xia Lin")) == "new3"
    assert hall.ask(door.next_id, FIFE) == "new4"


def test_same_name_is_asked_about(hall: Hall) -> None:
    asked = outcome(lambda: hall.do(door.add, FIFE, Newcomer("new1", "anna nowak")))
    assert asked == "Anna Nowak, Housing is on the list already. Is this another person?"
    assert len(hall.ask(at_door.everybody)) == 8
    assert hall.do(door.add, FIFE, Newcomer("new1", "Anna Nowak", another=True)) == "new1"


def test_newcomer_needs_a_name_that_is_not_endless(hall: Hall) -> None:
    assert outcome(lambda: hall.do(door.add, FIFE, Newcomer("new1", " "))) == "Write the name that stands on the badge."
    long = "One of these is longer than 200 characters. Shorten it."
    assert outcome(lambda: hall.do(door.add, FIFE, Newcomer("new1", "Zed", needs="x" * 201))) == long
    assert len(hall.ask(at_door.everybody)) == 8


def test_newcomer_without_a_free_chair_has_no_seat(tmp_path: Path) -> None:
    hall = Hall(tmp_path / "full")
    hall.do(at_door.seated, 4)
    hall.do(door.add, FIFE, ZED)
    assert hall.ask(at_door.seats, "new1") == {}
    hall.close()


def test_newcomer_sits_where_the_organisation_is_not(hall: Hall) -> None:
    hall.do(door.stay_away, FIFE, "ben")
    hall.do(door.add, FIFE, Newcomer("new1", "Zed", "Housing"))
    assert hall.ask(at_door.seats, "new1") == {1: "t2", 2: "t2"}
    hall.do(door.add, FIFE, Newcomer("new2", "Yan", "Health"))
    assert hall.ask(lambda session: len(at_door.seats(session, "new2"))) == 2


def test_returning_person_is_seated_as_the_rules_bind_them(hall: Hall) -> None:
    def bind(session: Session) -> None:
        session.add(SeatingRule(event_id=FIFE, position=1, kind=Kind.BANNED, person_id="anna", table="t1"))
        session.execute(delete(SeatMove))

    hall.do(door.stay_away, FIFE, "anna")
    hall.do(bind)
    hall.do(door.arrive, FIFE, "anna")
    assert hall.ask(at_door.seats, "anna") == {1: "t2", 2: "t2"}


def test_closed_doors_mark_whoever_is_still_expected(hall: Hall) -> None:
    for person_id in ("anna", "ben", "cal"):
        hall.do(door.arrive, FIFE, person_id)
    hall.do(door.stay_away, FIFE, "dee")
    assert hall.ask(door.awaited, FIFE) == 4
    assert hall.do(door.close, FIFE) == 4
    assert {person_id: attendance(hall, person_id) for person_id in ("anna", "dee", "hal")} == {
        "anna": Attendance.HERE,
        "dee": Attendance.ABSENT,
        "hal": Attendance.ABSENT,
    }
    assert hall.ask(lambda session: {who for who in at_door.PEOPLE if at_door.seats(session, who)}) == {
        "anna",
        "ben",
        "cal",
    }
    assert hall.do(door.close, FIFE) == 0


def test_rehearsal_leaves_everybody_expected_and_seated(hall: Hall) -> None:
    before = hall.ask(lambda session: {who: at_door.seats(session, who) for who in at_door.PEOPLE})
    hall.do(door.arrive, FIFE, "anna")
    hall.do(door.close, FIFE)
    hall.do(door.forget, FIFE)
    assert {attendance(hall, who) for who in at_door.PEOPLE} == {Attendance.EXPECTED}
    assert hall.ask(lambda session: {who: at_door.seats(session, who) for who in at_door.PEOPLE}) == before


def test_newcomer_is_in_the_plan_which_is_still_known(hall: Hall) -> None:
    def plan(session: Session) -> Plan:
        return whole.stored(session, events.event(session, FIFE), ACTIVITIES)

    hall.do(lambda session: setattr(events.event(session, FIFE), "plan_digest", whole.digest(plan(session))))
    hall.do(door.add, FIFE, ZED)
    added = hall.ask(plan).rows("people")[-1]
    assert added.given() == {
        "person_id": "new1",
        "name": "Zed Orr",
        "organisation": "Housing",
        "needs": "a ramp",
        "sector": "council",
    }
    assert hall.do(lambda session: admit(session, plan(session)).notes) == ()
    assert hall.ask(lambda session: whole.digest_of(session, session.get_one(Event, FIFE), ACTIVITIES)) == whole.digest(
        hall.ask(plan)
    )


def test_plan_that_is_uploaded_again_keeps_who_is_here_and_their_badges(hall: Hall) -> None:
    hall.do(door.arrive, FIFE, "anna")
    hall.do(door.add, FIFE, ZED)
    before = [hall.ask(at_door.of, who) for who in ("anna", "new1")]
    plan = hall.ask(lambda session: whole.stored(session, events.event(session, FIFE), ACTIVITIES))
    fewer = [row for row in plan.rows("people") if row.text("person_id") != "hal"]
    changed = Plan({**plan.parts, "people": tuple(fewer)})
    hall.do(lambda session: whole.store(session, events.event(session, FIFE), changed, ACTIVITIES, {"people"}))
    after = [hall.ask(at_door.of, who) for who in ("anna", "new1")]
    assert [(row["attendance"], row["badge"]) for row in after] == [(row["attendance"], row["badge"]) for row in before]
    assert "hal" not in hall.ask(at_door.everybody)
    assert hall.ask(at_door.seats, "new1") != {}
