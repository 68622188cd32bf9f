"""One sealed answer: of fixed length, never twice the same, opened by its own key and box alone."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from eventkit.sealing.cipher import MAX_SEQ, Record, seal, unseal

KEY, OTHER = AESGCM(bytes(32)), AESGCM(bytes(31) + b"\1")
RECORD = Record(bytes(range(16)), MAX_SEQ, "not_sure")


def test_sealing_twice_never_gives_the_same() -> None:
    assert len({seal(KEY, b"a", RECORD) for _ in range(100)}) == 100


def test_sealed_record_is_read_back() -> None:
    assert unseal(KEY, b"a", seal(KEY, b"a", RECORD)) == RECORD


def test_length_tells_nothing() -> None:
    choices = ["A", "not_sure", "sixteen bytes ok", "äöü"]
    assert {len(seal(KEY, b"a", Record(bytes(16), 1, choice))) for choice in choices} == {64}


def test_other_key_box_or_byte_opens_nothing() -> None:
    sealed = seal(KEY, b"a", RECORD)
    assert unseal(OTHER, b"a", sealed) is None
    assert unseal(KEY, b"b", sealed) is None
    assert unseal(KEY, b"a", sealed[:-1] + bytes([sealed[-1] ^ 1])) is None


def test_choice_that_would_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="a choice of this box has at most 16 bytes"):
        seal(KEY, b"a", Record(bytes(16), 1, "seventeen bytes !"))
