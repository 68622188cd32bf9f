"""What the room's guesses and a published figure say together, in sentences that survive being checked.

The numbers in a sentence are those on the screen, so that whoever reckons them again comes to the same gap. A figure
that is "over" something is never said to be overshot.
"""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from eventkit.evidence.citation import number_text, shown
from eventkit.evidence.models import Statistic
from eventkit.evidence.rounding import digits
from eventkit.evidence.units import is_percent, measured, qualified, with_sign
from eventkit.voting.guesses import Aim, Guesses, aim, parted, same_unit, tolerance
from eventkit.voting.models import Poll
from eventkit.voting.phrases import nobody, people
from eventkit.voting.reading import stepped
from eventkit.voting.sentences import beside, stated
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext

WHOLE_FROM = 10_000  # what lies between two larger guesses is not worth a decimal
MANY = 2  # from here on a factor says more than a difference
QUARTILES_FROM = 4  # guesses; with fewer a quarter is less than one person


def room(poll: Poll, seen: Guesses) -> str:
    """The room's guesses alone: the middle one, and where the middle half of them lay."""
    if seen.median is None or seen.middles is None or seen.quartiles is None:
        return nobody(seen)
    low, high = seen.middles
    if len(seen.counts) == 1:
        return f"{_together(poll.unit, seen)}."
    if low < high and 2 * (high - low) >= seen.counts[-1][0] - seen.counts[0][0]:
        return f"{_halves(poll.unit, seen)}."
    guess, (low, high) = guess_text(poll.unit, seen.median), seen.quartiles
    if seen.n_votes < QUARTILES_FROM:
        return _("Our middle guess was {guess}.").format(guess=guess)
    if low == high:
        template = _("Our middle guess was {guess}, and at least half of those who guessed said just that.")
        return template.format(guess=guess)
    template = _("Our middle guess was {guess}; the middle half of our guesses lay from {low} to {high}.")
    # A quartile between two guesses is not told more finely than anybody could guess.
    ends = [_number(poll.unit, stepped(poll, quartile)) for quartile in (low, high)]
    return template.format(guess=guess, low=ends[0], high=ends[1])


def gap(poll: Poll, seen: Guesses, national: Statistic | None, local: Statistic | None) -> str:
    """The room's middle guess beside the figure; a local figure beside a national one has its own sentence."""
    figure = national or local
    if figure is None:
        return room(poll, seen)
    second = beside(national, local) if national and local else ""
    return f"{_gap(poll, seen, figure)} {second}".rstrip()


def fact(figure: Statistic) -> str:
    """The correct statement alone, the last thing that stays on the screen."""
    return stated(figure)


def near(poll: Poll, seen: Guesses, figure: Statistic) -> str:
    """How many guesses came close to the figure, and what close means; "" where nobody guessed or the units differ."""
    if not seen.n_votes or not same_unit(poll, figure):
        return ""
    allowed = tolerance(poll, figure)
    close = seen.within(figure.value, allowed)[1]
    if seen.n_votes == 1:
        template = _("The only guess was within {allowed}.") if close else _("The only guess was not within {allowed}.")
    elif close == seen.n_votes:
        template = _("All {n} guesses were within {allowed}.")
    elif close:
        template = ngettext("{close} of {n} was within {allowed}.", "{close} of {n} were within {allowed}.", close)
    else:
        template = _("None of the {n} guesses was within {allowed}.")
    return template.format(close=people(close), n=people(seen.n_votes), allowed=_amount(figure.unit, allowed))


def distance(poll: Poll, seen: Guesses, figure: Statistic) -> str:
    """Which way the middle guess erred and how far, in a few words: "29 points too low"; "" where it is not known to.

    A figure over or under something makes the distance "over" itself, one that is about something makes it "about".
    """
    aimed = aim(poll, seen, figure)
    if aimed not in (Aim.LOW, Aim.HIGH):
        return ""
    guess, value, _text = _pair(seen, figure)
    template = _("{apart} too low") if aimed is Aim.LOW else _("{apart} too high")
    return template.format(apart=qualified(_slack(figure), _amount(figure.unit, abs(value - guess))))


def compared(poll: Poll, before: Guesses, after: Guesses, figure: Statistic | None) -> str:
    """The middle guess in one vote and the next; "" unless somebody guessed in both."""
    if before.median is None or after.median is None:
        return ""
    same, stayed = before.n_votes == after.n_votes, before.median == after.median
    if same:
        start = _("Our middle guess stayed at {last}") if stayed else _("Our middle guess went from {first} to {last}")
        end = _(" (the figure is {figure}).")
    else:
        change = _("Our middle guess went from {first} ({n} people) to {last} ({others} people)")
        start = _("Our middle guess stayed at {last} ({n} people, then {others})") if stayed else change
        end = _("; the figure is {figure}.")
    sentence = start.format(
        first=_number(poll.unit, before.median),
        last=guess_text(poll.unit, after.median),
        n=people(before.n_votes),
        others=people(after.n_votes),
    )
    return sentence + (end.format(figure=number_text(figure)) if figure else ".")


def guess_text(unit: str, value: Decimal) -> str:
    """A guess, or what lies between two, with its unit: "55 %", "£12.50", "75,000 people"."""
    return measured(unit, _tidy(unit, value))


