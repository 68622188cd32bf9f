"""What the event card claims: what is proven, and no more."""

from dataclasses import replace

import pytest

from eventkit.tables import words
from eventkit.tables.bounds import bounds
from eventkit.tables.room import Person, Room, Table
from eventkit.tables.scoring import Measures, Report, score
from eventkit.tables.seating import Progress

FORTY_TWO = Room([Person(f"q{n}") for n in range(42)], [Table(f"t{n}", 10, 11) for n in range(4)], 3)
ROOM = Room(
    [
        Person(name, {"organisation": where})
        for name, where in zip("abcd", ("Council", "Council", "NHS", "NHS"), strict=True)
    ],
    [Table("t1", 2, 2), Table("t2", 2, 2)],
)
FAIR = {1: {"a": "t1", "b": "t2", "c": "t1", "d": "t2"}}
UNFAIR = {1: {"a": "t1", "b": "t1", "c": "t2", "d": "t2"}}


def card(room: Room, total: Measures, least: Measures) -> dict[str, str]:
    """The event card of a seating with these measures."""
    return {line.heading: line.sentence for line in words.event_card(room, Report({}, total), Report({}, least))}


def test_bound_that_is_met_is_said_as_unavoidable() -> None:
    least = bounds(FORTY_TWO).total
    assert card(FORTY_TWO, replace(least, repeats=108), least) == {
        "No rule is broken": "Everybody has a seat, and every rule is kept.",
        "Nobody sits with the same person three times": "108 repeat meetings are unavoidable with 42 people at 4 "
        "tables over 3 rounds; this plan has 108.",
    }


def test_bound_that_is_missed_is_only_a_bound() -> None:
    least = bounds(FORTY_TWO).total
    line = words.event_card(FORTY_TWO, Report({}, replace(least, overlap=110)), Report({}, least))[-1]
    assert line.sentence == (
        "At least 108 repeat meetings are unavoidable with 42 people at 4 tables over 3 rounds; this plan has 110."
    )
    assert not line.best


def test_bound_of_nothing_proves_nothing() -> None:
    told = card(FORTY_TWO, Measures(overlap=9), Measures())
    assert told["Nobody sits with the same person three times"] == (
        "There are 9 repeat meetings. Whether fewer are possible is not proven."
    )


def test_third_meeting_is_named() -> None:
    told = card(FORTY_TWO, Measures(overlap=109, thirds=2), Measures(overlap=108))
    assert "2 pairs sit together three times or more" in told


def test_two_rounds_know_no_third_meeting() -> None:
    two = replace(FORTY_TWO, rounds=2)
    assert "As few repeat meetings as there can be" in card(two, Measures(overlap=36), Measures(overlap=36))
    assert "Repeat meetings" in card(two, Measures(overlap=40), Measures(overlap=36))
    assert card(two, Measures(), Measures())["As few repeat meetings as there can be"] == (
        "Everybody meets new people in every round."
    )


def test_attribute_that_is_fair_is_best_possible() -> None:
    lines = words.event_card(ROOM, score(ROOM, FAIR), bounds(ROOM))
    assert [(line.heading, line.best) for line in lines] == [
        ("No rule is broken", True),
        ("Organisation: best possible", True),
    ]
    assert lines[1].sentence == "No two people at a table have the same organisation."


def test_attribute_that_is_not_says_by_how_much() -> None:
    line = words.event_card(ROOM, score(ROOM, UNFAIR), bounds(ROOM))[1]
    assert (line.heading, line.best) == ("Organisation: 4 off the fair spread", False)
    assert line.sentence == "2 pairs at a table have the same organisation."


def test_pairs_at_their_bound_cannot_be_fewer() -> None:
    pairs = {"organisation": 51}
    told = card(ROOM, Measures(balance={"organisation": 0}, pairs=pairs), Measures(pairs=pairs))
    assert told["Organisation: best possible"] == (
        "51 pairs at a table have the same organisation. Fewer are impossible."
    )


def test_spread_that_rules_forbid_is_still_the_best() -> None:
    off = {"organisation": 2}
    found = Measures(balance=off, pairs={"organisation": 3})
    told = card(ROOM, found, Measures(balance=off, pairs={"organisation": 1}))
    assert told["Organisation: best possible"] == (
        "2 off the fair spread. At least 2 are unavoidable. 3 pairs at a table have the same organisation. "
        "At least 1 is unavoidable."
    )


def test_broken_rules_come_first() -> None:
    lines = words.event_card(FORTY_TWO, Report({}, Measures(broken=1, overlap=108)), bounds(FORTY_TWO))
    assert (lines[0].heading, lines[0].best) == ("1 rule is broken", False)


@pytest.mark.parametrize(
    ("clashes", "least", "heading", "best"),
    [
        (0, 0, "Nobody meets a story that they know", True),
        (4, 4, "Some meet a story that they know", True),
        (4, 1, "Some meet a story that they know", False),
    ],
)
def test_clashes_are_told_where_vignettes_are_known(clashes: int, least: int, heading: str, *, best: bool) -> None:
    room = Room([Person("a", knows=frozenset({"v1"}))], [Table("t1", 1, 1, vignettes=frozenset({"v1"}))])
    line = words.event_card(room, Report({}, Measures(clashes=clashes)), Report({}, Measures(clashes=least)))[1]
    assert (line.heading, line.best) == (heading, best)


def test_progress_says_what_is_kept_and_what_is_left() -> None:
    assert words.so_far(Progress(0.5, 0, 1, 3, 2)) == (
        "Every rule is kept. 1 time somebody sits where a story is discussed that they know. "
        "3 off the fair spread. There are 2 repeat meetings."
    )
    assert words.so_far(Progress(1, 0, 0, 0, 0)) == "Every rule is kept. As fairly spread as can be."
    assert words.so_far(Progress(0, 2, 0, 0, 0)) == "2 rules are still broken."


def test_ranges_and_chairs() -> None:
    assert [words.fair_range(2, 3), words.fair_range(2, 2)] == ["2–3", "2"]
    assert [words.chairs(Table("t", 8, 11)), words.chairs(Table("t", 0, 11)), words.chairs(Table("t", 1, 1))] == [
        "for 8 to 11 people",
        "11 chairs",
        "1 chair",
    ]


def test_several_names_are_cut_short() -> None:
    assert [words.several(list(names)) for names in ("", "A", "AB", "ABCDEF", "ABCDEFG")] == [
        "",
        "A",
        "A and B",
        "A, B, C, D, E and F",
        "A, B, C, D, E and 2 more",
    ]
