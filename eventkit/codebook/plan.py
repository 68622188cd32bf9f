"""The sheet of themes, the event's codebook: those of the plan, and those that were made while grouping."""

import re
from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import Session

from eventkit.codebook import rules
from eventkit.codebook.headings import LONGEST_LABEL
from eventkit.codebook.models import Theme
from eventkit.events import references, storing
from eventkit.events.models import Event
from eventkit.sheet import Column, Part, Plan, Problem, Row
from eventkit.web.language import gettext as _

THEMES = Part(
    "themes",
    _("The themes of the codebook: one theme in each row, in the order in which tables show them."),
    (
        Column("theme_id", _("A short name that other sheets refer to."), required=True, example="referrals"),
        Column("label", _("What people read, at most 60 characters."), required=True, example=_("Referrals")),
        Column("definition", _("What the theme is about, in a sentence.")),
        Column("include", _("What belongs under it.")),
        Column("exclude", _("What looks as if it belonged here, and where it goes.")),
        Column("example", _("Words that somebody might say.")),
        Column("colour", _("A colour as # and six digits or letters a to f; always shown beside the label.")),
    ),
    key=("theme_id",),
)
PARTS: tuple[Part, ...] = (THEMES,)


def ids(plan: Plan) -> Sequence[str]:
    """The theme_ids, in the plan's order."""
    return list(plan.ids("themes", "theme_id"))


def check(plan: Plan) -> Iterator[Problem]:
    """What a person must mend in the themes."""
    for row in plan.rows("themes"):
        yield from references.too_long(row, "label", LONGEST_LABEL)
        if row.text("colour") and not re.fullmatch("#[0-9a-fA-F]{6}", row.text("colour")):
            sentence = _("“{colour}” is no colour. Write # and six digits or letters a to f, such as #1B4F8F.")
            yield row.problem("colour", sentence.format(colour=row.text("colour")))
    yield from references.twins(plan, "themes", "label")


def store(session: Session, event: Event, plan: Plan) -> None:
    """Stores the themes, over those that are there; the plan has been checked.

    A theme that is not in it any more is taken away as at the console, so that what stood under it can be put back.
    """
    wanted = THEMES.identities(plan.rows("themes"))
    found = storing.stored(session, Theme, event, THEMES)
    for theme_id, theme in found.items():
        if theme_id not in wanted and not theme.gone:
            rules.strike(session, event.id or 0, theme)
        elif theme_id in wanted and theme.gone:
            rules.restore(session, event.id or 0, theme)
    cells = {
        theme_id: {"event_id": event.id, "position": position, **row.cells}
        for position, (theme_id, row) in enumerate(wanted.items(), start=1)
    }
    storing.keep(session, Theme, {theme_id: found[theme_id] for theme_id in found if theme_id in wanted}, cells)


def rows(session: Session, event: Event) -> Mapping[str, Sequence[Row]]:
    """The stored themes as the plan says them, without those that are gone."""
    themes = rules.themes(session, event.id or 0)
    return {"themes": [THEMES.row(number, theme.model_dump()) for number, theme in enumerate(themes, start=1)]}
