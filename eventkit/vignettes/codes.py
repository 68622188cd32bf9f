"""The code that a person keeps of their consent, and the label that they speak under.

Both follow from a slip: 128 random bits that the form of one person carries, and that are stored nowhere. So a form
that is sent twice gives one code, and a label tells nothing of who came first.
"""

from collections.abc import Iterable
from hashlib import sha256

from eventkit.events.tokens import ALPHABET, hash_token

LETTERS = 8


def code_of(slip: str) -> str:
    """Eight letters of 28, as many codes as 38 bits."""
    rest = int.from_bytes(sha256(f"code {slip}".encode()).digest())
    letters = ""
    for _place in range(LETTERS):
        rest, letter = divmod(rest, len(ALPHABET))
        letters += ALPHABET[letter]
    return letters


def spaced(code: str) -> str:
    """The code as it is shown: ABCD EFGH."""
    return f"{code[:4]} {code[4:]}"


def hash_code(event_id: int, code: str) -> str:
    """What is stored of a code; of the same code another event stores something else."""
    return hash_token(f"consent {event_id} {code}")


def label_of(slip: str, free: Iterable[int]) -> str:
    """One of the labels that are free, such as S3: each slip has an order of its own in which it likes them."""
    return f"S{max(free, key=lambda number: sha256(f'label {slip} {number}'.encode()).digest())}"
