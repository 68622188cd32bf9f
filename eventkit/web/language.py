"""Which language a page speaks, and the words in it; standard library only, so that rules may use it."""

import gettext as _gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})

_current: ContextVar[str] = ContextVar("language", default="en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything said within speaks this language."""
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


def language() -> str:
    """The language that is spoken now, such as "en"."""
    return _current.get()


def direction() -> str:
    """The writing direction of the language: "ltr" or "rtl"."""
    return "rtl" if language().split("-")[0] in RIGHT_TO_LEFT else "ltr"


def gettext(message: str) -> str:
    """The message in the language spoken now."""
    return _catalogue(language()).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The message for this number in the language spoken now."""
    return _catalogue(language()).ngettext(singular, plural, number)


@cache
def _catalogue(name: str) -> _gettext.NullTranslations:
    return _gettext.translation("eventkit", Path(__file__).parent / "locale", [name], fallback=True)
