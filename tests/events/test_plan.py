"""The event's sheet of the plan."""

from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel, create_engine

from eventkit.events.models import Event
from eventkit.events.plan import EVENT as SHEET
from eventkit.events.plan import create_event
from tests.plan.writing import EVENT, opened, toml, wrong


def _with(tmp_path: Path, line: str) -> list[str]:
    return wrong(toml(tmp_path, EVENT + line))


def test_event_needs_three_fields_only(tmp_path: Path) -> None:
    assert _with(tmp_path, "") == []
    assert wrong(toml(tmp_path, "[event]\n")) == [
        "event, event_id: This must be filled in. For example: fife-2016",
        "event, title: This must be filled in. For example: Working together with data",
        "event, date: This must be filled in. For example: 2016-05-18",
    ]


def test_plan_without_an_event_is_refused(tmp_path: Path) -> None:
    assert wrong(toml(tmp_path, "")) == [
        "event: The plan has no event. Give at least its event_id, title and date.",
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('base = "cards"', "base: “cards” is not built yet. Write joined or checked_in, or leave it empty."),
        ('entry = "cards"', "entry: “cards” is not built yet. Write code, or leave it empty."),
        (
            'time_zone = "Europe/Londn"',
            "time_zone: “Europe/Londn” is no time zone. Write one such as Europe/London. Did you mean “Europe/London”?",
        ),
        ('language = "English"', "language: “English” is no language code, such as en."),
        ("min_votes = 0", "min_votes: This must be 1 or more."),
        ("vignettes_per_table = -1", "vignettes_per_table: This must be 1 or more."),
        ("delete_after = 2016-05-17", "delete_after: This is before the event. Give a day after it."),
        (
            "recordings_until = 2016-05-17",
            "recordings_until: This is before the event. Give the event's day or a later one.",
        ),
        (
            "recordings_until = 2016-06-02\ndelete_after = 2016-06-01",
            "recordings_until: By then the whole event is deleted. Give the day of delete_after or an earlier one.",
        ),
        (
            'consent_version = "1"',
            "consent_wording: There is a version but no wording. Write what people agree to.",
        ),
        ('wifi_password = "tea"', "wifi_name: There is a password but no network. Write its name."),
        (
            'questionnaire_closes = "2016-05-17 23:59"',
            "questionnaire_closes: This is before the event. Give the event's day or a later one.",
        ),
    ],
)
def test_event_setting_that_cannot_be_is_named(tmp_path: Path, line: str, expected: str) -> None:
    assert _with(tmp_path, line) == [f"event, {expected}"]


def test_min_votes_may_be_one(tmp_path: Path) -> None:
    assert _with(tmp_path, "min_votes = 1") == []


def test_event_is_stored_with_every_field(tmp_path: Path) -> None:
    line = 'questionnaire_closes = "2016-05-19 17:00"\nwifi_name = "Hall"\norganisers_vote = "no"\n'
    plan = opened(toml(tmp_path, EVENT + line))[0]
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        event = create_event(session, plan, "K7M4PDX")
        stored = (event.code, event.questionnaire_closes, event.wifi_name, event.organisers_vote, event.min_votes)
    engine.dispose()
    assert stored == ("K7M4PDX", "2016-05-19T17:00:00", "Hall", False, 5)


def test_every_field_of_the_sheet_is_stored() -> None:
    assert [column.name for column in SHEET.columns if column.name not in Event.model_fields] == []
