"""One current frame for each event, view and language, and the sockets that watch it.

State, not deltas: a watcher has one slot, and the latest frame wins, so a phone that stops reading delays nobody.
"""

import asyncio
import json
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from eventkit.database import now

GATHER_SECONDS = 0.1
SEND_SECONDS = 15

log = logging.getLogger(__name__)


class Key(NamedTuple):
    """Whose frame: an event, one of its views, and the language that it speaks."""

    event_id: int
    view: str
    language: str


class Frame(NamedTuple):
    """What a view shows. `version` is compared by equality only; `message` is sent as it stands to every socket."""

    run: str
    version: int
    html: str
    message: str

    @property
    def since(self) -> str:
        """What a page says that it has."""
        return f"{self.run}:{self.version}"


@dataclass(eq=False, slots=True)
class Watcher:
    """One socket's slot."""

    latest: str | None = None
    dismissed: bool = False
    sending_since: float = 0.0  # 0 while nothing is on its way
    give_up: Callable[[], object] | None = None
    waiting: asyncio.Future[None] | None = None

    def put(self, message: str) -> None:
        """Replaces what was not sent yet."""
        self.latest = message
        self._wake()

    def let_go(self, moment: float) -> None:
        """Ends the socket if its phone has stopped reading. Asked now and then: a timer for each send costs more."""
        if self.give_up and self.sending_since and moment - self.sending_since > SEND_SECONDS:
            self.give_up()

    def dismiss(self) -> None:
        """Ends the socket, whatever it was sent."""
        self.dismissed = True
        self._wake()

    async def take(self) -> str:
        """Waits for the next message; "" if there will be none."""
        while self.latest is None and not self.dismissed:
            self.waiting = asyncio.get_running_loop().create_future()
            await self.waiting
        message, self.latest = self.latest, None
        return "" if self.dismissed else message or ""

    def _wake(self) -> None:
        if self.waiting and not self.waiting.done():
            self.waiting.set_result(None)


@dataclass(eq=False, slots=True)
class Channel:
    """A view that somebody asked for. `stale`: the database has changed since the frame was rendered."""

    frame: Frame | None = None
    stale: bool = True
    watchers: set[Watcher] = field(default_factory=set)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    task: asyncio.Task[None] | None = None


class Hub:
    """Renders a watched view once after a change, and hands the same text to every socket.

    `render(key)` gives the html; it is called in a thread.
    """

    def __init__(self, render: Callable[[Key], str]) -> None:
        self.run = secrets.token_hex(4)
        self._render = render
        self._channels: dict[Key, Channel] = {}

    def touched(self, event_id: int | None, views: frozenset[str] | None) -> None:
        """Told after a commit; the first change goes out at once, the next ones are gathered."""
        for key, channel in self._channels.items():
            if (event_id is None or key.event_id == event_id) and (views is None or key.view in views):
                channel.stale = True
                self._refresh(key, channel)

    async def frame(self, key: Key) -> Frame:
        """The current frame. Whoever has it rendered first, a page or a change, every watcher gets it."""
        channel = self._channels.setdefault(key, Channel())
        async with channel.lock:
            if channel.frame is None or channel.stale:
                channel.stale = False
                try:
                    html = await asyncio.to_thread(self._render, key)
                except BaseException:
                    channel.stale = True
                    raise
                if channel.frame is None or channel.frame.html != html:
                    channel.frame = self._framed(html, channel.frame)
                    for watcher in channel.watchers:
                        watcher.put(channel.frame.message)
            return channel.frame

    def watch(self, key: Key) -> Watcher:
        """A slot that every new frame of this view is put into."""
        watcher = Watcher()
        self._channels.setdefault(key, Channel()).watchers.add(watcher)
        return watcher

    def unwatch(self, key: Key, watcher: Watcher) -> None:
        """Ends a slot."""
        self._channels[key].watchers.discard(watcher)

    def dismiss(self, event_id: int, view: str) -> None:
        """Ends every socket of a view and of its pages. Those who still may see it come back through its guard."""
        for key, channel in self._channels.items():
            if key.event_id == event_id and _role(key) == view:
                for watcher in channel.watchers:
                    watcher.dismiss()

    def watching(self, event_id: int, view: str) -> int:
        """How many sockets watch a view or one of its pages."""
        return sum(
            len(channel.watchers)
            for key, channel in self._channels.items()
            if key.event_id == event_id and _role(key) == view
        )

    def forget(self, event_id: int) -> None:
        """Lets go of the frames of an event that is no more; those who watch one get its last."""
        for key, channel in list(self._channels.items()):
            if key.event_id == event_id and not channel.watchers:
                del self._channels[key]

    def beat(self) -> None:
        """Puts a heartbeat into every empty slot, and tries again what could not be rendered."""
        moment = asyncio.get_running_loop().time()
        for key, channel in self._channels.items():
            for watcher in channel.watchers:
                watcher.let_go(moment)
            if channel.stale:
                self._refresh(key, channel)
            elif channel.frame:
                message = heartbeat(channel.frame)
                for watcher in channel.watchers:
                    if watcher.latest is None:
                        watcher.put(message)

    def _refresh(self, key: Key, channel: Channel) -> None:
        if channel.watchers and channel.task is None:
            channel.task = asyncio.get_running_loop().create_task(self._publish(key, channel))

    async def _publish(self, key: Key, channel: Channel) -> None:
        try:
            while channel.stale:
                await self.frame(key)
                await asyncio.sleep(GATHER_SECONDS)
        except Exception:  # nobody waits for this task; the next change or heartbeat tries again
            log.exception("the view %s could not be rendered", key.view)
        finally:
            channel.task = None

    def _framed(self, html: str, before: Frame | None) -> Frame:
        version = before.version + 1 if before else 1
        message = json.dumps({"run": self.run, "version": version, "now": now().isoformat(), "html": html})
        return Frame(self.run, version, html, message)


def heartbeat(frame: Frame) -> str:
    """What a page needs to know that it is up to date, and what time it is."""
    return json.dumps({"run": frame.run, "version": frame.version, "now": now().isoformat()})


def _role(key: Key) -> str:
    """Whose view it is: "phone" of "phone-wall-w1", a page of an activity's own, too."""
    return key.view.partition("-")[0]