def _gap(poll: Poll, seen: Guesses, figure: Statistic) -> str:
    if seen.median is None:
        return _("{nobody} The figure is {figure}.").format(nobody=nobody(seen), figure=number_text(figure))
    unit, aimed = poll.unit or figure.unit, aim(poll, seen, figure)
    guess, _value, text = _pair(seen, figure)
    if len(seen.counts) == 1:
        lead = _together(unit, seen)
    elif same_unit(poll, figure) and parted(poll, seen, figure):
        lead = _halves(unit, seen)
    else:
        lead = _("Our middle guess was {guess}").format(guess=measured(unit, guess))
    if aimed is None:
        return _("{lead}; the figure is {figure}.").format(lead=lead, figure=text)
    if aimed is Aim.EXACT:
        return _("{lead}, the published figure.").format(lead=lead)
    verdict = _verdict(poll, seen, figure, aimed)
    return _("{lead}; the figure is {figure}: {verdict}.").format(lead=lead, figure=text, verdict=verdict)


def _verdict(poll: Poll, seen: Guesses, figure: Statistic, aimed: Aim) -> str:
    if aimed is Aim.CLOSE:
        return _("close") if seen.n_votes == 1 else _("we were close")
    if aimed is Aim.INSIDE:
        return _("within its published range")
    if aimed is Aim.BEYOND:
        beyond = {"over": _("ours is over it too"), "under": _("ours is under it too")}
        return beyond.get(figure.qualifier, _("ours is at least that too"))
    times, off = _times(seen, figure), distance(poll, seen, figure)
    if times:
        return times
    return off if seen.n_votes == 1 else _("we guessed {distance}").format(distance=off)


def _times(seen: Guesses, figure: Statistic) -> str:
    """A gap so wide that a factor tells it better; "" for shares, whose range has an end, and for smaller gaps."""
    guess, value, _text = _pair(seen, figure)
    if is_percent(figure.unit) or figure.denominator or min(guess, value) <= 0:
        return ""
    factor = max(guess, value) / min(guess, value)
    if factor < MANY:
        return ""
    slack = _slack(figure)
    places = Decimal(1) if factor >= 10 else Decimal("0.1")
    # What is "over" a number of times must not be rounded up, or it might not be over it.
    told = factor.quantize(places, ROUND_FLOOR if slack in ("over", "at_least") else ROUND_HALF_UP)
    text = qualified(slack or ("about" if told != factor else ""), with_sign("", told.normalize()))
    words = _("{times} times our guess") if value > guess else _("our guess was {times} times that")
    return words.format(times=text)


def _together(unit: str, seen: Guesses) -> str:
    """Everybody's one guess, without the stop."""
    guess = guess_text(unit, seen.counts[0][0])
    if seen.n_votes == 1:
        return _("The only guess was {guess}").format(guess=guess)
    template = _("All {n} who guessed said {guess}") if seen.not_sure else _("All {n} of us guessed {guess}")
    return template.format(n=people(seen.n_votes), guess=guess)


def _halves(unit: str, seen: Guesses) -> str:
    """Two camps with nothing in the middle, without the stop."""
    assert seen.middles
    low, high = seen.middles
    template = _("Half of our guesses were {low} or less, half {high} or more")
    return template.format(low=_number(unit, low), high=guess_text(unit, high))


def _pair(seen: Guesses, figure: Statistic) -> tuple[Decimal, Decimal, str]:
    """The middle guess and the figure as they are shown, and the figure in words.

    Both are exact where rounding would turn them round, or make them look the same.
    """
    assert seen.median is not None
    guess, value = _tidy(figure.unit, seen.median), shown(figure)
    if (guess > value, guess < value) == (seen.median > figure.value, seen.median < figure.value):
        return guess, value, number_text(figure)
    return seen.median, figure.value, number_text(figure, exact=True)


def _slack(figure: Statistic) -> str:
    """How exactly a distance from the figure is known; the further side of an open one is never told as one."""
    return {"under": "over", "exact": ""}.get(figure.qualifier, figure.qualifier)


def _amount(unit: str, value: Decimal) -> str:
    """A distance on the figure's scale: "29 points", "£12.50", "13,000"."""
    if not is_percent(unit):
        return with_sign(unit, _without_zeros(unit, value))
    points = 1 if value == 1 else 2  # 1.5 points
    return ngettext("{number} point", "{number} points", points).format(number=with_sign("", value.normalize()))


def _number(unit: str, value: Decimal) -> str:
    return with_sign(unit, _tidy(unit, value))


def _tidy(unit: str, value: Decimal) -> Decimal:
    """A guess without needless digits: two decimals, or more where there is nothing before them."""
    if abs(value) >= WHOLE_FROM:
        return value.quantize(Decimal(1), ROUND_HALF_UP)
    places = 2 if not value else max(2, 1 - value.adjusted())
    return _without_zeros(unit, value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def _without_zeros(unit: str, value: Decimal) -> Decimal:
    """The same number without zeros at its end; pence keep both digits."""
    plain = value.normalize()
    return plain.quantize(Decimal("0.01")) if unit.strip() == "£" and digits(plain) == 1 else plain
