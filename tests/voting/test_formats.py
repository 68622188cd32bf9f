"""Numeric and ranking polls: read, checked, stored and shown, and passed over until they can be voted on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel, create_engine, select

from eventkit.activities import ACTIVITIES
from eventkit.plan.whole import create
from eventkit.voting.models import Format, Option, Poll
from tests.plan.writing import EVENT, FIGURE, opened, toml, warned, wrong

NUMERIC = """
[[polls]]
poll_id = "p1"
format = "numeric"
question = "Out of every 100?"
national_statistic = "s1"
"""
RANKING = """
[[polls]]
poll_id = "p1"
format = "ranking"
question = "Which was most?"
"""
OUTSIDE = "The figure, 84, lies outside the range from min to max, so nobody would come near it."
EACH_ONCE = "rank: Number the items from 1 to 3, each once, or leave all ranks empty."
UNLIKE = "rank: The ranks do not follow the figures, neither from the largest nor from the smallest."
FIGURES = "".join(FIGURE.replace("s1", f"s{value}").replace("value = 84", f"value = {value}") for value in (1, 20, 3))


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def _item(letter: str, *lines: str) -> str:
    start = f'[[options]]\npoll_id = "p1"\noption_id = "{letter}"\ntext = "Item {letter}"'
    return "\n".join([start, *lines, ""])


def _ranked(*ranks: int | None) -> str:
    return "".join(
        _item(letter, f'statistic_id = "s{value}"', *([f"rank = {rank}"] if rank else []))
        for letter, value, rank in zip("ABC", (1, 20, 3), ranks, strict=True)
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("min = 5\nmax = 5", "polls, row 1, min: The least likely answer is not below the greatest."),
        ("min = 0\nmax = 100\nstep = 101", "polls, row 1, step: One step is larger than the whole range."),
        ("step = 0", "polls, row 1, step: A step is more than 0."),
        ("tolerance = -1", "polls, row 1, tolerance: Give 0 or more."),
        (_item("A"), "options, row 1, poll_id: A numeric poll has no options. Delete this row."),
    ],
)
def test_numeric_poll_that_cannot_be_is_named(tmp_path: Path, lines: str, expected: str) -> None:
    assert wrong(toml(tmp_path, EVENT + FIGURE + NUMERIC + lines)) == [expected]


@pytest.mark.parametrize(("lines", "misses"), [("min = 85", 1), ("max = 83.9", 1), ("min = 84", 0), ("max = 84", 0)])
def test_figure_outside_the_range_is_a_warning(tmp_path: Path, lines: str, misses: int) -> None:
    path = toml(tmp_path, EVENT + FIGURE + NUMERIC + lines)
    assert wrong(path) == []
    assert warned(path) == [f"polls, row 1, national_statistic: {OUTSIDE}"] * misses


def test_numeric_poll_needs_a_figure(tmp_path: Path) -> None:
    assert wrong(toml(tmp_path, EVENT + NUMERIC.replace('national_statistic = "s1"\n', ""))) == [
        "polls, row 1, national_statistic: A poll needs a national or a local statistic.",
    ]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (_item("A", 'statistic_id = "s1"') + _item("B", 'statistic_id = "s3"'),
         ["polls, row 1, poll_id: A ranking needs 3 to 5 items; the options sheet has 2 for it."]),
        (_ranked(None, None, None).replace('"s3"', '"s9"'),
         ["options, row 3, statistic_id: “s9” is not in the sheet statistics."]),
        (_ranked(None, None, None).replace('statistic_id = "s3"\n', ""),
         ["options, row 3, statistic_id: Every item of a ranking needs its figure."]),
        (_ranked(1, 2, None), [f"options, row 3, {EACH_ONCE}"]),
        (_ranked(1, 2, 2), [f"options, row 2, {EACH_ONCE}"]),
        (_ranked(1, 2, 4), [f"options, row 3, {EACH_ONCE}"]),
        (_ranked(1, 2, 3),
         [f"options, row 1, {UNLIKE}"]),
        (_ranked(3, 1, 2), []),
        (_ranked(1, 3, 2), []),
        (_ranked(None, None, None), []),
    ],
)  # fmt: skip
def test_ranking_follows_its_figures(tmp_path: Path, items: str, expected: list[str]) -> None:
    assert wrong(toml(tmp_path, EVENT + FIGURES + RANKING + items)) == expected


def test_both_are_stored_with_every_column(tmp_path: Path, session: Session) -> None:
    range_ = 'min = 0\nmax = 100\nstep = 0.5\ntolerance = 5\nunit = "%"\n'
    text = EVENT + FIGURES + NUMERIC.replace("p1", "p2") + range_ + RANKING + _ranked(3, 1, 2)
    create(session, opened(toml(tmp_path, text))[0], ACTIVITIES, "K7M4PDX")
    session.expire_all()
    numeric, ranking = session.exec(select(Poll)).all()
    assert (numeric.format, ranking.format) == (Format.NUMERIC, Format.RANKING)
    assert [str(number) for number in (numeric.min, numeric.max, numeric.step, numeric.tolerance)] == [
        "0",
        "100",
        "0.5",
        "5",
    ]
    options = session.exec(select(Option)).all()
    assert [(option.rank, option.statistic_id) for option in options] == [(3, "s1"), (1, "s20"), (2, "s3")]
