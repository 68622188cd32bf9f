"""A room of simulated people. They use HTTP and WebSocket only, and know nothing that a phone would not."""

import asyncio
import ssl
from collections import Counter
from collections.abc import Sequence
from types import MappingProxyType

import httpx2

from eventkit.errors import Unavailable
from eventkit.rehearsal.author import Sayings
from eventkit.rehearsal.phone import Phone, Place
from eventkit.web.language import gettext as _

NO_SAYINGS: Sayings = MappingProxyType({})


class People:
    """`number` people at the event with this join code; with a `speed` of 20 a minute takes them three seconds.

    `sayings` is what they may write, by wall_id and by vignette_id.
    """

    def __init__(
        self,
        base: str,
        code: str,
        number: int,
        speed: float = 1,
        seed: int = 2016,
        sayings: Sayings = NO_SAYINGS,
    ) -> None:
        place = Place(base, code, seed, speed, sayings)
        tls = ssl.create_default_context()  # one for all: making it takes longer than joining
        self.phones = [Phone(place, each, tls) for each in range(number)]

    @property
    def joined(self) -> int:
        """How many have joined."""
        return sum(phone.joined for phone in self.phones)

    def recorded(self, vote: str) -> Counter[str]:
        """How many were told that this choice of theirs is recorded, by option."""
        return Counter(phone.recorded[vote] for phone in self.phones if vote in phone.recorded)

    def written(self, wall_id: str) -> Counter[str]:
        """How many were told that a note of theirs with these words is on this wall, by words."""
        return Counter(text for phone in self.phones for text in phone.author.told[wall_id].values())

    def have_written(self, walls: Sequence[str]) -> int:
        """How many have been to these walls, by wall_id, and have no more to write."""
        return sum(phone.author.has_written(walls) for phone in self.phones)

    def at_tables(self) -> Counter[tuple[str, str, str]]:
        """How many were told that a note of theirs is in the record, by table, vignette_id and words."""
        return Counter((*at, text) for phone in self.phones for at, text in phone.notes.told.items())

    def have_noted(self, stories: int) -> int:
        """How many have written to their table's record of this many stories."""
        return sum(len(phone.notes.told) >= stories for phone in self.phones)

    async def live(self) -> None:
        """Everybody joins and takes part, until cancelled. Raises `Unavailable` if the server is gone."""
        try:
            async with asyncio.TaskGroup() as group:
                for phone in self.phones:
                    group.create_task(phone.live())
        except ExceptionGroup as errors:
            if errors.subgroup(httpx2.TransportError):
                raise Unavailable(_("The simulated people cannot reach the server any more.")) from errors
            raise
