"""Files that were uploaded and wait for a yes: in memory only, for a quarter of an hour."""

from collections.abc import Callable
from time import monotonic
from typing import Generic, TypeVar

from eventkit.errors import NotFound
from eventkit.events.tokens import new_token
from eventkit.web.language import gettext as _

KEPT_SECONDS = 15 * 60
MOST = 20
"""Files that wait at once; the oldest goes for one more, so that uploads cannot fill the memory."""

T = TypeVar("T")


class Waiting(Generic[T]):
    """What waits, by a random token."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._held: dict[str, tuple[float, int, T]] = {}

    def keep(self, event_id: int, content: T) -> str:
        """Keeps it for this event, and gives the token that stands for it."""
        self._forget_old()
        while len(self._held) >= MOST:
            del self._held[next(iter(self._held))]
        token = new_token()
        self._held[token] = (self._clock() + KEPT_SECONDS, event_id, content)
        return token

    def look(self, event_id: int, token: str) -> T:
        """What the token stands for. Raises `NotFound` if it waited too long or was let go."""
        self._forget_old()
        _until, owner, content = self._held.get(token, (0.0, 0, None))
        if content is None or owner != event_id:
            raise NotFound(_("This file was dealt with already, or has waited too long. Upload it again."))
        return content

    def let_go(self, token: str) -> None:
        """Forgets it: it was dealt with."""
        self._held.pop(token, None)

    def _forget_old(self) -> None:
        now = self._clock()
        self._held = {token: held for token, held in self._held.items() if held[0] > now}
