"""Every sentence about a room's answer, for every way that a room can answer."""

from decimal import Decimal

import pytest

from eventkit.evidence.models import Statistic
from eventkit.voting import sentences
from eventkit.voting.models import Format, Option, Poll
from eventkit.voting.perception import Perception, perceive

CHOICE = Poll(event_id=1, position=1, poll_id="p3", format=Format.CHOICE, question="What share?")
MYTH = Poll(event_id=1, position=2, poll_id="p2", format=Format.MYTH, question="Most doubts come to nothing.")
LONG = "Because there was no money in the house"


def figure(value: str = "0.7", place: str = "Great Britain", **changed: object) -> Statistic:
    cells: dict[str, object] = {"measure": "Benefit spending claimed fraudulently", "unit": "%"}
    cells |= {"period_label": "2011/12", "publisher": "DWP", "dataset": "Fraud and error", "qualifier": "exact"}
    cells |= {"event_id": 1, "statistic_id": "s", "value": Decimal(value), "geography_name": place}
    return Statistic(**(cells | changed))


def doubts(place: str = "Scotland", value: str = "84", **changed: object) -> Statistic:
    return figure(value, place, **({"measure": "doubts led to a sanction", "denominator": "doubts"} | changed))


def choice(
    *votes: int, not_sure: int = 0, base: int = 0, texts: tuple[str, ...] = ("0.7 %", "7 %", "27 %")
) -> Perception:
    rows = [Option(poll_pk=1, option_id="ABC"[i], text=text, correct=i == 0) for i, text in enumerate(texts)]
    return perceive(rows, dict(zip("ABC", votes, strict=False)), base, not_sure)


def myth(true: int, false: int, *, is_true: bool = False, not_sure: int = 0) -> Perception:
    rows = [Option(poll_pk=1, option_id="A", text="True", correct=is_true)]
    rows.append(Option(poll_pk=1, option_id="B", text="False", correct=not is_true))
    return perceive(rows, {"A": true, "B": false}, 0, not_sure)


@pytest.mark.parametrize(
    ("seen", "sentence"),
    [
        (choice(6, 12, 24), "Most of us, 24 of 42, said 27 %."),
        (choice(6, 15, 21), "Half of us, 21 of 42, said 27 %."),
        (choice(12, 12, 18), "The largest group, 18 of 42, said 27 %."),
        (choice(0, 14, 14), "No single answer led: 7 % and 27 % had 14 of 28 each."),
        (choice(14, 14, 14), "No single answer led: 0.7 %, 7 % and 27 % had 14 of 42 each."),
        (choice(0, 0, 42), "All 42 of us said 27 %."),
        (choice(0, 0, 1), "The only one of us who voted said 27 %."),
        (choice(0, 0, 0), "Nobody voted."),
        (choice(0, 0, 0, not_sure=4), "All 4 of us were not sure."),
        (choice(0, 0, 0, not_sure=1), "The only one of us who voted was not sure."),
        (choice(600, 1200, 2400), "Most of us, 2,400 of 4,200, said 27 %."),
        (choice(5, 6, 13, not_sure=3), "The largest group, 13 of 24, said 27 %."),
        (choice(5, 6, 13, not_sure=2), "Half of us, 13 of 24, said 27 %."),
        (choice(5, 6, 13, not_sure=18), "The largest group of those who chose, 13 of 24, said 27 %."),
        (choice(1, 2, 4, texts=("a", "b", "Low income")), "Most of us, 4 of 7, said “Low income”."),
        (choice(1, 2, 4, texts=("a", "b", LONG)), "Most of us, 4 of 7, said C."),
    ],
)
def test_room_says_what_the_room_said(seen: Perception, sentence: str) -> None:
    assert sentences.room(CHOICE, seen) == sentence


@pytest.mark.parametrize(
    ("seen", "sentence"),
    [
        (choice(6, 12, 24), "6 of 42 chose the published answer, 0.7 %; most of us (24) said 27 %."),
        (choice(6, 15, 21), "6 of 42 chose the published answer, 0.7 %; half of us (21) said 27 %."),
        (choice(12, 12, 18), "12 of 42 chose the published answer, 0.7 %; the largest group (18) said 27 %."),
        (choice(0, 12, 24), "Nobody chose the published answer, 0.7 %; most of us (24) said 27 %."),
        (choice(42, 0, 0), "All 42 who chose an answer chose the published one, 0.7 %."),
        (choice(1, 0, 0), "The only one who chose an answer chose the published one, 0.7 %."),
        (choice(24, 12, 6), "24 of 42 chose the published answer, 0.7 %: most of us."),
        (choice(14, 14, 10), "14 of 38 chose the published answer, 0.7 %; as many said 7 %."),
        (choice(14, 14, 14), "14 of 42 chose the published answer, 0.7 %; as many each said 7 % and 27 %."),
        (choice(6, 18, 18), "6 of 42 chose the published answer, 0.7 %; 7 % and 27 % had 18 each."),
        (choice(0, 0, 0), "Nobody voted. The published answer is 0.7 %."),
        (choice(0, 0, 0, not_sure=4), "All 4 of us were not sure. The published answer is 0.7 %."),
    ],
)
def test_gap_of_a_choice_survives_being_checked(seen: Perception, sentence: str) -> None:
    assert sentences.gap(CHOICE, seen, figure(), None) == sentence


def test_gap_gives_the_figure_where_the_answer_is_only_words() -> None:
    seen = choice(15, 21, 6, texts=("Benefit delay", "Low income", "Sickness"))
    expected = "15 of 42 chose the published answer, “Benefit delay” (26 %); half of us (21) said “Low income”."
    assert sentences.gap(CHOICE, seen, figure("26"), None) == expected


