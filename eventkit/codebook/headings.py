"""The themes themselves, found by their id or their name; those that are gone are found only where it says so."""

import re
from collections.abc import Sequence
from unicodedata import normalize

from sqlmodel import Session, col, select

from eventkit.codebook.models import Change, Theme, Verb
from eventkit.errors import BadInput, NotFound
from eventkit.web.language import gettext as _
from eventkit.web.text import clean

LONGEST_LABEL = 60


def themes(session: Session, event_id: int) -> Sequence[Theme]:
    """The themes of an event, in the order of its codebook."""
    return [theme for theme in with_gone(session, event_id) if not theme.gone]


def with_gone(session: Session, event_id: int) -> Sequence[Theme]:
    """All that there ever were, in the order of the codebook."""
    mine = select(Theme).where(Theme.event_id == event_id)
    return session.exec(mine.order_by(col(Theme.position), col(Theme.id))).all()


def theme_of(session: Session, event_id: int, theme_id: str) -> Theme:
    """The theme with this id; of one that was merged meanwhile, what it became part of. Raises `NotFound`."""
    mine = select(Theme).where(Theme.event_id == event_id, Theme.theme_id == theme_id)
    theme = session.exec(mine).one_or_none()
    way = path(session, event_id, theme.id) if theme else [None]
    found = session.get(Theme, way[-1]) if way[-1] else None
    if found is None:
        raise NotFound(_("This theme has been taken away meanwhile. Nothing was changed; choose another one."))
    return found


def path(session: Session, event_id: int, theme_pk: int | None) -> list[int | None]:
    """The themes that something put under this one comes past; it stays under the last, None if that is none."""
    way = [theme_pk]
    while way[-1] is not None:
        theme = session.get(Theme, way[-1])
        if theme is not None and not theme.gone:
            break
        end = ending(session, event_id, way[-1])
        way.append(end.before if end and end.before not in way else None)
    return way


def ending(session: Session, event_id: int, theme_pk: int) -> Change | None:
    """The change that last took a theme away; None if it is not known any more."""
    mine = select(Change).where(Change.event_id == event_id, Change.after == theme_pk, Change.item_id == "")
    ended = mine.where(col(Change.verb).in_((Verb.MERGE, Verb.REMOVE)))
    return session.exec(ended.order_by(col(Change.id).desc())).first()


def called(session: Session, event_id: int, label: str, *, gone: bool = False) -> Theme | None:
    """The theme with this name, in whatever case it is written."""
    found = with_gone(session, event_id)
    return next((theme for theme in found if theme.gone == gone and same(theme.label, label)), None)


def same(label: str, other: str) -> bool:
    """Whether two names are one to a reader."""
    return label.casefold() == other.casefold()


def typed_label(label: str) -> str:
    """A name as it was typed, made fit to be kept. Raises `BadInput` if it is none."""
    label = " ".join(clean(label).split())
    if not label:
        raise BadInput(_("A theme needs a name. Nothing was changed."))
    if len(label) > LONGEST_LABEL:
        sentence = _("This name has {count} characters; {most} fit. Nothing was changed; shorten it.")
        raise BadInput(sentence.format(count=len(label), most=LONGEST_LABEL))
    return label


def free_id(label: str, taken: Sequence[str]) -> str:
    """A theme_id made of the name's Latin letters and digits that no theme has, or had."""
    plain = normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    stem = re.sub("[^a-z0-9]+", "_", plain).strip("_") or "theme"
    number, found = 1, stem
    while found in taken:
        number += 1
        found = f"{stem}_{number}"
    return found
