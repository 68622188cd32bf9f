"""The results workbook's tables: numbers of people and how the seating came about, and not one name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from eventkit.events import rules as events
from eventkit.events.models import Person, PersonAttribute
from eventkit.sheet import Sheet
from eventkit.tables import moves, sheets
from tests.fife import FIFE, STRANGER
from tests.hall import Hall
from tests.tables import at_door, on_paper


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    yield made
    made.close()


def sheet(hall: Hall, name: str, event_id: int = FIFE) -> Sheet:
    found = hall.ask(lambda session: list(sheets.sheets(session, events.event(session, event_id))))
    return next(each for each in found if each.name == name)


def notes(hall: Hall) -> list[str]:
    return [str(row["note"]) for row in sheet(hall, "method").rows]


def test_row_counts_people_organisations_and_sectors(hall: Hall) -> None:
    hall.do(at_door.seated)
    assert [tuple(row.values()) for row in sheet(hall, "tables").rows] == [
        (1, "t1", "Leven", 4, 3, 2, 1),
        (1, "t2", "Ore", 4, 3, 2, 1),
        (2, "t1", "Leven", 4, 3, 2, 1),
        (2, "t2", "Ore", 4, 3, 2, 1),
    ]


def test_largest_group_of_one_organisation_is_counted_by_table(hall: Hall) -> None:
    hall.do(at_door.seated)
    hall.do(moves.move, FIFE, {(1, "ben"): "t1", (1, "gus"): "t2"}, "moved")
    rows = [tuple(row.values()) for row in sheet(hall, "tables").rows]
    assert rows[:2] == [(1, "t1", "Leven", 4, 3, 2, 2), (1, "t2", "Ore", 4, 2, 2, 1)]


def test_missing_attribute_is_not_applicable(hall: Hall) -> None:
    hall.do(at_door.seated)
    hall.do(forget_attributes)
    assert [tuple(row.values())[3:] for row in sheet(hall, "tables").rows] == [(4, "[z]", "[z]", "[z]")] * 4


def forget_attributes(session: Session) -> None:
    for value in session.exec(select(PersonAttribute)):
        session.delete(value)
    for person in session.exec(select(Person)):
        person.organisation = ""


def test_method_says_how_the_seats_were_found_and_how_good_they_are(hall: Hall) -> None:
    hall.do(on_paper.seated)
    found, quality = notes(hall)
    assert f"eventkit 0.3.0 with seed 7 from data with the SHA-256 {on_paper.DIGEST}." in found
    assert quality.startswith("As the seats were left: ")
    hall.do(moves.move, FIFE, {(1, "eve"): "t1", (2, "eve"): "t1"}, "moved")
    assert notes(hall)[1].startswith("Afterwards ")


def test_no_name_and_no_person_id_is_in_it(hall: Hall) -> None:
    hall.do(on_paper.seated)
    words = " ".join(
        str(value) for each in ("tables", "method") for row in sheet(hall, each).rows for value in row.values()
    )
    roster = hall.ask(
        lambda session: session.exec(select(Person.name, Person.person_id).order_by(col(Person.id))).all()
    )
    assert [one for pair in roster for one in pair if f" {one} " in f" {words} "] == []


def test_event_in_which_nobody_has_a_seat_has_no_rows_and_nothing_to_say(hall: Hall) -> None:
    assert sheet(hall, "tables", STRANGER).rows == []
    with pytest.raises(StopIteration):
        sheet(hall, "method", STRANGER)
