"""Forward, back and across the programme, and two facilitators who press at once."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, select

from eventkit.errors import Conflict
from eventkit.events import rules as events
from eventkit.stage import programme
from eventkit.stage.models import ProgrammeStep
from tests.fife import FIFE
from tests.hall import Hall, outcome

MOVED_ON = "The room had already moved on when this was pressed. This is where it is now."


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    made.join(3)
    yield made
    made.close()


def test_forward_starts_the_event_and_goes_to_the_next_step(hall: Hall) -> None:
    assert hall.ask(events.event, FIFE).started_at is None
    hall.forward()
    assert (hall.step().word, hall.step().refs) == ("poll", ("p1",))
    assert hall.ask(events.event, FIFE).started_at is not None


def test_two_presses_of_one_version_move_one_phase(hall: Hall) -> None:
    version = hall.version()

    async def both() -> list[object]:
        presses = (hall.database.write(FIFE, programme.forward, FIFE, version) for _ in range(2))
        return await asyncio.gather(*presses, return_exceptions=True)

    answers = asyncio.run(both())
    assert sorted(str(answer) for answer in answers) == sorted(["None", MOVED_ON])
    assert (hall.step().position, hall.version()) == (2, version + 1)


def test_two_hundred_racing_presses_show_every_state_once(hall: Hall) -> None:
    """Each of 10 facilitators presses as soon as it sees a version; nothing is skipped or done twice."""
    seen: list[int] = []

    async def press() -> None:
        for _ in range(20):
            version = await hall.database.read(lambda session: programme.stage_of(session, FIFE).version)
            try:
                await hall.database.write(FIFE, programme.toggle_join_code, FIFE)
                await hall.database.write(FIFE, programme.forward, FIFE, version)
            except Conflict:
                continue
            seen.append(version)

    async def everybody() -> None:
        await asyncio.gather(*(press() for _ in range(10)))

    asyncio.run(everybody())
    assert sorted(seen) == list(range(hall.version()))


def test_back_from_the_first_step_is_refused_with_a_sentence(hall: Hall) -> None:
    assert outcome(hall.back) == "This is the beginning of the programme."


def test_forward_from_the_close_is_refused_with_a_sentence(hall: Hall) -> None:
    hall.jump(4)
    assert outcome(hall.forward) == "This is the end of the programme."


def test_the_close_ends_the_event_and_going_back_opens_it_again(hall: Hall) -> None:
    hall.jump(4)
    assert hall.ask(events.event, FIFE).ended_at is not None
    assert outcome(lambda: hall.join(1)) == "This event has finished. Thank you for wanting to take part."
    hall.back()
    assert hall.ask(events.event, FIFE).ended_at is None


def test_jumping_to_the_step_that_is_on_changes_nothing(hall: Hall) -> None:
    version = hall.version()
    assert hall.jump(1) == ""
    assert hall.version() == version


def test_jump_to_a_step_of_another_event_is_refused(hall: Hall) -> None:
    stranger = hall.ask(programme.steps, 2)[0].id
    sentence = outcome(lambda: hall.do(programme.jump, FIFE, hall.version(), stranger, False))
    assert sentence == "There is no such step in the programme."


def test_leaving_an_open_poll_asks_and_changes_nothing_until_confirmed(hall: Hall) -> None:
    hall.forward(2)
    hall.votes("AAB")
    version = hall.version()
    question = "Close the vote, count 3 votes and leave? Nobody can vote or change after this."
    assert hall.jump(4) == question
    assert (hall.step().position, hall.version()) == (2, version)
    assert hall.jump(4, confirmed=True) == ""
    assert hall.step().position == 4


def test_the_join_code_goes_away_with_the_next_press(hall: Hall) -> None:
    hall.do(programme.toggle_join_code, FIFE)
    assert hall.ask(lambda session: programme.stage_of(session, FIFE).overlay) == "join-code"
    hall.forward()
    assert hall.ask(lambda session: programme.stage_of(session, FIFE).overlay) == ""


def test_ending_from_the_desk_counts_the_open_vote_and_goes_to_the_close(hall: Hall) -> None:
    hall.forward(2)
    hall.votes("AB")
    hall.do(programme.end, FIFE)
    assert hall.step().word == "close"
    assert hall.boxes.keys.names() == []
    assert hall.ask(events.event, FIFE).ended_at is not None


def test_ending_a_day_whose_programme_has_no_close_adds_it(hall: Hall) -> None:
    hall.do(without_close)
    hall.forward(2)
    hall.votes("AB")
    hall.do(programme.end, FIFE)
    assert (hall.step().word, hall.step().position) == ("close", 4)
    assert outcome(hall.forward) == "This is the end of the programme."
    hall.do(programme.end, FIFE)
    assert len(hall.ask(programme.steps, FIFE)) == 4


def test_beginning_anew_asks_first_and_is_one_press(hall: Hall) -> None:
    hall.forward(2)
    hall.votes("AAB")
    version = hall.version()
    question = hall.do(programme.again, FIFE, version, False)
    assert question.sentence != ""
    assert (hall.version(), len(hall.boxes.open)) == (version, 1)
    assert hall.do(programme.again, FIFE, version, True).sentence == ""
    assert (hall.version(), hall.step().position) == (version + 1, 2)
    assert outcome(lambda: hall.do(programme.again, FIFE, version, True)) == MOVED_ON


def test_beginning_a_welcome_anew_is_refused_with_a_sentence(hall: Hall) -> None:
    refusal = "There is nothing here that can be done again."
    assert outcome(lambda: hall.do(programme.again, FIFE, hall.version(), True)) == refusal


def without_close(session: Session) -> None:
    session.delete(session.exec(select(ProgrammeStep).where(ProgrammeStep.activity == "close")).first())
