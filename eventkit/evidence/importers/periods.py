"""Periods by the codes and labels of official tables."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}


@dataclass(frozen=True)
class Period:
    """First and last day of a period."""

    start: date
    end: date


def period_of(text: str) -> Period | None:
    """The period that a code or a label means: 201605, May 2016, 2015/16, 2015-16, 2015; None if it says none.

    Years that are written with two numbers are financial years, from April to March.
    """
    plain = " ".join(text.split())
    if found := re.fullmatch(r"(\d{4})(0[1-9]|1[0-2])(?: \(.*\))?", plain):
        return _months(int(found[1]), int(found[2]), 1)
    if (found := re.fullmatch(r"([A-Za-z]+) (\d{4})", plain)) and found[1].casefold() in _MONTHS:
        return _months(int(found[2]), _MONTHS[found[1].casefold()], 1)
    if found := re.fullmatch(r"(\d{4})[/–-](\d{2}|\d{4})", plain):
        year = int(found[1])
        return _months(year, 4, 12) if int(found[2][-2:]) == (year + 1) % 100 else None
    if found := re.fullmatch(r"(\d{4})", plain):
        return _months(int(found[1]), 1, 12)
    return None


def _months(year: int, month: int, count: int) -> Period | None:
    if not 1800 <= year <= 2200:
        return None
    beyond = month - 1 + count
    return Period(date(year, month, 1), date(year + beyond // 12, beyond % 12 + 1, 1) - timedelta(days=1))
