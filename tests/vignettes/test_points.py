"""Points: kept as they were sent, one device's alone to change, and no more once the discussion has ended."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from sqlmodel import Session

from eventkit.errors import Conflict, EventkitError
from eventkit.events import hosts
from eventkit.vignettes import points, rules, stories
from eventkit.vignettes.models import Mark, Point, StoryRound, WrittenBy
from eventkit.vignettes.points import LONGEST, Words
from tests.fife import FIFE
from tests.hall import Hall, outcome
from tests.vignettes.hosting import at_story, close, points_of, prompted

ONE, TWO = "1" * 16, "2" * 16
ENDED = "The discussion has ended, so its points stay as they are. This was not saved."
OTHERS = "Another device wrote this point: only there can its words be changed. Here you can mark or delete it."


class Table(Hall):
    """The first table, at its first story."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.do(prompted)

    def write(self, number: str, text: str, prompt: str = "help", story: str = "v1", device: str = "a") -> None:
        self.do(points.save, FIFE, "t1", device, number, Words(story, prompt, text))

    def refused(self, *given: str, **more: str) -> str:
        return outcome(lambda: self.write(*given, **more))

    def written(self) -> Sequence[tuple[str, str, str]]:
        return self.ask(points_of)


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    made = Table(tmp_path)
    yield made
    made.close()


def test_point_sent_again_is_one_point(table: Table) -> None:
    table.write(ONE, "A lift to the office")
    table.write(ONE, "A lift to the office")
    assert table.written() == [("help", "A lift to the office", "")]


def test_point_grows_as_it_is_typed(table: Table) -> None:
    table.write(ONE, "A lift")
    table.write(TWO, "Somebody to ring", prompt="anna")
    table.write(ONE, " A lift to the office \r\n")
    assert table.written() == [("help", "A lift to the office", ""), ("anna", "Somebody to ring", "")]


def test_point_may_stand_under_no_prompt(table: Table) -> None:
    table.write(ONE, "Said in passing", prompt="")
    table.write(TWO, "Under a prompt that the plan has lost", prompt="gone")
    assert [prompt for prompt, *_rest in table.written()] == ["", ""]


def test_words_of_a_point_are_changed_by_its_own_device_alone(table: Table) -> None:
    def let_in(session: Session) -> str:
        cookie = hosts.use_card(session, FIFE, "t1", hosts.make_card(session, FIFE, "t1", beside=True))
        return hosts.device(session, FIFE, "t1", cookie)

    table.write(ONE, "A lift", device=table.do(let_in))
    assert table.refused(ONE, "A bus", device=table.do(let_in)) == OTHERS
    assert table.written() == [("help", "A lift", "")]


def test_other_device_marks_and_deletes(table: Table) -> None:
    table.write(ONE, "A lift")
    table.do(points.mark, FIFE, "t1", ONE, Mark.IDEA)
    assert table.written() == [("help", "A lift", "idea")]
    table.do(points.remove, FIFE, "t1", ONE)
    table.do(points.remove, FIFE, "t1", ONE)
    assert table.written() == []


def test_changing_words_leaves_the_mark(table: Table) -> None:
    table.write(ONE, "A lift")
    table.do(points.mark, FIFE, "t1", ONE, Mark.BARRIER)
    table.write(ONE, "No lift")
    assert table.written() == [("help", "No lift", "barrier")]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda table: table.write(ONE, "Other words"), id="words"),
        pytest.param(lambda table: table.write(TWO, "A new one"), id="new point"),
        pytest.param(lambda table: table.do(points.mark, FIFE, "t1", ONE, Mark.IDEA), id="mark"),
        pytest.param(lambda table: table.do(points.remove, FIFE, "t1", ONE), id="delete"),
    ],
)
def test_ended_discussion_stays_as_it_is(table: Table, change: Callable[[Table], None]) -> None:
    table.write(ONE, "A lift")
    table.do(close)
    assert outcome(lambda: change(table)) == ENDED
    assert table.written() == [("help", "A lift", "")]


def test_answer_that_was_lost_before_the_end_is_no_refusal(table: Table) -> None:
    table.write(ONE, "A lift")
    table.do(close)
    table.write(ONE, "A lift")
    assert table.written() == [("help", "A lift", "")]


def test_points_kept_on_a_device_may_come_after_the_room_moved_on(table: Table) -> None:
    table.do(at_story, 2)
    table.write(ONE, "Late, but not lost")
    assert table.written() == [("help", "Late, but not lost", "")]


