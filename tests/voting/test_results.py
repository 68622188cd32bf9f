"""The public page after the event: what was revealed and no more."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventkit.events.models import Role
from eventkit.stage import programme
from eventkit.voting.results import results
from tests.fife import CODES, FIFE
from tests.hall import Hall, outcome
from tests.room import room_on

PAGE = f"/e/{CODES[FIFE]}/results"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path, min_votes=3)
    yield made
    made.close()


def found(hall: Hall) -> list[str]:
    return [result.poll.poll_id for result in hall.ask(results, FIFE)]


def test_results_wait_for_the_end_of_the_event(hall: Hall) -> None:
    hall.forward(2)
    hall.votes("BBA")
    hall.forward(3)
    assert outcome(lambda: found(hall)) == "The results will be here when the event has finished."
    hall.do(programme.end, FIFE)
    assert found(hall) == ["p1"]
    hall.back()
    assert outcome(lambda: found(hall)) == "The results will be here when the event has finished."


def test_discarded_and_unshown_rounds_say_nothing(hall: Hall) -> None:
    hall.forward(2)
    hall.votes("AA")
    hall.jump(3, confirmed=True)
    hall.forward(1)
    hall.votes("AAA", "poll-p2-r1")
    hall.do(programme.end, FIFE)
    assert found(hall) == []


def test_a_result_goes_as_far_as_the_reveal_went(hall: Hall) -> None:
    hall.forward(2)
    hall.votes("BBA")
    hall.forward(2)
    hall.do(programme.end, FIFE)
    (result,) = hall.ask(results, FIFE)
    assert (result.reveal.sources, [line.published for line in result.reveal.table.lines]) == ((), [False] * 4)
    assert result.gap == "Most of us, 2 of 3, said “About a third of them”."


def test_page_holds_question_answer_gap_and_source(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    hall.forward(2)
    hall.votes("BBA")
    hall.forward(5)
    hall.close()
    with room_on(tmp_path) as room:
        waits = room.get(PAGE)
        assert (waits.status_code, "The results will be here when the event has finished." in waits.text) == (404, True)
        assert "of 3" not in waits.text
        phone = room.pass_of()
        room.write(FIFE, programme.end, FIFE)
        page = room.get(PAGE).text
        close = room.get(f"/e/{CODES[FIFE]}", cookies=phone).text
        screen = room.get(f"/s/{CODES[FIFE]}/screen").text
        desk = room.get(f"/s/{CODES[FIFE]}/desk", cookies=room.role(Role.ORGANISER)).text
    assert "How many of those sanctioned in Fife found a job?" in page
    assert "2 of 3 chose the published answer, “About a third of them”" in page
    assert f"/e/{CODES[FIFE]}/figures/jobs" in page
    assert "An office of this test" in page
    assert [PAGE in view for view in (close, screen, desk)] == [True, True, True]
