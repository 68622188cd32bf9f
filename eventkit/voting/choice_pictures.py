"""The pictures of a choice and a myth: answers with values on their scale, others in rows; for screen and phones."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from eventkit.evidence.citation import natural, number_text
from eventkit.evidence.models import Statistic
from eventkit.voting import sentences
from eventkit.voting.models import Format, Phase, Poll
from eventkit.voting.perception import Answer, Perception
from eventkit.voting.pictures import JUST_CAME, Pictures, Plate, Row, Shown, caption
from eventkit.web import charts, figure_charts, plot
from eventkit.web.figure_charts import Chart, plotted
from eventkit.web.flags import PHONE, SCREEN, Flag, Surface
from eventkit.web.language import gettext as _
from eventkit.web.scale import scale

SHORT_ROW = {2: 30, 3: 20, 4: 14}  # characters that fit beside a bar, by the number of rows
SHORTEST_ROW = 12  # with more rows
LONGEST_WORD = 11


def pictures(poll: Poll, seen: Perception, shown: Shown, phase: Phase) -> Pictures:
    """The pictures at one phase; nothing of a figure that `shown` does not hold is in them."""
    shape = (("long", _long(seen.answers)), ("pair", shown.local_space and bool(poll.national_statistic)))
    screen, screen_note = _plot(poll, seen, shown, phase, SCREEN)
    phone, phone_note = _plot(poll, seen, shown, phase, PHONE)
    return Pictures(
        screen=screen,
        phone=phone,
        screen_note=screen_note,
        phone_note=phone_note,
        rows=tuple(_row(seen, place, shown, phase) for place in range(len(seen.answers))),
        rows_shape=" ".join(word for word, holds in shape if holds),
        caption=caption(seen),
        just_came=JUST_CAME.get(phase, ""),
    )


def chart(poll: Poll, seen: Perception, shown: Shown) -> Chart:
    """The picture for a file of its own: the plot of the screen, or rows."""
    drawn, _note = _plot(poll, seen, shown, Phase.GAP, SCREEN)
    if drawn:
        return plotted(drawn)
    answers = [
        figure_charts.Answer(
            place,
            answer.option_id,
            answer.text,
            _share(seen, answer),
            f"{answer.votes:,}",
            f"({_percent(answer)})" if seen.shows_percent else "",
            tuple(_published(shown)) if answer is seen.correct else (),
        )
        for place, answer in enumerate(seen.answers)
    ]
    return figure_charts.rows(answers)


def _published(shown: Shown) -> Iterator[figure_charts.Published]:
    for figure, local in ((shown.national, False), (shown.local if shown.local_space else None, True)):
        if figure:
            yield figure_charts.Published(figure.geography_name, number_text(figure), local)


def _plot(poll: Poll, seen: Perception, shown: Shown, phase: Phase, surface: Surface) -> tuple[Markup, str]:
    """The plot and what is said of its scale; empty where answers have no values or their labels would not fit."""
    if poll.format is not Format.CHOICE:
        return Markup(), ""
    bars = [_bar(seen, place, surface) for place, answer in enumerate(seen.answers) if answer.value is not None]
    widths = [plot.label_width(bar, surface) for bar in bars]
    found = scale([bar.value for bar in bars], widths, surface.width) if len(bars) == len(seen.answers) else None
    if found is None:
        return Markup(), ""
    drawn = plot.Plot(
        bars=bars,
        scale=found,
        room=_room_flag(seen),
        national=_flag(shown.national),
        local=_flag(shown.local) if shown.local_space else None,
        local_space=shown.local_space,
        moving=JUST_CAME.get(phase, ""),
    )
    return plot.draw(drawn, surface), _("Answers drawn to scale.") if found.true else ""


def _bar(seen: Perception, place: int, surface: Surface) -> plot.Bar:
    answer = seen.answers[place]
    percent = ""
    if seen.shows_percent:
        percent = _percent(answer) if surface is PHONE else f"({_percent(answer)})"
    return plot.Bar(
        place,
        answer.option_id,
        answer.text,
        float(answer.value or 0),
        f"{answer.votes:,}",
        percent,
        _share(seen, answer),
    )


def _row(seen: Perception, place: int, shown: Shown, phase: Phase) -> Row:
    answer = seen.answers[place]
    moving = "grow" if phase is Phase.PERCEPTION else ""
    percent = f"({_percent(answer)})" if seen.shows_percent else ""
    plates = [_plate("national", shown.national), _plate("local", shown.local if shown.local_space else None)]
    return Row(
        mark=charts.mark(answer.option_id, place),
        text=answer.text,
        bar=charts.row(place, _share(seen, answer), f"{answer.votes:,}", percent, moving),
        plates=tuple(plate for plate in plates if plate and answer is seen.correct),
    )


def _plate(kind: str, figure: Statistic | None) -> Plate | None:
    if figure is None:
        return None
    return Plate(kind, figure.geography_name, number_text(figure), natural(figure))


def _flag(figure: Statistic | None) -> Flag | None:
    return None if figure is None else Flag(figure.geography_name, number_text(figure), float(figure.value))


def _room_flag(seen: Perception) -> Flag | None:
    """None where no answer led."""
    label = sentences.group_label(seen)
    leader = seen.largest[0] if label else None
    return None if leader is None or leader.value is None else Flag(label, leader.text, float(leader.value))


def _share(seen: Perception, answer: Answer) -> float:
    return answer.votes / seen.largest[0].votes if seen.largest else 0.0


def _percent(answer: Answer) -> str:
    return _("{number} %").format(number=answer.percent)


def _long(answers: Sequence[Answer]) -> bool:
    most = SHORT_ROW.get(len(answers), SHORTEST_ROW)
    return any(
        len(answer.text) > most or any(len(word) > LONGEST_WORD for word in answer.text.split()) for answer in answers
    )
