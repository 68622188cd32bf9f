"""The sheet of the exit questionnaire."""

from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import Session, col, select

from eventkit.evaluation.models import Item, Kind
from eventkit.events import references, storing
from eventkit.events.models import Event
from eventkit.sheet import Column, Level, Part, Plan, Problem, Row, Type
from eventkit.web.language import gettext as _

LONGEST_QUESTION = 300
LONGEST_ANSWER = 1_000
FEWEST_OPTIONS, MOST_OPTIONS = 2, 12
_KINDS = (
    (Kind.SCORE.value, _("a score from 1 to 5")),
    (Kind.AGREE.value, _("how much people agree, in five steps")),
    (Kind.YES_NO.value, _("yes or no")),
    (Kind.CHOICE.value, _("one of several options")),
    (Kind.NUMBER.value, _("a number from 0 to 10")),
    (Kind.TEXT.value, _("in their own words")),
)
_STEPS = [str(number) for number in range(1, 6)]
_ANSWERS = {
    Kind.SCORE.value: _STEPS,
    Kind.AGREE.value: _STEPS,
    Kind.YES_NO.value: ["yes", "no"],
    Kind.NUMBER.value: [str(number) for number in range(11)],
}
# Columns that say something to some kinds only; elsewhere they are left unread.
_ONLY = {
    "low_label": (Kind.SCORE, Kind.AGREE, Kind.NUMBER),
    "high_label": (Kind.SCORE, Kind.AGREE, Kind.NUMBER),
    "options": (Kind.CHOICE,),
    "max_length": (Kind.TEXT,),
}

QUESTIONNAIRE = Part(
    "questionnaire",
    _("The exit questionnaire: one item in each row."),
    (
        Column("item_id", _("A short name that results refer to."), required=True, example="q1"),
        Column("kind", _("How it is answered."), required=True, values=_KINDS, example="score"),
        Column(
            "question", _("What people are asked, at most 300 characters."), required=True, example=_("The day overall")
        ),
        Column("low_label", _("Words for the lowest step."), example=_("Poor")),
        Column("high_label", _("Words for the highest step."), example=_("Excellent")),
        Column("options", _("Of a choice: its options, with a semicolon between.")),
        Column("section", _("A heading; items with the same one stand together."), example=_("The day")),
        Column("required", _("Whether it must be answered."), Type.YES_NO, default=False),
        Column("not_applicable", _("Whether people may say “not applicable”."), Type.YES_NO, default=False),
        Column("relevant", _("Ask only if an earlier item was answered so, written item_id = answer.")),
        Column("max_length", _("Of a text: how many characters it may have, at most 1,000."), Type.INTEGER),
    ),
    key=("item_id",),
)
PARTS: tuple[Part, ...] = (QUESTIONNAIRE,)


def ids(plan: Plan) -> Sequence[str]:
    """The item_ids, in the plan's order."""
    return list(plan.ids("questionnaire", "item_id"))


def check(plan: Plan) -> Iterator[Problem]:
    """What a person must mend in the questionnaire."""
    earlier: dict[str, Row] = {}
    for row in plan.rows("questionnaire"):
        yield from references.too_long(row, "question", LONGEST_QUESTION)
        yield from references.outside(row, "max_length", 1, LONGEST_ANSWER)
        yield from _options(row)
        yield from _relevant(row, earlier)
        for column, kinds in _ONLY.items():
            if row[column] is not None and row["kind"] not in (*kinds, None):
                yield row.problem(column, _("This kind of item has none; it is left unread."), Level.NOTE)
        earlier[row.text("item_id")] = row
    yield from references.twins(plan, "questionnaire", "question")


def store(session: Session, event: Event, plan: Plan) -> None:
    """Stores the items, over those that are there; the plan has been checked."""
    storing.store(session, Item, event, QUESTIONNAIRE, plan.rows("questionnaire"))


def rows(session: Session, event: Event) -> Mapping[str, Sequence[Row]]:
    """The stored items as the plan says them."""
    items = session.exec(select(Item).where(Item.event_id == event.id).order_by(col(Item.position)))
    stored = [item.model_dump() | {"kind": item.kind.value} for item in items]
    return {"questionnaire": [QUESTIONNAIRE.row(number, cells) for number, cells in enumerate(stored, start=1)]}


def _options(row: Row) -> Iterator[Problem]:
    options = row.pieces("options")
    if row["kind"] != Kind.CHOICE.value or "options" in row.unread:
        return
    if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        sentence = _("A choice needs 2 to 12 options with a semicolon between; this has {count}.")
        yield row.problem("options", sentence.format(count=len(options)))
    elif len({option.casefold() for option in options}) < len(options):
        yield row.problem("options", _("Two of these options are the same. Give each its own words."))


def _relevant(row: Row, earlier: Mapping[str, Row]) -> Iterator[Problem]:
    if not row.text("relevant"):
        return
    name, equals, answer = (piece.strip() for piece in row.text("relevant").partition("="))
    asked = earlier.get(name)
    if not (equals and answer):
        yield row.problem("relevant", _("Write an earlier item and its answer, such as q1 = yes."))
    elif asked is None:
        sentence = _("“{id}” is no item above this one. Name one that is asked before.")
        yield row.problem("relevant", sentence.format(id=name))
    elif answer not in (answers := _answers(asked)):
        sentence = _("“{answer}” is no answer to {id}. Its answers are: {answers}.")
        yield row.problem("relevant", sentence.format(answer=answer, id=name, answers="; ".join(answers) or "–"))


def _answers(item: Row) -> list[str]:
    """What may be answered, in order; nothing for a text."""
    if item["kind"] == Kind.CHOICE.value:
        return item.pieces("options")
    return _ANSWERS.get(item.text("kind"), [])
