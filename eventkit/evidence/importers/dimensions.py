"""What a heading of an official table tells apart, where the file does not say so itself."""

import re
from collections.abc import Collection, Sequence

from eventkit.evidence.geography import code_of
from eventkit.evidence.importers.periods import period_of
from eventkit.evidence.importers.table import MARKS, Dimension, Kind, Label

_AREA = re.compile(r"\b(area|areas|region|regional|country|council|authority|geography|national|ward|constituency)\b")
_PERIOD = re.compile(r"\b(month|quarter|year|date|time|period)\b")


def dimension(name: str, labels: Sequence[Label], measure: str = "") -> Dimension:
    """A dimension with its kind, and areas without codes by the codes of their names."""
    kind = _kind(name, labels, measure)
    if kind is Kind.AREA:
        labels = [_coded(label) for label in labels]
    return Dimension(name, kind, tuple(labels))


def label(text: str, keys: Collection[str] = (), codes: tuple[str, ...] = ()) -> Label:
    """A label without the status marks or footnote keys that stand in brackets behind it: "May 2016 (p)"."""
    found = re.fullmatch(r"(.*?)\s*\(([^()]*)\)", text, re.DOTALL)
    marks = tuple(found[2].split()) if found else ()
    if found and marks and set(marks) <= {*keys, *MARKS}:
        return Label(found[1], codes, marks, total=found[1].casefold() == "total")
    return Label(text, codes, total=text.casefold() == "total")


def _kind(name: str, labels: Sequence[Label], measure: str) -> Kind:
    heading, named = name.casefold(), [label for label in labels if not label.total]
    if measure and heading == measure.casefold():
        return Kind.MEASURE
    if named and all(period_of(each.code or each.text) for each in named):
        return Kind.PERIOD
    if _AREA.search(heading) or (named and all(code_of(each.text) for each in named)):
        return Kind.AREA
    return Kind.PERIOD if _PERIOD.search(heading) else Kind.OTHER


def _coded(area: Label) -> Label:
    code = code_of(area.text)
    return area if area.codes or area.total or not code else Label(area.text, (code,), area.marks)
