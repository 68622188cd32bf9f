"""The sheets of polls and their options. Which option is right follows from the figure wherever it can."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from sqlmodel import Session

from eventkit.events.models import Event
from eventkit.evidence.checks import claims
from eventkit.sheet import Column, Level, Part, Plan, Problem, Row, Type
from eventkit.voting.models import Format, Option, Poll
from eventkit.web.language import gettext as _
from eventkit.web.text import did_you_mean

LONGEST_QUESTION = 300
LONGEST_OPTION = 120
LETTERS = "ABCDE"
_MYTH = ("True", "False")
_STATISTICS = ("national_statistic", "local_statistic")
_NUMERIC_ONLY = ("min", "max", "step", "tolerance")
_RANKING_ONLY = ("rank", "statistic_id")
_FORMATS = (
    (Format.CHOICE.value, _("one of two to five options")),
    (Format.MYTH.value, _("true or false")),
    ("numeric", _("a number (not built yet)")),
    ("ranking", _("an order (not built yet)")),
)

POLLS = Part(
    "polls",
    _("The myth-busting questions: one question in each row."),
    (
        Column("poll_id", _("A short name that the programme refers to."), required=True, example="p1"),
        Column("format", _("How it is answered."), required=True, values=_FORMATS, example="choice"),
        Column(
            "question",
            _("The question, with its area and period, at most 300 characters."),
            required=True,
            example=_("In Fife in 2015/16, out of every 100 doubts, how many led to a sanction?"),
        ),
        Column("help", _("A line below the question, such as what a word means.")),
        Column("national_statistic", _("The statistic_id of the national figure; at least one of the two is needed.")),
        Column("local_statistic", _("The statistic_id of the local figure."), example="fife_doubts"),
        Column("min", _("Numeric polls only: the least likely answer."), Type.NUMBER),
        Column("max", _("Numeric polls only: the greatest likely answer."), Type.NUMBER),
        Column("step", _("Numeric polls only: the steps of the answer."), Type.NUMBER),
        Column("unit", _("The unit of the answers."), example="%"),
        Column("tolerance", _("Numeric polls only: how far off still counts as close."), Type.NUMBER),
        Column("allow_not_sure", _("Whether people may say that they are not sure."), Type.YES_NO, default=False),
        Column("myth_text", _("The common belief, in one sentence.")),
        Column("explanation", _("Why people think so, and why it misleads.")),
        Column("so_what", _("What it means for the people in the room.")),
        Column("facilitator_notes", _("For the console only.")),
    ),
    key=("poll_id",),
)
OPTIONS = Part(
    "options",
    _("The options of each poll: one option in each row."),
    (
        Column("poll_id", _("The poll it belongs to."), required=True, example="p1"),
        Column("option_id", _("A, B, C, D or E, in order."), required=True, example="A"),
        Column("text", _("What people choose. A myth has two: True and False."), required=True, example="84 %"),
        Column("value", _("The number that the option claims."), Type.NUMBER, example=Decimal(84)),
        Column("lower", _("If it claims a range, such as “about 500,000”: its lower end, included."), Type.NUMBER),
        Column("upper", _("If it claims a range: its upper end, included."), Type.NUMBER),
        Column("correct", _("Whether it is right; leave it empty where a value says so."), Type.YES_NO),
        Column("rank", _("Ranking polls only: its place in the published order."), Type.INTEGER),
        Column("statistic_id", _("Ranking polls only: the figure of this item.")),
    ),
    key=("poll_id", "option_id"),
)
PARTS: tuple[Part, ...] = (POLLS, OPTIONS)


def ids(plan: Plan) -> Sequence[str]:
    """The poll_ids, in the plan's order."""
    return list(plan.ids("polls", "poll_id"))


def check(plan: Plan) -> Iterator[Problem]:
    """What a person must mend in polls and options."""
    known = ids(plan)
    for option in plan.rows("options"):
        if option.text("poll_id") and option.text("poll_id") not in known:
            sentence = _("There is no poll “{id}” in the plan.").format(id=option.text("poll_id"))
            yield option.problem("poll_id", sentence + did_you_mean(option.text("poll_id"), known))
    for poll in plan.rows("polls"):
        yield from _poll(poll, plan)
        options = _options(plan, poll)
        if poll.text("format") in set(Format) and poll.text("poll_id"):
            yield from _lettered(poll, options)
            yield from _myth(poll, options) if poll["format"] == Format.MYTH else _choice(poll, options, plan)


def create(session: Session, event: Event, plan: Plan) -> None:
    """Stores polls and options; the plan has been checked."""
    for position, row in enumerate(plan.rows("polls"), start=1):
        cells = {name: value for name, value in row.given().items() if name not in _NUMERIC_ONLY}
        poll = Poll.model_validate({"event_id": event.id, "position": position, **cells})
        session.add(poll)
        session.flush()
        options = _options(plan, row)
        right = _right(options, _figure(row, plan))
        for option in options:
            stored = {name: option[name] for name in ("option_id", "text", "value", "lower", "upper")}
            session.add(Option.model_validate({"poll_pk": poll.id, **stored, "correct": option is right}))
    session.flush()


