"""The life of a poll as the room lives it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventkit.evidence import rules as evidence
from eventkit.evidence.models import Statistic
from eventkit.sealing.box import Standing
from eventkit.voting import rounds, rules, saying
from eventkit.voting.models import Phase, Poll, Round
from eventkit.voting.phases import phase
from tests.fife import FIFE
from tests.hall import Hall, outcome

CLOSED = "Not counted: voting has closed."


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    made.join(3)
    made.forward()
    yield made
    made.close()


def current(hall: Hall) -> Round | None:
    return hall.ask(lambda session: rounds.current(session, rounds.poll_of(session, FIFE, "p1")))


def at(hall: Hall) -> Phase:
    return phase(current(hall))


def tallies(hall: Hall) -> dict[str, int]:
    found = current(hall)
    assert found is not None
    return hall.ask(rounds.counted, found).by_option


def edit(hall: Hall, **values: str) -> None:
    def change(session: object) -> None:
        poll = rounds.poll_of(session, FIFE, "p1")
        for name, value in values.items():
            setattr(poll, name, value)

    hall.do(change)


def test_forward_goes_through_every_phase_and_then_to_the_next_step(hall: Hall) -> None:
    edit(hall, explanation="It feels so.")
    seen = [at(hall)]
    hall.forward()
    hall.votes("AAB")
    while hall.step().refs == ("p1",):
        seen.append(at(hall))
        hall.forward()
    assert seen == [phase for phase in Phase if phase is not Phase.COUNTED]
    assert hall.step().refs == ("p2",)


def test_a_poll_without_a_national_figure_or_words_skips_those_steps(hall: Hall) -> None:
    edit(hall, national_statistic="")
    hall.forward()
    hall.votes("A")
    hall.forward(2)
    seen = []
    while hall.step().refs == ("p1",):
        seen.append(at(hall))
        hall.forward()
    assert seen == [Phase.PERCEPTION, Phase.LOCAL, Phase.GAP]


def test_closing_keeps_every_ballot_and_back_opens_the_vote_again(hall: Hall) -> None:
    hall.forward()
    hall.votes("AB")
    hall.forward()
    assert outcome(lambda: hall.vote("late", "C")) == CLOSED
    hall.back()
    assert at(hall) is Phase.OPEN
    hall.vote("late", "C")
    hall.vote("person 0", "B")
    hall.forward(2)
    assert tallies(hall) == {"A": 0, "B": 2, "C": 1, "D": 0, "not_sure": 0}


def test_back_to_ready_keeps_the_ballots_and_takes_none(hall: Hall) -> None:
    hall.forward()
    hall.votes("AB")
    hall.back()
    assert at(hall) is Phase.DRAFT
    assert outcome(lambda: hall.vote("late", "C")) == CLOSED
    assert hall.ask(saying.state, hall.step()).next == "Open the vote again"
    hall.forward(3)
    assert tallies(hall)["A"] == 1


def test_the_count_destroys_the_key_and_the_journal(hall: Hall) -> None:
    hall.forward()
    hall.votes("ABB")
    assert len(hall.boxes.keys.names()) == 1
    hall.forward(2)
    assert hall.boxes.keys.names() == []
    assert hall.boxes.open == {}
    with hall.database.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM journal").scalar() == 0
        assert session.connection().exec_driver_sql("SELECT count(*) FROM box").scalar() == 0


def test_going_back_after_the_count_hides_but_never_uncounts(hall: Hall) -> None:
    hall.forward()
    hall.votes("AAB")
    hall.forward(3)
    assert at(hall) is Phase.NATIONAL
    hall.back()
    assert at(hall) is Phase.PERCEPTION
    hall.back()
    assert at(hall) is Phase.COUNTED
    assert hall.ask(saying.state, hall.step()).next == "Show the room’s answer"
    hall.back()
    assert hall.step().word == "welcome"
    hall.forward()
    assert at(hall) is Phase.COUNTED
    hall.forward()
    assert (at(hall), tallies(hall)["A"]) == (Phase.PERCEPTION, 2)


def test_leaving_an_open_vote_closes_and_counts_it_without_showing_it(hall: Hall) -> None:
    hall.forward()
    hall.votes("AAB")
    hall.jump(3, confirmed=True)
    found = current(hall)
    assert found is not None
    assert (found.closed_at is not None, found.counted_at is not None, found.perception_at) == (True, True, None)
    assert tallies(hall)["A"] == 2


def test_leaving_a_vote_that_nobody_answered_leaves_no_trace(hall: Hall) -> None:
    hall.forward()
    assert hall.jump(3) == ""
    assert current(hall) is None
    assert hall.boxes.keys.names() == []


@pytest.fixture
def careful_hall(tmp_path: Path) -> Iterator[Hall]:
    """Here fewer than five votes are never counted."""
    made = Hall(tmp_path / "careful", min_votes=5)
    made.join(6)
    made.forward(2)
    made.votes("AABB")
    yield made
    made.close()


def test_too_few_votes_cannot_be_counted(careful_hall: Hall) -> None:
    careful_hall.forward()
    state = careful_hall.ask(saying.state, careful_hall.step())
    assert state.blocked == "At least 5 votes are needed before any may be counted."
    assert [offer.label for offer in state.offers] == ["Discard 4 votes"]
    sentence = "There are too few votes to count. Open the vote again, or discard it."
    assert outcome(careful_hall.forward) == sentence
    assert at(careful_hall) is Phase.CLOSED
    careful_hall.back()
    careful_hall.vote("fifth", "A")
    careful_hall.forward(2)
    assert tallies(careful_hall)["A"] == 3


def test_discarding_destroys_the_ballots_unread_and_the_poll_can_be_opened_anew(careful_hall: Hall) -> None:
    refused = "Only a closed vote that is not counted can be discarded."
    assert outcome(lambda: careful_hall.do(rules.discard, FIFE, "p1")) == refused
    careful_hall.forward()
    careful_hall.do(rules.discard, FIFE, "p1")
    assert careful_hall.boxes.keys.names() == []
    assert current(careful_hall) is None
    careful_hall.forward()
    careful_hall.votes("BBBBB", "poll-p1-r2")
    careful_hall.forward(2)
    assert tallies(careful_hall)["B"] == 5


def test_a_vote_that_has_filled_since_the_press_is_not_discarded(careful_hall: Hall) -> None:
    careful_hall.vote("fifth", "A")
    careful_hall.forward()
    refused = "Enough people have voted by now, so this vote can be counted. Nothing was discarded."
    assert outcome(lambda: careful_hall.do(rules.discard, FIFE, "p1")) == refused
    assert at(careful_hall) is Phase.CLOSED


def test_leaving_with_too_few_votes_asks_and_then_discards(careful_hall: Hall) -> None:
    question = "4 people have voted, too few to count. Leave, and discard their votes unread?"
    assert careful_hall.jump(3) == question
    careful_hall.jump(3, confirmed=True)
    assert current(careful_hall) is None
    assert careful_hall.ask(lambda session: rounds.every(session, rounds.poll_of(session, FIFE, "p1")))[0].discarded_at


def test_a_figure_without_its_source_blocks_its_reveal_with_a_sentence(hall: Hall) -> None:
    def forget(session: object) -> None:
        figure = evidence.statistic(session, FIFE, "jobs")
        assert isinstance(figure, Statistic)
        figure.period_label = ""

    hall.do(forget)
    hall.forward()
    hall.votes("A")
    hall.forward(2)
    assert "period" in hall.ask(saying.state, hall.step()).blocked
    assert "period" in outcome(hall.forward)
    assert at(hall) is Phase.PERCEPTION


def test_a_restart_takes_the_vote_up_again_with_every_choice(hall: Hall) -> None:
    hall.forward()
    hall.votes("ABC")
    hall.vote("person 0", "D")
    before = hall.boxes.open[FIFE, "poll-p1-r1"].standing
    hall.boxes.open.clear()
    hall.do(rules.restore)
    assert hall.boxes.open[FIFE, "poll-p1-r1"].standing == before
    assert hall.vote("person 1", "C") == Standing(2, "C")


def test_a_lost_key_starts_a_new_epoch_and_says_how_many_came_back(hall: Hall) -> None:
    hall.forward()
    hall.votes("ABC")
    for name in hall.boxes.keys.names():
        hall.boxes.keys.destroy(name)
    hall.boxes.open.clear()
    hall.do(rules.restore)
    assert hall.boxes.open[FIFE, "poll-p1-r1"].epoch == 2
    hall.vote("person 0", "A")
    assert "1 of 3 recovered" in hall.ask(saying.state, hall.step()).sentence
    hall.forward(2)
    assert tallies(hall)["A"] == 1


def test_leaving_while_lost_votes_are_on_their_way_back_asks(hall: Hall) -> None:
    hall.forward()
    hall.votes("ABC")
    for name in hall.boxes.keys.names():
        hall.boxes.keys.destroy(name)
    hall.boxes.open.clear()
    hall.do(rules.restore)
    question = "Phones are sending their answers again: 0 of 3 recovered. Leave, and discard the vote unread?"
    assert hall.jump(3) == question
    assert at(hall) is Phase.OPEN


def test_a_poll_never_tells_how_it_is_going(hall: Hall) -> None:
    """What the console is told while people vote does not depend on what they choose."""
    hall.forward()
    hall.votes("AAA")
    said = hall.ask(saying.state, hall.step())
    hall.votes("BBB")
    assert hall.ask(saying.state, hall.step()) == said


def test_an_unknown_poll_is_not_found(hall: Hall) -> None:
    assert outcome(lambda: hall.ask(rounds.poll_of, FIFE, "p9")) == "There is no such question in this event."
    assert isinstance(hall.ask(rounds.poll_of, FIFE, "p1"), Poll)
