"""What a picture of a reveal consists of, whatever is drawn; and what may be drawn beside what."""

from dataclasses import dataclass

from markupsafe import Markup

from eventkit.evidence.citation import comparable
from eventkit.evidence.models import Statistic
from eventkit.voting import sentences
from eventkit.voting.models import Phase, Poll
from eventkit.voting.perception import Seen
from eventkit.web.language import gettext as _

JUST_CAME = {Phase.PERCEPTION: "room", Phase.NATIONAL: "national", Phase.LOCAL: "local"}


@dataclass(frozen=True)
class Shown:
    """The figures that the room may see by now; `local_space` keeps room for a local one that can be drawn.

    `published`: the published answer is shown, also where it is no single figure.
    """

    national: Statistic | None
    local: Statistic | None
    local_space: bool
    published: bool


@dataclass(frozen=True)
class Plate:
    """A published figure at the end of its row: "Scotland", "84 %", "84 in every 100"."""

    kind: str
    name: str
    number: str
    words: str


@dataclass(frozen=True)
class Row:
    """An answer in words: its tile, its bar, and the figures published for it."""

    mark: Markup
    text: str
    bar: Markup
    plates: tuple[Plate, ...]


@dataclass(frozen=True)
class Pictures:
    """`screen` and `phone` are drawings of the class `kind`; where one is empty, the rows are shown.

    `rows_shape` may hold "long" (text above its bar) and "pair" (two figures in a row).
    """

    screen: Markup
    phone: Markup
    caption: str
    kind: str = "plot"
    rows: tuple[Row, ...] = ()
    rows_shape: str = ""
    screen_note: str = ""
    phone_note: str = ""
    just_came: str = ""


def drawable(poll: Poll, local: Statistic | None, national: Statistic | None) -> bool:
    """Whether a local figure may stand beside the national one, in the poll's unit."""
    if local is None or (poll.unit and poll.unit != local.unit):
        return False
    return national is None or comparable(national, local)


def caption(seen: Seen) -> str:
    """What every chart says: n, of how many, and how many were not sure."""
    counted = _("n = {n}").format(n=f"{seen.n_votes:,}")
    if seen.base:
        counted = _("n = {n} of {base} in the room").format(n=f"{seen.n_votes:,}", base=f"{seen.base:,}")
    return "; ".join(word for word in (counted, sentences.not_sure(seen).rstrip(".")) if word) + "."
