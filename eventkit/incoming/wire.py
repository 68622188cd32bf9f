"""Values as JSON and back, for what a child process found: it can hand over data, and nothing that runs.

Numbers, dates and dataclasses keep their types. Only dataclasses and enumerations that the reader names are made.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

_SCALARS: dict[str, Any] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "decimal": Decimal,
}


def dump(value: object) -> str:
    """The value as JSON text. TypeError if it holds anything but plain values, dataclasses and enumerations."""
    return json.dumps(_packed(value), separators=(",", ":"))


def load(text: str | bytes, types: Sequence[type]) -> Any:
    """The value that was dumped; lists come back as tuples. KeyError for a class that is not among `types`."""
    return _unpacked(json.loads(text), {each.__name__: each for each in types})


def _packed(value: object) -> object:
    if isinstance(value, Enum):
        return {"is": type(value).__name__, "of": [value.value]}
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Decimal):
        return {"is": "decimal", "of": str(value)}
    if isinstance(value, date | time):
        return {"is": type(value).__name__, "of": value.isoformat()}
    if is_dataclass(value) and not isinstance(value, type):
        return {"is": type(value).__name__, "of": [_packed(getattr(value, each.name)) for each in fields(value)]}
    if isinstance(value, Mapping):
        return {"is": "mapping", "of": [[_packed(key), _packed(each)] for key, each in value.items()]}
    if isinstance(value, list | tuple):
        return [_packed(each) for each in value]
    if isinstance(value, frozenset):
        # Sorted, so that equal values have the same text.
        return {"is": "set", "of": sorted((_packed(each) for each in value), key=json.dumps)}
    raise TypeError(type(value).__name__)


def _unpacked(value: Any, types: Mapping[str, type]) -> Any:
    if isinstance(value, list):
        return tuple(_unpacked(each, types) for each in value)
    if not isinstance(value, dict):
        return value
    name, content = value["is"], value["of"]
    if name == "set":
        return frozenset(_unpacked(each, types) for each in content)
    if name == "mapping":
        return {_unpacked(key, types): _unpacked(each, types) for key, each in content}
    if name in _SCALARS:
        return _SCALARS[name](content)
    return types[name](*(_unpacked(each, types) for each in content))
