"""What the workbook says of notes."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from sqlmodel import Session

from eventkit.codebook import rules as codebook
from eventkit.codebook import sheets as codebook_sheets
from eventkit.codebook.models import Kind
from eventkit.events import rules as events
from eventkit.sheet import Sheet, Value
from eventkit.wall import dots, moderation, sheets
from tests.fife import FIFE, STRANGER
from tests.wall.voting import Voting

Row = Mapping[str, Value]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Voting]:
    made = Voting(tmp_path)
    yield made
    made.close()


def sheet(hall: Voting, name: str, event_id: int = FIFE) -> Sheet:
    def found(session: Session) -> list[Sheet]:
        event = events.event(session, event_id)
        return [*sheets.sheets(session, event), *codebook_sheets.sheets(session, event)]

    return next(each for each in hall.ask(found) if each.name == name)


def rows(hall: Voting) -> dict[str, Row]:
    return {str(row["text"]): row for row in sheet(hall, "wall_notes").rows}


def hidden_rows(hall: Voting) -> list[Row]:
    """Their words are gone once the wall has closed."""
    found = [row for row in sheet(hall, "wall_notes").rows if row["status"] == "hidden"]
    assert {row["text"] for row in found} == {"[c]"}
    return sorted(found, key=lambda row: str(row["dots"]), reverse=True)


def said(hall: Voting) -> list[tuple[Value, Value]]:
    return [(row["topic"], row["note"]) for row in sheet(hall, "method").rows]


def test_a_note_has_everything_that_is_known_of_it_and_no_author(hall: Voting) -> None:
    buses, *_others = hall.post("Buses", "Childcare")
    hall.write("nobody", "From paper", paper=True)
    hall.do(codebook.move_to_new, FIFE, Kind.WALL_NOTE, [buses], "Travel", "batch")
    found = rows(hall)
    assert found["Buses"] == {
        "note_id": buses,
        "wall_id": "w1",
        "wall_question": "What could you share?",
        "text": "Buses",
        "status": "shown",
        "theme_ids": "travel",
        "dots": "[z]",
        "entry_mode": "phone",
        "merged_into": "[z]",
        "redaction_reason": "[z]",
    }
    assert (found["Childcare"]["theme_ids"], found["From paper"]["entry_mode"]) == (None, "paper")


def test_every_row_fills_every_column_and_no_other(hall: Voting) -> None:
    hall.post("Buses")
    hall.do(codebook.add, FIFE, "Travel", "batch")
    for name in ("wall_notes", "themes"):
        found = sheet(hall, name)
        assert [set(row) for row in found.rows] == [{column.name for column in found.columns}]


def test_notes_of_all_walls_stand_in_the_order_of_their_random_ids(hall: Voting) -> None:
    hall.post(*(f"Note {number}" for number in range(8)))
    hall.post(*(f"Elsewhere {number}" for number in range(8)), wall_id="w2")
    hall.close_walls()
    ids = [row["note_id"] for row in sheet(hall, "wall_notes").rows]
    assert (ids, len(ids)) == (sorted(map(str, ids)), 16)


def test_hidden_and_merged_notes_are_there_and_marked(hall: Voting) -> None:
    buses, coaches, care = hall.post("Buses", "Coaches", "Childcare")
    hall.do(moderation.merge, FIFE, [coaches], buses)
    hall.do(moderation.hide, FIFE, care)
    found = rows(hall)
    assert {text: (row["status"], row["merged_into"]) for text, row in found.items()} == {
        "Buses": ("shown", "[z]"),
        "Coaches": ("merged", buses),
        "Childcare": ("hidden", "[z]"),
    }


def test_a_redaction_is_logged_without_the_words(hall: Voting) -> None:
    (note_id,) = hall.post("Morag Cathcart owes 4,000")
    hall.do(moderation.redact, FIFE, note_id, "It named a person")
    assert (rows(hall)["…"]["redaction_reason"], rows(hall)["…"]["status"]) == ("It named a person", "shown")
    logged = f"Wall w1, note {note_id}: its words were taken away. Reason: It named a person"
    assert said(hall)[-1] == ("Redactions", logged)
    assert "Morag" not in str([sheet(hall, name).rows for name in ("wall_notes", "method", "themes")])


def test_dots_stand_beside_a_note_once_they_are_counted(hall: Voting) -> None:
    (hidden,) = hall.post("Hidden")
    hall.do(moderation.hide, FIFE, hidden)
    buses, care = hall.vote_on("Buses", "Childcare")
    hall.give("one", {buses: 4, care: 1})
    hall.do(moderation.hide, FIFE, care)
    assert {row["dots"] for row in rows(hall).values()} == {"[z]"}
    assert "Dot votes" not in dict(said(hall))
    hall.each(dots.count, "w1")
    found = {text: (row["dots"], row["status"]) for text, row in rows(hall).items()}
    assert found["Buses"] == (4, "shown")
    assert [(row["dots"], row["status"]) for row in hidden_rows(hall)] == [("[z]", "hidden"), (1, "hidden")]
    assert "keeps its dots" in str(dict(said(hall))["Dot votes"])


def test_themes_count_the_rows_of_wall_notes_under_them(hall: Voting) -> None:
    ids = hall.post("Buses", "Coaches", "Childcare")
    hall.do(codebook.move_to_new, FIFE, Kind.WALL_NOTE, ids[:2], "Travel", "one")
    hall.do(codebook.add, FIFE, "Empty", "two")
    hall.do(codebook.move_to_new, FIFE, Kind.WALL_NOTE, ids[2:], "Families", "three")
    hall.do(codebook.remove, FIFE, "families", "four")
    hall.do(moderation.hide, FIFE, ids[0])
    hall.close_walls()
    found = {row["theme_id"]: row["n_notes"] for row in sheet(hall, "themes").rows}
    assert found == {"travel": 2, "empty": 0}
    under = [row["theme_ids"] for row in rows(hall).values()]
    assert [under.count(theme_id) for theme_id in found] == list(found.values())
    assert {row["n_free_text"] for row in sheet(hall, "themes").rows} == {"[z]"}
    others = ("n_vignette_notes", "n_passages")
    assert {row[name] for row in sheet(hall, "themes").rows for name in others} == {0}


def test_an_event_without_walls_has_no_rows_and_nothing_to_say(hall: Voting) -> None:
    assert sheet(hall, "wall_notes", STRANGER).rows == []
    assert sheet(hall, "themes", STRANGER).rows == []
    with pytest.raises(StopIteration):
        sheet(hall, "method", STRANGER)
