"""Plans that nobody wrote: every column of every sheet filled with whatever fits its type."""

from decimal import Decimal

from hypothesis import strategies as st

from eventkit.activities import ACTIVITIES
from eventkit.incoming.grid import word
from eventkit.plan.whole import parts
from eventkit.sheet import Column, Part, Plan, Row, Type, Value
from eventkit.web.text import clean

Cells = dict[str, Value]

TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["=1+1", "@SUM(A1)", "-2", "_x000D_", "<r>x</r>", "84 %", "2016-05-18", "TRUE", "a\r\nb", "–", "¼"]
    ),
)
NUMBERS = st.decimals(-(10**9), 10**9, places=4, allow_nan=False)
BY_TYPE: dict[Type, st.SearchStrategy[Value]] = {
    Type.TEXT: TEXTS.map(lambda text: clean(text).strip() or None),
    Type.INTEGER: st.integers(-(10**6), 10**6),
    Type.NUMBER: NUMBERS,
    Type.YES_NO: st.booleans(),
    Type.DATE: st.dates(),
    Type.DATETIME: st.datetimes().map(lambda moment: moment.replace(microsecond=0)),
}
ATTRIBUTES = TEXTS.map(lambda text: word(word(text))).filter(
    lambda name: 0 < len(name) <= 60 and name == word(name) and name not in ("guidance", "name", "needs")
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan with an event and up to four rows of every other sheet; ids are unlike, and options have their poll."""
    return Plan({part.name: draw(_rows(part)) for part in parts(ACTIVITIES)})


@st.composite
def _rows(draw: st.DrawFn, part: Part) -> tuple[Row, ...]:
    # Every poll has options up to D, in an order of their own.
    numbers = range(1) if part.transposed else draw(st.permutations(range(4)))
    count = len(numbers) if part.name in ("event", "polls") else draw(st.integers(0, len(numbers)))
    own = draw(st.lists(ATTRIBUTES, max_size=3, unique=True)) if part.free_columns else []
    columns = [*part.columns, *(Column(name, "") for name in own)]
    rows = [{column.name: draw(_cell(part, column, number)) for column in columns} for number in numbers[:count]]
    return tuple(Row(part.name, place, cells) for place, cells in enumerate(rows, start=1))


def _cell(part: Part, column: Column, number: int) -> st.SearchStrategy[Value]:
    if column.name in part.key:
        return st.just(
            Decimal(number) if column.type is Type.NUMBER else number if column.type is Type.INTEGER else f"X{number}"
        )
    if part.name == "options" and column.name == "poll_id":
        return st.sampled_from(["X0", "X1", "X2", "X3"])
    value = st.sampled_from([code for code, _label in column.values]) if column.values else BY_TYPE[column.type]
    if column.required:
        return value.filter(lambda given: given is not None)
    return st.one_of(st.just(column.default), value.map(lambda given: column.default if given is None else given))
