"""What is left of notes when their wall closes. That no byte tells more is proved in tests/trust/test_walls.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, select

from eventkit.codebook import rules as codebook
from eventkit.codebook.models import Annotation, Change, Kind
from eventkit.events import rules as events
from eventkit.wall import closing, moderation, notes, rules, walls
from eventkit.wall.models import Note, Status, WallScreen
from eventkit.writer import Writer
from tests.fife import FIFE
from tests.hall import outcome
from tests.wall.walled import Walled


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Walled]:
    made = Walled(tmp_path, w2={"approve_first": True})
    made.forward_walls()
    yield made
    made.close()


def test_authors_are_forgotten_and_ids_and_cells_follow_the_texts(hall: Walled) -> None:
    before = {hall.write(who, text) for who, text in (("Ada", "c"), ("Bea", "a"), ("Cal", "b"))}
    hall.do(rules.close_wall, FIFE, "w1")
    found = hall.notes()
    assert {note.author for note in found} == {None}
    assert {note.text: note.cell for note in found} == {"a": 0, "b": 1, "c": 2}
    assert before & {note.note_id for note in found} == set()
    assert len({note.note_id for note in found}) == 3
    assert all(notes.NOTE_ID.fullmatch(note.note_id) for note in found)
    assert hall.wall().seen == 3


def test_other_walls_stay_as_they_are(hall: Walled) -> None:
    hall.write("Ada", "one")
    other = hall.write("Ada", "two", 2, "w2")
    hall.do(rules.close_wall, FIFE, "w1")
    assert [(note.note_id, note.author) for note in hall.notes("w2")] == [(other, hall.author("Ada", "w2"))]
    hall.do(notes.edit, FIFE, "w2", other, hall.author("Ada", "w2"), "two, still mine")
    assert hall.texts("w2") == ["two, still mine"]


def test_notes_that_wait_for_approval_go_on_waiting(hall: Walled) -> None:
    hall.write("Ada", "Housing", wall_id="w2")
    hall.do(rules.close_wall, FIFE, "w2")
    assert [(note.status, note.author, note.cell) for note in hall.notes("w2")] == [(Status.WAITING, None, None)]


def test_hidden_notes_have_neither_cell_nor_words_any_more(hall: Walled) -> None:
    note_id = hall.write("Ada", "a")
    hall.write("Bea", "b")
    hall.place()
    hall.do(moderation.hide, FIFE, note_id)
    hall.do(rules.close_wall, FIFE, "w1")
    assert {note.text: note.cell for note in hall.notes()} == {"": None, "b": 0}


def test_what_was_done_with_a_note_follows_it(hall: Walled) -> None:
    kept, twin, other = hall.write("Ada", "Housing"), hall.write("Bea", "Houses"), hall.write("Cal", "Carers")
    hall.do(moderation.pin, FIFE, other)
    hall.do(moderation.merge, FIFE, [twin], kept)
    hall.do(moderation.spotlight, FIFE, kept)
    hall.do(codebook.move_to_new, FIFE, Kind.WALL_NOTE, [other], "Care", "batch")
    hall.do(rules.close_wall, FIFE, "w1")
    names = {note.text: note.note_id for note in hall.notes()}
    assert [note.text for note in hall.notes() if note.pinned] == ["Carers"]
    assert {note.text: note.merged_into for note in hall.notes()} == {
        "Housing": "", "Houses": names["Housing"], "Carers": "",
    }  # fmt: skip
    with hall.database.reading() as session:
        assert session.get_one(WallScreen, FIFE).spotlight == names["Housing"]
        assert [row.item_id for row in session.exec(select(Annotation))] == [names["Carers"]]
        assert {row.item_id for row in session.exec(select(Change))} == {"", names["Carers"]}


def test_wall_that_opens_again_takes_new_notes_and_closes_again(hall: Walled) -> None:
    old = hall.write("Ada", "b")
    hall.do(rules.close_wall, FIFE, "w1")
    hall.do(rules.open_wall, FIFE, "w1")
    first = {note.note_id for note in hall.notes()}
    assert outcome(lambda: hall.do(notes.edit, FIFE, "w1", old, hall.author("Ada"), "mine")) != ""
    for note_id in first:
        assert outcome(lambda: hall.do(notes.edit, FIFE, "w1", note_id, hall.author("Ada"), "mine")) != ""  # noqa: B023
    hall.write("Bea", "a", 7)
    hall.place()
    assert {note.text: note.cell for note in hall.notes()} == {"b": 0, "a": 1}
    hall.do(rules.close_wall, FIFE, "w1")
    assert {note.text: (note.cell, note.author) for note in hall.notes()} == {"a": (0, None), "b": (1, None)}
    assert first & {note.note_id for note in hall.notes()} == set()


def test_notes_with_the_same_words_are_told_apart_by_what_is_kept_alone(hall: Walled) -> None:
    ids = [hall.write(who, "Housing") for who in ("Ada", "Bea", "Cal")]
    hall.do(moderation.pin, FIFE, ids[1])

    def kept(session: Session) -> list[bool]:
        wall = walls.wall_of(session, FIFE, "w1")
        key = closing._kept_of(session, wall)
        first, second, third = (key(session.get_one(Note, note_id)) for note_id in ids)
        return [first == third, first < second]

    assert hall.ask(kept) == [True, True]


def test_next_start_rewrites_the_file_where_the_server_died_before(
    hall: Walled, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.do(moderation.hide, FIFE, hall.write("Ada", "Morag owes 4,000"))
    monkeypatch.setattr(Writer, "_compact", lambda _writer: None)
    hall.do(rules.close_wall, FIFE, "w1")
    monkeypatch.undo()
    files = [path for path in hall.database.path.parent.iterdir() if path.is_file()]
    assert any(b"Morag" in path.read_bytes() for path in files)
    hall.do(rules.restore)
    assert not any(b"Morag" in path.read_bytes() for path in files)


def test_empty_wall_closes(hall: Walled) -> None:
    hall.do(rules.close_wall, FIFE, "w1")
    assert hall.notes() == []


def test_closing_is_the_last_change_of_the_results(hall: Walled) -> None:
    assert hall.ask(events.changed, FIFE) is None
    hall.write("Ada", "Housing")
    assert hall.ask(events.changed, FIFE) is None, "it would be the time of the last note"
    hall.do(rules.close_wall, FIFE, "w1")
    assert hall.ask(events.changed, FIFE) == hall.wall().closed_at
