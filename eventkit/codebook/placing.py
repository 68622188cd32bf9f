"""Where each thing that was said stands, changed for many at once: the writer must not wait for each alone."""

from collections.abc import Collection, Mapping

from sqlmodel import Session, col, select

from eventkit.codebook.models import Annotation, Change, Kind, Verb

Item = tuple[Kind, str]


def standing(session: Session, event_id: int, items: Collection[Item]) -> dict[Item, Annotation]:
    """The annotations that these items have."""
    named = {item_id for _kind, item_id in items}
    mine = select(Annotation).where(Annotation.event_id == event_id, col(Annotation.item_id).in_(named))
    return {(row.kind, row.item_id): row for row in session.exec(mine) if (row.kind, row.item_id) in items}


def under(session: Session, event_id: int, theme_pk: int | None) -> list[Item]:
    """Everything that stands under a theme."""
    mine = select(Annotation).where(Annotation.event_id == event_id, Annotation.theme_pk == theme_pk)
    return [(row.kind, row.item_id) for row in session.exec(mine.order_by(col(Annotation.item_id)))]


def put(session: Session, event_id: int, wanted: Mapping[Item, int | None]) -> None:
    """Puts each item under the theme with this number, or under none."""
    found = standing(session, event_id, wanted)
    for (kind, item_id), theme_pk in wanted.items():
        row = found.get((kind, item_id))
        if theme_pk is None:
            if row:
                session.delete(row)
        elif row:
            row.theme_pk = theme_pk
        else:
            session.add(Annotation(event_id=event_id, kind=kind, item_id=item_id, theme_pk=theme_pk))
    session.flush()


def move(session: Session, event_id: int, items: Collection[Item], theme_pk: int | None, batch: str) -> int:
    """Puts the items under a theme and writes down where each was; the number that stood elsewhere."""
    found = standing(session, event_id, items)
    before = {item: found[item].theme_pk if item in found else None for item in items}
    moved = [item for item in items if before[item] != theme_pk]
    session.add_all(
        Change(
            event_id=event_id,
            batch=batch,
            verb=Verb.MOVE,
            kind=item[0],
            item_id=item[1],
            before=before[item],
            after=theme_pk,
        )
        for item in moved
    )
    put(session, event_id, dict.fromkeys(moved, theme_pk))
    return len(moved)
