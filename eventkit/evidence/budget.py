"""Keeps one browser from burying the organisers under queries."""

from collections import Counter

from eventkit.errors import TooMany
from eventkit.web.language import gettext as _

MOST_EACH = 5


class Budget:
    """How many queries each pass has sent since the server started. In memory alone: no file ever says who asked."""

    def __init__(self) -> None:
        self._spent: Counter[bytes] = Counter()

    def spend(self, voter: bytes) -> None:
        """Takes one query from a pass. Raises `TooMany` when it has none left."""
        if self._spent[voter] >= MOST_EACH:
            raise TooMany(
                _("This phone has sent {number} queries. Nothing more was sent; ask the organisers in person.").format(
                    number=MOST_EACH
                )
            )
        self._spent[voter] += 1

    def give_back(self, voter: bytes) -> None:
        """Returns one that was refused."""
        self._spent[voter] -= 1
