"""Another vote on the same question: what stays, what is dropped, and what the two say together."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventkit.stage import programme
from eventkit.voting import rounds, saying
from eventkit.voting.models import Phase
from eventkit.voting.phases import phase
from eventkit.voting.results import reveal_of
from tests.fife import FIFE
from tests.hall import Hall, outcome


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    made.join(5)
    made.forward()
    yield made
    made.close()


def again(hall: Hall, *, confirmed: bool = False) -> str:
    return hall.do(programme.again, FIFE, hall.version(), confirmed=confirmed).sentence


def at(hall: Hall) -> tuple[int, Phase]:
    found = hall.ask(lambda session: rounds.current(session, rounds.poll_of(session, FIFE, "p1")))
    return (found.number if found else 0, phase(found))


def test_before_the_first_vote_there_is_nothing_to_repeat(hall: Hall) -> None:
    assert hall.ask(saying.state, hall.step()).again == ""
    assert hall.ask(saying.repeating, hall.step()) == ""
    assert outcome(lambda: again(hall, confirmed=True)) != ""
    assert at(hall) == (0, Phase.DRAFT)


def test_a_counted_round_stays_and_a_new_one_opens(hall: Hall) -> None:
    hall.forward()
    hall.votes("AABBB")
    hall.forward(3)
    assert again(hall) == "Vote again on this question? The vote that was counted stays in the results."
    assert at(hall) == (1, Phase.NATIONAL)
    assert again(hall, confirmed=True) == ""
    assert at(hall) == (2, Phase.OPEN)
    hall.votes("ABBBB", "poll-p1-r2")
    hall.forward(2)
    assert at(hall) == (2, Phase.PERCEPTION)
    votes = hall.ask(
        lambda session: [
            rounds.counted(session, each).by_option["B"]
            for each in rounds.every(session, rounds.poll_of(session, FIFE, "p1"))
        ]
    )
    assert votes == [3, 4]


def test_an_uncounted_round_is_dropped_and_the_question_says_so(hall: Hall) -> None:
    hall.forward()
    hall.votes("AAB")
    hall.forward()
    assert again(hall) == "Begin this vote anew? 3 votes are not counted, and are discarded unread."
    again(hall, confirmed=True)
    assert at(hall) == (2, Phase.OPEN)
    assert hall.boxes.keys.names() == ["1-poll-p1-r2-e2"]
    first = hall.ask(lambda session: rounds.every(session, rounds.poll_of(session, FIFE, "p1")))[0]
    assert first.discarded_at is not None
    assert hall.ask(rounds.counted, first).votes == {}


def test_a_vote_that_nobody_answered_leaves_no_trace(hall: Hall) -> None:
    hall.forward()
    assert again(hall) == "Begin this vote anew? Nobody has voted yet."
    again(hall, confirmed=True)
    assert at(hall) == (1, Phase.OPEN)
    assert hall.boxes.keys.names() == ["1-poll-p1-r1-e2"], "its key is kept, or a restart would lose the votes"


def test_leaving_a_second_vote_that_nobody_answered_leads_back_to_the_first(hall: Hall) -> None:
    hall.forward()
    hall.votes("AAB")
    hall.forward(2)
    again(hall, confirmed=True)
    hall.jump(3, confirmed=True)
    hall.jump(2)
    assert at(hall) == (1, Phase.PERCEPTION)


def said(hall: Hall, at: Phase) -> str:
    def sentence(session: object) -> str:
        poll = rounds.poll_of(session, FIFE, "p1")
        return reveal_of(session, poll, rounds.every(session, poll)[1], at).sentence

    return hall.ask(sentence)


@pytest.mark.parametrize(("presses", "known"), [(2, False), (3, True)])
def test_the_change_is_told_at_once_only_where_the_figure_is_known(hall: Hall, presses: int, known: bool) -> None:
    hall.forward()
    hall.votes("AABBC")
    hall.forward(presses)
    again(hall, confirmed=True)
    hall.votes("ABBBB", "poll-p1-r2")
    hall.forward(2)
    change = "The published answer went from 2 to 4 of 5."
    assert (said(hall, Phase.PERCEPTION) == change) is known
    gap = hall.ask(
        lambda session: reveal_of(
            session, poll := rounds.poll_of(session, FIFE, "p1"), rounds.every(session, poll)[1], Phase.GAP
        )
    )
    assert change in gap.notes
