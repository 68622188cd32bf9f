"""Taking back what was done at one press, whoever pressed since.

Of two moves of one thing the later stands. Undoing the earlier leaves the thing where it is, and the later move then
began where the earlier did, as if that had never been: undone in any order, everything ends where it was at first.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlmodel import Session, col, func, select

from eventkit.codebook import placing
from eventkit.codebook.headings import called, ending, path
from eventkit.codebook.models import Change, Theme, Verb
from eventkit.codebook.placing import Item
from eventkit.errors import Conflict
from eventkit.web.language import gettext as _


@dataclass(frozen=True)
class Step:
    """What was done at one press.

    `label` is the theme that it was about, "" for none; `other` its old name, or the theme that it became part of;
    `items` how many things stood elsewhere before; `made`: the theme was new.
    """

    verb: Verb
    batch: str
    label: str = ""
    other: str = ""
    items: int = 0
    made: bool = False


@dataclass(frozen=True)
class Undone:
    """What was taken back. `items` things went back, `left` stay because somebody has moved them since.

    `stays`: the theme has been used, or changed again, since, and stays as it is.
    """

    step: Step
    items: int = 0
    left: int = 0
    stays: bool = False


def batches(session: Session, event_id: int, number: int = -1) -> Sequence[str]:
    """What can be undone, the newest first, at most that many."""
    mine = select(Change.batch).where(Change.event_id == event_id).group_by(Change.batch)
    return session.exec(mine.order_by(func.min(Change.id).desc()).limit(number)).all()


def history(session: Session, event_id: int, number: int) -> Sequence[Step]:
    """The latest presses that can be undone, the newest first."""
    return [_told(session, batch, _changes(session, event_id, batch)) for batch in batches(session, event_id, number)]


def step_of(session: Session, event_id: int, batch: str) -> Step | None:
    """What was done at one press; None if that is unknown, or undone."""
    changes = _changes(session, event_id, batch)
    return _told(session, batch, changes) if changes else None


def undo(session: Session, event_id: int, batch: str, *, careful: bool = True) -> Undone:
    """Takes back what was done at one press. Raises `Conflict` if it was, or if a name has been given away since."""
    changes = _changes(session, event_id, batch)
    if not changes:
        raise Conflict(_("This has been undone already. Nothing was changed."))
    step = _told(session, batch, changes)
    for change in changes:
        if careful and not change.item_id:
            _refuse_twins(session, change)
    stays = False
    for change in [change for change in changes if not change.item_id and change.verb != Verb.ADD]:
        stays |= not _theme_back(session, change)
    moves = [change for change in changes if change.item_id]
    items = _items_back(session, event_id, moves)
    for change in [change for change in changes if change.verb == Verb.ADD]:
        stays |= not _unmade(session, change)
    return Undone(step, items, len({(change.kind, change.item_id) for change in moves}) - items, stays)


def _changes(session: Session, event_id: int, batch: str) -> Sequence[Change]:
    mine = select(Change).where(Change.event_id == event_id, Change.batch == batch)
    return session.exec(mine.order_by(col(Change.id))).all()


def _told(session: Session, batch: str, changes: Sequence[Change]) -> Step:
    about = next((change for change in changes if change.verb in {Verb.MERGE, Verb.REMOVE, Verb.RENAME}), changes[-1])
    made = any(change.verb == Verb.ADD for change in changes)
    items = len({(change.kind, change.item_id) for change in changes if change.item_id})
    other = about.label or _label(session, about.before if about.verb == Verb.MERGE else None)
    return Step(Verb(about.verb), batch, _label(session, about.after), other, items, made)


def _label(session: Session, theme_pk: int | None) -> str:
    theme = session.get(Theme, theme_pk) if theme_pk else None
    return theme.label if theme else ""


def _refuse_twins(session: Session, change: Change) -> None:
    """A name that another theme has by now cannot come back: two themes of one name would be one to a reader."""
    theme = session.get(Theme, change.after)
    back = change.label if change.verb == Verb.RENAME else theme.label if theme and theme.gone else ""
    twin = called(session, change.event_id, back) if back else None
    if twin and theme and twin.id != theme.id:
        sentence = _("Another theme is called “{label}” by now. Give it another name, then undo this.")
        raise Conflict(sentence.format(label=twin.label))


def _theme_back(session: Session, change: Change) -> bool:
    """Brings a theme, or its old name, back; False if it has been named again since. The change is forgotten."""
    theme, later = session.get(Theme, change.after), _later(session, change)
    session.delete(change)
    if change.verb == Verb.RENAME and later:
        later.label = change.label
    elif change.verb == Verb.RENAME and theme:
        theme.label = change.label
    elif later:
        session.delete(later)  # it brought back what now never went
    elif theme:
        theme.gone = False
    session.flush()
    return change.verb != Verb.RENAME or later is None


def _later(session: Session, change: Change) -> Change | None:
    """The next change of the same theme that is of the same sort: of its name, or of whether it is there."""
    mine = select(Change).where(Change.event_id == change.event_id, Change.after == change.after, Change.item_id == "")
    sort = col(Change.verb) == Verb.RENAME
    same = mine.where(sort if change.verb == Verb.RENAME else ~sort, col(Change.id) > change.id)
    return session.exec(same.order_by(col(Change.id))).first()


def _unmade(session: Session, change: Change) -> bool:
    """Takes a theme that was made away again; False if somebody has used it since: then it can be undone later."""
    theme, later = session.get(Theme, change.after), _later(session, change)
    moves = (col(Change.before) == change.after) | ((col(Change.after) == change.after) & (col(Change.item_id) != ""))
    used = session.exec(select(Change).where(Change.event_id == change.event_id, moves)).first()
    if theme is None or used or placing.under(session, change.event_id, change.after):
        return False
    session.delete(change)
    if later:
        session.delete(later)  # it took away what now never was
    theme.gone = True
    session.flush()
    return True


def _items_back(session: Session, event_id: int, moves: Sequence[Change]) -> int:
    """Puts things back where they were, unless they have been moved since; how many."""
    chains: dict[Item, list[Change]] = defaultdict(list)
    named = {change.item_id for change in moves}
    mine = select(Change).where(Change.event_id == event_id, col(Change.item_id).in_(named))
    for change in session.exec(mine.order_by(col(Change.id))):
        chains[change.kind, change.item_id].append(change)
    back: dict[Item, int | None] = {}
    for change in reversed(moves):
        item = (change.kind, change.item_id)
        place = chains[item].index(change)
        if place + 1 < len(chains[item]):
            chains[item][place + 1].before = change.before
        else:
            back[item] = change.before
        chains[item].remove(change)
        session.delete(change)
    session.flush()
    placing.put(session, event_id, {item: _settled(session, event_id, item, at) for item, at in back.items()})
    return len(back)


def _settled(session: Session, event_id: int, item: Item, theme_pk: int | None) -> int | None:
    """Where a thing goes that goes back to a theme: if that is gone, where its other things went, and with them."""
    way = path(session, event_id, theme_pk)
    for before, after in pairwise(way):
        end = ending(session, event_id, before) if before else None
        if end:
            kind, item_id = item
            move = Change(event_id=event_id, batch=end.batch, verb=Verb.MOVE, before=before, after=after)
            move.kind, move.item_id = kind, item_id
            session.add(move)
            session.flush()
    return way[-1]
