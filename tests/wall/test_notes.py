"""What people do to their own notes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, select

from eventkit.codebook.models import Annotation, Change, Kind, Theme
from eventkit.errors import BadInput, Conflict, NotFound, TooMany
from eventkit.wall import notes, rules
from eventkit.wall.models import Note, Status, WallScreen
from tests.fife import FIFE, STRANGER
from tests.hall import outcome
from tests.wall.walled import Walled

CLOSED = "This wall has closed. Your note was not put on it."
NOTE_ID = "0123456789abcdef"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Walled]:
    made = Walled(tmp_path, w2={"approve_first": True})
    made.forward_walls()
    yield made
    made.close()


def test_author_of_a_handle_differs_from_wall_to_wall(hall: Walled) -> None:
    assert hall.author("Ada") == hall.author("Ada")
    assert len({hall.author("Ada"), hall.author("Bea"), hall.author("Ada", "w2")}) == 3
    assert "Ada" not in hall.author("Ada")


def test_note_is_stored_with_its_author_and_nothing_more(hall: Walled) -> None:
    hall.write("Ada", "  Housing lists \n")
    (note,) = hall.notes()
    held = {name: value for name, value in note.model_dump().items() if name not in ("note_id", "wall_pk")}
    assert held == {
        "text": "Housing lists", "status": Status.SHOWN, "author": hall.author("Ada"), "paper": False, "cell": None,
        "pinned": False, "merged_into": "", "reason": "", "dots": None,
    }  # fmt: skip


def test_double_tap_is_one_note(hall: Walled) -> None:
    first, second = hall.write("Ada", "Housing"), hall.write("Ada", "Housing")
    assert first == second
    assert hall.texts() == ["Housing"]


def test_number_of_somebody_else_s_note_is_refused(hall: Walled) -> None:
    hall.do(notes.post, FIFE, "w1", NOTE_ID, hall.author("Ada"), "Housing")
    for wall_id in ("w1", "w2"):
        with pytest.raises(Conflict, match="number is taken"):
            hall.do(notes.post, FIFE, wall_id, NOTE_ID, hall.author("Bea", wall_id), "Mine")
    assert hall.texts() == ["Housing"]


@pytest.mark.parametrize("note_id", ["", "0123", "0123456789ABCDEF", "0123456789abcdef0", "0123456789abcdeg", "' OR 1"])
def test_note_without_a_number_is_refused(hall: Walled, note_id: str) -> None:
    with pytest.raises(BadInput, match="without its number"):
        hall.do(notes.post, FIFE, "w1", note_id, hall.author("Ada"), "Housing")


@pytest.mark.parametrize("text", ["", " \n\t ", "\u00a0\u2003", "\u200b\u200d\ufeff", "\x00\x1b", "\u202e"])
def test_note_on_which_nothing_can_be_seen_is_empty(hall: Walled, text: str) -> None:
    with pytest.raises(BadInput, match="There is nothing on this note yet"):
        hall.write("Ada", text)


@pytest.mark.parametrize(
    "text",
    [
        "🙂🙂",
        "👩‍👩‍👧",
        "מה חסר",
        "<script>alert(1)</script>",
        "https://example.org/?a=b&c",
        "=1+1",
        "%s {text}",
        "'; DROP TABLE",
    ],
)
def test_anything_that_can_be_seen_is_text(hall: Walled, text: str) -> None:
    hall.write("Ada", text)
    assert hall.texts() == [text]


def test_note_may_be_as_long_as_the_plan_says_and_no_longer(hall: Walled) -> None:
    hall.write("Ada", " " + "ä" * 280 + "\r\n")
    long = "That is {found} characters; 280 fit. Shorten it, or write two notes: one idea on each."
    assert outcome(lambda: hall.write("Bea", "x" * 312)) == long.format(found=312)
    assert outcome(lambda: hall.write("Bea", "x" * 10_000)) == long.format(found=10_000)
    assert hall.texts() == ["ä" * 280]


def test_wall_takes_a_hundred_notes_from_one_author(hall: Walled) -> None:
    for number in range(100):
        hall.write("Ada", f"{number}", number)
    with pytest.raises(TooMany, match="You have 100 notes on this wall"):
        hall.write("Ada", "one more", 100)
    assert hall.write("Ada", "0", 0) == hall.write("Ada", "0", 0)
    hall.write("Bea", "somebody else", 0)
    assert len(hall.texts()) == 101


def test_own_notes_are_those_of_the_handle(hall: Walled) -> None:
    hall.write("Ada", "Housing", 1)
    hall.write("Ada", "Carers", 2)
    hall.write("Bea", "Money")
    found = hall.ask(notes.mine, hall.wall(), hall.author("Ada"))
    assert [note.text for note in found] == [note.text for note in sorted(found, key=lambda note: note.note_id)]
    assert {note.text for note in found} == {"Housing", "Carers"}


def test_author_changes_and_removes_own_notes_alone(hall: Walled) -> None:
    first, second = hall.write("Ada", "Housing", 1), hall.write("Ada", "Carers", 2)
    hall.do(notes.edit, FIFE, "w1", first, hall.author("Ada"), " Housing lists ")
    hall.do(notes.remove, FIFE, "w1", second, hall.author("Ada"))
    assert hall.texts() == ["Housing lists"]
    for who in (hall.author("Bea"), hall.author("Ada", "w2"), ""):
        with pytest.raises(NotFound, match="not yours to change"):
            hall.do(notes.edit, FIFE, "w1", first, who, "Mine now")
        with pytest.raises(NotFound, match="not yours to change"):
            hall.do(notes.remove, FIFE, "w1", first, who)
    with pytest.raises(NotFound, match="no such wall"):
        hall.do(notes.remove, STRANGER, "w1", first, hall.author("Ada"))
    assert hall.texts() == ["Housing lists"]


def test_edited_note_keeps_its_cell_and_obeys_the_same_limits(hall: Walled) -> None:
    note_id = hall.write("Ada", "Housing")
    hall.place()
    for text, sentence in ((" ", "nothing on this note"), ("x" * 281, "281 characters")):
        with pytest.raises(BadInput, match=sentence):
            hall.do(notes.edit, FIFE, "w1", note_id, hall.author("Ada"), text)
    hall.do(notes.edit, FIFE, "w1", note_id, hall.author("Ada"), "Carers")
    assert [(note.text, note.cell) for note in hall.notes()] == [("Carers", 0)]


def test_where_notes_are_approved_first_edited_ones_are_too(hall: Walled) -> None:
    note_id = hall.write("Ada", "Housing", wall_id="w2")
    assert [note.status for note in hall.notes("w2")] == [Status.WAITING]
    assert hall.place() is False
    hall.do(_set, note_id, "status", Status.SHOWN)
    hall.do(notes.edit, FIFE, "w2", note_id, hall.author("Ada", "w2"), "Housing")
    assert [note.status for note in hall.notes("w2")] == [Status.SHOWN]
    hall.do(notes.edit, FIFE, "w2", note_id, hall.author("Ada", "w2"), "Something rude")
    assert [note.status for note in hall.notes("w2")] == [Status.WAITING]


def test_hidden_note_stays_hidden_whatever_it_says(hall: Walled) -> None:
    note_id = hall.write("Ada", "Housing")
    hall.do(_set, note_id, "status", Status.HIDDEN)
    hall.do(notes.edit, FIFE, "w1", note_id, hall.author("Ada"), "Carers")
    assert hall.texts("w1", Status.HIDDEN) == ["Carers"]


def test_redacted_note_cannot_be_filled_again(hall: Walled) -> None:
    note_id = hall.write("Ada", "…")
    hall.do(_set, note_id, "reason", "it named somebody")
    with pytest.raises(Conflict, match="Write a new one"):
        hall.do(notes.edit, FIFE, "w1", note_id, hall.author("Ada"), "The name again")
    assert hall.texts() == ["…"]


def test_edited_duplicate_stands_for_itself_again(hall: Walled) -> None:
    kept, twin = hall.write("Ada", "Housing"), hall.write("Bea", "Houses")
    hall.do(_merge, twin, kept)
    hall.do(notes.edit, FIFE, "w1", twin, hall.author("Bea"), "Carers")
    assert [(note.status, note.merged_into) for note in hall.notes() if note.text == "Carers"] == [(Status.SHOWN, "")]


def test_nothing_points_to_a_note_that_was_removed(hall: Walled) -> None:
    kept, twin = hall.write("Ada", "Housing"), hall.write("Bea", "Houses")
    hall.do(_merge, twin, kept)
    hall.do(_put_under_theme, kept)
    hall.do(notes.remove, FIFE, "w1", kept, hall.author("Ada"))
    (left,) = hall.notes()
    assert (left.text, left.status, left.merged_into) == ("Houses", Status.SHOWN, "")
    with hall.database.reading() as session:
        assert [*session.exec(select(Annotation)), *session.exec(select(Change))] == []
        assert session.get_one(WallScreen, FIFE).spotlight == ""


def test_wall_takes_notes_only_while_it_is_open(hall: Walled) -> None:
    note_id = hall.write("Ada", "Housing")
    hall.do(rules.close_wall, FIFE, "w1")
    assert outcome(lambda: hall.write("Bea", "Late")) == CLOSED
    sentence = "This wall has closed, so its notes stay as they are."
    for verb, text in ((notes.edit, ["Mine"]), (notes.remove, [])):
        assert outcome(lambda: hall.do(verb, FIFE, "w1", note_id, hall.author("Ada"), *text)) == sentence  # noqa: B023
    assert hall.texts() == ["Housing"]


def test_wall_that_was_never_opened_takes_none(tmp_path: Path) -> None:
    hall = Walled(tmp_path)
    assert outcome(lambda: hall.write("Ada", "Early")) == "This wall is not open yet. Your note was not put on it."
    assert outcome(lambda: hall.write("Ada", "x", wall_id="w1", paper=True)) != ""
    hall.close()


def test_paper_is_typed_in_also_after_the_wall_has_closed(hall: Walled) -> None:
    hall.write("desk", "From a post-it", 1, paper=True)
    hall.do(rules.close_wall, FIFE, "w1")
    hall.write("desk", "From another", 2, paper=True)
    assert {(note.text, note.paper, note.author) for note in hall.notes()} == {
        ("From a post-it", True, None),
        ("From another", True, None),
    }
    assert hall.place() is True


def _set(session: Session, note_id: str, name: str, value: object) -> None:
    setattr(session.get_one(Note, note_id), name, value)


def _merge(session: Session, note_id: str, into: str) -> None:
    _set(session, note_id, "status", Status.MERGED)
    _set(session, note_id, "merged_into", into)


def _put_under_theme(session: Session, note_id: str) -> None:
    theme = Theme(event_id=FIFE, position=1, theme_id="t1", label="Homes")
    session.add_all([theme, WallScreen(event_id=FIFE, spotlight=note_id)])
    session.flush()
    session.add(Annotation(event_id=FIFE, kind=Kind.WALL_NOTE, item_id=note_id, theme_pk=theme.id))
    session.add(Change(event_id=FIFE, batch="b", verb="move", item_id=note_id, after=theme.id))
