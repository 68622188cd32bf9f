"""Who is meant by a name or a code."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, select

from eventkit.database import now
from eventkit.events import rules as events
from eventkit.events.models import Person
from eventkit.tables import lookup, moves
from eventkit.tables.lookup import Found, Place
from eventkit.tables.models import ShownRound
from tests.fife import FIFE, STRANGER
from tests.hall import Hall, outcome
from tests.tables.seated import seat_all

ZOE = (Place(1, "Leven", now=False), Place(2, "Ore", now=False))


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    made.do(seat_all)
    yield made
    made.close()


def found(hall: Hall, typed: str) -> Found | None:
    return hall.ask(lookup.find, FIFE, typed)


@pytest.mark.parametrize(
    "typed", ["Zoë Ainslie", "zoe ainslie", "  ZOE   AINSLIE ", "Ainslie, Zoë", "Zoe\u0308 Ainslie", "zoe-ainslie"]
)
def test_name_is_found_however_it_is_typed(hall: Hall, typed: str) -> None:
    assert found(hall, typed) == Found("Zoë Ainslie", list(ZOE))


@pytest.mark.parametrize(("typed", "name"), [("lukasz nowak", "Łukasz Nowak"), ("ETIENNE BLAIR", "Étienne Blair")])
def test_letters_that_a_keyboard_lacks_are_found(hall: Hall, typed: str, name: str) -> None:
    answer = found(hall, typed)
    assert answer
    assert answer.called == name


@pytest.mark.parametrize("typed", ["RT8C", "rt8c", " rt 8c ", "RT-8C"])
def test_code_tells_no_name(hall: Hall, typed: str) -> None:
    assert found(hall, typed) == Found("RT8C", list(ZOE))


@pytest.mark.parametrize("typed", ["", "  ", "-", "Zoë", "Ainslie", "Zoë Ainslie Ortiz", "RT8", "ZZZZ", "%", "q0"])
def test_nobody_is_meant(hall: Hall, typed: str) -> None:
    assert found(hall, typed) is None


def test_empty_badge_is_no_code(hall: Hall) -> None:
    def lose(session: Session) -> None:
        for person in session.exec(select(Person)):
            person.badge = ""

    hall.do(lose)
    assert found(hall, "\u0940") is None  # a mark alone, of which no letter of a code is left


def test_name_that_several_share_asks_for_the_code(hall: Hall) -> None:
    hall.do(lambda session: session.add(Person(event_id=FIFE, position=9, person_id="z", name="Zoe Ainslie")))
    assert found(hall, "Zoë Ainslie") == Found("Zoë Ainslie", several=True)


def test_people_of_another_event_are_not_found(hall: Hall) -> None:
    assert hall.ask(lookup.find, STRANGER, "Zoë Ainslie") is None
    assert hall.ask(lookup.find, STRANGER, "RT8C") is None


def test_round_that_is_on_is_marked_and_a_lost_seat_is_gone(hall: Hall) -> None:
    hall.do(lambda session: session.add(ShownRound(event_id=FIFE, round=2, shown_at=now())))
    hall.do(moves.move, FIFE, {(1, "q0"): ""}, "absent")
    assert found(hall, "RT8C") == Found("RT8C", [Place(2, "Ore", now=True)])
    hall.do(moves.move, FIFE, {(2, "q0"): ""}, "absent")
    assert found(hall, "RT8C") == Found("RT8C", [])


def test_vowels_of_other_scripts_are_no_accents() -> None:
    assert lookup.plain("की") != lookup.plain("कि")
    assert lookup.plain("が") != lookup.plain("か")
    assert lookup.plain("שָׁלוֹם") == lookup.plain("שלום")
    assert lookup.plain("Ångström Æsir ẞ") == "angstrom aesir ss"
    assert lookup.plain("김하나") == "김하나"


def test_it_is_open_from_the_seating_to_the_end(hall: Hall) -> None:
    assert outcome(lambda: hall.ask(lookup.check_open, FIFE)) == ""
    nobody = "Nobody has a seat yet. Look again when the screen says so, or ask at the door."
    assert outcome(lambda: hall.ask(lookup.check_open, STRANGER)) == nobody
    hall.do(events.end, FIFE)
    over = "This event has finished. Thank you for taking part."
    assert outcome(lambda: hall.ask(lookup.check_open, FIFE)) == over