def _poll(poll: Row, plan: Plan) -> Iterator[Problem]:
    if poll.text("format") not in {*Format, ""}:
        sentence = _("Format {format} is not built yet. Use choice or myth.").format(format=poll.text("format"))
        yield poll.problem("format", sentence)
    if len(poll.text("question")) > LONGEST_QUESTION:
        yield poll.problem("question", _too_long(poll.text("question"), LONGEST_QUESTION))
    known = plan.ids("statistics", "statistic_id")
    for column in _STATISTICS:
        if poll.text(column) and poll.text(column) not in known:
            sentence = _("There is no statistic “{id}” in the plan.").format(id=poll.text(column))
            yield poll.problem(column, sentence + did_you_mean(poll.text(column), known))
    if not any(poll.text(column) or column in poll.unread for column in _STATISTICS):
        yield poll.problem("national_statistic", _("A poll needs a national or a local statistic."))
    if poll.text("format") in set(Format):
        yield from _left_unread(poll, _NUMERIC_ONLY, _("Only numeric polls use this; it is left unread."))


def _lettered(poll: Row, options: list[Row]) -> Iterator[Problem]:
    fewest, most = (2, 2) if poll["format"] == Format.MYTH else (2, len(LETTERS))
    if not fewest <= len(options) <= most:
        sentence = (
            _("A myth needs the two options True and False; the options sheet has {count} for it.")
            if fewest == most
            else _("A choice needs 2 to 5 options; the options sheet has {count} for it.")
        )
        yield poll.problem("poll_id", sentence.format(count=len(options)))
    seen: dict[str, Row] = {}
    for letter, option in zip(LETTERS, options, strict=False):
        if option.text("option_id") not in {letter, ""}:
            sentence = _("The options of a poll are A, B, C … in order: this one is {letter}.")
            yield option.problem("option_id", sentence.format(letter=letter))
        if len(option.text("text")) > LONGEST_OPTION:
            yield option.problem("text", _too_long(option.text("text"), LONGEST_OPTION))
        twin = seen.setdefault(option.text("text").casefold(), option)
        if twin is not option and option.text("text"):
            sentence = _("Row {row} has the same text. Give each option of a poll its own.")
            yield option.problem("text", sentence.format(row=twin.number))
        yield from _left_unread(option, _RANKING_ONLY, _("Only ranking polls use this; it is left unread."))


def _myth(poll: Row, options: list[Row]) -> Iterator[Problem]:
    for text, option in zip(_MYTH, options, strict=False):
        if option.text("text") not in {text, ""}:
            sentence = _("Option {id} of a myth has the text {text}.")
            yield option.problem("text", sentence.format(id=option.text("option_id"), text=text))
    yield from _marked(poll, options)


def _choice(poll: Row, options: list[Row], plan: Plan) -> Iterator[Problem]:
    if any(option.unread & {"value", "lower", "upper", "correct"} for option in options):
        return
    for option in options:
        yield from _range(option)
    figure = _figure(poll, plan)
    if figure is None:
        return
    if all(_claims(option, figure) is None for option in options):
        yield from _marked(poll, options)
        return
    yield from _derived(poll, options, figure)


def _derived(poll: Row, options: list[Row], figure: Decimal) -> Iterator[Problem]:
    right = [option for option in options if _claims(option, figure)]
    column = _statistic_column(poll)
    if not right:
        yield poll.problem(
            column, _("No option claims the figure, {figure}. Mend an option.").format(figure=f"{figure:f}")
        )
    elif len(right) > 1:
        letters = _(" and ").join(option.text("option_id") for option in right)
        sentence = _("Options {letters} claim the figure, {figure}, at once. Only one may.")
        yield poll.problem(column, sentence.format(letters=letters, figure=f"{figure:f}"))
    for option in options:
        follows = option in right
        if option["correct"] is not None and option["correct"] is not follows:
            sentence = (
                _("The figure is {figure}, which this option claims, and yet it is marked as not correct.")
                if follows
                else _("This option is marked as correct, but it does not claim the figure, {figure}.")
            )
            yield option.problem("correct", sentence.format(figure=f"{figure:f}"))


def _marked(poll: Row, options: list[Row]) -> Iterator[Problem]:
    """Where no number decides, a person says which option is right."""
    marked = [option for option in options if option["correct"] is True]
    if len(options) > 1 and len(marked) != 1 and not any("correct" in option.unread for option in options):
        sentence = _("Exactly one option must be marked yes in the column correct; {count} are.")
        yield poll.problem("poll_id", sentence.format(count=len(marked)))


def _range(option: Row) -> Iterator[Problem]:
    value, lower, upper = option.decimal("value"), option.decimal("lower"), option.decimal("upper")
    if lower is not None and upper is not None and lower > upper:
        yield option.problem("lower", _("The lower end is above the upper end."))
    elif value is not None and claims(value, None, lower, upper) is False:
        yield option.problem("value", _("The value is outside this option's own range."))


def _left_unread(row: Row, columns: Sequence[str], sentence: str) -> Iterator[Problem]:
    return (row.problem(column, sentence, Level.NOTE) for column in columns if row[column] is not None)


def _right(options: list[Row], figure: Decimal | None) -> Row | None:
    claimed = [option for option in options if figure is not None and _claims(option, figure)]
    return next(iter(claimed or [option for option in options if option["correct"] is True]), None)


def _claims(option: Row, figure: Decimal) -> bool | None:
    return claims(figure, option.decimal("value"), option.decimal("lower"), option.decimal("upper"))


def _statistic_column(poll: Row) -> str:
    return next((column for column in _STATISTICS if poll.text(column)), _STATISTICS[0])


def _figure(poll: Row, plan: Plan) -> Decimal | None:
    statistic = plan.ids("statistics", "statistic_id").get(poll.text(_statistic_column(poll)))
    return statistic.decimal("value") if statistic else None


def _options(plan: Plan, poll: Row) -> list[Row]:
    return [option for option in plan.rows("options") if option.text("poll_id") == poll.text("poll_id")]


def _too_long(text: str, most: int) -> str:
    return _("This has {count} characters; at most {most} fit the screen.").format(count=len(text), most=most)
