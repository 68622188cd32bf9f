"""From a transcript that somebody brought to passages: names become labels before anything is stored."""

import re
import secrets
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import insert
from sqlmodel import Session

from eventkit.errors import BadInput, Conflict
from eventkit.vignettes import consent, stories, transcripts
from eventkit.vignettes.importing.spoken import Spoken
from eventkit.vignettes.models import Discussion, Passage
from eventkit.web.language import gettext as _

LABEL = re.compile(r"S[1-9][0-9]?")
MOST_SPEAKERS = 30
MOST_STORED = 20_000
"""Passages of one discussion, from all the files that were brought for it."""


def speakers(spoken: Sequence[Spoken]) -> Sequence[str]:
    """Everybody whom the file names, in the order in which they first speak."""
    return list(dict.fromkeys(each.speaker for each in spoken if each.speaker))


def labels(names: Sequence[str], chosen: Mapping[str, str], known: Collection[str] = ()) -> Mapping[str, str]:
    """The label under which each is stored: their own if it is one, else the one that was chosen, else the next free.

    A free one is none of those `known`, which people were given with their consent: nobody's words go under the label
    of somebody else, who might withdraw. No name is ever a label. Raises `BadInput` for one that is chosen and is no
    label, and for a crowd.
    """
    if len(names) > MOST_SPEAKERS:
        sentence = _("This file names {found} speakers, more than sit at a table. Each line must begin with one.")
        raise BadInput(sentence.format(found=len(names)))
    own = {name: name.upper() for name in names if is_label(name)}
    given = {name: chosen[name].strip().upper() for name in names if name not in own and chosen.get(name, "").strip()}
    for label in given.values():
        if not LABEL.fullmatch(label):
            raise BadInput(_("“{label}” is no label. Write S1, S2 and so on.").format(label=label[:20]))
    taken = {*own.values(), *given.values(), *known}
    free = iter([label for number in range(1, 100) if (label := f"S{number}") not in taken])
    return {name: own.get(name) or given.get(name) or next(free) for name in names}


def is_label(name: str) -> bool:
    """Whether a file names somebody by a label already."""
    return LABEL.fullmatch(name.upper()) is not None


def everybody_agreed(session: Session, discussion: Discussion | None) -> bool:
    """Whether everybody at the table agreed that what they say is transcribed."""
    if discussion is None or not discussion.people:
        return False
    answered = consent.answered(session, discussion)
    return answered >= discussion.people and consent.counts(session, discussion)["transcribe"] >= answered


def take_in(
    session: Session,
    event_id: int,
    place: tuple[str, str],
    spoken: Sequence[Spoken],
    chosen: Mapping[str, str],
    *,
    despite: bool = False,
) -> int:
    """Stores a transcript behind what is there of its table and story, `place`; how many passages.

    Raises `Conflict` where somebody did not agree to be transcribed, unless the organiser answered that `despite`
    this it may be, and `BadInput` as `labels` does. What somebody said is left out who has withdrawn, or who answered
    that they do not want to be transcribed: no organiser answers otherwise for them.
    """
    table, vignette_id = place
    if not despite and not everybody_agreed(session, stories.discussion_of(session, event_id, table, vignette_id)):
        raise Conflict(not_agreed())
    discussion = stories.begun_discussion(session, event_id, table, vignette_id)
    given = labels(speakers(spoken), chosen, consent.labels(session, discussion))
    spoken = _as_agreed(session, discussion, spoken, given)
    before, last = transcripts.size(session, discussion)
    _require_room(before + len(spoken))
    rows = [
        _row(discussion, position, given.get(each.speaker, ""), each)
        for position, each in enumerate(spoken, start=last + 1)
    ]
    if rows:
        session.connection().execute(insert(Passage), rows)  # one statement, and no object for each
    return len(rows)


def not_agreed() -> str:
    """What the organiser is told where somebody did not agree."""
    return _("Not everybody at this table has agreed that what they say is transcribed.")


def _require_room(count: int) -> None:
    if count > MOST_STORED:
        sentence = _("At most {most} passages fit at one table and story. Nothing was stored.")
        raise Conflict(sentence.format(most=f"{MOST_STORED:,}"))


def _as_agreed(
    session: Session, discussion: Discussion, spoken: Sequence[Spoken], given: Mapping[str, str]
) -> Sequence[Spoken]:
    """Raises `Conflict` where a passage says nobody who gave consent, as it may be theirs who withdrew."""
    gone = consent.labels_without(session, discussion, consent.Purpose.TRANSCRIBE)
    known = consent.labels(session, discussion)
    if gone and any(given.get(each.speaker, "") not in known for each in spoken):
        raise Conflict(
            _(
                "Somebody at this table has withdrawn, or did not agree to be transcribed, so every passage must say "
                "who spoke, by the label that came with their consent. Write the labels into the file, and bring it "
                "again. Nothing was stored."
            )
        )
    return [each for each in spoken if given.get(each.speaker, "") not in gone]


def _row(discussion: Discussion, position: int, label: str, each: Spoken) -> dict[str, str | int | float | None]:
    return {
        "passage_id": secrets.token_hex(8),
        "discussion_id": discussion.id or 0,
        "position": position,
        "speaker": label,
        "start_s": each.start_s,
        "end_s": each.end_s,
        "text": each.text,
        "redactions": 0,
    }
