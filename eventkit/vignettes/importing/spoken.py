"""What every format of a transcript is read into."""

from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 30_000
"""UTF-16 units of a passage: a cell of the workbook holds 32,767, and a redaction may lengthen the text."""


@dataclass(frozen=True)
class Spoken:
    """What one speaker said, as the file names them ("" where it does not); times in seconds, None where not given."""

    speaker: str
    start_s: float | None
    end_s: float | None
    text: str


@dataclass(frozen=True)
class Fault:
    """What is wrong in a line (of a table: a row, of a document: a paragraph), and what to do."""

    line: int
    sentence: str


@dataclass(frozen=True)
class Read:
    """A transcript as it was read; with a fault in it nothing is stored. `more` faults are not listed."""

    spoken: tuple[Spoken, ...]
    faults: tuple[Fault, ...] = ()
    more: int = 0


def divided(spoken: Spoken) -> Iterator[Spoken]:
    """The same in pieces that each fit a cell of the workbook, parted between words, so that no end is ever cut."""
    text = spoken.text
    while len(text) > LONGEST // 2 and len(text[: LONGEST + 1].encode("utf-16-le")) > 2 * LONGEST:
        head = text[:LONGEST].encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")
        space = max(head.rfind(" "), head.rfind("\n"))
        cut = space if space > 0 else len(head)
        yield Spoken(spoken.speaker, spoken.start_s, spoken.end_s, text[:cut].rstrip())
        text = text[cut:].lstrip()
    yield Spoken(spoken.speaker, spoken.start_s, spoken.end_s, text)
