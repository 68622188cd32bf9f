"""What a line of a transcript begins with: when it was said, and by whom."""

import re
from dataclasses import dataclass

LONGEST_NAME = 40
LATEST = 1000 * 3600.0
"""Seconds: what comes later is a slip of the pen, and may be no number at all."""
_WORDS_OF_A_NAME = 5
_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_PARTS = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?")
_RANGE = re.compile(r"\s*(?:-->|[-–—])\s*")
_STAMP = re.compile(
    r"\s*(?:\[(?P<square>[^\]]*)\]|\((?P<round>[^)]*)\)|(?P<bare>\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?)(?=\s))\s*"
)
_LIKE_A_TIME = re.compile(r"[\d:.,\s>–—-]*\d:\d[\d:.,\s>–—-]*")
# "Anna Smith   0:03" above what was said, as meeting and dictation programs write it.
_ABOVE = re.compile(rf"(?P<name>\S.*?)(?:\s{{2,}}|\t)(?P<time>{_TIME})\s*")
_NAME = re.compile(r"(?P<name>[^:\[(]+?)\s*(?:[\[(](?P<time>[\d:.,]+)[\])])?\s*:(?:\s+(?P<words>.*)|\s*)", re.DOTALL)
_LABEL_ALONE = re.compile(r"^([Ss]\d{1,2}):(?=\S)")
# A name has no signs of a sentence in it, so "I told him, honestly: no" is none.
_NO_NAME = re.compile(r"[,;!?\"“”/\\=<>{}]|\.\s*$|\d{5}")


@dataclass(frozen=True)
class Marked:
    """A line without what it begins with. `speaker` is None where it says nobody; `wrong` is a time that is none."""

    words: str
    speaker: str | None = None
    start_s: float | None = None
    end_s: float | None = None
    wrong: str = ""


def seconds(text: str) -> float | None:
    """The seconds of a time such as 00:01:02, 1:02 or 00:01:02.500; None if it is no time."""
    found = _PARTS.fullmatch(text.strip())
    if not found:
        return None
    hours, minutes, whole, part = found.groups()
    if int(whole) > 59 or (hours and int(minutes) > 59):
        return None
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(whole) + (int(part) / 10 ** len(part) if part else 0.0)


def marked(line: str) -> Marked:
    """Takes the time stamp and the speaker off a line."""
    above = _ABOVE.fullmatch(line.strip())
    if above and _is_name(above["name"]) and (start := seconds(above["time"])) is not None:
        return Marked("", above["name"].strip(), start)
    stamp = _STAMP.match(line)
    inside = (stamp["square"] or stamp["round"] or stamp["bare"] or "") if stamp else ""
    start, end, rest = None, None, line.strip()
    if stamp and _LIKE_A_TIME.fullmatch(inside):
        start, end = _times(inside)
        if start is None:
            return Marked("", wrong=inside.strip())
        rest = line[stamp.end() :].strip()
    speaker, words, own = named(rest)
    return Marked(words, speaker, start if start is not None else own, end)


def named(line: str) -> tuple[str | None, str, float | None]:
    """Who is named before a colon (None: nobody), what was said, and the time in brackets behind the name."""
    found = _NAME.fullmatch(_LABEL_ALONE.sub(r"\1: ", line))
    if not found or not _is_name(found["name"]):
        return None, line, None
    return found["name"].strip(), (found["words"] or "").strip(), seconds(found["time"] or "")


def _times(inside: str) -> tuple[float | None, float | None]:
    first, *rest = _RANGE.split(inside.strip(), maxsplit=1)
    start = seconds(first)
    end = seconds(rest[0]) if rest else None
    return (None, None) if rest and (end is None or start is None or end < start) else (start, end)


def _is_name(text: str) -> bool:
    name = text.strip()
    shape = len(name) <= LONGEST_NAME and len(name.split()) <= _WORDS_OF_A_NAME and not _NO_NAME.search(name)
    # In scripts without capitals a letter is neither upper nor lower case.
    return shape and bool(name) and name[0].isalpha() and not name[0].islower()
