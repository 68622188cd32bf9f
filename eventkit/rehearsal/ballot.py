"""What a simulated phone reads off the pages that it is sent."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

_MINE = re.compile(r'<div data-mine="([^"]+)" data-src="([^"]+)">')


@dataclass
class Ballot:
    """The form of one vote as it stands on a page. `recorded` is what the server has on disk, "" for nothing."""

    vote: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    options: list[str] = field(default_factory=list)
    recorded: str = ""
    shut: bool = False


def mine(html: str) -> tuple[str, str] | None:
    """The name of the personal place in a frame, and the address that fills it; None if the frame has none."""
    found = _MINE.search(html)
    return (unescape(found[1]), unescape(found[2])) if found else None


def read(html: str) -> Ballot | None:
    """The ballot on a page or in a fragment, None if there is none."""
    reader = _Reader()
    reader.feed(html)
    return reader.ballot


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ballot: Ballot | None = None
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and "data-vote" in given:
            self.ballot, self._inside = Ballot(given["data-vote"], given["action"]), True
        elif self.ballot and self._inside and tag == "fieldset":
            self.ballot.shut = "disabled" in given
        elif self.ballot and self._inside and tag == "input":
            _take(self.ballot, given)

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"


def _take(ballot: Ballot, given: dict[str, str]) -> None:
    if given.get("type") == "radio":
        ballot.options.append(given["value"])
        if "data-recorded" in given:
            ballot.recorded = given["value"]
    elif "name" in given:
        ballot.fields[given["name"]] = given.get("value", "")
