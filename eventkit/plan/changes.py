"""How two plans differ, row by row and column by column."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eventkit.activities import ACTIVITIES
from eventkit.plan.whole import parts
from eventkit.sheet import Part, Plan, Row, Value, canonical
from eventkit.web.language import gettext as _

SHOWN = 60
"""Characters of a text that a line shows, around the first that differs."""


@dataclass(frozen=True)
class Change:
    """One cell that differs. `row_id` tells the row by its key, such as "p1" or "p1 A"; the event has none.

    A whole row that is new or gone has column "" and its id as `after` or `before`. Rows that stand in another order
    have row_id and column "", and all ids of the part on both sides.
    """

    part: str
    row_id: str
    column: str
    before: Value
    after: Value

    @property
    def added(self) -> bool:
        """Whether the whole row is new."""
        return not self.column and self.before is None

    @property
    def removed(self) -> bool:
        """Whether the whole row is gone."""
        return not self.column and self.after is None

    @property
    def place(self) -> str:
        """Where it is: part, row and column."""
        return ", ".join(name for name in (self.part, self.row_id, self.column) if name)

    def __str__(self) -> str:
        if self.added:
            return _("{place}: added").format(place=self.place)
        if self.removed:
            return _("{place}: removed").format(place=self.place)
        before, after = _excerpts(str(canonical(self.before)), str(canonical(self.after)))
        if not self.row_id and not self.column:
            return _("{part}: order {before} → {after}").format(part=self.part, before=before, after=after)
        return _("{place}: {before} → {after}").format(place=self.place, before=before, after=after)


def differences(old: Plan, new: Plan) -> list[Change]:
    """What must change in `old` for it to say what `new` says, in the order of parts, rows and columns.

    Rows are the same if their keys are: an id that is written otherwise is a row that is gone and one that is new.
    """
    known = parts(ACTIVITIES)
    return [change for part in known for change in _of_part(part, old.rows(part.name), new.rows(part.name))]


def identified(part: Part, rows: Sequence[Row]) -> Mapping[str, Row]:
    """Rows by the `row_id` of their changes. The event is one row, whatever it is called."""
    if not part.transposed:
        return part.identities(rows)
    return {"": rows[0]} if rows else {}


def _of_part(part: Part, old: Sequence[Row], new: Sequence[Row]) -> Iterator[Change]:
    before, after = identified(part, old), identified(part, new)
    for row_id in before:
        if row_id not in after:
            yield Change(part.name, row_id, "", row_id, None)
    for row_id, row in after.items():
        if row_id in before:
            yield from _of_row(part, row_id, before[row_id], row)
        else:
            yield Change(part.name, row_id, "", None, row_id)
    unmoved = [row_id for row_id in before if row_id in after] + [row_id for row_id in after if row_id not in before]
    if unmoved != list(after):
        yield Change(part.name, "", "", " ".join(before), " ".join(after))


def _of_row(part: Part, row_id: str, before: Row, after: Row) -> Iterator[Change]:
    for column in dict.fromkeys([*(column.name for column in part.columns), *before.cells, *after.cells]):
        if canonical(before[column]) != canonical(after[column]):
            yield Change(part.name, row_id, column, before[column], after[column])


def _excerpts(before: str, after: str) -> tuple[str, str]:
    """Both texts, long ones cut to where they begin to differ."""
    pairs = zip(before, after, strict=False)
    same = next((place for place, (one, other) in enumerate(pairs) if one != other), min(len(before), len(after)))
    start = max(0, same - SHOWN // 3) if max(len(before), len(after)) > SHOWN else 0
    return _excerpt(before, start), _excerpt(after, start)


def _excerpt(text: str, start: int) -> str:
    if not text:
        return _("nothing")
    cut = text[start : start + SHOWN]
    return "“" + ("…" if start else "") + cut + ("…" if start + SHOWN < len(text) else "") + "”"
