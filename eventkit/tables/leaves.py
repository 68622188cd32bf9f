"""How the tables of a round are spread over pages of the screen, so that the back row reads every line. Pure.

Heights are in hundredths of the projection's height; the numbers follow `tables_screen.css`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

MOST_COLUMNS, MOST_OF_NAMES = 6, 4
LONGEST_LIST = 14
MOST_PAGES = 5
"""More pages than this turn too slowly for anybody to wait for their own; then the screen shows only the way."""
Tables = Sequence[tuple[str, Sequence[str]]]
"""What each table is called, and what its people are called, in the order in which they stand on the screen."""
ROOM, HEAD, LEADING = 73.2, 7.8, 1.14
SIZES = (5.2, 4.6, 4.1, 3.6)
"""Heights of letters, the largest first; `size-1` and so on in the style sheet. The last is what the back row reads."""


@dataclass(frozen=True)
class List:
    """A table's people as they are named on the screen; `further`: the list began in the one before."""

    table: str
    labels: Sequence[str]
    further: bool = False


@dataclass(frozen=True)
class Leaf:
    """One page: its lists in a grid of `columns`; each list's labels in one column, or side by side in two.

    `size` counts `SIZES` from 1.
    """

    round: int
    columns: int
    beside: int
    size: int
    lists: Sequence[List]


def leaves(number: int, tables: Tables, *, short: bool) -> Sequence[Leaf]:
    """The pages of a round's tables; none if there are no people.

    In as few pages as it takes, then with labels in one column, then with as few and so as wide columns as it takes.
    Only `short` labels, such as codes, stand two in a line; narrow columns make names small, so they come only where
    they spare turning.
    """
    if not any(labels for _table, labels in tables):
        return ()
    ways = [(columns, beside) for beside in (1, 2)[: 1 + short] for columns in range(1, MOST_COLUMNS + 1)]
    found = [_spread(number, tables, *way) for way in ways]
    wide = [leaves for leaves in found if short or len(leaves) == 1 or leaves[0].columns <= MOST_OF_NAMES]
    return min(wide, key=len)


def _spread(number: int, tables: Tables, columns: int, beside: int) -> Sequence[Leaf]:
    """As many lists on each page as fit, from the first on; letters are of one size, because pages turn."""
    lists = _lists(tables, LONGEST_LIST * beside)
    pages: list[list[List]] = [[]]
    for each in lists:
        if pages[-1] and _height([*pages[-1], each], columns, beside, SIZES[-1]) > ROOM:
            pages.append([])
        pages[-1].append(each)
    fitting = [
        size
        for size, letters in enumerate(SIZES, start=1)
        if all(_height(page, columns, beside, letters) <= ROOM for page in pages)
    ]
    return [Leaf(number, columns, beside, fitting[0], page) for page in pages]


def _lists(tables: Tables, longest: int) -> Sequence[List]:
    """A list for each table with people, or several for one with many, of nearly the same length."""
    lists = []
    for table, labels in tables:
        parts = ceil(len(labels) / longest)
        length = ceil(len(labels) / parts) if parts else 1
        lists += [List(table, labels[at : at + length], at > 0) for at in range(0, len(labels), length)]
    return lists


def _height(lists: Sequence[List], columns: int, beside: int, letters: float) -> float:
    """Of a grid with these lists, whose rows are as high as their longest list."""
    rows = [lists[at : at + columns] for at in range(0, len(lists), columns)]
    lines = sum(max(ceil(len(each.labels) / beside) for each in row) for row in rows)
    return len(rows) * HEAD + lines * letters * LEADING
