"""Which step of a changed programme is which step of the stored one, so that the room stays where it is."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence

from eventkit.sheet import Value
from eventkit.stage.models import ProgrammeStep

Cells = Mapping[str, Value]


def matched(
    old: Sequence[ProgrammeStep], new: Sequence[Cells], current: int | None, one_each: Collection[str]
) -> list[ProgrammeStep | None]:
    """For each new step the stored one that it is, None if it is new; `current` is the number of the one that is on.

    First those that say the same, then those that show the same, then those of one activity, because a step that
    shows one more wall is the same step. Steps of the words in `one_each` have one id each, and are known by it alone.
    What the room has seen is looked for first.
    """
    found: list[ProgrammeStep | None] = [None] * len(new)
    left = sorted(old, key=lambda step: (step.id != current, not step.shown, step.position))
    likenesses: tuple[Callable[[Cells], Hashable], ...] = (
        lambda cells: tuple(cells.get(name) or "" for name in ("activity", "refs", "title", "time")),
        lambda cells: (cells["activity"], cells.get("refs") or ""),
        lambda cells: None if cells["activity"] in one_each else cells["activity"],
    )
    for likeness in likenesses:
        for step in tuple(left):
            sought = likeness(step.model_dump())
            place = next((at for at, cells in enumerate(new) if not found[at] and likeness(cells) == sought), None)
            if place is not None and sought is not None:
                found[place] = step
                left.remove(step)
    return found


def lost(
    old: Sequence[ProgrammeStep], kept: Sequence[ProgrammeStep | None], current: int | None
) -> list[ProgrammeStep]:
    """The stored steps that the room has seen, or sees now, and that a changed programme would no longer have."""
    staying = {step.id for step in kept if step}
    return [step for step in old if step.id not in staying and (step.shown or step.id == current)]
