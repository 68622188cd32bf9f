"""A room in this process: the real app on a real database with the standing cast, asked over ASGI."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx2
from fastapi import FastAPI
from starlette.types import Message

from eventkit.app import create_app
from eventkit.database import Database
from eventkit.events.models import Role
from eventkit.settings import Settings
from tests.fife import CODES, FIFE, cookie, opened, with_cast

HOST = "room.test:8000"
ORIGIN = {"origin": f"http://{HOST}"}

T = TypeVar("T")


class Room:
    """The app between its start and its stop. Nothing follows redirections or keeps cookies by itself."""

    def __init__(self, app: FastAPI, database: Database, runner: asyncio.Runner) -> None:
        self.app, self.database, self._runner = app, database, runner

    def ask(
        self,
        method: str,
        path: str,
        data: Mapping[str, str] | None = None,
        *,
        cookies: str = "",
        headers: Mapping[str, str] = ORIGIN,
        content: bytes | None = None,
    ) -> httpx2.Response:
        """One request, from a page of this server unless `headers` say otherwise."""

        async def asked() -> httpx2.Response:
            transport = httpx2.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx2.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
                sent = dict(headers) | ({"cookie": cookies} if cookies else {})
                return await client.request(method, path, data=data, content=content, headers=sent)

        return self._runner.run(asked())

    def get(self, path: str, **given: Any) -> httpx2.Response:
        return self.ask("GET", path, **given)

    def post(self, path: str, data: Mapping[str, str] | None = None, **given: Any) -> httpx2.Response:
        return self.ask("POST", path, data, **given)

    def at_once(self, path: str, forms: Sequence[Mapping[str, str]], cookies: str) -> list[int]:
        """The statuses of forms that are posted together."""

        async def asked() -> list[int]:
            transport = httpx2.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx2.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
                headers = {**ORIGIN, "cookie": cookies}
                answers = await asyncio.gather(*(client.post(path, data=form, headers=headers) for form in forms))
                return [answer.status_code for answer in answers]

        return self._runner.run(asked())

    def write(self, event_id: int, verb: Callable[..., T], *args: Any) -> T:
        return self._runner.run(self.database.write(event_id, verb, *args))

    def pass_of(self, event_id: int = FIFE) -> str:
        """The cookie of a browser that has just joined."""
        answer = self.post(f"/e/{CODES[event_id]}/join")
        return f"pass={answer.cookies['pass']}"

    def role(self, role: Role, event_id: int = FIFE) -> str:
        """The cookie of somebody who has just used a link."""
        return f"{role.value}={self.write(event_id, cookie, event_id, role)}"

    def shake_hands(self, path: str, cookies: str = "", headers: Mapping[str, str] = ORIGIN) -> str:
        """What a socket is answered first: "websocket.accept" or "websocket.close"."""
        given = {"host": HOST, **headers} | ({"cookie": cookies} if cookies else {})
        return self._runner.run(_first_answer(self.app, path, given))

    def dump(self) -> Sequence[str]:
        """Everything that the database holds."""
        with sqlite3.connect(self.database.path) as other:
            lines = list(other.iterdump())
        other.close()
        return lines


@contextmanager
def room_in(folder: Path, *, min_votes: int = 1, **settings: Any) -> Iterator[Room]:
    """A room whose data and keys lie in this folder."""
    with_cast(folder / "data" / "eventkit.sqlite3", min_votes=min_votes).close()
    with room_on(folder, **settings) as room:
        yield room


@contextmanager
def room_on(folder: Path, **settings: Any) -> Iterator[Room]:
    """A room on the data and keys that lie in this folder already."""
    database = opened(folder / "data" / "eventkit.sqlite3")
    app = create_app(Settings(data=folder / "data", key_dir=folder / "keys", **settings), database)
    with asyncio.Runner() as runner:
        life = app.router.lifespan_context(app)
        runner.run(life.__aenter__())
        yield Room(app, database, runner)
        runner.run(life.__aexit__(None, None, None))
    database.close()


async def _first_answer(app: FastAPI, path: str, headers: Mapping[str, str]) -> str:
    answered: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    incoming: list[Message] = [{"type": "websocket.connect"}]

    async def receive() -> Message:
        return incoming.pop(0) if incoming else await asyncio.Event().wait() and {}

    async def send(message: Message) -> None:
        if not answered.done():
            answered.set_result(message["type"])

    plain, _question, query = path.partition("?")
    scope = {
        "type": "websocket",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "ws",
        "path": plain,
        "raw_path": plain.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
        "subprotocols": [],
    }
    serving = asyncio.ensure_future(app(scope, receive, send))
    async with asyncio.timeout(5):
        first = await answered
    serving.cancel()
    await asyncio.wait([serving])
    return first
