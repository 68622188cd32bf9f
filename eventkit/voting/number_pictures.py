"""The pictures of a numeric poll: the room's guesses on their axis, for screen and phones."""

from decimal import Decimal

from eventkit.evidence.citation import number_text
from eventkit.evidence.models import Statistic
from eventkit.evidence.units import is_sign, with_sign
from eventkit.voting import number_sentences as sentences
from eventkit.voting.asked import Asked
from eventkit.voting.guesses import Guesses, same_unit
from eventkit.voting.models import Phase
from eventkit.voting.pictures import JUST_CAME, Pictures, Shown, caption
from eventkit.web import dots
from eventkit.web.flags import PHONE, SCREEN, Flag
from eventkit.web.language import gettext as _
from eventkit.web.ranges import Figure

GAP_TOLD = (Phase.GAP, Phase.EXPLANATION)
OPEN_ENDS = {"over": "over", "at_least": "over", "under": "under"}


def pictures(asked: Asked, seen: Guesses, shown: Shown, phase: Phase) -> Pictures:
    """The dot plot at one phase; nothing of a figure that `shown` does not hold is in it."""
    drawn = _dots(asked, seen, shown, phase)
    return Pictures(
        screen=dots.draw(drawn, SCREEN),
        phone=dots.draw(drawn, PHONE),
        caption=caption(seen),
        screen_note=dots.note(drawn, SCREEN),
        phone_note=dots.note(drawn, PHONE),
        just_came=JUST_CAME.get(phase, ""),
    )


def _dots(asked: Asked, seen: Guesses, shown: Shown, phase: Phase) -> dots.Dots:
    poll, figure = asked.poll, asked.figure
    least, most = ((None if end is None else float(end)) for end in (poll.min, poll.max))
    return dots.Dots(
        counts=[(float(value), votes) for value, votes in seen.counts],
        low=least,
        high=most,
        form=with_sign(poll.unit, Decimal(0)).replace("0", "{}", 1),
        room=_ours(asked, seen),
        quartiles=(float(seen.quartiles[0]), float(seen.quartiles[1])) if seen.quartiles else None,
        national=_figure(asked, shown.national),
        local=_figure(asked, shown.local if shown.local_space else None),
        local_space=shown.local_space,
        gap=sentences.distance(poll, seen, figure) if figure and phase in GAP_TOLD else "",
        moving=JUST_CAME.get(phase, ""),
    )


def _ours(asked: Asked, seen: Guesses) -> Flag | None:
    if seen.median is None:
        return None
    unit = asked.poll.unit if is_sign(asked.poll.unit) else ""  # words of a unit would leave no room for the flag
    number = sentences.guess_text(unit, seen.median)
    return Flag(_("Our middle guess"), number, float(seen.median))


def _figure(asked: Asked, figure: Statistic | None) -> Figure | None:
    """None for a figure in another unit than the guesses: it is cited, and not drawn."""
    if figure is None or not same_unit(asked.poll, figure):
        return None
    return Figure(
        Flag(figure.geography_name, number_text(figure), float(figure.value)),
        None if figure.lower is None else float(figure.lower),
        None if figure.upper is None else float(figure.upper),
        OPEN_ENDS.get(figure.qualifier, ""),
    )
