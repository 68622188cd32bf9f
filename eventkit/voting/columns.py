"""The columns of voting's sheets and what each of them means; the dictionary is made from them."""

from eventkit.sheet import Column, Type
from eventkit.voting.models import Format
from eventkit.web.language import gettext as _


def polls() -> tuple[Column, ...]:
    """The columns of `polls`."""
    formats = (
        (Format.CHOICE.value, _("One option of several")),
        (Format.MYTH.value, _("True or not true")),
        (Format.NUMERIC.value, _("A number; shown, not voted on")),
        (Format.RANKING.value, _("An order; shown, not voted on")),
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
        Column("option_id", _("The option's letter; not_sure for those who said so."), required=True, example="A"),
        Column("option_text", _("The option as the room saw it."), required=True),
        Column("value", _("What the option claims as a number; [z] where it claims none."), Type.NUMBER),
        Column("rank", _("The place given to the option in a ranking; [z] in every other format."), Type.INTEGER),
        Column("votes", _("How many chose it; [c] if the round was discarded."), Type.INTEGER, unit=_("people")),
        Column("share", _("votes as a share of all who chose an option, the not sure left out."), Type.SHARE),
        Column("is_correct", _("Whether the published figure says so; [z] for not_sure."), Type.YES_NO),
    )


def perception_gap() -> tuple[Column, ...]:
    """The columns of `perception_gap`."""
    return (*_keys(), *_counts(), *_guesses(), *_figures())


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
        Column("median", _("The middle answer; [z] but for a numeric question."), number),
        Column("lower_quartile", _("A quarter answered less than this; [z] but for a numeric question."), number),
        Column("upper_quartile", _("A quarter answered more than this; [z] but for a numeric question."), number),
    )


def _figures() -> tuple[Column, ...]:
    number = Type.NUMBER
    distance = _("The room's most common answer minus {value}; [z] for a myth, a tie, or options without a value.")
    directions = (
        ("over", _("The most common answer is higher than the figure")),
        ("under", _("The most common answer is lower than the figure")),
        ("close", _("The most common answer is the published one")),
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
