"""One sealed answer: AES-256-GCM over a record of fixed length, so that no length tells what was chosen."""

import secrets
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PASS_BYTES = 16
SEQ_BYTES = 4
HEAD_BYTES = PASS_BYTES + SEQ_BYTES
CHOICE_BYTES = 16
NONCE_BYTES = 12
MAX_SEQ = 2 ** (8 * SEQ_BYTES) - 1


class Record(NamedTuple):
    """Whose answer (16 bytes that stand for a pass), its number at that pass, and what was chosen."""

    voter: bytes
    seq: int
    choice: str


def seal(key: AESGCM, about: bytes, record: Record, size: int = CHOICE_BYTES) -> bytes:
    """Nonce and ciphertext; `size` is the length of every choice of the box, so that none tells by its own.

    `about` (box and epoch) is bound to it.
    """
    choice = record.choice.encode().ljust(size, b"\0")
    if len(choice) != size:
        raise ValueError(f"a choice of this box has at most {size} bytes: {record.choice!r}")
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + key.encrypt(nonce, record.voter + record.seq.to_bytes(SEQ_BYTES) + choice, about)


def unseal(key: AESGCM, about: bytes, sealed: bytes) -> Record | None:
    """The record, or None if another key sealed it."""
    try:
        plain = key.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about)
    except InvalidTag:
        return None
    voter, seq, choice = plain[:PASS_BYTES], plain[PASS_BYTES:HEAD_BYTES], plain[HEAD_BYTES:]
    return Record(voter, int.from_bytes(seq), choice.rstrip(b"\0").decode())
