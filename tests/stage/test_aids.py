"""The timer, the size of the screen's letters, and a blank screen."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from eventkit.database import now
from eventkit.stage import aids, programme
from eventkit.stage.models import ProgrammeStep, Stage
from tests.fife import FIFE
from tests.hall import Hall, outcome


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    yield made
    made.close()


def stage(hall: Hall) -> Stage:
    return hall.ask(lambda session: programme.stage_of(session, FIFE).model_copy())


def left(hall: Hall) -> int:
    """Whole minutes, as they were when it was last touched."""
    until = stage(hall).timer_until
    assert until is not None
    return round((until - now()) / timedelta(minutes=1))


def give(session: Session, position: int, minutes: int | None, time: str = "") -> None:
    step = next(step for step in programme.steps(session, FIFE) if step.position == position)
    row = session.get_one(ProgrammeStep, step.id)
    row.minutes, row.time = minutes, time


def run_out(session: Session) -> datetime:
    ended = now() - timedelta(minutes=7)
    programme.stage_of(session, FIFE).timer_until = ended
    return ended


def test_timer_runs_as_long_as_the_step_has_or_two_minutes(hall: Hall) -> None:
    hall.do(aids.start_timer, FIFE, None)
    assert left(hall) == 2
    hall.do(give, 1, 15)
    hall.do(aids.start_timer, FIFE, None)
    assert left(hall) == 15


def test_minutes_of_a_row_of_several_polls_are_for_none_of_them(hall: Hall) -> None:
    hall.forward()
    hall.do(give, 2, 60)
    assert hall.ask(aids.minutes_for, FIFE) == 2
    hall.do(give, 3, 10, "10:00")
    assert hall.ask(aids.minutes_for, FIFE) == 60


@pytest.mark.parametrize("minutes", [0, -1, 181])
def test_timer_of_no_time_or_of_hours_is_refused(hall: Hall, minutes: int) -> None:
    assert outcome(lambda: hall.do(aids.start_timer, FIFE, minutes)) == "A timer runs from 1 to 180 minutes."
    assert stage(hall).timer_until is None


def test_timer_is_extended_by_a_minute_also_after_it_ran_out(hall: Hall) -> None:
    hall.do(aids.start_timer, FIFE, 5)
    hall.do(aids.extend_timer, FIFE)
    assert left(hall) == 6
    hall.do(run_out)
    hall.do(aids.extend_timer, FIFE)
    assert left(hall) == 1


def test_timer_that_ran_out_stays_until_it_is_stopped(hall: Hall) -> None:
    ended = hall.do(run_out)
    hall.forward()
    assert stage(hall).timer_until == ended
    hall.do(aids.stop_timer, FIFE)
    assert stage(hall).timer_until is None
    refusal = "There is no timer any more: somebody stopped it. Start a new one."
    assert outcome(lambda: hall.do(aids.extend_timer, FIFE)) == refusal


def test_letters_stay_between_their_smallest_and_their_largest_size(hall: Hall) -> None:
    for _ in range(3):
        hall.do(aids.enlarge, FIFE)
    too_large = "The letters on the screen are as large as it holds."
    assert (outcome(lambda: hall.do(aids.enlarge, FIFE)), stage(hall).text_size) == (too_large, 3)
    for _ in range(4):
        hall.do(aids.reduce, FIFE)
    too_small = "The letters on the screen are as small as they get."
    assert (outcome(lambda: hall.do(aids.reduce, FIFE)), stage(hall).text_size) == (too_small, -1)


def test_aids_do_not_count_as_a_press(hall: Hall) -> None:
    before = hall.version()
    for verb in (aids.enlarge, aids.stop_timer, programme.toggle_blank):
        hall.do(verb, FIFE)
    hall.do(aids.start_timer, FIFE, 1)
    assert hall.version() == before


def test_blank_screen_is_shown_again_by_its_key_and_by_any_step(hall: Hall) -> None:
    hall.do(programme.toggle_blank, FIFE)
    assert stage(hall).overlay == "blank"
    hall.do(programme.toggle_blank, FIFE)
    assert stage(hall).overlay == ""
    for move in (hall.forward, hall.back):
        hall.do(programme.toggle_blank, FIFE)
        move()
        assert stage(hall).overlay == ""
