"""A ranking beside its published order as the chart of a picture file: the ladder of the screen, drawn throughout."""

from markupsafe import Markup

from eventkit.web.charts import FILLS
from eventkit.web.figure_charts import TALLEST, Chart, centred, hand, tile
from eventkit.web.ladder import Ladder, Rung, joined, longest, ours, place_text, theirs
from eventkit.web.paint import tokens
from eventkit.web.wrapping import LEADING, alike, fitted, lines, written

HEAD = 44.0  # units above the rows
CELL = 62.0  # for one count
LINES, PLATES = 150.0, 430.0
LETTERS, SMALL = 30.0, 22.0
SMALLEST = 16.0  # of a text below its figure; a longer one is left to its line and mark
BESIDE = 150.0  # for a place, a mark and the gaps around a text


def laddered(ladder: Ladder) -> Chart:
    """Both orders and the lines between them; without a published order its side stays empty."""

    def chart(width: float, height: float) -> Markup:
        high = min(TALLEST, (height - HEAD) / max(1, len(ladder.rungs)))
        left = width - PLATES - LINES
        drawn = _heads(ladder, left, width)
        letters = _letters(ladder, left - CELL * len(ladder.rungs) - BESIDE, high)
        for place, rung in enumerate(ours(ladder)):
            drawn += _rung(ladder, rung, HEAD + place * high, (left, high), letters)
        return drawn + _lines(ladder, left, high) + _plates(ladder, width, high)

    return chart


def _heads(ladder: Ladder, left: float, width: float) -> Markup:
    drawn = _fit(ladder.room, 0, left - CELL * len(ladder.rungs), bold=True)
    for rank, name in enumerate(ladder.places[: len(ladder.rungs)]):
        x = left - CELL * (len(ladder.rungs) - rank - 0.5)
        drawn += centred(name, x, HEAD / 2, (CELL, HEAD), SMALL, hand(anchor="middle"))
    return drawn + _fit(ladder.published, width - PLATES, PLATES, bold=True)


def _letters(ladder: Ladder, width: float, high: float) -> tuple[float, bool]:
    """The size of all texts, and whether who put them first stands below: long ones take its room, its count stays."""
    texts, told = [rung.text for rung in ladder.rungs], high - SMALL * LEADING - 8
    size = alike(texts, width, told, LETTERS, serif=True)
    return (size, True) if size >= SMALL else (alike(texts, width, high - 8, LETTERS, serif=True), False)


def _rung(ladder: Ladder, rung: Rung, top: float, room: tuple[float, float], letters: tuple[float, bool]) -> Markup:
    (left, high), (size, told) = room, letters
    middle, ranks = top + high / 2, left - CELL * len(rung.ranks)
    begin, wide = BESIDE - 20, ranks - BESIDE
    place = place_text(rung.room, [each.room for each in ladder.rungs])
    broken = lines(rung.text, wide / size, serif=True)
    block = (len(broken) * size + (SMALL if told else 0)) * LEADING
    drawn = Markup('<line x1="0" x2="{0:.1f}" y1="{1:.1f}" y2="{1:.1f}" stroke="{2}"/>').format(
        left, top, tokens()["line"]
    )
    drawn += centred(place, 48, middle, (60, high), LETTERS, hand(bold=True, anchor="end"))
    drawn += tile(rung.letter, rung.fill, 60, middle, min(52.0, high * 0.72))
    drawn += written(broken, begin, middle - block / 2, size, hand(serif=True, bold=True), wide)
    if told:
        drawn += _fit(rung.first, begin, wide, top=middle + block / 2 - SMALL * LEADING)
    return drawn + _counts(ladder, rung, ranks, top, high)


def _counts(ladder: Ladder, rung: Rung, x: float, top: float, high: float) -> Markup:
    most = longest(ladder) or 1
    tallest, floor = high - SMALL * 1.2 - 12, top + high - 6
    drawn = Markup('<line x1="{0:.1f}" x2="{1:.1f}" y1="{2:.1f}" y2="{2:.1f}" stroke="{3}"/>').format(
        x, x + CELL * len(rung.ranks), floor, tokens()["line"]
    )
    for rank, votes in enumerate(rung.ranks):
        tall = tallest * votes / most
        drawn += Markup('<rect class="fill-{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
            FILLS[rung.fill % len(FILLS)], x + CELL * (rank + 0.2), floor - tall, CELL * 0.6, tall
        )
        count = (f"{votes:,}", x + CELL * (rank + 0.5), floor - tall - SMALL * 0.62)
        drawn += centred(*count, (CELL, SMALL * 1.3), SMALL, hand(anchor="middle"))
    return drawn


def _lines(ladder: Ladder, left: float, high: float) -> Markup:
    known, drawn, whole = tokens(), Markup(), high * len(ladder.rungs)
    for rung, ours_at, theirs_at in joined(ladder):
        for colour, wide in ((known["paper"], 13), (known[f"option-{FILLS[rung.fill % len(FILLS)]}"], 7)):
            drawn += Markup('<line x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}" stroke="{}" stroke-width="{}"/>').format(
                left + 12, left + LINES - 12, HEAD + ours_at * whole / 100, HEAD + theirs_at * whole / 100, colour, wide
            )
    return drawn


def _plates(ladder: Ladder, width: float, high: float) -> Markup:
    drawn, top, x = Markup(), HEAD, width - PLATES
    size = alike([rung.text for rung in ladder.rungs], PLATES - 130, high * 0.44, SMALL, serif=True)
    for group in theirs(ladder):
        tall = high * len(group)
        drawn += Markup('<rect x="{:.1f}" y="{:.1f}" width="{}" height="{:.1f}" fill="{}"/>').format(
            x, top + 2, PLATES, tall - 4, tokens()["accent-deep"]
        )
        place = place_text(group[0].published, [rung.published for rung in ladder.rungs])
        paper = hand(bold=True, colour="paper", anchor="end")
        drawn += centred(place, x + 52, top + tall / 2, (50, tall), LETTERS, paper)
        for number, rung in enumerate(group):
            drawn += _figure(rung, x + 64, top + (number + 0.5) * high, high, size)
        top += tall
    return drawn


def _figure(rung: Rung, x: float, middle: float, high: float, size: float) -> Markup:
    begin, wide = x + 50, PLATES - 64 - 66
    drawn = tile(rung.letter, rung.fill, x, middle, min(46.0, high * 0.7))
    number = hand(bold=True, colour="paper")
    if size < SMALLEST:
        return drawn + centred(rung.figure, begin, middle, (wide, high * 0.9), LETTERS, number)
    drawn += centred(rung.figure, begin, middle - high * 0.2, (wide, high * 0.46), LETTERS, number)
    text = hand(serif=True, colour="paper")
    return drawn + centred(rung.text, begin, middle + high * 0.22, (wide, high * 0.44), size, text)


def _fit(text: str, x: float, width: float, top: float = 6.0, *, bold: bool = False) -> Markup:
    size, broken = fitted(text, width, SMALL * 1.3, SMALL)
    return written(broken, x, top, size, hand(bold=bold, colour="ink" if bold else "quiet"), width)
