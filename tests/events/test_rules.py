"""Joining, links and the end of the day, as rules."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from eventkit.errors import Conflict, Gone, NotFound
from eventkit.events import rules
from eventkit.events.models import Pass, Role
from eventkit.events.tokens import hash_token
from tests.fife import FIFE, STRANGER, with_cast


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    database = with_cast(tmp_path / "eventkit.sqlite3")
    with Session(database.writing) as made:
        yield made
    database.close()


def test_join_stores_only_the_hash_of_the_token(session: Session) -> None:
    token = rules.join(session, FIFE)
    stored = session.get(Pass, hash_token(token))
    assert stored is not None
    assert stored.model_dump() == {"token_hash": hash_token(token), "event_id": FIFE}
    assert (rules.joined(session, FIFE), rules.joined(session, STRANGER)) == (1, 0)


def test_join_is_refused_after_the_end_and_taken_after_reopening(session: Session) -> None:
    rules.end(session, FIFE)
    with pytest.raises(Gone, match="This event has finished"):
        rules.join(session, FIFE)
    rules.join(session, STRANGER)
    rules.reopen(session, FIFE)
    rules.join(session, FIFE)


def test_event_that_is_not_here_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound, match="There is no such event here"):
        rules.event(session, 99)
    with pytest.raises(NotFound, match="No event here is called nothing"):
        rules.by_name(session, "nothing")


def test_link_is_used_once_and_stores_no_secret(session: Session) -> None:
    token = rules.make_link(session, FIFE, Role.FACILITATOR)
    cookie = rules.use_link(session, FIFE, Role.FACILITATOR, token)
    (link,) = rules.links(session, FIFE)
    assert (link.token_hash, link.cookie_hash) == (hash_token(token), hash_token(cookie))
    assert rules.holds(session, FIFE, Role.FACILITATOR, cookie) is True
    assert rules.holds(session, FIFE, Role.FACILITATOR, token) is False
    with pytest.raises(Gone, match="used already"):
        rules.use_link(session, FIFE, Role.FACILITATOR, token)


@pytest.mark.parametrize(
    ("event_id", "role", "token"),
    [(STRANGER, Role.FACILITATOR, None), (FIFE, Role.ORGANISER, None), (FIFE, Role.FACILITATOR, "0" * 32)],
)
def test_link_is_known_only_at_its_event_and_role(
    session: Session, event_id: int, role: Role, token: str | None
) -> None:
    made = rules.make_link(session, FIFE, Role.FACILITATOR)
    with pytest.raises(NotFound, match="This link is not known here"):
        rules.use_link(session, event_id, role, token or made)


def test_cookie_holds_only_its_event_and_role(session: Session) -> None:
    cookie = rules.use_link(session, FIFE, Role.ORGANISER, rules.make_link(session, FIFE, Role.ORGANISER))
    rules.make_link(session, FIFE, Role.FACILITATOR)  # has no cookie yet
    assert rules.holds(session, FIFE, Role.ORGANISER, cookie) is True
    assert rules.holds(session, STRANGER, Role.ORGANISER, cookie) is False
    assert rules.holds(session, FIFE, Role.FACILITATOR, cookie) is False
    assert rules.holds(session, FIFE, Role.FACILITATOR, "") is False


def test_revoked_link_cannot_be_used_and_ends_access(session: Session) -> None:
    unused = rules.make_link(session, FIFE, Role.FACILITATOR)
    rules.revoke_link(session, FIFE, rules.links(session, FIFE)[0].link_id)
    with pytest.raises(Gone, match="revoked"):
        rules.use_link(session, FIFE, Role.FACILITATOR, unused)
    cookie = rules.use_link(session, FIFE, Role.FACILITATOR, rules.make_link(session, FIFE, Role.FACILITATOR))
    for link in rules.links(session, FIFE):
        rules.revoke_link(session, FIFE, link.link_id)
    assert rules.holds(session, FIFE, Role.FACILITATOR, cookie) is False


def test_last_way_to_the_desk_stays(session: Session) -> None:
    rules.use_link(session, FIFE, Role.ORGANISER, rules.make_link(session, FIFE, Role.ORGANISER))
    (only,) = rules.links(session, FIFE)
    with pytest.raises(Conflict, match="This is the only way to the desk"):
        rules.revoke_link(session, FIFE, only.link_id)
    rules.make_link(session, FIFE, Role.ORGANISER)
    rules.revoke_link(session, FIFE, only.link_id)


def test_link_of_another_event_cannot_be_revoked(session: Session) -> None:
    rules.make_link(session, STRANGER, Role.FACILITATOR)
    (link,) = rules.links(session, STRANGER)
    with pytest.raises(NotFound, match="There is no such link"):
        rules.revoke_link(session, FIFE, link.link_id)


def test_end_asks_for_nothing_deleted_to_be_left(session: Session) -> None:
    rules.end(session, FIFE)
    assert session.info["compact"] is True
    ended = rules.event(session, FIFE).ended_at
    rules.end(session, FIFE)
    assert rules.event(session, FIFE).ended_at == ended
