"""Which step of a changed programme is which of the stored one."""

from eventkit.stage.matching import Cells, lost, matched
from eventkit.stage.models import ProgrammeStep

DAY = [("welcome", ""), ("poll", "p1"), ("break", ""), ("wall", "w1 w2"), ("break", ""), ("close", "")]


def day(shown: int = 0) -> list[ProgrammeStep]:
    return [
        ProgrammeStep(id=number, event_id=1, position=number, activity=word, refs=refs, shown=number <= shown)
        for number, (word, refs) in enumerate(DAY, start=1)
    ]


def steps(*wanted: tuple[str, str]) -> list[Cells]:
    return [{"activity": word, "refs": refs} for word, refs in wanted]


def numbers(old: list[ProgrammeStep], new: list[Cells], current: int = 1) -> list[int | None]:
    return [step.id if step else None for step in matched(old, new, current, {"poll"})]


def test_same_programme_has_the_same_steps() -> None:
    assert numbers(day(), steps(*DAY)) == [1, 2, 3, 4, 5, 6]


def test_steps_keep_themselves_in_another_order() -> None:
    assert numbers(day(), steps(*reversed(DAY))) == [6, 3, 4, 5, 2, 1]


def test_step_that_shows_one_more_wall_is_the_same_step() -> None:
    assert numbers(day(), steps(DAY[0], ("wall", "w1 w2 w3"), DAY[5])) == [1, 4, 6]


def test_step_of_another_poll_is_another_step() -> None:
    assert numbers(day(), steps(DAY[0], ("poll", "p2"))) == [1, None]


def test_break_that_the_room_has_seen_is_the_one_that_stays() -> None:
    old = day()
    old[4].shown = True
    assert numbers(old, steps(DAY[0], ("break", ""))) == [1, 5]
    assert numbers(day(), steps(("break", "")), current=5) == [5]


def test_title_and_time_tell_breaks_apart() -> None:
    old = day()
    old[2].time, old[4].time = "10:30", "15:00"
    assert numbers(old, [{"activity": "break", "time": "15:00"}]) == [5]


def test_what_the_room_has_seen_is_lost_and_what_it_has_not_is_not() -> None:
    old = day(shown=2)
    kept = matched(old, steps(DAY[0], DAY[5]), 3, {"poll"})
    assert [step.id for step in lost(old, kept, 3)] == [2, 3]
