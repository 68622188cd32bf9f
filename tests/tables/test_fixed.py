"""What of a table cannot change any more."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from eventkit.database import now
from eventkit.events.models import Event
from eventkit.tables import moves
from eventkit.tables.models import ShownRound, TableInRound
from eventkit.tables.plan import fixed
from tests.fife import FIFE, STRANGER
from tests.hall import Hall
from tests.tables.seated import seat_all

SEATED = "Somebody sits at the table “t1”, so it stays. Move them first."
OVER = "Round 1 is over, so the table “t9” stays as it was then."


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    made.do(seat_all)
    made.do(add_of_one_round, 1)
    made.do(add_of_one_round, 2)
    yield made
    made.close()


def add_of_one_round(session: Session, number: int) -> None:
    session.add(TableInRound(event_id=FIFE, position=2 + number, table="t9", round=number, max_seats=9))


def why(hall: Hall, row_id: str, column: str, part: str = "tables", event_id: int = FIFE) -> str:
    return hall.ask(lambda session: fixed(session, session.get_one(Event, event_id), part, row_id, column))


def test_table_at_which_somebody_sits_is_neither_removed_nor_renamed(hall: Hall) -> None:
    assert why(hall, "t1", "") == why(hall, "t1", "name") == SEATED
    assert [why(hall, "t1", column) for column in ("min_seats", "max_seats", "accessible", "vignettes")] == [""] * 4
    hall.do(moves.move, FIFE, {(number, f"q{at}"): "t2" for number in (1, 2) for at in range(4)}, "moved")
    assert why(hall, "t1", "") == ""


def test_table_of_one_round_is_free_while_nobody_sits_at_it_in_that_round(hall: Hall) -> None:
    hall.do(moves.move, FIFE, {(2, "q0"): "t9"}, "moved")
    assert why(hall, "1 t9", "") == ""
    assert why(hall, "2 t9", "") == SEATED.replace("t1", "t9")


def test_table_of_a_round_that_is_over_stays(hall: Hall) -> None:
    hall.do(lambda session: session.add(ShownRound(event_id=FIFE, round=2, shown_at=now())))
    assert (why(hall, "1 t9", ""), why(hall, "1 t9", "name"), why(hall, "2 t9", "")) == (OVER, OVER, "")
    assert why(hall, "1 t9", "max_seats") == ""


@pytest.mark.parametrize(("part", "row_id"), [("tables", ""), ("tables", "t7"), ("people", "t1"), ("polls", "t1")])
def test_nothing_else_is_held(hall: Hall, part: str, row_id: str) -> None:
    assert why(hall, row_id, "", part) == ""


def test_seats_of_another_event_hold_nothing(hall: Hall) -> None:
    def add(session: Session) -> None:
        session.add(TableInRound(event_id=STRANGER, position=1, table="t1", max_seats=9))

    hall.do(add)
    assert why(hall, "t1", "", event_id=STRANGER) == ""
