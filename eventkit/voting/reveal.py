"""What the screen and the phones are given at each step of a reveal, and nothing that belongs to a later step."""

import re
from dataclasses import dataclass

from eventkit.evidence import citation
from eventkit.evidence.models import Statistic
from eventkit.evidence.source_card import link
from eventkit.voting import sentences
from eventkit.voting.models import Format, Phase, Poll
from eventkit.voting.perception import Perception
from eventkit.voting.pictures import Pictures, Shown, drawable, pictures
from eventkit.web.language import gettext as _

ORDER = tuple(Phase)
ONE_LINE = 76  # characters of a conclusion that fit beside a 16:9 chart in one line
LONG = 108  # characters that fit in two lines of a 4:3 screen at the usual size


@dataclass(frozen=True)
class Cited:
    """A published figure with its place in the drawing (`kind`: national, local), short and in full."""

    kind: str
    lead: str
    text: str
    card: tuple[str, ...] = ()
    url: str = ""
    statistic_id: str = ""


@dataclass(frozen=True)
class Explained:
    """Why people think so, and what it means here; the myth is always labelled as not correct."""

    figure: str
    natural: str
    place: str
    myth: str
    why: str
    so_what: str


@dataclass(frozen=True)
class Reveal:
    """Everything that the reveal templates show at one phase.

    `label` tells the chart in words; `published` is the option_id of the published answer, "" before it is shown.
    """

    seen: Perception
    sentence: str
    label: str
    shape: str
    pictures: Pictures
    notes: tuple[str, ...]
    sources: tuple[Cited, ...]
    published: str
    explained: Explained | None


def reveal(
    poll: Poll,
    seen: Perception,
    national: Statistic | None,
    local: Statistic | None,
    phase: Phase,
    organisers_vote: bool,
    local_place: str,
) -> Reveal:
    """The values of one phase, from the room's answer on; figures of later phases are left out altogether."""
    shown = Shown(
        national if _reached(phase, Phase.NATIONAL) else None,
        local if _reached(phase, Phase.LOCAL) else None,
        drawable(poll, local, national),
    )
    figure = shown.national or shown.local
    explained = _explained(poll, seen, figure) if figure and phase is Phase.EXPLANATION else None
    drawn = pictures(poll, seen, shown, phase)
    return Reveal(
        seen=seen,
        sentence=_unbroken(_sentence(poll, seen, shown, phase)),
        label=_label(poll, seen, shown),
        shape=_shape(poll, seen, national, local, explaining=explained is not None),
        pictures=drawn,
        notes=_notes(seen, phase, drawn, organisers_vote),
        sources=_sources(shown, phase, local_place),
        published=seen.correct.option_id if figure and seen.correct else "",
        explained=explained,
    )


def _reached(phase: Phase, step: Phase) -> bool:
    return ORDER.index(phase) >= ORDER.index(step)


def _sentence(poll: Poll, seen: Perception, shown: Shown, phase: Phase) -> str:
    figure = shown.national or shown.local
    if phase is Phase.EXPLANATION and figure:
        return sentences.fact(poll, seen, figure)
    if phase is Phase.GAP:
        return sentences.gap(poll, seen, shown.national, shown.local)
    return sentences.room(poll, seen)


def _label(poll: Poll, seen: Perception, shown: Shown) -> str:
    parts = [sentences.room(poll, seen)]
    parts += [
        _("{answer}: {votes} of {n}.").format(answer=answer.text, votes=answer.votes, n=seen.n_votes)
        for answer in seen.answers
    ]
    parts.append(sentences.not_sure(seen))
    for figure in (shown.national, shown.local):
        if figure:
            words = {"place": figure.geography_name, "figure": citation.figure_text(figure)}
            parts.append(_("Published figure, {place}: {figure}.").format(**words))
    return " ".join(part for part in parts if part)


def _shape(
    poll: Poll, seen: Perception, national: Statistic | None, local: Statistic | None, *, explaining: bool
) -> str:
    """The room kept for the conclusion, the same from the room's answer to the gap, so that nothing moves."""
    figure = national or local
    conclusions = [sentences.room(poll, seen), sentences.gap(poll, seen, national, local)]
    if explaining and figure:
        conclusions = [sentences.fact(poll, seen, figure)]
    longest = max(len(sentence) for sentence in conclusions)
    if longest <= ONE_LINE:
        return "reveal"
    return "reveal two-lines" if longest <= LONG else "reveal two-lines long"


def _notes(seen: Perception, phase: Phase, drawn: Pictures, organisers_vote: bool) -> tuple[str, ...]:
    """Who is counted stands under every chart; with the gap also what chance would give."""
    if phase is Phase.PERCEPTION:
        notes = (sentences.turnout(seen, organisers_vote), drawn.screen_note)
    elif phase is Phase.GAP:
        notes = (drawn.caption, sentences.chance(seen))
    else:
        notes = (drawn.caption, drawn.screen_note if phase is not Phase.EXPLANATION else "")
    return tuple(note for note in notes if note)


def _sources(shown: Shown, phase: Phase, local_place: str) -> tuple[Cited, ...]:
    cited = []
    if shown.national:
        cited.append(_cited("national", shown.national, None))
    if shown.local:
        cited.append(_cited("local", shown.local, shown.national))
    elif _reached(phase, Phase.LOCAL):
        if local_place:
            cited.append(Cited("local", f"{local_place}:", _("no local figure is published.")))
        else:
            cited.append(Cited("local", "", _("No local figure is published.")))
    return tuple(cited)


def _cited(kind: str, figure: Statistic, after: Statistic | None) -> Cited:
    line = citation.source_line(figure, after)
    card = tuple(map(_unbroken, citation.card(figure)))
    return Cited(kind, line.lead, _unbroken(line.text), card, link(figure.url), figure.statistic_id)


def _explained(poll: Poll, seen: Perception, figure: Statistic) -> Explained:
    false_statement = poll.format is Format.MYTH and seen.correct is not seen.answers[0]
    believed = poll.myth_text or (poll.question if false_statement else "")
    return Explained(
        figure=_unbroken(citation.figure_text(figure)),
        natural=citation.natural(figure),
        place=_("{place}, {period}").format(place=figure.geography_name, period=figure.period_label),
        myth=believed,
        why=poll.explanation,
        so_what=poll.so_what,
    )


def _unbroken(text: str) -> str:
    """A number and its sign never part at the end of a line."""
    return re.sub(r"(\d) (%)", "\\1\u00a0\\2", text)
