"""Words that wrap by hand: nothing is lost, nothing is wider than its line, neighbours are of one size."""

from hypothesis import given
from hypothesis import strategies as st

from eventkit.web.scale import text_width
from eventkit.web.wrapping import LEADING, Hand, alike, fitted, lines, written

SANS = Hand("sans-serif", "#000000")


@given(st.text("abW mé", max_size=80), st.floats(1, 30))
def test_lines_keep_every_letter_and_the_width(text: str, width: float) -> None:
    broken = lines(text, width)
    assert "".join(broken).replace(" ", "") == text.replace(" ", "")
    assert [line for line in broken if text_width(line) > width] == []


def test_lines_break_between_words_where_they_can() -> None:
    assert lines("one two three", text_width("one two")) == ["one two", "three"]
    assert lines("incomprehensible", text_width("incompre")) == ["incompre", "hensible"]
    assert lines("", 10) == []


def test_fitted_words_are_no_smaller_than_they_must_be() -> None:
    assert fitted("one", 400, 50, 30) == (30, ["one"])
    size, broken = fitted("one two three four", 100, 60, 30)
    assert (
        len(broken) * size * LEADING <= 60 < len(lines("one two three four", 100 * 0.95 / size)) * size * LEADING / 0.95
    )


def test_neighbours_are_written_alike() -> None:
    assert alike(["one", "one two three four"], 100, 60, 30) == fitted("one two three four", 100, 60, 30)[0]
    assert alike([], 100, 60, 30) == 30


def test_words_are_escaped_and_follow_their_script() -> None:
    assert ">a&lt;b</text>" in written(["a<b"], 0, 0, 10, SANS, 100)
    assert 'x="100.0"' in written(["שלום"], 0, 0, 10, SANS, 100)
    assert 'x="0.0"' in written(["84 %"], 0, 0, 10, SANS, 100)
