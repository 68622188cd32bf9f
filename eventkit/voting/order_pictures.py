"""The pictures of a ranking: the room's order beside the published one."""

from eventkit.evidence.citation import number_text
from eventkit.voting.models import Phase
from eventkit.voting.orders import Item, Orders
from eventkit.voting.pictures import JUST_CAME, Pictures, Shown, caption
from eventkit.web import ladder
from eventkit.web.language import gettext as _


def pictures(seen: Orders, shown: Shown, phase: Phase) -> Pictures:
    """The two orders at one phase; the published one only once it is shown."""
    drawn = ladder.draw(both(seen, shown, JUST_CAME.get(phase, "")))
    return Pictures(screen=drawn, phone=drawn, caption=caption(seen), kind="orders", just_came=JUST_CAME.get(phase, ""))


def both(seen: Orders, shown: Shown, moving: str = "") -> ladder.Ladder:
    """Both orders, or the room's alone before the published one is shown."""
    places = _places(seen)
    rungs = [_rung(seen, at, item, places, shown) for at, item in enumerate(seen.items)]
    published = _("Published") if shown.published else ""
    return ladder.Ladder(rungs, ordinals(len(seen.items)), _("Our order"), published, moving)


def ordinals(count: int) -> tuple[str, ...]:
    """The names of the first places, at most five."""
    return (_("1st"), _("2nd"), _("3rd"), _("4th"), _("5th"))[:count]


def _rung(seen: Orders, at: int, item: Item, places: dict[str, int], shown: Shown) -> ladder.Rung:
    first = _("put first by {votes} of {n}").format(votes=f"{item.counts[0]:,}", n=f"{seen.n_votes:,}")
    return ladder.Rung(
        fill=at,
        letter=item.option_id,
        text=item.text,
        room=places[item.option_id],
        ranks=item.counts,
        first=first if seen.n_votes else "",
        published=item.place if shown.published else 0,
        figure=number_text(item.figure) if shown.published and item.figure else "",
    )


def _places(seen: Orders) -> dict[str, int]:
    """Each item's place in the room's order, shared on a tie; the ballot's order while nobody voted."""
    if not seen.room_order:
        return {item.option_id: place for place, item in enumerate(seen.items, 1)}
    return {
        item.option_id: 1 + sum(len(group) for group in seen.room_order[:at])
        for at, group in enumerate(seen.room_order)
        for item in group
    }
