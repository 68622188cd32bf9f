"""What the people at a table agree to before a discussion is recorded: each for themselves, and nobody knows who.

How many agreed is told to nobody at the table. When all have answered its host hears whether everybody agreed to the
recording or not; until then only how many have answered.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from eventkit.database import now
from eventkit.errors import BadInput, Conflict
from eventkit.events import retention
from eventkit.events.models import Event
from eventkit.vignettes import codes, stories
from eventkit.vignettes.models import Consent, Discussion
from eventkit.web.dates import day
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext

LARGEST_TABLE = 40
STANDARD = "standard 1"
"""The version of the wording that stands where the plan has none."""
SLIP = re.compile(r"[0-9a-f]{32}\Z")


class Purpose(StrEnum):
    """What a person can agree to."""

    RECORD = "record"
    TRANSCRIBE = "transcribe"
    QUOTE = "quote"
    ARCHIVE = "archive"


class Standing(StrEnum):
    """How far a table is; after the last answer all or nothing, never whose answer it was."""

    UNASKED = "unasked"
    WAITING = "waiting"
    AGREED = "agreed"
    NOTES_ONLY = "notes_only"


@dataclass(frozen=True)
class Given:
    """What a person is shown once: their code, the label that they speak under, and what they agreed to."""

    code: str
    speaker: str
    agreed: Sequence[Purpose]


def set_people(session: Session, event_id: int, table: str, vignette_id: str, people: int) -> None:
    """How many sit at a table now. Raises `BadInput` for a number that cannot be, `Conflict` after the story."""
    discussion = _present(session, event_id, table, vignette_id)
    _require_open(session, event_id)
    if not 1 <= people <= LARGEST_TABLE:
        raise BadInput(
            _("Enter how many people sit at the table: a number from 1 to {most}.").format(most=LARGEST_TABLE)
        )
    there = answered(session, discussion)
    if people < there:
        sentence = ngettext(
            "{number} person has answered already, so at least that many sit here.",
            "{number} people have answered already, so at least that many sit here.",
            there,
        )
        raise BadInput(sentence.format(number=there))
    discussion.people = people


def answer(
    session: Session, event: Event, table: str, vignette_id: str, slip: str, agreed: Collection[Purpose]
) -> Given:
    """Stores what the holder of a slip agrees to; sent again with the same slip it is the same person's answer.

    It can be changed until everybody has answered. Raises `Conflict` where it cannot be given or changed any more.
    """
    if not SLIP.match(slip):
        raise BadInput(_("Something in this form is missing. Load the page again."))
    discussion, code = _present(session, event.id or 0, table, vignette_id), codes.code_of(slip)
    code_hash = codes.hash_code(event.id or 0, code)
    if any(one.withdrew for one in with_code(session, event.id or 0, code_hash)):
        raise Conflict(_("This code was withdrawn, so it agrees to nothing any more."))
    mine = session.get(Consent, (code_hash, discussion.id))
    if mine is None or set(agreed_of(mine)) != set(agreed):
        _require_open(session, event.id or 0)
    if mine is None:
        mine = _new(session, event, discussion, slip, code_hash)
    elif set(agreed_of(mine)) != set(agreed) and standing(session, discussion) is not Standing.WAITING:
        raise Conflict(_("Everybody has answered, so nothing can be changed here. Your code still withdraws it all."))
    for purpose in Purpose:
        setattr(mine, purpose.value, purpose in agreed)
    return Given(code, mine.speaker, agreed_of(mine))


def shut(session: Session, event: Event) -> str:
    """Why nobody can agree to anything now, "" if they can."""
    last = retention.until(event)
    if last < retention.day_at(event, now()):
        sentence = _("Recordings of this event were kept until {date}, so nobody can agree to one any more.")
        return sentence.format(date=day(last))
    if stories.round_of(session, event.id or 0).closed:
        return _("The discussion of this story has ended, so nobody can agree to a recording of it any more.")
    return ""


def carry_over(session: Session, event_id: int, table: str, vignette_id: str) -> None:
    """The same people stay for a table's present story: what they agreed to holds, with their codes and labels.

    Who withdrew meanwhile goes on agreeing to nothing. Raises `Conflict` if there is nothing to carry, or answers came.
    """
    here, before = _present(session, event_id, table, vignette_id), earlier(session, event_id, table, vignette_id)
    _require_open(session, event_id)
    if before is None or answered(session, here):
        raise Conflict(_("There is nothing to carry over: people at this table answer on their phones."))
    here.people = before.people
    for one in _of(session, before):
        session.add(Consent(**{**one.model_dump(), "discussion_id": here.id}))


def earlier(session: Session, event_id: int, table: str, vignette_id: str) -> Discussion | None:
    """The table's last story before this one about which everybody answered; None if there is none."""
    found = None
    for story in stories.at_table(session, event_id, table):
        if story.vignette_id == vignette_id:
            break
        discussion = stories.discussion_of(session, event_id, table, story.vignette_id)
        if discussion and standing(session, discussion) in (Standing.AGREED, Standing.NOTES_ONLY):
            found = discussion
    return found


