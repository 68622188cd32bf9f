"""What is kept of the text that people type."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from eventkit.web.text import CleanText, clean, did_you_mean

ANY_TEXT = st.text(st.characters(exclude_categories=()))


def test_clean_drops_control_characters_but_keeps_newline_and_tab() -> None:
    assert clean("a\x00b\x07c\x0bd\x85e\nf\tg") == "abcde\nf\tg"


def test_clean_makes_one_newline_of_each_line_break() -> None:
    assert clean("a\r\nb\rc\nd") == "a\nb\nc\nd"


def test_clean_drops_lone_surrogates_and_what_no_workbook_can_hold() -> None:
    assert clean("a\ud800b\udfffc\ufffed\uffff") == "abcd"


def test_clean_composes_letters() -> None:
    assert clean("e\u0301") == "\u00e9"


def test_clean_keeps_what_people_write() -> None:
    text = "Gàidhlig · العربية · 👩🏽‍⚕️ · “84 %”"
    assert clean(text) == text


@given(ANY_TEXT)
def test_clean_text_can_be_stored_and_cleaned_again(text: str) -> None:
    once = clean(text)
    assert once.encode("utf-8").decode("utf-8") == once
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_clean_text_field_takes_a_lone_surrogate_away_before_it_is_checked() -> None:
    assert TypeAdapter(CleanText).validate_python("a\ud800\x00b") == "ab"


def test_did_you_mean_names_the_nearest_or_nothing() -> None:
    assert did_you_mean("Questoin", ["question", "help"]) == " Did you mean “question”?"
    assert did_you_mean("zebra", ["question", "help"]) == ""
