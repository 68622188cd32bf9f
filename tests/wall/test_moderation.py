"""What facilitators do to notes, and what is left of a note afterwards."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eventkit.wall import moderation, screen
from eventkit.wall.models import Note, Status
from tests.fife import FIFE, STRANGER
from tests.hall import outcome
from tests.wall.voting import FIRST, Voting

GONE = "This note is not here any more: it was deleted, or its wall has closed. Load the page again."
UNREAD = "The room does not read this note, so this cannot be done with it. Nothing was changed."
SECRET = "Morag Cathcart owes 4,000"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Voting]:
    made = Voting(tmp_path)
    yield made
    made.close()


def cells(hall: Voting) -> list[str]:
    """The texts in the cells of the first wall on the screen, "" for an empty one."""
    (column,) = hall.ask(screen.page_of, FIRST).columns
    return [cell.text if cell else "" for cell in column.cells]


def files_with(hall: Voting, text: str) -> list[str]:
    folder = hall.database.path.parent.parent
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.name for path in files if text.encode() in path.read_bytes())


def test_a_note_that_waits_is_read_once_it_is_approved(tmp_path: Path) -> None:
    hall = Voting(tmp_path, approve_first=True)
    buses, _care = hall.post("Buses", "Childcare")
    assert (cells(hall), hall.note("Buses").status) == ([], Status.WAITING)
    hall.do(moderation.approve, FIFE, buses)
    assert (hall.note("Buses").status, hall.unplaced) == (Status.SHOWN, {FIFE})
    hall.place()
    assert cells(hall) == ["Buses"]
    hall.close_walls()
    hall.do(moderation.approve, FIFE, hall.note("Childcare").note_id)
    hall.place()
    assert cells(hall) == ["Buses", "Childcare"]
    hall.close()


def test_a_hidden_note_leaves_its_cell_empty_and_comes_back_to_it(hall: Voting) -> None:
    buses, care, _debt = hall.post("Buses", "Childcare", "Debt advice")
    hall.do(moderation.pin, FIFE, care)
    hall.do(moderation.spotlight, FIFE, care)
    hall.do(moderation.hide, FIFE, care)
    assert cells(hall) == ["Buses", "", "Debt advice"]
    assert (hall.note("Childcare").pinned, hall.ask(screen.lit, FIFE)) == (False, None)
    hall.post("Eyesight tests")
    hall.do(moderation.unhide, FIFE, care)
    hall.do(moderation.unhide, FIFE, buses)
    assert cells(hall) == ["Buses", "Childcare", "Debt advice", "Eyesight tests"]


def test_a_redacted_note_keeps_its_cell_and_its_reason_and_no_file_its_words(hall: Voting) -> None:
    secret, _care = hall.post(SECRET, "Childcare")
    hall.do(moderation.spotlight, FIFE, secret)
    assert files_with(hall, SECRET) != []
    hall.do(moderation.redact, FIFE, secret, "  it named\n a person ")
    assert files_with(hall, SECRET) == []
    note = hall.ask(lambda session: session.get(Note, secret))
    assert note is not None
    assert (note.text, note.reason, note.status) == ("…", "it named a person", Status.SHOWN)
    assert (cells(hall), hall.ask(screen.lit, FIFE)) == (["…", "Childcare"], None)
    hall.close_walls()
    assert files_with(hall, SECRET) == []


def test_words_that_are_redacted_after_the_close_are_in_no_file_either(hall: Voting) -> None:
    hall.post(SECRET)
    hall.close_walls()
    assert files_with(hall, SECRET) != []
    hall.do(moderation.redact, FIFE, hall.note(SECRET).note_id, "It named a person")
    assert files_with(hall, SECRET) == []


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (" \n", "Write why these words are taken away; the workbook gives the reason. Nothing was changed."),
        ("x" * 201, "That is 201 characters; 200 fit. Shorten the reason. Nothing was changed."),
    ],
)
def test_a_redaction_needs_a_reason(hall: Voting, reason: str, sentence: str) -> None:
    (care,) = hall.post("Childcare")
    assert outcome(lambda: hall.do(moderation.redact, FIFE, care, reason)) == sentence
    assert hall.note("Childcare").reason == ""


def test_a_pin_marks_a_note_where_it_stands(hall: Voting) -> None:
    _buses, care = hall.post("Buses", "Childcare")
    hall.do(moderation.pin, FIFE, care)
    assert (cells(hall), hall.note("Childcare").pinned) == (["Buses", "Childcare"], True)
    hall.do(moderation.unpin, FIFE, care)
    assert hall.note("Childcare").pinned is False


def test_the_spotlight_is_on_one_note_or_none(hall: Voting) -> None:
    buses, care = hall.post("Buses", "Childcare")
    for note_id, text in ((buses, "Buses"), (care, "Childcare")):
        hall.do(moderation.spotlight, FIFE, note_id)
        lit = hall.ask(screen.page_of, FIRST).spotlight
        assert lit is not None
        assert lit.text == text
    hall.close_walls()
    lit = hall.ask(screen.page_of, FIRST).spotlight
    assert lit is not None
    assert (lit.text, lit.note_id != care) == ("Childcare", True)
    hall.do(moderation.spotlight, FIFE, "")
    assert hall.ask(screen.page_of, FIRST).spotlight is None


@pytest.mark.parametrize("verb", [moderation.pin, moderation.spotlight])
def test_what_the_room_does_not_read_is_not_put_forward(hall: Voting, verb: Callable[..., None]) -> None:
    (care,) = hall.post("Childcare")
    hall.do(moderation.hide, FIFE, care)
    assert outcome(lambda: hall.do(verb, FIFE, care)) == UNREAD


def test_merged_notes_count_with_the_one_that_stays(hall: Voting) -> None:
    buses, coaches, care, _debt = hall.post("Buses", "Coaches", "Childcare", "Debt advice")
    hall.do(moderation.spotlight, FIFE, coaches)
    assert hall.do(moderation.merge, FIFE, [buses, coaches, coaches, buses], buses) == 1
    (column,) = hall.ask(screen.page_of, FIRST).columns
    assert [(cell.text, cell.same) if cell else None for cell in column.cells] == [
        ("Buses", 2),
        None,
        ("Childcare", 1),
        ("Debt advice", 1),
    ]
    assert column.notes == 4
    assert hall.ask(screen.screen_of, FIFE).spotlight == buses
    hall.do(moderation.merge, FIFE, [buses], care)
    assert {note.text: note.merged_into for note in hall.notes()} == {
        "Buses": care,
        "Coaches": care,
        "Childcare": "",
        "Debt advice": "",
    }
    hall.do(moderation.unmerge, FIFE, buses)
    assert (cells(hall), hall.note("Coaches").merged_into) == (["Buses", "", "Childcare", "Debt advice"], care)


@pytest.mark.parametrize("closed", [False, True])
def test_what_was_merged_into_a_hidden_note_is_hidden_with_it(hall: Voting, closed: bool) -> None:
    twin, kept = hall.post(f"{SECRET} too", SECRET)
    hall.do(moderation.merge, FIFE, [twin], kept)
    if closed:
        hall.close_walls()
    hall.do(moderation.hide, FIFE, hall.note(SECRET).note_id)
    hall.close_walls()
    assert {(note.text, note.status, note.merged_into) for note in hall.notes()} == {("", Status.HIDDEN, "")}
    assert files_with(hall, SECRET) == []


def test_notes_that_were_merged_can_be_parted_after_the_close(hall: Voting) -> None:
    buses, coaches = hall.post("Buses", "Coaches")
    hall.do(moderation.merge, FIFE, [buses], coaches)
    hall.close_walls()
    assert hall.note("Buses").merged_into == hall.note("Coaches").note_id
    hall.do(moderation.unmerge, FIFE, hall.note("Buses").note_id)
    hall.place()
    assert (cells(hall), hall.note("Buses").merged_into) == (["Coaches", "Buses"], "")


def test_only_notes_of_one_wall_that_the_room_reads_are_merged(hall: Voting) -> None:
    buses, care, debt = hall.post("Buses", "Childcare", "Debt advice")
    (other,) = hall.post("Elsewhere", wall_id="w2")
    refused = "Only notes of one wall can be merged. Nothing was changed."
    assert outcome(lambda: hall.do(moderation.merge, FIFE, [buses, other], care)) == refused
    hall.do(moderation.hide, FIFE, debt)
    assert outcome(lambda: hall.do(moderation.merge, FIFE, [buses, debt], care)) == UNREAD
    assert outcome(lambda: hall.do(moderation.merge, FIFE, [buses], debt)) == UNREAD
    assert {note.status for note in hall.notes()} == {Status.SHOWN, Status.HIDDEN}
    hall.do(moderation.merge, FIFE, [buses], care)
    assert outcome(lambda: hall.do(moderation.merge, FIFE, [care], buses)) == UNREAD
    merged = "This note is merged into another, so nobody reads it. Part the two before you hide it."
    assert outcome(lambda: hall.do(moderation.hide, FIFE, buses)) == merged


@pytest.mark.parametrize(
    "verb", [moderation.approve, moderation.hide, moderation.unhide, moderation.pin, moderation.spotlight]
)
def test_a_note_of_another_event_or_none_is_not_found(hall: Voting, verb: Callable[..., None]) -> None:
    (care,) = hall.post("Childcare")
    assert outcome(lambda: hall.do(verb, STRANGER, care)) == GONE
    assert outcome(lambda: hall.do(verb, FIFE, "0" * 16)) == GONE
    hall.close_walls()
    assert outcome(lambda: hall.do(verb, FIFE, care)) == GONE
