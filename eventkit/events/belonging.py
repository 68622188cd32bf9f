"""Which rows of the database belong to an event."""

from sqlalchemy import ColumnElement, Table, or_
from sqlalchemy import select as select_from


def rows_of(table: Table, event_id: int) -> ColumnElement[bool] | None:
    """Which rows of a table belong to an event, directly or through the rows that they point to; None if none can."""
    if table.name == "event":
        return table.c.id == event_id
    ways = []
    for key in table.foreign_keys:
        theirs = None if key.column.table is table else rows_of(key.column.table, event_id)
        if theirs is not None:
            ways.append(key.parent.in_(select_from(key.column).where(theirs)))
    return or_(*ways) if ways else None
