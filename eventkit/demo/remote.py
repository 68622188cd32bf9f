"""A facilitator and an organiser without hands: they use the pages of console, screen and desk as a browser does."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape

import httpx2

from eventkit.errors import Conflict, EventkitError
from eventkit.web.language import gettext as _

_VERSION = re.compile(r'<form id="forward".*?name="version" value="(\d+)"', re.DOTALL)
_CHIP = re.compile(r'<span class="chip( open)?">(.*?)</span>')
_HEADING = re.compile(r'<h2 class="ask"[^>]*>(.*?)</h2>', re.DOTALL)
_BUTTON = re.compile(
    r'<button class="big-button[^"]*"( disabled)?>.*?<b[^>]*>(.*?)</b>(?:\s*<span[^>]*>(.*?)</span>)?', re.DOTALL
)
_WALL = re.compile(r'href="/s/[^/]+/console/walls/([^"/]+)"')
_NOTE = re.compile(r'name="note" value="([0-9a-f]{16})"><span dir="auto">(.*?)</span>', re.DOTALL)
_STORIES = 'data-key="story-tables"'
_VOTED = re.compile(r"<b>(\d+)</b> of (\d+) have voted")


@dataclass(frozen=True)
class Now:
    """What the console says: where the room stands, and what the big button does. `walls`: those that are on.

    `stories`: whether tables have, or are about to have, a case story.
    """

    version: int
    chip: str
    heading: str
    open: bool
    button: str
    detail: str
    pressable: bool
    walls: Sequence[str] = ()
    stories: bool = False


class Remote:
    """Goes through role links, then looks and presses."""

    def __init__(self, client: httpx2.AsyncClient, code: str) -> None:
        self._client = client
        self._place = f"/s/{code}"

    async def enter(self, path: str) -> None:
        """Exchanges a role link for its cookie."""
        checked(await self._client.post(path), 303)

    async def look(self) -> Now:
        """The console as it is now."""
        html = await self._frame("console")
        version, chip, heading, button = (pattern.search(html) for pattern in (_VERSION, _CHIP, _HEADING, _BUTTON))
        if not (version and chip and heading and button):
            raise EventkitError(_("The console shows no big button. Its template has changed."))
        return Now(
            version=int(version[1]),
            chip=unescape(chip[2]),
            heading=unescape(heading[1]).strip(),
            open=bool(chip[1]),
            button=unescape(button[2]),
            detail=unescape(button[3] or ""),
            pressable=not button[1],
            walls=_WALL.findall(html),
            stories=_STORIES in html,
        )

    async def voted(self) -> tuple[int, int]:
        """How many of how many have voted, as the screen says it."""
        found = _VOTED.search(await self._frame("screen"))
        return (int(found[1]), int(found[2])) if found else (0, 0)

    async def forward(self, now: Now) -> None:
        """Presses the big button that was seen."""
        answer = await self._client.post(
            f"{self._place}/console/forward", data={"version": now.version}, headers={"HX-Request": "true"}
        )
        checked(answer, 200)

    async def loose(self, wall_id: str) -> Sequence[tuple[str, str]]:
        """The notes of a wall that stand under no theme, by id, with their words."""
        html = await self._frame(f"console/walls/{wall_id}")
        _before, _loose, rest = html.partition('id="loose"')
        return [(note_id, unescape(text).strip()) for note_id, text in _NOTE.findall(rest.partition('id="piles"')[0])]

    async def move(self, wall_id: str, note_ids: Sequence[str], theme_id: str) -> None:
        """Puts notes under a theme."""
        form = {"note": list(note_ids), "theme": theme_id}
        headers = {"HX-Request": "true"}
        checked(await self._client.post(f"{self._place}/console/walls/{wall_id}/move", data=form, headers=headers), 200)

    async def page(self, path: str) -> str:
        """A page of the desk, such as "tables"."""
        return checked(await self._client.get(f"{self._place}/desk/{path}"), 200).text

    async def send(self, path: str, form: Mapping[str, str | Sequence[str]] | None = None) -> None:
        """Sends a form of the desk, which leads on to a page."""
        checked(await self._client.post(f"{self._place}/desk/{path}", data=dict(form or {})), 303)

    async def fill(
        self, path: str, form: Mapping[str, str] | None = None, file: tuple[str, bytes] | None = None
    ) -> str:
        """Sends a form of the desk, perhaps with a file, that is answered with a page."""
        files = {"file": file} if file else None
        return checked(
            await self._client.post(f"{self._place}/desk/{path}", data=dict(form or {}), files=files), 200
        ).text

    async def download(self, name: str) -> bytes:
        """A file of the desk, such as "results.xlsx"."""
        return checked(await self._client.get(f"{self._place}/desk/{name}"), 200).content

    async def _frame(self, view: str) -> str:
        return str(checked(await self._client.get(f"{self._place}/{view}/frame"), 200).json()["html"])


def checked(answer: httpx2.Response, status: int) -> httpx2.Response:
    """The answer. Raises `Conflict` with what the page said if it has another status."""
    if answer.status_code != status:
        said = unescape(re.sub(r"<[^>]+>", " ", answer.text)).split()
        raise Conflict(
            _("{address} answered {status}: {said}").format(
                address=answer.url.path, status=answer.status_code, said=" ".join(said)[-200:]
            )
        )
    return answer
