"""One sealed answer: AES-256-GCM over a record of fixed length, so that no length tells what was chosen."""

import secrets
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PASS_BYTES = 16
SEQ_BYTES = 4
CHOICE_BYTES = 16
NONCE_BYTES = 12
MAX_SEQ = 2 ** (8 * SEQ_BYTES) - 1


class Record(NamedTuple):
    """Whose answer (16 bytes that stand for a pass), its number at that pass, and what was chosen."""

    voter: bytes
    seq: int
    choice: str


def seal(key: AESGCM, about: bytes, record: Record) -> bytes:
    """Nonce and ciphertext, always of the same length; `about` (box and epoch) is bound to it."""
    choice = record.choice.encode().ljust(CHOICE_BYTES, b"\0")
    if len(choice) != CHOICE_BYTES:
        raise ValueError(f"a choice has at most {CHOICE_BYTES} bytes: {record.choice!r}")
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + key.encrypt(nonce, record.voter + record.seq.to_bytes(SEQ_BYTES) + choice, about)


def unseal(key: AESGCM, about: bytes, sealed: bytes) -> Record | None:
    """The record, or None if another key sealed it."""
    try:
        plain = key.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about)
    except InvalidTag:
        return None
    voter, seq, choice = plain[:PASS_BYTES], plain[PASS_BYTES:-CHOICE_BYTES], plain[-CHOICE_BYTES:]
    return Record(voter, int.from_bytes(seq), choice.rstrip(b"\0").decode())
