"""Phrases that the sentences of every format are made of."""

from collections.abc import Sequence
from typing import Protocol

from eventkit.voting.perception import Seen
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext

LONGEST_ANSWER = 32  # characters; a longer option is named by its letter, as the chart beside the sentence does


class Lettered(Protocol):
    """An option of a choice, or an item of a ranking."""

    @property
    def option_id(self) -> str:
        """Its letter."""

    @property
    def text(self) -> str:
        """Its words."""


def named(answer: Lettered) -> str:
    """The answer inside a sentence: a number as it stands, words in quotation marks, long words by their letter."""
    if len(answer.text) > LONGEST_ANSWER:
        return answer.option_id
    return _("“{words}”").format(words=answer.text) if answer.text[:1].isalpha() else answer.text


def listed(answers: Sequence[Lettered]) -> str:
    """The names of one or more answers: "7 %, 20 % and 27 %"."""
    names = [named(answer) for answer in answers]
    if len(names) == 1:
        return names[0]
    return _("{most} and {last}").format(most=", ".join(names[:-1]), last=names[-1])


def group(seen: Seen, votes: int) -> str:
    """What the largest group may be called: "most of us" only above half of all who voted."""
    if 2 * votes > seen.n_answered:
        return _("most of us")
    if 2 * votes == seen.n_answered:
        return _("half of us")
    if votes <= seen.not_sure:
        return _("the largest group of those who chose")
    return _("the largest group")


def nobody(seen: Seen) -> str:
    """Why there is no answer to speak of, as a sentence."""
    if not seen.not_sure:
        return _("Nobody voted.")
    return ngettext("The only one of us who voted was not sure.", "All {n} of us were not sure.", seen.not_sure).format(
        n=people(seen.not_sure)
    )


def went(before: tuple[int, int], after: tuple[int, int]) -> str:
    """How a number of people changed from one vote to the next, each as (people, n): "from 12 to 26 of 42"."""
    words = dict(zip(("first", "n", "second", "of"), map(people, (*before, *after)), strict=True))
    if before[1] == after[1]:
        return _("from {first} to {second} of {n}").format(**words)
    return _("from {first} of {n} to {second} of {of}").format(**words)


def capital(text: str) -> str:
    """The text as the beginning of a sentence."""
    return text[0].upper() + text[1:]


def people(number: int) -> str:
    """A number of people: "4,200"."""
    return f"{number:,}"
