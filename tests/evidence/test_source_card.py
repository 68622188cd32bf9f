"""The full citation: every element of it, our own calculations marked as ours, and nothing that was not given."""

from datetime import date
from decimal import Decimal

import pytest

from eventkit.evidence.models import Statistic
from eventkit.evidence.source_card import Element, link, short, whole


def figure(**changed: object) -> Statistic:
    cells: dict[str, object] = {
        "event_id": 1, "statistic_id": "doubts", "measure": "Doubts led to a sanction", "value": Decimal(84),
        "qualifier": "about", "unit": "%", "denominator": "doubts", "numerator_value": Decimal(332000),
        "numerator_qualifier": "over", "denominator_value": Decimal(395000), "denominator_qualifier": "over",
        "lower": Decimal(83), "upper": Decimal(85), "geography_name": "Fife", "geography_code": "S12000047",
        "period_label": "October 2012 to June 2016", "period_start": date(2012, 10, 1), "period_end": date(2016, 6, 30),
        "publisher": "An office", "dataset": "A table", "source_table": "Query 7", "url": "https://example.org/t",
        "published_on": date(2017, 1, 2), "retrieved_on": date(2017, 3, 4), "status": "Administrative data",
        "flags": "p", "licence": "OGL v3", "evidence_grade": "C", "rounding_note": "Rounded by the office.",
        "supersedes": "older", "notes": "Counts decisions, not people.",
    }  # fmt: skip
    return Statistic(**(cells | changed))


def texts(statistic: Statistic, **given: object) -> dict[str, str]:
    return {element.term: element.text for element in whole(statistic, **({"replaced": False} | given))}


def test_citation_has_every_element() -> None:
    assert texts(figure(file_sha256="0a1b"), replaced=True, asked="day@example.org") == {
        "What is measured": "Doubts led to a sanction",
        "Of what": "doubts",
        "Place": "Fife (S12000047, formerly S12000015)",
        "Period": "October 2012 to June 2016 (1 October 2012 to 30 June 2016)",
        "Published as": "about 84 %",
        "Uncertainty": "83 % to 85 %",
        "Published counts": "over 332,000 of over 395,000",
        "Our calculation": "About 84 % is about 84 in every 100. The counts give 83.8 to 84.3 %.",
        "Rounding": "Rounded by the office.",
        "Status": "Administrative data",
        "Revision": "Provisional; corrects an older figure; replaced by a newer figure",
        "Source": "An office, A table, Query 7",
        "Published": "2 January 2017",
        "Retrieved": "4 March 2017",
        "Licence": "Contains public sector information licensed under the Open Government Licence v3.0.",
        "How surely it is known": "Quoted from another publication. Not checked at source.",
        "Imported file, SHA-256": "0a1b",
        "Notes": "Counts decisions, not people.",
        "Who may be asked": "day@example.org",
    }


def test_citation_leaves_out_what_was_not_given() -> None:
    bare = Statistic(
        event_id=1, statistic_id="s", measure="People", value=Decimal(12), unit="people", geography_name="Fife",
        period_label="2015", publisher="An office", dataset="A table",
    )  # fmt: skip
    assert texts(bare) == {
        "What is measured": "People",
        "Place": "Fife",
        "Period": "2015",
        "Published as": "12 people",
        "Uncertainty": "No range was given with the figure.",
        "Source": "An office, A table",
        "How surely it is known": "Nobody noted where this was checked.",
    }


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("S12000047", "Fife (S12000047, formerly S12000015)"),
        ("S12000015", "Fife (S12000015, today S12000047)"),
        ("S92000003", "Fife (S92000003)"),
        ("", "Fife"),
    ],
)
def test_place_names_the_other_code_of_an_area_whose_code_has_changed(code: str, place: str) -> None:
    assert texts(figure(geography_code=code))["Place"] == place


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"denominator_value": None}, "About 84 % is about 84 in every 100."),
        ({"denominator_value": Decimal(0)}, "About 84 % is about 84 in every 100."),
        ({"numerator_qualifier": "at_least"}, "About 84 % is about 84 in every 100."),
        ({"unit": "people"}, None),
        (
            {"numerator_qualifier": "", "denominator_qualifier": ""},
            "About 84 % is about 84 in every 100. The counts give 84.1 %.",
        ),
    ],
)
def test_only_what_the_counts_give_is_calculated(changed: dict[str, object], said: str | None) -> None:
    assert texts(figure(**changed)).get("Our calculation") == said


@pytest.mark.parametrize(
    ("grade", "words"),
    [
        ("A", "Imported from the publisher’s own file."),
        ("B", "Read on the publisher’s own page."),
        ("D", "From a document of the organisers. Not checked at source."),
    ],
)
def test_grade_is_said_in_words(grade: str, words: str) -> None:
    assert texts(figure(evidence_grade=grade))["How surely it is known"] == words


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "https://a b", "", "//evil.test"])
def test_no_other_scheme_becomes_a_link(url: str) -> None:
    assert link(url) == ""
    assert all(element.url in ("", whole(figure(), replaced=False)[14].url) for element in whole(
        figure(url=url), replaced=False
    ))  # fmt: skip


def test_links_are_those_of_source_and_open_licence() -> None:
    found = {element.term: element.url for element in whole(figure(), replaced=False) if element.url}
    assert found == {
        "Source": "https://example.org/t",
        "Licence": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    }
    assert Element("Licence", "Licence: credit.") in whole(figure(licence="credit"), replaced=False)


def test_figure_that_nobody_published_is_marked_as_calculated() -> None:
    ours = figure(flags="calculated; p")
    found = texts(ours)
    assert (found["Calculated by the organisers"], "Published as" in found) == ("about 84 %", False)
    assert short(ours).published == "Our calculation: about 84 % (83 % to 85 %)."
    assert short(ours).badges[1:] == ("our calculation", "provisional", "not checked at source")


def test_short_card_has_figure_place_source_licence_and_badges() -> None:
    card = short(figure())
    assert (card.headline, card.place) == (
        "About 84 in every 100 doubts led to a sanction",
        "Fife (S12000047, formerly S12000015), October 2012 to June 2016",
    )
    assert card.published == "Published as about 84 % (83 % to 85 %)."
    assert card.source == "An office, A table, Query 7"
    assert card.licence == "Contains public sector information licensed under the Open Government Licence v3.0."
    assert card.badges == ("Administrative data", "provisional", "not checked at source")
