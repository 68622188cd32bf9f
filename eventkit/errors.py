"""Errors are sentences for people, with the HTTP status that a page gives them.

Raised in rules, caught once (`web.errors`). The sentence says what happened and what to do.
"""


class EventkitError(Exception):
    """A refusal that a person reads; never a traceback."""

    status = 500

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadInput(EventkitError):
    """What was sent cannot be used; nothing was changed."""

    status = 400


class Refused(EventkitError):
    """This browser may not do that."""

    status = 403


class NotFound(EventkitError):
    """Nothing here, or nothing that this browser may know of."""

    status = 404


class Conflict(EventkitError):
    """Well formed, but the room has moved on."""

    status = 409


class Gone(EventkitError):
    """It was here, and is over."""

    status = 410


class TooMany(EventkitError):
    """Asked too often."""

    status = 429


class Unavailable(EventkitError):
    """The server cannot do it now (disk full, stopping); nothing was changed."""

    status = 503
