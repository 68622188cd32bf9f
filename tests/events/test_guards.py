"""Which pass is whose, and that nothing of it is stored beside an answer."""

from pathlib import Path

import pytest
from sqlmodel import Session
from starlette.requests import Request

from eventkit.errors import NotFound, Refused
from eventkit.events import guards, rules
from eventkit.events.guards import Admissions, Admitted
from eventkit.events.tokens import hash_token
from tests.fife import CODES, FIFE, STRANGER, with_cast


class App:
    """What guards look at."""

    def __init__(self, admissions: Admissions) -> None:
        self.state = type("State", (), {"admissions": admissions})


def asking(admissions: Admissions, code: str, cookie: str = "") -> Request:
    headers = [(b"cookie", cookie.encode())] if cookie else []
    scope = {"type": "http", "app": App(admissions), "path_params": {"code": code}, "headers": headers}
    return Request(scope)


@pytest.fixture
def admissions() -> Admissions:
    return Admissions({CODES[FIFE]: FIFE, CODES[STRANGER]: STRANGER}, {hash_token("a"): FIFE})


def test_pass_is_known_by_its_hash(admissions: Admissions) -> None:
    admitted = guards.admitted(asking(admissions, CODES[FIFE], "pass=a"))
    assert admitted == Admitted(FIFE, bytes.fromhex(hash_token("a"))[:16])


@pytest.mark.parametrize("cookie", ["", "pass=", "pass=b", f"pass={hash_token('a')}", "organiser=a"])
def test_other_cookie_is_refused(admissions: Admissions, cookie: str) -> None:
    with pytest.raises(Refused, match="This browser has not joined yet"):
        guards.admitted(asking(admissions, CODES[FIFE], cookie))


def test_pass_is_good_at_its_own_event_alone(admissions: Admissions) -> None:
    with pytest.raises(Refused):
        guards.admitted(asking(admissions, CODES[STRANGER], "pass=a"))


@pytest.mark.parametrize("code", ["AAAAAAA", "k7m4pdx", ""])
def test_unknown_code_is_not_found(admissions: Admissions, code: str) -> None:
    with pytest.raises(NotFound, match="There is nothing at this address"):
        guards.event_of(asking(admissions, code))


def test_admissions_take_up_what_is_stored(tmp_path: Path) -> None:
    database = with_cast(tmp_path / "eventkit.sqlite3")
    with Session(database.writing) as session:
        token = rules.join(session, FIFE)
        session.commit()
        admissions = Admissions()
        admissions.load(session)
    database.close()
    assert admissions.codes == {code: event_id for event_id, code in CODES.items()}
    assert admissions.passes == {hash_token(token): FIFE}
    assert admissions.languages == {FIFE: "en", STRANGER: "en"}
