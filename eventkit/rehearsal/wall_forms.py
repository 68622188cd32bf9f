"""What a simulated phone reads of walls: the ways to them in a frame, and the forms on their pages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

_NUMBERED = re.compile(r"/notes/([0-9a-f]{16})$")
DOTS = "dots-"


@dataclass
class Form:
    """One form: where it goes, and its fields as they stand. `most` dots may be given in it, 0 if it asks for none."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    most: int = 0

    @property
    def writes(self) -> bool:
        """Whether it puts a note on the wall."""
        return self.action.endswith("/notes") and {"note", "text"} <= self.fields.keys()

    @property
    def mends(self) -> str:
        """The note_id of the note that it changes, "" if it changes none."""
        found = _NUMBERED.search(self.action) if "text" in self.fields else None
        return found[1] if found else ""

    @property
    def ballot(self) -> Sequence[str]:
        """The fields that take dots."""
        return [name for name in self.fields if name.startswith(DOTS)]


def ways(html: str, phone: str) -> Sequence[str]:
    """The addresses of the walls that a frame of the phone view at `phone` leads to, each once."""
    found = re.findall(rf'"({re.escape(phone)}/walls/[^"/?#]+)', html)
    return list(dict.fromkeys(unescape(way) for way in found))


def forms(html: str) -> Sequence[Form]:
    """Every form on a page that can be sent."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""), most=int(given.get("data-dots") or 0))
            self.forms.append(self._form)
        elif self._form and tag == "fieldset" and "disabled" in given and self._form in self.forms:
            self.forms.remove(self._form)
        elif self._form and tag == "textarea":
            self._text = given.get("name", "")
            self._form.fields[self._text] = ""
        elif self._form and tag in ("input", "select") and given.get("name"):
            self._form.fields[given["name"]] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._form and self._text:
            self._form.fields[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = ""
        elif tag == "form":
            self._form = None
