"""Every sentence about a room's orders, for every way that a room can order."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventkit.evidence.models import Statistic
from eventkit.voting import order_sentences
from eventkit.voting.models import NOT_SURE
from eventkit.voting.orders import Orders, count, order, published
from eventkit.voting.sentences import not_sure, turnout
from tests.voting.rooms import ANY_ROOM, figure, item_figures, items, ordered

LONG = "Spending on State pensions in all, Roads, Foreign aid, Jobseeker’s Allowance"
TEXTS = "State pensions, Education, Foreign aid, Jobseeker’s Allowance"
FIGURES = item_figures("74.2", "51.5", "7.9", "4.9")
TIED = item_figures("51.5", "51.5", "7.9", "4.9")
EQUAL = item_figures("5", "5", "5", "5")


def seen(*orders: str, not_sure: int = 0, figures: dict[str, Statistic] = FIGURES, texts: str = TEXTS) -> Orders:
    """Orders, "17×BACD" for 17 people who gave it."""
    many = [one.split("×") if "×" in one else ["1", one] for one in orders]
    options = items(texts)[: len(many[0][1]) if many else 4]
    choices = Counter({choice: int(times) for times, choice in many}) + Counter({NOT_SURE: not_sure})
    votes, exact, turned = count(choices, published(options, figures))
    return order(options, figures, votes, 42, exact, turned)


@pytest.mark.parametrize(
    ("orders", "sentence"),
    [
        (seen("5×ABCD", "17×BACD", "10×CABD", "10×DABC"), "The largest group, 17 of 42, put “Education” first."),
        (seen("18×ABCD", "24×BACD"), "Most of us, 24 of 42, put “Education” first."),
        (seen("21×ACBD", "11×BACD", "10×CBAD"), "Half of us, 21 of 42, put “State pensions” first."),
        (
            seen("13×BACD", "11×CABD", not_sure=20),
            "The largest group of those who chose, 13 of 24, put “Education” first.",
        ),
        (
            seen("21×ABCD", "21×BACD"),
            "No single item led: “State pensions” and “Education” were put first by 21 of 42 each.",
        ),
        (seen("42×BACD"), "All 42 of us put “Education” first."),
        (seen("BACD"), "The only one of us who voted put “Education” first."),
        (seen(), "Nobody voted."),
        (seen(not_sure=4), "All 4 of us were not sure."),
    ],
)
def test_room_says_what_was_put_first(orders: Orders, sentence: str) -> None:
    assert order_sentences.room(orders) == sentence


ORDER = (
    "“State pensions” (£74.2bn), “Education” (£51.5bn), “Foreign aid” (£7.9bn), then “Jobseeker’s Allowance” (£4.9bn)"
)


@pytest.mark.parametrize(
    ("orders", "sentence"),
    [
        (
            seen("5×ABCD", "17×BACD", "10×CABD", "10×DABC"),
            "5 of 42 had the whole order right; the largest group (17) put “Education” first; it is “State pensions”.",
        ),
        (
            seen("5×ABCD", "27×BACD", "10×CABD"),
            "5 of 42 had the whole order right; most of us (27) put “Education” first; it is “State pensions”.",
        ),
        (
            seen("21×BACD", "21×CABD", texts=LONG),
            "Nobody had the whole order right; “Roads” and “Foreign aid” were put first by 21 each; it is A.",
        ),
        (
            seen("12×ABCD", "20×ACBD", "10×BACD"),
            "12 of 42 had the whole order right; most of us (32) put “State pensions” first, as published.",
        ),
        (
            seen("42×BACD"),
            "Nobody had the whole order right; all 42 orders began with “Education”; it is “State pensions”.",
        ),
        (
            seen("BACD"),
            "Nobody had the whole order right; the only order began with “Education”; it is “State pensions”.",
        ),
        (seen("42×ABCD"), "All 42 who gave an order had all of it right."),
        (seen("ABCD"), "The only one who gave an order had all of it right."),
        (seen(), f"Nobody voted. The published order is {ORDER}."),
        (seen(not_sure=4), f"All 4 of us were not sure. The published order is {ORDER}."),
        (
            seen("5×ABC", "27×BCA", "9×CAB", figures=TIED, texts=LONG),
            "5 of 41 had the whole order right; most of us (27) put “Roads” first; A and “Roads” share first place.",
        ),
        (
            seen("21×ACBD", "21×BACD", texts=LONG),
            "Nobody had the whole order right; A and “Roads” were put first by 21 each; it is A.",
        ),
        (
            seen("5×ABCD", "27×BACD", figures=EQUAL),
            "Most of us, 27 of 32, put “Education” first. The figures are equal, or too near to tell apart.",
        ),
        (seen("5×ABCD", "27×BACD", figures={}), "Most of us, 27 of 32, put “Education” first."),
    ],
)
def test_gap_of_an_order_survives_being_checked(orders: Orders, sentence: str) -> None:
    assert order_sentences.gap(orders) == sentence


def test_gap_names_long_items_by_their_letter() -> None:
    long = seen("5×ABC", "27×BAC", texts=LONG)
    assert order_sentences.gap(long).endswith("most of us (27) put “Roads” first; it is A.")


def test_gap_sets_the_questions_own_local_figure_beside_its_national_one() -> None:
    beside = order_sentences.gap(seen("ABCD"), figure("84"), figure("84", place="Fife"))
    assert beside == "The only one who gave an order had all of it right. Fife: 84 %, the same as Scotland."


def test_fact_is_the_published_order_with_its_ties() -> None:
    assert order_sentences.fact(seen()) == f"The published order is {ORDER}."
    assert order_sentences.fact(seen("ABC", figures=TIED)) == (
        "The published order is “State pensions” (£51.5bn) with “Education” (£51.5bn), then “Foreign aid” (£7.9bn)."
    )
    assert order_sentences.fact(seen("ABC", figures={})) == ""


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (seen("5×ABCD", "37×BACD"), seen("12×ABCD", "30×BACD"), "The whole order right: from 5 to 12 of 42."),
        (seen("5×ABCD", "37×BACD"), seen("12×ABCD", "28×BACD"), "The whole order right: from 5 of 42 to 12 of 40."),
        (seen("5×ABCD", "37×BACD"), seen("5×ABCD", "37×CABD"), "The whole order right: 5 of 42, as before."),
        (seen("5×ABCD"), seen(not_sure=2), ""),
        (seen(), seen("5×ABCD"), ""),
        (seen("5×ABCD", figures={}), seen("5×ABCD", figures={}), ""),
    ],
)
def test_compared_tells_two_votes_by_their_totals(before: Orders, after: Orders, sentence: str) -> None:
    assert order_sentences.compared(before, after) == sentence


@ANY_ROOM
@given(ordered(), st.integers(0, 6))
def test_most_of_us_is_said_above_half_of_all_who_voted_and_not_below(orders: list[str], unsure: int) -> None:
    room = seen(*(f"{n}×{one}" for one, n in Counter(orders).items()), not_sure=unsure, texts=f"{TEXTS}, Roads",
                figures=item_figures("9", "7", "5", "3", "1"))  # fmt: skip
    first = Counter(one[0] for one in orders).most_common(1)
    most = bool(first) and 2 * first[0][1] > len(orders) + unsure
    assert ("Most of us" in order_sentences.room(room)) is (most and first[0][1] < len(orders) + unsure)
    assert "most of us" not in order_sentences.gap(room).lower() or most


def test_turnout_and_not_sure_serve_orders_too() -> None:
    assert turnout(seen("38×ABCD", not_sure=1), organisers_vote=True) == (
        "n = 38: 39 of 42 in the room voted; organisers could vote too. 1 was not sure."
    )
    assert not_sure(seen("ABCD")) == ""
