"""An order of items as the answer. `Ranks` is what the room's answer says."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eventkit.errors import BadInput
from eventkit.evidence import citation
from eventkit.evidence.models import Statistic
from eventkit.voting import order_sentences as sentences
from eventkit.voting import orders
from eventkit.voting.asked import Asked, Cells, Counted, Headline, Line, Table
from eventkit.voting.models import NOT_SURE, Phase
from eventkit.voting.order_pictures import both, ordinals, pictures
from eventkit.voting.orders import Orders
from eventkit.voting.pictures import Pictures, Shown
from eventkit.web.figure_charts import Chart
from eventkit.web.figure_ladder import laddered
from eventkit.web.language import gettext as _

PLACE = "place-"


@dataclass(frozen=True)
class Order:
    """All items in an order."""

    asked: Asked

    def read(self, form: Mapping[str, str]) -> str:
        """The option_ids of a form's places, the first first. Raises `BadInput`."""
        if form.get("option") == NOT_SURE and self.asked.poll.allow_not_sure:
            return NOT_SURE
        options = self.asked.options
        places = {option.option_id: form.get(PLACE + option.option_id, "") for option in options}
        wanted = [str(place) for place in range(1, len(options) + 1)]
        missing = [option.text for option in options if places[option.option_id] not in wanted]
        if missing:
            sentence = _("Give every item a place: {item} has none yet. Nothing was changed.")
            raise BadInput(sentence.format(item=_("“{words}”").format(words=missing[0])))
        twice = [place for place, times in sorted(Counter(places.values()).items()) if times > 1]
        if twice:
            sentence = _("Two items have place {place}. Give each item a place of its own. Nothing was changed.")
            raise BadInput(sentence.format(place=twice[0]))
        return "".join(sorted(places, key=lambda option_id: int(places[option_id])))

    def words(self, choice: str) -> str:
        """The items in the order given."""
        texts = {option.option_id: option.text for option in self.asked.options}
        return _("Not sure") if choice == NOT_SURE else " › ".join(texts[option_id] for option_id in choice)

    def count(self, choices: Counter[str]) -> Counted:
        """Votes per item and place, and what must be known of whole orders; the orders themselves are not kept."""
        votes, exact, turned = orders.count(choices, orders.published(self.asked.options, self.asked.items))
        return Counted(votes, exact=exact, turned=turned)

    def told(self, counted: Counted, before: Counted | None) -> "Ranks":
        """What a counted round says, beside the round before it."""
        return Ranks(self.asked, self._seen(counted), self._seen(before) if before else None)

    def _seen(self, counted: Counted) -> Orders:
        asked = self.asked
        return orders.order(asked.options, asked.items, counted.votes, counted.base, counted.exact, counted.turned)


@dataclass(frozen=True)
class Ranks:
    """The room's orders of a few items."""

    asked: Asked
    seen: Orders
    before: Orders | None = None

    def room(self) -> str:
        return sentences.room(self.seen)

    def gap(self) -> str:
        return sentences.gap(self.seen)

    def fact(self) -> str:
        return sentences.fact(self.seen)

    def since(self) -> str:
        return sentences.compared(self.before, self.seen) if self.before else ""

    def aside(self) -> str:
        return ""

    def label(self) -> str:
        template = _("{place}: {item}, put first by {votes} of {n}.")
        n = self.seen.n_votes
        return " ".join(
            template.format(place=place, item=item.text, votes=item.counts[0], n=n)
            for place, group in enumerate(self.seen.room_order, 1)
            for item in group
        )

    def believed(self) -> str:
        return ""

    def headline(self) -> Headline:
        first = self.seen.published_order[0][0]
        figure = first.figure
        if figure is None:
            return Headline(first.text, "", "")
        place = _("{place}, {period}").format(place=figure.geography_name, period=figure.period_label)
        return Headline(citation.figure_text(figure), first.text, place)

    def published(self, shown: Shown) -> Sequence[Statistic]:
        if not shown.published:
            return []
        return [item.figure for group in self.seen.published_order for item in group if item.figure]

    def table(self, shown: Shown) -> Table:
        lines = [Line(item.text, self._cells(item, shown)) for group in self._ordered() for item in group]
        if self.seen.not_sure:
            empty = ("",) * (len(self.seen.items) - 1 + shown.published)
            lines.append(Line(_("Not sure"), (f"{self.seen.not_sure:,}", *empty)))
        published = (_("Published order"),) if shown.published else ()
        return Table((_("Item"), *ordinals(len(self.seen.items)), *published), tuple(lines))

    def pictures(self, shown: Shown, phase: Phase) -> Pictures:
        return pictures(self.seen, shown, phase)

    def chart(self, shown: Shown) -> Chart:
        return laddered(both(self.seen, shown))

    def tallies(self) -> Iterator[Cells]:
        n = self.seen.n_votes
        for item in self.seen.items:
            for rank, votes in enumerate(item.counts, 1):
                yield {
                    "option_id": item.option_id,
                    "option_text": item.text,
                    "value": item.figure.value if item.figure else None,
                    "rank": rank,
                    "votes": votes,
                    "share": votes / n if n else None,
                    "is_correct": item.place == rank if item.place else None,
                }

    def numbers(self) -> Cells:
        seen = self.seen
        return {
            "share_exact": seen.share_exact,
            "kendall_w": seen.concordance,
            "kendall_distance": seen.distance,
        }

    def _ordered(self) -> Sequence[Sequence[orders.Item]]:
        return self.seen.room_order or [self.seen.items]

    def _cells(self, item: orders.Item, shown: Shown) -> tuple[str, ...]:
        return (*(f"{votes:,}" for votes in item.counts), *((str(item.place),) if shown.published else ()))
