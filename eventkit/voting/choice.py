"""Choice and myth: one option of several. `Choices` is what the room's answer says."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from eventkit.errors import BadInput
from eventkit.evidence.models import Statistic
from eventkit.voting import sentences
from eventkit.voting.asked import Asked, Cells, Counted, Headline, Line, Table, figure_headline
from eventkit.voting.choice_pictures import chart, pictures
from eventkit.voting.models import NOT_SURE, Format, Phase
from eventkit.voting.perception import Answer, Perception, perceive
from eventkit.voting.pictures import Pictures, Shown
from eventkit.web.figure_charts import Chart
from eventkit.web.language import gettext as _


@dataclass(frozen=True)
class Choice:
    """One option of several, true and false among them."""

    asked: Asked

    def read(self, form: Mapping[str, str]) -> str:
        """The option that a form names. Raises `BadInput`."""
        chosen = form.get("option", "")
        if chosen not in self._choices:
            raise BadInput(_("Choose one of the answers, then send it. Nothing was changed."))
        return chosen

    def words(self, choice: str) -> str:
        """The text of a chosen option."""
        return next((option.text for option in self.asked.options if option.option_id == choice), _("Not sure"))

    def count(self, choices: Counter[str]) -> Counted:
        """Votes per option; one that nobody chose has none."""
        return Counted({(option_id, 0): choices[option_id] for option_id in self._choices})

    def told(self, counted: Counted, before: Counted | None) -> "Choices":
        """What a counted round says, beside the round before it."""
        return Choices(self.asked, self._seen(counted), self._seen(before) if before else None)

    @cached_property
    def _choices(self) -> tuple[str, ...]:
        named = tuple(option.option_id for option in self.asked.options)
        return (*named, NOT_SURE) if self.asked.poll.allow_not_sure else named

    def _seen(self, counted: Counted) -> Perception:
        votes = counted.by_option
        return perceive(self.asked.options, votes, counted.base, votes.get(NOT_SURE, 0))


@dataclass(frozen=True)
class Choices:
    """The room's answer to a choice or a myth."""

    asked: Asked
    seen: Perception
    before: Perception | None = None

    def room(self) -> str:
        return sentences.room(self.asked.poll, self.seen)

    def gap(self) -> str:
        return sentences.gap(self.asked.poll, self.seen, self.asked.national, self.asked.local)

    def fact(self) -> str:
        figure = self.asked.figure
        return sentences.fact(self.asked.poll, self.seen, figure) if figure else self.room()

    def since(self) -> str:
        return sentences.compared(self.before, self.seen) if self.before else ""

    def aside(self) -> str:
        return sentences.chance(self.seen)

    def label(self) -> str:
        template = _("{answer}: {votes} of {n}.")
        parts = [template.format(answer=a.text, votes=a.votes, n=self.seen.n_votes) for a in self.seen.answers]
        return " ".join(parts)

    def believed(self) -> str:
        false_statement = self.asked.poll.format is Format.MYTH and self.seen.correct is not self.seen.answers[0]
        return self.asked.poll.question if false_statement else ""

    def headline(self) -> Headline:
        return figure_headline(self.asked.figure)

    def published(self, shown: Shown) -> Sequence[Statistic]:
        return [figure for figure in (shown.national, shown.local) if figure]

    def table(self, shown: Shown) -> Table:
        right = self.seen.correct if shown.published else None
        before = self.before.answers if self.before else ()
        lines = [
            Line(answer.text, self._cells(answer, before[place] if before else None), answer is right)
            for place, answer in enumerate(self.seen.answers)
        ]
        if self.seen.not_sure or (self.before and self.before.not_sure):
            earlier = (f"{self.before.not_sure:,}",) if self.before else ()
            empty = ("",) if self.seen.shows_percent else ()
            lines.append(Line(_("Not sure (in no per cent)"), (f"{self.seen.not_sure:,}", *empty, *earlier)))
        percent = (_("Per cent"),) if self.seen.shows_percent else ()
        earlier = (_("People, in the vote before"),) if before else ()
        return Table((_("Answer"), _("People"), *percent, *earlier), tuple(lines))

    def pictures(self, shown: Shown, phase: Phase) -> Pictures:
        return pictures(self.asked.poll, self.seen, shown, phase)

    def chart(self, shown: Shown) -> Chart:
        return chart(self.asked.poll, self.seen, shown)

    def tallies(self) -> Iterator[Cells]:
        n = self.seen.n_votes
        for answer in self.seen.answers:
            yield {
                "option_id": answer.option_id,
                "option_text": answer.text,
                "value": answer.value,
                "votes": answer.votes,
                "share": answer.votes / n if n else None,
                "is_correct": answer.correct,
            }

    def numbers(self) -> Cells:
        low, high = self.seen.interval or (None, None)
        return {
            "share_correct": self.seen.share_correct,
            "share_correct_lower": low,
            "share_correct_upper": high,
            "chance": self.seen.chance,
            "gap_national": self._distance(self.asked.national),
            "gap_local": self._distance(self.asked.local),
            "direction": self._direction(),
        }

    def _cells(self, answer: Answer, before: Answer | None) -> tuple[str, ...]:
        percent = (f"{answer.percent}",) if self.seen.shows_percent else ()
        return (f"{answer.votes:,}", *percent, *((f"{before.votes:,}",) if before else ()))

    def _direction(self) -> str | None:
        distance = self._distance(self.asked.figure)
        if distance is None:
            return None
        if self.seen.largest[0].correct or not distance:
            return "close"
        return "over" if distance > 0 else "under"

    def _distance(self, figure: Statistic | None) -> Decimal | None:
        """The most common answer minus the figure; None where there is no one such answer with a value."""
        if self.asked.poll.format is not Format.CHOICE or figure is None or len(self.seen.largest) != 1:
            return None
        value = self.seen.largest[0].value
        return None if value is None else value - figure.value
