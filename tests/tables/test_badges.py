"""The codes on badges."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, select

from eventkit.events.models import Person
from eventkit.events.tokens import ALPHABET
from eventkit.tables import badges
from tests.fife import FIFE, STRANGER
from tests.hall import Hall


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    opened = Hall(tmp_path)
    yield opened
    opened.close()


def enrol(session: Session, number: int, event_id: int = FIFE) -> None:
    session.add_all(
        Person(event_id=event_id, position=at, person_id=f"a{at}", name=f"Person {at}") for at in range(1, number + 1)
    )


def codes(hall: Hall, event_id: int = FIFE) -> list[str]:
    return hall.ask(
        lambda session: list(
            session.exec(select(Person.badge).where(Person.event_id == event_id).order_by(Person.position))
        )
    )


def test_everybody_gets_a_code_of_their_own_without_look_alikes(hall: Hall) -> None:
    hall.do(enrol, 300)
    hall.do(badges.give, FIFE)
    found = codes(hall)
    assert len(set(found)) == 300
    assert {len(code) for code in found} == {4}
    assert set("".join(found)) <= set(ALPHABET)


def test_who_has_a_code_keeps_it(hall: Hall) -> None:
    hall.do(enrol, 3)
    hall.do(badges.give, FIFE)
    first = codes(hall)
    hall.do(lambda session: session.add(Person(event_id=FIFE, position=4, person_id="late", name="Late")))
    hall.do(badges.give, FIFE)
    hall.do(badges.give, FIFE)
    assert codes(hall)[:3] == first
    assert codes(hall)[3] != ""


def test_code_that_somebody_has_is_drawn_again(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    hall.do(enrol, 3)
    drawn = iter(["AAAA", "AAAA", "AAAA", "BBBB", "AAAA", "CCCC"])
    monkeypatch.setattr(badges, "new_code", lambda _letters: next(drawn))
    hall.do(badges.give, FIFE)
    assert codes(hall) == ["AAAA", "BBBB", "CCCC"]


def test_other_events_people_get_none(hall: Hall) -> None:
    hall.do(enrol, 1)
    hall.do(enrol, 1, STRANGER)
    hall.do(badges.give, FIFE)
    assert codes(hall, STRANGER) == [""]
