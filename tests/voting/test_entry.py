"""How a number is asked for."""

from decimal import Decimal

import pytest

from eventkit.voting.entry import Slider, entry
from eventkit.voting.models import Format, Poll


def _poll(least: str = "", most: str = "", step: str = "", unit: str = "") -> Poll:
    numbers = {"min": least, "max": most, "step": step}
    return Poll(
        event_id=1,
        position=1,
        poll_id="p",
        format=Format.NUMERIC,
        question="How many?",
        unit=unit,
        **{name: Decimal(text) for name, text in numbers.items() if text},
    )


@pytest.mark.parametrize(
    ("poll", "lead", "steps", "around", "words"),
    [
        (_poll("0", "100", "1", "%"), "A number from 0 % to 100 %", "in whole numbers", ("", "%"), "{number} %"),
        (_poll("0", "100", "0.5", "£"), "A number from £0 to £100", "in steps of £0.50", ("£", ""), "£{number}"),
        (
            _poll("0", "9000", "10", "people"),
            "A number from 0 to 9,000 people",
            "in steps of 10",
            ("", "people"),
            "{number} people",
        ),
        (_poll("1", "", "", "£bn"), "A number (£1bn or more)", "", ("£", "bn"), "£{number}bn"),
        (_poll("", "", "", "people"), "A number (people)", "", ("", "people"), "{number} people"),
        (_poll(), "A number", "", ("", ""), "{number}"),
        (_poll("0.5", "9.5", "1"), "A number from 0.5 to 9.5", "in steps of 1", ("", ""), "{number}"),
    ],
)
def test_entry_says_range_steps_and_unit(
    poll: Poll, lead: str, steps: str, around: tuple[str, str], words: str
) -> None:
    asked = entry(poll)
    assert (asked.lead, asked.steps, (asked.before, asked.after), asked.words) == (lead, steps, around, words)


def test_slider_has_the_polls_steps_or_a_hundred() -> None:
    assert entry(_poll("0", "500000", "1000", "people")).slider == Slider("0", "500000", "1000", "0", "500,000")
    assert entry(_poll("0", "5", "", "%")).slider == Slider("0", "5", "0.05", "0 %", "5 %")


def test_without_a_range_there_is_no_slider() -> None:
    assert [entry(_poll(*ends)).slider for ends in (("0", ""), ("", "9"), ("", ""))] == [None] * 3


def test_recorded_number_is_shown_with_its_thousands() -> None:
    assert [entry(_poll()).shown(choice) for choice in ("1252000", "0.75", "-3")] == ["1,252,000", "0.75", "-3"]
