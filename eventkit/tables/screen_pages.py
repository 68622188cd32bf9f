"""What the screen shows while people look for their tables."""

from functools import partial
from math import ceil

from sqlmodel import Session

from eventkit.events.activity import Page
from eventkit.events.step import Step
from eventkit.tables import showing
from eventkit.tables.showing import Showing
from eventkit.web.language import gettext as _
from eventkit.web.scale import text_width

NARROWEST, WIDEST = 6, 40
"""In halves of an em: a wider label than that is cut at last."""
MOST = 0.8
"""Of the labels on a page: these have letters of one size, and only what is wider than they has smaller ones."""
SLACK = 1.06
"""Beyond the estimated width, for fonts in which capitals are wider: a code has nothing else, and is never cut."""


def screen_frame(session: Session, step: Step) -> Page:
    """The page of the tables that is on, or why there is none."""
    shown = showing.of(session, step)
    labels = [label for each in shown.leaf.lists for label in each.labels] if shown.leaf else []
    breadth = partial(_breadth, slack=1 if shown.named else SLACK)
    usual = sorted(map(breadth, labels))[ceil(MOST * len(labels)) - 1] if labels else NARROWEST
    values = {
        "shown": shown,
        "line": _line(shown),
        "announce": _announce(shown),
        "breadth": breadth,
        "usual": usual,
    }
    return Page("tables/_screen.html", values)


def _breadth(label: str, slack: float) -> int:
    """The room that a label takes, in halves of an em: for the class that keeps it within its column."""
    return min(WIDEST, max(NARROWEST, ceil(2 * slack * text_width(label))))


def _line(shown: Showing) -> str:
    """What to look for; names need no words for it."""
    if not shown.seated:
        return ""
    if shown.leaf is None:
        return _("Scan the code or open the address, and type your name. Your badge has your table, too.")
    return "" if shown.named else _("Look for the code on your badge.")


def _announce(shown: Showing) -> str:
    if not shown.seated:
        return _("Seats are not worked out yet.")
    return _("Find your table.")
