"""What the workbook says of stories, points, transcripts and consent."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlmodel import Session

from eventkit.activities import ACTIVITIES
from eventkit.codebook import rules as codebook
from eventkit.codebook.models import Kind
from eventkit.events import rules as events
from eventkit.export.workbook import results
from eventkit.sheet import Sheet, Value
from eventkit.vignettes import passages, redacting, rules, sheets, transcripts
from eventkit.vignettes.consent import Purpose
from eventkit.vignettes.importing.spoken import LONGEST, Spoken, divided
from eventkit.vignettes.models import Mark, Point, WrittenBy
from eventkit.vignettes.redacting import Listed
from tests.fife import FIFE, STRANGER
from tests.vignettes.consenting import Asked, discussion_of, move_on

PLACE = ("t1", "v1")
WITHOUT_QUOTE = tuple(purpose for purpose in Purpose if purpose is not Purpose.QUOTE)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Asked]:
    made = Asked(tmp_path)
    yield made
    made.close()


def every(hall: Asked, event_id: int = FIFE) -> list[Sheet]:
    return hall.ask(lambda session: list(sheets.sheets(session, events.event(session, event_id))))


def rows(hall: Asked, name: str) -> list[Mapping[str, Value]]:
    return list(next(sheet for sheet in every(hall) if sheet.name == name).rows)


def write_points(session: Session) -> None:
    talk = discussion_of(session).id or 0
    host = Point(point_id="b" * 16, discussion_id=talk, prompt_id="a", text="Buses", mark=Mark.BARRIER, device="d")
    phone = Point(point_id="a" * 16, discussion_id=talk, text="=1+1", written_by=WrittenBy.PHONE)
    session.add_all([host, phone])


def bring(hall: Asked, *texts: str) -> None:
    spoken = [piece for text in texts for piece in divided(Spoken("S1", 1.5, None, text))]
    hall.do(passages.take_in, FIFE, PLACE, spoken, {}, despite=True)


def test_points_stand_in_the_order_of_their_random_ids_and_name_no_device(hall: Asked) -> None:
    hall.do(write_points)
    hall.do(codebook.move_to_new, FIFE, Kind.VIGNETTE_NOTE, ["b" * 16], "Travel", "batch")
    common = {"vignette_id": "v1", "table_id": "t1"}
    assert rows(hall, "vignette_notes") == [
        common | {
            "note_id": "a" * 16, "prompt_id": "[z]", "kind": "point", "text": "=1+1", "theme_ids": None,
            "written_by": "phone",
        },
        common | {
            "note_id": "b" * 16, "prompt_id": "a", "kind": "barrier", "text": "Buses", "theme_ids": "travel",
            "written_by": "host",
        },
    ]  # fmt: skip


def test_passages_stand_as_they_were_said(hall: Asked) -> None:
    bring(hall, "She came late.", "Anna knows.")
    places = hall.ask(redacting.search, FIFE, PLACE, [Listed("anna", redacting.Kind.NAME)], everywhere=False)
    hall.do(redacting.redact, places, expected=1)
    ids = [passage.passage_id for _talk, passage in hall.ask(transcripts.of_event, FIFE)]
    common = {"vignette_id": "v1", "table_id": "t1", "speaker": "S1", "start_s": 1.5, "end_s": None}
    assert rows(hall, "transcripts") == [
        common | {"passage_id": ids[0], "text": "She came late.", "redactions": 0},
        common | {"passage_id": ids[1], "text": "[name] knows.", "redactions": 1},
    ]
    said = [str(row["note"]) for row in rows(hall, "method")]
    assert said[-1] == "Table t1, story v1: 1 taken out of the transcript, of the kind name."


def test_consent_is_counted_and_nobody_is_named(hall: Asked) -> None:
    hall.all_agree("a", "b")
    hall.answer("c", (Purpose.RECORD,))
    found = [(row["purpose"], row["n_people"], row["n_agreed"]) for row in rows(hall, "consent_counts")]
    assert found == [("record", 3, 3), ("transcribe", 3, 2), ("quote", 3, 2), ("archive", 3, 2)]
    assert {(row["table_id"], row["vignette_id"]) for row in rows(hall, "consent_counts")} == {PLACE}


def test_method_says_whose_sentences_may_not_be_quoted(hall: Asked) -> None:
    given = {who: hall.answer(who, agreed) for who, agreed in (("a", tuple(Purpose)), ("b", WITHOUT_QUOTE))}
    hall.all_agree("c")
    spoken = [Spoken(each.speaker, 1.0, None, "Words") for each in given.values()]
    hall.do(passages.take_in, FIFE, PLACE, spoken, {each.speaker: each.speaker for each in given.values()})
    said = [row["note"] for row in rows(hall, "method") if row["topic"] == "Quotation"]
    assert said == [f"Table t1, story v1: no sentence of {given['b'].speaker} may be quoted."]


def test_every_row_fills_every_column_and_no_other(hall: Asked) -> None:
    hall.do(write_points)
    bring(hall, "Words")
    hall.all_agree("a", "b", "c")
    found = [sheet for sheet in every(hall) if sheet.name != "method"]
    assert [sheet.name for sheet in found] == ["vignettes", "vignette_notes", "transcripts", "consent_counts"]
    for sheet in found:
        assert {frozenset(row) for row in sheet.rows} == {frozenset(column.name for column in sheet.columns)}


def test_event_without_stories_has_no_rows_and_nothing_to_say(hall: Asked) -> None:
    assert [(sheet.name, list(sheet.rows)) for sheet in every(hall, STRANGER)] == [
        ("vignettes", []), ("vignette_notes", []), ("transcripts", []), ("consent_counts", []),
    ]  # fmt: skip


def test_workbook_reads_back_equal_with_nothing_cut(hall: Asked) -> None:
    long = " ".join(f"word{number}" for number in range(9_000))
    assert len(long) > 2 * LONGEST
    hall.do(write_points)
    bring(hall, "=1+1", long)
    data = hall.ask(lambda session: results(session, events.event(session, FIFE), ACTIVITIES, "1"))
    book = load_workbook(BytesIO(data))
    heading, *found = book["transcripts"].iter_rows(min_row=5, values_only=True)
    texts = [dict(zip(heading, row, strict=True))["text"] for row in found]
    assert texts == [passage.text for _talk, passage in hall.ask(transcripts.of_event, FIFE)]
    assert texts[0] == "=1+1"
    assert " ".join(map(str, texts[1:])) == long
    assert book["export_log"]["A6"].value == "[z]"
    notes = list(book["vignette_notes"].iter_rows(min_row=6, values_only=True))
    assert [row[0] for row in notes] == ["a" * 16, "b" * 16]


def test_consent_is_not_counted_while_some_have_yet_to_answer(hall: Asked) -> None:
    hall.all_agree("a", "b")
    assert rows(hall, "consent_counts") == []
    hall.do(rules.finish, FIFE)
    assert [row["n_agreed"] for row in rows(hall, "consent_counts")] == [2, 2, 2, 2]


def test_consent_of_a_story_that_has_passed_is_counted(hall: Asked) -> None:
    hall.all_agree("a", "b")
    hall.do(move_on, 2)
    assert [row["n_agreed"] for row in rows(hall, "consent_counts")] == [2, 2, 2, 2]
