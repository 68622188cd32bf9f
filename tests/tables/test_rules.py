"""The steps of tables: which rounds they show, and which rounds are over."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eventkit.events.step import Step
from eventkit.stage import programme
from eventkit.tables import rules, stored, turning
from tests.fife import FIFE, STRANGER
from tests.hall import Hall, outcome
from tests.tables.seated import add_steps, seat_all

STEP = Step(id=1, event_id=FIFE, position=1, word="tables")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    made.database.info |= {"programme": programme.steps, "current_step": programme.current, turning.MEMORY: {}}
    made.do(seat_all, rounds=3)
    made.do(add_steps, 2)
    yield made
    made.close()


def rounds(hall: Hall, number: int, of: int) -> list[int]:
    return list(hall.ask(rules.rounds, replace(STEP, number=number, of=of)))


def over(hall: Hall) -> list[int]:
    return sorted(hall.ask(stored.over, FIFE))


def test_ids_are_the_tables(hall: Hall) -> None:
    assert hall.ask(rules.ids, FIFE) == ["t1", "t2"]
    assert hall.ask(rules.ids, STRANGER) == []


def test_step_shows_its_round_and_the_last_one_all_later_rounds(hall: Hall) -> None:
    assert rounds(hall, 1, 2) == [1]
    assert rounds(hall, 2, 2) == [2, 3]
    assert rounds(hall, 1, 1) == [1, 2, 3]
    assert rounds(hall, 5, 5) == [5]


def test_rounds_before_the_one_shown_are_over(hall: Hall) -> None:
    assert over(hall) == []
    hall.jump(4)
    assert over(hall) == []
    hall.forward()
    assert over(hall) == [1]


def test_stepping_back_to_a_round_takes_it_up_again(hall: Hall) -> None:
    hall.jump(5)
    assert over(hall) == [1]
    hall.back()
    assert over(hall) == []
    hall.forward()
    assert over(hall) == [1]


def test_leaving_for_another_step_changes_nothing(hall: Hall) -> None:
    hall.jump(5)
    hall.jump(1)
    assert over(hall) == [1]


def test_press_leads_on(hall: Hall) -> None:
    assert hall.do(rules.forward, STEP) is False
    assert hall.do(rules.back, STEP) is False
    assert outcome(lambda: hall.do(rules.again, STEP)) == "There is nothing here that can be done again."


def test_forgetting_drops_what_was_shown_and_keeps_the_seats(hall: Hall) -> None:
    hall.jump(5)
    held = hall.ask(stored.seats_of, FIFE)
    hall.do(rules.forget, FIFE)
    assert over(hall) == []
    assert hall.ask(stored.seats_of, FIFE) == held


def test_pages_turn_while_tables_are_on(hall: Hall) -> None:
    none = "No tables are on the screen now, so there is no page to turn."
    assert outcome(lambda: hall.do(turning.turn, FIFE, 1)) == none
    hall.jump(4)
    assert hall.ask(turning.of, FIFE).page == 0
    assert hall.ask(turning.of, FIFE).due > 0
    hall.do(turning.turn, FIFE, 1)
    assert hall.ask(turning.of, FIFE).page == 1
    hall.do(turning.let, FIFE, on=False)
    hall.do(turning.turn, FIFE, 1)
    assert hall.ask(turning.of, FIFE) == turning.Turning(2, 0.0)
    hall.jump(1)
    assert hall.ask(turning.of, FIFE) == turning.Turning()
