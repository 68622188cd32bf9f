"""A question with everything that its answers are read against, and what the room's answer says in every format."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from eventkit.evidence import citation
from eventkit.evidence.models import Statistic
from eventkit.sheet import Value
from eventkit.voting.models import Option, Phase, Poll
from eventkit.voting.perception import Seen
from eventkit.voting.pictures import Pictures, Shown
from eventkit.web.figure_charts import Chart
from eventkit.web.language import gettext as _

Cells = Mapping[str, Value]


@dataclass(frozen=True)
class Asked:
    """A poll and its figures. `items` are those of a ranking, by option_id; `place` is where a local one is for."""

    poll: Poll
    options: Sequence[Option]
    national: Statistic | None = None
    local: Statistic | None = None
    items: Mapping[str, Statistic] = field(default_factory=dict)
    place: str = ""
    organisers_vote: bool = True

    @property
    def figure(self) -> Statistic | None:
        """The figure that the room's answer is held against first."""
        return self.national or self.local


@dataclass(frozen=True)
class Counted:
    """A round after its count: votes by (option_id, rank), as in the table; of how many; and what a ranking keeps."""

    votes: Mapping[tuple[str, int], int]
    base: int = 0
    exact: int = 0
    turned: int = 0

    @property
    def by_option(self) -> dict[str, int]:
        """Votes by option_id, of formats that know no rank."""
        return {option_id: votes for (option_id, rank), votes in self.votes.items() if rank == 0}


@dataclass(frozen=True)
class Line:
    """A line of the chart's table: what was answered, whether it is the published answer, and a cell per column."""

    answer: str
    cells: tuple[str, ...]
    published: bool = False


@dataclass(frozen=True)
class Table:
    """The chart for those who read rather than look; the first of `columns` names the answers."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Headline:
    """What the explanation opens with: a number, what it is of, and where and when."""

    figure: str
    natural: str
    place: str


class Told(Protocol):
    """What the room's answer to a question says. Where a figure is needed, all of the question's figures are used."""

    @property
    def seen(self) -> Seen:
        """Who is counted."""

    def room(self) -> str:
        """The room's answer alone, as a sentence."""

    def gap(self) -> str:
        """The room's answer beside the published one."""

    def fact(self) -> str:
        """The correct statement alone."""

    def since(self) -> str:
        """What has changed since the vote before, in totals; "" after a first vote."""

    def aside(self) -> str:
        """What stands small beside the gap, such as what chance would give; "" for nothing."""

    def label(self) -> str:
        """Every answer with its votes, for those who hear the chart."""

    def believed(self) -> str:
        """What is often believed and is not correct, in the question's own words; "" if the question has none."""

    def headline(self) -> Headline:
        """The figure that the explanation opens with."""

    def published(self, shown: Shown) -> Sequence[Statistic]:
        """The figures that the picture holds, each of which has a source."""

    def table(self, shown: Shown) -> Table:
        """The picture as a table."""

    def pictures(self, shown: Shown, phase: Phase) -> Pictures:
        """The picture at one phase; nothing of a figure that `shown` does not hold is in it."""

    def chart(self, shown: Shown) -> Chart:
        """The picture for a file of its own."""

    def tallies(self) -> Iterator[Cells]:
        """The cells of each row of the sheet `tallies`, without poll and round."""

    def numbers(self) -> Cells:
        """The cells of the sheet `perception_gap` that this format fills."""


def figure_headline(figure: Statistic | None) -> Headline:
    """The figure of a question that has one, alone and large."""
    assert figure  # the plan has no such question without one
    place = _("{place}, {period}").format(place=figure.geography_name, period=figure.period_label)
    return Headline(citation.figure_text(figure), citation.natural(figure), place)
