"""When a rehearsal may begin, and what its end leaves."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from eventkit.activities import ACTIVITIES
from eventkit.codebook import headings
from eventkit.codebook import rules as codebook
from eventkit.database import now
from eventkit.events import rehearsing
from eventkit.events import rules as events
from eventkit.events.models import Attendance, Correction, Person
from eventkit.rehearsal import rules
from eventkit.rehearsal.simulation import wipe
from eventkit.stage import programme
from eventkit.stage.models import ProgrammeRow, ProgrammeStep
from eventkit.wall import paper
from eventkit.wall import rules as walls
from eventkit.wall.models import Wall
from tests.fife import FIFE, STRANGER
from tests.hall import Hall, outcome


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    yield made
    made.close()


def join(session: Session) -> None:
    events.join(session, FIFE)


def start(session: Session) -> None:
    events.start(session, FIFE)


def finish(session: Session) -> None:
    events.end(session, FIFE)


def open_vote(session: Session) -> None:
    step = programme.steps(session, FIFE)[1]
    ACTIVITIES[0].rules.forward(session, step)


def open_wall(session: Session) -> None:
    session.add(Wall(event_id=FIFE, position=1, wall_id="w1", question="What is missing?"))
    session.flush()
    walls.open_wall(session, FIFE, "w1")
    paper.enter(session, FIFE, "w1", "a" * 16, "From a real post-it")


def check_in(session: Session) -> None:
    session.add(Person(event_id=FIFE, position=1, person_id="anna", name="Anna", attendance=Attendance.HERE))


def correct(session: Session) -> None:
    words = {"part": "polls", "row_id": "p1", "column": "question", "before": "a", "after": "b"}
    session.add(Correction(event_id=FIFE, at=now(), **words))


@pytest.mark.parametrize(
    ("happened", "said"),
    [
        (join, "1 person has joined already"),
        (start, "This event has started"),
        (finish, "This event has finished"),
        (open_vote, "A vote has been opened already"),
        (correct, "A vote has been opened already"),
        (check_in, "Somebody was marked at the door already"),
        (open_wall, "A wall has been opened already"),
        (lambda session: rules.begin(session, FIFE), "A rehearsal is on already"),
    ],
)
def test_rehearsal_is_refused_once_anything_has_happened(
    hall: Hall, happened: Callable[[Session], None], said: str
) -> None:
    hall.do(happened)
    assert said in outcome(lambda: hall.do(rules.begin, FIFE))


def test_what_happens_at_another_event_does_not_hinder(hall: Hall) -> None:
    hall.do(events.join, STRANGER)
    hall.do(rules.begin, FIFE)
    assert [hall.ask(events.event, each).rehearsal for each in (FIFE, STRANGER)] == [True, False]


def test_real_event_is_never_wiped(hall: Hall) -> None:
    hall.join(2)
    assert "No rehearsal is on" in outcome(lambda: hall.do(wipe, FIFE))
    assert "No rehearsal is on" in outcome(lambda: hall.ask(rules.losing, FIFE))
    assert hall.ask(events.joined, FIFE) == 2


def test_nobody_joins_what_they_were_not_told_of(hall: Hall) -> None:
    simulated = lambda: hall.do(events.join, FIFE, rehearsal=True)  # noqa: E731
    real = lambda: hall.do(events.join, FIFE)  # noqa: E731
    assert "A rehearsal has begun or ended meanwhile" in outcome(simulated)
    hall.do(rules.begin, FIFE)
    assert "A rehearsal has begun or ended meanwhile" in outcome(real)
    hall.do(events.join, FIFE, rehearsal=True)
    hall.do(wipe, FIFE)
    assert "A rehearsal has begun or ended meanwhile" in outcome(simulated)
    assert hall.ask(events.joined, FIFE) == 0


def test_theme_that_was_made_before_the_rehearsal_stays(hall: Hall) -> None:
    hall.do(codebook.add, FIFE, "Money", "before")
    hall.do(rules.begin, FIFE)
    hall.do(codebook.add, FIFE, "Buses", "during")
    hall.do(wipe, FIFE)
    assert [theme.label for theme in hall.ask(headings.with_gone, FIFE)] == ["Money"]


def test_question_says_what_goes(hall: Hall) -> None:
    hall.do(rules.begin, FIFE)
    for _ in range(3):
        hall.do(events.join, FIFE, rehearsal=True)
    assert "3 passes go, and every vote, note, count and query" in hall.ask(rules.losing, FIFE)


def test_memory_follows_the_order_of_the_commits(hall: Hall) -> None:
    passes: dict[str, int] = {"of another": STRANGER}
    rehearsals: set[int] = set()
    hall.database.info |= {"passes": passes, "rehearsals": rehearsals}
    hall.do(rules.begin, FIFE)
    assert rehearsals == {FIFE}

    def join_and_wipe(session: Session) -> None:
        events.join(session, FIFE, rehearsal=True)
        session.flush()
        wipe(session, FIFE)

    hall.do(join_and_wipe)
    assert (passes, rehearsals) == ({"of another": STRANGER}, set())


def test_step_that_the_end_added_goes_and_a_planned_one_stays(hall: Hall) -> None:
    def without_close(session: Session) -> None:
        row = ProgrammeRow(event_id=FIFE, position=1, order=1, activity="welcome")
        session.add(row)
        session.delete(session.get_one(ProgrammeStep, programme.steps(session, FIFE)[-1].id))

    hall.do(without_close)
    before = [step.id for step in hall.ask(programme.steps, FIFE)]
    hall.do(rules.begin, FIFE)
    hall.do(programme.end, FIFE)
    assert len(hall.ask(programme.steps, FIFE)) == len(before) + 1
    hall.do(wipe, FIFE)
    assert [step.id for step in hall.ask(programme.steps, FIFE)] == before
    assert hall.step().id == before[0]


def test_press_that_saw_the_rehearsal_is_refused(hall: Hall) -> None:
    hall.do(rules.begin, FIFE)
    hall.forward(2)
    seen = hall.version()
    hall.do(wipe, FIFE)
    assert hall.version() > seen
    assert "already moved on" in outcome(lambda: hall.do(programme.forward, FIFE, seen))


def test_box_that_was_held_through_the_wipe_takes_no_vote_into_another(hall: Hall) -> None:
    hall.do(rules.begin, FIFE)
    hall.forward(2)
    held = hall.boxes.open[FIFE, "poll-p1-r1"]
    hall.do(wipe, FIFE)
    hall.forward(2)
    hall.vote("real", "A")
    hall.boxes.open[FIFE, "poll-p1-r1"], real = held, hall.boxes.open[FIFE, "poll-p1-r1"]
    assert held.box_id == real.box_id
    assert "voting has closed" in outcome(lambda: hall.vote("left over", "A"))


@pytest.mark.parametrize(("named", "number"), [(0, 42), (1, 2), (17, 17), (400, 200)])
def test_usual_number_is_that_of_the_plan(hall: Hall, named: int, number: int) -> None:
    def roster(session: Session) -> None:
        people = range(named)
        session.add_all(Person(event_id=FIFE, position=each, person_id=f"p{each}", name=f"P {each}") for each in people)

    hall.do(roster)
    assert hall.ask(rehearsing.usual_number, FIFE) == number
