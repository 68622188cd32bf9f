"""Slows down guessing. Only wrong codes are counted, and never by address: a whole room shares one."""

import asyncio
import time

PER_SECOND = 50
LONGEST_WAIT = 10.0


class WrongCodes:
    """Lets `PER_SECOND` wrong codes a second through for the whole server; the rest wait, the longer the more come."""

    def __init__(self) -> None:
        self._next = 0.0

    async def wait(self) -> None:
        """Returns when this wrong code may be answered."""
        now = time.monotonic()
        # A short burst is people's typing; only what comes faster for longer than a second has to wait.
        self._next = min(max(self._next + 1 / PER_SECOND, now - 1), now + LONGEST_WAIT)
        if self._next > now:
            await asyncio.sleep(self._next - now)
