"""Themes made, named, merged and taken away, and things put under them; every press can be undone."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session, select

from eventkit.codebook import rules, saying, undoing
from eventkit.codebook.models import Annotation, Change, Kind, Theme
from eventkit.codebook.plan import rows, store
from eventkit.events.models import Event
from eventkit.sheet import Plan
from tests.codebook.books import EVENT, codebook
from tests.hall import outcome

NOTE = Kind.WALL_NOTE


@pytest.fixture
def session() -> Iterator[Session]:
    """A codebook of two themes."""
    with codebook() as session:
        yield session


def labels(session: Session) -> list[str]:
    return [theme.label for theme in rules.themes(session, EVENT)]


def put(session: Session, items: str, theme_id: str, batch: str) -> str:
    return saying.done(rules.move(session, EVENT, NOTE, list(items), theme_id, batch))


def standing(session: Session) -> dict[str, str]:
    return dict(rules.grouped(session, EVENT, NOTE, "abcdef"))


def undo(session: Session, batch: str) -> str:
    return saying.undone(undoing.undo(session, EVENT, batch))


def test_notes_stand_under_the_theme_that_they_were_moved_to(session: Session) -> None:
    assert put(session, "abc", "referrals", "1") == "3 notes moved to “Referrals”."
    assert put(session, "b", "", "2") == "1 note is under no theme."
    assert standing(session) == {"a": "referrals", "c": "referrals"}


def test_two_people_who_move_different_notes_lose_nothing(session: Session) -> None:
    put(session, "ab", "referrals", "first")
    put(session, "cd", "who", "second")
    assert undo(session, "first") == "2 notes were put back."
    assert standing(session) == {"c": "who", "d": "who"}


def test_of_two_moves_of_one_note_the_later_stands_also_when_the_earlier_is_undone(session: Session) -> None:
    put(session, "abc", "referrals", "first")
    put(session, "b", "who", "second")
    assert undo(session, "first") == "2 of 3 notes were put back; one has been moved since."
    assert standing(session) == {"b": "who"}
    assert undo(session, "second") == "1 note was put back."
    assert standing(session) == {}


def test_undone_twice_is_said(session: Session) -> None:
    put(session, "a", "who", "first")
    undo(session, "first")
    assert outcome(lambda: undo(session, "first")) == "This has been undone already. Nothing was changed."


def test_moving_a_note_to_where_it_is_changes_nothing(session: Session) -> None:
    put(session, "a", "who", "first")
    assert put(session, "a", "who", "second") == "Nothing had to be moved to “Who”."
    assert undoing.batches(session, EVENT) == ["first"]


def test_theme_of_the_same_name_in_another_case_is_the_same_theme(session: Session) -> None:
    assert rules.add(session, EVENT, "  REFERRALS ", "1").theme_id == "referrals"
    assert rules.add(session, EVENT, "Überweisung & Geld", "2").theme_id == "uberweisung_geld"
    assert rules.add(session, EVENT, "支持", "3").theme_id == "theme"
    assert rules.add(session, EVENT, "Who?", "4").theme_id == "who_2"
    assert labels(session) == ["Referrals", "Who", "Überweisung & Geld", "支持", "Who?"]


@pytest.mark.parametrize(
    ("label", "sentence"),
    [
        (" \n", "A theme needs a name. Nothing was changed."),
        ("x" * 61, "This name has 61 characters; 60 fit. Nothing was changed; shorten it."),
    ],
)
def test_name_that_cannot_be_is_refused(session: Session, label: str, sentence: str) -> None:
    assert outcome(lambda: rules.add(session, EVENT, label, "1")) == sentence
    assert outcome(lambda: rules.rename(session, EVENT, "who", label, "1")) == sentence


def test_part_of_a_theme_becomes_a_new_one_and_both_are_undone_together(session: Session) -> None:
    put(session, "abcd", "who", "first")
    split = rules.move_to_new(session, EVENT, NOTE, ["a", "b"], "Partners", "second")
    assert saying.done(split) == "2 notes moved to the new theme “Partners”."
    assert standing(session) == {"a": "partners", "b": "partners", "c": "who", "d": "who"}
    assert undo(session, "second") == "The new theme “Partners” is gone again. 2 notes were put back."
    assert standing(session) == dict.fromkeys("abcd", "who")
    assert labels(session) == ["Referrals", "Who"]


def test_new_theme_that_others_use_stays_when_it_is_undone(session: Session) -> None:
    rules.move_to_new(session, EVENT, NOTE, ["a"], "Partners", "first")
    put(session, "b", "partners", "second")
    said = "The theme “Partners” stays, because it has been used since. 1 note was put back."
    assert undo(session, "first") == said
    assert standing(session) == {"b": "partners"}
    undo(session, "second")
    assert undo(session, "first") == "The new theme “Partners” is gone again."


def test_renamed_theme_gets_its_name_back(session: Session) -> None:
    renamed = rules.rename(session, EVENT, "who", "Partners", "first")
    assert saying.done(renamed) == "“Who” is called “Partners” now."
    rules.rename(session, EVENT, "who", "Everybody", "second")
    assert undo(session, "first") == "It has been renamed since, and keeps that name."
    assert undo(session, "second") == "“Who” has its name back."
    assert labels(session) == ["Referrals", "Who"]


def test_name_of_another_theme_is_refused(session: Session) -> None:
    sentence = "“Referrals” is a theme already. Merge the two instead."
    assert outcome(lambda: rules.rename(session, EVENT, "who", "referrals", "1")) == sentence
    rules.remove(session, EVENT, "referrals", "1")
    rules.rename(session, EVENT, "who", "Referrals", "2")
    sentence = "Another theme is called “Referrals” by now. Give it another name, then undo this."
    assert outcome(lambda: undo(session, "1")) == sentence


def test_merged_theme_goes_with_all_that_stood_under_it_and_comes_back(session: Session) -> None:
    put(session, "ab", "who", "first")
    put(session, "c", "referrals", "second")
    assert saying.done(rules.merge(session, EVENT, "who", "referrals", "third")) == "“Who” is part of “Referrals” now."
    assert (standing(session), labels(session)) == (dict.fromkeys("abc", "referrals"), ["Referrals"])
    assert undo(session, "third") == "“Who” is a theme again. 2 notes were put back."
    assert standing(session) == {"a": "who", "b": "who", "c": "referrals"}


def test_move_to_a_theme_that_was_merged_meanwhile_arrives_where_that_went(session: Session) -> None:
    rules.merge(session, EVENT, "who", "referrals", "first")
    assert put(session, "a", "who", "second") == "1 note moved to “Referrals”."
    rules.remove(session, EVENT, "referrals", "third")
    sentence = "This theme has been taken away meanwhile. Nothing was changed; choose another one."
    assert outcome(lambda: put(session, "b", "who", "fourth")) == sentence


def test_note_that_goes_back_to_a_merged_theme_stands_with_its_others(session: Session) -> None:
    put(session, "a", "who", "first")
    put(session, "a", "", "second")
    rules.merge(session, EVENT, "who", "referrals", "third")
    undo(session, "second")
    assert standing(session) == {"a": "referrals"}
    assert undo(session, "third") == "“Who” is a theme again. 1 note was put back."
    assert standing(session) == {"a": "who"}


def test_removed_theme_leaves_its_notes_under_none_and_comes_back(session: Session) -> None:
    put(session, "ab", "who", "first")
    removed = saying.done(rules.remove(session, EVENT, "who", "second"))
    assert removed == "“Who” is no theme any more; its notes are under none."
    put(session, "b", "referrals", "third")
    said = "“Who” is a theme again. 1 of 2 notes were put back; one has been moved since."
    assert undo(session, "second") == said
    assert standing(session) == {"a": "who", "b": "referrals"}


def test_name_of_a_theme_that_was_taken_away_brings_it_back(session: Session) -> None:
    rules.remove(session, EVENT, "who", "first")
    assert rules.add(session, EVENT, "who", "second").theme_id == "who"
    assert undo(session, "first") == "“Who” is a theme again."
    assert labels(session) == ["Referrals", "Who"]


def test_theme_cannot_become_part_of_itself(session: Session) -> None:
    sentence = "Choose two themes: one cannot be merged with itself."
    assert outcome(lambda: rules.merge(session, EVENT, "who", "who", "1")) == sentence


def test_more_themes_than_fit_are_refused(session: Session) -> None:
    for number in range(98):
        rules.add(session, EVENT, f"Theme {number}", f"batch {number}")
    sentence = "There are 100 themes, and no more fit. Merge two of them first."
    assert outcome(lambda: rules.add(session, EVENT, "One more", "1")) == sentence


def test_latest_presses_are_told_the_newest_first(session: Session) -> None:
    put(session, "ab", "who", "first")
    rules.move_to_new(session, EVENT, NOTE, ["a"], "Partners", "second")
    rules.merge(session, EVENT, "who", "referrals", "third")
    assert [saying.done(step) for step in undoing.history(session, EVENT, 2)] == [
        "“Who” is part of “Referrals” now.",
        "1 note moved to the new theme “Partners”.",
    ]


def test_nothing_of_a_note_that_is_deleted_stays(session: Session) -> None:
    put(session, "ab", "who", "first")
    rules.drop(session, EVENT, NOTE, ["a"])
    assert [row.item_id for row in session.exec(select(Annotation))] == ["b"]
    assert [row.item_id for row in session.exec(select(Change))] == ["b"]


def test_after_a_rehearsal_the_codebook_is_as_it_was_prepared(session: Session) -> None:
    before = [theme.model_dump() for theme in rules.themes(session, EVENT)]
    rules.move_to_new(session, EVENT, NOTE, ["a", "b"], "Partners", "1")
    rules.rename(session, EVENT, "who", "Everybody", "2")
    rules.rename(session, EVENT, "partners", "Who", "3")
    rules.merge(session, EVENT, "referrals", "partners", "4")
    rules.forget(session, EVENT)
    assert [theme.model_dump() for theme in rules.themes(session, EVENT)] == before
    assert [session.exec(select(table)).all() for table in (Annotation, Change)] == [[], []]
    assert len(session.exec(select(Theme)).all()) == 3


def test_plan_has_new_themes_and_none_that_are_gone(session: Session) -> None:
    event = session.get_one(Event, EVENT)
    rules.add(session, EVENT, "Partners", "1")
    rules.remove(session, EVENT, "who", "2")
    assert [row.text("theme_id") for row in rows(session, event)["themes"]] == ["referrals", "partners"]


def test_theme_that_a_plan_leaves_out_can_be_brought_back_with_its_notes(session: Session) -> None:
    event = session.get_one(Event, EVENT)
    put(session, "ab", "who", "first")
    rules.add(session, EVENT, "Partners", "second")
    plan = Plan({"themes": tuple(row for row in rows(session, event)["themes"] if row.text("theme_id") != "who")})
    store(session, event, plan)
    assert (standing(session), labels(session)) == ({}, ["Referrals", "Partners"])
    newest = undoing.batches(session, EVENT, 1)[0]
    assert undo(session, newest) == "“Who” is a theme again. 2 notes were put back."


def test_unused_theme_that_a_plan_leaves_out_leaves_no_trace(session: Session) -> None:
    event = session.get_one(Event, EVENT)
    plan = Plan({"themes": tuple(row for row in rows(session, event)["themes"] if row.text("theme_id") != "who")})
    store(session, event, plan)
    mine = session.exec(select(Theme).where(Theme.event_id == EVENT))
    assert ([theme.theme_id for theme in mine], undoing.batches(session, EVENT)) == (["referrals"], [])


def test_theme_that_is_gone_comes_back_by_a_plan_that_has_it(session: Session) -> None:
    event = session.get_one(Event, EVENT)
    plan = Plan(dict(rows(session, event)))
    rules.merge(session, EVENT, "who", "referrals", "first")
    store(session, event, plan)
    assert labels(session) == ["Referrals", "Who"]
