"""What the room's orders and the published one say together, in sentences that survive being checked."""

from collections.abc import Sequence

from eventkit.evidence.citation import number_text
from eventkit.evidence.models import Statistic
from eventkit.voting.orders import Item, Orders
from eventkit.voting.phrases import capital, group, listed, named, nobody, people, went
from eventkit.voting.sentences import beside
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext


def room(seen: Orders) -> str:
    """The room's answer alone: what most people put first."""
    if not seen.n_votes:
        return nobody(seen)
    votes, n = seen.firsts[0].counts[0], seen.n_votes
    words = {"votes": people(votes), "n": people(n), "item": named(seen.firsts[0])}
    if len(seen.firsts) > 1:
        template = _("No single item led: {items} were put first by {votes} of {n} each.")
        return template.format(items=listed(seen.firsts), **words)
    if votes == seen.n_answered:
        return ngettext(
            "The only one of us who voted put {item} first.", "All {n} of us put {item} first.", votes
        ).format(**words)  # fmt: skip
    return _("{group}, {votes} of {n}, put {item} first.").format(group=capital(group(seen, votes)), **words)


def gap(seen: Orders, national: Statistic | None = None, local: Statistic | None = None) -> str:
    """The room's orders beside the published one; the question's own two figures, if it has them, follow."""
    second = beside(national, local) if national and local else ""
    return f"{_gap(seen)} {second}".rstrip()


def fact(seen: Orders) -> str:
    """The published order alone, the last thing that stays on the screen; "" if none is published."""
    places = [_(" with ").join(map(_with_figure, items)) for items in seen.published_order]
    if len(places) < 2:
        return _("The figures are equal, or too near to tell apart.") if places else ""
    return _("The published order is {most}, then {last}.").format(most=", ".join(places[:-1]), last=places[-1])


def compared(before: Orders, after: Orders) -> str:
    """How many had the whole order right in one vote and the next; "" unless somebody gave an order in both."""
    if not (before.n_votes and after.n_votes) or not after.published_order:
        return ""
    if (before.exact, before.n_votes) == (after.exact, after.n_votes):
        sentence = _("The whole order right: {exact} of {n}, as before.")
        return sentence.format(exact=people(after.exact), n=people(after.n_votes))
    change = went((before.exact, before.n_votes), (after.exact, after.n_votes))
    return _("The whole order right: {change}.").format(change=change)


def _gap(seen: Orders) -> str:
    order, n = seen.published_order, seen.n_votes
    if not order:
        return room(seen)
    if len(order) == 1 or not n:
        return f"{room(seen)} {fact(seen)}"
    if seen.exact == n:
        return ngettext(
            "The only one who gave an order had all of it right.", "All {n} who gave an order had all of it right.", n
        ).format(n=people(n))
    exact = _("{exact} of {n} had the whole order right") if seen.exact else _("Nobody had the whole order right")
    first = exact.format(exact=people(seen.exact), n=people(n))
    return f"{first}; {_said_first(seen)}{_is_first(seen.firsts, order[0])}."


def _said_first(seen: Orders) -> str:
    votes, n = seen.firsts[0].counts[0], seen.n_votes
    words = {"votes": people(votes), "items": listed(seen.firsts)}
    if len(seen.firsts) > 1:
        return _("{items} were put first by {votes} each").format(**words)
    if votes == n:
        return ngettext("the only order began with {items}", "all {votes} orders began with {items}", n).format(**words)
    return _("{group} ({votes}) put {items} first").format(group=group(seen, votes), **words)


def _is_first(said: Sequence[Item], first: Sequence[Item]) -> str:
    """What is first, after what was said to be."""
    if len(first) > 1:
        return _("; {items} share first place").format(items=listed(first))
    if list(said) == list(first):
        return _(", as published")
    return _("; it is {item}").format(item=named(first[0]))


def _with_figure(item: Item) -> str:
    if item.figure is None:
        return named(item)
    return _("{item} ({figure})").format(item=named(item), figure=number_text(item.figure))
