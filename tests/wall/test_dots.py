"""Dot votes: the budget, what is sealed, and that nothing of it can be told until it is counted, or after."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from eventkit.errors import BadInput
from eventkit.sealing.box import Standing
from eventkit.wall import dots, moderation, paper
from eventkit.wall.models import Phase, Wall
from eventkit.wall.phases import phase
from tests.fife import FIFE
from tests.hall import outcome
from tests.wall.voting import BOX, Voting

A, B, C = "a" * 16, "b" * 16, "c" * 16
TEXTS = ("Advice in the evening", "Buses that run", "Childcare")
UNCHANGED = " Nothing was changed."
TOO_FEW = "Too few people have given dots to count them. Wait for more, or leave: they are discarded unread."


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Voting]:
    made = Voting(tmp_path)
    yield made
    made.close()


def read(form: dict[str, str], budget: int = 3) -> str:
    return dots.reading(Wall(event_id=FIFE, position=1, wall_id="w1", question="?", dots=budget), [A, B, C])(form)


def lose_the_keys(hall: Voting) -> None:
    for name in hall.boxes.keys.names():
        hall.boxes.keys.destroy(name)


@pytest.mark.parametrize(
    ("form", "choice"),
    [
        ({f"dots-{B}": "1", f"dots-{A}": "2"}, A + A + B),
        ({f"dots-{C}": "3", f"dots-{A}": "0", f"dots-{B}": ""}, C * 3),
        ({f"dots-{A}": " 1 ", "seq": "4", "epoch": "9"}, A),
        ({f"dots-{A}": "0"}, ""),
        ({}, ""),
    ],
)
def test_a_form_becomes_the_notes_that_got_dots(form: dict[str, str], choice: str) -> None:
    assert read(form) == choice
    assert dots.given_of(choice) == {note_id: choice.count(note_id) for note_id in (A, B, C) if note_id in choice}


@pytest.mark.parametrize("number", ["-1", "1.5", "one", "٣", "²", "1" * 7, "1 1"])
def test_what_is_no_number_of_dots_is_refused(number: str) -> None:
    with pytest.raises(BadInput, match="Give each note a whole number of dots, 0 or more"):
        read({f"dots-{A}": number})


def test_more_dots_than_the_budget_are_refused() -> None:
    sentence = "You have 3 dots to give, and this is 4. Take some back." + UNCHANGED
    assert outcome(lambda: read({f"dots-{A}": "3", f"dots-{B}": "1"})) == sentence
    sentence = "You have 1 dot to give, and this is 999,999. Take some back." + UNCHANGED
    assert outcome(lambda: read({f"dots-{A}": "999999"}, budget=1)) == sentence


@pytest.mark.parametrize("name", ["d" * 16, "", A[:15], f"{A} "])
def test_a_note_that_is_not_on_the_ballot_is_refused(name: str) -> None:
    sentence = "One of these notes is not part of this vote. Load the page again." + UNCHANGED
    assert outcome(lambda: read({f"dots-{name}": "1"})) == sentence


def test_every_note_gets_the_sum_of_its_dots(hall: Voting) -> None:
    advice, buses, _childcare = hall.vote_on(*TEXTS)
    hall.give("one", {advice: 3, buses: 2})
    hall.give("two", {advice: 5})
    hall.give("three", {advice: 3, buses: 2})
    hall.give("four", {})
    hall.each(dots.count, "w1")
    assert hall.dots() == {"Advice in the evening": 11, "Buses that run": 4, "Childcare": 0}
    assert phase(hall.wall()) is Phase.COUNTED
    assert (hall.journal(), hall.boxes.keys.names(), hall.boxes.open) == ([], [], {})


def test_dots_can_be_changed_and_taken_back_until_the_count(hall: Voting) -> None:
    advice, buses, _childcare = hall.vote_on(*TEXTS)
    assert hall.give("one", {advice: 5}, 1) == Standing(1, advice * 5)
    assert hall.give("one", {buses: 1}, 2) == Standing(2, buses)
    assert hall.give("one", {advice: 5}, 1) == Standing(2, buses)
    hall.give("two", {advice: 5})
    assert hall.give("two", {}) == Standing(2, "")
    box = hall.boxes.open[FIFE, BOX]
    hall.each(dots.count, "w1")
    assert hall.dots() == {"Advice in the evening": 0, "Buses that run": 1, "Childcare": 0}
    hall.boxes.open[FIFE, BOX] = box
    assert outcome(lambda: hall.give("late", {advice: 1})) == "Not counted: voting has closed."


def test_no_dot_comes_into_a_vote_that_is_not_on(hall: Voting) -> None:
    advice, *_others = hall.vote_on(*TEXTS)

    def stop(_session: Session, wall: Wall) -> None:
        wall.dots_opened_at = None

    hall.each(stop, "w1")
    assert outcome(lambda: hall.give("late", {advice: 1})) == "Not counted: voting has closed."
    assert hall.journal() == []


def test_every_record_has_one_length_whatever_was_given(hall: Voting) -> None:
    advice, buses, childcare = hall.vote_on(*TEXTS)
    for number, given in enumerate(({}, {advice: 1}, {advice: 5}, {advice: 1, buses: 1, childcare: 3}, {advice: 5})):
        hall.give(f"person {number}", given)
    journal = hall.journal()
    assert {len(sealed) for sealed in journal} == {12 + 16 + 4 + 5 * 16 + 16}
    assert len(set(journal)) == 5


def test_a_note_that_is_hidden_meanwhile_keeps_its_dots_and_takes_more(hall: Voting) -> None:
    advice, buses, _childcare = hall.vote_on(*TEXTS)
    hall.give("one", {advice: 2})
    hall.do(moderation.hide, FIFE, advice)
    hall.give("two", {advice: 1, buses: 1})
    hall.boxes.open.clear()
    hall.do(dots.take_up)
    hall.give("three", {advice: 4})
    hall.each(dots.count, "w1")
    assert hall.dots() == {"": 7, "Buses that run": 1, "Childcare": 0}
    assert hall.note("").status == "hidden"


def test_notes_that_are_not_shown_at_the_opening_are_not_on_the_ballot(hall: Voting) -> None:
    hidden, other, merged, _last = hall.post(*TEXTS, "Kinderbetreuung")
    hall.do(moderation.hide, FIFE, hidden)
    hall.do(moderation.merge, FIFE, [merged], other)
    hall.close_walls()
    hall.each(dots.open_dots, "w1")
    assert hall.dots() == {"": None, TEXTS[1]: 0, TEXTS[2]: None, "Kinderbetreuung": 0}
    sentence = "One of these notes is not part of this vote. Load the page again." + UNCHANGED
    assert outcome(lambda: hall.give("one", {hall.note("").note_id: 1})) == sentence
    hall.give("one", {hall.note(TEXTS[1]).note_id: 1})
    hall.each(dots.count, "w1")
    assert hall.dots() == {"": None, TEXTS[1]: 1, TEXTS[2]: None, "Kinderbetreuung": 0}


def test_a_note_from_paper_is_not_taken_back_from_a_vote(hall: Voting) -> None:
    hall.close_walls()
    hall.do(paper.enter, FIFE, "w1", "a" * 16, "Came late")
    hall.each(dots.open_dots, "w1")
    assert "Hide this one at the console" in outcome(lambda: hall.do(paper.take_back, FIFE, "w1", "a" * 16))
    assert hall.dots() == {"Came late": 0}


def test_notes_are_neither_merged_nor_parted_during_the_vote(hall: Voting) -> None:
    merged, other = hall.post(*TEXTS[:2])
    hall.do(moderation.merge, FIFE, [merged], other)
    advice, *_others = hall.vote_on("Childcare", "A crèche")
    refused = "Notes are neither merged nor parted while people give their dots." + UNCHANGED
    assert outcome(lambda: hall.do(moderation.merge, FIFE, [advice], hall.note("A crèche").note_id)) == refused
    assert outcome(lambda: hall.do(moderation.unmerge, FIFE, hall.note(TEXTS[0]).note_id)) == refused
    hall.give("one", {advice: 1})
    hall.each(dots.count, "w1")
    assert hall.do(moderation.merge, FIFE, [advice], hall.note("A crèche").note_id) == 1


def test_dots_are_only_given_on_a_closed_wall_that_has_dots_and_notes(hall: Voting) -> None:
    refused = "Dots are given once a wall has closed, and only where the plan has dots for it."
    assert outcome(lambda: hall.each(dots.open_dots, "w1")) == refused
    hall.close_walls()
    assert outcome(lambda: hall.each(dots.open_dots, "w2")) == refused
    nothing = "This wall shows no notes, so there is nothing to give dots to."
    assert outcome(lambda: hall.each(dots.open_dots, "w1")) == nothing
    assert outcome(lambda: hall.each(dots.count, "w1")) == TOO_FEW


def test_a_restart_takes_the_vote_up_again(hall: Voting) -> None:
    advice, buses, _childcare = hall.vote_on(*TEXTS)
    hall.give("one", {advice: 5})
    hall.give("one", {buses: 2})
    before = hall.boxes.open[FIFE, BOX].standing
    hall.boxes.open.clear()
    hall.do(dots.take_up)
    assert hall.boxes.open[FIFE, BOX].standing == before
    assert hall.give("one", {advice: 1}) == Standing(3, advice)
    hall.each(dots.count, "w1")
    assert hall.dots() == {"Advice in the evening": 1, "Buses that run": 0, "Childcare": 0}


def test_a_lost_key_starts_a_new_epoch(hall: Voting) -> None:
    advice, *_others = hall.vote_on(*TEXTS)
    epoch = hall.boxes.open[FIFE, BOX].epoch
    hall.give("one", {advice: 5})
    lose_the_keys(hall)
    hall.boxes.open.clear()
    hall.do(dots.take_up)
    assert (hall.boxes.open[FIFE, BOX].epoch, hall.boxes.open[FIFE, BOX].standing) == (epoch + 1, {})
    box = hall.ask(dots.box_of, hall.wall())
    assert box is not None
    assert (box.voters, box.lost, hall.journal()) == (0, 1, [])
    hall.give("one", {advice: 5})
    hall.each(dots.count, "w1")
    assert hall.dots()["Advice in the evening"] == 5


def test_too_few_people_are_not_counted(tmp_path: Path) -> None:
    hall = Voting(tmp_path, min_votes=3)
    advice, *_others = hall.vote_on(*TEXTS)
    hall.give("one", {advice: 5})
    hall.give("one", {advice: 4})
    hall.give("two", {})
    assert outcome(lambda: hall.each(dots.count, "w1")) == TOO_FEW
    assert (phase(hall.wall()), len(hall.journal())) == (Phase.DOTS, 3)
    hall.give("three", {advice: 1})
    hall.each(dots.count, "w1")
    assert hall.dots()["Advice in the evening"] == 5
    hall.close()


def test_what_is_discarded_is_never_read_and_the_vote_can_be_opened_anew(hall: Voting) -> None:
    advice, buses, _childcare = hall.vote_on(*TEXTS)
    hall.give("one", {advice: 5})
    old = hall.boxes.open[FIFE, BOX]
    hall.each(dots.discard, "w1")
    assert (hall.journal(), hall.boxes.keys.names(), hall.boxes.open) == ([], [], {})
    assert (phase(hall.wall()), set(hall.dots().values())) == (Phase.CLOSED, {None})
    hall.each(dots.open_dots, "w1")
    assert hall.boxes.open[FIFE, BOX].epoch != old.epoch
    hall.give("two", {buses: 1})
    hall.each(dots.count, "w1")
    assert hall.dots() == {"Advice in the evening": 0, "Buses that run": 1, "Childcare": 0}
    assert outcome(lambda: hall.each(dots.discard, "w1")) == "These dots are counted. That stays."


def test_a_vote_begun_anew_in_one_write_keeps_its_key(hall: Voting) -> None:
    hall.vote_on(*TEXTS)

    def anew(session: Session, wall: Wall) -> None:
        dots.discard(session, wall)
        dots.open_dots(session, wall)

    hall.each(anew, "w1")
    hall.give("one", {})
    before = hall.boxes.open.pop((FIFE, BOX))
    hall.do(dots.take_up)
    assert hall.boxes.open[FIFE, BOX].standing == before.standing
