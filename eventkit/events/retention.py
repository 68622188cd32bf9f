"""How long an event is kept: to the end of its day `delete_after`, by the clocks of the place where it was held."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from eventkit.events.models import Event
from eventkit.web.dates import day
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext

WARNING_DAYS = 7
RECORDING_DAYS = 30


def day_at(event: Event, moment: datetime) -> date:
    """The date of a moment in the event's time zone."""
    return moment.astimezone(ZoneInfo(event.time_zone)).date()


def days_left(event: Event, today: date) -> int | None:
    """Whole days for which the event is still kept: 0 on its last one, negative once it is to be deleted.

    None if it has no such day, and so is kept until somebody deletes it.
    """
    return None if event.delete_after is None else (event.delete_after - today).days


def is_over(event: Event, moment: datetime) -> bool:
    """Whether its data must not be kept any longer."""
    left = days_left(event, day_at(event, moment))
    return left is not None and left < 0


def until(event: Event) -> date:
    """The last day on which consent can be taken back, and on which recordings are kept, by the clocks of the place.

    30 days after the event unless the plan says, and never longer than the event itself is kept.
    """
    last = event.recordings_until or event.date + timedelta(days=RECORDING_DAYS)
    return min(last, event.delete_after) if event.delete_after else last


def warning(event: Event, today: date) -> str:
    """What organisers must hear from 7 days before, "" until then."""
    left = days_left(event, today)
    if left is None or event.delete_after is None or left > WARNING_DAYS:
        return ""
    words = {"event": event.event_id, "date": day(event.delete_after), "number": left}
    if left < 0:
        return _("{event} was to be kept until {date}. A server deletes it when it starts.").format(**words)
    if left == 0:
        return _("{event} is deleted when today ends. Download what you need.").format(**words)
    return ngettext(
        "{event} is deleted after {date}, in {number} day. Download what you need.",
        "{event} is deleted after {date}, in {number} days. Download what you need.",
        left,
    ).format(**words)
