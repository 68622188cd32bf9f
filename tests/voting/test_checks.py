"""Options and deck: which option is right, how far they stand apart, how the answers lean."""

from decimal import Decimal

import pytest

from eventkit.evidence.models import Statistic
from eventkit.sheet import Level
from eventkit.voting.checks import (
    Claim,
    derived,
    leaning,
    marked,
    near_by_rounding,
    one_sided,
    right,
    too_close,
    uneven,
)


def _figure(value: str, decimals: int | None = None, unit: str = "%") -> Statistic:
    return Statistic(event_id=1, statistic_id="s1", measure="m", value=Decimal(value), decimals=decimals, unit=unit)


def _options(*values: str) -> list[Claim]:
    """Options that claim a number, "50-60" a range, "" none."""
    made = []
    for letter, value in zip("ABCDE", values, strict=False):
        low, dash, high = value.partition("-")
        ends = [Decimal(end) if end and dash else None for end in (low, high)]
        made.append(Claim(letter, value, Decimal(value) if value and not dash else None, *ends))
    return made


@pytest.mark.parametrize(
    ("values", "figure", "letter"),
    [(("84", "10"), "84", "A"), (("10", "80-90"), "84", "B"), (("10", "20"), "84", ""), (("", ""), "84", "")],
)
def test_right_option_claims_the_figure(values: tuple[str, ...], figure: str, letter: str) -> None:
    assert right(_options(*values), Decimal(figure)) == letter


def test_right_option_is_the_marked_one_where_no_number_decides() -> None:
    assert right([Claim("A", "Illness"), Claim("B", "Low income", correct=True)], Decimal(84)) == "B"
    assert right([Claim("A", "84", Decimal(84)), Claim("B", "Other", correct=True)], None) == "B"


@pytest.mark.parametrize(
    ("values", "sentences"),
    [
        (("84", "10"), []),
        (("85", "10"), ["No option claims the figure, 84. Mend an option."]),
        (("84", "80-90"), ["Options A and B claim the figure, 84, at once. Only one may."]),
    ],
)
def test_figure_stands_among_the_options_exactly_once(values: tuple[str, ...], sentences: list[str]) -> None:
    found = list(derived(_options(*values), _figure("84"), "national_statistic"))
    assert [finding.sentence for finding in found] == sentences
    assert {finding.level for finding in found} <= {Level.BLOCK}


def test_mark_may_not_contradict_the_figure() -> None:
    options = [Claim("A", "84", Decimal(84), correct=False), Claim("B", "10", Decimal(10), correct=True)]
    assert [(finding.about, finding.level) for finding in derived(options, _figure("84"), "x")] == [
        ("A", Level.BLOCK),
        ("B", Level.BLOCK),
    ]


def test_exactly_one_option_is_marked_where_no_number_decides() -> None:
    none, two = [Claim("A", "x"), Claim("B", "y")], [Claim("A", "x", correct=True), Claim("B", "y", correct=True)]
    assert [next(marked(options)).level for options in (none, two)] == [Level.BLOCK, Level.BLOCK]
    assert list(marked([Claim("A", "x", correct=True), Claim("B", "y")])) == []


@pytest.mark.parametrize(
    ("values", "figure", "decimals", "letters"),
    [
        (("84", "10"), "84", None, []),
        (("84", "84.4"), "84", None, ["B"]),
        (("84", "85"), "84", None, []),
        (("84.0", "84.4"), "84", 1, []),
        (("50.1-100", "0-50"), "50", None, ["A"]),
        (("51-100", "0-50"), "50", None, []),
        (("84.4", "84"), "84.4", None, ["B"]),
        (("1252000", "1250000"), "1252000", None, ["B"]),
        (("84", ""), "84", None, []),
    ],
)
def test_option_within_the_figures_rounding_is_warned_of(
    values: tuple[str, ...], figure: str, decimals: int | None, letters: list[str]
) -> None:
    unit = "people" if len(figure) > 5 else "%"
    found = list(near_by_rounding(_options(*values), _figure(figure, decimals, unit)))
    assert [(finding.about, finding.level) for finding in found] == [(letter, Level.WARN) for letter in letters]


@pytest.mark.parametrize(
    ("values", "letters"),
    [
        (("0.7", "7", "27"), []),
        (("10", "20", "40"), []),
        (("10", "19", "40"), ["B"]),
        (("40", "19", "10"), ["B"]),
        (("50", "60", "70"), ["B", "C"]),
        (("0", "5", "9"), ["C"]),
        (("10", "11", ""), []),
    ],
)
def test_numbers_less_than_twice_apart_are_noted(values: tuple[str, ...], letters: list[str]) -> None:
    assert [(each.about, each.level) for each in too_close(_options(*values))] == [
        (letter, Level.NOTE) for letter in letters
    ]


def test_option_much_longer_than_another_is_noted() -> None:
    long = "Benefits that were paid late or stopped altogether"
    assert [each.about for each in uneven([Claim("A", "Illness"), Claim("B", long)])] == ["B"]
    assert list(uneven([Claim("A", "Low income"), Claim("B", "Benefit delays")])) == []
    assert list(uneven([Claim("A", "x"), Claim("B", "")])) == []


@pytest.mark.parametrize(
    ("letters", "count"),
    [("AA", 0), ("AAA", 3), ("ABC", 0), ("AAB", 0), ("AAAB", 3), ("AAABB", 0), ("AAAAB", 4), ("", 0)],
)
def test_deck_whose_right_answers_stand_in_one_place_is_noted(letters: str, count: int) -> None:
    expected = [f"The right answer is A in {count} of {len(letters)} polls. Change the order of some options."]
    found = list(leaning(list(letters)))
    assert [each.sentence for each in found] == (expected if count else [])
    assert {each.level for each in found} <= {Level.NOTE}


@pytest.mark.parametrize(
    ("truths", "sentence"),
    [
        ([False, False], ""),
        ([False, False, False], "3 of 3 myths are false. Turn some of them round."),
        ([True, True, True, False], "3 of 4 myths are true. Turn some of them round."),
        ([True, False, False], ""),
        ([True, True, False, False, False], ""),
    ],
)
def test_deck_whose_myths_are_all_alike_is_noted(truths: list[bool], sentence: str) -> None:
    assert [each.sentence for each in one_sided(truths)] == ([sentence] if sentence else [])
