"""What simulated people answer: always something that their ballot takes, and not all the same."""

from collections import Counter
from decimal import Decimal
from random import Random

import pytest

from eventkit.rehearsal.ballot import Ballot, Reach
from eventkit.rehearsal.choosing import chosen


def _answers(ballot: Ballot) -> Counter[str]:
    return Counter(chosen(ballot, Random("room"), Random(person)) for person in range(200))


@pytest.mark.parametrize(
    ("least", "most", "step"),
    [("0", "100", "1"), ("0", "500000", "1000"), ("-5", "5.5", "0.25"), ("1", "3", "1"), ("0", "1", "0.001")],
)
def test_chosen_number_is_a_step_of_the_range(least: str, most: str, step: str) -> None:
    slide = Reach(Decimal(least), Decimal(most), Decimal(step))
    answers = _answers(Ballot("v", "/", asks_number=True, options=["not_sure"], slide=slide))
    unsure = answers.pop("not_sure")
    assert 0 < unsure < 40
    values = [Decimal(answer) for answer in answers]
    assert [value for value in values if not slide.least <= value <= slide.most] == []
    assert [value for value in values if (value - slide.least) % slide.step] == []
    assert [answer for answer in answers if "E" in answer or answer == "-0"] == []
    assert len(values) > 1


def test_chosen_order_holds_every_item_once() -> None:
    answers = _answers(Ballot("v", "/", items=["A", "B", "C", "D"]))
    assert {"".join(sorted(answer)) for answer in answers} == {"ABCD"}
    assert len(answers) > 4


def test_chosen_option_is_on_the_ballot() -> None:
    assert set(_answers(Ballot("v", "/", options=["A", "B", "not_sure"]))) == {"A", "B", "not_sure"}
