"""Queries about figures: only about what the room was shown, and nothing that says who asked, or in which order."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventkit.evidence import budget as budgets
from eventkit.evidence import rules
from eventkit.evidence.budget import Budget
from tests.fife import FIFE, STRANGER
from tests.hall import Hall, outcome


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    yield made
    made.close()


def stored(hall: Hall) -> list[str]:
    return [query.text for query, _figure in hall.ask(rules.queries, FIFE)]


def test_a_figure_that_waits_and_one_that_is_none_are_refused_in_the_same_words(hall: Hall) -> None:
    waits = outcome(lambda: hall.do(rules.ask, FIFE, "jobs", "Why?"))
    none = outcome(lambda: hall.do(rules.ask, FIFE, "nothing", "Why?"))
    assert (waits, stored(hall)) == ("There is nothing at this address.", [])
    assert none == waits


def test_being_shown_in_one_event_says_nothing_of_another(hall: Hall) -> None:
    hall.do(rules.show, STRANGER, "jobs")
    assert outcome(lambda: hall.ask(rules.shown, FIFE, "jobs")) == "There is nothing at this address."


def test_a_query_is_kept_with_its_figure(hall: Hall) -> None:
    hall.do(rules.show, FIFE, "jobs")
    hall.do(rules.show, FIFE, "jobs")
    hall.do(rules.ask, FIFE, "jobs", "  Whose jobs?\nAnd when? ")
    assert [(query.text, figure and figure.measure) for query, figure in hall.ask(rules.queries, FIFE)] == [
        ("Whose jobs?\nAnd when?", "Found a job")
    ]
    assert hall.ask(rules.queries, STRANGER) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" \n ", "Write what the organisers should look at, then send it."),
        ("x" * 281, "That is 281 characters; 280 fit. Nothing was sent: shorten it and send it again."),
    ],
)
def test_a_query_that_says_nothing_or_too_much_is_refused(hall: Hall, text: str, sentence: str) -> None:
    hall.do(rules.show, FIFE, "jobs")
    assert outcome(lambda: hall.do(rules.ask, FIFE, "jobs", text)) == sentence
    hall.do(rules.ask, FIFE, "jobs", "x" * 280)
    assert stored(hall) == ["x" * 280]


def test_a_desk_that_is_full_takes_no_more(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_QUERIES", 2)
    hall.do(rules.show, FIFE, "jobs")
    for text in ("one", "two"):
        hall.do(rules.ask, FIFE, "jobs", text)
    assert outcome(lambda: hall.do(rules.ask, FIFE, "jobs", "three")).startswith("The organisers have more queries")
    assert sorted(stored(hall)) == ["one", "two"]


def test_no_column_and_no_order_says_who_asked_or_when(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = iter(("c" * 32, "a" * 32, "b" * 32))
    monkeypatch.setattr(rules, "new_token", lambda: next(ids))
    hall.do(rules.show, FIFE, "jobs")
    for text in ("first", "second", "third"):
        hall.do(rules.ask, FIFE, "jobs", text)
    with hall.database.reading() as session:
        connection = session.connection()
        columns = [row[1] for row in connection.exec_driver_sql("PRAGMA table_info('query')")]
        kept = [row[0] for row in connection.exec_driver_sql("SELECT text FROM query")]
        changed = connection.exec_driver_sql("SELECT changed_at FROM event WHERE id = 1").scalar()
    assert columns == ["query_id", "event_id", "statistic_id", "text"]
    assert (kept, stored(hall), changed) == (["second", "third", "first"], ["second", "third", "first"], None)


def test_one_pass_has_a_few_queries_and_another_has_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets, "MOST_EACH", 2)
    budget = Budget()
    budget.spend(b"one")
    budget.spend(b"one")
    assert outcome(lambda: budget.spend(b"one")).startswith("This phone has sent 2 queries.")
    budget.spend(b"two")
    budget.give_back(b"one")
    budget.spend(b"one")
