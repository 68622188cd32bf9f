"""Words and names that are taken out of transcripts: found whole, in any case and script, and never logged."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, select

from eventkit.errors import BadInput
from eventkit.vignettes import passages, redacting, remaining, transcripts
from eventkit.vignettes.importing.spoken import Spoken
from eventkit.vignettes.models import Passage, Point, Redaction
from eventkit.vignettes.redacting import Kind, Listed
from tests.fife import FIFE
from tests.hall import outcome
from tests.vignettes.consenting import Asked, discussion_of

PLACE = ("t1", "v1")
NAMES = [Listed("Anna", Kind.NAME), Listed("Anna Smith", Kind.NAME), Listed("Leven", Kind.PLACE)]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Asked]:
    made = Asked(tmp_path)
    yield made
    made.close()


def bring(hall: Asked, *texts: str, place: tuple[str, str] = PLACE) -> None:
    spoken = [Spoken("S1", None, None, text) for text in texts]
    hall.do(passages.take_in, FIFE, place, spoken, {}, despite=True)


def found(text: str, *words: str) -> list[str]:
    passage = Passage(passage_id="1", discussion_id=1, position=1, text=text)
    return [each.words for each in redacting.find([passage], [Listed(word, Kind.NAME) for word in words])]


def redact(hall: Asked, expected: int, *, everywhere: bool = False) -> frozenset[str]:
    places = hall.ask(redacting.search, FIFE, PLACE, NAMES, everywhere=everywhere)
    return hall.do(redacting.redact, places, expected=expected)


def texts(hall: Asked) -> list[str]:
    return [passage.text for _talk, passage in hall.ask(transcripts.of_event, FIFE)]


@pytest.mark.parametrize(
    ("text", "words", "places"),
    [
        ("Anna, ANNA and anna’s", ["anna"], ["Anna", "ANNA", "anna"]),
        ("Annabel, Hanna, Anna1, 2Anna", ["anna"], []),
        ("Anna-Marie came", ["Anna"], ["Anna"]),
        ("Anna Smith, Anna  \nSmith, Anna Smithson", ["anna", "anna smith"], ["Anna Smith", "Anna  \nSmith", "Anna"]),
        ("O’Neil and o'neil", ["O'Neil"], ["O’Neil", "o'neil"]),
        ("STRASSE und Straße", ["Straße"], ["STRASSE", "Straße"]),
        ("Renée, RENÉE, Rene", ["renée"], ["Renée", "RENÉE"]),
        ("Żółć i ЖЕНЯ", ["żółć", "женя"], ["Żółć", "ЖЕНЯ"]),
        ("राम और रामा", ["राम"], ["राम"]),
        ("[name] gave a name", ["name"], ["name"]),
        ("a.b a+b", ["a.b"], ["a.b"]),
        ("İzmir", ["x"], []),
    ],
)
def test_words_are_found_whole_in_any_case_and_script(text: str, words: list[str], places: list[str]) -> None:
    assert found(text, *words) == places


def test_a_place_comes_with_its_context() -> None:
    passage = Passage(passage_id="1", discussion_id=1, position=1, text="b" * 50 + " Anna " + "c" * 50)
    (each,) = redacting.find([passage], NAMES)
    assert (each.before, each.words, each.behind) == ("…" + "b" * 39 + " ", "Anna", " " + "c" * 39 + "…")


def test_list_has_a_line_for_each_and_takes_no_empty_one() -> None:
    typed = [(Kind.NAME, " Anna \r\n\nanna\nO’Neil"), (Kind.PLACE, "Leven\n  \n-\n")]
    assert redacting.listed(typed) == [
        Listed("Anna", Kind.NAME), Listed("O’Neil", Kind.NAME), Listed("Leven", Kind.PLACE),
    ]  # fmt: skip
    for nothing in ([], [(Kind.NAME, " \n--")]):
        with pytest.raises(BadInput, match="The list is empty"):
            redacting.listed(nothing)
    with pytest.raises(BadInput, match="At most 200 words"):
        redacting.listed([(Kind.NAME, "\n".join(f"word{n}" for n in range(201)))])


def test_marks_take_the_place_of_words_and_are_counted(hall: Asked) -> None:
    bring(hall, "Anna Smith of Leven met anna.", "Nobody.")
    bring(hall, "Anna.", place=("t2", "v1"))
    assert redact(hall, 3) == {"Anna Smith", "Leven", "anna"}
    assert texts(hall) == ["[name] of [place] met [name].", "Nobody.", "Anna."]
    assert [passage.redactions for _talk, passage in hall.ask(transcripts.of_event, FIFE)] == [3, 0, 0]
    assert redact(hall, 1, everywhere=True) == {"Anna"}
    assert texts(hall)[-1] == "[name]."


def test_log_says_how_many_of_which_kind_and_never_which(hall: Asked) -> None:
    bring(hall, "Anna Smith of Leven met anna.")
    redact(hall, 3)
    with hall.database.reading() as session:
        rows = session.exec(select(Redaction)).all()
        assert {(row.kind, row.times) for row in rows} == {("name", 2), ("place", 1)}
        assert "Anna" not in str([row.model_dump() for row in rows])


def test_transcript_that_changed_since_is_not_touched(hall: Asked) -> None:
    bring(hall, "Anna.")
    bring(hall, "Anna again.")
    assert "has changed since you looked" in outcome(lambda: redact(hall, 1))
    assert texts(hall) == ["Anna.", "Anna again."]
    places = hall.ask(redacting.search, FIFE, PLACE, NAMES, everywhere=False)
    redact(hall, 2)
    assert "has changed since you looked" in outcome(lambda: hall.do(redacting.redact, places, expected=2))
    assert [passage.redactions for _talk, passage in hall.ask(transcripts.of_event, FIFE)] == [1, 1]


def test_check_says_where_the_words_still_stand_and_changes_nothing(hall: Asked) -> None:
    bring(hall, "Anna of Leven.")
    bring(hall, "Annabel.", place=("t2", "v1"))

    def write(session: Session) -> None:
        session.add(Point(point_id="0" * 16, discussion_id=discussion_of(session).id or 0, text="Ask Anna"))

    hall.do(write)
    forms = redact(hall, 2)
    left = hall.ask(remaining.remaining, FIFE, NAMES, forms, hall.database.path)
    # The story v1 of the plan is called Anna.
    assert left.texts == [("Plan", 2), ("Points of the tables", 1)]
    assert (left.bytes_left, left.recorded, left.clean) == (False, False, False)
    assert texts(hall) == ["[name] of [place].", "Annabel."]


def test_check_finds_nothing_after_a_redaction_that_found_all(hall: Asked) -> None:
    bring(hall, "Cathcart.", "Not cathcart’s")
    words = [Listed("Cathcart", Kind.NAME)]
    places = hall.ask(redacting.search, FIFE, PLACE, words, everywhere=False)
    forms = hall.do(redacting.redact, places, expected=2)
    assert hall.ask(remaining.remaining, FIFE, words, forms, hall.database.path).clean


def test_check_sees_bytes_that_stand_in_no_text(hall: Asked, tmp_path: Path) -> None:
    file = tmp_path / "planted"
    file.write_bytes(b"x" * ((1 << 20) - 4) + b"Cathcart" + b"x")
    words = [Listed("Cathcart", Kind.NAME)]
    assert hall.ask(remaining.remaining, FIFE, words, {"Cathcart"}, file).bytes_left
