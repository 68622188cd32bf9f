"""Whatever two people do and undo, in any order: it ends as a simple model of the day says."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from eventkit.codebook import rules, undoing
from eventkit.codebook.models import Annotation, Change, Kind, Theme
from tests.codebook.books import EVENT, codebook

NOTE, NOTES = Kind.WALL_NOTE, "abcd"
LABELS = ("Referrals", "Who", "Partners")
IDS = {"Referrals": "referrals", "Who": "who", "Partners": "partners"}


@dataclass
class Model:
    """The day as lists of what was done and not undone: (batch, note, theme), and (batch, verb, theme, into)."""

    moves: list[tuple[str, str, str]] = field(default_factory=list)
    themes: list[tuple[str, str, str, str]] = field(default_factory=list)
    live: set[str] = field(default_factory=lambda: {"Referrals", "Who"})

    def where(self, note: str) -> str:
        return next((theme for _batch, moved, theme in reversed(self.moves) if moved == note), "")

    def put(self, notes: str, theme: str, batch: str) -> None:
        self.moves += [(batch, note, theme) for note in dict.fromkeys(notes) if self.where(note) != theme]

    def end(self, verb: str, theme: str, into: str, batch: str) -> None:
        self.themes.append((batch, verb, theme, into))
        self.put("".join(note for note in NOTES if self.where(note) == theme), into, batch)
        self.live.discard(theme)

    def fate(self, theme: str) -> tuple[str, str]:
        ended = [(batch, into) for batch, verb, gone, into in self.themes if gone == theme and verb == "end"]
        return ended[-1] if ended else ("", "")

    def undo(self, batch: str) -> None:
        for step in [step for step in self.themes if step[:2] == (batch, "end")]:
            if not self._cancel(step):
                self.live.add(step[2])
        last = {note: move for move in self.moves for note in [move[1]]}
        mine = [move for move in self.moves if move[0] == batch]
        self.moves = [move for move in self.moves if move[0] != batch]
        for note in dict.fromkeys(move[1] for move in mine):
            if last[note][0] == batch:
                self._settle(note)
        for step in [step for step in self.themes if step[:2] == (batch, "add")]:
            used = any(step[2] == theme for _batch, _note, theme in self.moves)
            if not used and not any(step[2] == into for _batch, _verb, _theme, into in self.themes):
                self._cancel(step)
                self.live.discard(step[2])

    def _cancel(self, step: tuple[str, str, str, str]) -> bool:
        """Forgets what happened to a theme, and what happened to it next: that undid it already."""
        later = [other for other in self.themes[self.themes.index(step) + 1 :] if other[2] == step[2]]
        for other in [step, *later[:1]]:
            self.themes.remove(other)
        return bool(later)

    def _settle(self, note: str) -> None:
        while (theme := self.where(note)) and theme not in self.live:
            batch, into = self.fate(theme)
            self.moves.append((batch, note, into))


PRESS = st.one_of(
    st.tuples(st.just("move"), st.text(NOTES, min_size=1, max_size=4), st.sampled_from(["", *LABELS])),
    st.tuples(st.just("new"), st.text(NOTES, min_size=1, max_size=3), st.sampled_from(LABELS)),
    st.tuples(st.just("end"), st.sampled_from(LABELS), st.sampled_from(["", *LABELS])),
    st.tuples(st.just("undo"), st.integers(0, 8), st.just("")),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PRESS, max_size=14))
def test_any_moves_merges_and_undos_of_two_people_end_as_the_model_says(presses: list[tuple[str, Any, str]]) -> None:
    with codebook() as session:
        model = Model()
        for number, press in enumerate(presses):
            _press(session, model, press, f"person {number % 2}, press {number}")
            _agree(session, model)
        for _time in range(len(presses)):
            for batch in undoing.batches(session, EVENT):
                undoing.undo(session, EVENT, batch)
                model.undo(batch)
                _agree(session, model)
        assert (_standing(session), model.live) == ({}, {"Referrals", "Who"})
        assert undoing.batches(session, EVENT) == []


def _press(session: Session, model: Model, press: tuple[str, Any, str], batch: str) -> None:
    word, first, second = press
    if word == "undo":
        batches = undoing.batches(session, EVENT)
        if first < len(batches):
            undoing.undo(session, EVENT, batches[first])
            model.undo(batches[first])
    elif word == "new":
        rules.move_to_new(session, EVENT, NOTE, first, second, batch)
        if second not in model.live:
            model.themes.append((batch, "add", second, ""))
            model.live.add(second)
        model.put(first, second, batch)
    elif word == "move" and (not second or second in model.live):
        rules.move(session, EVENT, NOTE, first, IDS.get(second, ""), batch)
        model.put(first, second, batch)
    elif word == "end" and first in model.live and first != second and (not second or second in model.live):
        if second:
            rules.merge(session, EVENT, IDS[first], IDS[second], batch)
        else:
            rules.remove(session, EVENT, IDS[first], batch)
        model.end("end", first, second, batch)


def _agree(session: Session, model: Model) -> None:
    assert _standing(session) == {note: theme for note in NOTES if (theme := model.where(note))}
    assert {theme.label for theme in rules.themes(session, EVENT)} == model.live
    assert set(_standing(session).values()) <= model.live
    _require_chains(session)


def _standing(session: Session) -> dict[str, str]:
    labels = {theme.id: theme.label for theme in session.exec(select(Theme))}
    return {row.item_id: labels[row.theme_pk] for row in session.exec(select(Annotation))}


def _require_chains(session: Session) -> None:
    """Each move of a note begins where the one before it ended, the first at none; the last is where the note is."""
    for note in NOTES:
        at = None
        for change in session.exec(select(Change).where(Change.item_id == note).order_by(col(Change.id))):
            assert change.before == at
            at = change.after
        row = session.get(Annotation, (EVENT, NOTE, note))
        assert (row.theme_pk if row else None) == at
