"""How long an event is kept, and from when on organisers are warned."""

from datetime import UTC, date, datetime

import pytest

from eventkit.events import retention
from eventkit.events.models import Event

LAST = date(2026, 6, 30)


def kept(delete_after: date | None = LAST, time_zone: str = "Europe/London") -> Event:
    return Event(
        event_id="fife",
        code="K7M4PDX",
        title="Day",
        date=date(2026, 5, 18),
        delete_after=delete_after,
        time_zone=time_zone,
    )


@pytest.mark.parametrize(
    ("today", "left"), [(date(2026, 6, 22), 8), (LAST, 0), (date(2026, 7, 1), -1), (date(2027, 6, 30), -365)]
)
def test_days_left_are_counted_to_the_last_day(today: date, left: int) -> None:
    assert retention.days_left(kept(), today) == left


def test_event_without_a_last_day_is_kept() -> None:
    event = kept(None)
    assert retention.days_left(event, date(2999, 1, 1)) is None
    assert retention.warning(event, date(2999, 1, 1)) == ""
    assert not retention.is_over(event, datetime(2999, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 6, 22), ""),
        (date(2026, 6, 23), "fife is deleted after 30 June 2026, in 7 days. Download what you need."),
        (date(2026, 6, 29), "fife is deleted after 30 June 2026, in 1 day. Download what you need."),
        (LAST, "fife is deleted when today ends. Download what you need."),
        (date(2026, 7, 1), "fife was to be kept until 30 June 2026. A server deletes it when it starts."),
    ],
)
def test_warning_comes_seven_days_before(today: date, said: str) -> None:
    assert retention.warning(kept(), today) == said


@pytest.mark.parametrize(
    ("zone", "moment", "over"),
    [
        ("Europe/London", datetime(2026, 6, 30, 22, 59, tzinfo=UTC), False),  # an hour ahead of UTC in summer
        ("Europe/London", datetime(2026, 6, 30, 23, 0, tzinfo=UTC), True),
        ("Pacific/Auckland", datetime(2026, 6, 30, 12, 0, tzinfo=UTC), True),
        ("America/Los_Angeles", datetime(2026, 7, 1, 6, 59, tzinfo=UTC), False),
    ],
)
def test_last_day_ends_by_the_clocks_of_the_place(zone: str, moment: datetime, over: bool) -> None:
    assert retention.is_over(kept(time_zone=zone), moment) is over


@pytest.mark.parametrize(
    ("recordings_until", "delete_after", "last"),
    [
        (None, None, date(2026, 6, 17)),
        (None, date(2026, 6, 30), date(2026, 6, 17)),
        (None, date(2026, 6, 1), date(2026, 6, 1)),
        (date(2026, 5, 18), date(2026, 6, 1), date(2026, 5, 18)),
        (date(2026, 9, 1), None, date(2026, 9, 1)),
    ],
)
def test_recordings_are_kept_for_thirty_days_unless_the_plan_says(
    recordings_until: date | None, delete_after: date | None, last: date
) -> None:
    event = kept(delete_after)
    event.recordings_until = recordings_until
    assert retention.until(event) == last
