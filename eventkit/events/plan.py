"""The event's own sheet of the plan: what the day is called, when it is, and how people take part."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import available_timezones

from sqlmodel import Session

from eventkit.events.models import Event
from eventkit.sheet import Column, Part, Plan, Problem, Row, Type
from eventkit.web.language import gettext as _
from eventkit.web.text import did_you_mean

_ENTRIES = (("code", _("everybody uses one code")), ("cards", _("everybody has a card of their own")))
_BASES = (
    ("joined", _("phones that joined")),
    ("checked_in", _("people checked in")),
    ("cards", _("cards used")),
)
_ROWS = (("joined", _("all answers of one person in one row")), ("separate", _("no two answers in one row")))

EVENT = Part(
    "event",
    _("The day: one field in each row, its value beside it."),
    (
        Column("event_id", _("A short name for files and commands."), required=True, example="fife-2016"),
        Column("title", _("What the day is called."), required=True, example=_("Working together with data")),
        Column("date", _("The day it takes place."), Type.DATE, required=True, example=date(2016, 5, 18)),
        Column("place", _("Where it takes place."), example=_("Town house, main hall")),
        Column("organisers", _("Who invites to it.")),
        Column("time_zone", _("The time zone of the place."), default="Europe/London", example="Europe/London"),
        Column("language", _("The language that its pages speak, as a code."), default="en", example="en"),
        Column("welcome", _("One or two sentences that people read while they wait.")),
        Column("privacy_notice", _("In plain words: what is stored, what for, who sees it, how long it is kept.")),
        Column("delete_after", _("The day after which the event's data will be deleted."), Type.DATE),
        Column(
            "recordings_until",
            _("Until this day people may take their consent back; then recordings are deleted. Empty: for 30 days."),
            Type.DATE,
        ),
        Column("contact", _("Whom people may ask about their data.")),
        Column("min_votes", _("With fewer votes than this a poll is not counted."), Type.INTEGER, default=5, example=5),
        Column("organisers_vote", _("Whether organisers vote too; charts say so."), Type.YES_NO, default=True),
        Column("entry", _("How people join."), values=_ENTRIES, default="code"),
        Column("base", _("What “31 of 42 have voted” counts as the 42."), values=_BASES, default="joined"),
        Column("vignettes_per_table", _("How many case stories a table discusses."), Type.INTEGER, default=2),
        Column("consent_wording", _("What people agree to before a discussion is recorded.")),
        Column("consent_version", _("The version of that wording.")),
        Column("questionnaire_rows", _("How results list the questionnaires."), values=_ROWS, default="joined"),
        Column("questionnaire_closes", _("When the questionnaire closes, in the event's time."), Type.DATETIME),
        Column("wifi_name", _("The network that phones may use.")),
        Column("wifi_password", _("Its password, shown to people in the room.")),
    ),
    transposed=True,
    key=("event_id",),
)
PARTS: tuple[Part, ...] = (EVENT,)


def check(plan: Plan) -> Iterator[Problem]:
    """What a person must mend in the event's sheet."""
    if not plan.rows("event"):
        yield Problem("event", None, "", _("The plan has no event. Give at least its event_id, title and date."))
    for row in plan.rows("event"):
        yield from _later(row)
        yield from _settings(row)


def create_event(session: Session, plan: Plan, code: str) -> Event:
    """Stores the event under this join code; the plan has been checked."""
    event = event_of(plan, code)
    session.add(event)
    session.flush()
    return event


def store(event: Event, plan: Plan) -> None:
    """Brings a stored event to what the plan says of it; the plan has been checked."""
    fresh = event_of(plan, event.code)
    for column in EVENT.columns:
        setattr(event, column.name, getattr(fresh, column.name))


def fixed(part: str, column: str) -> str:
    """Why a change cannot be made: files, commands and links know the event by this name."""
    if (part, column) == ("event", "event_id"):
        return _("An event keeps its event_id. Give the plan the one that it was stored under.")
    return ""


def rows(event: Event) -> Mapping[str, Sequence[Row]]:
    """The stored event as the plan says it."""
    closes = datetime.fromisoformat(event.questionnaire_closes) if event.questionnaire_closes else None
    return {"event": [EVENT.row(0, event.model_dump() | {"questionnaire_closes": closes})]}


def event_of(plan: Plan, code: str) -> Event:
    """The event that a checked plan describes, not stored."""
    given = plan.rows("event")[0].given()
    closes = given.get("questionnaire_closes")
    closes_text = closes.isoformat() if isinstance(closes, datetime) else ""
    return Event.model_validate({**given, "code": code, "questionnaire_closes": closes_text})


def _later(row: Row) -> Iterator[Problem]:
    built = {"base": ("joined", "checked_in"), "entry": ("code",)}
    for column, words in built.items():
        if row.text(column) not in {*words, ""}:
            sentence = _("“{value}” is not built yet. Write {word}, or leave it empty.")
            yield row.problem(column, sentence.format(value=row.text(column), word=_(" or ").join(words)))


def _settings(row: Row) -> Iterator[Problem]:
    zone, language = row.text("time_zone"), row.text("language")
    if zone and zone not in available_timezones():
        sentence = _("“{zone}” is no time zone. Write one such as Europe/London.").format(zone=zone)
        yield row.problem("time_zone", sentence + did_you_mean(zone, available_timezones()))
    if language and not re.fullmatch("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
        yield row.problem("language", _("“{language}” is no language code, such as en.").format(language=language))
    for column in ("min_votes", "vignettes_per_table"):
        number = row[column]
        if isinstance(number, int) and number < 1:
            yield row.problem(column, _("This must be 1 or more."))
    if row.text("consent_version") and not row.text("consent_wording"):
        yield row.problem("consent_wording", _("There is a version but no wording. Write what people agree to."))
    if row.text("wifi_password") and not row.text("wifi_name"):
        yield row.problem("wifi_name", _("There is a password but no network. Write its name."))
    yield from _days(row)


def _days(row: Row) -> Iterator[Problem]:
    day, deletion, closes = row["date"], row["delete_after"], row["questionnaire_closes"]
    recordings = row["recordings_until"]
    if isinstance(day, date) and isinstance(deletion, date) and deletion < day:
        yield row.problem("delete_after", _("This is before the event. Give a day after it."))
    if isinstance(day, date) and isinstance(recordings, date) and recordings < day:
        yield row.problem("recordings_until", _("This is before the event. Give the event's day or a later one."))
    if isinstance(recordings, date) and isinstance(deletion, date) and recordings > deletion:
        yield row.problem(
            "recordings_until", _("By then the whole event is deleted. Give the day of delete_after or an earlier one.")
        )
    if isinstance(day, date) and isinstance(closes, datetime) and closes.date() < day:
        yield row.problem("questionnaire_closes", _("This is before the event. Give the event's day or a later one."))
