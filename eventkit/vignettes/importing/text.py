"""Transcripts in plain lines: "S1: words" or "Anna Smith: words", with or without [00:01:02] before them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from eventkit.vignettes.importing import marks
from eventkit.vignettes.importing.spoken import Fault, Read, Spoken
from eventkit.web.language import gettext as _


@dataclass
class _Turn:
    line: int
    speaker: str
    start_s: float | None
    end_s: float | None
    words: list[str] = field(default_factory=list)


def parse(lines: Iterable[tuple[int, str]]) -> Read:
    """The transcript in numbered lines.

    What follows without a name, after a blank line too, was said by whoever spoke before: so that, should somebody
    withdraw, nothing of theirs stays for want of a name.
    """
    turns: list[_Turn] = []
    faults: list[Fault] = []
    apart = True
    for number, line in lines:
        if not line.strip():
            apart = True
            continue
        mark = marks.marked(line)
        if mark.wrong:
            faults.append(Fault(number, _no_time(mark.wrong)))
        elif _begins(mark, turns, apart=apart):
            speaker = mark.speaker if mark.speaker is not None else turns[-1].speaker if turns else ""
            turns.append(_Turn(number, speaker, mark.start_s, mark.end_s, [mark.words] if mark.words else []))
        else:
            turns[-1].words.append(mark.words)
        apart = False
    faults += [Fault(turn.line, _no_words(turn.speaker)) for turn in turns if not turn.words]
    spoken = [Spoken(turn.speaker, turn.start_s, turn.end_s, " ".join(turn.words)) for turn in turns if turn.words]
    return Read(tuple(spoken), tuple(sorted(faults, key=lambda fault: fault.line)))


def _begins(mark: marks.Marked, turns: list[_Turn], *, apart: bool) -> bool:
    """Whether a line begins a passage; the words below a name that stands alone do not."""
    if mark.speaker is not None or mark.start_s is not None or not turns:
        return True
    return apart and bool(turns[-1].words)


def _no_time(text: str) -> str:
    return _("“{text}” is no time. Write hours, minutes and seconds, such as [00:01:02].").format(text=text[:40])


def _no_words(speaker: str) -> str:
    if not speaker:
        return _("There is a time here, and no words. Write what was said, or delete the line.")
    return _("“{speaker}” has no words here. Write what was said, or delete the line.").format(speaker=speaker)
