"""What the screen and the phones are given at each step of a reveal, and nothing that belongs to a later step."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from eventkit.evidence import citation
from eventkit.evidence.source_card import link
from eventkit.voting import sentences
from eventkit.voting.asked import Asked, Headline, Table, Told
from eventkit.voting.models import Phase
from eventkit.voting.perception import Seen
from eventkit.voting.pictures import Pictures, Shown, drawable
from eventkit.web.language import gettext as _

ORDER = tuple(Phase)
ONE_LINE = 76  # characters of a conclusion that fit beside a 16:9 chart in one line
LONG = 108  # characters that fit in two lines of a 4:3 screen at the usual size


@dataclass(frozen=True)
class Cited:
    """A source as the screen names it, with its place in the drawing (`kind`: national, local)."""

    kind: str
    lead: str
    text: str


@dataclass(frozen=True)
class Card:
    """A published figure in full, line by line; without a `statistic_id` the sentence that there is none."""

    kind: str
    name: str
    lines: tuple[str, ...]
    url: str = ""
    statistic_id: str = ""


@dataclass(frozen=True)
class Explained:
    """Why people think so, and what it means here; the myth is always labelled as not correct."""

    headline: Headline
    myth: str
    why: str
    so_what: str


@dataclass(frozen=True)
class Reveal:
    """Everything that the reveal templates show at one phase. `label` tells the chart in words."""

    seen: Seen
    sentence: str
    label: str
    shape: str
    pictures: Pictures
    table: Table
    notes: tuple[str, ...]
    sources: tuple[Cited, ...]
    cards: tuple[Card, ...]
    explained: Explained | None


def reveal(asked: Asked, told: Told, phase: Phase, *, known: bool = False) -> Reveal:
    """The values of one phase, from the room's answer on; figures of later phases are left out altogether.

    `known`: an earlier vote on the question was revealed, so what has changed since may be said at once.
    """
    shown = shown_at(asked, phase)
    explained = _explained(asked, told) if shown.published and phase is Phase.EXPLANATION else None
    drawn = told.pictures(shown, phase)
    return Reveal(
        seen=told.seen,
        sentence=_unbroken(_sentence(told, shown, phase, known=known)),
        label=_label(told, shown),
        shape=_shape(told, known=known, explaining=explained is not None, ranked=bool(asked.items)),
        pictures=drawn,
        table=told.table(shown),
        notes=_notes(asked, told, phase, drawn),
        sources=tuple(_sources(asked, told, shown, phase)),
        cards=tuple(_cards(asked, told, shown, phase)),
        explained=explained,
    )


def shown_at(asked: Asked, phase: Phase) -> Shown:
    """The figures that the room may see at a phase."""
    published = _reached(phase, Phase.NATIONAL) and (asked.national is not None or bool(asked.items))
    return Shown(
        asked.national if _reached(phase, Phase.NATIONAL) else None,
        asked.local if _reached(phase, Phase.LOCAL) else None,
        drawable(asked.poll, asked.local, asked.national),
        published=published or (_reached(phase, Phase.LOCAL) and asked.local is not None),
    )


def _reached(phase: Phase, step: Phase) -> bool:
    return ORDER.index(phase) >= ORDER.index(step)


def _sentence(told: Told, shown: Shown, phase: Phase, *, known: bool) -> str:
    if phase is Phase.EXPLANATION and shown.published:
        return told.fact()
    if phase is Phase.GAP:
        return told.gap()
    return (told.since() if known else "") or told.room()


def _label(told: Told, shown: Shown) -> str:
    parts = [told.room(), told.label(), sentences.not_sure(told.seen)]
    for figure in told.published(shown):
        words = {"place": figure.geography_name, "figure": citation.figure_text(figure)}
        parts.append(_("Published figure, {place}: {figure}.").format(**words))
    return " ".join(part for part in parts if part)


def _shape(told: Told, *, known: bool, explaining: bool, ranked: bool) -> str:
    """The room kept for the conclusion, the same from the room's answer to the gap, so that nothing moves.

    A ranking says more in every step but the first.
    """
    conclusions = [told.fact()] if explaining else [told.room(), told.gap(), told.since() if known else ""]
    longest = max(len(sentence) for sentence in conclusions)
    if longest <= ONE_LINE and not ranked:
        return "reveal"
    return "reveal two-lines" if longest <= LONG else "reveal two-lines long"


def _notes(asked: Asked, told: Told, phase: Phase, drawn: Pictures) -> tuple[str, ...]:
    """Who is counted stands under every chart; with the gap also what chance would give."""
    if phase is Phase.PERCEPTION:
        notes = [sentences.turnout(told.seen, asked.organisers_vote), drawn.screen_note]
    elif phase is Phase.GAP:
        notes = [drawn.caption, told.aside(), told.since()]
    else:
        notes = [drawn.caption, drawn.screen_note if phase is not Phase.EXPLANATION else ""]
    return tuple(note for note in notes if note)


def _sources(asked: Asked, told: Told, shown: Shown, phase: Phase) -> Sequence[Cited]:
    if asked.items:
        return [Cited("national", line.lead, _unbroken(line.text)) for line in citation.lines(told.published(shown))]
    cited = []
    if shown.national:
        cited.append(_cited("national", citation.source_line(shown.national)))
    if shown.local:
        cited.append(_cited("local", citation.source_line(shown.local, shown.national)))
    elif _reached(phase, Phase.LOCAL):
        cited.append(_no_local(asked.place))
    return cited


def _cards(asked: Asked, told: Told, shown: Shown, phase: Phase) -> Sequence[Card]:
    cards = [
        Card(
            "local" if figure is shown.local else "national",
            figure.measure if asked.items else figure.geography_name,
            tuple(map(_unbroken, citation.card(figure))),
            link(figure.url),
            figure.statistic_id,
        )
        for figure in told.published(shown)
    ]
    if not asked.items and shown.local is None and _reached(phase, Phase.LOCAL):
        said = _no_local(asked.place)
        cards.append(Card("local", said.lead, (f"{said.lead} {said.text}".strip(),)))
    return cards


def _cited(kind: str, line: citation.SourceLine) -> Cited:
    return Cited(kind, line.lead, _unbroken(line.text))


def _no_local(place: str) -> Cited:
    if place:
        return Cited("local", f"{place}:", _("no local figure is published."))
    return Cited("local", "", _("No local figure is published."))


def _explained(asked: Asked, told: Told) -> Explained:
    poll, headline = asked.poll, told.headline()
    return Explained(
        headline=Headline(_unbroken(headline.figure), headline.natural, headline.place),
        myth=poll.myth_text or told.believed(),
        why=poll.explanation,
        so_what=poll.so_what,
    )


def _unbroken(text: str) -> str:
    """A number and its sign never part at the end of a line."""
    return re.sub(r"(\d) (%)", "\\1\u00a0\\2", text)
