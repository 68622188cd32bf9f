"""Uploads that wait: only for their event, only for a quarter of an hour, and never more than fit."""

import pytest

from eventkit.errors import NotFound
from eventkit.events.waiting import KEPT_SECONDS, MOST, Waiting
from tests.fife import FIFE, STRANGER


class Clock:
    """Moves only when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_upload_is_found_again_by_its_event_alone() -> None:
    waiting: Waiting[str] = Waiting()
    token = waiting.keep(FIFE, "a plan")
    assert waiting.look(FIFE, token) == "a plan"
    with pytest.raises(NotFound, match="Upload it again"):
        waiting.look(STRANGER, token)


def test_upload_is_let_go_once_it_was_dealt_with() -> None:
    waiting: Waiting[str] = Waiting()
    token = waiting.keep(FIFE, "a plan")
    waiting.let_go(token)
    with pytest.raises(NotFound):
        waiting.look(FIFE, token)


def test_upload_waits_for_a_quarter_of_an_hour() -> None:
    clock = Clock()
    waiting: Waiting[str] = Waiting(clock)
    token = waiting.keep(FIFE, "a plan")
    clock.now = KEPT_SECONDS - 1
    assert waiting.look(FIFE, token) == "a plan"
    clock.now = KEPT_SECONDS
    with pytest.raises(NotFound):
        waiting.look(FIFE, token)


def test_oldest_upload_makes_room() -> None:
    waiting: Waiting[int] = Waiting()
    tokens = [waiting.keep(FIFE, number) for number in range(MOST + 1)]
    with pytest.raises(NotFound):
        waiting.look(FIFE, tokens[0])
    assert [waiting.look(FIFE, token) for token in tokens[1:]] == list(range(1, MOST + 1))
