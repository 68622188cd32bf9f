"""What a typed cell becomes; nothing is guessed."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from eventkit.errors import BadInput
from eventkit.incoming.cells import typed
from eventkit.incoming.grid import Raw, RawValue
from eventkit.sheet import Column, Type, Value


def _typed(kind: Type, value: RawValue, shown: str = "") -> Value:
    return typed(Column("cell", "", kind), Raw(value, shown))


def _refusal(kind: Type, value: RawValue) -> str:
    with pytest.raises(BadInput) as refused:
        _typed(kind, value)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("84", "84"),
        ("84 %", "84"),
        ("0.70%", "0.70"),
        ("£1,234", "1234"),
        ("£ 1,234.50", "1234.50"),
        ("1 234", "1234"),
        ("1\u00a0252\u202f000", "1252000"),
        ("1,252,000", "1252000"),
        ("-3.5", "-3.5"),
        ("−3.5", "-3.5"),
        ("-£3", "-3"),
    ],
)
def test_number_is_understood_as_people_write_it(written: str, number: str) -> None:
    assert _typed(Type.NUMBER, written) == Decimal(number)
    assert str(_typed(Type.NUMBER, written)) == number


@pytest.mark.parametrize("written", ["12,5", "1,25", "12,3456", "0,7", "1234,567"])
def test_number_with_an_ambiguous_comma_is_never_guessed(written: str) -> None:
    assert _refusal(Type.NUMBER, written) == (
        f"“{written}” can be read in two ways. Write a point before decimals, commas only between thousands."
    )


@pytest.mark.parametrize(
    "written", ["1e5", "1.2bn", "NaN", "inf", "(3)", "1,23,456", "1 23", "5-10", "٣", "=1+1", "84 % %"]
)
def test_number_refuses_what_is_none(written: str) -> None:
    assert _refusal(Type.NUMBER, written) == (
        f"“{written}” is not a number. Write digits, with a point before decimals, such as 1234.5."
    )


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Decimal("1e999999"), 10**15, Decimal("1e-16")])
def test_number_refuses_what_it_cannot_keep(value: RawValue) -> None:
    sentence = "This number has more digits than eventkit keeps: at most 15 on each side of the point."
    assert _refusal(Type.NUMBER, value) == sentence
    assert _refusal(Type.TEXT, value) == sentence


def test_number_refuses_yes() -> None:
    assert _refusal(Type.NUMBER, True) == (
        "“True” is not a number. Write digits, with a point before decimals, such as 1234.5."
    )


def test_integer_refuses_a_fraction() -> None:
    assert _typed(Type.INTEGER, "1,200") == 1200
    assert _refusal(Type.INTEGER, Decimal("4.5")) == "“4.5” is not a whole number."


@pytest.mark.parametrize("written", ["yes", "Yes", "TRUE", "y", "1", True, 1])
def test_yes_is_understood(written: RawValue) -> None:
    assert _typed(Type.YES_NO, written) is True


def test_yes_no_refuses_anything_else() -> None:
    assert _typed(Type.YES_NO, "no") is False
    assert _refusal(Type.YES_NO, "perhaps") == "“perhaps” is not yes or no."


def test_date_is_a_day_or_iso_text() -> None:
    day = date(2016, 5, 18)
    assert _typed(Type.DATE, datetime(2016, 5, 18)) == day  # noqa: DTZ001  a cell of a workbook has no zone
    assert _typed(Type.DATE, day) == day
    assert _typed(Type.DATE, " 2016-05-18 ") == day


@pytest.mark.parametrize("written", ["18/5/2016", "05/06/2016", "next week", "2016", 42508, "2016-02-30"])
def test_date_is_never_guessed(written: RawValue) -> None:
    assert _refusal(Type.DATE, written) == f"“{written}” is not a date. Write year-month-day, such as 2016-05-18."


def test_moment_needs_no_zone() -> None:
    moment = datetime(2016, 5, 18, 16, 30)  # noqa: DTZ001  the event's own zone is meant
    assert _typed(Type.DATETIME, "2016-05-18 16:30") == moment
    assert _refusal(Type.DATETIME, "soon") == "“soon” is not a date with a time. Write it as 2016-05-18 16:30."


def test_text_is_cleaned_and_stripped() -> None:
    assert _typed(Type.TEXT, " e\u0301\x00\ud800 ") == "é"
    assert _typed(Type.TEXT, True) == "True"
    assert _typed(Type.TEXT, Decimal("0.70")) == "0.70"
    assert _typed(Type.TEXT, time(9, 30)) == "09:30"


def test_text_is_what_a_person_sees_in_the_cell() -> None:
    assert _typed(Type.TEXT, Decimal("0.7"), shown="0.7%") == "0.7%"


def test_text_that_a_spreadsheet_made_a_date_of_is_refused() -> None:
    assert _refusal(Type.TEXT, date(2016, 5, 1)) == (
        "The program that saved this file made a date of it (2016-05-01). Format the cell as text and type it again."
    )


def test_list_takes_code_or_label_and_suggests_the_nearest() -> None:
    column = Column("qualifier", "", values=(("exact", "as it stands"), ("at_least", "at least")))
    assert typed(column, Raw("At least")) == "at_least"
    assert typed(column, Raw("EXACT")) == "exact"
    with pytest.raises(BadInput) as refused:
        typed(column, Raw("exakt"))
    assert refused.value.sentence == "“exakt” is not one of exact, at_least. Did you mean “exact”?"
