"""Which figures a room has been shown, and what people ask the organisers about them."""

from collections.abc import Sequence

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from eventkit.errors import BadInput, NotFound, TooMany
from eventkit.events.tokens import new_token
from eventkit.evidence.models import Query, Showing, Statistic
from eventkit.web.language import gettext as _

LONGEST_QUERY = 280
MOST_QUERIES = 200  # of one event: anybody with the code can join again and again, and the desk must stay readable


def statistic(session: Session, event_id: int, statistic_id: str) -> Statistic | None:
    """The figure with this id, or None if there is none."""
    return session.exec(
        select(Statistic).where(Statistic.event_id == event_id, Statistic.statistic_id == statistic_id)
    ).one_or_none()


def show(session: Session, event_id: int, statistic_id: str) -> None:
    """Notes that the room was shown this figure."""
    if session.get(Showing, (event_id, statistic_id)) is None:
        session.add(Showing(event_id=event_id, statistic_id=statistic_id))


def shown(session: Session, event_id: int, statistic_id: str) -> Statistic:
    """A figure that the room was shown. Raises `NotFound`, whether it still waits or does not exist."""
    figure = statistic(session, event_id, statistic_id)
    if figure is None or session.get(Showing, (event_id, statistic_id)) is None:
        raise NotFound(_("There is nothing at this address."))
    return figure


def replaced(session: Session, figure: Statistic) -> bool:
    """Whether a newer figure corrects this one."""
    newer = select(Statistic.id).where(
        Statistic.event_id == figure.event_id, Statistic.supersedes == figure.statistic_id
    )
    return session.exec(newer).first() is not None


def ask(session: Session, event_id: int, statistic_id: str, text: str) -> None:
    """Hands a query to the organisers. Raises `NotFound`, `BadInput` or `TooMany`; then nothing is stored.

    The day's `changed_at` stays as it is, because it would be the time of this query.
    """
    shown(session, event_id, statistic_id)
    text = text.strip()
    if not text:
        raise BadInput(_("Write what the organisers should look at, then send it."))
    if len(text) > LONGEST_QUERY:
        sentence = _("That is {found} characters; {most} fit. Nothing was sent: shorten it and send it again.")
        raise BadInput(sentence.format(found=len(text), most=LONGEST_QUERY))
    stored = session.exec(select(func.count()).select_from(Query).where(Query.event_id == event_id)).one()
    if stored >= MOST_QUERIES:
        raise TooMany(_("The organisers have more queries than they can read. Nothing was sent; ask them in person."))
    session.add(Query(query_id=new_token()[:12], event_id=event_id, statistic_id=statistic_id, text=text))


def queries(session: Session, event_id: int) -> Sequence[tuple[Query, Statistic | None]]:
    """Every query with the figure that it is about, in the order of their random ids."""
    asked = session.exec(select(Query).where(Query.event_id == event_id).order_by(col(Query.query_id))).all()
    return [(query, statistic(session, event_id, query.statistic_id)) for query in asked]


def forget(session: Session, event_id: int) -> None:
    """After a rehearsal: nothing was shown, and nobody has asked anything."""
    for model in (Query, Showing):
        session.execute(delete(model).where(col(model.event_id) == event_id))
