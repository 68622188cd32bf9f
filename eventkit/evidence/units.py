"""How a number is written with its unit, and with the word that its source puts before it."""

from decimal import Decimal

from eventkit.web.language import gettext as _

PERCENT_UNITS = frozenset({"%", "per cent", "percent"})
POUND_UNITS = {"£": "", "£bn": "bn", "£ billion": "bn", "£m": "m", "£ million": "m"}


def is_percent(unit: str) -> bool:
    """Whether the unit is per cent."""
    return unit.strip().lower() in PERCENT_UNITS


def is_sign(unit: str) -> bool:
    """Whether the unit is written as a sign beside the number, and not as a word after it."""
    return is_percent(unit) or unit.strip() in POUND_UNITS


def with_sign(unit: str, value: Decimal) -> str:
    """A number with the sign of its unit, where it has one: "84 %", "£42.50", "1,250,000"."""
    if is_percent(unit):
        return _("{number} %").format(number=grouped(value))
    suffix = POUND_UNITS.get(unit.strip())
    return grouped(value) if suffix is None else f"£{grouped(value)}{suffix}"


def measured(unit: str, value: Decimal) -> str:
    """A number with its unit, as a sign or in words: "84 %", "1,250,000 people"."""
    return with_sign(unit, value) if is_sign(unit) else f"{with_sign(unit, value)} {unit}".rstrip()


def qualified(qualifier: str, text: str) -> str:
    """A number as its source qualifies it: "over 332,000"."""
    words = {"about": _("about {}"), "over": _("over {}"), "under": _("under {}"), "at_least": _("at least {}")}
    return words.get(qualifier, "{}").format(text)


def grouped(value: Decimal) -> str:
    """A number with its thousands parted, and with every digit after its point."""
    exponent = value.as_tuple().exponent
    return f"{value:,f}" if isinstance(exponent, int) and exponent < 0 else f"{int(value):,}"
