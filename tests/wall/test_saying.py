"""What the console says of walls."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eventkit.events.step import Offer, State
from eventkit.wall import moderation, rules, saying, walls
from tests.fife import FIFE
from tests.wall.test_rules import give
from tests.wall.walled import STEP, Walled

ONLY = replace(STEP, refs=("w2",))
LOST = "Authors can no longer change their notes, and hidden notes lose their words."


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Walled]:
    made = Walled(tmp_path, min_votes=2, w2={"dots": 2, "approve_first": True})
    made.join(3)
    yield made
    made.close()


def said(hall: Walled) -> State:
    return hall.ask(saying.state, STEP)


def presses(state: State) -> tuple[str, str, str, str]:
    return state.chip, state.next, state.detail, state.back


def test_title_is_the_step_s_own_or_the_question_of_its_only_wall(hall: Walled) -> None:
    assert hall.ask(saying.title, STEP) == "Walls"
    assert hall.ask(saying.title, ONLY) == "Who was missing?"
    assert hall.ask(saying.title, replace(STEP, title="Four questions")) == "Four questions"


def test_console_says_what_each_press_does(hall: Walled) -> None:
    assert presses(said(hall)) == ("Ready", "Open the walls", "from now on people can write notes", "")
    hall.forward_walls()
    assert presses(said(hall)) == (
        "Open",
        "Close the walls",
        "authors can no longer change their notes, and hidden notes lose their words",
        "Back to Ready",
    )
    assert (said(hall).open, said(hall).final) == (True, False)
    hall.do(moderation.approve, FIFE, hall.write("Ada", "Housing", wall_id="w2"))
    assert said(hall).back == ""
    hall.forward_walls()
    dots = ("Closed", "Open the dot vote", "people choose the notes that matter most to them")
    assert presses(said(hall)) == (*dots, "Open the walls for new notes")
    assert said(hall).open is False


def test_counts_grow_with_batches_and_not_with_notes(hall: Walled) -> None:
    hall.forward_walls()
    assert said(hall).sentence == "Wall 1: 0 notes. Wall 2: 0 notes."
    hall.write("Ada", "Housing")
    hall.write("Bea", "Carers", wall_id="w2")
    assert said(hall).sentence == "Wall 1: 0 notes. Wall 2: 0 notes, 1 to approve."
    hall.place()
    assert said(hall).sentence == "Wall 1: 1 note. Wall 2: 0 notes, 1 to approve."
    assert said(hall).counts == (("1", "notes"), ("3", "joined"))
    assert hall.ask(saying.state, ONLY).sentence == "0 notes, 1 to approve."


def test_walls_are_opened_and_closed_singly_where_there_are_several(hall: Walled) -> None:
    assert said(hall).sentence == "The questions are on the screen. Nobody can write yet."
    assert said(hall).offers == (Offer("Open wall 1", "walls/w1/open"), Offer("Open wall 2", "walls/w2/open"))
    hall.do(rules.open_wall, FIFE, "w1")
    assert said(hall).offers[0] == Offer("Close wall 1", "walls/w1/close", LOST)
    assert presses(said(hall))[:2] == ("Open", "Open the wall")
    hall.do(rules.close_wall, FIFE, "w1")
    assert said(hall).offers[0] == Offer("Open wall 1 for new notes", "walls/w1/open")
    assert hall.ask(saying.state, ONLY).offers == ()


def test_dot_vote_says_how_many_and_what_is_needed(hall: Walled) -> None:
    hall.do(rules.open_wall, FIFE, "w1")
    hall.do(rules.close_wall, FIFE, "w1")
    _vote(hall)
    count = ("Dot vote", "Count 0 votes", "nobody can vote or change after this")
    assert presses(said(hall)) == (*count, "Close the dot vote")
    assert said(hall).blocked == "At least 2 votes on each wall are needed before any may be counted."
    assert (said(hall).final, said(hall).again) == (True, "")
    give(hall, "Ada", "Bea")
    state = said(hall)
    assert (state.next, state.blocked, state.back, state.again) == ("Count 2 votes", "", "", "Begin the dot vote anew")
    assert state.counts == (("1", "notes"), ("2", "dot votes"), ("3", "joined"))
    assert [offer.label for offer in state.offers] == ["Open wall 1 for new notes"]
    hall.forward_walls()
    assert presses(said(hall)) == ("Closed", "", "", "")


def test_leaving_asks_what_it_does(hall: Walled) -> None:
    assert hall.ask(saying.leaving, STEP) == ""
    hall.do(rules.open_wall, FIFE, "w1")
    assert hall.ask(saying.leaving, ONLY) == f"Close the wall and leave? {LOST}"
    hall.do(rules.close_wall, FIFE, "w1")
    _vote(hall)
    assert hall.ask(saying.leaving, STEP) == ""
    give(hall, "Ada")
    few = "1 dot vote is too few to count. Leave, and discard it unread?"
    assert hall.ask(saying.leaving, STEP) == few
    hall.do(rules.open_wall, FIFE, "w1")
    assert hall.ask(saying.leaving, STEP) == f"Close the wall and leave? {LOST} {few}"
    hall.do(rules.close_wall, FIFE, "w1")
    give(hall, "Bea")
    count = "Close the dot vote, count 2 votes and leave? Nobody can vote or change after this."
    assert hall.ask(saying.leaving, STEP) == count


def test_beginning_anew_says_what_is_lost(hall: Walled) -> None:
    assert hall.ask(saying.repeating, STEP) == ""
    _vote(hall)
    assert hall.ask(saying.repeating, STEP) == ""
    give(hall, "Ada", "Bea")
    sentence = "Begin the dot vote anew? 2 votes are not counted, and are discarded unread."
    assert hall.ask(saying.repeating, STEP) == sentence


def _vote(hall: Walled) -> None:
    """Opens the dot vote on the second wall, which shows one note."""
    hall.do(rules.open_wall, FIFE, "w2")
    hall.do(lambda session: setattr(walls.wall_of(session, FIFE, "w2"), "approve_first", False))
    hall.write("Ada", "Housing", wall_id="w2")
    hall.do(rules.close_wall, FIFE, "w2")
    hall.do(rules.forward, ONLY)
