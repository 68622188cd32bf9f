"""How figures are written: never more digits than were published, and what each citation carries."""

from datetime import date
from decimal import Decimal

import pytest

from eventkit.evidence import citation
from eventkit.evidence.models import Statistic


def figure(value: str, unit: str = "%", **changed: object) -> Statistic:
    cells: dict[str, object] = {"event_id": 1, "statistic_id": "s", "value": Decimal(value), "unit": unit}
    cells |= {"measure": "doubts led to a sanction", "geography_name": "Fife", "period_label": "Oct 2012 to Jun 2016"}
    cells |= {"publisher": "DWP", "dataset": "Stat-Xplore, via What Works Scotland report (2017)"}
    return Statistic(**(cells | {"qualifier": "exact"} | changed))


@pytest.mark.parametrize(
    ("statistic", "screen", "exact"),
    [
        (figure("0.7"), "0.7 %", "0.7 %"),
        (figure("84"), "84 %", "84 %"),
        (figure("12.9"), "13 %", "12.9 %"),
        (figure("12.9", decimals=1), "12.9 %", "12.9 %"),
        (figure("0.65"), "0.7 %", "0.65 %"),
        (figure("0.04"), "0.04 %", "0.04 %"),
        (figure("99.6"), "99.6 %", "99.6 %"),
        (figure("100"), "100 %", "100 %"),
        (figure("0"), "0 %", "0 %"),
        (figure("1252000", "people"), "1,250,000 people", "1,252,000 people"),
        (figure("39433", "households"), "39,400 households", "39,433 households"),
        (figure("9999", "people"), "9,999 people", "9,999 people"),
        (figure("332000", "decisions", qualifier="over"), "over 332,000 decisions", "over 332,000 decisions"),
        (figure("84", "per cent", qualifier="at_least"), "at least 84 %", "at least 84 %"),
        (figure("42.5", "£", decimals=2), "£42.50", "£42.50"),
        (figure("42.50", "£"), "£42.50", "£42.50"),
        (figure("1.1", "£bn"), "£1.1bn", "£1.1bn"),
        (figure("84", decimals=1), "84.0 %", "84.0 %"),
    ],
)
def test_figure_text_rounds_for_the_room_and_keeps_what_was_published(
    statistic: Statistic, screen: str, exact: str
) -> None:
    assert (citation.figure_text(statistic), citation.figure_text(statistic, exact=True)) == (screen, exact)


@pytest.mark.parametrize(
    ("statistic", "words"),
    [
        (figure("84"), "84 in every 100"),
        (figure("0.7"), "7 in every 1,000"),
        (figure("0.04"), "4 in every 10,000"),
        (figure("12.9"), "13 in every 100"),
        (figure("85", qualifier="under"), "under 85 in every 100"),
        (figure("84", "people"), ""),
    ],
)
def test_natural_tells_a_per_cent_in_people(statistic: Statistic, words: str) -> None:
    assert citation.natural(statistic) == words


@pytest.mark.parametrize(
    ("statistic", "words"),
    [
        (figure("84", denominator="doubts"), "84 in every 100 doubts led to a sanction"),
        (figure("84"), "84 in every 100 (doubts led to a sanction)"),
        (figure("0.7", measure="Benefit fraud."), "7 in every 1,000 (benefit fraud)"),
        (figure("3", measure="JSA share", denominator="pounds"), "3 in every 100 pounds (JSA share)"),
        (figure("1252000", "people", measure="people were destitute"), "1,250,000 people were destitute"),
        (figure("16", "homes", measure="Empty"), "16 homes (empty)"),
    ],
)
def test_in_words_reads_inside_a_sentence(statistic: Statistic, words: str) -> None:
    assert citation.in_words(statistic) == words


def test_source_line_carries_place_period_source_and_warnings() -> None:
    shown = figure("84", evidence_grade="D", flags="p; r", lower=Decimal(80), upper=Decimal(88))
    assert str(citation.source_line(shown)) == (
        "Fife, Oct 2012 to Jun 2016: 84 % (80 % to 88 %). DWP, Stat-Xplore, via What Works Scotland report (2017). "
        "Provisional. Revised. Not checked at source."
    )


def test_source_line_does_not_name_a_source_twice() -> None:
    line = citation.source_line(figure("84"), figure("83", geography_name="Scotland"))
    assert str(line) == "Fife, Oct 2012 to Jun 2016: 84 %. Same source."


def test_source_line_cuts_a_name_that_would_fill_the_screen() -> None:
    text = citation.source_line(figure("84", dataset="very long " * 20)).text
    assert (len(text) < 80, "…" in text) == (True, True)


@pytest.mark.parametrize(("grade", "said"), [("A", False), ("B", False), ("C", True), ("D", True), ("", False)])
def test_source_line_says_what_was_not_checked_at_source(grade: str, said: bool) -> None:
    line = citation.source_line(figure("84", evidence_grade=grade))
    assert ("Not checked at source." in line.text) is said


def test_card_is_the_worked_card() -> None:
    shown = figure(
        *("84", "%"),
        denominator="doubts",
        geography_code="S12000047",
        notes="Counts decisions, not people.",
        retrieved_on=date(2026, 1, 2),
        status="report",
        evidence_grade="D",
        licence="OGL v3.0",
    )
    assert citation.card(shown) == (
        "84 in every 100 doubts led to a sanction",
        "Fife (S12000047), Oct 2012 to Jun 2016",
        "Counts decisions, not people. Published as 84 %.",
        (
            "Source: DWP, Stat-Xplore, via What Works Scotland report (2017). Retrieved 2 January 2026. "
            "Report, not checked at source."
        ),
        "Contains public sector information licensed under the Open Government Licence v3.0.",
    )


@pytest.mark.parametrize(("licence", "line"), [("", ""), ("All rights reserved", "Licence: All rights reserved.")])
def test_card_claims_the_open_government_licence_only_where_it_holds(licence: str, line: str) -> None:
    assert citation.licence_line(licence) == line


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({}, True),
        ({"geography_name": "Scotland"}, True),
        ({"measure": "Doubts led to a sanction "}, True),
        ({"measure": "doubts"}, False),
        ({"unit": "people"}, False),
        ({"denominator": "claims"}, False),
        ({"period_label": "2015"}, False),
    ],
)
def test_comparable_asks_for_measure_denominator_period_and_unit(changed: dict[str, object], same: bool) -> None:
    assert citation.comparable(figure("84"), figure("1", **changed)) is same


def test_comparable_trusts_dates_over_labels() -> None:
    dates = {"period_start": date(2015, 4, 1), "period_end": date(2016, 3, 31)}
    assert citation.comparable(figure("1", **dates), figure("2", **(dates | {"period_label": "2015/16"})))
