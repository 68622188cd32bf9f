"""The clock against the programme: whether the day is behind its times or ahead of them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from eventkit.events.step import Step
from eventkit.web.dates import day as written
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext


def local(moment: datetime, time_zone: str) -> datetime:
    """A moment on the clocks of the event; UTC where the zone's rules are not installed."""
    return moment.astimezone(_zone(time_zone))


def pace(moment: datetime, date: date, time_zone: str, day: Sequence[Step], current: int) -> str:
    """How the day stands against its programme, in words; "" if no step has a time.

    `current` is the number of the step that is on. A step without a time belongs to the last one before it that has
    one, as when a row of the plan amounts to several polls.
    """
    if not any(step.time for step in day):
        return ""
    if local(moment, time_zone).date() != date:
        return _("The programme’s times are for {date}").format(date=written(date))
    minutes = minutes_behind(moment, date, time_zone, day, current)
    if minutes > 0:
        return ngettext("{number} min behind", "{number} min behind", minutes).format(number=minutes)
    if minutes < 0:
        return ngettext("{number} min ahead", "{number} min ahead", -minutes).format(number=-minutes)
    return _("On time")


def minutes_behind(moment: datetime, date: date, time_zone: str, day: Sequence[Step], current: int) -> int:
    """Whole minutes since the next timed step should have begun; negative: until the one that is on should begin."""
    at = next(index for index, step in enumerate(day) if step.id == current)
    starts = [_moment(step, date, time_zone) for step in day]
    begun = next((start for start in reversed(starts[: at + 1]) if start), None)
    due = next((start for start in starts[at + 1 :] if start), None)
    if due and moment >= due:
        return int((moment - due).total_seconds() // 60)
    if begun and moment < begun:
        return -int((begun - moment).total_seconds() // 60)
    return 0


def _moment(step: Step, date: date, time_zone: str) -> datetime | None:
    """When a step should begin. In UTC, because on the night that clocks change an hour is not between two numbers."""
    if not step.time:
        return None
    return datetime.combine(date, time.fromisoformat(step.time), _zone(time_zone)).astimezone(UTC)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
