"""The real app in a process of its own, with one open vote, and the references beside it in the same app.

`python -m bench.server FOLDER PEOPLE [without-store | wall]` prints one line of JSON and serves until it is stopped.
"""

import asyncio
import json
import resource
import secrets
import sys
import time
from asyncio import Future
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Form
from sqlalchemy import insert
from sqlmodel import Field, Session, SQLModel, create_engine
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from bench.room import make, open_wall
from eventkit.app import create_app
from eventkit.database import Database
from eventkit.live.hub import Hub, Key
from eventkit.server.door import listen, settled
from eventkit.server.running import Server, configured, keep_what_is_loaded, run
from eventkit.server.stored import open_database
from eventkit.settings import Settings
from eventkit.stage import programme
from eventkit.wall import placing
from eventkit.wall.models import Note, Status
from eventkit.writer import Gate

PHONE = Key(1, "phone", "en")
TICK_SECONDS = 0.25
TICK_BYTES = 1_000
UNPLACED = {"author": None, "cell": None, "pinned": False, "merged_into": "", "reason": "", "dots": None}


class PlainBallot(SQLModel, table=True):
    """What a first version of such a program stores: a row per vote, in the clear, in a commit of its own."""

    id: int | None = Field(default=None, primary_key=True)
    token: str = Field(index=True)
    choice: str


class References:
    """What the product is measured against, in the same app, behind the same headers."""

    def __init__(self, app: FastAPI, folder: Path) -> None:
        self.hub: Hub = app.state.hub
        self.database: Database = app.state.database
        self.sockets: list[WebSocket] = []
        self.times: dict[str, float] = {}
        self.ticking: asyncio.Task[None] | None = None
        self.engine = create_engine(f"sqlite:///{folder}/orm.sqlite3")
        SQLModel.metadata.create_all(self.engine, tables=[SQLModel.metadata.tables["plainballot"]])
        with self.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        app.post("/bench/orm")(self.orm)
        app.router.routes[1:1] = [  # after the ballot, which stands first in the real table too
            Route("/bench/post", self.bare, methods=["POST"]),
            Route("/bench/append", self.append, methods=["POST"]),
            Route("/bench/stage", self.stage, methods=["POST"]),
            Route("/bench/spread", self.spread, methods=["POST"]),
            Route("/bench/tick", self.tick, methods=["POST"]),
            Route("/bench/memory", self.memory, methods=["POST"]),
            WebSocketRoute("/bench/socket", self.socket),
        ]
        self._time_rendering()

    async def bare(self, request: Request) -> Response:
        """A bare ASGI POST: reads the body and answers."""
        await request.body()
        return PlainTextResponse("ok")

    async def append(self, request: Request) -> Response:
        """The bare write path: reads the body, and has the writer put one row with it into the same table."""
        body, note_id = await request.body(), secrets.token_hex(8)
        row = {"note_id": note_id, "wall_pk": 1, "text": body.decode(), "status": Status.HIDDEN, "paper": False}
        await self.database.write(1, lambda session: session.execute(insert(Note), [row | UNPLACED]))
        return PlainTextResponse("ok")

    def orm(self, token: Annotated[str, Form()], option: Annotated[str, Form()]) -> PlainTextResponse:
        """A FastAPI form and an ORM session that commits each vote."""
        with Session(self.engine) as session:
            session.connection().exec_driver_sql("PRAGMA synchronous=FULL")
            session.add(PlainBallot(token=token, choice=option))
            session.commit()
        return PlainTextResponse("recorded")

    async def stage(self, request: Request) -> Response:
        """One stage change: the vote is opened, or taken back to ready."""

        def press(session: Session) -> None:
            version = programme.stage_of(session, 1).version
            if self.hub_is_open:
                programme.back(session, 1, version, confirmed=False)
            else:
                programme.forward(session, 1, version)

        await self.database.write(1, press)
        self.hub_is_open = not self.hub_is_open
        return PlainTextResponse("ok")

    hub_is_open = True

    async def spread(self, request: Request) -> Response:
        """A bare fan-out: the same message to every socket, one after the other."""
        frame = await self.hub.frame(PHONE)
        self.times["bare"] = time.monotonic()
        message = {"type": "websocket.send", "text": frame.message}
        for socket in self.sockets:
            await socket.send(message)
        return PlainTextResponse("ok")

    async def tick(self, request: Request) -> Response:
        """Starts a fan-out of 1 kB to every phone each 250 ms, beside whatever else goes on."""

        async def keep_ticking() -> None:
            while True:
                await asyncio.sleep(TICK_SECONDS)
                for watcher in self.hub._channels[PHONE].watchers:
                    watcher.put("x" * TICK_BYTES)

        self.ticking = asyncio.create_task(keep_ticking())
        return PlainTextResponse("ok")

    async def memory(self, request: Request) -> Response:
        """What the process uses now, and when the last frame was touched and rendered."""
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        watching = self.hub.watching(1, "phone")
        return JSONResponse(self.times | {"bytes": pages * resource.getpagesize(), "watching": watching})

    async def socket(self, websocket: WebSocket) -> None:
        """A socket of the bare fan-out."""
        await websocket.accept()
        self.sockets.append(websocket)
        while (await websocket.receive())["type"] != "websocket.disconnect":
            pass
        self.sockets.remove(websocket)

    def _time_rendering(self) -> None:
        render, touched = self.hub._render, self.hub.touched

        def timed_render(key: Key) -> str:
            started = time.monotonic()
            html = render(key)
            if key == PHONE:
                self.times |= {"render_start": started, "rendered": time.monotonic()}
            return html

        def timed_touch(event_id: int | None, views: frozenset[str] | None) -> None:
            self.times["touched"] = time.monotonic()
            touched(event_id, views)

        self.hub._render = timed_render
        self.database.on_commit[:] = [timed_touch]
        place = placing.place

        def timed_place(session: Session, event_id: int) -> bool:
            placed = place(session, event_id)
            if placed:
                self.times["placed"] = time.monotonic()
            return placed

        placing.place = timed_place


def without_store(gate: Gate, row: object) -> Future[None]:
    """Says at the loop's next turn that a row is stored."""
    loop = asyncio.get_running_loop()
    done: Future[None] = loop.create_future()

    def settle() -> None:
        gate.settled(row, None)
        done.set_result(None)

    loop.call_soon(settle)
    return done


async def serve(folder: Path, people: int, words: Collection[str]) -> None:
    """Serves until killed; prints where, and the tokens."""
    settings = Settings(data=folder / "data", key_dir=folder / "keys", port=0)
    with open_database(settings.database) as database:
        port = listen("127.0.0.1", 0)
        settings = settled(settings, port)
        link, passes = await database.write(None, make, people)
        app = create_app(settings, database)
        References(app, folder)
        async with app.router.lifespan_context(app):
            keep_what_is_loaded()
            if "wall" in words:
                await database.write(1, open_wall)
            else:
                await database.write(1, lambda session: programme.forward(session, 1, 0))
            if "without-store" in words:
                database.append = without_store  # type: ignore[method-assign]
            print(json.dumps({"port": settings.port, "link": link, "passes": passes}), flush=True)
            await Server(configured(app)).serve(sockets=[port])


if __name__ == "__main__":
    run(lambda: serve(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
