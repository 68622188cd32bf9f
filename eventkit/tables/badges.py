"""The short codes on people's badges, by which they find their table without anybody reading their name."""

from collections.abc import Collection

from sqlalchemy import update
from sqlmodel import Session, select

from eventkit.events.models import Person
from eventkit.events.tokens import new_code

LETTERS = 4


def give(session: Session, event_id: int) -> None:
    """Gives everybody of the roster who has none a code of 4 letters, random and their own in this event."""
    found = session.exec(select(Person.id, Person.badge).where(Person.event_id == event_id)).all()
    taken = {badge for _pk, badge in found if badge}
    fresh = []
    for pk in (pk for pk, badge in found if not badge):
        code = _unused(taken)
        taken.add(code)
        fresh.append({"id": pk, "badge": code})
    if fresh:
        session.execute(update(Person), fresh)
        session.expire_all()  # rows that were read before still hold the empty code


def _unused(taken: Collection[str]) -> str:
    while (code := new_code(LETTERS)) in taken:
        pass
    return code
