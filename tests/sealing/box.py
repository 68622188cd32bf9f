"""A box on a real database, and what the tests do with it."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from eventkit.database import Database
from eventkit.sealing import rules
from eventkit.sealing.box import OpenBox, Standing
from eventkit.sealing.keys import Keys
from eventkit.sealing.models import Box
from eventkit.sealing.rules import Boxes
from tests.fife import FIFE, with_cast

NAME = "poll-p1-r1"
CHOICES = frozenset({"A", "B", "C", "not_sure"})
ANSWERS = sorted(CHOICES)


def voter(number: int) -> bytes:
    """What stands for a pass."""
    return number.to_bytes(16, "big")


@dataclass
class Desk:
    """A database, its keys, and whether the vote is open."""

    database: Database
    keys: Keys
    voting: bool = True

    @property
    def box(self) -> OpenBox:
        return self.boxes.open[FIFE, NAME]

    @property
    def boxes(self) -> Boxes:
        found: Boxes = self.database.info["boxes"]
        return found

    def open(self) -> None:
        asyncio.run(self.database.write(FIFE, rules.open_box, FIFE, NAME, CHOICES, lambda _connection: self.voting))

    def cast(self, *answers: tuple[int, int | None, str]) -> list[Standing | BaseException]:
        """Casts at once (voter, seq, choice)."""

        async def run() -> list[Standing | BaseException]:
            casts = [self.box.cast(self.database, voter(who), seq, choice) for who, seq, choice in answers]
            return await asyncio.gather(*casts, return_exceptions=True)

        return asyncio.run(run())

    def restart(self) -> None:
        """Forgets everything that is not on the disk."""
        self.database.info["boxes"] = Boxes(self.keys)

        def restore(session: Session) -> None:
            rules.restore(session, self._row(session), CHOICES, lambda _connection: self.voting)

        asyncio.run(self.database.write(None, restore))

    def count(self) -> Counter[str]:
        return asyncio.run(self.database.write(FIFE, lambda session: rules.count(session, self._row(session))))

    def row(self) -> Box:
        with self.database.reading() as session:
            return self._row(session)

    def journal(self) -> list[bytes]:
        with self.database.reading() as session:
            rows = session.connection().exec_driver_sql("SELECT sealed FROM journal ORDER BY n").all()
            return [sealed for (sealed,) in rows]

    @staticmethod
    def _row(session: Session) -> Box:
        box = rules.find(session, FIFE, NAME)
        assert box is not None
        return box


@contextmanager
def desk_in(folder: Path, *, key_folder: bool = True) -> Iterator[Desk]:
    """An open box in a folder."""
    database = with_cast(folder / "data" / "eventkit.sqlite3")
    desk = Desk(database, Keys(folder / "keys" if key_folder else None, database.path))
    database.info["boxes"] = Boxes(desk.keys)
    desk.open()
    yield desk
    database.close()
