"""The themes of the codebook, and how much stands under each, for the results workbook."""

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlmodel import Session, select

from eventkit.codebook import rules
from eventkit.codebook.models import Annotation, Kind, Theme
from eventkit.events.models import Event
from eventkit.sheet import Column, Sheet, Type, Value
from eventkit.web.language import gettext as _

NOT_APPLICABLE = "[z]"


def sheets(session: Session, event: Event) -> Iterable[Sheet]:
    """`themes`, in the codebook's order. A theme that was merged or taken away has no row."""
    found = select(Annotation).where(Annotation.event_id == event.id)
    under = Counter((row.theme_pk, row.kind) for row in session.exec(found))
    rows = [_row(theme, under) for theme in rules.themes(session, event.id or 0)]
    description = _("One row for each theme of the codebook.")
    yield Sheet("themes", _("Themes"), description, _columns(), rows)


def _columns() -> tuple[Column, ...]:
    return (
        Column("theme_id", _("The theme's id in the codebook."), required=True, example="referrals"),
        Column("label", _("The theme as the room read it."), required=True, example=_("Referrals")),
        Column("n_notes", _("How many rows of wall_notes stand under it."), Type.INTEGER, unit=_("notes")),
        Column("n_vignette_notes", _("How many rows of vignette_notes."), Type.INTEGER, unit=_("notes")),
        Column("n_passages", _("How many rows of transcripts."), Type.INTEGER, unit=_("passages")),
        Column("n_free_text", _("How many free-text answers; [z] as none are gathered yet."), Type.INTEGER),
    )


def _row(theme: Theme, under: Mapping[tuple[int, Kind], int]) -> Mapping[str, Value]:
    return {
        "theme_id": theme.theme_id,
        "label": theme.label,
        "n_notes": under[theme.id or 0, Kind.WALL_NOTE],
        "n_vignette_notes": under[theme.id or 0, Kind.VIGNETTE_NOTE],
        "n_passages": under[theme.id or 0, Kind.PASSAGE],
        "n_free_text": NOT_APPLICABLE,
    }
