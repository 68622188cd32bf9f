"""What the console says of tables."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import Session, select

from eventkit.events.models import Attendance, Person
from eventkit.events.step import Step
from eventkit.tables import counts, moves, saying
from eventkit.tables.models import SeatingRule
from eventkit.tables.room import Kind
from tests.fife import FIFE
from tests.hall import Hall
from tests.tables.seated import seat_all

STEP = Step(id=1, event_id=FIFE, position=1, word="tables")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    made.join(2)
    yield made
    made.close()


def arrive(session: Session, *people: str) -> None:
    for person in session.exec(select(Person)):
        person.attendance = Attendance.HERE if person.person_id in people else person.attendance


def test_title_is_the_step_s_own_or_names_the_round(hall: Hall) -> None:
    assert hall.ask(saying.title, STEP) == "Tables"
    assert hall.ask(saying.title, replace(STEP, number=2, of=3)) == "Tables, round 2"
    assert hall.ask(saying.title, replace(STEP, title="Find your table", of=3)) == "Find your table"


def test_without_seats_it_says_who_gives_them(hall: Hall) -> None:
    state = hall.ask(saying.state, STEP)
    assert state.sentence == "Nobody has a seat in round 1 yet. Organisers seat people on the desk."
    assert (state.chip, state.next, state.back, state.again) == ("Ready", "", "", "")
    assert state.counts == (("0", "seated"), ("0", "here"), ("2", "joined"))


def test_it_says_who_is_seated(hall: Hall) -> None:
    hall.do(seat_all)
    hall.do(arrive, "q0", "q1")
    hall.jump(2)
    state = hall.ask(saying.state, replace(STEP, number=2))
    assert (state.chip, state.sentence) == ("On now", "Round 2: 4 people have a seat at 2 tables.")
    assert state.counts == (("4", "seated"), ("2", "here"), ("2", "joined"))
    assert hall.ask(counts.of, FIFE, 1).tables == [("Leven", 2), ("Ore", 2)]


def test_it_warns_of_people_without_a_seat_and_tables_without_a_host(hall: Hall) -> None:
    hall.do(seat_all)
    host = SeatingRule(event_id=FIFE, position=1, kind=Kind.HOST, person_id="q0")
    hall.do(lambda session: session.add(host))
    hall.do(arrive, "q1")
    hall.do(moves.move, FIFE, {(1, "q1"): ""}, "moved")
    expected = "Round 1: 3 people have a seat at 2 tables. 1 person who is here has no seat. No host sits at Ore."
    assert hall.ask(saying.state, STEP).sentence == expected


def test_people_who_are_not_there_in_a_round_need_no_seat_in_it(hall: Hall) -> None:
    hall.do(seat_all)
    hall.do(lambda session: setattr(session.exec(select(Person)).first(), "rounds", "2"))
    hall.do(arrive, "q0")
    hall.do(moves.move, FIFE, {(1, "q0"): ""}, "moved")
    assert hall.ask(counts.of, FIFE, 1).unseated == 0
    hall.do(moves.move, FIFE, {(2, "q0"): ""}, "moved")
    assert hall.ask(counts.of, FIFE, 2).unseated == 1


def test_nothing_is_lost_by_leaving(hall: Hall) -> None:
    assert hall.ask(saying.leaving, STEP) == hall.ask(saying.repeating, STEP) == ""