def test_rest_of_a_point_that_comes_after_the_room_moved_on_is_a_point_of_its_own(table: Table) -> None:
    table.write(ONE, "She was sent")
    table.do(rules.finish, FIFE)
    table.do(at_story, 2)
    first, whole = ("help", "She was sent", ""), ("help", "She was sent from office to office", "")
    for text in ("She was sent from office", whole[1], whole[1], first[1]):
        table.write(ONE, text)
        assert table.written()[0] == first
    assert table.written() == [first, whole]
    table.do(rules.finish, FIFE)
    table.do(at_story, 2)
    table.write(ONE, whole[1])
    assert table.written() == [first, whole]
    table.write(ONE, "And back again")
    assert table.written() == [first, whole, ("help", "And back again", "")]


def test_point_of_a_device_that_has_a_new_card_is_kept_beside_what_it_saved_before(table: Table) -> None:
    def let_in(session: Session) -> str:
        cookie = hosts.use_card(session, FIFE, "t1", hosts.make_card(session, FIFE, "t1"))
        return hosts.device(session, FIFE, "t1", cookie)

    old, new = table.do(let_in), table.do(let_in)
    table.write(ONE, "She was sent", device=old)
    table.write(ONE, "She was sent away", device=new)
    assert [text for _prompt, text, _mark in table.written()] == ["She was sent", "She was sent away"]
    table.write(TWO, "A lift", device=new)
    assert table.refused(TWO, "A bus", device=old) == OTHERS


def test_story_that_is_not_told_yet_takes_no_points(table: Table) -> None:
    assert table.refused(ONE, "Too early", story="v2") == "Your table is not at this story. This was not saved."
    assert table.refused(ONE, "Not ours", story="v9") == "This table has no such story. Reload the page."


def test_point_of_another_table_is_not_there(table: Table) -> None:
    table.write(ONE, "A lift")
    sentence = "This point is not there any more."
    assert outcome(lambda: table.do(points.mark, FIFE, "t2", ONE, Mark.IDEA)) == sentence
    assert outcome(lambda: table.do(points.remove, FIFE, "t2", ONE)) == sentence


def test_number_of_another_discussion_is_taken(table: Table) -> None:
    table.write(ONE, "A lift")
    table.do(at_story, 2)
    assert table.refused(ONE, "Other words", story="v2").startswith("This point’s number is taken.")


@pytest.mark.parametrize(
    ("number", "text", "begin"),
    [
        ("no number", "A lift", "This point came without its number."),
        (ONE, " \u200b\n", "There is nothing in this point yet."),
        (ONE, "x" * (LONGEST + 1), "That is 501 characters; 500 fit in one point."),
    ],
)
def test_point_that_cannot_be_kept_says_why(table: Table, number: str, text: str, begin: str) -> None:
    said = table.refused(number, text)
    assert said[: len(begin)] == begin
    assert table.written() == []


def test_table_has_a_most_of_points(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(points, "MOST", 1)
    table.write(ONE, "A lift")
    # The device keeps what it sent, says why and goes on with the next: it must not be taken for a busy network.
    with pytest.raises(Conflict, match=r"^Your table has 1 points on this story"):
        table.write(TWO, "Another")
    table.write(ONE, "A lift to the office")


def test_phones_points_are_neither_counted_nor_touched(table: Table) -> None:
    table.write(ONE, "A lift")

    def from_phone(session: Session) -> None:
        discussion = stories.begun_discussion(session, FIFE, "t1", "v1")
        point = Point(point_id=TWO, discussion_id=discussion.id or 0, text="Mine", written_by=WrittenBy.PHONE)
        session.add(point)

    table.do(from_phone)
    assert table.ask(lambda session: points.count(session, FIFE, "t1")) == 1
    assert table.ask(lambda session: points.count(session, FIFE, "t2")) == 0
    with pytest.raises(EventkitError):
        table.do(points.remove, FIFE, "t1", TWO)
    assert table.refused(TWO, "Not yours", device="") == OTHERS


def test_nothing_is_written_before_the_first_story(table: Table) -> None:
    def before(session: Session) -> None:
        at = session.get_one(StoryRound, FIFE)
        at.story = 0

    table.do(before)
    assert table.refused(ONE, "Too early") == "Your table is not at this story. This was not saved."
