"""The demonstration's walls: what its people write, who puts it under which theme, and whether the workbook has it."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from eventkit.demo import cells
from eventkit.demo.remote import Remote
from eventkit.errors import EventkitError
from eventkit.rehearsal.author import SECOND_THOUGHT
from eventkit.rehearsal.people import People
from eventkit.web.language import gettext as _

FILE = Path(__file__).with_name("notes.toml")


def sayings() -> Mapping[str, Sequence[str]]:
    """What people write, by wall_id."""
    return {wall: [text for texts in themes.values() for text in texts] for wall, themes in _written().items()}


async def group(remote: Remote, wall_id: str) -> int:
    """Puts every note of a wall under its theme, as a facilitator does on the wall's page; how many."""
    themes = {text: theme for theme, texts in _written().get(wall_id, {}).items() for text in texts}
    piles: dict[str, list[str]] = defaultdict(list)
    for note_id, text in await remote.loose(wall_id):
        piles[themes.get(text.removesuffix(SECOND_THOUGHT), "")].append(note_id)
    for theme_id, note_ids in piles.items():
        if theme_id:
            await remote.move(wall_id, note_ids, theme_id)
    return sum(len(note_ids) for theme_id, note_ids in piles.items() if theme_id)


def compare(people: People, content: bytes) -> int:
    """How many notes there are: every one that its author was told of stands in the workbook, and no other.

    Raises `EventkitError` otherwise, or if one of them stands under no theme.
    """
    rows = cells.rows(content, "wall_notes")
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        found[row["wall_id"]][row["text"]] += 1
    for wall_id in _written():
        if found[wall_id] != people.written(wall_id):
            sentence = _("The workbook is wrong about the notes on {wall}: people were told {told}, it says {found}.")
            told = dict(people.written(wall_id) - found[wall_id])
            raise EventkitError(sentence.format(wall=wall_id, told=told, found=dict(found[wall_id])))
    if any(not row["theme_ids"] for row in rows):
        raise EventkitError(_("A note in the workbook stands under no theme."))
    return len(rows)


@cache
def _written() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Sentences by theme_id by wall_id."""
    return tomllib.loads(FILE.read_text("utf-8"))
