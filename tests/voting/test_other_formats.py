"""Numbers and orders, from the box to the reveal, the workbook and the small picture of what comes next."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import Session

from eventkit.events.models import Event
from eventkit.voting import pages, rounds, sheets
from eventkit.voting.models import Phase, Round
from eventkit.voting.results import reveal_of
from tests.fife import FIFE
from tests.hall import Hall
from tests.voting.asking import ask_for_a_number, ask_for_an_order, rendered

GUESSES = ["20", "30", "30", "50", "90", "not_sure"]
ORDERS = ["CAB", "CAB", "ACB", "ACB", "ABC", "not_sure"]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    made.join(7)
    made.forward()
    yield made
    made.close()


def voted(hall: Hall, ask: Callable[[Hall], None], choices: list[str]) -> None:
    ask(hall)
    hall.forward()
    for number, choice in enumerate(choices):
        hall.vote(f"person {number}", choice)
    hall.forward(2)


def latest(session: Session) -> Round:
    return rounds.every(session, rounds.poll_of(session, FIFE, "p1"))[-1]


def sheet(hall: Hall, name: str) -> list[dict[str, object]]:
    def rows(session: Session) -> list[dict[str, object]]:
        found = {each.name: each for each in sheets.sheets(session, session.get_one(Event, FIFE))}
        return [dict(row) for row in found[name].rows]

    return hall.ask(rows)


def test_guesses_are_kept_as_votes_per_number(hall: Hall) -> None:
    voted(hall, ask_for_a_number, GUESSES)
    assert hall.ask(lambda session: rounds.counted(session, latest(session)).votes) == {
        ("20", 0): 1, ("30", 0): 2, ("50", 0): 1, ("90", 0): 1, ("not_sure", 0): 1,
    }  # fmt: skip
    rows = sheet(hall, "tallies")
    assert [(row["option_id"], row["option_text"], row["value"], row["votes"]) for row in rows] == [
        ("20", "20 %", Decimal(20), 1), ("30", "30 %", Decimal(30), 2), ("50", "50 %", Decimal(50), 1),
        ("90", "90 %", Decimal(90), 1), ("not_sure", "Not sure", "[z]", 1),
    ]  # fmt: skip


def test_gap_of_guesses_is_the_middle_one_minus_the_figure(hall: Hall) -> None:
    voted(hall, ask_for_a_number, GUESSES)
    (row,) = sheet(hall, "perception_gap")
    wanted = ("median", "lower_quartile", "upper_quartile", "gap_national", "direction", "n_votes", "n_not_sure")
    assert [row[name] for name in wanted] == [30, 30, 50, Decimal(-3), "close", 5, 1]
    assert (row["share_correct"], row["share_exact"], row["share_close"]) == ("[z]", "[z]", 0.4)
    assert row["sentence"] == "Our middle guess was 30 %; the figure is 33 %: we were close."


def test_orders_are_kept_as_votes_per_item_and_place_alone(hall: Hall) -> None:
    voted(hall, ask_for_an_order, ORDERS)
    counted = hall.ask(lambda session: rounds.counted(session, latest(session)))
    assert counted.votes == {
        ("A", 1): 3, ("A", 2): 2, ("B", 2): 1, ("B", 3): 4, ("C", 1): 2, ("C", 2): 2, ("C", 3): 1, ("not_sure", 0): 1,
    }  # fmt: skip
    assert (counted.exact, counted.turned) == (2, 4)
    (row,) = sheet(hall, "perception_gap")
    assert (row["share_exact"], row["kendall_distance"], row["median"]) == (0.4, 4 / 15, "[z]")
    rows = [(row["option_id"], row["rank"], row["votes"], row["is_correct"]) for row in sheet(hall, "tallies")]
    assert rows[:3] == [("A", 1, 3, False), ("A", 2, 2, True), ("A", 3, 0, False)]
    assert rows[-1] == ("not_sure", "[z]", 1, "[z]")


@pytest.mark.parametrize(("ask", "choices"), [(ask_for_a_number, GUESSES), (ask_for_an_order, ORDERS)])
def test_a_discarded_round_tells_nothing(hall: Hall, ask: Callable[[Hall], None], choices: list[str]) -> None:
    hall.do(lambda session: setattr(session.get_one(Event, FIFE), "min_votes", 50))
    ask(hall)
    hall.forward()
    for number, choice in enumerate(choices):
        hall.vote(f"person {number}", choice)
    hall.jump(3, confirmed=True)
    votes = [row["votes"] for row in sheet(hall, "tallies")]
    assert set(votes) == {"[c]"}
    (row,) = sheet(hall, "perception_gap")
    assert {row[name] for name in ("n_votes", "median", "share_exact", "sentence")} <= {"[c]", "[z]"}


@pytest.mark.parametrize(
    ("ask", "choices", "later"),
    [
        (ask_for_a_number, GUESSES, ("33\u00a0%", "Scotland", "office of this test")),
        (ask_for_an_order, ORDERS, ("74.2", "51.5", "United Kingdom")),
    ],
)
def test_a_reveal_holds_nothing_of_a_later_step(
    hall: Hall, ask: Callable[[Hall], None], choices: list[str], later: tuple[str, ...]
) -> None:
    voted(hall, ask, choices)

    def shown(session: Session, at: Phase) -> str:
        poll = rounds.poll_of(session, FIFE, "p1")
        values = reveal_of(session, poll, latest(session), at)
        return rendered("screen", values, poll) + rendered("phone", values, poll)

    before, after = (hall.ask(shown, at) for at in (Phase.PERCEPTION, Phase.NATIONAL))
    assert [word in before for word in later] == [False] * len(later)
    assert [word in after for word in later] == [True] * len(later)


def test_a_ranking_shows_its_order_at_once_and_has_no_local_step(hall: Hall) -> None:
    voted(hall, ask_for_an_order, ORDERS)
    hall.forward(2)
    assert hall.ask(latest).local_at is None
    assert hall.ask(latest).gap_at is not None


@pytest.mark.parametrize(("ask", "choices"), [(ask_for_a_number, GUESSES), (ask_for_an_order, ORDERS)])
def test_the_next_screen_never_holds_what_is_sealed(
    hall: Hall, ask: Callable[[Hall], None], choices: list[str]
) -> None:
    ask(hall)
    templates = []
    for presses in range(4):
        page = hall.ask(pages.ahead, hall.step())
        templates.append(page.template if page else None)
        if presses == 1:
            for number, choice in enumerate(choices):
                hall.vote(f"person {number}", choice)
        hall.forward()
    assert templates == [
        "voting/_screen_open.html",
        "voting/_screen_closed.html",
        "voting/_screen_sealed.html",
        "voting/_screen_reveal.html",
    ]
