"""Transcripts, what was taken out of them, and how many agreed to what, as sheets of the workbook."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlmodel import Session, col, select

from eventkit.sheet import Column, Sheet, Type, Value
from eventkit.vignettes import consent, transcripts
from eventkit.vignettes.consent import Purpose
from eventkit.vignettes.models import Discussion, Redaction
from eventkit.web.language import gettext as _

NOT_MARKED = "[x]"
Row = Mapping[str, Value]


def sheets(session: Session, event_id: int) -> Iterable[Sheet]:
    """`transcripts` in the order of tables, stories and what was said; `consent_counts`; and what `method` says."""
    passages = [
        {
            "passage_id": passage.passage_id,
            "vignette_id": talk.vignette_id,
            "table_id": talk.table,
            "speaker": passage.speaker or NOT_MARKED,
            "start_s": passage.start_s,
            "end_s": passage.end_s,
            "text": passage.text,
            "redactions": passage.redactions,
        }
        for talk, passage in transcripts.of_event(session, event_id)
    ]
    description = _("One row for each passage of what was said at a table about a story, as it was said.")
    yield Sheet("transcripts", _("Transcripts"), description, _passage_columns(), passages)
    description = _(
        "One row for each table, story and purpose: how many agreed, never who. While some have yet to answer there is "
        "none."
    )
    counts = list(_counts(session, event_id))
    yield Sheet("consent_counts", _("Consent"), description, _count_columns(), counts)
    if notes := list(_said(session, event_id, passages)):
        yield Sheet("method", "", "", (), [{"topic": topic, "note": note} for topic, note in notes])


def _counts(session: Session, event_id: int) -> Iterator[Row]:
    mine = select(Discussion).where(Discussion.event_id == event_id)
    for talk in session.exec(mine.order_by(col(Discussion.table), col(Discussion.vignette_id))):
        if not consent.is_counted(session, talk):
            continue
        agreed, answered = consent.counts(session, talk), consent.answered(session, talk)
        for purpose in Purpose if talk.people or answered else ():
            yield {
                "table_id": talk.table,
                "vignette_id": talk.vignette_id,
                "purpose": purpose.value,
                "n_people": talk.people or answered,
                "n_agreed": agreed[purpose.value],
            }


def _said(session: Session, event_id: int, passages: Sequence[Row]) -> Iterator[tuple[str, str]]:
    if passages:
        yield (
            _("Transcripts"),
            _(
                "Speakers are labels that belong to a consent; no name of a speaker was ever stored. "
                "Who withdrew agrees to nothing any more, and what they said was deleted."
            ),
        )
    for place, speakers in sorted(_not_quoted(session, event_id).items()):
        words = _("Table {table}, story {story}: no sentence of {speakers} may be quoted.")
        yield _("Quotation"), words.format(table=place[0], story=place[1], speakers=", ".join(speakers))
    taken = Counter[tuple[str, str, str]]()
    mine = select(Discussion, Redaction).where(
        Redaction.discussion_id == Discussion.id, Discussion.event_id == event_id
    )
    for talk, redaction in session.exec(mine):
        taken[talk.table, talk.vignette_id, redaction.kind] += redaction.times
    for (table, story, kind), times in sorted(taken.items()):
        words = _("Table {table}, story {story}: {times} taken out of the transcript, of the kind {kind}.")
        yield _("Redactions"), words.format(table=table, story=story, times=times, kind=kind)


def _not_quoted(session: Session, event_id: int) -> Mapping[tuple[str, str], Sequence[str]]:
    """Whose passages there are who did not agree to be quoted, by table and story."""
    talks = {talk.id: talk for talk, _passage in transcripts.of_event(session, event_id)}
    found = {}
    for talk in talks.values():
        spoken = {each.speaker for each in transcripts.passages(session, talk)}
        refused = sorted(spoken & consent.labels_without(session, talk, Purpose.QUOTE))
        if refused:
            found[talk.table, talk.vignette_id] = refused
    return found


def _passage_columns() -> tuple[Column, ...]:
    return (
        Column("passage_id", _("A random id."), required=True, example="3f9c01d2a4b75e60"),
        Column("vignette_id", _("The story, as in vignettes."), required=True, example="v1"),
        Column("table_id", _("The table’s id in the plan."), required=True, example="t1"),
        Column("speaker", _("The label of whoever spoke; [x] where that is not marked."), required=True, example="S1"),
        Column(
            "start_s", _("When it begins, counted from the beginning of the recording."), Type.NUMBER, unit=_("seconds")
        ),
        Column(
            "end_s",
            _("When it ends; empty like start_s where the transcript had no times."),
            Type.NUMBER,
            unit=_("seconds"),
        ),
        Column(
            "text",
            _("What was said; [name], [place], [employer], [redacted] stand for what was taken out."),
            required=True,
        ),
        Column("redactions", _("How many words or names were taken out of it."), Type.INTEGER),
    )


def _count_columns() -> tuple[Column, ...]:
    purposes = (
        (Purpose.RECORD.value, _("That the discussion is recorded")),
        (Purpose.TRANSCRIBE.value, _("That it is written down word for word")),
        (Purpose.QUOTE.value, _("That their words are quoted without a name")),
        (Purpose.ARCHIVE.value, _("That the transcript is kept in an archive")),
    )
    return (
        Column("table_id", _("The table’s id in the plan."), required=True, example="t1"),
        Column("vignette_id", _("The story, as in vignettes."), required=True, example="v1"),
        Column("purpose", _("What they were asked."), required=True, values=purposes, example="record"),
        Column(
            "n_people",
            _("How many sat at the table, as its host said, or else answered."),
            Type.INTEGER,
            unit=_("people"),
        ),
        Column("n_agreed", _("How many agreed, and have not withdrawn."), Type.INTEGER, unit=_("people")),
    )
