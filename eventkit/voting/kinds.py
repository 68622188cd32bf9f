"""What each format of poll does its own way: a class for each, all of one protocol. Nothing else asks for formats."""

from collections import Counter
from collections.abc import Mapping
from typing import Protocol

from eventkit.voting.asked import Asked, Counted, Told
from eventkit.voting.choice import Choice
from eventkit.voting.models import Format
from eventkit.voting.number import Number
from eventkit.voting.order import Order


class Kind(Protocol):
    """From a phone's form to what the room's answer says."""

    def read(self, form: Mapping[str, str]) -> str:
        """The choice that a form amounts to, at most 16 bytes long. Raises `BadInput`."""

    def words(self, choice: str) -> str:
        """A choice as people read it."""

    def count(self, choices: Counter[str]) -> Counted:
        """What is kept of a round: votes per answer, from how many made each choice."""

    def told(self, counted: Counted, before: Counted | None) -> Told:
        """What a counted round says, beside the round before it."""


def kind(asked: Asked) -> Kind:
    """How this question is answered."""
    if asked.poll.format is Format.NUMERIC:
        return Number(asked)
    return Order(asked) if asked.poll.format is Format.RANKING else Choice(asked)
