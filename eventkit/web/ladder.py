"""Items that a room put in order, beside the published order: two columns of places, joined by a line for each item.

Words stand in html, so that they wrap by themselves; only bars and lines are drawn, in per cent of their place. One
markup serves both views: `ladder.css` sets the columns side by side on the screen and one below the other on phones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from eventkit.web.charts import FILLS, mark
from eventkit.web.language import gettext as _
from eventkit.web.scale import text_width

CELL = 1.9  # em for one count
NARROW, WIDE = 16.9, 25.0  # em that an item's text and its counts have, at 4:3 and at 16:9
LETTERS = 1.17  # size of an item's text that fits one line
TWO_LINES = 1.7  # lines of text that two hold for sure, whatever the words
SHORT_NAME = 7.0  # em of an item's text that fits below its figure
SHORT_FIGURE = 4.1  # em of a figure that fits beside its mark at full size
LONG_WORD = 5.2  # em of a number that fits there at the least size; a longer one has a broader side, and is not broken
TALLEST = 1.0  # em of the longest bar
MOST_COUNTED = 999  # larger counts have no room over their bars


@dataclass(frozen=True)
class Rung:
    """An item. `fill` is its place on the ballot from 0, `ranks` how many gave it each place, first to last.

    `room` and `published` are its places in the two orders from 1, equal where they are tied; `published` is 0 and
    `figure` "" before the figure is shown. `first` says how many put it first: "put first by 17 of 42".
    """

    fill: int
    letter: str
    text: str
    room: int
    ranks: tuple[int, ...]
    first: str
    published: int = 0
    figure: str = ""


@dataclass(frozen=True)
class Ladder:
    """Both orders. `places` names the places ("1st", "2nd" …); `published` heads the right side, "" before it comes.

    `moving` is what has just come: "room", "national" (the published order, whatever its place) or "".
    """

    rungs: Sequence[Rung]
    places: Sequence[str]
    room: str
    published: str = ""
    moving: str = ""


def draw(ladder: Ladder) -> Markup:
    """The whole picture, for the screen and for phones; nothing of the published order before it is shown."""
    drawn = (_ours(ladder), _lines(ladder), _theirs(ladder))
    return Markup('<div class="ladder {}">{}{}{}</div>').format(_shape(ladder), *drawn)


def ours(ladder: Ladder) -> list[Rung]:
    """The items in the room's order; a tie keeps the order of the ballot."""
    return sorted(ladder.rungs, key=lambda rung: (rung.room, rung.fill))


def theirs(ladder: Ladder) -> list[list[Rung]]:
    """The published order in groups: those of one group share a place, and stand in the room's order. [] before it."""
    if not ladder.published:
        return []
    ordered = sorted(ladder.rungs, key=lambda rung: (rung.published, rung.room, rung.fill))
    return [list(group) for _place, group in groupby(ordered, key=lambda rung: rung.published)]


def place_text(place: int, places: Sequence[int]) -> str:
    """The place in figures, as in "2", or "2=" where several share it."""
    return _("{place}=").format(place=place) if places.count(place) > 1 else str(place)


def longest(ladder: Ladder) -> int:
    """The largest count of all, which the longest bar stands for."""
    return max((votes for rung in ladder.rungs for votes in rung.ranks), default=0)


def joined(ladder: Ladder) -> list[tuple[Rung, float, float]]:
    """Each item with the heights of its line's two ends, in per cent from the top."""
    right = [rung for group in theirs(ladder) for rung in group]
    step = 100 / max(1, len(ladder.rungs))
    return [
        (rung, (at + 0.5) * step, (right.index(rung) + 0.5) * step) for at, rung in enumerate(ours(ladder)) if right
    ]


def _shape(ladder: Ladder) -> str:
    """How much room the words leave.

    "roomy": all counts, and who put it first, beside every text; "wide": the same at 16:9, and two lines of text at
    4:3; "dense": long texts, where only the first count is written. "named": texts fit below their figures too.
    """
    widest = max((text_width(rung.text, serif=True) for rung in ladder.rungs), default=0)
    counted = longest(ladder) <= MOST_COUNTED
    narrow, wide = (room - CELL * len(ladder.rungs) for room in (NARROW, WIDE))
    if counted and widest * LETTERS <= narrow:
        shape = "roomy"
    else:
        fits = counted and widest * LETTERS <= wide and widest <= TWO_LINES * narrow
        shape = "wide" if fits else "dense"
    return f"of-{len(ladder.rungs)} {shape}{' named' if widest <= SHORT_NAME else ''}"


