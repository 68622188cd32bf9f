"""One phone is held; the room is not."""

import pytest

from eventkit.wall import flood
from eventkit.wall.flood import AT_ONCE, Flood, TooQuick

ONE, OTHER = b"one phone", b"another"


def sent(held: Flood, moments: list[float], voter: bytes = ONE) -> list[int]:
    """For each moment 0 if a note went through, else the seconds to wait."""
    answers = []
    for moment in moments:
        try:
            held.take(voter, moment)
            answers.append(0)
        except TooQuick as refusal:
            answers.append(refusal.seconds)
    return answers


def test_ten_notes_go_through_at_once_and_the_next_waits() -> None:
    held = Flood()
    assert sent(held, [0.0] * 12) == [0] * 10 + [3, 3]
    assert sent(held, [2.9]) == [1]
    assert sent(held, [3.0, 3.0]) == [0, 3]


def test_refusal_says_what_to_do_and_has_its_status() -> None:
    held = Flood()
    sent(held, [0.0] * AT_ONCE)
    with pytest.raises(TooQuick) as refusal:
        held.take(ONE, 2.5)
    assert (refusal.value.status, refusal.value.seconds) == (429, 1)
    assert refusal.value.sentence == (
        "That was quick! Nothing was changed on the wall, and nothing is lost: try again in 1 second."
    )


def test_rest_gives_back_ten_and_never_more() -> None:
    held = Flood()
    sent(held, [0.0] * AT_ONCE)
    assert sent(held, [1_000.0] * 11) == [0] * 10 + [3]


def test_another_phone_is_not_held() -> None:
    held = Flood()
    sent(held, [0.0] * 20)
    assert sent(held, [0.0] * AT_ONCE, OTHER) == [0] * 10


def test_phones_that_rested_are_forgotten_and_others_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "MOST_REMEMBERED", 2)
    held = Flood()
    for voter in (b"a", b"b", b"c"):
        sent(held, [0.0], voter)
    sent(held, [100.0] * AT_ONCE)
    assert set(held._allowances) == {ONE}
    sent(held, [100.0, 100.0], OTHER)
    assert sent(held, [100.0]) == [3]
