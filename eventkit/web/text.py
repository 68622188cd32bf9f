"""Text that people typed: what is kept of it, and what they may have meant."""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Annotated

from pydantic import BeforeValidator

from eventkit.web.language import gettext as _

_KEPT_CONTROLS = frozenset("\n\t")
# No XML, and so no workbook, can hold these two.
_NO_CHARACTERS = frozenset("\ufffe\uffff")


def clean(text: str) -> str:
    """The text in NFC, without control characters other than newline and tab, and without lone surrogates.

    Every kind of line break that a form or a spreadsheet sends becomes one newline.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", "".join(character for character in lines if _keeps(character)))


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A sentence that names the nearest choice, led by a space; "" if none is near."""
    choices = list(choices)
    folded = {choice.casefold(): choice for choice in choices}
    nearest = get_close_matches(word.casefold()[:100], folded, n=1)
    return " " + _("Did you mean “{word}”?").format(word=folded[nearest[0]]) if nearest else ""


def _keeps(character: str) -> bool:
    if character in _KEPT_CONTROLS:
        return True
    return unicodedata.category(character) not in {"Cc", "Cs"} and character not in _NO_CHARACTERS


def _cleaned(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


CleanText = Annotated[str, BeforeValidator(_cleaned)]
"""The type of every text field of a form."""
