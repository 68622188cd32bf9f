"""A plan that changes while the room is on: what was seen or answered stays, everything else follows."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from eventkit.activities import ACTIVITIES
from eventkit.errors import Conflict
from eventkit.events import rules as events
from eventkit.plan import whole
from eventkit.plan.applying import apply
from eventkit.stage import programme
from eventkit.stage.models import ProgrammeStep
from eventkit.voting import rounds
from eventkit.voting.models import Option, Poll
from tests.fife import FIFE
from tests.hall import outcome
from tests.plan.changing import DAY, PROGRAMME, PlannedHall

OPENED = "The vote on “p1” was opened, so its question and options stay as they are."
TYPO = OPENED + " A typo in it can be corrected on the desk."
SHOWN = "The room was shown the figure “s1”, so it stays as it is. Correct it with a new one that supersedes it."
WALL = DAY[DAY.index("[[walls]]") :]
QUESTION = ("How many doubst?", "How many doubts?")
BREAK = '[[programme]]\norder = 3\nactivity = "break"\ntime = "10:30"\n'
FIRST_POLL = '[[programme]]\norder = 2\nactivity = "poll"\nref = "p1"\n'


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[PlannedHall]:
    made = PlannedHall(tmp_path)
    made.join(3)
    yield made
    made.close()


@pytest.fixture
def voting_hall(hall: PlannedHall) -> PlannedHall:
    """The vote on p1 is open, and somebody has voted."""
    hall.forward(2)
    hall.votes("A")
    return hall


def shown(hall: PlannedHall) -> list[tuple[str, str]]:
    return [(step.word, " ".join(step.refs) or step.time) for step in hall.ask(programme.steps, FIFE)]


def right(session: Session) -> list[tuple[str, str]]:
    found = select(Poll.poll_id, Option.option_id).where(Poll.id == Option.poll_pk, Option.correct)
    return sorted(session.exec(found))


def test_change_is_stored_with_its_digest_and_its_day(hall: PlannedHall) -> None:
    before = hall.ask(lambda session: events.changed(session, FIFE))
    assert hall.edit(QUESTION) == ["polls, p1, question: “How many doubst?” → “How many doubts?”"]
    event = hall.ask(events.event, FIFE)
    assert event.plan_digest == whole.digest(hall.plan(QUESTION)) == whole.digest(hall.stored())
    assert before is None
    assert event.changed_at is not None


def test_plan_that_says_the_same_changes_nothing(hall: PlannedHall) -> None:
    before = hall.rows()
    assert hall.apply(hall.plan()) == []
    assert hall.rows() == before


def test_everything_can_change_before_the_room_has_seen_it(hall: PlannedHall) -> None:
    edits = [
        QUESTION,
        ('"A day"', '"Another day"'),
        ("value = 84\nunit", "value = 83\nunit"),
        ("value = 84\n[", "value = 83\n["),
        (WALL, ""),
    ]
    assert len(hall.edit(*edits)) == 5
    assert hall.stored().rows("walls") == ()


def test_what_blocks_a_plan_blocks_the_change(hall: PlannedHall) -> None:
    assert hall.refused(hall.plan(("value = 84\nunit", "value = 83\nunit"))) == [
        "polls, row 1, national_statistic: No option claims the figure, 83. Mend an option."
    ]


def test_new_poll_needs_its_statistic_first(hall: PlannedHall) -> None:
    poll = (
        DAY[DAY.index('[[polls]]\npoll_id = "p2"') : DAY.index("[[walls]]")].replace("p2", "p3").replace("most", "all")
    )
    assert hall.refused(hall.plan((WALL, poll.replace("s1", "s2") + WALL))) == [
        "polls, row 3, national_statistic: There is no statistic “s2” in the plan."
    ]
    assert hall.edit((WALL, poll + WALL)) == ["polls, p3: added", "options, p3 A: added", "options, p3 B: added"]


def test_event_keeps_its_event_id(hall: PlannedHall) -> None:
    assert hall.refused(hall.plan(('"day"', '"night"'))) == [
        "event, event_id: An event keeps its event_id. Give the plan the one that it was stored under."
    ]


def test_event_that_would_be_deleted_at_once_is_refused(hall: PlannedHall) -> None:
    assert hall.refused(hall.plan(("min_votes = 1", "min_votes = 1\ndelete_after = 2016-06-01"))) == [
        "event, delete_after: 1 June 2016 has passed, so the event would be deleted at once. Give a later day."
    ]
    hall.edit(("min_votes = 1", "min_votes = 1\ndelete_after = 2999-06-01"))
    assert hall.ask(events.event, FIFE).delete_after == date(2999, 6, 1)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (QUESTION, f"polls, row 1, question: {TYPO}"),
        (("84 per cnt", "84 per cent"), f"options, row 1, text: {TYPO}"),
        (("It feels like few.", "It feels like some."), f"polls, row 1, explanation: {TYPO}"),
        (('explanation = "It feels like few."\n', ""), f"polls, row 1, explanation: {OPENED}"),
        (("value = 10\n", "value = 11\n"), f"options, row 2, value: {OPENED}"),
        (('text = "10 per cent"', 'text = "10 per cent"\nupper = 11'), f"options, row 2, upper: {OPENED}"),
    ],
)
def test_opened_vote_keeps_its_question_and_options(voting_hall: PlannedHall, edit: tuple[str, str], said: str) -> None:
    assert voting_hall.refused(voting_hall.plan(edit)) == [said]


def test_opened_poll_cannot_be_removed(voting_hall: PlannedHall) -> None:
    poll = DAY[DAY.index("[[polls]]") : DAY.index('[[polls]]\npoll_id = "p2"')]
    assert voting_hall.refused(voting_hall.plan((poll, ""), (FIRST_POLL, ""))) == [
        f"polls: {OPENED}",
        f"options: {OPENED}",
        "programme: The step “poll p1” is on now. Go to another one, then take it out.",
    ]


def test_opened_poll_gets_no_further_option(voting_hall: PlannedHall) -> None:
    option = '[[options]]\npoll_id = "p1"\noption_id = "C"\ntext = "1 per cent"\nvalue = 1\n'
    assert voting_hall.refused(voting_hall.plan((WALL, option + WALL))) == [f"options, row 5: {OPENED}"]


def test_all_refusals_come_at_once_and_nothing_is_applied(voting_hall: PlannedHall) -> None:
    edits = [QUESTION, ("84 per cnt", "84 per cent"), ('"A day"', '"Another day"'), (FIRST_POLL, "")]
    assert [line.split(":")[0] for line in voting_hall.refused(voting_hall.plan(*edits))] == [
        "polls, row 1, question",
        "options, row 1, text",
        "programme",
    ]


def test_other_polls_and_the_notes_of_an_opened_one_can_change(voting_hall: PlannedHall) -> None:
    edits = [("Is it most?", "Is it all?"), ("explanation =", 'facilitator_notes = "Slowly."\nexplanation =')]
    assert [line.partition(": ")[0] for line in voting_hall.edit(*edits)] == [
        "polls, p1, facilitator_notes",
        "polls, p2, question",
    ]
    voting_hall.forward(2)
    assert voting_hall.ask(lambda session: rounds.counted(session, _round(session)).by_option)["A"] == 1


def _round(session: Session) -> object:
    return rounds.current(session, rounds.poll_of(session, FIFE, "p1"))


def test_vote_that_nobody_took_part_in_can_change_again(hall: PlannedHall) -> None:
    hall.forward(2)
    assert hall.refused(hall.plan(QUESTION)) == [f"polls, row 1, question: {TYPO}"]
    hall.back()
    hall.jump(1, confirmed=True)
    assert hall.edit(QUESTION) == ["polls, p1, question: “How many doubst?” → “How many doubts?”"]


def test_fewest_votes_stay_while_a_vote_is_not_counted(voting_hall: PlannedHall) -> None:
    edit = ("min_votes = 1", "min_votes = 2")
    refusal = ["event, min_votes: A vote is not counted yet. Count or discard it, then change min_votes."]
    assert voting_hall.refused(voting_hall.plan(edit)) == refusal
    voting_hall.forward()
    assert voting_hall.refused(voting_hall.plan(edit)) == refusal
    voting_hall.forward()
    assert voting_hall.edit(edit) == ["event, min_votes: “1” → “2”"]


def test_figure_may_change_until_the_room_was_shown_it(voting_hall: PlannedHall) -> None:
    voting_hall.forward(2)
    assert voting_hall.edit(('unit = "%"', 'unit = "%"\nnotes = "Checked."')) == [
        "statistics, s1, notes: nothing → “Checked.”"
    ]
    voting_hall.forward()
    voting_hall.back()
    new = voting_hall.plan(('unit = "%"', 'unit = "%"\nqualifier = "over"'))
    assert voting_hall.refused(new) == [
        f"statistics, row 1, qualifier: {SHOWN}",
        f"statistics, row 1, notes: {SHOWN}",
    ]


def test_right_option_follows_a_figure_that_changes(hall: PlannedHall) -> None:
    assert hall.ask(right) == [("p1", "A"), ("p2", "A")]
    hall.edit(("value = 84\nunit", "value = 10\nunit"))
    assert hall.ask(right) == [("p1", "B"), ("p2", "A")]


def test_ballots_stay_with_their_poll(voting_hall: PlannedHall) -> None:
    before = voting_hall.ask(lambda session: session.exec(select(Option.id).order_by(col(Option.id))).all())
    voting_hall.edit((WALL, ""), ("Is it most?", "Is it all?"))
    assert voting_hall.ask(lambda session: session.exec(select(Option.id).order_by(col(Option.id))).all()) == before
    assert voting_hall.vote("person 0", "B").choice == "B"


def test_typo_in_an_opened_question_is_corrected_and_both_wordings_are_kept(voting_hall: PlannedHall) -> None:
    new = voting_hall.plan(QUESTION, ("84 per cnt", "84 per cent"))
    assert voting_hall.apply(new, correcting=True) == [
        "polls, p1, question: “How many doubst?” → “How many doubts?”",
        "options, p1 A, text: “84 per cnt” → “84 per cent”",
    ]
    made = voting_hall.ask(events.corrections, FIFE)
    assert [(each.part, each.row_id, each.column, each.before, each.after) for each in made] == [
        ("polls", "p1", "question", *QUESTION),
        ("options", "p1 A", "text", "84 per cnt", "84 per cent"),
    ]


def test_before_the_vote_a_new_wording_is_no_correction(hall: PlannedHall) -> None:
    hall.edit(QUESTION, correcting=True)
    assert hall.ask(events.corrections, FIFE) == []


@pytest.mark.parametrize(
    "edit", [("value = 10\n", "value = 11\n"), ('explanation = "It feels like few."\n', "")], ids=["number", "emptied"]
)
def test_correction_replaces_words_by_words_alone(voting_hall: PlannedHall, edit: tuple[str, str]) -> None:
    assert [line.rpartition(": ")[2] for line in voting_hall.refused(voting_hall.plan(edit), correcting=True)] == [
        OPENED
    ]


def test_correction_drops_the_ballots_that_were_rendered(voting_hall: PlannedHall) -> None:
    box = voting_hall.boxes.open[FIFE, "poll-p1-r1"]
    rendering = box.texts
    rendering["open", ""] = "84 per cnt"
    voting_hall.edit(("84 per cnt", "84 per cent"), correcting=True)
    rendering["recorded", "A"] = "84 per cnt"
    assert box.texts == {}


def test_language_follows_for_the_pages(hall: PlannedHall) -> None:
    hall.edit(("min_votes = 1", 'min_votes = 1\nlanguage = "pl"'))
    assert hall.database.info["languages"] == {FIFE: "pl"}


def test_second_of_two_organisers_is_told(hall: PlannedHall) -> None:
    seen = whole.digest(hall.stored())
    hall.edit(QUESTION, expected=seen)
    late = hall.plan(("Is it most?", "Is it all?"))
    with pytest.raises(Conflict, match="Somebody else has changed the plan since"):
        hall.apply(late, expected=seen)
    assert whole.digest(hall.stored()) == whole.digest(hall.plan(QUESTION))


def test_event_of_another_plan_is_left_alone(hall: PlannedHall) -> None:
    other = hall.plan(('"day"', '"other"'))
    number = hall.do(lambda session: whole.create(session, other, ACTIVITIES, "GHJ4KMN").id)
    hall.edit(QUESTION, (WALL, ""))
    stored = hall.ask(lambda session: whole.stored(session, events.event(session, number), ACTIVITIES))
    assert whole.digest(stored) == whole.digest(other)
    assert outcome(lambda: hall.do(apply, number, hall.plan(), ACTIVITIES)) != ""


def test_step_is_added_moved_and_skipped_while_the_room_stays(voting_hall: PlannedHall) -> None:
    on = voting_hall.step().id
    poll = PROGRAMME[PROGRAMME.index("[[programme]]\norder = 4") : PROGRAMME.index("[[programme]]\norder = 5")]
    voting_hall.edit((BREAK, '[[programme]]\norder = 1.5\nactivity = "break"\ntime = "10:30"\n'), (poll, ""))
    assert voting_hall.step().id == on
    assert shown(voting_hall) == [
        ("welcome", ""),
        ("break", "10:30"),
        ("poll", "p1"),
        ("break", "15:00"),
        ("close", ""),
    ]


def test_step_that_the_room_has_seen_cannot_vanish(voting_hall: PlannedHall) -> None:
    voting_hall.jump(3, confirmed=True)
    voting_hall.jump(5)
    seen = "The room has been at the step “{}”, so the programme keeps it."
    assert voting_hall.refused(voting_hall.plan((BREAK, ""))) == [f"programme: {seen.format('break')}"]
    assert voting_hall.refused(voting_hall.plan((FIRST_POLL, ""))) == [f"programme: {seen.format('poll p1')}"]
    assert voting_hall.refused(voting_hall.plan(("order = 5", "order = 1.5"), (BREAK, "")))


def test_step_that_is_on_cannot_vanish(hall: PlannedHall) -> None:
    hall.forward()
    assert hall.refused(hall.plan((FIRST_POLL, ""))) == [
        "programme: The step “poll p1” is on now. Go to another one, then take it out."
    ]


def test_steps_after_the_room_keep_their_numbers_when_one_before_goes(hall: PlannedHall) -> None:
    def numbers(session: Session) -> list[int | None]:
        return list(session.exec(select(ProgrammeStep.id).order_by(col(ProgrammeStep.position))))

    before = hall.ask(numbers)
    hall.edit((BREAK, ""))
    assert hall.ask(numbers) == [*before[:2], *before[3:]]


def test_press_that_was_made_for_the_programme_before_is_refused(hall: PlannedHall) -> None:
    version = hall.version()
    hall.edit((FIRST_POLL, ""))
    assert outcome(lambda: hall.do(programme.forward, FIFE, version)).startswith("The room had already moved on")
    hall.edit((FIRST_POLL, ""), QUESTION)
    hall.forward()
    assert hall.step().word == "break"


def test_programme_that_follows_from_the_plan_gets_a_step_for_a_new_poll(tmp_path: Path) -> None:
    hall = PlannedHall(tmp_path, DAY)
    hall.forward()
    poll = (
        DAY[DAY.index('[[polls]]\npoll_id = "p2"') : DAY.index("[[walls]]")].replace("p2", "p3").replace("most", "all")
    )
    hall.edit((WALL, poll + WALL))
    assert shown(hall) == [
        ("welcome", ""),
        ("poll", "p1"),
        ("poll", "p2"),
        ("poll", "p3"),
        ("wall", "w1"),
        ("close", ""),
    ]
    assert hall.step().refs == ("p1",)
    hall.close()


def test_event_that_ended_keeps_its_close(tmp_path: Path) -> None:
    hall = PlannedHall(tmp_path, DAY + PROGRAMME[: PROGRAMME.index("[[programme]]\norder = 6")])
    hall.do(programme.end, FIFE)
    hall.edit((WALL, ""))
    assert shown(hall)[-1] == ("close", "")
    assert hall.step().word == "close"
    hall.close()
