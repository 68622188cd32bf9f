"""What goes on by itself while a server runs: whoever works out seats ends with it, and pages turn."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from eventkit.database import Database
from eventkit.tables import job, turning


async def end_with_server(database: Database) -> None:
    """Waits until the server stops, and stops every job."""
    try:
        await asyncio.Event().wait()
    finally:
        await job.stop_all(database)


TASKS: Sequence[Callable[[Database], Coroutine[Any, Any, None]]] = (end_with_server, turning.keep_turning)


def memory() -> dict[str, Any]:
    """The jobs, and the pages of the screen, by their events."""
    return {"seating_jobs": {}, turning.MEMORY: {}}
