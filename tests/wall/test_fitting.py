"""How large a note's words are, and where they are cut."""

import pytest

from eventkit.wall import fitting


@pytest.mark.parametrize(
    ("text", "size"), [("x" * 20, 1), ("x" * 21, 2), ("x" * 36, 2), ("x" * 37, 3), ("x" * 2_000, 3), ("字" * 11, 2)]
)
def test_longer_words_are_smaller_down_to_what_can_be_read(text: str, size: int) -> None:
    assert fitting.size(text, fitting.CELL) == size


def test_longest_note_has_the_smallest_size_in_the_spotlight() -> None:
    assert [fitting.size("x" * length, fitting.SPOTLIGHT) for length in (60, 280, 750, 2_000)] == [1, 3, 4, 5]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("One two", "One two"),
        ("One two three", "One two…"),
        ("One two   \n\n four", "One two…"),
        ("Abcdefghijkl", "Abcdefghij…"),
        ("  One\ntwo ", "One two"),
    ],
)
def test_cut_ends_at_a_space_where_there_is_one(text: str, cut: str) -> None:
    assert fitting.cut(text, 10) == cut
