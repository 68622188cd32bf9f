"""What one sheet of the plan says of the ids in another."""

from collections.abc import Collection, Iterator, Sequence

from eventkit.sheet import Plan, Problem, Row
from eventkit.web.language import gettext as _
from eventkit.web.text import did_you_mean


def unknown(row: Row, column: str, named: Sequence[str], known: Collection[str], sheet: str) -> Iterator[Problem]:
    """A problem for each id that a cell names and that is not in the sheet it should be in."""
    for name in named:
        if name not in known:
            sentence = _("“{id}” is not in the sheet {sheet}.").format(id=name, sheet=sheet)
            yield row.problem(column, sentence + did_you_mean(name, known))


def twins(plan: Plan, part: str, column: str) -> Iterator[Problem]:
    """A problem for each row that says in this column what an earlier row says."""
    for row, earlier in plan.repeated(part, column):
        sentence = _("Row {row} says the same. Give each its own, or delete one.")
        yield row.problem(column, sentence.format(row=earlier.number))


def outside(row: Row, column: str, least: int, most: int) -> Iterator[Problem]:
    """A problem if the whole number of a cell is not between these two."""
    number = row[column]
    if isinstance(number, int) and not least <= number <= most:
        yield row.problem(column, _("Give a number from {least} to {most}.").format(least=least, most=most))


def too_long(row: Row, column: str, most: int) -> Iterator[Problem]:
    """A problem if a text would not fit a screen."""
    count = len(row.text(column))
    if count > most:
        sentence = _("This has {count} characters; at most {most} fit the screen.")
        yield row.problem(column, sentence.format(count=count, most=most))
