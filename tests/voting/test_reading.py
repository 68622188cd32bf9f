"""Numbers and orders as people give them: what counts, what is asked about, and what is refused with its reason."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventkit.errors import BadInput
from eventkit.sealing.cipher import CHOICE_BYTES
from eventkit.voting.asked import Asked
from eventkit.voting.models import Format, Option, Poll
from eventkit.voting.number import Implausible, Number
from eventkit.voting.order import Order
from eventkit.voting.reading import parsed, span, stepped, written

NO_NUMBER = "This is no number: use the figures 0 to 9. Nothing was changed."


def numeric(step: str | None = "1", least: str | None = "0", most: str | None = "100", unit: str = "%") -> Poll:
    ends = [None if end is None else Decimal(end) for end in (least, most, step)]
    return Poll(
        event_id=1, position=1, poll_id="p", format=Format.NUMERIC, question="How many?",
        min=ends[0], max=ends[1], step=ends[2], unit=unit, allow_not_sure=True,
    )  # fmt: skip


def ranking() -> Asked:
    poll = Poll(event_id=1, position=1, poll_id="p", format=Format.RANKING, question="In which order?")
    return Asked(poll, [Option(poll_pk=1, option_id=letter, text=f"Item {letter}") for letter in "ABC"])


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("84", "84"), (" 84 % ", "84"), ("84 per cent", "84"), ("£42.50", "42.50"), (".7", "0.7"), ("7.", "7"),
        ("1,252,000", "1252000"), ("1 252 000", "1252000"), ("1\u00a0252\u202f000", "1252000"), ("−3", "-3"),
        ("+5", "5"), ("1'000", "1000"), ("007", "7"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(typed: str, value: str) -> None:
    assert parsed(typed) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Write a number, then send it. Nothing was changed."),
        ("0,7", "Write the number with a point, such as 0.7. Nothing was changed."),
        ("12,50", "Write the number with a point, such as 12.50. Nothing was changed."),
        ("a lot", NO_NUMBER), ("1e9", NO_NUMBER), ("NaN", NO_NUMBER), ("Infinity", NO_NUMBER), ("1.2.3", NO_NUMBER),
        ("٨٤", NO_NUMBER), ("<b>1</b>", NO_NUMBER), ("9" * 41, NO_NUMBER), ("5 or 6", NO_NUMBER),
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_its_reason(typed: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        parsed(typed)
    assert refused.value.sentence == sentence


@pytest.mark.parametrize(
    ("step", "least", "value", "expected"),
    [("1", "0", "84.5", "85"), ("5", "0", "82.4", "80"), ("0.5", "0", "0.7", "0.5"), ("10", "5", "14", "15"),
     ("1", None, "-2.5", "-3"), (None, "0", "0.123", "0.123")],
)  # fmt: skip
def test_numbers_go_to_the_nearest_step(step: str | None, least: str | None, value: str, expected: str) -> None:
    assert stepped(numeric(step, least), Decimal(value)) == Decimal(expected)


@given(st.decimals(-(10**12), 10**12, places=6), st.sampled_from(["1", "5", "0.5", "0.01", "1000"]))
def test_no_number_moves_by_more_than_half_a_step(value: Decimal, step: str) -> None:
    given_step = Decimal(step)
    found = stepped(numeric(step), value)
    assert abs(found - value) <= given_step / 2
    assert found % given_step == 0
    assert Decimal(written(found)) == found
    assert "E" not in written(found)


@pytest.mark.parametrize(
    ("least", "most", "unit", "words"),
    [("0", "100", "%", "from 0 % to 100 %"), ("0", "2000000", "people", "from 0 to 2,000,000 people"),
     ("0", None, "£", "£0 or more"), (None, "50", "%", "50 % or less"), (None, None, "%", "")],
)  # fmt: skip
def test_range_is_said_in_words(least: str | None, most: str | None, unit: str, words: str) -> None:
    assert span(numeric("1", least, most, unit)) == words


def test_a_number_outside_the_range_is_asked_about_once_and_then_counts() -> None:
    number = Number(Asked(numeric(), []))
    with pytest.raises(Implausible) as asked:
        number.read({"number": "5,000"})
    assert asked.value.sentence == "5,000 % is outside what is likely, from 0 % to 100 %. Send it all the same?"
    assert number.read({"number": "5,000", "confirmed": "5,000"}) == "5000"
    with pytest.raises(Implausible):
        number.read({"number": "6,000", "confirmed": "5,000"})


def test_whoever_is_not_sure_needs_no_number() -> None:
    number = Number(Asked(numeric(), []))
    assert number.read({"number": "nonsense", "option": "not_sure"}) == "not_sure"
    number.asked.poll.allow_not_sure = False
    with pytest.raises(BadInput):
        number.read({"number": "nonsense", "option": "not_sure"})


def test_a_number_that_no_record_holds_is_refused() -> None:
    number = Number(Asked(numeric(None, None, None), []))
    assert len(number.read({"number": "9" * CHOICE_BYTES})) == CHOICE_BYTES
    with pytest.raises(BadInput, match="too long to be meant"):
        number.read({"number": "9" * (CHOICE_BYTES + 1)})


def test_an_order_is_read_from_its_places() -> None:
    assert Order(ranking()).read({"place-A": "2", "place-B": "3", "place-C": "1"}) == "CAB"
    assert Order(ranking()).words("CAB") == "Item C › Item A › Item B"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Give every item a place: “Item A” has none yet. Nothing was changed."),
        ({"place-A": "1", "place-B": "2", "place-C": "4"},
         "Give every item a place: “Item C” has none yet. Nothing was changed."),
        ({"place-A": "1", "place-B": "1", "place-C": "2"},
         "Two items have place 1. Give each item a place of its own. Nothing was changed."),
        ({"place-A": "1", "place-B": "2", "option": "not_sure"},
         "Give every item a place: “Item C” has none yet. Nothing was changed."),
    ],
)  # fmt: skip
def test_what_is_no_order_is_refused_with_its_reason(form: Mapping[str, str], sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        Order(ranking()).read(form)
    assert refused.value.sentence == sentence
