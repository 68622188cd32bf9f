"""What goes on by itself while a server runs: notes get their places, pages turn."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from eventkit.database import Database
from eventkit.wall.flood import Flood
from eventkit.wall.placing import keep_placing
from eventkit.wall.turning import keep_turning

TASKS: Sequence[Callable[[Database], Coroutine[Any, Any, None]]] = (keep_placing, keep_turning)


def memory() -> dict[str, Any]:
    """Events with notes that have no place yet, the next turns of pages, and who has just written how much."""
    return {"unplaced": set(), "turning": {}, "flood": Flood()}
