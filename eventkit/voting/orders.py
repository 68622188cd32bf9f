"""What the room's orders of a few items amount to, beside the published order.

Single orders are never kept: all that is known are votes per item and place, and two totals made while counting.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from eventkit.evidence.comparing import ties
from eventkit.evidence.models import Statistic
from eventkit.voting.models import NOT_SURE, Option

Groups = tuple[tuple[str, ...], ...]
"""option_ids, the first first; those that stand in one group share their place."""


@dataclass(frozen=True)
class Item:
    """One item with how many gave it each place, from the first.

    `place` is its place in the published order, from 1, shared by the items of a tie; 0 if no order is published.
    """

    option_id: str
    text: str
    figure: Statistic | None
    counts: tuple[int, ...]
    place: int

    @property
    def mean_rank(self) -> float | None:
        """The place it was given on average, from 1; None when nobody gave an order."""
        n = sum(self.counts)
        return self.ranks / n if n else None

    @property
    def ranks(self) -> int:
        """All places that it was given, added up."""
        return sum(rank * votes for rank, votes in enumerate(self.counts, 1))


@dataclass(frozen=True)
class Orders:
    """The room's orders, items in ballot order. `base` is how many people could have voted, 0 if not known.

    `exact` had the whole order right; `turned` is how many pairs stood the wrong way round in all orders together.
    """

    items: tuple[Item, ...]
    base: int
    not_sure: int
    exact: int
    turned: int

    @property
    def n_votes(self) -> int:
        """How many gave an order: the n of every share."""
        return sum(self.items[0].counts) if self.items else 0

    @property
    def n_answered(self) -> int:
        """How many voted, those who were not sure included."""
        return self.n_votes + self.not_sure

    @property
    def room_order(self) -> tuple[tuple[Item, ...], ...]:
        """Groups by the place that was given on average (Borda), ties in ballot order; none when nobody voted."""
        return _grouped(self.items, lambda item: item.ranks) if self.n_votes else ()

    @property
    def published_order(self) -> tuple[tuple[Item, ...], ...]:
        """Groups as published; none if no order is."""
        return _grouped((item for item in self.items if item.place), lambda item: item.place)

    @property
    def firsts(self) -> tuple[Item, ...]:
        """The item that most people put first; several when they tie, none when nobody voted."""
        most = max((item.counts[0] for item in self.items), default=0)
        return tuple(item for item in self.items if item.counts[0] == most > 0)

    @property
    def share_exact(self) -> float | None:
        """Whole order right over n, from 0 to 1; None when nobody voted or no order is published."""
        return self.exact / self.n_votes if self.n_votes and self.published_order else None

    @property
    def distance(self) -> float | None:
        """Kendall's distance from the published order, 0 for the same, 1 for the reverse; None as `share_exact`.

        The pairs that stand the wrong way round of all pairs, on average (Kendall 1938); a tie is never wrong.
        """
        pairs = self.n_votes * len(self.items) * (len(self.items) - 1) // 2
        return self.turned / pairs if pairs and self.published_order else None

    @property
    def concordance(self) -> float | None:
        """How much the orders agree among themselves, 0 not at all, 1 wholly: Kendall's W; None with fewer than two.

        12 S / n² (k³ - k), where S is the sum of the squared differences of the items' added places from their mean
        (Kendall and Babington Smith 1939).
        """
        n, k = self.n_votes, len(self.items)
        if n < 2 or k < 2:
            return None
        squares = sum((2 * item.ranks - n * (k + 1)) ** 2 for item in self.items)
        return 3 * squares / (n * n * (k**3 - k))

    def displacement(self, item: Item) -> float | None:
        """How many places too far down the item was put on average, below 0 for too far up; None as `share_exact`.

        Any of the places that a tie shares is right.
        """
        if item.mean_rank is None or not item.place:
            return None
        last = item.place + sum(other.place == item.place for other in self.items) - 1
        return item.mean_rank - min(max(item.mean_rank, item.place), last)


def order(
    options: Sequence[Option],
    figures: Mapping[str, Statistic],
    tallies: Mapping[tuple[str, int], int],
    base: int,
    exact: int,
    turned: int,
) -> Orders:
    """The room's orders from the votes by (option_id, place), not_sure at place 0; figures by option_id."""
    groups, places = published(options, figures), range(1, len(options) + 1)
    above = {name: sum(map(len, groups[:at])) for at, group in enumerate(groups) for name in group}
    items = tuple(
        Item(
            option.option_id,
            option.text,
            figures.get(option.option_id),
            tuple(tallies.get((option.option_id, place), 0) for place in places),
            above.get(option.option_id, -1) + 1,
        )
        for option in options
    )
    return Orders(items, base, tallies.get((NOT_SURE, 0), 0), exact, turned)


def published(options: Sequence[Option], figures: Mapping[str, Statistic]) -> Groups:
    """The published order by the items' figures, which are given by option_id.

    The largest comes first, unless the plan's ranks begin with the smallest. Items that are equal or too near to tell
    apart are one group, and so are all in a chain of such neighbours. Without every figure the plan's ranks are the
    order; without both there is none.
    """
    if any(option.option_id not in figures for option in options):
        return tuple((option.option_id,) for option in _ranked(options))
    falling = sorted(options, key=lambda option: -figures[option.option_id].value)
    near = {frozenset((a.statistic_id, b.statistic_id)) for a, b in ties([figures[o.option_id] for o in falling])}
    groups: list[list[str]] = []
    for option in falling:
        last = figures[groups[-1][-1]].statistic_id if groups else ""
        if {last, figures[option.option_id].statistic_id} in near:
            groups[-1].append(option.option_id)
        else:
            groups.append([option.option_id])
    ranked = _ranked(options)
    if ranked and figures[ranked[0].option_id].value < figures[ranked[-1].option_id].value:
        groups.reverse()
    place = {option.option_id: at for at, option in enumerate(options)}
    return tuple(tuple(sorted(group, key=lambda name: place[name])) for group in groups)


def count(choices: Counter[str], groups: Groups) -> tuple[dict[tuple[str, int], int], int, int]:
    """Votes by (option_id, place), not_sure at place 0; how many had the whole order right; how many pairs are turned.

    `choices` are orders such as "CABD". A pair that is a tie in the published order counts neither way.
    """
    place_of = {name: at for at, names in enumerate(groups) for name in names}
    counts: Counter[tuple[str, int]] = Counter()
    exact = turned = 0
    for choice, votes in choices.items():
        if choice == NOT_SURE:
            counts[NOT_SURE, 0] += votes
            continue
        for place, name in enumerate(choice, 1):
            counts[name, place] += votes
        wrong = sum(place_of.get(upper, 0) > place_of.get(lower, 0) for upper, lower in combinations(choice, 2))
        turned += wrong * votes
        exact += votes if groups and not wrong else 0
    return dict(counts), exact, turned


def _ranked(options: Sequence[Option]) -> list[Option]:
    """The options by the plan's ranks; none where it gives no rank to one of them."""
    ranks = {option.option_id: option.rank for option in options if option.rank is not None}
    return sorted(options, key=lambda option: ranks[option.option_id]) if len(ranks) == len(options) else []


def _grouped(items: Iterable[Item], key: Callable[[Item], int]) -> tuple[tuple[Item, ...], ...]:
    return tuple(tuple(group) for _key, group in groupby(sorted(items, key=key), key))
