"""Values cross to another process and back as they were."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum

import pytest

from eventkit.incoming.wire import dump, load


class Colour(StrEnum):
    """An enumeration."""

    RED = "red"


@dataclass(frozen=True)
class Pair:
    """A dataclass."""

    first: object
    second: object


TYPES = (Colour, Pair)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3,
        0.5,
        "text with \ud800 and “quotes”",
        Decimal("42.50"),
        date(2016, 5, 18),
        datetime(2016, 5, 18, 9, 30, tzinfo=UTC),
        time(9, 30),
        Colour.RED,
        (1, (2, "x")),
        {1: Decimal(2), "a": {2: ()}},
        frozenset({(2, "b"), (10, "a")}),
        Pair(Colour.RED, Pair(date(2016, 5, 18), {"is": "date", "of": "x"})),
    ],
)
def test_value_comes_back_as_it_was(value: object) -> None:
    back = load(dump(value), TYPES)
    assert back == value
    assert type(back) is type(value)


def test_equal_sets_have_the_same_text() -> None:
    names = [f"v{number}" for number in range(40)]
    assert dump(frozenset(names)) == dump(frozenset(reversed(names)))


def test_class_that_is_not_named_is_not_made() -> None:
    with pytest.raises(KeyError):
        load(dump(Pair(1, 2)), ())


def test_value_that_could_run_does_not_cross() -> None:
    with pytest.raises(TypeError):
        dump(object())
