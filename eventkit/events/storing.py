"""Storing a part of a plan over what is stored already: rows that stay keep their number, which votes point to."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlmodel import Session, SQLModel, select

from eventkit.events.models import Event
from eventkit.sheet import Part, Row

T = TypeVar("T", bound=SQLModel)
K = TypeVar("K", bound=Hashable)
Cells = Mapping[str, Any]


def store(session: Session, model: type[T], event: Event, part: Part, rows: Sequence[Row]) -> dict[str, T]:
    """Brings an event's rows of a table to what the rows of a plan say, in their order; by what tells them apart."""
    wanted = part.identities(rows)
    cells = {
        row_id: {"event_id": event.id, "position": position, **row.cells}
        for position, (row_id, row) in enumerate(wanted.items(), start=1)
    }
    return keep(session, model, stored(session, model, event, part), cells)


def stored(session: Session, model: type[T], event: Event, part: Part) -> dict[str, T]:
    """An event's rows of a table in their order, by what tells them apart in the plan."""
    columns = inspect(model).columns
    mine = select(model).where(columns["event_id"] == event.id).order_by(columns["position"])
    found = session.exec(mine).all()
    return dict(zip(part.identities([part.row(0, row.model_dump()) for row in found]), found, strict=True))


def keep(session: Session, model: type[T], found: Mapping[K, T], wanted: Mapping[K, Cells]) -> dict[K, T]:
    """Adds, changes and removes rows until they have these cells; a cell that is empty gets the model's default."""
    found = remove(session, found, wanted)
    kept = {row_id: _kept(session, model, found.get(row_id), cells) for row_id, cells in wanted.items()}
    session.flush()
    return kept


def remove(session: Session, found: Mapping[K, T], wanted: Collection[K]) -> dict[K, T]:
    """Deletes the rows that are no longer wanted; the others. Rows that point to others go before these."""
    for row_id, row in found.items():
        if row_id not in wanted:
            session.delete(row)
    session.flush()
    return {row_id: row for row_id, row in found.items() if row_id in wanted}


def _kept(session: Session, model: type[T], row: T | None, cells: Cells) -> T:
    fresh = model.model_validate({name: value for name, value in cells.items() if value is not None})
    if row is None:
        session.add(fresh)
        return fresh
    for name in cells:
        if name in model.model_fields:
            setattr(row, name, getattr(fresh, name))
    return row
