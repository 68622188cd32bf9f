"""Bringing a transcript to a table and story, and what goes when somebody withdraws."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import event as hook
from sqlmodel import Session, select

from eventkit.codebook import rules as codebook
from eventkit.codebook.models import Annotation, Change, Kind
from eventkit.events import rules as events
from eventkit.vignettes import passages, transcripts, withdrawing
from eventkit.vignettes.consent import Purpose
from eventkit.vignettes.importing.spoken import Spoken
from eventkit.vignettes.models import Discussion, Passage
from tests.fife import FIFE
from tests.hall import outcome
from tests.vignettes.consenting import Asked, discussion_of

SPOKEN = (
    Spoken("Morag", 0.0, 1.5, "She came late."),
    Spoken("S2", 1.5, 3.0, "Why?"),
    Spoken("Morag", None, None, "Buses."),
    Spoken("Ben", None, None, "No buses."),
)
PLACE = ("t1", "v1")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Asked]:
    made = Asked(tmp_path)
    yield made
    made.close()


def stored(hall: Asked) -> Sequence[Passage]:
    return hall.ask(lambda session: transcripts.passages(session, discussion_of(session)))


def take(hall: Asked, spoken: Sequence[Spoken] = SPOKEN, *, despite: bool = True, **chosen: str) -> int:
    return hall.do(passages.take_in, FIFE, PLACE, spoken, chosen, despite=despite)


def texts(hall: Asked) -> list[tuple[str, str]]:
    return [(passage.speaker, passage.text) for passage in stored(hall)]


def test_names_become_labels_in_the_order_in_which_they_speak(hall: Asked) -> None:
    assert take(hall) == 4
    assert texts(hall) == [("S1", "She came late."), ("S2", "Why?"), ("S1", "Buses."), ("S3", "No buses.")]
    first = stored(hall)[0]
    assert (first.start_s, first.end_s, first.redactions, len(first.passage_id)) == (0.0, 1.5, 0, 16)
    with hall.database.reading() as session:
        assert "Morag" not in str(session.exec(select(Passage)).all())


def test_organiser_chooses_the_label_that_the_consent_gave(hall: Asked) -> None:
    assert passages.labels(["Morag", "s2", "Ben"], {"Morag": "S3", "Ben": " "}) == {
        "Morag": "S3", "s2": "S2", "Ben": "S1",
    }  # fmt: skip
    assert passages.labels(["Morag", "Ben"], {"Morag": "S3"}, {"S1", "S2"}) == {"Morag": "S3", "Ben": "S4"}
    assert passages.labels(["Morag", "M. C."], {"Morag": "s4", "M. C.": "S4"}) == {"Morag": "S4", "M. C.": "S4"}
    refused = "“Morag” is no label. Write S1, S2 and so on."
    assert outcome(lambda: passages.labels(["Ben"], {"Ben": "Morag"})) == refused.replace("Morag", "MORAG")
    assert "31 speakers" in outcome(lambda: passages.labels([f"Person {n}" for n in range(31)], {}))


def test_without_everybodys_consent_the_organiser_is_asked(hall: Asked) -> None:
    asked = "Not everybody at this table has agreed that what they say is transcribed."
    assert outcome(lambda: take(hall, despite=False)) == asked
    hall.all_agree("a", "b")
    assert outcome(lambda: take(hall, despite=False)) == asked
    hall.answer("c", (Purpose.TRANSCRIBE,))
    assert take(hall, despite=False) == 4


def test_one_who_does_not_agree_to_be_transcribed_is_enough_to_ask(hall: Asked) -> None:
    hall.all_agree("a", "b")
    hall.answer("c", (Purpose.RECORD, Purpose.QUOTE))
    assert "has agreed" in outcome(lambda: take(hall, despite=False))


def test_more_of_a_transcript_comes_behind_what_is_there(hall: Asked) -> None:
    take(hall)
    take(hall, (Spoken("S9", None, None, "Later."),))
    assert texts(hall)[-1] == ("S9", "Later.")
    assert [passage.position for passage in stored(hall)] == [1, 2, 3, 4, 5]


def test_table_without_the_story_is_refused(hall: Asked) -> None:
    said = outcome(lambda: hall.do(passages.take_in, FIFE, ("t1", "v9"), SPOKEN, {}, despite=True))
    assert said == "This table has no such story. Reload the page."


def test_a_speaker_is_deleted_with_every_annotation_and_the_others_stay(hall: Asked) -> None:
    take(hall)
    ids = [passage.passage_id for passage in stored(hall)]
    hall.do(codebook.move_to_new, FIFE, Kind.PASSAGE, ids, "Travel", "batch")
    gone = hall.do(lambda session: transcripts.delete_speaker(session, discussion_of(session), "S1"))
    assert (gone, texts(hall)) == (2, [("S2", "Why?"), ("S3", "No buses.")])
    with hall.database.reading() as session:
        assert {row.item_id for row in session.exec(select(Annotation))} == {ids[1], ids[3]}
        assert {row.item_id for row in session.exec(select(Change)) if row.item_id} == {ids[1], ids[3]}


def test_delete_all_leaves_the_other_tables_transcript(hall: Asked) -> None:
    take(hall)
    hall.do(passages.take_in, FIFE, ("t2", "v1"), SPOKEN, {}, despite=True)
    assert hall.do(lambda session: transcripts.delete_all(session, discussion_of(session))) == 4
    assert hall.ask(transcripts.counts, FIFE) == {("t2", "v1"): 4}


def test_a_transcript_is_labelled_only_by_labels_that_came_with_consent(hall: Asked) -> None:
    def labelled(session: Session) -> bool:
        return transcripts.labelled(session, discussion_of(session))

    mine, others = (hall.answer(who).speaker for who in ("a", "b"))
    assert hall.ask(labelled)
    take(hall, [Spoken(mine, None, None, "Why?"), Spoken("Morag", None, None, "Buses.")], Morag=others)
    assert hall.ask(labelled)
    take(hall, [Spoken("Ben", None, None, "Whose label is mine?")])
    assert texts(hall)[-1][0] not in {mine, others}
    assert not hall.ask(labelled)
    assert hall.do(lambda session: transcripts.delete_all(session, discussion_of(session))) == 3
    take(hall, [Spoken("", None, None, "Who was that?")])
    assert not hall.ask(labelled)


def test_what_somebody_said_who_has_withdrawn_is_left_out(hall: Asked) -> None:
    codes = [hall.answer(who) for who in ("a", "b", "c")]
    gone = codes[1]

    def withdraw(session: Session) -> None:
        event = events.event(session, FIFE)
        event.recordings_until = date(2999, 1, 1)
        withdrawing.withdraw(session, event, gone.code)

    hall.do(withdraw)
    spoken = tuple(Spoken(each.speaker, None, None, f"Words of {each.speaker}") for each in codes)
    assert take(hall, spoken) == 2
    assert {speaker for speaker, _text in texts(hall)} == {each.speaker for each in codes} - {gone.speaker}
    for name in ("", "Ben"):
        said = outcome(partial(take, hall, (Spoken(name, None, None, "Who?"),)))
        assert "every passage must say who spoke" in said


def test_too_many_passages_are_refused_and_nothing_is_stored(hall: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages, "MOST_STORED", 7)
    take(hall)
    assert outcome(lambda: take(hall)) == "At most 7 passages fit at one table and story. Nothing was stored."
    assert len(stored(hall)) == 4


def test_no_discussion_begins_by_looking(hall: Asked) -> None:
    assert not hall.ask(lambda session: passages.everybody_agreed(session, None))
    with hall.database.reading() as session:
        assert [talk.table for talk in session.exec(select(Discussion))] == ["t1"]


def test_refusal_to_be_transcribed_holds_whatever_the_organiser_answers(hall: Asked) -> None:
    one, refuses = hall.answer("a"), hall.answer("b", (Purpose.RECORD,))
    spoken = tuple(Spoken(each.speaker, None, None, f"Words of {each.speaker}") for each in (one, refuses))
    assert take(hall, spoken) == 1
    assert texts(hall) == [(one.speaker, f"Words of {one.speaker}")]
    said = outcome(lambda: take(hall, (Spoken("Ben", None, None, "Who?"),)))
    assert "every passage must say who spoke" in said


def test_passages_are_stored_and_deleted_by_few_statements(hall: Asked) -> None:
    """However many there are: what has a statement for each passage keeps the room's votes waiting."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    hook.listen(hall.database.writing, "before_cursor_execute", note)
    many = [Spoken(f"S{number % 3 + 1}", None, None, f"Words {number}") for number in range(3_000)]
    take(hall, many)
    hall.do(lambda session: transcripts.delete_speaker(session, discussion_of(session), "S1"))
    hall.do(lambda session: transcripts.delete_all(session, discussion_of(session)))
    assert stored(hall) == []
    assert max(len(statement) for statement in statements) < 1_000
    assert len(statements) < 60


def test_storing_makes_no_object_of_each_passage(hall: Asked) -> None:
    take(hall)
    made: list[str] = []
    hook.listen(Passage, "load", lambda *_: made.append("loaded"))
    hook.listen(Passage, "init", lambda *_: made.append("made"))
    take(hall)
    hall.do(lambda session: transcripts.delete_all(session, discussion_of(session)))
    assert made == []
