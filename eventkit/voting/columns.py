"""The columns of voting's sheets and what each of them means; the dictionary is made from them."""

from eventkit.sheet import Column, Type
from eventkit.voting.models import Format
from eventkit.web.language import gettext as _


def polls() -> tuple[Column, ...]:
    """The columns of `polls`."""
    formats = (
        (Format.CHOICE.value, _("One option of several")),
        (Format.MYTH.value, _("True or not true")),
        (Format.NUMERIC.value, _("A number")),
        (Format.RANKING.value, _("An order of a few items")),
    )
    statistic = _("The {kind} figure's statistic_id in statistics; [z] if there is none.")
    return (
        Column("poll_id", _("The question's id in the plan."), required=True, example="p3"),
        Column("format", _("How the question is answered."), required=True, values=formats, example="choice"),
        Column("question", _("The question as the room saw it."), required=True),
        Column("unit", _("The unit of the answers, where the plan gives one."), example="%"),
        Column("national_statistic", statistic.format(kind=_("national")), measure="id"),
        Column("local_statistic", statistic.format(kind=_("local")), measure="id"),
        Column("rounds", _("How many times the room's vote was counted or discarded."), Type.INTEGER, required=True),
    )


def tallies() -> tuple[Column, ...]:
    """The columns of `tallies`."""
    return (
        *_keys(),
        Column(
            "option_id",
            _("The option's letter; for a number the number itself; not_sure for those who said so."),
            required=True,
            example="A",
        ),
        Column("option_text", _("The option, or the number with its unit, as the room saw it."), required=True),
        Column(
            "value",
            _("What was answered as a number: what the option claims, the number, or an item's figure; else [z]."),
            Type.NUMBER,
        ),
        Column("rank", _("The place given to the option in a ranking; [z] in every other format."), Type.INTEGER),
        Column("votes", _("How many chose it; [c] if the round was discarded."), Type.INTEGER, unit=_("people")),
        Column("share", _("votes as a share of all who gave an answer, the not sure left out."), Type.SHARE),
        Column(
            "is_correct",
            _("Whether the published figure says so, in a ranking of this place; [z] for numbers and not_sure."),
            Type.YES_NO,
        ),
    )


def perception_gap() -> tuple[Column, ...]:
    """The columns of `perception_gap`."""
    return (*_keys(), *_counts(), *_guesses(), *_figures(), *_further())


def _keys() -> tuple[Column, ...]:
    return (
        Column("poll_id", _("The question's id, as in polls."), required=True, example="p3"),
        Column("round", _("Which vote on the question, from 1."), Type.INTEGER, required=True, measure="ordinal"),
    )


def _counts() -> tuple[Column, ...]:
    people, shares = _("people"), Type.SHARE
    bases = (
        ("joined", _("Phones that had joined")),
        ("checked_in", _("People who were checked in")),
        ("cards", _("Cards that were handed out")),
    )
    return (
        Column("base", _("Whom n_base counts."), required=True, values=bases),
        Column("n_base", _("How many could have voted when the vote was counted."), Type.INTEGER, unit=people),
        Column("n_votes", _("How many chose an option: the n of every share."), Type.INTEGER, unit=people),
        Column("n_paper", _("How many of n_votes and n_not_sure were on paper."), Type.INTEGER, unit=people),
        Column("n_not_sure", _("How many said that they were not sure; not in n_votes."), Type.INTEGER, unit=people),
        Column("share_correct", _("The share of n_votes that chose the published answer."), shares),
        Column("share_exact", _("The share with the whole order right; [z] but for a ranking."), shares),
        Column("chance", _("The share that random picks would give the published answer."), shares),
    )


def _guesses() -> tuple[Column, ...]:
    number = Type.NUMBER
    return (
        Column("median", _("The middle guess; [z] but for a numeric question."), number),
        Column("lower_quartile", _("A quarter of the way from the least to the greatest guess."), number),
        Column("upper_quartile", _("Three quarters of the way from the least to the greatest guess."), number),
    )


def _figures() -> tuple[Column, ...]:
    number = Type.NUMBER
    distance = _(
        "The room's most common answer, or its middle guess, minus {value}; [z] where there is no one such number."
    )
    directions = (
        ("over", _("Higher than the figure")),
        ("under", _("Lower than the figure")),
        ("close", _("The published answer, or close to it")),
    )
    return (
        Column("national_value", _("The national figure as published; [z] if the question has none."), number),
        Column("local_value", _("The local figure as published; [z] if the question has none."), number),
        Column("unit", _("The unit of the figures and of the gaps."), example="%"),
        Column("gap_national", distance.format(value="national_value"), number),
        Column("gap_local", distance.format(value="local_value"), number),
        Column(
            "direction",
            _("Which way the room erred: against the national figure, or the local one where there is no other."),
            values=directions,
        ),
        Column("sentence", _("The room's answer against the evidence, in one sentence.")),
    )


def _further() -> tuple[Column, ...]:
    """For whoever reckons on; the screen shows none of these."""
    number, share = Type.NUMBER, Type.SHARE
    return (
        Column("share_correct_lower", _("Lower end of its Wilson 95 % interval."), share),
        Column("share_correct_upper", _("Upper end of its Wilson 95 % interval."), share),
        Column("median_lower", _("Lower end of the median's 95 % interval, by order statistics."), number),
        Column("median_upper", _("Upper end of the median's 95 % interval, by order statistics."), number),
        Column("mean", _("The mean guess."), number),
        Column("standard_deviation", _("How far the guesses spread about their mean."), number),
        Column("tolerance", _("How near to the figure counts as close, in its unit."), number),
        Column("share_too_low", _("The share of guesses below the figure by more than the tolerance."), share),
        Column("share_close", _("The share of guesses within the tolerance."), share),
        Column("share_too_high", _("The share of guesses above the figure by more than the tolerance."), share),
        Column("mean_absolute_error", _("How far a guess lay from the figure on average."), number),
        Column("logit_gap", _("Log odds of the middle guess less those of the figure; for per cents."), number),
        Column("collective_error", _("The mean guess's squared distance from the figure."), number),
        Column("individual_error", _("The guesses' mean squared distance from the figure."), number),
        Column("diversity", _("individual_error less collective_error: what the room's variety is worth."), number),
        Column("kendall_w", _("How much the orders agree with each other, from 0 to 1; Kendall's W."), number),
        Column(
            "kendall_distance",
            _("How far the orders lie from the published one on average, 0 the same, 1 the reverse."),
            number,
        ),
    )
