"""Dates as people write them."""

from datetime import date

from eventkit.web.language import gettext as _


def day(value: date) -> str:
    """A date as "18 May 2016"."""
    months = (
        *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
        *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
    )
    return _("{day} {month} {year}").format(day=value.day, month=months[value.month - 1], year=value.year)
