"""Joining an event, and the links that give a role."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from eventkit.database import now
from eventkit.errors import Conflict, Gone, NotFound
from eventkit.events.models import Attendance, Correction, Event, Pass, Person, Role, RoleLink
from eventkit.events.tokens import hash_token, new_code, new_token
from eventkit.web.language import gettext as _
from eventkit.writer import after_commit, compact_after


def event(session: Session, event_id: int) -> Event:
    """The event with this number."""
    found = session.get(Event, event_id)
    if found is None:
        raise NotFound(_("There is no such event here."))
    return found


def by_name(session: Session, name: str) -> Event:
    """The event with this event_id or join code. Raises `NotFound`."""
    found = session.exec(select(Event).where((Event.event_id == name) | (Event.code == name.upper()))).first()
    if found is None:
        raise NotFound(_("No event here is called {name}.").format(name=name))
    return found


def free_code(session: Session) -> str:
    """A join code that no event has."""
    while session.exec(select(Event.id).where(Event.code == (code := new_code()))).first() is not None:
        pass
    return code


def joined(session: Session, event_id: int) -> int:
    """How many browsers have joined."""
    return session.exec(select(func.count()).select_from(Pass).where(Pass.event_id == event_id)).one()


def checked_in(session: Session, event_id: int) -> int | None:
    """How many people of the roster are here; None if the plan has no roster."""
    mine = select(func.count()).select_from(Person).where(Person.event_id == event_id)
    if not session.exec(mine).one():
        return None
    return session.exec(mine.where(Person.attendance == Attendance.HERE)).one()


def marked(session: Session, event_id: int) -> int:
    """Of how many people the door knows whether they come."""
    known = (Person.event_id == event_id, Person.attendance != Attendance.EXPECTED)
    return session.exec(select(func.count()).select_from(Person).where(*known)).one()


def counts(session: Session, event_id: int) -> tuple[tuple[str, str], ...]:
    """Who is in the room, for the console: numbers with their words; who is checked in only where there is a roster."""
    joined_words, here = (str(joined(session, event_id)), _("joined")), checked_in(session, event_id)
    return (joined_words,) if here is None else (joined_words, (str(here), _("checked in")))


def base(session: Session, event_id: int) -> int:
    """How many could vote, as the plan counts them: people who are checked in, or phones that joined."""
    if event(session, event_id).base == "checked_in":
        return checked_in(session, event_id) or 0
    return joined(session, event_id)


def join(session: Session, event_id: int, *, rehearsal: bool = False) -> str:
    """A new pass; its token, which is stored nowhere. Raises `Gone` once the event has finished.

    `rehearsal` is what the page said from which somebody joins. Raises `Conflict` if it is otherwise by now: nobody
    comes to a rehearsal who was not told of it, and nobody who is simulated comes to the event.
    """
    joining = event(session, event_id)
    if joining.ended_at:
        raise Gone(_("This event has finished. Thank you for wanting to take part."))
    if joining.rehearsal != rehearsal:
        raise Conflict(_("A rehearsal has begun or ended meanwhile. Open the page for joining again."))
    token = new_token()
    token_hash = hash_token(token)
    session.add(Pass(token_hash=token_hash, event_id=event_id))
    # Here and not in the page, so that it is known before, and forgotten after, whatever the writer does next.
    passes: dict[str, int] = session.info.get("passes", {})
    after_commit(session, lambda: passes.update({token_hash: event_id}))
    return token


def links(session: Session, event_id: int) -> Sequence[RoleLink]:
    """Every role link, the oldest first."""
    return session.exec(
        select(RoleLink).where(RoleLink.event_id == event_id).order_by(RoleLink.made_at, RoleLink.link_id)  # type: ignore[arg-type]
    ).all()


def make_link(session: Session, event_id: int, role: Role) -> str:
    """A one-time link for a role; its token, which is stored nowhere."""
    token = new_token()
    session.add(
        RoleLink(link_id=new_token()[:8], event_id=event_id, role=role, token_hash=hash_token(token), made_at=now())
    )
    return token


def use_link(session: Session, event_id: int, role: Role, token: str) -> str:
    """Exchanges a link for a cookie. Raises `Gone` if it was used or revoked, `NotFound` if there is none."""
    link = session.exec(
        select(RoleLink).where(
            RoleLink.token_hash == hash_token(token), RoleLink.event_id == event_id, RoleLink.role == role
        )
    ).one_or_none()
    if link is None:
        raise NotFound(_("This link is not known here. Ask the organiser for a new one."))
    if link.used_at or link.revoked_at:
        raise Gone(_("This link was used already, or was revoked. Ask the organiser for a new one."))
    cookie = new_token()
    link.cookie_hash, link.used_at = hash_token(cookie), now()
    return cookie


def revoke_link(session: Session, event_id: int, link_id: str) -> None:
    """Ends a link, and the access of whoever used it."""
    link = session.get(RoleLink, link_id)
    if link is None or link.event_id != event_id:
        raise NotFound(_("There is no such link."))
    if _last_desk(session, link):
        raise Conflict(_("This is the only way to the desk. Make another organiser link first, then revoke this one."))
    link.revoked_at = link.revoked_at or now()


def holds(session: Session, event_id: int, role: Role, cookie: str) -> bool:
    """Whether this cookie was given for the role and has not been revoked."""
    link = session.exec(select(RoleLink).where(RoleLink.cookie_hash == hash_token(cookie))).one_or_none()
    return link is not None and link.event_id == event_id and link.role == role and link.revoked_at is None


def start(session: Session, event_id: int) -> None:
    """Notes when the day began."""
    the_event = event(session, event_id)
    the_event.started_at = the_event.started_at or now()


def end(session: Session, event_id: int) -> None:
    """Ends the day: nobody can join any more, and nothing that was deleted is left on the disk."""
    the_event = event(session, event_id)
    the_event.ended_at = the_event.ended_at or now()
    compact_after(session)


def reopen(session: Session, event_id: int) -> None:
    """Goes back from the close."""
    event(session, event_id).ended_at = None


def changed(session: Session, event_id: int) -> datetime | None:
    """When the day's results last changed."""
    return event(session, event_id).changed_at


def note_change(session: Session, event_id: int) -> None:
    """Dates the results; the workbook's cover shows it."""
    event(session, event_id).changed_at = now()


def note_own_change(session: Session, event_id: int) -> None:
    """A part of the plan was changed by itself, such as the roster at the door: the plan's digest is not known now."""
    event(session, event_id).plan_digest = ""
    note_change(session, event_id)


def corrections(session: Session, event_id: int) -> Sequence[Correction]:
    """Every correction of words that the room had read, the first first."""
    return session.exec(select(Correction).where(Correction.event_id == event_id).order_by(col(Correction.id))).all()


def _last_desk(session: Session, link: RoleLink) -> bool:
    if link.role is not Role.ORGANISER or link.used_at is None or link.revoked_at:
        return False
    others = [other for other in links(session, link.event_id) if other.link_id != link.link_id]
    return not any(other.role is Role.ORGANISER and not other.revoked_at for other in others)
