"""A row of the plan while somebody works on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from eventkit.plan.editing import name_of, pieces
from eventkit.plan.forms import Field
from eventkit.sheet import Part, Plan, Problem


@dataclass(frozen=True)
class Draft:
    """A row's form: its fields, those of each piece, what is wrong elsewhere, and the plan as it would be.

    `place` is the row's in that plan, from 0; None for an empty form.
    """

    part: Part
    place: int | None
    fields: Sequence[Field]
    plan: Plan
    piece: Part | None = None
    pieces: Sequence[Sequence[Field]] = ()
    elsewhere: Sequence[Problem] = ()

    @property
    def wrong(self) -> list[Field]:
        """The fields that must be mended."""
        return [each for each in self.every if each.errors]

    @property
    def sound(self) -> bool:
        """Whether nothing has to be mended."""
        return not self.wrong and not self.elsewhere

    @property
    def every(self) -> list[Field]:
        """All fields, those of the pieces too."""
        return [*self.fields, *(each for row in self.pieces for each in row)]

    @property
    def pieces_filled(self) -> bool:
        """Whether anything stands in any piece."""
        return any(each.value for row in self.pieces for each in row)

    @property
    def identified(self) -> list[tuple[Part, str, Sequence[Field]]]:
        """The stored rows of the form: their part, what tells each from the others in it, and their fields."""
        rows = self.plan.rows(self.part.name)
        if self.place is None:
            return []
        own = rows[self.place]
        ids = {id(row): name for name, row in self.part.identities(rows).items()}
        found: list[tuple[Part, str, Sequence[Field]]] = [(self.part, ids[id(own)], self.fields)]
        if self.piece:
            belong = pieces(self.plan, self.part, self.piece, own)
            names = {id(row): name for name, row in self.piece.identities(self.plan.rows(self.piece.name)).items()}
            found += [(self.piece, names[id(row)], shown) for row, shown in zip(belong, self.pieces, strict=False)]
        return found

    @property
    def seen(self) -> str:
        """A digest of what the form shows, by which a form that is out of date is known."""
        return sha256(repr([(each.name, each.value) for each in self.every if each.value]).encode()).hexdigest()

    @property
    def name(self) -> str:
        """What the row is called in an address."""
        return "" if self.place is None else name_of(self.part, self.plan.rows(self.part.name)[self.place], self.place)
