"""The life of walls as the room lives it."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from sqlmodel import select

from eventkit.codebook import rules as codebook
from eventkit.codebook.models import Annotation, Change, Kind, Theme
from eventkit.errors import Conflict, NotFound
from eventkit.migrations.run import METADATA
from eventkit.stage import programme
from eventkit.wall import dots, rules, screen, walls
from eventkit.wall.models import Phase, Wall, WallScreen
from tests.fife import FIFE, STRANGER
from tests.wall.walled import STEP, Walled

READY, OPEN, CLOSED, DOTS, COUNTED = Phase
ONLY = replace(STEP, refs=("w2",))


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Walled]:
    made = Walled(tmp_path, min_votes=2, w2={"dots": 2})
    yield made
    made.close()


def give(hall: Walled, *people: str, wall_id: str = "w2") -> None:
    """A dot of each to the first note of the wall."""
    note_id = hall.notes(wall_id)[0].note_id
    for who in people:
        box = hall.boxes.open[FIFE, f"wall-{wall_id}-dots"]
        asyncio.run(box.cast(hall.database, sha256(who.encode()).digest()[:16], None, note_id))


def voting(hall: Walled) -> None:
    hall.forward_walls()
    hall.write("Ada", "Housing", wall_id="w2")
    hall.forward_walls(2)
    assert hall.phases() == [CLOSED, DOTS]


def test_forward_moves_walls_together_and_ends_with_the_dots(hall: Walled) -> None:
    seen = [hall.phases()]
    hall.forward_walls()
    seen.append(hall.phases())
    hall.write("Ada", "Housing", wall_id="w2")
    hall.forward_walls()
    seen.append(hall.phases())
    hall.forward_walls()
    seen.append(hall.phases())
    give(hall, "Ada", "Bea")
    hall.forward_walls()
    seen.append(hall.phases())
    assert seen == [[READY, READY], [OPEN, OPEN], [CLOSED, CLOSED], [CLOSED, DOTS], [CLOSED, COUNTED]]
    assert [note.dots for note in hall.notes("w2")] == [2]
    assert hall.forward_walls() is False


def test_step_moves_the_walls_that_it_names_alone(hall: Walled) -> None:
    assert hall.forward_walls(step=ONLY) is True
    assert hall.phases() == [READY, OPEN]
    assert [wall.wall_id for wall in hall.ask(walls.walls_of, ONLY)] == ["w2"]
    assert [wall.wall_id for wall in hall.ask(walls.walls_of, replace(STEP, refs=("w2", "w1")))] == ["w2", "w1"]


def test_walls_opened_or_closed_singly_are_caught_up_with(hall: Walled) -> None:
    hall.do(rules.open_wall, FIFE, "w2")
    assert hall.phases() == [READY, OPEN]
    hall.forward_walls()
    assert hall.phases() == [OPEN, OPEN]
    hall.do(rules.close_wall, FIFE, "w1")
    hall.do(rules.close_wall, FIFE, "w1")
    assert hall.phases() == [CLOSED, OPEN]
    hall.forward_walls()
    assert hall.phases() == [CLOSED, CLOSED]


def test_wall_that_is_not_open_cannot_be_closed(hall: Walled) -> None:
    with pytest.raises(Conflict, match="not open"):
        hall.do(rules.close_wall, FIFE, "w1")
    for verb in (rules.close_wall, rules.open_wall):
        with pytest.raises(NotFound, match="no such wall"):
            hall.do(verb, STRANGER, "w1")


def test_without_notes_there_is_no_dot_vote(hall: Walled) -> None:
    hall.forward_walls(2)
    assert hall.forward_walls() is False
    assert hall.phases() == [CLOSED, CLOSED]


def test_too_few_dot_votes_are_not_counted(hall: Walled) -> None:
    voting(hall)
    give(hall, "Ada")
    with pytest.raises(Conflict, match="Too few people"):
        hall.forward_walls()
    assert hall.phases() == [CLOSED, DOTS]


def test_back_opens_walls_for_new_notes_only(hall: Walled) -> None:
    hall.forward_walls()
    hall.write("Ada", "Housing")
    hall.forward_walls()
    assert hall.do(rules.back, STEP) is True
    assert hall.phases() == [OPEN, OPEN]
    assert [note.author for note in hall.notes()] == [None]
    hall.write("Ada", "Carers", 2)
    assert hall.texts() == ["Carers", "Housing"]


def test_back_leaves_a_wall_that_has_notes_open(hall: Walled) -> None:
    assert hall.do(rules.back, STEP) is False
    hall.forward_walls()
    assert hall.do(rules.back, STEP) is True
    assert hall.phases() == [READY, READY]
    hall.forward_walls()
    hall.write("Ada", "Housing")
    assert hall.do(rules.back, STEP) is False
    assert hall.phases() == [OPEN, OPEN]


def test_back_puts_a_dot_vote_aside_only_before_anybody_voted(hall: Walled) -> None:
    voting(hall)
    assert hall.do(rules.back, STEP) is True
    assert hall.phases() == [CLOSED, CLOSED]
    assert hall.boxes.keys.names() == []
    hall.forward_walls()
    give(hall, "Ada")
    assert hall.do(rules.back, STEP) is False
    give(hall, "Bea")
    hall.forward_walls()
    assert hall.do(rules.back, STEP) is False
    assert hall.phases() == [CLOSED, COUNTED]


def test_wall_whose_dot_vote_was_opened_takes_no_more_notes(hall: Walled) -> None:
    voting(hall)
    with pytest.raises(Conflict, match="takes no more notes"):
        hall.do(rules.open_wall, FIFE, "w2")
    hall.do(rules.open_wall, FIFE, "w1")
    assert hall.phases() == [OPEN, DOTS]


def test_again_drops_the_dots_and_asks_anew(hall: Walled) -> None:
    with pytest.raises(Conflict, match="No dot vote is on"):
        hall.do(rules.again, STEP)
    voting(hall)
    give(hall, "Ada", "Bea")
    hall.do(rules.again, STEP)
    assert hall.phases() == [CLOSED, DOTS]
    assert hall.ask(lambda session: getattr(dots.box_of(session, hall.wall("w2")), "voters", None)) == 0
    give(hall, "Cal", "Dot", "Eve")
    hall.forward_walls()
    assert [note.dots for note in hall.notes("w2")] == [3]


def test_leaving_closes_every_open_wall_of_the_event(hall: Walled) -> None:
    hall.forward_walls()
    hall.write("Ada", "Housing")
    hall.do(rules.leave, ONLY)
    assert hall.phases() == [CLOSED, CLOSED]
    assert [note.author for note in hall.notes()] == [None]


@pytest.mark.parametrize(("people", "expected"), [(("Ada",), CLOSED), (("Ada", "Bea"), COUNTED)])
def test_leaving_counts_dots_unless_they_are_too_few(hall: Walled, people: tuple[str, ...], expected: Phase) -> None:
    voting(hall)
    give(hall, *people)
    hall.do(rules.leave, STEP)
    assert hall.phases() == [CLOSED, expected]
    assert hall.boxes.keys.names() == []


def test_coming_back_shows_all_walls_from_their_first_page(hall: Walled) -> None:
    hall.do(rules.enter, STEP)
    hall.do(screen.show, FIFE, "w2")
    hall.do(screen.turning, FIFE, on=True)
    hall.do(rules.enter, STEP)
    assert hall.ask(lambda session: session.get_one(WallScreen, FIFE).model_dump()) == {
        "event_id": FIFE, "wall_id": "", "page": 0, "themes": False, "spotlight": "", "turning": True,
    }  # fmt: skip


def test_start_takes_a_dot_vote_up_again(hall: Walled) -> None:
    voting(hall)
    give(hall, "Ada", "Bea")
    hall.boxes.open.clear()
    hall.do(rules.restore)
    hall.forward_walls()
    assert [note.dots for note in hall.notes("w2")] == [2]


@pytest.mark.parametrize("counted", [False, True])
def test_after_a_rehearsal_the_walls_are_as_they_were_prepared(hall: Walled, counted: bool) -> None:
    hall.do(lambda session: session.add(Theme(event_id=FIFE, position=1, theme_id="t1", label="Planned")))
    prepared = {wall.wall_id: wall.model_dump() for wall in hall.ask(walls.every, FIFE)}
    voting(hall)
    note_id = hall.notes("w2")[0].note_id
    hall.do(codebook.move_to_new, FIFE, Kind.WALL_NOTE, [note_id], "Made up", "batch")
    hall.do(screen.show, FIFE, "w2")
    hall.do(lambda session: setattr(walls.wall_of(session, FIFE, "w1"), "seen", 7))
    give(hall, "Ada", "Bea")
    if counted:
        hall.forward_walls()
    hall.do(rules.forget, FIFE)
    assert {wall.wall_id: wall.model_dump() for wall in hall.ask(walls.every, FIFE)} == prepared
    assert (hall.texts("w1"), hall.texts("w2")) == ([], [])
    assert hall.boxes.keys.names() == []
    with hall.database.reading() as session:
        ask = session.connection().exec_driver_sql
        left = {name: ask(f'SELECT count(*) FROM "{name}"').scalar() for name in METADATA.tables}  # noqa: S608
        assert [left[name] for name in ("note", "wall_screen", "annotation", "change", "box", "journal")] == [0] * 6
        assert [theme.label for theme in session.exec(select(Theme))] == ["Planned"]
        assert [*session.exec(select(Annotation)), *session.exec(select(Change))] == []


def test_forgetting_leaves_another_event_alone(hall: Walled) -> None:
    hall.do(lambda session: session.add(Wall(event_id=STRANGER, position=1, wall_id="w1", question="?")))
    hall.do(rules.open_wall, STRANGER, "w1")
    hall.do(rules.forget, FIFE)
    assert hall.ask(walls.wall_of, STRANGER, "w1").opened_at is not None


def test_ids_follow_the_plan(hall: Walled) -> None:
    assert hall.ask(rules.ids, FIFE) == ["w1", "w2"]
    assert hall.ask(rules.ids, STRANGER) == []


def test_the_end_of_the_event_closes_a_wall_that_was_opened_beside_another_step(hall: Walled) -> None:
    hall.do(rules.open_wall, FIFE, "w1")
    hall.write("somebody", "A note")
    hall.do(programme.end, FIFE)
    assert hall.phases()[0] is CLOSED
    assert [note.author for note in hall.notes("w1")] == [None]
