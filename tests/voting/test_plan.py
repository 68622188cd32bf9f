"""The sheets of polls and options."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel, create_engine, select

from eventkit.activities import ACTIVITIES
from eventkit.plan.whole import create
from eventkit.voting.models import Format, Option, Poll
from eventkit.voting.plan import OPTIONS, POLLS
from tests.plan.writing import DAY, EVENT, FIGURE, noted, opened, toml, wrong

MYTH = (
    EVENT
    + FIGURE
    + """
[[polls]]
poll_id = "p1"
format = "myth"
question = "True or false?"
local_statistic = "s1"
[[options]]
poll_id = "p1"
option_id = "A"
text = "True"
[[options]]
poll_id = "p1"
option_id = "B"
text = "False"
correct = true
"""
)


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def _option(letter: str, text: str, *lines: str, poll: str = "p1") -> str:
    return "\n".join(["[[options]]", f'poll_id = "{poll}"', f'option_id = "{letter}"', f'text = "{text}"', *lines, ""])


def _choice(*options: str, poll: str = "") -> str:
    """The day with one choice poll on a figure of 84, and these options."""
    head = '[[polls]]\npoll_id = "p1"\nformat = "choice"\nquestion = "How many?"\n'
    reference = "" if "_statistic" in poll else 'national_statistic = "s1"\n'
    return EVENT + FIGURE + head + reference + poll + "\n" + "".join(options)


HIT, MISS = _option("A", "84 %", "value = 84"), _option("B", "10 %", "value = 10")


@pytest.mark.parametrize("options", [
    (HIT, MISS),
    (_option("A", "More than half", "lower = 50.1", "upper = 100"), _option("B", "Less", "lower = 0", "upper = 50")),
    (_option("A", "More than half", "lower = 50.1"), _option("B", "Half or less", "upper = 50")),
    (_option("A", "About 80 %", "value = 80", "lower = 75", "upper = 85"), _option("B", "10 %", "value = 10")),
    (_option("A", "Low income", "correct = 'yes'"), _option("B", "Illness")),
    (_option("A", "84 %", "value = 84", "correct = 'yes'"), _option("B", "10 %", "value = 10", "correct = 'no'")),
    (HIT, MISS, _option("C", "Nobody counts them")),
])  # fmt: skip
def test_right_option_follows_from_the_figure_or_from_a_person(
    tmp_path: Path, session: Session, options: tuple[str, ...]
) -> None:
    path = toml(tmp_path, _choice(*options))
    assert wrong(path) == []
    create(session, opened(path)[0], ACTIVITIES, "K7M4PDX")
    assert session.exec(select(Option.option_id).where(Option.correct)).all() == ["A"]


def test_right_option_follows_from_the_local_figure_where_there_is_no_other(tmp_path: Path) -> None:
    assert wrong(toml(tmp_path, _choice(HIT, MISS, poll='local_statistic = "s1"'))) == []
    assert wrong(
        toml(
            tmp_path, _choice(MISS.replace('"B"', '"A"'), _option("B", "5", "value = 5"), poll='local_statistic = "s1"')
        )
    ) == ["polls, row 1, local_statistic: No option claims the figure, 84. Mend an option."]


def test_national_figure_decides_where_both_are_given(tmp_path: Path, session: Session) -> None:
    second = FIGURE.replace('"s1"', '"s2"').replace("value = 84", "value = 10")
    path = toml(tmp_path, _choice(HIT, MISS, second, poll='national_statistic = "s2"\nlocal_statistic = "s1"'))
    assert wrong(path) == []
    create(session, opened(path)[0], ACTIVITIES, "K7M4PDX")
    assert session.exec(select(Option.option_id).where(Option.correct)).all() == ["B"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DAY.replace('"choice"', '"quiz"'),
         "polls, row 1, format: “quiz” is not one of choice, myth, numeric, ranking."),
        (DAY.replace("How many?", "x" * 141),
         "polls, row 1, question: This has 141 characters; at most 140 fit the screen."),
        (DAY.replace('national_statistic = "s1"', 'national_statistic = "s11"'),
         "polls, row 1, national_statistic: There is no statistic “s11” in the plan. Did you mean “s1”?"),
        (DAY.replace('national_statistic = "s1"', ""),
         "polls, row 1, national_statistic: A poll needs a national or a local statistic."),
        (DAY + _option("A", "stray", poll="p9"),
         "options, row 3, poll_id: There is no poll “p9” in the plan."),
        (_choice(HIT), "polls, row 1, poll_id: A choice needs 2 to 5 options; the options sheet has 1 for it."),
        (_choice(),
         "polls, row 1, poll_id: A choice needs 2 to 5 options; the options sheet has 0 for it."),
        (_choice(HIT, MISS, *(_option(letter, letter) for letter in "CDEF")),
         "polls, row 1, poll_id: A choice needs 2 to 5 options; the options sheet has 6 for it."),
        (_choice(HIT, MISS.replace('"B"', '"C"')),
         "options, row 2, option_id: The options of a poll are A, B, C … in order: this one is B."),
        (_choice(HIT, MISS, _option("C", "84 %")),
         "options, row 3, text: Row 1 has the same text. Give each option of a poll its own."),
        (_choice(HIT, _option("B", "x" * 61)),
         "options, row 2, text: This has 61 characters; at most 60 fit the screen."),
        (_choice(HIT, *(_option(letter, letter * 33) for letter in "BCD")).replace("How many?", "x" * 101),
         ("polls, row 1, question: This question and its answers do not fit a small screen together. Shorten the "
          "question to 100 characters, or every answer to 32.")),
        (_choice(_option("A", "80 %", "value = 80"), MISS),
         "polls, row 1, national_statistic: No option claims the figure, 84. Mend an option."),
        (_choice(HIT, _option("B", "Most", "lower = 50")),
         "polls, row 1, national_statistic: Options A and B claim the figure, 84, at once. Only one may."),
        (_choice(_option("A", "84 %", "value = 84", "correct = false"), MISS),
         "options, row 1, correct: The figure is 84, which this option claims, and yet it is marked as not correct."),
        (_choice(HIT, _option("B", "10 %", "value = 10", "correct = true")),
         "options, row 2, correct: This option is marked as correct, but it does not claim the figure, 84."),
        (_choice(_option("A", "Low income"), _option("B", "Illness")),
         "polls, row 1, poll_id: Exactly one option must be marked yes in the column correct; 0 are."),
        (_choice(_option("A", "Low income", "correct = true"), _option("B", "Illness", "correct = true")),
         "polls, row 1, poll_id: Exactly one option must be marked yes in the column correct; 2 are."),
        (_choice(HIT, _option("B", "x", "lower = 9", "upper = 8")),
         "options, row 2, lower: The lower end is above the upper end."),
        (_choice(HIT, _option("B", "x", "value = 9", "upper = 8")),
         "options, row 2, value: The value is outside this option's own range."),
        (MYTH.replace('"False"', '"Untrue"'), "options, row 2, text: Option B of a myth has the text False."),
        (MYTH.replace("correct = true", ""),
         "polls, row 1, poll_id: Exactly one option must be marked yes in the column correct; 0 are."),
        (MYTH + _option("C", "Perhaps"),
         "polls, row 1, poll_id: A myth needs the two options True and False; the options sheet has 3 for it."),
    ],
)  # fmt: skip
def test_poll_that_cannot_be_is_named(tmp_path: Path, text: str, expected: str) -> None:
    assert wrong(toml(tmp_path, text)) == [expected]


def test_columns_of_formats_to_come_are_notes(tmp_path: Path) -> None:
    path = toml(tmp_path, _choice(HIT, _option("B", "10 %", "value = 10", "rank = 2"), poll="min = 0\ntolerance = 5"))
    assert wrong(path) == []
    assert noted(path) == [
        "polls, row 1, min: Only numeric polls use this; it is left unread.",
        "polls, row 1, tolerance: Only numeric polls use this; it is left unread.",
        "options, row 2, rank: Only ranking polls use this; it is left unread.",
    ]


def test_unreadable_figure_says_nothing_of_the_options(tmp_path: Path) -> None:
    path = toml(tmp_path, DAY.replace("value = 84\nunit", 'value = "many"\nunit'))
    assert [line.split(": ")[0] for line in wrong(path)] == ["statistics, row 1, value"]


def test_myth_is_stored_with_its_order_and_its_right_answer(tmp_path: Path, session: Session) -> None:
    path = toml(tmp_path, MYTH)
    assert wrong(path) == []
    create(session, opened(path)[0], ACTIVITIES, "K7M4PDX")
    poll = session.exec(select(Poll)).one()
    assert (poll.poll_id, poll.position, poll.format, poll.allow_not_sure) == ("p1", 1, Format.MYTH, False)
    options = session.exec(select(Option)).all()
    assert [(option.option_id, option.text, option.correct) for option in options] == [
        ("A", "True", False),
        ("B", "False", True),
    ]


def test_every_column_is_stored() -> None:
    assert [column.name for column in POLLS.columns if column.name not in Poll.model_fields] == []
    assert [column.name for column in OPTIONS.columns if column.name not in Option.model_fields] == ["poll_id"]
