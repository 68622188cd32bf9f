"""The pages of consent: a phone, the host's device, withdrawing."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, select

from eventkit.events import hosts
from eventkit.events import rules as events
from eventkit.events.models import Role
from eventkit.vignettes import consent, rules
from eventkit.vignettes.models import Consent
from tests.fife import CODES, FIFE
from tests.room import Room, room_in
from tests.vignettes.consenting import NOTHING, answer, discussion_of, slip_of, tell

CODE = CODES[FIFE]
PHONE = f"/e/{CODE}/tables/t1/consent"
HOST = f"/s/{CODE}/host/t1"
WITHDRAW = f"/e/{CODE}/withdraw"
DESK = f"/s/{CODE}/desk/vignettes/withdraw"
CODE_SHOWN = re.compile(r"[A-Z3-9]{4} [A-Z3-9]{4}")


def prepare(session: Session) -> None:
    tell(session)
    event = events.event(session, FIFE)
    event.recordings_until = date(2999, 1, 1)
    session.add(event)


def host_of(session: Session, table: str) -> str:
    return hosts.use_card(session, FIFE, table, hosts.make_card(session, FIFE, table))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path) as made:
        made.write(FIFE, prepare)
        made.write(FIFE, consent.set_people, FIFE, "t1", "v1", 2)
        yield made


@pytest.fixture
def phone(room: Room) -> str:
    return room.pass_of()


@pytest.fixture
def host(room: Room) -> str:
    return f"host={room.write(FIFE, host_of, 't1')}"


def form(who: str = "Ada", *agree: str, story: str = "v1") -> dict[str, str]:
    return {"slip": slip_of(who), "story": story} | ({"agree": agree[0]} if agree else {})


def rows(room: Room) -> list[tuple[bool, bool, bool]]:
    with room.database.reading() as session:
        found = session.exec(select(Consent).where(Consent.discussion_id == discussion_of(session).id))
        return sorted((one.record, one.quote, one.withdrew) for one in found)


def code_of(text: str) -> str:
    found = CODE_SHOWN.search(text)
    assert found
    return found[0]


def test_wording_says_beforehand_what_withdrawing_does(room: Room, phone: str) -> None:
    text = room.get(PHONE, cookies=phone).text
    assert "You can take part without being recorded." in text
    assert "you can withdraw until 1 January 2999" in text
    assert "If the transcript does not say who spoke, all of it is deleted." in text
    assert "Your host says that 2 people sit at this table." in text


def test_organisers_wording_stands_in_the_built_in_ones_place(room: Room, phone: str) -> None:
    def reword(session: Session) -> None:
        event = events.event(session, FIFE)
        event.consent_wording = "We <study> it.\nAsk us."
        session.add(event)

    room.write(FIFE, reword)
    text = room.get(PHONE, cookies=phone).text
    assert '<p dir="auto">We &lt;study&gt; it.</p>\n  <p dir="auto">Ask us.</p>' in text
    assert "You can take part without being recorded." not in text
    assert "all of it is deleted" in text


def test_code_is_shown_once_and_the_same_for_a_double_tap(room: Room, phone: str) -> None:
    first = room.post(PHONE, form("Ada", "record"), cookies=phone)
    again = room.post(PHONE, form("Ada", "record"), cookies=phone)
    assert (first.status_code, code_of(first.text)) == (200, code_of(again.text))
    later = room.get(PHONE, cookies=f"{phone}; slip={slip_of('Ada')}")
    assert "You have answered." in later.text
    assert CODE_SHOWN.search(later.text) is None
    assert rows(room) == [(True, False, False)]


def test_slip_stays_on_the_phone_for_that_page_alone(room: Room, phone: str) -> None:
    answer = room.get(PHONE, cookies=phone)
    cookie = answer.headers["set-cookie"]
    slip = re.search(r'name="slip" value="([0-9a-f]{32})"', answer.text)
    assert slip
    assert cookie.startswith(f"slip={slip[1]};")
    assert f"Path={PHONE};" in cookie
    assert "HttpOnly" in cookie
    other = room.get(PHONE + "?another=yes", cookies=f"{phone}; slip={slip[1]}")
    assert slip[1] not in other.text
    assert slip[1] in room.get(PHONE, cookies=f"{phone}; slip={slip[1]}").text


def test_refusal_keeps_what_was_ticked(room: Room, phone: str) -> None:
    answer = room.post(PHONE, form("Ada", "quote", story="v2"), cookies=phone)
    assert answer.status_code == 409
    assert "has moved on to another story" in answer.text
    assert 'value="quote" checked' in answer.text
    assert rows(room) == []


def test_purpose_that_is_none_is_refused(room: Room, phone: str) -> None:
    assert room.post(PHONE, form("Ada", "sell"), cookies=phone).status_code == 400
    assert rows(room) == []


def test_table_that_is_none_has_no_page(room: Room, phone: str) -> None:
    assert room.get(f"/e/{CODE}/tables/t9/consent", cookies=phone).status_code == 404


@pytest.mark.parametrize("refuses", ["Ada", "Bea", ""])
def test_host_page_is_the_same_whoever_refuses(room: Room, host: str, refuses: str) -> None:
    """Until everybody has answered not a byte of the page depends on what they answered; then only the outcome does."""

    def page() -> str:
        text: str = room.get(f"{HOST}/frame", cookies=host).json()["html"]
        return text[text.index('id="consent-panel"') : text.index("</section>", text.index('id="consent-panel"'))]

    room.write(FIFE, answer, "Ada", NOTHING if refuses == "Ada" else consent.Purpose)
    assert "1 of 2 have answered." in page()
    assert "Notes only" not in page()
    assert "agreed" not in page()
    waiting = page()
    room.write(FIFE, lambda session: session.exec(select(Consent)).one().sqlmodel_update({"record": True}))
    assert page() == waiting
    room.write(FIFE, lambda session: session.exec(select(Consent)).one().sqlmodel_update({"record": not refuses}))
    room.write(FIFE, answer, "Bea", NOTHING if refuses == "Bea" else consent.Purpose)
    assert ("Notes only: do not record." in page()) == bool(refuses)
    assert ("Everyone agreed to recording." in page()) == (not refuses)


def test_host_counts_and_ticks_for_somebody_without_a_phone(room: Room, host: str) -> None:
    assert room.post(f"{HOST}/people", {"story": "v1", "people": "1"}, cookies=host).status_code == 303
    assert room.post(f"{HOST}/people", {"story": "v1", "people": "many"}, cookies=host).status_code == 400
    asked = room.get(f"{HOST}/consent", cookies=host)
    assert "set-cookie" not in asked.headers
    done = room.post(f"{HOST}/consent", form("Cal", "record"), cookies=host)
    assert "Let the person write this down" in done.text
    assert code_of(done.text)
    assert rows(room) == [(True, False, False)]


def test_host_page_that_records_is_not_loaded_anew(room: Room, host: str) -> None:
    headers = {"origin": "http://room.test:8000", "hx-request": "true"}
    answer = room.post(f"{HOST}/people", {"story": "v1", "people": "3"}, cookies=host, headers=headers)
    assert (answer.status_code, answer.text) == (200, "")


def test_nothing_is_carried_over_from_nowhere(room: Room, host: str) -> None:
    assert room.post(f"{HOST}/consent/carry", {"story": "v1"}, cookies=host).status_code == 409


@pytest.mark.parametrize("way", [WITHDRAW, DESK])
def test_withdrawing_asks_first(room: Room, phone: str, way: str) -> None:
    given = room.write(FIFE, answer, "Ada")
    cookies = room.role(Role.ORGANISER) if way == DESK else ""
    assert "until 1 January 2999" in room.get(way, cookies=cookies).text
    asked = room.post(way, {"consent_code": given.code}, cookies=cookies)
    assert f"Withdraw the code {given.code}?" in asked.text
    assert rows(room) == [(True, True, False)]
    done = room.post(way, {"consent_code": given.code, "confirmed": "yes"}, cookies=cookies)
    assert "Withdrawn." in done.text
    assert rows(room) == [(False, False, True)]


@pytest.mark.parametrize("confirmed", ["", "yes"])
def test_wrong_code_is_said_and_slowed(room: Room, monkeypatch: pytest.MonkeyPatch, confirmed: str) -> None:
    waited = []

    async def wait() -> None:
        waited.append(1)

    monkeypatch.setattr(room.app.state.wrong_codes, "wait", wait)
    answer = room.post(WITHDRAW, {"consent_code": "<b>AAAA AAAA", "confirmed": confirmed})
    assert (answer.status_code, waited) == (404, [1])
    assert "Nobody at this event has this code." in answer.text
    assert 'value="&lt;b&gt;AAAA AAAA"' in answer.text


def test_withdrawing_after_the_date_says_so(room: Room) -> None:
    given = room.write(FIFE, answer, "Ada")

    def end(session: Session) -> None:
        event = events.event(session, FIFE)
        event.recordings_until = date(2016, 6, 1)
        session.add(event)

    room.write(FIFE, end)
    late = room.post(WITHDRAW, {"consent_code": given.code, "confirmed": "yes"})
    assert (late.status_code, "until 1 June 2016" in late.text) == (410, True)
    assert rows(room) == [(True, True, False)]


@pytest.mark.parametrize("over", [False, True])
def test_pages_say_when_nobody_can_agree_any_more(room: Room, phone: str, host: str, over: bool) -> None:
    def end(session: Session) -> None:
        if over:
            events.event(session, FIFE).recordings_until = date(2016, 6, 1)
        else:
            rules.finish(session, FIFE)

    room.write(FIFE, answer, "Ada")
    room.write(FIFE, end)
    said = "were kept until 1 June 2016" if over else "The discussion of this story has ended"
    asked, panel = room.get(PHONE, cookies=phone).text, room.get(HOST, cookies=host).text
    assert said in asked
    assert said in panel
    assert 'name="agree"' not in asked
    assert 'name="people"' not in panel
    assert "Ask the others" not in panel
