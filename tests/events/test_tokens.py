"""Secrets and join codes."""

from collections import Counter

import pytest

from eventkit.events.tokens import ALPHABET, hash_token, new_code, new_token, spaced_code, typed_code


def test_token_has_128_random_bits_and_is_kept_as_its_hash() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert {len(bytes.fromhex(token)) for token in tokens} == {16}
    assert hash_token("a") == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"


def test_code_has_seven_letters_that_do_not_look_alike() -> None:
    assert (len(ALPHABET), len(set(ALPHABET))) == (28, 28)
    assert set(ALPHABET) & set("0O1IL2Z5S8B") == {"Z", "S", "8", "B"}
    assert {len(new_code()) for _ in range(100)} == {7}
    assert set("".join(new_code() for _ in range(200))) <= set(ALPHABET)


def test_every_letter_of_a_code_is_equally_likely(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte value comes once: those that would favour the first letters are drawn again."""
    every = [bytes(range(start, start + 14)) for start in range(0, 252, 14)] + [bytes([252, 253, 254, 255] * 4)]
    letters: Counter[str] = Counter()
    drawn = iter(every[-1:] + every + every)
    monkeypatch.setattr("secrets.token_bytes", lambda _number: next(drawn))
    for _ in range(18):
        letters.update(new_code())
    assert set(letters) <= set(ALPHABET)
    assert sum(letters.values()) == 126


@pytest.mark.parametrize(
    ("typed", "code"),
    [("k7m 4pdx", "K7M4PDX"), ("K7M-4PDX\n", "K7M4PDX"), ("", ""), ("!?", ""), ("ﬁ", "FI"), ("A" * 500, "A" * 40)],
)
def test_typed_code_is_read_without_what_stands_between(typed: str, code: str) -> None:
    assert typed_code(typed) == code


def test_code_is_printed_in_two_parts() -> None:
    assert spaced_code("K7M4PDX") == "K7M 4PDX"
