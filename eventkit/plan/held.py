"""Plans and official files that were uploaded and wait for a yes."""

from dataclasses import dataclass

from eventkit.events.waiting import Waiting
from eventkit.evidence.importers.table import Table
from eventkit.sheet import Plan


@dataclass(frozen=True)
class UploadedPlan:
    """An uploaded plan, and the digest of the stored one that it was compared with."""

    plan: Plan
    compared_with: str


@dataclass(frozen=True)
class UploadedFigures:
    """An official file as it was brought, and the tables that stood in it."""

    name: str
    content: bytes
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Uploads:
    """The app's uploads: plans and official files."""

    plans: Waiting[UploadedPlan]
    figures: Waiting[UploadedFigures]

    @classmethod
    def empty(cls) -> "Uploads":
        """Nothing waits."""
        return cls(Waiting(), Waiting())
