"""The plan as a whole: both doors alike, stored in one piece, and the demonstration's own."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel, create_engine, select

from eventkit.activities import ACTIVITIES
from eventkit.codebook import rules as codebook
from eventkit.events.models import Event
from eventkit.evidence.checks import unrevealable
from eventkit.evidence.models import Statistic
from eventkit.plan.whole import create, digest, parts
from eventkit.stage.models import ProgrammeStep, Stage
from eventkit.vignettes import plan as vignettes
from eventkit.vignettes.models import Vignette
from eventkit.voting.models import Option, Poll
from tests.plan.writing import DAY, EVENT, FIFE, as_sheets, noted, opened, toml, workbook, wrong


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_demonstration_can_be_used() -> None:
    assert wrong(FIFE) == []


def test_demonstration_is_the_same_through_both_doors(tmp_path: Path) -> None:
    through_toml = opened(FIFE)[0]
    through_workbook, problems = opened(workbook(tmp_path, as_sheets(FIFE.read_text("utf-8"))))
    assert [problem for problem in problems if problem.blocks] == []
    assert digest(through_workbook) == digest(through_toml)


def test_digest_knows_what_is_said_and_not_how(tmp_path: Path) -> None:
    plain = digest(opened(toml(tmp_path, DAY))[0])
    spelt_out = DAY.replace("value = 84\nunit", 'value = "84.0 %"\nunit')
    with_step = DAY + "[[programme]]\norder = 1\nactivity = 'poll'\n"
    with_default = DAY.replace('unit = "%"', 'unit = "%"\nqualifier = "exact"\nnotes = " "')
    assert digest(opened(toml(tmp_path, with_default))[0]) == plain
    assert digest(opened(toml(tmp_path, spelt_out))[0]) == plain
    assert digest(opened(toml(tmp_path, with_step))[0]) != plain
    assert digest(opened(toml(tmp_path, DAY.replace("84 %", "84 per cent")))[0]) != plain


def test_demonstration_is_stored_with_its_figures(session: Session) -> None:
    plan = opened(FIFE)[0]
    event = create(session, plan, ACTIVITIES, "K7M4PDX")
    assert (event.event_id, event.code, event.min_votes) == ("fife-2016", "K7M4PDX", 5)
    assert event.plan_digest == digest(plan)
    figures = session.exec(select(Statistic).where(Statistic.event_id == event.id)).all()
    assert {figure.statistic_id: figure.value for figure in figures} == {
        "doubts_fife": Decimal(84),
        "doubts_scotland": Decimal(84),
        "fraud_gb": Decimal("0.7"),
        "state_pension_gb": Decimal("42.50"),
        "spending_pensions": Decimal("74.2"),
        "spending_education": Decimal("51.5"),
        "spending_aid": Decimal("7.9"),
        "spending_jsa": Decimal("4.9"),
        "destitute_uk": Decimal(1252000),
        "destitute_uk_born": Decimal(80),
        "food_scotland": Decimal(133726),
        "low_income_fife": Decimal(16),
        "jsa_sanctioned_gb": Decimal(24),
        "jsa_under25_scotland": Decimal(8),
        "poverty_fife": Decimal(75000),
        "homeless_fife": Decimal("7.2"),
    }
    assert {unrevealable(figure) for figure in figures} == {""}


def test_demonstration_has_four_questions_with_a_figure_of_fife_and_one_in_place_of_the_first() -> None:
    polls = opened(FIFE)[0].rows("polls")
    assert Counter(row.text("format") for row in polls) == {"numeric": 6, "choice": 4, "myth": 1, "ranking": 1}
    assert [row.text("poll_id") for row in polls if row["local_statistic"]] == ["p1", "p11", "p16", "p18"]


def test_figure_of_the_demonstration_that_came_later_says_so() -> None:
    later = [
        row
        for row in opened(FIFE)[0].rows("statistics")
        if max(row.text("published_on"), row.text("period_end")) > "2016-05-18"
    ]
    assert {row.text("statistic_id"): "after the event" in row.text("notes") for row in later} == {
        "doubts_fife": True,
        "doubts_scotland": True,
        "low_income_fife": True,
        "jsa_sanctioned_gb": True,
    }


def test_demonstration_has_one_right_answer_for_each_poll(session: Session) -> None:
    create(session, opened(FIFE)[0], ACTIVITIES, "K7M4PDX")
    right = select(Poll.poll_id, Option.text).where(Poll.id == Option.poll_pk, Option.correct)
    assert sorted(session.exec(right)) == [
        ("p12", "About 1 in 4"),
        ("p13", "More than twice as often"),
        ("p3", "0.7 %"),
        ("p7", "About 1,250,000"),
        ("p8", "False"),
    ]


def test_demonstration_begins_at_its_first_step(session: Session) -> None:
    event = create(session, opened(FIFE)[0], ACTIVITIES, "K7M4PDX")
    steps = session.exec(select(ProgrammeStep).order_by(ProgrammeStep.position)).all()
    assert [(step.activity, step.refs) for step in steps[:5]] == [
        ("welcome", ""),
        ("poll", "p1"),
        ("poll", "p3"),
        ("poll", "p5"),
        ("poll", "p6"),
    ]
    stage = session.get_one(Stage, event.id)
    assert (stage.step_id, stage.version) == (steps[0].id, 0)


def test_event_with_nothing_but_a_poll_is_valid(tmp_path: Path, session: Session) -> None:
    create(session, opened(toml(tmp_path, DAY))[0], ACTIVITIES, "K7M4PDX")
    assert [step.activity for step in session.exec(select(ProgrammeStep))] == ["welcome", "poll", "close"]


def test_two_events_keep_their_parts_apart(tmp_path: Path, session: Session) -> None:
    create(session, opened(toml(tmp_path, DAY))[0], ACTIVITIES, "K7M4PDX")
    create(session, opened(toml(tmp_path, DAY.replace('"day"', '"other"')))[0], ACTIVITIES, "K7M4PDY")
    assert sorted(session.exec(select(Event.event_id))) == ["day", "other"]
    assert [poll.event_id for poll in session.exec(select(Poll))] == [1, 2]


def test_parts_come_in_the_order_in_which_people_fill_them_in(tmp_path: Path) -> None:
    prepared = "people questionnaire themes".split()
    assert [part.name for part in parts()] == ["event", "programme", "statistics", *prepared]
    seated = "people tables seating_rules vignettes prompts".split()
    built = ["event", "programme", "statistics", "polls", "options", "walls"]
    assert [part.name for part in parts(ACTIVITIES)] == [*built, *seated, *prepared[1:]]
    assert wrong(toml(tmp_path, EVENT)) == []


def test_every_column_says_what_it_means_and_no_part_has_one_twice() -> None:
    for part in parts(ACTIVITIES):
        names = [column.name for column in part.columns]
        assert len(names) == len(set(names))
        assert [column.name for column in part.columns if not column.meaning.endswith(".")] == []
        assert set(part.key) <= set(names)


def test_unreadable_cell_has_no_consequences_elsewhere(tmp_path: Path) -> None:
    path = toml(tmp_path, DAY.replace("value = 10\n", 'value = "ten"\n'))
    assert [line.split(": ")[0] for line in wrong(path)] == ["options, row 2, value"]
    assert noted(path) == []


def test_a_theme_that_was_taken_away_in_the_room_is_in_no_plan_any_more(session: Session) -> None:
    event = create(session, opened(FIFE)[0], ACTIVITIES, "K7M4PDX")
    stories = session.exec(select(Vignette).order_by(Vignette.position)).all()
    named = next(story for story in stories if len(story.themes.split()) > 1)
    gone, *kept = named.themes.split()
    codebook.remove(session, event.id, gone, "batch")
    rows = {row.text("vignette_id"): row for row in vignettes.rows(session, event)["vignettes"]}
    assert rows[named.vignette_id].words("themes") == kept
