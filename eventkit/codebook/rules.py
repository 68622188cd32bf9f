"""Gathering what people said under themes. Every verb writes down what it changed, so that it can be undone.

Things are moved one by one, never a list as a whole, so two people who move different things lose nothing. `batch`
names what was done at one press, and is undone at one press: see `undoing`.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence

from sqlmodel import Session, col, delete, select

from eventkit.codebook import placing, undoing
from eventkit.codebook.headings import called, free_id, theme_of, themes, typed_label, with_gone
from eventkit.codebook.models import Annotation, Change, Kind, Theme, Verb
from eventkit.codebook.undoing import Step
from eventkit.errors import BadInput, Conflict
from eventkit.web.language import gettext as _

__all__ = ["add", "forget", "grouped", "merge", "move", "move_to_new", "remove", "rename", "themes"]

MOST_THEMES = 100
BY_THE_PLAN = "plan-"


def grouped(session: Session, event_id: int, kind: Kind, item_ids: Collection[str]) -> Mapping[str, str]:
    """The theme_ids of those of the items that stand under a theme."""
    names = {theme.id: theme.theme_id for theme in with_gone(session, event_id)}
    found = placing.standing(session, event_id, {(kind, item_id) for item_id in item_ids})
    return {item_id: names[row.theme_pk] for (_kind, item_id), row in found.items()}


def add(session: Session, event_id: int, label: str, batch: str) -> Theme:
    """The theme with this name: the one that there is, or else a new one. Raises `BadInput`, `Conflict`."""
    label = typed_label(label)
    theme = called(session, event_id, label)
    if theme:
        return theme
    known = with_gone(session, event_id)
    if sum(not theme.gone for theme in known) >= MOST_THEMES:
        raise Conflict(_("There are {most} themes, and no more fit. Merge two of them first.").format(most=MOST_THEMES))
    theme = called(session, event_id, label, gone=True)
    if theme is None:
        theme_id = free_id(label, [theme.theme_id for theme in known])
        position = max((theme.position for theme in known), default=0) + 1
        theme = Theme(event_id=event_id, position=position, theme_id=theme_id, label=label, gone=True)
    return _begin(session, event_id, theme, batch)


def rename(session: Session, event_id: int, theme_id: str, label: str, batch: str) -> Step:
    """Gives a theme another name. Raises `Conflict` if another has it."""
    theme, label = theme_of(session, event_id, theme_id), typed_label(label)
    twin = called(session, event_id, label)
    if twin and twin.id != theme.id:
        raise Conflict(_("“{label}” is a theme already. Merge the two instead.").format(label=twin.label))
    before = theme.label
    if before != label:
        _write_down(session, event_id, batch, Verb.RENAME, theme, label=before)
        theme.label = label
    session.flush()
    return Step(Verb.RENAME, batch, label, before)


def move(session: Session, event_id: int, kind: Kind, item_ids: Collection[str], theme_id: str, batch: str) -> Step:
    """Puts things under a theme or, with "", under none. Raises `NotFound` if the theme was taken away."""
    theme = theme_of(session, event_id, theme_id) if theme_id else None
    items = dict.fromkeys((kind, item_id) for item_id in item_ids)
    moved = placing.move(session, event_id, items, theme.id if theme else None, batch)
    return Step(Verb.MOVE, batch, theme.label if theme else "", items=moved)


def move_to_new(session: Session, event_id: int, kind: Kind, item_ids: Collection[str], label: str, batch: str) -> Step:
    """Puts things under the theme with this name, which is made if there is none: that is how a theme is split."""
    count = len(themes(session, event_id))
    theme = add(session, event_id, label, batch)
    items = dict.fromkeys((kind, item_id) for item_id in item_ids)
    moved = placing.move(session, event_id, items, theme.id, batch)
    return Step(Verb.MOVE, batch, theme.label, items=moved, made=len(themes(session, event_id)) > count)


def merge(session: Session, event_id: int, theme_id: str, into: str, batch: str) -> Step:
    """Makes a theme part of another: everything under it goes there, and the theme itself goes."""
    theme, target = theme_of(session, event_id, theme_id), theme_of(session, event_id, into)
    if theme.id == target.id:
        raise BadInput(_("Choose two themes: one cannot be merged with itself."))
    return _end(session, event_id, theme, target, batch)


def remove(session: Session, event_id: int, theme_id: str, batch: str) -> Step:
    """Takes a theme away; what stood under it stands under none."""
    return _end(session, event_id, theme_of(session, event_id, theme_id), None, batch)


def strike(session: Session, event_id: int, theme: Theme) -> None:
    """Takes away a theme that the plan does not have any more; if it was never used, without a trace."""
    mentioned = (col(Change.before) == theme.id) | (col(Change.after) == theme.id)
    change = session.exec(select(Change).where(Change.event_id == event_id, mentioned)).first()
    if change or placing.under(session, event_id, theme.id):
        _end(session, event_id, theme, None, BY_THE_PLAN + secrets.token_hex(8))
    else:
        session.delete(theme)
        session.flush()


def restore(session: Session, event_id: int, theme: Theme) -> None:
    """Brings a theme back that is gone, because a plan has it again."""
    _begin(session, event_id, theme, BY_THE_PLAN + secrets.token_hex(8))


def drop(session: Session, event_id: int, kind: Kind, item_ids: Collection[str]) -> None:
    """Forgets things that are no more, and every move of them."""
    for table in (Annotation, Change):
        mine = delete(table).where(col(table.event_id) == event_id, col(table.kind) == kind)
        session.exec(mine.where(col(table.item_id).in_(set(item_ids))))
    session.flush()


def settle(session: Session, event_id: int) -> None:
    """Before a rehearsal: the codebook as it stands is what was prepared, so `forget` takes none of it back."""
    session.exec(delete(Change).where(col(Change.event_id) == event_id))


def forget(session: Session, event_id: int) -> None:
    """After a rehearsal: the codebook is as it was prepared, and nothing stands under it."""
    planned = select(Change.after).where(Change.event_id == event_id, Change.verb == Verb.REMOVE)
    by_plan = set(session.exec(planned.where(col(Change.batch).startswith(BY_THE_PLAN))))
    struck = {theme.id for theme in with_gone(session, event_id) if theme.gone and theme.id in by_plan}
    before: Sequence[str] = ()
    # More than once: a theme that something else still used stays until that is undone too.
    while (batches := undoing.batches(session, event_id)) != before:
        for batch in batches:
            undoing.undo(session, event_id, batch, careful=False)
        before = batches
    for table in (Annotation, Change):
        session.exec(delete(table).where(col(table.event_id) == event_id))
    for theme in with_gone(session, event_id):
        if theme.gone or theme.id in struck:
            session.delete(theme)
    session.flush()


def _begin(session: Session, event_id: int, theme: Theme, batch: str) -> Theme:
    theme.gone = False
    session.add(theme)
    session.flush()
    _write_down(session, event_id, batch, Verb.ADD, theme)
    return theme


def _end(session: Session, event_id: int, theme: Theme, target: Theme | None, batch: str) -> Step:
    """The theme goes, and is written down before what stood under it, which an undo puts back under it."""
    _write_down(session, event_id, batch, Verb.MERGE if target else Verb.REMOVE, theme, target)
    items = dict.fromkeys(placing.under(session, event_id, theme.id))
    moved = placing.move(session, event_id, items, target.id if target else None, batch)
    theme.gone = True
    session.flush()
    if target:
        return Step(Verb.MERGE, batch, theme.label, target.label, moved)
    return Step(Verb.REMOVE, batch, theme.label, items=moved)


def _write_down(
    session: Session, event_id: int, batch: str, verb: Verb, theme: Theme, into: Theme | None = None, *, label: str = ""
) -> None:
    before = into.id if into else None
    session.add(Change(event_id=event_id, batch=batch, verb=verb, before=before, after=theme.id, label=label))
    session.flush()
