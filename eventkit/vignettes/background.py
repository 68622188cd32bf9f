"""What goes on by itself while a server runs: recordings are finished, and deleted when their time is over."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from eventkit.database import Database
from eventkit.vignettes.arriving import keep_tidy

TASKS: Sequence[Callable[[Database], Coroutine[Any, Any, None]]] = (keep_tidy,)


def memory() -> dict[str, Any]:
    """Nothing."""
    return {}
