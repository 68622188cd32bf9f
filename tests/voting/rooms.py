"""Rooms that answer at random, of any size that one event may have."""

from collections import Counter
from decimal import Decimal
from random import Random

from hypothesis import settings
from hypothesis import strategies as st

from eventkit.evidence.models import Statistic
from eventkit.voting.guesses import Guesses, guess
from eventkit.voting.models import NOT_SURE, Format, Option, Poll

MOST = 5_000
ANY_ROOM = settings(max_examples=40, deadline=None)
SPREADS = (Decimal(1), Decimal(7), Decimal("0.5"), Decimal("0.01"), Decimal(1_000))

sizes = st.one_of(st.integers(0, 12), st.integers(0, MOST))


@st.composite
def votes(draw: st.DrawFn, most_answers: int = 6) -> list[int]:
    """Votes per answer, no more than 5,000 in all."""
    answers = draw(st.integers(2, most_answers))
    return [draw(st.integers(0, MOST // answers)) for _answer in range(answers)]


@st.composite
def guessed(draw: st.DrawFn) -> list[Decimal]:
    """What each person guessed, in no order; from all the same to everybody something else."""
    chance, n = Random(draw(st.integers(0, 2**32))), draw(sizes)
    step, steps = draw(st.sampled_from(SPREADS)), draw(st.sampled_from((1, 3, 101, 20_000)))
    least = draw(st.integers(-steps, steps))
    return [step * (least + chance.randrange(steps)) for _person in range(n)]


@st.composite
def ordered(draw: st.DrawFn) -> list[str]:
    """The order that each person gave."""
    chance, n, k = Random(draw(st.integers(0, 2**32))), draw(sizes), draw(st.integers(3, 5))
    letters = "ABCDE"[:k]
    # Some rooms agree nearly, others not at all.
    alike = draw(st.sampled_from((0, 0.5, 0.95)))
    return [letters if chance.random() < alike else "".join(chance.sample(letters, k)) for _person in range(n)]


def counted(values: list[Decimal], not_sure: int = 0, base: int = 0) -> Guesses:
    """The guesses as they come back from the table of tallies."""
    tallies: Counter[str] = Counter(f"{value.normalize():f}" for value in values)
    return guess({**tallies, NOT_SURE: not_sure}, base)


def figure(value: str = "84", unit: str = "%", place: str = "Scotland", **changed: object) -> Statistic:
    """A published figure."""
    cells: dict[str, object] = {"measure": "doubts led to a sanction", "period_label": "2015/16", "qualifier": "exact"}
    cells |= {"event_id": 1, "statistic_id": "s", "value": Decimal(value), "unit": unit, "geography_name": place}
    return Statistic(**(cells | changed))


def numeric(unit: str = "%", tolerance: str = "") -> Poll:
    """A poll that asks for a number."""
    allowed = Decimal(tolerance) if tolerance else None
    return Poll(event_id=1, position=1, poll_id="p1", format=Format.NUMERIC, question="?", unit=unit, tolerance=allowed)


def items(texts: str = "ABCD", ranks: str = "") -> list[Option]:
    """Items of a ranking, from texts parted by commas, or letters; each with its rank in the plan."""
    words = texts.split(", ") if ", " in texts else list(texts)
    return [
        Option(poll_pk=1, option_id="ABCDE"[at], text=text, rank=int(ranks[at]) if ranks else None)
        for at, text in enumerate(words)
    ]


def item_figures(*values: str, unit: str = "£bn") -> dict[str, Statistic]:
    """A figure for each item, in ballot order."""
    letters = zip("ABCDE", values, strict=False)
    return {letter: figure(value, unit, statistic_id=letter) for letter, value in letters}
