"""The ways in of tables' hosts: a card that works once, a device that writes beside, and handing over."""

from collections.abc import Iterable, Mapping

from sqlmodel import Session, col, select

from eventkit.database import now
from eventkit.errors import Gone, NotFound
from eventkit.events.models import Role, RoleLink
from eventkit.events.tokens import hash_token, new_token
from eventkit.web.language import gettext as _


def make_card(session: Session, event_id: int, table: str, *, beside: bool = False) -> str:
    """A one-time link to a table's host page; its token, which is stored nowhere.

    Whoever uses it takes the place of those who were let in before, unless they come to write `beside` them.
    """
    token = new_token()
    session.add(
        RoleLink(
            link_id=new_token()[:8],
            event_id=event_id,
            role=Role.HOST,
            table=table,
            beside=beside,
            token_hash=hash_token(token),
            made_at=now(),
        )
    )
    return token


def make_cards(session: Session, event_id: int, tables: Iterable[str]) -> Mapping[str, str]:
    """New cards from the desk, by table. Those of these tables that nobody has used are lost paper: they work no more.

    Who hosts a table goes on doing so until the new card is used.
    """
    tables = list(tables)
    mine = (RoleLink.event_id == event_id, RoleLink.role == Role.HOST, col(RoleLink.table).in_(tables))
    for card in session.exec(select(RoleLink).where(*mine)):
        if card.used_at is None and card.revoked_at is None:
            card.revoked_at = now()
    return {table: make_card(session, event_id, table) for table in tables}


def use_card(session: Session, event_id: int, table: str, token: str) -> str:
    """Exchanges a card for a cookie. Raises `Gone` if it was used or revoked, `NotFound` if there is none.

    A card that takes a table over ends every other way in to it: no second card can claim the table later.
    """
    card = session.exec(
        select(RoleLink).where(RoleLink.token_hash == hash_token(token), *_of(event_id, table))
    ).one_or_none()
    if card is None:
        raise NotFound(_("This host card is not known here. Ask at the desk for a new one."))
    if card.used_at:
        raise Gone(_("This host card was used already. Ask the table’s host to hand over, or the desk for a new card."))
    if card.revoked_at:
        raise Gone(
            _("This host card is not valid any more: this table has another. Ask its host to hand over, or the desk.")
        )
    if not card.beside:
        for other in session.exec(select(RoleLink).where(*_of(event_id, table))):
            if other is not card and other.revoked_at is None:
                other.revoked_at = now()
    cookie = new_token()
    card.cookie_hash, card.used_at = hash_token(cookie), now()
    return cookie


def takes_place(session: Session, event_id: int, table: str, token: str) -> bool:
    """Whether somebody hosts this table now who would be let go if this card were used."""
    card = session.exec(
        select(RoleLink).where(RoleLink.token_hash == hash_token(token), *_of(event_id, table))
    ).one_or_none()
    return card is not None and not card.beside and table in hosted(session, event_id)


def device(session: Session, event_id: int, table: str, cookie: str) -> str:
    """The link_id by which this cookie was let in at a table, "" if it was not, or is not any more."""
    card = _card_of(session, event_id, table, cookie)
    return card.link_id if card and card.revoked_at is None else ""


def is_in(session: Session, event_id: int, table: str, link_id: str) -> bool:
    """Whether the device of this link_id is one of a table's now."""
    mine = select(RoleLink).where(RoleLink.link_id == link_id, *_of(event_id, table))
    return any(card.used_at and not card.revoked_at for card in session.exec(mine))


def why_outside(session: Session, event_id: int, table: str, cookie: str) -> str:
    """Why a browser is not let in to a table's host page; "" if it is."""
    card = _card_of(session, event_id, table, cookie)
    if card is None:
        return _("This needs the host card of this table. The desk prints one, or makes a new one.")
    if card.revoked_at:
        return _(
            "This device does not host this table any more: another has taken over, or the desk has ended its link. "
            "What it had not sent yet is kept on it, and goes out when it is let in again: ask the host for “Let "
            "somebody write with you”, or the desk for a new card."
        )
    return ""


def hosted(session: Session, event_id: int) -> set[str]:
    """The tables that have a host now."""
    mine = (RoleLink.event_id == event_id, RoleLink.role == Role.HOST)
    return {card.table for card in session.exec(select(RoleLink).where(*mine)) if card.used_at and not card.revoked_at}


def _card_of(session: Session, event_id: int, table: str, cookie: str) -> RoleLink | None:
    return session.exec(
        select(RoleLink).where(RoleLink.cookie_hash == hash_token(cookie), *_of(event_id, table))
    ).one_or_none()


def _of(event_id: int, table: str) -> tuple[bool, bool, bool]:
    return RoleLink.event_id == event_id, RoleLink.role == Role.HOST, RoleLink.table == table
