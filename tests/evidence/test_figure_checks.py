"""What a figure's own counts, dates and area say against it: each check with what it finds, and how much it weighs."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from eventkit.evidence.checks import (
    Finding,
    contradicted,
    examine,
    later_than_the_event,
    misplaced,
    old,
    out_of_range,
    unrevealable,
)
from eventkit.evidence.models import Statistic
from eventkit.sheet import Level

DAY = date(2016, 5, 18)
CITED = {"geography_name": "Fife", "period_label": "2015/16", "publisher": "DWP", "dataset": "Stat-Xplore"}


def _figure(value: str = "84", **given: Any) -> Statistic:
    cells: dict[str, Any] = {"event_id": 1, "statistic_id": "s1", "measure": "Doubts", "value": value, "unit": "%"}
    cells |= {**CITED, **given}
    return Statistic(**{**cells, "value": Decimal(cells["value"])})


def _ratio(
    value: str, part: str, whole: str, qualifier: str = "exact", counts: str = "over", **given: Any
) -> Statistic:
    return _figure(
        value,
        qualifier=qualifier,
        numerator_value=Decimal(part),
        numerator_qualifier=counts,
        denominator_value=Decimal(whole),
        denominator_qualifier=counts,
        **given,
    )


def test_the_reports_own_percentage_does_not_follow_from_its_counts() -> None:
    """Over 332,000 of over 395,000: at least 332,000 of 396,000, at most 333,000 of 395,000."""
    assert list(contradicted(_ratio("85", "332000", "395000", "under"))) == [
        Finding(
            "value",
            "The counts over 332,000 of over 395,000 give 83.8 to 84.3 %, not under 85 %. Look them up once more.",
            Level.WARN,
        )
    ]


@pytest.mark.parametrize(
    ("value", "qualifier", "part", "whole", "counts", "agree"),
    [
        ("84", "exact", "332000", "395000", "over", True),
        ("84", "about", "332000", "395000", "over", True),
        ("85", "exact", "332000", "395000", "over", False),
        ("85", "about", "332000", "395000", "over", True),
        ("83", "over", "332000", "395000", "over", False),
        ("83", "at_least", "332000", "395000", "over", True),
        ("84.1", "exact", "332000", "395000", "over", True),
        ("84.5", "exact", "332000", "395000", "over", False),
        ("0.7", "exact", "1100000000", "159000000000", "about", True),
        ("0.8", "exact", "1100000000", "159000000000", "about", False),
        ("50", "exact", "1", "2", "", True),
        ("33", "exact", "1", "3", "", True),
        ("33.3", "exact", "1", "3", "", True),
        ("33.4", "exact", "1", "3", "", False),
        ("34", "exact", "1", "3", "", False),
        ("100", "exact", "7", "7", "", True),
        ("90", "exact", "90", "100", "at_least", True),
    ],
)
def test_percentage_is_held_against_its_counts(
    value: str, qualifier: str, part: str, whole: str, counts: str, agree: bool
) -> None:
    assert (not list(contradicted(_ratio(value, part, whole, qualifier, counts)))) is agree


def test_counts_that_make_no_percentage_are_left_alone() -> None:
    assert list(contradicted(_figure("84", numerator_value=Decimal(1)))) == []
    assert list(contradicted(_ratio("84", "1", "2", unit="people"))) == []


def test_count_below_must_be_more_than_nought() -> None:
    assert list(contradicted(_ratio("84", "1", "0", counts=""))) == [
        Finding("denominator_value", "The count below must be more than nought.", Level.BLOCK)
    ]


@pytest.mark.parametrize(
    ("figure", "columns"),
    [
        (_figure("0"), []),
        (_figure("100"), []),
        (_figure("100.1"), ["value"]),
        (_figure("-1"), ["value"]),
        (_figure("99", upper=Decimal(101)), ["upper"]),
        (_figure("1", lower=Decimal(-1)), ["lower"]),
        (_figure("120", unit="per cent"), ["value"]),
        (_figure("120", unit="% more"), []),
        (_figure("120", unit="people"), []),
    ],
)
def test_percentage_lies_between_0_and_100(figure: Statistic, columns: list[str]) -> None:
    found = list(out_of_range(figure))
    assert [finding.column for finding in found] == columns
    assert {finding.level for finding in found} <= {Level.BLOCK}


OLD = "S12000015 is the old code of Fife; it is S12000047 now. Keep the one that your source prints."
UNKNOWN = "{code} is not among the areas that eventkit knows. Look it up once more."
NO_CODE = "“{code}” is no area code. One looks like S12000047: a letter and eight digits."


@pytest.mark.parametrize(
    ("code", "name", "level", "sentence"),
    [
        ("S12000047", "Fife", None, ""),
        ("S12000047", "Fife Council", None, ""),
        ("K03000001", "GB", None, ""),
        ("S12000036", "Edinburgh & Leith", None, ""),
        ("S12000015", "Fife", Level.NOTE, OLD),
        ("E06000001", "Hartlepool", Level.NOTE, UNKNOWN),
        ("S12000099", "Fife", Level.NOTE, UNKNOWN),
        ("S1200047", "Fife", Level.WARN, NO_CODE),
        ("X12000047", "Fife", Level.WARN, NO_CODE),
        ("S99000047", "Fife", Level.WARN, NO_CODE),
        ("fife", "Fife", Level.WARN, NO_CODE),
        ("S92000003", "Fife", Level.WARN, "S92000003 is the code of Scotland, not of Fife."),
    ],
)
def test_area_code_is_held_against_the_table(code: str, name: str, level: Level | None, sentence: str) -> None:
    expected = [] if level is None else [Finding("geography_code", sentence.format(code=code), level)]
    assert list(misplaced(_figure(geography_code=code, geography_name=name))) == expected


def test_old_code_of_another_area_is_noted_and_warned_of() -> None:
    found = list(misplaced(_figure(geography_code="S12000024", geography_name="Fife")))
    assert [(finding.level, finding.sentence.split(";")[0]) for finding in found] == [
        (Level.NOTE, "S12000024 is the old code of Perth and Kinross"),
        (Level.WARN, "S12000024 is the code of Perth and Kinross, not of Fife."),
    ]


@pytest.mark.parametrize(
    ("dates", "columns"),
    [
        ({"period_start": date(2015, 4, 1), "period_end": date(2016, 3, 31)}, []),
        ({"period_end": DAY, "published_on": DAY}, []),
        ({"period_start": date(2012, 10, 1), "period_end": date(2016, 6, 30)}, ["period_end"]),
        ({"period_start": date(2016, 6, 1), "period_end": date(2016, 6, 30)}, ["period_start", "period_end"]),
        ({"published_on": date(2016, 5, 19)}, ["published_on"]),
    ],
)
def test_what_is_later_than_the_event_is_warned_of(dates: dict[str, date], columns: list[str]) -> None:
    found = list(later_than_the_event(_figure(**dates), DAY))
    assert [(finding.column, finding.level) for finding in found] == [(column, Level.WARN) for column in columns]


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        ({"period_end": date(2013, 5, 18)}, []),
        ({"period_end": date(2013, 5, 17)}, ["period_end"]),
        ({"period_end": date(2013, 6, 1)}, []),
        ({"period_end": date(2012, 3, 31), "published_on": DAY}, ["period_end"]),
        ({"published_on": date(2010, 1, 1)}, ["published_on"]),
        ({}, []),
    ],
)
def test_figure_older_than_36_months_is_noted(dates: dict[str, date], found: list[str]) -> None:
    assert [(each.column, each.level) for each in old(_figure(**dates), DAY)] == [(name, Level.NOTE) for name in found]


def test_age_that_counts_as_old_can_be_given() -> None:
    assert list(old(_figure(period_end=date(2013, 1, 1)), DAY, months=60)) == []
    assert len(list(old(_figure(period_end=date(2016, 1, 1)), DAY, months=3))) == 1


def test_all_checks_speak_together() -> None:
    figure = _figure("140", geography_code="S12", period_end=date(2016, 6, 30), url="ftp://x", publisher="")
    assert [finding.column for finding in examine(figure, DAY)] == [
        "publisher",
        "url",
        "value",
        "geography_code",
        "period_end",
    ]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (
            {"value": "140"},
            "A percentage lies between 0 and 100. If this is a change, say so in the unit, such as % more.",
        ),
        ({"url": "javascript:alert(1)"}, "An address starts with https:// or http://."),
        ({"lower": Decimal(90)}, "The lower end is above the figure itself."),
    ],
)
def test_what_blocks_a_plan_blocks_the_reveal(given: dict[str, Any], reason: str) -> None:
    assert unrevealable(_figure(**given)) == f"The figure s1 cannot be revealed. {reason}"


def test_what_only_misleads_does_not_block_the_reveal() -> None:
    assert unrevealable(_ratio("85", "332000", "395000", "under", geography_code="S12000015")) == ""