@pytest.mark.parametrize(
    ("seen", "start"),
    [
        (myth(31, 11), "31 of 42 thought this was true. It is not:"),
        (myth(31, 11, is_true=True), "31 of 42 thought this was true. It is:"),
        (myth(21, 21), "Half of us, 21 of 42, thought this was true. It is not:"),
        (myth(42, 0), "All 42 who chose an answer thought this was true. It is not:"),
        (myth(0, 42), "None of the 42 who chose an answer thought this was true. It is not:"),
        (myth(1, 0), "The only one who chose an answer thought this was true. It is not:"),
        (myth(0, 0), "Nobody voted. The statement is not true:"),
        (myth(0, 0, not_sure=3, is_true=True), "All 3 of us were not sure. The statement is true:"),
    ],
)
def test_gap_of_a_myth_says_what_is_so(seen: Perception, start: str) -> None:
    assert sentences.gap(MYTH, seen, doubts(), None) == f"{start} 84 in every 100 doubts led to a sanction."


@pytest.mark.parametrize(
    ("local", "sentence"),
    [
        (doubts("Fife"), "Fife: 84 %, the same as Scotland."),
        (doubts("Fife", "84.3"), "Fife: 84 %, about the same as Scotland."),
        (doubts("Fife", "90"), "Fife: 90 %, higher than Scotland (84 %)."),
        (doubts("Fife", "70"), "Fife: 70 %, lower than Scotland (84 %)."),
        (doubts("Fife", "70", lower=Decimal(60), upper=Decimal(85)), "Fife: 70 %, about the same as Scotland."),
        (doubts("Fife", "70", qualifier="over"), "Fife: over 70 %; Scotland: 84 %."),
        (doubts("Fife", period_label="2015"), "Fife: 84 %; Scotland: 84 %; the two are not directly comparable."),
        (doubts("Fife", measure="x"), "Fife: 84 %; Scotland: 84 %; the two are not directly comparable."),
        (doubts("Fife", unit="people"), "Fife: 84; Scotland: 84 %; the two are not directly comparable."),
    ],
)
def test_gap_compares_a_local_figure_only_where_it_can(local: Statistic, sentence: str) -> None:
    national = sentences.gap(MYTH, myth(31, 11), doubts(), None)
    assert sentences.gap(MYTH, myth(31, 11), doubts(), local) == f"{national} {sentence}"


def test_gap_rests_on_the_local_figure_where_there_is_no_national_one() -> None:
    expected = "31 of 42 thought this was true. It is not: 84 in every 100 doubts led to a sanction."
    assert sentences.gap(MYTH, myth(31, 11), None, doubts("Fife")) == expected


def test_chance_says_fewer_only_where_the_exact_test_does() -> None:
    assert sentences.chance(choice(8, 10, 24)) == "8 of 42 is fewer than a random pick would give (about 14 of 42)."
    assert sentences.chance(choice(9, 9, 24)) == "A random pick would give about 14 of 42."
    assert sentences.chance(choice(0, 0, 0)) == ""


def test_turnout_always_prints_n_and_those_who_were_not_sure() -> None:
    assert sentences.turnout(choice(6, 12, 24, base=42), True) == (
        "n = 42: everyone in the room voted; organisers could vote too."
    )
    assert sentences.turnout(choice(6, 12, 20, not_sure=1, base=42), False) == (
        "n = 38: 39 of 42 in the room voted; organisers did not vote. 1 was not sure."
    )


def test_fact_is_the_correct_statement_alone() -> None:
    assert sentences.fact(MYTH, myth(31, 11), doubts()) == "84 in every 100 doubts led to a sanction."
    assert sentences.fact(CHOICE, choice(6, 12, 24), figure()) == (
        "The published answer is 0.7 %: 7 in every 1,000 (benefit spending claimed fraudulently)."
    )


@pytest.mark.parametrize(
    ("seen", "label"),
    [
        (choice(6, 12, 24), "Most of us"),
        (choice(6, 15, 21), "Half of us"),
        (choice(12, 12, 18), "Largest group"),
        (choice(6, 6, 6), ""),
        (choice(0, 0, 0), ""),
    ],
)
def test_group_label_is_empty_where_no_answer_led(seen: Perception, label: str) -> None:
    assert sentences.group_label(seen) == label


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (choice(12, 6, 24), choice(26, 6, 10), "The published answer went from 12 to 26 of 42."),
        (choice(12, 6, 24), choice(26, 6, 8), "The published answer went from 12 of 42 to 26 of 40."),
        (choice(12, 6, 24), choice(12, 6, 22), "The published answer went from 12 of 42 to 12 of 40."),
        (choice(26, 6, 10), choice(12, 6, 24), "The published answer went from 26 to 12 of 42."),
        (choice(12, 6, 24), choice(12, 24, 6), "The published answer stayed at 12 of 42."),
        (
            choice(0, 6, 36, not_sure=2),
            choice(1200, 24, 6),
            "The published answer went from 0 of 42 to 1,200 of 1,230.",
        ),
        (myth(31, 11), myth(20, 22), "The published answer went from 11 to 22 of 42."),
        (choice(0, 0, 0, not_sure=3), choice(12, 24, 6), ""),
        (choice(12, 24, 6), choice(0, 0, 0), ""),
    ],
)
def test_compared_tells_two_votes_by_their_totals(before: Perception, after: Perception, sentence: str) -> None:
    assert sentences.compared(before, after) == sentence
