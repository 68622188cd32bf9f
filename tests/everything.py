"""A row in every table for each of two events, whose every text says which event it belongs to.

It is made from the tables themselves, so that a table which is added later is filled as well.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, TypeDecorator
from sqlmodel import Session

from eventkit.database import Exact, Moment
from eventkit.migrations.run import METADATA


def mark(event_id: int) -> str:
    """What stands in every text of an event."""
    return f"left of event {event_id}:"


def fill(session: Session, event_id: int) -> None:
    """One row of the event in every table."""
    rows: dict[str, Mapping[str, Any]] = {}
    for table in METADATA.sorted_tables:
        rows[table.name] = {column.name: _value(column, event_id, rows) for column in table.columns}
        session.execute(table.insert().values(rows[table.name]))


def _value(column: Column[Any], event_id: int, rows: Mapping[str, Mapping[str, Any]]) -> Any:
    for key in column.foreign_keys:
        return rows[key.column.table.name][key.column.name]
    text = f"{mark(event_id)} {column.table.name} {column.name}"
    own: dict[type, Any] = {Moment: datetime(2016, 5, 18, tzinfo=UTC), Exact: Decimal(event_id)}
    plain: dict[type, Any] = {
        str: text,
        bytes: text.encode(),
        bool: True,
        int: event_id,
        float: float(event_id),
        dict: {"text": text},
        date: date(2016, 5, 18),
    }
    if type(column.type) in own:
        return own[type(column.type)]
    inner = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    kind = inner.python_type
    return next(iter(kind)) if issubclass(kind, StrEnum) else plain[kind]
