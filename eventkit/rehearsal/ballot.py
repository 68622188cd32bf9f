"""What a simulated phone reads off the pages that it is sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser

_MINE = re.compile(r'<div data-mine="(poll-[^"]+)" data-src="([^"]+)">')
PLACE = "place-"
NOT_SURE = "not_sure"


@dataclass(frozen=True)
class Reach:
    """The slider beside a number field: the numbers that it can show."""

    least: Decimal
    most: Decimal
    step: Decimal


@dataclass
class Ballot:
    """The form of one vote as it stands on a page. `recorded` is what the server has on disk, "" for nothing.

    One of three kinds: `options` to choose from, a number (`asks_number`, with `slide` where there is a range), or
    `items` to order; the last two have no option, or only "not_sure".
    """

    vote: str
    action: str
    recorded: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    options: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    asks_number: bool = False
    slide: Reach | None = None
    shut: bool = False

    def filled(self, choice: str) -> Mapping[str, str]:
        """The fields to send for a choice, written as `recorded` is: "B", "84", "CABD" or "not_sure"."""
        if choice in self.options:
            return {**self.fields, "option": choice}
        if self.asks_number:
            return {**self.fields, "number": choice}
        return {**self.fields, **{f"{PLACE}{item}": str(place) for place, item in enumerate(choice, 1)}}


def mine(html: str) -> tuple[str, str] | None:
    """The name of the place for a ballot in a frame, and the address that fills it; None if the frame has none."""
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
            self.ballot = Ballot(given["data-vote"], given["action"], given["data-recorded"])
            self._inside = True
        elif self.ballot and self._inside and tag == "fieldset":
            self.ballot.shut = "disabled" in given
        elif self.ballot and self._inside and tag == "input":
            _take(self.ballot, given)
        elif self.ballot and self._inside and tag == "select":
            self.ballot.items.append(given["name"].removeprefix(PLACE))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"


def _take(ballot: Ballot, given: Mapping[str, str]) -> None:
    if given.get("type") in ("radio", "checkbox"):
        ballot.options.append(given["value"])
    elif given.get("type") == "range":
        ballot.slide = Reach(Decimal(given["min"]), Decimal(given["max"]), Decimal(given["step"]))
    elif given.get("name") == "number":
        ballot.asks_number = True
    elif "name" in given:
        ballot.fields[given["name"]] = given.get("value", "")
