"""Runs the app on a port until somebody stops it."""

import asyncio
import gc
import logging
import secrets
import signal
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from types import FrameType
from typing import Any, TypeVar

import uvicorn
from fastapi import FastAPI

from eventkit.app import create_app
from eventkit.database import Database
from eventkit.server.door import Door, here
from eventkit.settings import Settings

MAX_MESSAGE = 8 * 1024
STOP_SECONDS = 3

T = TypeVar("T")


class Server(uvicorn.Server):
    """Leaves signals to the loop: uvicorn would end the program before the database is closed."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing is captured."""
        yield


@asynccontextmanager
async def serving(settings: Settings, database: Database, port: socket.socket) -> AsyncIterator[None]:
    """The app on this port, for as long as the block runs; `settings` are settled, the database is open."""
    control = secrets.token_hex(16)
    app = create_app(settings, database, control)
    server = Server(configured(app))
    # The app's own start and stop happen here: uvicorn would turn a refusal into a traceback.
    async with app.router.lifespan_context(app):
        keep_what_is_loaded()
        running = asyncio.create_task(server.serve(sockets=[port]))
        try:
            while not server.started and not running.done():  # noqa: ASYNC110 -- uvicorn tells nobody
                await asyncio.sleep(0.01)
            Door(here(settings), settings.address, control).write(settings.data)
            yield
        finally:
            Door.remove(settings.data)
            server.should_exit = True
            await running
            gc.unfreeze()


def run(main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Runs to its end, or until Ctrl-C or the end of the service, which both stop it in good order."""
    # A service is stopped by SIGTERM; the loop knows only Ctrl-C, so one becomes the other.
    signal.signal(signal.SIGTERM, _like_ctrl_c)
    quiet()
    loop = uvicorn.Config(app="").get_loop_factory()
    with asyncio.Runner(loop_factory=loop) as runner:
        return runner.run(main())


def quiet() -> None:
    """At INFO uvicorn names the address of every phone and the page that it opened; neither may be kept."""
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)


def configured(app: FastAPI) -> uvicorn.Config:
    """How uvicorn serves: no compression (it costs six times the processor), small messages, and no log of anybody."""
    return uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_max_size=MAX_MESSAGE,
        ws_per_message_deflate=False,
        lifespan="off",
        log_config=None,
        log_level=logging.WARNING,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
    )


def keep_what_is_loaded() -> None:
    """A full collection of it would stop the room for a tenth of a second, again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def _like_ctrl_c(_number: int, _frame: FrameType | None) -> None:
    signal.raise_signal(signal.SIGINT)
