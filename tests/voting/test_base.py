"""What "31 of 42 have voted" counts as the 42: phones that joined, or people who are checked in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, select

from eventkit.events import rules as events
from eventkit.events.models import Attendance, Event, Person
from eventkit.voting import plan, saying
from eventkit.voting.models import Round
from eventkit.voting.pages import frame
from tests.fife import FIFE
from tests.hall import Hall


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """A poll is open, three phones have joined, and one of them has voted."""
    opened = Hall(tmp_path)
    opened.join(3)
    opened.forward(2)
    opened.votes("A")
    yield opened
    opened.close()


def enrol(session: Session, here: int) -> None:
    """Five people are expected, of whom so many are here, and the votes count against those."""
    events.event(session, FIFE).base = "checked_in"
    session.add_all(
        Person(event_id=FIFE, position=at, person_id=f"a{at}", name=f"Person {at}",
               attendance=Attendance.HERE if at < here else Attendance.EXPECTED)
        for at in range(5)
    )  # fmt: skip


def told(hall: Hall) -> tuple[str, tuple[tuple[str, str], ...], int]:
    state = hall.ask(saying.state, hall.step())
    screen = hall.ask(lambda session: frame(session, hall.step(), "screen").values)
    return state.chip, state.counts, screen["base"]


def test_votes_count_against_phones_without_a_roster(hall: Hall) -> None:
    assert told(hall) == ("Open 1/3", (("1", "voted"), ("3", "joined")), 3)


def test_votes_count_against_people_who_are_here(hall: Hall) -> None:
    hall.do(enrol, 2)
    assert told(hall) == ("Open 1/2", (("1", "voted"), ("3", "joined"), ("2", "checked in")), 2)
    hall.forward(2)
    assert hall.ask(lambda session: session.exec(select(Round.base)).one()) == 2


def test_roster_is_told_beside_phones_whatever_the_base(hall: Hall) -> None:
    hall.do(enrol, 2)
    hall.do(lambda session: setattr(events.event(session, FIFE), "base", "joined"))
    assert told(hall) == ("Open 1/3", (("1", "voted"), ("3", "joined"), ("2", "checked in")), 3)


def test_base_stays_once_a_vote_was_counted_against_it(hall: Hall) -> None:
    def why(session: Session) -> str:
        return plan.fixed(session, session.get_one(Event, FIFE), "event", "fife-2016", "base")

    assert hall.ask(why) == ""
    hall.forward(2)
    assert hall.ask(why) == "A vote was counted against this base, so it stays."
