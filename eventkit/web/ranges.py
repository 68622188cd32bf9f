"""How sure a figure is: the published range, an end that is open, and the middle half of a room's guesses."""

from dataclasses import dataclass

from markupsafe import Markup

from eventkit.web.flags import Flag
from eventkit.web.poles import head
from eventkit.web.scale import Scale

REACH = 1.5  # em of the arrow of an open-ended figure; the margin beside an axis holds it


@dataclass(frozen=True)
class Figure:
    """A published figure: its flag, its range where one is published, and where it is open: "over", "under" or ""."""

    flag: Flag
    lower: float | None = None
    upper: float | None = None
    open_end: str = ""

    @property
    def ends(self) -> tuple[float, ...]:
        """From where to where its range goes, empty without one; an end that is not published is the figure itself."""
        if self.lower is None and self.upper is None:
            return ()
        ends = (self.flag.value if end is None else end for end in (self.lower, self.upper))
        return tuple(sorted(ends))


def band(figure: Figure, scale: Scale) -> Markup:
    """The range of a national figure as high as the field, with an edge at each end that greyscale keeps."""
    if not figure.ends:
        return Markup()
    begin, end = (scale.place(each) for each in figure.ends)
    return Markup(
        '<rect class="band" x="{0:.2f}%" width="{2:.2f}%" height="100%"/><line class="band-edge" x1="{0:.2f}%"'
        ' x2="{0:.2f}%" y1="0" y2="100%"/><line class="band-edge" x1="{1:.2f}%" x2="{1:.2f}%" y1="0" y2="100%"/>'
    ).format(begin, end, end - begin)


def whisker(figure: Figure, scale: Scale, y: float) -> Markup:
    """The range of a local figure below the axis, at `y` em: a dashed line between two short ones."""
    if not figure.ends:
        return Markup()
    begin, end = (scale.place(each) for each in figure.ends)
    caps = Markup().join(
        Markup('<line class="whisker-end" x1="{at:.2f}%" x2="{at:.2f}%" y1="{:.2f}em" y2="{:.2f}em"/>').format(
            y - 0.25, y + 0.25, at=at
        )
        for at in (begin, end)
    )
    return caps + Markup('<line class="whisker" x1="{:.2f}%" x2="{:.2f}%" y1="{y:.2f}em" y2="{y:.2f}em"/>').format(
        begin, end, y=y
    )


def open_end(figure: Figure, scale: Scale, y: float) -> Markup:
    """An arrow from the pole at `y` em towards where the true number lies: "over 84" is 84 or more."""
    if figure.open_end not in ("over", "under"):
        return Markup()
    rightwards = figure.open_end == "over"
    tip = REACH if rightwards else -REACH
    line = Markup('<line class="{}" x1="0" x2="{:.2f}em" y1="{y:.2f}em" y2="{y:.2f}em"/>')
    drawn = Markup().join(
        line.format(kind, tip - (0.6 if rightwards else -0.6), y=y) for kind in ("open-casing", "open-shaft")
    )
    return Markup('<svg x="{:.2f}%" overflow="visible">{}{}</svg>').format(
        scale.place(figure.flag.value), drawn, head("open-head", tip, y, rightwards)
    )


def half(begin: float, end: float) -> Markup:
    """The middle half of the guesses, a bar just below the axis, from `begin` to `end` in per cent of the width."""
    return Markup('<rect class="half" x="{:.2f}%" y="0" width="{:.2f}%" height=".36em"/>').format(begin, end - begin)
