"""Every sentence about a room's guesses, for every way that a room can guess."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventkit.evidence.models import Statistic
from eventkit.voting import number_sentences
from eventkit.voting.guesses import Guesses
from eventkit.voting.sentences import not_sure, turnout
from tests.voting.rooms import ANY_ROOM, counted, figure, guessed, numeric


def seen(*values: str, not_sure: int = 0, base: int = 0) -> Guesses:
    """Guesses, "21×10" for 21 people who said 10."""
    many = [value.split("×") if "×" in value else ["1", value] for value in values]
    return counted([Decimal(value) for times, value in many for _person in range(int(times))], not_sure, base)


SPREAD = seen("10×30", "11×50", "11×60", "10×75")


@pytest.mark.parametrize(
    ("guesses", "sentence"),
    [
        (SPREAD, "Our middle guess was 55 %; the middle half of our guesses lay from 50 % to 60 %."),
        (seen("1", "50", "99"), "Our middle guess was 50 %."),
        (seen("1", "40×50", "99"), "Our middle guess was 50 %, and at least half of those who guessed said just that."),
        (seen("21×10", "21×90"), "Half of our guesses were 10 % or less, half 90 % or more."),
        (seen("10", "90"), "Half of our guesses were 10 % or less, half 90 % or more."),
        (seen("42×55"), "All 42 of us guessed 55 %."),
        (seen("42×55", not_sure=3), "All 42 who guessed said 55 %."),
        (seen("55"), "The only guess was 55 %."),
        (seen(), "Nobody voted."),
        (seen(not_sure=4), "All 4 of us were not sure."),
        (seen(not_sure=1), "The only one of us who voted was not sure."),
    ],
)
def test_room_says_what_the_room_guessed(guesses: Guesses, sentence: str) -> None:
    assert number_sentences.room(numeric(), guesses) == sentence


@pytest.mark.parametrize(
    ("guesses", "published", "sentence"),
    [
        (seen("55", "20", "90"), {}, "Our middle guess was 55 %; the figure is 84 %: we guessed 29 points too low."),
        (seen("95", "20", "99"), {}, "Our middle guess was 95 %; the figure is 84 %: we guessed 11 points too high."),
        (seen("82", "20", "99"), {}, "Our middle guess was 82 %; the figure is 84 %: we were close."),
        (seen("84", "20", "99"), {}, "Our middle guess was 84 %, the published figure."),
        (
            seen("84", "20", "99"),
            {"qualifier": "about"},
            "Our middle guess was 84 %; the figure is about 84 %: we were close.",
        ),
        (seen("42×55"), {}, "All 42 of us guessed 55 %; the figure is 84 %: we guessed 29 points too low."),
        (seen("42×84"), {}, "All 42 of us guessed 84 %, the published figure."),
        (seen("42×85", not_sure=1), {}, "All 42 who guessed said 85 %; the figure is 84 %: we were close."),
        (seen("55"), {}, "The only guess was 55 %; the figure is 84 %: 29 points too low."),
        (seen("84"), {}, "The only guess was 84 %, the published figure."),
        (seen("85"), {}, "The only guess was 85 %; the figure is 84 %: close."),
        (seen(), {}, "Nobody voted. The figure is 84 %."),
        (seen(not_sure=4), {}, "All 4 of us were not sure. The figure is 84 %."),
        (seen("2×10", "2×95"), {}, "Half of our guesses were 10 % or less, half 95 % or more; the figure is 84 %."),
        (seen("2×10", "2×84"), {}, "Half of our guesses were 10 % or less, half 84 % or more; the figure is 84 %."),
        (seen("2×10", "2×60"), {}, "Our middle guess was 35 %; the figure is 84 %: we guessed 49 points too low."),
        (
            seen("70", "20", "90"),
            {"lower": Decimal(70), "upper": Decimal(95)},
            "Our middle guess was 70 %; the figure is 84 %: within its published range.",
        ),
        (
            seen("95", "20", "99"),
            {"qualifier": "over"},
            "Our middle guess was 95 %; the figure is over 84 %: ours is over it too.",
        ),
        (
            seen("95", "20", "99"),
            {"qualifier": "at_least"},
            "Our middle guess was 95 %; the figure is at least 84 %: ours is at least that too.",
        ),
        (
            seen("55", "20", "99"),
            {"qualifier": "under"},
            "Our middle guess was 55 %; the figure is under 84 %: ours is under it too.",
        ),
        (
            seen("55", "20", "99"),
            {"qualifier": "over"},
            "Our middle guess was 55 %; the figure is over 84 %: we guessed over 29 points too low.",
        ),
        (
            seen("95", "20", "99"),
            {"qualifier": "under"},
            "Our middle guess was 95 %; the figure is under 84 %: we guessed over 11 points too high.",
        ),
        (
            seen("55", "20", "99"),
            {"qualifier": "at_least"},
            "Our middle guess was 55 %; the figure is at least 84 %: we guessed at least 29 points too low.",
        ),
        (
            seen("55", "20", "99"),
            {"qualifier": "about"},
            "Our middle guess was 55 %; the figure is about 84 %: we guessed about 29 points too low.",
        ),
    ],
)
def test_gap_in_points_survives_being_checked(guesses: Guesses, published: dict[str, object], sentence: str) -> None:
    assert number_sentences.gap(numeric(), guesses, figure(**published), None) == sentence


@pytest.mark.parametrize(
    ("unit", "guess", "published", "sentence"),
    [
        (
            *("people", "50000", figure("75000", "people", qualifier="about")),
            "Our middle guess was 50,000 people; the figure is about 75,000: we guessed about 25,000 too low.",
        ),
        (
            *("people", "20000", figure("75000", "people")),
            "Our middle guess was 20,000 people; the figure is 75,000: about 3.8 times our guess.",
        ),
        (
            *("people", "25000", figure("75000", "people")),
            "Our middle guess was 25,000 people; the figure is 75,000: 3 times our guess.",
        ),
        (
            *("people", "20000", figure("75900", "people", qualifier="over")),
            "Our middle guess was 20,000 people; the figure is over 75,900: over 3.7 times our guess.",
        ),
        (
            *("people", "900000", figure("75000", "people", qualifier="at_least")),
            "Our middle guess was 900,000 people; the figure is at least 75,000: ours is at least that too.",
        ),
        (
            *("people", "900000", figure("75000", "people")),
            "Our middle guess was 900,000 people; the figure is 75,000: our guess was 12 times that.",
        ),
        (
            *("people", "0", figure("75000", "people")),
            "Our middle guess was 0 people; the figure is 75,000: we guessed 75,000 too low.",
        ),
        (
            *("three-day food supplies", "90500", figure("133726", "three-day food supplies")),
            "Our middle guess was 90,500 three-day food supplies; the figure is 134,000: we guessed 43,500 too low.",
        ),
        (
            *("£", "55", figure("42.50", "£", decimals=2)),
            "Our middle guess was £55; the figure is £42.50: we guessed £12.50 too high.",
        ),
        (
            *("£", "30.5", figure("42.50", "£", decimals=2)),
            "Our middle guess was £30.50; the figure is £42.50: we guessed £12 too low.",
        ),
        (
            *("£bn", "60", figure("74.2", "£bn")),
            "Our middle guess was £60bn; the figure is £74.2bn: we guessed £14.2bn too low.",
        ),
        (
            *("%", "20", figure("0.7")),
            "Our middle guess was 20 %; the figure is 0.7 %: we guessed 19.3 points too high.",
        ),
        (*("£", "55", figure("42.5")), "Our middle guess was £55; the figure is 43 %."),
        (*("", "55", figure("84")), "Our middle guess was 55 %; the figure is 84 %: we guessed 29 points too low."),
    ],
)
def test_gap_is_told_in_the_figures_own_unit(unit: str, guess: str, published: Statistic, sentence: str) -> None:
    assert number_sentences.gap(numeric(unit), seen(guess, "-1", "999999"), published, None) == sentence


def test_gap_gives_every_digit_where_rounding_would_turn_it_round() -> None:
    published = figure("84.3")
    close = number_sentences.gap(numeric(tolerance="0"), seen("84.2", "1", "99"), published, None)
    assert close == "Our middle guess was 84.2 %; the figure is 84.3 %: we guessed 0.1 points too low."
    assert number_sentences.distance(numeric(tolerance="0"), seen("84"), published) == "0.3 points too low"
    assert number_sentences.distance(numeric(tolerance="0"), seen("85"), figure("84")) == "1 point too high"


def test_distance_is_that_of_the_two_numbers_shown_to_the_last_digit() -> None:
    assert number_sentences.distance(numeric(), seen("49000"), figure("0.1")) == "48,999.9 points too high"
    assert number_sentences.distance(numeric("£"), seen("-20000"), figure("42.5", "£")) == "£20,042.50 too low"
    assert number_sentences.distance(numeric(), seen("84"), figure("84")) == ""


def test_gap_sets_a_local_figure_beside_the_national_one() -> None:
    local = figure("90", place="Fife")
    assert number_sentences.gap(numeric(), seen("55"), figure(), local) == (
        "The only guess was 55 %; the figure is 84 %: 29 points too low. Fife: 90 %, higher than Scotland (84 %)."
    )
    assert (
        number_sentences.gap(numeric(), seen("89"), None, local)
        == "The only guess was 89 %; the figure is 90 %: close."
    )
    assert number_sentences.gap(numeric(), seen("89"), None, None) == "The only guess was 89 %."


NUMBER = r"(-?[\d,.]+)"
TOLD = re.compile(
    rf"guess(?:ed| was) {NUMBER} %; the figure is {NUMBER} %: (?:we guessed )?{NUMBER} points? too (\w+)\."
)


@ANY_ROOM
@given(guessed(), st.decimals(-20, 120, places=1), st.integers(0, 30))
def test_gap_of_any_room_adds_up(values: list[Decimal], value: Decimal, allowed: int) -> None:
    guesses, published = counted(values), figure(str(value))
    sentence = number_sentences.gap(numeric(tolerance=str(allowed)), guesses, published, None)
    told = TOLD.search(sentence)
    off = (guesses.median or 0) - value
    assert told is None or abs(off) > allowed
    if told:
        guess, shown, apart = (Decimal(number.replace(",", "")) for number in told.groups()[:3])
        assert (abs(guess - shown), told[4]) == (apart, "high" if off > 0 else "low")
    elif values and "Half of our" not in sentence:
        assert abs(off) <= allowed
    assert "most of us" not in sentence.lower()


@ANY_ROOM
@given(guessed(), st.decimals(1, 10_000, places=0), st.sampled_from(["over", "at_least", "under"]))
def test_gap_never_says_that_an_open_figure_was_passed(values: list[Decimal], value: Decimal, qualifier: str) -> None:
    guesses, published = counted(values), figure(str(value), "people", qualifier=qualifier)
    sentence = number_sentences.gap(numeric("people"), guesses, published, None)
    wrong = ("too low", "times our guess") if qualifier == "under" else ("too high", "times that")
    assert [words for words in wrong if words in sentence] == []


@pytest.mark.parametrize(
    ("guesses", "sentence"),
    [
        (seen("4×80", "38×20"), "4 of 42 were within 5 points."),
        (seen("89", "41×20"), "1 of 42 was within 5 points."),
        (seen("42×20"), "None of the 42 guesses was within 5 points."),
        (seen("42×85"), "All 42 guesses were within 5 points."),
        (seen("85"), "The only guess was within 5 points."),
        (seen("10"), "The only guess was not within 5 points."),
        (seen(not_sure=3), ""),
    ],
)
def test_near_counts_who_came_close(guesses: Guesses, sentence: str) -> None:
    assert number_sentences.near(numeric(), guesses, figure()) == sentence


def test_near_names_the_tolerance_in_the_figures_unit() -> None:
    people, pounds = figure("75000", "people"), figure("42.5", "£")
    assert number_sentences.near(numeric("people"), seen("70000", "1"), people) == "1 of 2 was within 7,500."
    assert number_sentences.near(numeric("£", "12.5"), seen("50", "1"), pounds) == "1 of 2 was within £12.50."
    assert number_sentences.near(numeric("£"), seen("50"), people) == ""


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (seen("55", "55"), seen("80", "80"), "Our middle guess went from 55 % to 80 % (the figure is 84 %)."),
        (seen("55", "55"), seen("55", "55"), "Our middle guess stayed at 55 % (the figure is 84 %)."),
        (
            seen("42×55"),
            seen("40×80"),
            "Our middle guess went from 55 % (42 people) to 80 % (40 people); the figure is 84 %.",
        ),
        (seen("42×55"), seen("40×55"), "Our middle guess stayed at 55 % (42 people, then 40); the figure is 84 %."),
        (seen(), seen("55"), ""),
        (seen("55"), seen(not_sure=3), ""),
    ],
)
def test_compared_tells_two_votes_by_their_middle(before: Guesses, after: Guesses, sentence: str) -> None:
    assert number_sentences.compared(numeric(), before, after, figure()) == sentence


def test_compared_keeps_the_figure_back_until_it_is_shown() -> None:
    moved = number_sentences.compared(numeric("people"), seen("5000"), seen("8000"), None)
    assert moved == "Our middle guess went from 5,000 to 8,000 people."


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        *(
            ("%", "54.5", "54.5 %"),
            ("%", "55.00", "55 %"),
            ("£", "12.5", "£12.50"),
            ("people", "5E+4", "50,000 people"),
        ),
        *(("", "33.333333", "33.33"), ("%", "0.0004", "0.0004 %"), ("people", "87500.5", "87,501 people")),
        *(
            ("%", "0", "0 %"),
            ("%", "-0.5", "-0.5 %"),
            ("£bn", "74.25", "£74.25bn"),
            ("people", "9999.5", "9,999.5 people"),
        ),
    ],
)
def test_guess_text_has_no_needless_digits(unit: str, value: str, text: str) -> None:
    assert number_sentences.guess_text(unit, Decimal(value)) == text


def test_fact_is_the_figure_alone() -> None:
    assert number_sentences.fact(figure(denominator="doubts")) == "84 in every 100 doubts led to a sanction."


def test_turnout_and_not_sure_serve_guesses_too() -> None:
    guesses = seen("38×50", not_sure=2, base=42)
    assert turnout(guesses, organisers_vote=False) == (
        "n = 38: 40 of 42 in the room voted; organisers did not vote. 2 were not sure."
    )
    assert not_sure(guesses) == "2 were not sure."
