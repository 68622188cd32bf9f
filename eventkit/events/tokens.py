"""Secrets that only their holder keeps: random tokens, their hashes, and join codes."""

import secrets
from hashlib import sha256

ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ346789"
CODE_LETTERS = 7


def new_token() -> str:
    """128 random bits as hex."""
    return secrets.token_bytes(16).hex()


def hash_token(token: str) -> str:
    """What is stored of a token: its SHA-256 as hex."""
    return sha256(token.encode()).hexdigest()


def new_code(letters: int = CODE_LETTERS) -> str:
    """A join code of 7 letters of 28; at 50 guesses a second for 8 hours, one is hit with a chance of 1 in 10,000."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in _even_bytes(letters))


def typed_code(text: str) -> str:
    """The code as somebody typed or pasted it, without spaces and dashes, in capitals."""
    return "".join(letter for letter in text.upper() if letter.isalnum())[:40]


def spaced_code(code: str) -> str:
    """The code as it is printed: K7M 4PDX."""
    return f"{code[:3]} {code[3:]}"


def _even_bytes(number: int) -> list[int]:
    """Random bytes below the largest multiple of the alphabet, so that every letter is equally likely."""
    limit = 256 - 256 % len(ALPHABET)
    found: list[int] = []
    while len(found) < number:
        found += [byte for byte in secrets.token_bytes(2 * number) if byte < limit]
    return found[:number]
