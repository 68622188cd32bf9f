"""An open box in memory: what stands for each pass, and the way in.

The highest `seq` of a pass wins. The map changes only after the commit, and is rebuilt from the journal at a start.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection

from eventkit.database import Database
from eventkit.errors import Conflict
from eventkit.sealing.cipher import CHOICE_BYTES, MAX_SEQ, Record, seal
from eventkit.web.language import gettext as _

ADD = "INSERT INTO journal (box_id, sealed) VALUES (?, ?)"
COUNT = "UPDATE box SET voters = voters + ? WHERE id = ?"
EPOCH = "SELECT epoch FROM box WHERE id = ?"


class Standing(NamedTuple):
    """The answer that counts for a pass now; seq 0 is none."""

    seq: int = 0
    choice: str = ""


NONE_YET = Standing()

Reading = Callable[[Mapping[str, str]], str]
"""How the fields of a form become a choice. Raises `BadInput` where they do not."""


class Vote(NamedTuple):
    """An answer on its way to the disk; `first`: the pass had none before."""

    record: Record
    sealed: bytes
    first: bool


@dataclass(eq=False)
class OpenBox:
    """A box that answers may still come into. `is_open` is asked inside the transaction; `read` is for its forms."""

    box_id: int
    event_id: int
    name: str
    epoch: int
    key: AESGCM
    read: Reading
    is_open: Callable[[Connection], bool]
    size: int = CHOICE_BYTES
    views: frozenset[str] = frozenset({"screen", "console"})
    standing: dict[bytes, Standing] = field(default_factory=dict)
    handed: dict[bytes, int] = field(default_factory=dict)
    texts: dict[tuple[str, ...], str] = field(default_factory=dict)

    @cached_property
    def about(self) -> bytes:
        """What every answer is bound to, so that none can be moved to another box or epoch."""
        return f"{self.event_id}/{self.name}/{self.epoch}".encode()

    def __call__(self, connection: Connection, rows: Sequence[Vote]) -> None:
        """The writer's gate: lets the batch in if the box is open at this epoch, else refuses it whole."""
        if not self.is_open(connection) or connection.exec_driver_sql(EPOCH, (self.box_id,)).scalar() != self.epoch:
            raise Conflict(_("Not counted: voting has closed."))
        connection.exec_driver_sql(ADD, [(self.box_id, row.sealed) for row in rows])
        connection.exec_driver_sql(COUNT, (sum(row.first for row in rows), self.box_id))

    async def cast(self, database: Database, voter: bytes, seq: int | None, choice: str) -> Standing:
        """Seals and stores a choice; what stands for this pass afterwards. Raises `Conflict` if the box is shut.

        `seq` None is the newest. One that is not above what stands is a repeat, a late packet or an old page, and
        gets what stands.
        """
        standing = self.standing.get(voter, NONE_YET)
        handed = self.handed.get(voter, 0)
        seq = max(standing.seq, handed) + 1 if seq is None else seq
        if seq <= standing.seq or seq > MAX_SEQ:
            return standing
        self.handed[voter] = max(handed, seq)
        record = Record(voter, seq, choice)
        sealed = seal(self.key, self.about, record, self.size)
        await database.append(self, Vote(record, sealed, handed == 0 == standing.seq))
        return self.standing[voter]

    def take(self, record: Record) -> Standing:
        """What stands after a stored record; of two with one seq the first stored stays."""
        standing = self.standing.get(record.voter, NONE_YET)
        if record.seq > standing.seq:
            standing = self.standing[record.voter] = Standing(record.seq, record.choice)
        return standing

    def settled(self, row: Vote, refusal: Exception | None) -> None:
        """What was stored stands, whether or not its sender still waits for the answer."""
        if refusal is None:
            self.take(row.record)
        elif self.handed.get(row.record.voter) == row.record.seq:
            self.handed[row.record.voter] = self.standing.get(row.record.voter, NONE_YET).seq