def _ours(ladder: Ladder) -> Markup:
    names = ladder.places[: len(ladder.rungs)]
    if "dense" in _shape(ladder) and names:
        names = (f"{names[0]}–{names[-1]}",)
    heads = Markup().join(Markup("<span>{}</span>").format(name) for name in names)
    return Markup(
        '<div class="side our-side"><p class="head"><b dir="auto">{}</b>'
        '<span class="heads" aria-hidden="true">{}</span></p><ol>{}</ol></div>'
    ).format(ladder.room, heads, Markup().join(_rung(ladder, rung) for rung in ours(ladder)))


def _rung(ladder: Ladder, rung: Rung) -> Markup:
    return Markup(
        '<li data-key="{}"><b class="place">{}</b>{}<p class="said"><span class="answer" dir="auto">{}</span> '
        '<span class="first">{}</span></p>{}</li>'
    ).format(
        rung.letter,
        place_text(rung.room, [each.room for each in ladder.rungs]),
        mark(rung.letter, rung.fill),
        rung.text,
        rung.first,
        _ranks(ladder, rung),
    )


def _ranks(ladder: Ladder, rung: Rung) -> Markup:
    """How many gave the item each place: a bar and its count, with the name of the place below it on phones."""
    most = longest(ladder) or 1
    wide = 100 / max(1, len(rung.ranks))
    drawn = Markup()
    for rank, votes in enumerate(rung.ranks):
        drawn += _rank((rank + 0.5) * wide, wide, votes / most, rung, ladder.moving)
        drawn += Markup('<text class="mid votes {}{}" x="{:.2f}%" y=".85em">{:,}</text>').format(
            "" if rank else "one ", _settle(ladder, "room"), (rank + 0.5) * wide, votes
        )
        name = ladder.places[rank] if rank < len(ladder.places) else str(rank + 1)
        drawn += Markup('<text class="mid rank" x="{:.2f}%" y="3.15em">{}</text>').format((rank + 0.5) * wide, name)
    return Markup('<svg class="ranks" aria-hidden="true">{}</svg>').format(drawn)


def _rank(middle: float, wide: float, share: float, rung: Rung, moving: str) -> Markup:
    """Solid, since a pattern would eat a piece of so small a bar; the mark in its row says whose it is."""
    high = TALLEST * share
    return Markup(
        '<line class="floor" x1="{:.2f}%" x2="{:.2f}%" y1="2.1em" y2="2.1em"/>'
        '<rect class="up{} fill-{}" x="{:.2f}%" y="{:.2f}em" width="{:.2f}%" height="{:.2f}em"/>'
    ).format(
        middle - wide * 0.38,
        middle + wide * 0.38,
        " grow" if moving == "room" else "",
        FILLS[rung.fill % len(FILLS)],
        middle - wide * 0.3,
        2.1 - high,
        wide * 0.6,
        high,
    )


def _lines(ladder: Ladder) -> Markup:
    drawn = Markup()
    for rung, left, right in joined(ladder):
        for kind in ("casing", f"join join-{FILLS[rung.fill % len(FILLS)]}"):
            drawn += Markup('<line class="{}" x1="0" x2="100%" y1="{:.2f}%" y2="{:.2f}%"/>').format(kind, left, right)
    moving = "across grow" if ladder.moving == "national" else ""
    return Markup('<svg class="lines" aria-hidden="true"><g class="{}">{}</g></svg>').format(moving, drawn)


def _theirs(ladder: Ladder) -> Markup:
    places = [rung.published for rung in ladder.rungs]
    moving = _settle(ladder, "national")
    groups = Markup().join(
        Markup('<li class="span-{} {}"><b class="place">{}</b><div>{}</div></li>').format(
            len(group), moving, place_text(group[0].published, places), Markup().join(_figure(rung) for rung in group)
        )
        for group in theirs(ladder)
    )
    head = Markup('<p class="head {}"><b dir="auto">{}</b></p>').format(moving, ladder.published) if groups else ""
    return Markup('<div class="side their-side">{}<ol>{}</ol></div>').format(head, groups)


def _figure(rung: Rung) -> Markup:
    size = "" if text_width(rung.figure) <= SHORT_FIGURE else " long"
    if max(map(text_width, rung.figure.split()), default=0) > LONG_WORD:
        size = " long longer"
    return Markup('<p>{}<b class="number{}">{}</b> <span class="answer" dir="auto">{}</span></p>').format(
        mark(rung.letter, rung.fill),
        size,
        rung.figure,
        rung.text,
    )


def _settle(ladder: Ladder, coming: str) -> str:
    return "settle" if ladder.moving == coming else ""
