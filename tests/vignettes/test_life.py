"""The life of the stories: what forward and back do, what is settled, and what cannot be shown."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlmodel import Session, select

from eventkit.events.step import Step
from eventkit.vignettes import calls, phone_points, points, rules, saying, screen_pages, stories
from eventkit.vignettes.models import Consent, Discussion, HostCall, Point, Prompt, StoryRound, Vignette
from tests.fife import FIFE
from tests.hall import Hall, outcome
from tests.vignettes.told import STEP, tell

ONE_OF_TWO, TWO_OF_TWO = replace(STEP, of=2), replace(STEP, number=2, of=2)
NOBODY_SAID = (
    "Nobody has said whether anybody in “Anna and the letter” is real, so it is not shown. Write composite or "
    "consented as its basis: on the desk under Plan, or in the sheet vignettes."
)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    made.do(tell)
    yield made
    made.close()


def where(hall: Hall) -> tuple[int, bool, int]:
    at = hall.ask(stories.round_of, FIFE)
    return at.story, at.closed, at.prompt


def now(hall: Hall) -> list[str]:
    told = hall.ask(stories.on_now, FIFE)
    return [story.vignette_id if story else "" for story in told.values()]


def press(hall: Hall, times: int = 1, step: Step = STEP) -> bool:
    return [hall.do(rules.forward, step) for _ in range(times)][-1]


def write(session: Session, number: int = 1, prompt: str = "a", vignette: str = "v1") -> None:
    points.save(session, FIFE, "t1", "device", f"{number:016x}", points.Words(vignette, prompt, f"Point {number}"))


def test_every_table_goes_through_its_own_stories_and_back(hall: Hall) -> None:
    assert now(hall) == ["", "", ""]
    press(hall)
    assert now(hall) == ["v1", "v2", "v1"]
    press(hall)
    assert now(hall) == ["v2", "v3", ""]
    press(hall)
    assert where(hall) == (2, True, 1)
    assert press(hall) is False
    seen = []
    while hall.do(rules.back, STEP):
        seen.append(where(hall)[:2])
    assert seen == [(2, False), (1, False), (0, False)]


def test_prompts_come_one_by_one_where_the_facilitator_says_so(hall: Hall) -> None:
    press(hall)
    hall.do(rules.show_prompts, FIFE, one_by_one=True)

    def shown() -> list[list[str]]:
        told = hall.ask(stories.on_now, FIFE)
        found = [hall.ask(stories.shown_prompts, story) for story in told.values() if story]
        return [[prompt.prompt_id for prompt in prompts] for prompts in found]

    assert shown() == [["a"], ["a"], ["a"]]
    press(hall, 2)
    assert shown() == [["a", "b", "c"], ["a", "b"], ["a", "b", "c"]]
    hall.do(rules.back, STEP)
    assert shown() == [["a", "b"]] * 3
    press(hall, 2)
    assert (where(hall), shown()) == ((2, False, 1), [["a"], ["a"]])
    hall.do(rules.show_prompts, FIFE, one_by_one=False)
    assert shown() == [["a", "b"]] * 2


def test_steps_share_the_stories_one_each_and_the_last_what_is_left(hall: Hall) -> None:
    press(hall, 2, ONE_OF_TWO)
    assert (where(hall), press(hall, 1, ONE_OF_TWO)) == ((1, True, 1), False)
    press(hall, 1, TWO_OF_TWO)
    assert where(hall) == (2, False, 1)
    hall.do(rules.back, TWO_OF_TWO)
    assert where(hall)[:2] == (1, True)
    assert hall.do(rules.back, TWO_OF_TWO) is False
    third = replace(STEP, number=3, of=3)
    assert (press(hall, 1, third), where(hall)[:2]) == (False, (1, True))


def test_step_that_is_gone_back_to_begins_with_its_own_story(hall: Hall) -> None:
    press(hall, 1, TWO_OF_TWO)
    press(hall, 1, ONE_OF_TWO)
    assert where(hall) == (1, False, 1)


def test_what_is_over_forgets_devices_and_calls_and_keeps_points(hall: Hall) -> None:
    press(hall)
    hall.do(write)
    hall.do(calls.call, FIFE, "t1")
    press(hall)
    found = hall.ask(lambda session: session.exec(select(Point)).all())
    assert [(point.text, point.device) for point in found] == [("Point 1", "")]
    assert hall.ask(calls.calling, FIFE) == []
    assert b"device" not in hall.database.path.read_bytes().split(b"Point 1")[1][:40]


@pytest.mark.parametrize(("end", "of"), [(rules.leave, STEP), (rules.finish, FIFE)])
def test_leaving_and_the_end_of_the_event_end_the_discussion(hall: Hall, end: Callable[..., None], of: object) -> None:
    press(hall)
    hall.do(write)
    hall.do(end, of)
    assert where(hall) == (1, True, 1)
    assert hall.ask(lambda session: session.exec(select(Point.device)).all()) == [""]


def test_story_of_which_nobody_said_what_it_is_is_not_shown(hall: Hall) -> None:
    hall.do(lambda session: setattr(session.exec(select(Vignette)).first(), "basis", ""))
    assert outcome(lambda: press(hall)) == NOBODY_SAID
    assert (where(hall), now(hall)) == ((0, False, 1), ["", "", ""])
    state = hall.ask(saying.state, STEP)
    assert (state.next, state.blocked) == ("Show the first story", NOBODY_SAID)


def test_story_of_which_nobody_said_what_it_is_is_not_shown_where_it_is_given_meanwhile(hall: Hall) -> None:
    hall.do(lambda session: setattr(session.exec(select(Vignette)).first(), "basis", ""))
    hall.do(lambda session: session.add(StoryRound(event_id=FIFE, story=1)))
    assert now(hall) == ["", "v2", ""]
    hall.do(lambda session: setattr(session.exec(select(Vignette)).first(), "basis", "consented"))
    assert now(hall) == ["v1", "v2", "v1"]


def test_story_that_no_table_sees_next_blocks_nothing(hall: Hall) -> None:
    hall.do(lambda session: setattr(session.exec(select(Vignette)).all()[2], "basis", ""))
    assert press(hall) is True
    assert outcome(lambda: press(hall)) == NOBODY_SAID.replace("Anna and the letter", "Cara moves")


def test_console_says_where_the_room_is_and_what_every_press_does(hall: Hall) -> None:
    def said() -> tuple[str, ...]:
        state = hall.ask(saying.state, STEP)
        return state.chip, state.sentence, state.next, state.detail, state.back

    to_all = "each table gets its own, on its phones and its host’s page"
    assert said() == ("Ready", "Tables do not see their story yet.", "Show the first story", to_all, "")
    press(hall)
    first = "Every table is at story 1 of 2. Tables see all prompts."
    assert said() == ("Open", first, "Show story 2", "the discussion of story 1 ends", "Back to Ready")
    hall.do(rules.show_prompts, FIFE, one_by_one=True)
    assert said()[1:] == (first.replace("all prompts", "prompt 1 of 3"), "Show prompt 2", "", "Back to Ready")
    hall.do(rules.show_prompts, FIFE, one_by_one=False)
    press(hall)
    kept = "what tables wrote stays, and they can no longer change it"
    assert said()[2:] == ("End the discussion", kept, "Back to story 1")
    assert hall.ask(saying.leaving, STEP).startswith("End the discussion and leave? What tables wrote stays")
    press(hall)
    assert said() == ("Closed", "The discussion of story 2 of 2 has ended.", "", "", "Open the discussion again")
    assert hall.ask(saying.leaving, STEP) == ""
    assert hall.ask(saying.state, STEP).final is False


def test_day_without_stories_tables_or_prompts_says_what_is_missing(hall: Hall, tmp_path: Path) -> None:
    hall.do(lambda session: session.execute(delete(Prompt)))
    press(hall)
    assert hall.ask(saying.state, STEP).sentence.endswith("No prompt is in the plan, so tables see the story alone.")
    other = Hall(tmp_path / "other")
    assert other.ask(saying.state, STEP).sentence.startswith("The plan has no case stories.")
    assert (other.ask(saying.state, STEP).next, press(other)) == ("", False)
    other.do(lambda session: session.add(Vignette(event_id=FIFE, position=1, vignette_id="v", title="T", story="S")))
    assert other.ask(saying.state, STEP).sentence.startswith("No table was given a story yet.")
    other.close()


def test_screen_shows_what_every_table_has_and_nothing_else(hall: Hall) -> None:
    def shown() -> tuple[str, list[str]]:
        values = hall.ask(screen_pages.screen_frame, STEP).values
        return values["story"], [prompt.prompt_id for prompt in values["prompts"]]

    assert shown() == ("", [])
    press(hall)
    assert shown() == ("", [])
    press(hall)
    assert shown() == ("", ["a", "b"])
    hall.do(lambda session: setattr(session.exec(select(Prompt)).first(), "text", "x" * 600))
    assert shown() == ("", [])


def test_picture_of_the_next_screen_is_what_comes(hall: Hall) -> None:
    before = hall.ask(screen_pages.ahead, STEP)
    press(hall)
    assert before
    assert before.values == hall.ask(screen_pages.screen_frame, STEP).values
    press(hall, 2)
    assert hall.ask(screen_pages.ahead, STEP) is None


def test_rehearsal_leaves_nothing(hall: Hall) -> None:
    press(hall)
    hall.do(write)
    hall.do(phone_points.add, FIFE, "t2", "v2", "f" * 16, "A private note")
    hall.do(calls.call, FIFE, "t1")
    hall.do(lambda session: session.add(Consent(code_hash="x", discussion_id=1, speaker="S1")))
    hall.do(rules.forget, FIFE)
    with hall.database.reading() as session:
        for kept in (Point, Discussion, Consent, HostCall, StoryRound):
            assert session.exec(select(kept)).all() == []
    assert len(hall.ask(stories.every, FIFE)) == 3
