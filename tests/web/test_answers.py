"""What people are told when something cannot be done, and that a fault of theirs is never one of ours."""

import asyncio
import logging
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from starlette.types import Message

from eventkit.events.models import Role
from tests.fife import CODES, FIFE
from tests.room import HOST, Room, room_in

CODE = CODES[FIFE]
BALLOT = f"/e/{CODE}/polls/p1/rounds/1/ballot"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with room_in(tmp_path_factory.mktemp("answers")) as made:
        yield made


def spoken(room: Room, incoming: list[Message], **scope: Any) -> list[Message]:
    """Everything that the app sends to a connection that says this much."""
    sent: list[Message] = []
    headers = {"host": HOST, "origin": f"http://{HOST}", **scope.pop("headers", {})}

    async def receive() -> Message:
        return incoming.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    whole = {
        "raw_path": scope["path"].encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        **scope,
    }
    asyncio.run(room.app(whole, receive, send))
    return sent


@pytest.mark.parametrize("path", [f"/e/{CODE}/live", f"/s/{CODE}/console/live", "/nothing/live"])
def test_refused_socket_is_closed_and_told_nothing_more(room: Room, path: str) -> None:
    sent = spoken(room, [{"type": "websocket.connect"}], type="websocket", scheme="ws", path=path, subprotocols=[])
    assert [message["type"] for message in sent] == ["websocket.close"]


def test_phone_that_leaves_while_it_sends_is_no_fault(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    half: list[Message] = [
        {"type": "http.request", "body": b"option=A", "more_body": True},
        {"type": "http.disconnect"},
    ]
    headers = {"cookie": room.pass_of(), "content-length": "200"}
    with caplog.at_level(logging.WARNING):
        spoken(room, half, type="http", method="POST", scheme="http", path=BALLOT, headers=headers)
    assert caplog.text == ""


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_address_of_thousands_of_digits_is_refused_with_a_sentence(room: Room, method: str) -> None:
    answer = room.ask(method, f"/e/{CODE}/polls/p1/rounds/{'9' * 5000}/ballot", cookies=room.pass_of())
    assert answer.status_code == 414
    assert answer.text == "There is nothing at this address: it is longer than any that eventkit gives."


def test_body_that_no_parser_can_read_is_told_so(room: Room) -> None:
    headers = {"origin": f"http://{HOST}", "content-type": "multipart/form-data; boundary=x"}
    answer = room.post("/", content=b"junk", headers=headers)
    assert answer.status_code == 400
    assert "Something in this form is missing or cannot be read. Go back and retry." in unescape(answer.text)


def test_characters_that_no_page_can_hold_are_left_out_of_the_code(room: Room) -> None:
    answer = room.post("/", {"code": "K7M\x004P\x1b"})
    assert answer.status_code == 404
    assert 'value="K7M4P"' in answer.text


def test_console_is_shown_why_a_vote_could_not_be_opened(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A fragment, because htmx puts no answer of 500 or more into the page."""
    folder = tmp_path_factory.mktemp("no-keys")
    (folder / "keys").write_text("a file where the folder should be")
    with room_in(folder) as room:
        cookies = room.role(Role.FACILITATOR)
        headers = {"origin": f"http://{HOST}", "hx-request": "true"}
        address = f"/s/{CODE}/console/forward"
        assert room.post(address, {"version": "0"}, cookies=cookies, headers=headers).status_code == 200
        answer = room.post(address, {"version": "1"}, cookies=cookies, headers=headers)
        assert (answer.status_code, "The vote was not opened" in answer.text) == (409, True)
        plain = room.post(address, {"version": "1"}, cookies=cookies)
        assert (plain.status_code, "The vote was not opened" in plain.text) == (503, True)