def standing(session: Session, discussion: Discussion | None) -> Standing:
    """How far a table is with its answers."""
    if discussion is None or discussion.people is None:
        return Standing.UNASKED
    if answered(session, discussion) < discussion.people:
        return Standing.WAITING
    agreed = all(one.record and not one.withdrew for one in _of(session, discussion))
    return Standing.AGREED if agreed else Standing.NOTES_ONLY


def may_record(session: Session, discussion: Discussion) -> bool:
    """Whether as many as sit at the table have answered, and every one of them agreed to the recording."""
    return standing(session, discussion) is Standing.AGREED


def answered(session: Session, discussion: Discussion) -> int:
    """How many have answered, those who withdrew since among them."""
    return len(_of(session, discussion))


def counts(session: Session, discussion: Discussion) -> Mapping[str, int]:
    """How many agreed to each purpose; who withdrew did not. For the organisers' results, never for the table."""
    given = _of(session, discussion)
    return {purpose.value: sum(purpose in agreed_of(one) for one in given) for purpose in Purpose}


def is_counted(session: Session, discussion: Discussion) -> bool:
    """Whether `counts` tell of nobody's answer as it comes: everybody has answered, or nobody can any more."""
    if standing(session, discussion) in (Standing.AGREED, Standing.NOTES_ONLY):
        return True
    at = stories.round_of(session, discussion.event_id)
    story = stories.now_at(session, discussion.event_id, discussion.table, at)
    return at.closed or story is None or story.vignette_id != discussion.vignette_id


def labels(session: Session, discussion: Discussion) -> set[str]:
    """The labels that people were given with their answers."""
    return {one.speaker for one in _of(session, discussion)}


def labels_without(session: Session, discussion: Discussion, purpose: Purpose) -> set[str]:
    """The labels of those who do not agree to this: they refused, or withdrew."""
    return {one.speaker for one in _of(session, discussion) if purpose not in agreed_of(one)}


def given_by(session: Session, event_id: int, discussion: Discussion, slip: str) -> Consent | None:
    """What the holder of a slip has answered in a discussion, None if nothing yet."""
    return session.get(Consent, (codes.hash_code(event_id, codes.code_of(slip)), discussion.id))


def agreed_of(one: Consent) -> Sequence[Purpose]:
    """What a person agrees to."""
    return [purpose for purpose in Purpose if getattr(one, purpose.value) and not one.withdrew]


def with_code(session: Session, event_id: int, code_hash: str) -> Sequence[Consent]:
    """Every consent of one code in an event: one for each story that its holder discussed."""
    mine = select(Discussion.id).where(Discussion.event_id == event_id)
    found = select(Consent).where(Consent.code_hash == code_hash, col(Consent.discussion_id).in_(mine))
    return session.exec(found.order_by(col(Consent.discussion_id))).all()


def _new(session: Session, event: Event, discussion: Discussion, slip: str, code_hash: str) -> Consent:
    if discussion.people is None:
        raise Conflict(_("Your table’s host first enters how many people sit here. Then send your answer again."))
    there = _of(session, discussion)
    if len(there) >= discussion.people:
        raise Conflict(
            _("As many have answered as sit at this table. If you have not, ask its host to correct the number.")
        )
    before = with_code(session, event.id or 0, code_hash)
    taken = {one.speaker for one in there}
    free = [number for number in range(1, discussion.people + 1) if f"S{number}" not in taken]
    kept = next((one.speaker for one in before if one.speaker not in taken), "")
    mine = Consent(code_hash=code_hash, discussion_id=discussion.id or 0, speaker=kept or codes.label_of(slip, free))
    mine.wording_version = event.consent_version or ("" if event.consent_wording else STANDARD)
    session.add(mine)
    return mine


def _present(session: Session, event_id: int, table: str, vignette_id: str) -> Discussion:
    story = stories.now_at(session, event_id, table)
    if story is None or story.vignette_id != vignette_id:
        raise Conflict(_("Your table has moved on to another story, or has none yet. Load the page again."))
    return stories.begun_discussion(session, event_id, table, vignette_id)


def _require_open(session: Session, event_id: int) -> None:
    if refusal := shut(session, session.get_one(Event, event_id)):
        raise Conflict(refusal)


def _of(session: Session, discussion: Discussion) -> Sequence[Consent]:
    # By its code, which is random: nothing may depend on who came first.
    mine = select(Consent).where(Consent.discussion_id == discussion.id)
    return session.exec(mine.order_by(col(Consent.code_hash))).all()
