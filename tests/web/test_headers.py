"""What stands around every answer, and that another site's page can change nothing."""

from collections.abc import Iterator

import pytest
from starlette.requests import Request
from starlette.responses import Response

from eventkit.web.headers import Headers, same_origin
from tests.fife import CODES, FIFE
from tests.room import HOST, Room, room_in

CODE = CODES[FIFE]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    f"connect-src 'self' ws://{HOST} wss://{HOST}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cache-control": "no-store",
}


async def fault(request: Request) -> Response:
    raise ValueError("a secret of the server")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with room_in(tmp_path_factory.mktemp("headers")) as made:
        made.app.router.add_route("/fault", fault)
        yield made


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", f"/e/{CODE}", 303),
        ("POST", "/", 404),
        ("GET", "/nothing", 404),
        ("GET", f"/s/{CODE}/console", 403),
        ("PUT", "/", 405),
        ("POST", "/control/link", 400),
        ("GET", "/fault", 500),
        ("GET", "/static/0/nothing.css", 404),
    ],
)
def test_every_answer_has_the_headers(room: Room, method: str, path: str, status: int) -> None:
    answer = room.ask(method, path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert answer.headers["content-security-policy"] == POLICY


def test_too_large_a_body_is_refused_with_the_headers(room: Room) -> None:
    answer = room.post("/", {"code": "A" * 100_000})
    assert (answer.status_code, answer.headers["x-content-type-options"]) == (413, "nosniff")


def test_refused_request_has_the_headers_and_says_why(room: Room) -> None:
    answer = room.post("/", headers={"origin": "http://evil.test"})
    assert (answer.status_code, answer.headers["x-content-type-options"]) == (403, "nosniff")
    assert answer.text == (
        "This request came from another site, so nothing was changed. Open eventkit's own page and try again."
    )


def test_static_file_may_be_kept_for_ever(room: Room) -> None:
    answer = room.get("/static/0/base.css")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    assert answer.headers["content-security-policy"] == POLICY


def test_fault_never_shows_its_insides(room: Room) -> None:
    answer = room.get("/fault")
    assert "secret" not in answer.text
    assert "ValueError" not in answer.text
    assert "Something went wrong on the server." in answer.text


def test_made_up_host_is_not_written_into_the_policy(room: Room) -> None:
    answer = room.get("/", headers={"host": "evil.test; script-src *"})
    assert "evil" not in answer.headers["content-security-policy"]
    assert "connect-src 'self';" in answer.headers["content-security-policy"]


def test_made_up_hosts_do_not_fill_the_memory() -> None:
    headers = Headers(fault)
    for number in range(1000):
        headers._policy(b"host%d" % number)
    assert len(headers._policies) <= 101


@pytest.mark.parametrize(
    ("site", "origin", "host", "same"),
    [
        (None, "http://192.168.1.5:8000", "192.168.1.5:8000", True),
        (None, "http://[::1]:8000", "[::1]:8000", True),
        (None, "https://workshop.example.org", "workshop.example.org", True),
        (None, "http://192.168.1.5", "192.168.1.5:8000", False),
        (None, "http://192.168.1.5:8000.evil.test", "192.168.1.5:8000", False),
        (None, "http://192.168.1.5:8000@evil.test", "192.168.1.5:8000", False),
        (None, "null", "192.168.1.5:8000", False),
        (None, "", "192.168.1.5:8000", False),
        (None, "http://[", "192.168.1.5:8000", False),
        (None, "http://a", None, False),
        (None, "null", "", False),
        (None, "null", None, False),
        ("same-origin", "http://a", "a", True),
        ("none", None, "a", True),
        ("same-site", "http://a", "a", False),
        ("cross-site", "http://a", "a", False),
        ("", "http://a", "a", False),
    ],
)
def test_same_origin_compares_whole_origins(site: str | None, origin: str | None, host: str | None, same: bool) -> None:
    given = {b"sec-fetch-site": site, b"origin": origin, b"host": host}
    headers = {name: value.encode() for name, value in given.items() if value is not None}
    assert same_origin(headers, must_say=False) is same


def test_request_that_names_no_origin_comes_from_no_browser() -> None:
    assert same_origin({b"host": b"a"}, must_say=False) is True
    assert same_origin({b"host": b"a"}, must_say=True) is False


def test_reading_needs_no_origin(room: Room) -> None:
    assert room.get("/", headers={"origin": "http://evil.test"}).status_code == 200
    assert room.get("/", headers={}).status_code == 200
