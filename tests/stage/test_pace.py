"""The clock against the programme's times."""

from datetime import UTC, date, datetime, timedelta

import pytest

from eventkit.events.step import Step
from eventkit.stage.pace import local, minutes_behind, pace

LONDON, DAY = "Europe/London", date(2016, 5, 18)
STEPS = [
    Step(id=number, event_id=1, position=number, word="poll", time=time)
    for number, time in enumerate(("09:30", "09:45", "", "", "10:45", ""), start=1)
]


def at(hours: int, minutes: int, seconds: int = 0) -> datetime:
    """A moment of the day on the clocks of the event, which are an hour ahead of UTC in May."""
    return datetime(2016, 5, 17, 23, tzinfo=UTC) + timedelta(hours=hours, minutes=minutes, seconds=seconds)


@pytest.mark.parametrize(
    ("moment", "current", "words"),
    [
        (at(9, 45), 2, "On time"),
        (at(10, 44, 59), 2, "On time"),
        (at(10, 45), 2, "On time"),
        (at(10, 51, 30), 2, "6 min behind"),
        (at(10, 46), 3, "1 min behind"),  # a step without a time goes with the one before it that has one
        (at(9, 41), 2, "4 min ahead"),
        (at(9, 41), 4, "4 min ahead"),
        (at(9, 44, 30), 2, "On time"),
        (at(10, 44), 5, "1 min ahead"),
        (at(16, 0), 5, "On time"),  # nothing is due after the last time
        (at(16, 0), 6, "On time"),
        (at(9, 0), 1, "30 min ahead"),
    ],
)
def test_pace_counts_from_the_times_of_the_plan(moment: datetime, current: int, words: str) -> None:
    assert pace(moment, DAY, LONDON, STEPS, current) == words


@pytest.mark.parametrize(
    "moment", [datetime(2016, 5, 17, 22, 59, tzinfo=UTC), datetime(2016, 5, 18, 23, 0, tzinfo=UTC)]
)
def test_pace_of_another_day_says_which_day_the_times_are_for(moment: datetime) -> None:
    assert pace(moment, DAY, LONDON, STEPS, 2) == "The programme’s times are for 18 May 2016"


def test_pace_says_nothing_without_times() -> None:
    assert pace(at(10, 0), DAY, LONDON, [Step(id=1, event_id=1, position=1, word="poll")], 1) == ""


def test_pace_counts_real_minutes_on_the_night_that_the_clocks_change() -> None:
    steps = [
        Step(id=number, event_id=1, position=number, word="poll", time=time)
        for number, time in ((1, "00:30"), (2, "02:30"))
    ]
    changed = date(2016, 3, 27)  # 01:00 is followed by 02:00
    assert minutes_behind(datetime(2016, 3, 27, 1, 45, tzinfo=UTC), changed, LONDON, steps, 1) == 15


def test_local_is_utc_where_the_zone_is_unknown() -> None:
    assert local(at(10, 0), "Nowhere/Town").hour == 9
