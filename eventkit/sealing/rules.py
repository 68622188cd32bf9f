"""Opening, restoring, counting and discarding a box. Nothing here ever says who answered."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, delete
from sqlmodel import Session, select

from eventkit.database import now
from eventkit.sealing.box import OpenBox, Reading
from eventkit.sealing.cipher import CHOICE_BYTES, unseal
from eventkit.sealing.keys import Keys
from eventkit.sealing.models import Box, Journal
from eventkit.writer import after_commit

IsOpen = Callable[[Connection], bool]


@dataclass
class Boxes:
    """The boxes that are open in this process, by event and name, and the keys beside them."""

    keys: Keys
    open: dict[tuple[int, str], OpenBox] = field(default_factory=dict)


def find(session: Session, event_id: int, name: str) -> Box | None:
    """The box of that name, or None if nothing was collected or all is counted."""
    return session.exec(select(Box).where(Box.event_id == event_id, Box.name == name)).one_or_none()


def open_box(
    session: Session, event_id: int, name: str, read: Reading, is_open: IsOpen, size: int = CHOICE_BYTES, epoch: int = 1
) -> None:
    """A new box with a new key. The key is on its disk before the box is in the database, so none is lost between.

    A name that was used before needs an `epoch` that no phone has seen.
    """
    box = Box(event_id=event_id, name=name, size=size, epoch=epoch)
    session.add(box)
    session.flush()
    _open_under_new_key(session, box, read, is_open)


def restore(session: Session, box: Box, read: Reading, is_open: IsOpen) -> None:
    """Takes a box up again after a start: from its journal, or, if the key is gone, from the phones."""
    key = _boxes(session).keys.read(_key_name(box))
    if key is None:
        box.epoch, box.lost, box.voters = box.epoch + 1, max(box.voters, box.lost), 0
        session.execute(delete(Journal).where(Journal.box_id == box.id))  # type: ignore[arg-type]
        _open_under_new_key(session, box, read, is_open)
        return
    opened = _opened(box, key, read, is_open)
    for sealed in session.exec(select(Journal.sealed).where(Journal.box_id == box.id).order_by(Journal.n)):  # type: ignore[arg-type]
        record = unseal(opened.key, opened.about, sealed)
        if record is not None:
            opened.take(record)
    _boxes(session).open[(box.event_id, box.name)] = opened


def count(session: Session, box: Box) -> Counter[str]:
    """Answers per choice; then the key is destroyed and the journal deleted. It cannot be undone."""
    opened = _boxes(session).open[(box.event_id, box.name)]
    fresh = _opened(box, b"", opened.read, opened.is_open, opened.key)
    for sealed in session.exec(select(Journal.sealed).where(Journal.box_id == box.id).order_by(Journal.n)):  # type: ignore[arg-type]
        record = unseal(fresh.key, fresh.about, sealed)
        if record is not None:
            fresh.take(record)
    discard(session, box)
    return Counter(standing.choice for standing in fresh.standing.values())


def discard(session: Session, box: Box) -> None:
    """Destroys key and answers, unread."""
    boxes, name, key_name = _boxes(session), (box.event_id, box.name), _key_name(box)
    session.execute(delete(Journal).where(Journal.box_id == box.id))  # type: ignore[arg-type]
    session.delete(box)
    after_commit(session, lambda: boxes.keys.destroy(key_name))
    after_commit(session, lambda: _forget(boxes, name))


def discard_all(session: Session, event_id: int) -> None:
    """Destroys key and answers of every box of an event, unread."""
    for box in session.exec(select(Box).where(Box.event_id == event_id)).all():
        discard(session, box)


def renumber(session: Session) -> None:
    """After a restore from a backup, which holds no keys: every box gets an epoch that no phone has seen.

    The next start finds no key for it and opens it anew, and all phones send again. An epoch that is only one higher
    may be one that the lost server had reached.
    """
    for box in session.exec(select(Box)).all():
        box.epoch = max(box.epoch + 1, int(now().timestamp()))


def reword(session: Session, event_id: int) -> None:
    """After this write every ballot of an event is rendered anew, because its words may have changed."""
    boxes: Boxes | None = session.info.get("boxes")
    if boxes:
        after_commit(session, lambda: _reword(boxes, event_id))


def destroy_stray_keys(session: Session) -> None:
    """After a start: a key whose box is counted outlived a crash between the commit and its end."""
    known = {_key_name(box) for box in session.exec(select(Box))}
    for name in _boxes(session).keys.names():
        if name not in known:
            _boxes(session).keys.destroy(name)


def _open_under_new_key(session: Session, box: Box, read: Reading, is_open: IsOpen) -> None:
    boxes = _boxes(session)
    opened = _opened(box, boxes.keys.make(_key_name(box)), read, is_open)
    after_commit(session, lambda: boxes.open.update({(opened.event_id, opened.name): opened}))


def _opened(box: Box, key: bytes, read: Reading, is_open: IsOpen, cipher: AESGCM | None = None) -> OpenBox:
    assert box.id is not None
    return OpenBox(box.id, box.event_id, box.name, box.epoch, cipher or AESGCM(key), read, is_open, box.size)


def _key_name(box: Box) -> str:
    return f"{box.event_id}-{box.name}-e{box.epoch}"


def _forget(boxes: Boxes, name: tuple[int, str]) -> None:
    opened = boxes.open.pop(name, None)
    if opened:
        # After a rehearsal its numbers are given again, and who still holds it must not come into another.
        opened.is_open = lambda _connection: False


def _reword(boxes: Boxes, event_id: int) -> None:
    for opened in boxes.open.values():
        if opened.event_id == event_id:
            # Another dict: who renders the old words just now must not leave them in the one that is asked next.
            opened.texts = {}


def _boxes(session: Session) -> Boxes:
    boxes: Boxes = session.info["boxes"]
    return boxes
