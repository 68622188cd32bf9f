"""Transcripts with times above the words: WebVTT (.vtt) and SubRip (.srt)."""

import html
import re
from collections.abc import Iterator, Sequence

from eventkit.vignettes.importing import marks
from eventkit.vignettes.importing.spoken import Fault, Read, Spoken
from eventkit.web.language import gettext as _

HEADER = "WEBVTT"
_ARROW = "-->"
_TIMES = re.compile(r"\s*(?P<start>[\d:.,]+)\s*-->\s*(?P<end>[\d:.,]+)(?:\s.*)?")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_TAG = re.compile(r"</?[a-z][^>]*>|</[^>]*>|<\d[\d:.]*>|\{\\[^}]*\}", re.IGNORECASE)
_NO_CUE = ("NOTE", "STYLE", "REGION")

Block = Sequence[tuple[int, str]]


def parse(text: str, *, web: bool) -> Read:
    """The transcript in these subtitles; `web`: WebVTT, else SubRip."""
    found: list[Spoken] = []
    faults: list[Fault] = []
    blocks = list(_blocks(text.split("\n")))
    if web:
        blocks, missing = _without_header(blocks)
        faults += missing
    for block in blocks:
        if web and block[0][1].split(maxsplit=1)[0] in _NO_CUE:
            continue
        cue = _cue(block)
        if isinstance(cue, Fault):
            faults.append(cue)
        else:
            found += cue
    return Read(tuple(found), tuple(faults))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    block: list[tuple[int, str]] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            block.append((number, line))
        elif block:
            yield block
            block = []


def _without_header(blocks: list[Block]) -> tuple[list[Block], list[Fault]]:
    if not blocks or not blocks[0][0][1].startswith(HEADER):
        sentence = _("A .vtt file begins with the line WEBVTT. Save it again at its source, or write that line.")
        return blocks, [Fault(1, sentence)]
    rest = blocks[0][1:]
    # What stands in the header says nothing, unless somebody lost the blank line below it.
    return ([rest] if any(_ARROW in line for _number, line in rest) else []) + blocks[1:], []


def _cue(block: Block) -> list[Spoken] | Fault:
    place = next((place for place, (_number, line) in enumerate(block[:2]) if _ARROW in line), None)
    if place is None:
        sentence = _("No time stands above these words. Write one such as 00:00:01.000 --> 00:00:04.000.")
        return Fault(block[0][0], sentence)
    number, line = block[place]
    found = _TIMES.fullmatch(line)
    start, end = (marks.seconds(found["start"]), marks.seconds(found["end"])) if found else (None, None)
    if start is None or end is None:
        sentence = _("“{text}” is no time. Write it as 00:00:01.000 --> 00:00:04.000.").format(text=line.strip()[:60])
        return Fault(number, sentence)
    if end < start:
        return Fault(number, _("This ends before it begins. Exchange the two times, or correct them."))
    for later, words in block[place + 1 :]:
        if _ARROW in words:
            return Fault(later, _("A blank line is missing above this time."))
    return list(_said(start, end, [words for _number, words in block[place + 1 :]]))


def _said(start: float, end: float, lines: Sequence[str]) -> Iterator[Spoken]:
    """One for each voice: <v Anna>, or a name before a colon."""
    turns: list[tuple[str, list[str]]] = [("", [])]
    voices = _VOICE.split("\n".join(lines))
    for place, piece in enumerate(voices):
        if place % 2:
            turns.append((_plain(piece), []))
            continue
        for line in piece.split("\n"):
            speaker, words, _time = marks.named(_plain(line))
            if speaker is not None and not (place and turns[-1][0]):
                turns.append((speaker, [words]))
            else:
                turns[-1][1].append(_plain(line))
    for speaker, said in turns:
        if text := " ".join(words for words in said if words):
            yield Spoken(speaker, start, end, text)


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())
