"""No value gets into a cell unsafe, and none is altered in silence."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventkit.export.cells import LONGEST, Change, heading, looks_like_formula, machine_name, pieces, written
from eventkit.sheet import Value

TOO_MANY_DIGITS = (Change("number of more than 15 digits", "written as text"),)
NOT_A_NUMBER = (Change("not a number", "written as [x]"),)


class Old(str, Enum):  # noqa: UP042
    """The kind whose str() is not its value."""

    HOSTILE = "=1+1"


@pytest.mark.parametrize(
    ("value", "content", "changes"),
    [
        (None, None, ()),
        ("", None, ()),
        (True, "yes", ()),
        (False, "no", ()),
        ("00123", "00123", ()),
        (Old.HOSTILE, "=1+1", ()),
        (7, 7, ()),
        (Decimal("42.50"), 42.5, ()),
        (Decimal("1E+3"), 1000.0, ()),
        (12345678901234567890, "12345678901234567890", TOO_MANY_DIGITS),
        (Decimal("0.12345678901234567"), "0.12345678901234567", TOO_MANY_DIGITS),
        (Decimal("1E400"), "1E+400", TOO_MANY_DIGITS),
        (nan, "[x]", NOT_A_NUMBER),
        (-inf, "[x]", NOT_A_NUMBER),
        (Decimal("sNaN"), "[x]", NOT_A_NUMBER),
        (date(2016, 2, 29), date(2016, 2, 29), ()),
        (date(1899, 12, 31), "1899-12-31", (Change("date before 1 March 1900", "written as text"),)),
        (datetime(2016, 3, 27, 0, 59, 59, 5, UTC), "2016-03-27T00:59:59.000005+00:00", ()),
        (datetime(2016, 5, 18, 10, tzinfo=timezone(timedelta(hours=1))), "2016-05-18T10:00:00+01:00", ()),
        ("a\r\nb\rc\nd\u2028e", "a\nb\nc\nd\u2028e", ()),
    ],
)
def test_written_keeps_what_a_cell_can_hold(value: Value, content: object, changes: tuple[Change, ...]) -> None:
    assert written(value) == (content, changes)


def test_written_logs_every_character_that_it_removes() -> None:
    removed = Change("character that a workbook cannot hold", "removed", 5)
    assert written("a\x00b\x0bc\ud800d\ufffee\uffff") == ("abcde", (removed,))


def test_written_cuts_in_units_and_never_through_a_character() -> None:
    content, changes = written("a" + "\U0001f642" * 20_000)
    assert content == "a" + "\U0001f642" * 16_383
    assert changes == (Change("longer than the 32767 units of a cell", "end left out", 3_617),)


def test_written_refuses_what_is_no_cell() -> None:
    with pytest.raises(TypeError, match="A cell cannot hold list"):
        written([1])


@given(st.text(st.characters()))
def test_written_loses_only_what_it_logs(text: str) -> None:
    content, changes = written(text)
    kept = str(content or "")
    kept.encode()
    assert len(kept.encode("utf-16-le")) <= LONGEST * 2
    ends = text.replace("\r\n", "\n")
    lost = sum(change.characters_lost for change in changes)
    # A removed character can stand between the two halves of a line end.
    assert len(ends) - lost in range(len(kept), len(kept) + ends.count("\r") + 1)
    assert written(content) == (content, ())


@given(st.lists(st.sampled_from(["_x0041_", "_x", "005F_", "_", "<r>", "</r>", "a"]), min_size=1).map("".join))
def test_pieces_are_the_text_and_none_is_taken_for_xml(text: str) -> None:
    parts = pieces(text)
    assert "".join(parts) == text
    assert all(parts)
    assert not any(part.startswith("<r>") and part.endswith("</r>") for part in parts)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", " =1", "\n-", "＝1", "＋1", "－1", "＠a"])
def test_looks_like_formula_sees_every_beginning(text: str) -> None:
    assert looks_like_formula(text)


def test_heading_is_unlike_the_others_and_one_line() -> None:
    taken: set[str] = set()
    names = ["question", "Question", "a\nb", "=1+1", "", "_x0041_", "<r>x</r>", "x" * 300]
    safe = [heading(name, taken)[0] for name in names]
    assert safe == ["question", "Question_2", "a b", "_1_1", "column", "-x0041_", "_r_x_/r_", "x" * 255]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("perception_gap", "perception_gap"),
        ("History", "sheet_history"),
        ("A1", "sheet_a1"),
        ("r1c1", "sheet_r1c1"),
        ("R", "sheet_r"),
        ("", "sheet_"),
        ("it's [all] *new*?", "it_s__all___new__"),
        ("=1+1", "sheet__1_1"),
        ("🙂", "sheet__"),
        ("n" * 40, "n" * 31),
    ],
)
def test_machine_name_is_valid_for_sheet_and_table(name: str, safe: str) -> None:
    assert machine_name(name, set())[0] == safe


def test_machine_name_is_unlike_the_others() -> None:
    taken: set[str] = set()
    assert [machine_name(name, taken)[0] for name in ("polls", "Polls", "n" * 40, "n" * 41)] == [
        "polls",
        "polls_2",
        "n" * 31,
        "n" * 29 + "_2",
    ]
