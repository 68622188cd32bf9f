"""The sheets of polls and their options. Which option is right follows from the figure wherever it can."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from eventkit.events import storing
from eventkit.events.models import Event
from eventkit.evidence.plan import figures
from eventkit.sheet import Column, Level, Part, Plan, Problem, Row, Type
from eventkit.voting import fairness, formats
from eventkit.voting.formats import NUMERIC_ONLY, RANKING_ONLY
from eventkit.voting.models import Format, Option, Poll, Round
from eventkit.web.language import gettext as _
from eventkit.web.text import did_you_mean

LONGEST_QUESTION = 140
LONGEST_OPTION = 60
# Four or five answers of a full line each leave the question less of a small projection (1024×768).
MANY, FULL_LINE, LEFT_FOR_QUESTION = 4, 32, 100
LETTERS = "ABCDE"
_MYTH = ("True", "False")
_FORMATS = (
    (Format.CHOICE.value, _("one of two to five options")),
    (Format.MYTH.value, _("true or false")),
    (Format.NUMERIC.value, _("a number; in this version its question is only shown")),
    (Format.RANKING.value, _("an order; in this version its question is only shown")),
)

POLLS = Part(
    "polls",
    _("The myth-busting questions: one question in each row."),
    (
        Column("poll_id", _("A short name that the programme refers to."), required=True, example="p1"),
        Column("format", _("How it is answered."), required=True, values=_FORMATS, example="choice"),
        Column(
            "question",
            _("The question, with its area and period, at most 140 characters."),
            required=True,
            example=_("In Fife in 2015/16, out of every 100 doubts, how many led to a sanction?"),
            wording=True,
        ),
        Column("help", _("A line below the question, such as what a word means."), wording=True),
        Column("national_statistic", _("The statistic_id of the national figure; at least one of the two is needed.")),
        Column("local_statistic", _("The statistic_id of the local figure."), example="fife_doubts"),
        Column("min", _("Numeric polls only: the least likely answer."), Type.NUMBER),
        Column("max", _("Numeric polls only: the greatest likely answer."), Type.NUMBER),
        Column("step", _("Numeric polls only: the steps of the answer."), Type.NUMBER),
        Column("unit", _("The unit of the answers."), example="%"),
        Column("tolerance", _("Numeric polls only: how far off still counts as close."), Type.NUMBER),
        Column("allow_not_sure", _("Whether people may say that they are not sure."), Type.YES_NO, default=False),
        Column("myth_text", _("The common belief, in one sentence."), wording=True),
        Column("explanation", _("Why people think so, and why it misleads."), wording=True),
        Column("so_what", _("What it means for the people in the room."), wording=True),
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
        Column(
            "text",
            _("What people choose. A myth has two: True and False."),
            required=True,
            example="84 %",
            wording=True,
        ),
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
    known, statistics = ids(plan), figures(plan)
    for option in plan.rows("options"):
        if option.text("poll_id") and option.text("poll_id") not in known:
            sentence = _("There is no poll “{id}” in the plan.").format(id=option.text("poll_id"))
            yield option.problem("poll_id", sentence + did_you_mean(option.text("poll_id"), known))
    for poll in plan.rows("polls"):
        yield from _poll(poll, plan)
        yield from fairness.compared(poll, statistics)
        options = fairness.options_of(plan, poll)
        if poll["format"] == Format.NUMERIC:
            yield from formats.numeric(poll, options, statistics)
        elif poll["format"] is not None and poll.text("poll_id"):
            yield from _lettered(poll, options)
            yield from _crowded(poll, options)
        if poll["format"] == Format.MYTH:
            yield from _myth(poll, options)
        elif poll["format"] == Format.CHOICE:
            yield from fairness.choice(poll, options, statistics)
        elif poll["format"] == Format.RANKING:
            yield from formats.ranking(options, plan, statistics)
            yield from fairness.ranked(options, statistics)
    yield from fairness.deck(plan, statistics)


def store(session: Session, event: Event, plan: Plan) -> None:
    """Stores polls and options, over those that are there; the plan has been checked."""
    wanted = OPTIONS.identities(plan.rows("options"))
    held = storing.remove(session, _held(session, event), wanted)
    polls = storing.store(session, Poll, event, POLLS, plan.rows("polls"))
    statistics = figures(plan)
    rights = {
        row.text("poll_id"): fairness.right_option(row, fairness.options_of(plan, row), statistics)
        for row in plan.rows("polls")
    }
    cells = {}
    for position, (row_id, option) in enumerate(wanted.items(), start=1):
        poll_id = option.text("poll_id")
        cells[row_id] = {
            **option.cells,
            "poll_pk": polls[poll_id].id,
            "position": position,
            "marked": option["correct"],
            "correct": option.text("option_id") == rights[poll_id],
        }
    storing.keep(session, Option, held, cells)


def fixed(session: Session, event: Event, part: str, row_id: str, column: str) -> str:
    """Why a change cannot be made any more: the vote was opened, or one is still to be counted."""
    waiting = (col(Round.counted_at).is_(None), col(Round.discarded_at).is_(None))
    if (part, column) == ("event", "min_votes") and _has_round(session, event, *waiting):
        return _("A vote is not counted yet. Count or discard it, then change min_votes.")
    if (part, column) == ("event", "base") and _has_round(session, event, col(Round.counted_at).is_not(None)):
        return _("A vote was counted against this base, so it stays.")
    if part not in ("polls", "options") or not row_id or column == "facilitator_notes":
        return ""
    poll_id = row_id.split(maxsplit=1)[0]
    opened = select(Round.id).join(Poll).where(Poll.event_id == event.id, Poll.poll_id == poll_id)
    if session.exec(opened).first() is None:
        return ""
    return _("The vote on “{id}” was opened, so its question and options stay as they are.").format(id=poll_id)


def rows(session: Session, event: Event) -> Mapping[str, Sequence[Row]]:
    """The stored polls and options as the plan says them."""
    polls = session.exec(select(Poll).where(Poll.event_id == event.id).order_by(col(Poll.position))).all()
    names = {poll.id: poll.poll_id for poll in polls}
    options = session.exec(select(Option).where(col(Option.poll_pk).in_(names)).order_by(col(Option.position))).all()
    asked = [poll.model_dump() | {"format": poll.format.value} for poll in polls]
    chosen = [option.model_dump() | {"poll_id": names[option.poll_pk], "correct": option.marked} for option in options]
    return {
        "polls": [POLLS.row(number, cells) for number, cells in enumerate(asked, start=1)],
        "options": [OPTIONS.row(number, cells) for number, cells in enumerate(chosen, start=1)],
    }


def _held(session: Session, event: Event) -> dict[str, Option]:
    """The stored options by what tells them apart in the plan."""
    found = select(Poll.poll_id, Option).join(Option).where(Poll.event_id == event.id)
    return {f"{poll_id} {option.option_id}": option for poll_id, option in session.exec(found)}


def _has_round(session: Session, event: Event, *which: ColumnElement[bool]) -> bool:
    return session.exec(select(Round.id).where(Round.event_id == event.id, *which)).first() is not None


def _poll(poll: Row, plan: Plan) -> Iterator[Problem]:
    if len(poll.text("question")) > LONGEST_QUESTION:
        yield poll.problem("question", _too_long(poll.text("question"), LONGEST_QUESTION))
    known = plan.ids("statistics", "statistic_id")
    for column in fairness.STATISTICS:
        if poll.text(column) and poll.text(column) not in known:
            sentence = _("There is no statistic “{id}” in the plan.").format(id=poll.text(column))
            yield poll.problem(column, sentence + did_you_mean(poll.text(column), known))
    given = any(poll.text(column) or column in poll.unread for column in fairness.STATISTICS)
    if not given and poll["format"] != Format.RANKING:
        yield poll.problem("national_statistic", _("A poll needs a national or a local statistic."))
    if poll["format"] not in (Format.NUMERIC, None):
        yield from _left_unread(poll, NUMERIC_ONLY, _("Only numeric polls use this; it is left unread."))


def _crowded(poll: Row, options: list[Row]) -> Iterator[Problem]:
    longest = max((len(option.text("text")) for option in options), default=0)
    if len(options) >= MANY and longest > FULL_LINE and len(poll.text("question")) > LEFT_FOR_QUESTION:
        sentence = _(
            "This question and its answers do not fit a small screen together. "
            "Shorten the question to {question} characters, or every answer to {answer}."
        )
        yield poll.problem("question", sentence.format(question=LEFT_FOR_QUESTION, answer=FULL_LINE))


def _lettered(poll: Row, options: list[Row]) -> Iterator[Problem]:
    fewest = 3 if poll["format"] == Format.RANKING else 2
    most = 2 if poll["format"] == Format.MYTH else len(LETTERS)
    if not fewest <= len(options) <= most:
        yield poll.problem("poll_id", _how_many(poll).format(count=len(options)))
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
        if poll["format"] != Format.RANKING:
            yield from _left_unread(option, RANKING_ONLY, _("Only ranking polls use this; it is left unread."))


def _myth(poll: Row, options: list[Row]) -> Iterator[Problem]:
    for text, option in zip(_MYTH, options, strict=False):
        if option.text("text") not in {text, ""}:
            sentence = _("Option {id} of a myth has the text {text}.")
            yield option.problem("text", sentence.format(id=option.text("option_id"), text=text))
    yield from fairness.marked(poll, options)


def _how_many(poll: Row) -> str:
    return {
        Format.MYTH.value: _("A myth needs the two options True and False; the options sheet has {count} for it."),
        Format.RANKING.value: _("A ranking needs 3 to 5 items; the options sheet has {count} for it."),
    }.get(poll.text("format"), _("A choice needs 2 to 5 options; the options sheet has {count} for it."))


def _left_unread(row: Row, columns: Sequence[str], sentence: str) -> Iterator[Problem]:
    return (row.problem(column, sentence, Level.NOTE) for column in columns if row[column] is not None)


def _too_long(text: str, most: int) -> str:
    return _("This has {count} characters; at most {most} fit the screen.").format(count=len(text), most=most)
