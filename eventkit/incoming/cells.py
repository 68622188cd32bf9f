"""From a raw cell to the value that its column holds, without ever guessing."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

from eventkit.errors import BadInput
from eventkit.incoming.grid import Raw
from eventkit.sheet import Column, Type, Value
from eventkit.web.language import gettext as _
from eventkit.web.text import clean, did_you_mean

_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_YES_NO = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
LONGEST = 32_767  # UTF-16 units: a longer text could come in through TOML, and no workbook would hold it
_LARGEST = Decimal(10) ** 15
_SMALLEST_EXPONENT = -15


def typed(column: Column, raw: Raw) -> Value:
    """The value of a cell that is not blank. BadInput says what stands there and what to write."""
    if raw.fault:
        raise BadInput(raw.fault)
    if column.values:
        return _listed(column, _text(raw))
    return _READERS[column.type](raw)


def _text(raw: Raw) -> str:
    value = raw.value
    if isinstance(value, date):
        raise BadInput(
            _(
                "The program that saved this file made a date of it ({date}). "
                "Format the cell as text and type it again."
            ).format(date=value.isoformat()[:10])
        )
    if isinstance(value, time):
        return f"{value:%H:%M}" if value.second == 0 else f"{value:%H:%M:%S}"
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return raw.shown or f"{_within_reach(Decimal(value)):f}"
    text = clean(str(value)).strip()
    if len(text.encode("utf-16-le")) > 2 * LONGEST:
        raise BadInput(_("This text is too long: a cell holds {most} characters.").format(most=LONGEST))
    return text


def _listed(column: Column, text: str) -> str:
    sought = text.casefold().replace(" ", "_")
    for code, label in column.values:
        if sought == code.casefold() or text.casefold() == label.casefold():
            return code
    codes = [code for code, _label in column.values]
    raise BadInput(
        _("“{text}” is not one of {choices}.").format(text=_short(text), choices=", ".join(codes))
        + did_you_mean(text, codes)
    )


def _number(raw: Raw) -> Decimal:
    value = raw.value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return _within_reach(Decimal(value))
    text = _text(raw)
    digits = re.sub(r"\s", " ", text).replace("−", "-").removesuffix("%").strip()
    digits = re.sub(r"^([-+]?) ?£ ?", r"\1", digits)
    if _NUMBER.fullmatch(digits):
        return _within_reach(Decimal(re.sub("[ ,]", "", digits)))
    if re.fullmatch(r"[-+]?[0-9]+,[0-9]+", digits):
        sentence = _("“{text}” can be read in two ways. Write a point before decimals, commas only between thousands.")
    else:
        sentence = _("“{text}” is not a number. Write digits, with a point before decimals, such as 1234.5.")
    raise BadInput(sentence.format(text=_short(text)))


def _within_reach(number: Decimal) -> Decimal:
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or abs(number) >= _LARGEST or exponent < _SMALLEST_EXPONENT:
        raise BadInput(_("This number has more digits than eventkit keeps: at most 15 on each side of the point."))
    return Decimal(f"{number:f}")


def _integer(raw: Raw) -> int:
    number = _number(raw)
    if number != int(number):
        raise BadInput(_("“{text}” is not a whole number.").format(text=f"{number:f}"))
    return int(number)


def _yes_no(raw: Raw) -> bool:
    text = _text(raw)
    answer = _YES_NO.get(text.casefold())
    if answer is None:
        raise BadInput(_("“{text}” is not yes or no.").format(text=_short(text)))
    return answer


def _date(raw: Raw) -> date:
    value = raw.value
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise BadInput(
            _("“{text}” is not a date. Write year-month-day, such as 2016-05-18.").format(text=_short(str(value)))
        ) from None


def _datetime(raw: Raw) -> datetime:
    value = raw.value
    if isinstance(value, datetime):
        return value
    try:
        return datetime.fromisoformat(value.isoformat() if isinstance(value, date) else str(value).strip())
    except ValueError:
        raise BadInput(
            _("“{text}” is not a date with a time. Write it as 2016-05-18 16:30.").format(text=_short(str(value)))
        ) from None


def _short(text: str) -> str:
    text = clean(text)
    return text if len(text) <= 60 else text[:59] + "…"


_READERS: dict[Type, Callable[[Raw], Value]] = {
    Type.TEXT: _text,
    Type.INTEGER: _integer,
    Type.NUMBER: _number,
    Type.SHARE: _number,
    Type.YES_NO: _yes_no,
    Type.DATE: _date,
    Type.DATETIME: _datetime,
}
