"""A number as the answer. `Numbers` is what the room's answer says."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from eventkit.errors import BadInput
from eventkit.evidence.models import Statistic
from eventkit.evidence.units import measured
from eventkit.sealing.cipher import CHOICE_BYTES
from eventkit.voting import number_sentences as sentences
from eventkit.voting.asked import Asked, Cells, Counted, Headline, Line, Table, figure_headline
from eventkit.voting.guesses import Guesses, guess
from eventkit.voting.models import NOT_SURE, Phase
from eventkit.voting.number_measures import measures
from eventkit.voting.number_pictures import pictures
from eventkit.voting.pictures import Pictures, Shown
from eventkit.voting.reading import likely, parsed, span, stepped, written
from eventkit.web.figure_charts import Chart, plotted
from eventkit.web.language import gettext as _

MOST_LINES = 60  # of a table; more different guesses are no table that anybody reads


class Implausible(BadInput):
    """The number lies outside the range that the plan gives; it counts once the person says that it is meant."""


@dataclass(frozen=True)
class Number:
    """A number, in the unit of the poll."""

    asked: Asked

    def read(self, form: Mapping[str, str]) -> str:
        """The number of a form, rounded to the poll's step. Raises `BadInput`, or `Implausible` to be asked about."""
        poll, typed = self.asked.poll, form.get("number", "").strip()
        if form.get("option") == NOT_SURE and poll.allow_not_sure:
            return NOT_SURE
        value = stepped(poll, parsed(typed))
        text = written(value)
        if len(text) > CHOICE_BYTES:
            raise BadInput(_("That number is too long to be meant. Write it again, then send it. Nothing was changed."))
        if not likely(poll, value) and form.get("confirmed", "").strip() != typed:
            sentence = _("{number} is outside what is likely, {range}. Send it all the same?")
            raise Implausible(sentence.format(number=measured(poll.unit, value), range=span(poll)))
        return text

    def words(self, choice: str) -> str:
        """The number with its unit."""
        return _("Not sure") if choice == NOT_SURE else measured(self.asked.poll.unit, Decimal(choice))

    def count(self, choices: Counter[str]) -> Counted:
        """Votes per number, in order of size."""
        return Counted({(text, 0): votes for text, votes in sorted(choices.items(), key=_size)})

    def told(self, counted: Counted, before: Counted | None) -> "Numbers":
        """What a counted round says, beside the round before it."""
        earlier = guess(before.by_option, before.base) if before else None
        return Numbers(self.asked, guess(counted.by_option, counted.base), earlier)


@dataclass(frozen=True)
class Numbers:
    """The room's guesses at a number."""

    asked: Asked
    seen: Guesses
    before: Guesses | None = None

    def room(self) -> str:
        return sentences.room(self.asked.poll, self.seen)

    def gap(self) -> str:
        return sentences.gap(self.asked.poll, self.seen, self.asked.national, self.asked.local)

    def fact(self) -> str:
        return sentences.fact(self.asked.figure) if self.asked.figure else self.room()

    def since(self) -> str:
        if self.before is None:
            return ""
        return sentences.compared(self.asked.poll, self.before, self.seen, self.asked.figure)

    def aside(self) -> str:
        figure = self.asked.figure
        return sentences.near(self.asked.poll, self.seen, figure) if figure else ""

    def label(self) -> str:
        if not self.seen.counts:
            return ""
        least, most = (self._said(self.seen.counts[end][0]) for end in (0, -1))
        return _("The guesses lie from {least} to {most}.").format(least=least, most=most)

    def believed(self) -> str:
        return ""

    def headline(self) -> Headline:
        return figure_headline(self.asked.figure)

    def published(self, shown: Shown) -> Sequence[Statistic]:
        return [figure for figure in (shown.national, shown.local) if figure]

    def table(self, shown: Shown) -> Table:
        lines = [Line(self._said(value), (f"{votes:,}",)) for value, votes in self.seen.counts[:MOST_LINES]]
        left = self.seen.counts[MOST_LINES:]
        if left:
            more = _("{number} other numbers, from {least}").format(number=len(left), least=self._said(left[0][0]))
            lines.append(Line(more, (f"{sum(votes for _value, votes in left):,}",)))
        if self.seen.not_sure:
            lines.append(Line(_("Not sure"), (f"{self.seen.not_sure:,}",)))
        return Table((_("Guess"), _("People")), (*self._summary(), *lines))

    def pictures(self, shown: Shown, phase: Phase) -> Pictures:
        return pictures(self.asked, self.seen, shown, phase)

    def chart(self, shown: Shown) -> Chart:
        return plotted(pictures(self.asked, self.seen, shown, Phase.GAP).screen)

    def tallies(self) -> Iterator[Cells]:
        for value, votes in self.seen.counts:
            yield {
                "option_id": written(value),
                "option_text": self._said(value),
                "value": value,
                "votes": votes,
                "share": votes / self.seen.n_votes,
            }

    def numbers(self) -> Cells:
        return measures(self.asked, self.seen)

    def _summary(self) -> tuple[Line, ...]:
        if self.seen.median is None or self.seen.quartiles is None:
            return ()
        low, high = (self._said(quartile) for quartile in self.seen.quartiles)
        middle = Line(_("Middle guess: {guess}").format(guess=self._said(self.seen.median)), ("",))
        return (middle, Line(_("Middle half: {low} to {high}").format(low=low, high=high), ("",)))

    def _said(self, value: Decimal) -> str:
        return sentences.guess_text(self.asked.poll.unit, value)


def _size(counted: tuple[str, int]) -> tuple[bool, Decimal]:
    text, _votes = counted
    return (True, Decimal(0)) if text == NOT_SURE else (False, Decimal(text))
