"""Which format a transcript has, whatever its name says; the way in through a child process."""

from pathlib import Path

from eventkit.errors import BadInput
from eventkit.incoming import delimited
from eventkit.incoming.confined import confined
from eventkit.incoming.screening import MAX_BYTES, screen
from eventkit.vignettes.importing import subtitles, table, text, word
from eventkit.vignettes.importing.spoken import Fault, Read, Spoken, divided
from eventkit.web.language import gettext as _
from eventkit.web.text import clean

MOST_PASSAGES = 10_000
"""A day of talk has fewer; storing more at once would keep the room's votes waiting."""
MOST_LINES = 50_000
"""Counted before anything looks at them, so that a file of a hundred thousand is refused at once."""
MOST_FAULTS = 50
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
# They stand within words unseen, so that a name with one in it would not be found.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


async def parse_file(path: Path) -> Read:
    """The transcript in a file that somebody brought, read by a child process. Raises `BadInput` with a sentence."""
    return await confined(read_file, path, (Read, Spoken, Fault))


def read_file(path: Path) -> Read:
    """The same in this process."""
    read = _read(path.read_bytes(), path.suffix.casefold())
    spoken = tuple(piece for each in read.spoken for piece in divided(each))
    if not spoken and not read.faults:
        raise BadInput(_("Nothing was said in this file. Choose the file that holds the transcript."))
    if len(spoken) > MOST_PASSAGES:
        sentence = _(
            "This transcript has more than {most} passages. A transcript is of one table and one story: "
            "divide it, and bring each part for its own."
        )
        raise BadInput(sentence.format(most=f"{MOST_PASSAGES:,}"))
    return Read(spoken, read.faults[:MOST_FAULTS], max(0, len(read.faults) - MOST_FAULTS))


def _read(content: bytes, suffix: str) -> Read:
    if content.startswith(b"PK"):
        _refuse_large(content)
        return text.parse((number, _clean(line)) for number, line in word.lines(content))
    _screen(content)
    raw = delimited.decoded(content)
    if len(raw.splitlines()) > MOST_LINES:
        sentence = _(
            "This file has more than {most} lines. A transcript is of one table and one story: "
            "divide it, and bring each part for its own."
        )
        raise BadInput(sentence.format(most=f"{MOST_LINES:,}"))
    words = _clean(raw)
    if suffix == ".vtt" or words.startswith(subtitles.HEADER):
        return subtitles.parse(words, web=True)
    if suffix == ".srt":
        return subtitles.parse(words, web=False)
    if suffix == ".csv":
        return table.parse(words.encode(), MOST_PASSAGES + 1)
    return text.parse(enumerate(words.split("\n"), start=1))


def _screen(content: bytes) -> None:
    _refuse_large(content)
    if content.startswith((_OLD_OFFICE, b"%PDF")):
        raise BadInput(_("This is an older Word file, or a PDF. Save the transcript as .docx or .txt and try again."))
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in content.strip(b"\0") and not wide and not content.startswith((b"MZ", b"\x7fELF")):
        raise BadInput(_("This file is no text. Save the transcript as .docx, .txt, .vtt, .srt or .csv and try again."))
    screen(content)


def _refuse_large(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        sentence = _("This file is larger than {most} MB. A transcript is text alone: leave out pictures and sound.")
        raise BadInput(sentence.format(most=5))


def _clean(words: str) -> str:
    return clean(words).translate(_UNSEEN)
