"""Frames: rendered once for those who watch, the latest wins, and nobody waits for anybody."""

import asyncio
import json
import time
from collections import Counter

import pytest

from eventkit.live.hub import GATHER_SECONDS, Hub, Key, Watcher

PHONE, SCREEN, GAELIC = Key(1, "phone", "en"), Key(1, "screen", "en"), Key(1, "phone", "gd")
OTHER = Key(2, "phone", "en")


class Room:
    """What there is to see, and how often each view was rendered."""

    def __init__(self) -> None:
        self.shown = "welcome"
        self.rendered: Counter[Key] = Counter()
        self.failing = False

    def render(self, key: Key) -> str:
        self.rendered[key] += 1
        if self.failing:
            raise ValueError("a template is broken")
        return f"<p>{key.view} {key.language} {self.shown}</p>"


@pytest.fixture
def room() -> Room:
    return Room()


def shown(message: str) -> str:
    """What a message shows, "" for a heartbeat."""
    return str(json.loads(message).get("html", ""))


async def settled() -> None:
    """Waits until everything that was touched has gone out."""
    await asyncio.sleep(2.5 * GATHER_SECONDS)


def test_first_change_goes_out_at_once_and_later_ones_are_gathered(room: Room) -> None:
    async def run() -> tuple[list[str], float]:
        hub = Hub(room.render)
        watcher = hub.watch(PHONE)
        began = time.monotonic()
        hub.touched(1, None)
        messages = [await watcher.take()]
        waited = time.monotonic() - began
        for number in range(20):
            room.shown = f"vote {number}"
            hub.touched(1, None)
        messages.append(await watcher.take())
        assert time.monotonic() - began > GATHER_SECONDS
        await settled()
        assert watcher.latest is None
        return [shown(message) for message in messages], waited

    messages, waited = asyncio.run(run())
    assert messages == ["<p>phone en welcome</p>", "<p>phone en vote 19</p>"]
    assert waited < GATHER_SECONDS / 2
    assert room.rendered[PHONE] <= 3


def test_change_after_a_quiet_time_goes_out_at_once(room: Room) -> None:
    async def run() -> float:
        hub = Hub(room.render)
        watcher = hub.watch(PHONE)
        hub.touched(1, None)
        await watcher.take()
        await settled()
        room.shown, began = "poll", time.monotonic()
        hub.touched(1, None)
        await watcher.take()
        return time.monotonic() - began

    assert asyncio.run(run()) < GATHER_SECONDS / 2


def test_equal_html_keeps_its_version_and_is_not_sent(room: Room) -> None:
    async def run() -> None:
        hub = Hub(room.render)
        watcher = hub.watch(PHONE)
        first = await hub.frame(PHONE)
        assert await watcher.take() == first.message
        hub.touched(1, None)
        await settled()
        assert (watcher.latest, await hub.frame(PHONE)) == (None, first)
        assert room.rendered[PHONE] == 2
        room.shown = "poll"
        hub.touched(1, None)
        second = json.loads(await watcher.take())
        assert (second["version"], second["run"], second["html"]) == (2, first.run, "<p>phone en poll</p>")

    asyncio.run(run())


def test_view_that_nobody_watches_is_not_rendered(room: Room) -> None:
    async def run() -> None:
        hub = Hub(room.render)
        await hub.frame(PHONE)
        watcher = hub.watch(SCREEN)
        hub.unwatch(SCREEN, watcher)
        room.shown = "poll"
        hub.touched(1, None)
        await settled()
        assert room.rendered == {PHONE: 1}
        assert (await hub.frame(PHONE)).html == "<p>phone en poll</p>"  # who comes later sees what is on now

    asyncio.run(run())


def test_only_what_may_differ_is_rendered(room: Room) -> None:
    async def run() -> None:
        hub = Hub(room.render)
        for key in (PHONE, SCREEN, OTHER):
            hub.watch(key)
        hub.touched(1, frozenset({"screen", "console"}))
        await settled()
        assert room.rendered == {SCREEN: 1}
        hub.touched(2, None)
        await settled()
        assert room.rendered == {SCREEN: 1, OTHER: 1}
        hub.touched(None, None)
        await settled()
        assert room.rendered == {SCREEN: 2, OTHER: 2, PHONE: 1}

    asyncio.run(run())


def test_two_languages_are_separate(room: Room) -> None:
    async def run() -> list[str]:
        hub = Hub(room.render)
        watchers = [hub.watch(PHONE), hub.watch(GAELIC)]
        hub.touched(1, None)
        return [shown(await watcher.take()) for watcher in watchers]

    assert asyncio.run(run()) == ["<p>phone en welcome</p>", "<p>phone gd welcome</p>"]


def test_many_watchers_get_the_same_text_rendered_once(room: Room) -> None:
    async def run() -> set[int]:
        hub = Hub(room.render)
        watchers = [hub.watch(PHONE) for _ in range(200)]
        hub.touched(1, None)
        return {id(await watcher.take()) for watcher in watchers}

    assert len(asyncio.run(run())) == 1
    assert room.rendered[PHONE] == 1


def test_many_who_ask_at_once_share_a_rendering(room: Room) -> None:
    async def run() -> None:
        hub = Hub(room.render)
        await asyncio.gather(*(hub.frame(PHONE) for _ in range(100)))

    asyncio.run(run())
    assert room.rendered[PHONE] == 1


def test_watcher_that_never_reads_keeps_only_the_latest(room: Room) -> None:
    async def run() -> None:
        hub = Hub(room.render)
        stuck, reader = hub.watch(PHONE), hub.watch(PHONE)
        for number in range(3):
            room.shown = f"step {number}"
            hub.touched(1, None)
            assert shown(await reader.take()) == f"<p>phone en step {number}</p>"
        assert shown(await stuck.take()) == "<p>phone en step 2</p>"
        assert stuck.latest is None

    asyncio.run(run())


def test_change_during_a_rendering_is_not_lost(room: Room) -> None:
    async def run() -> str:
        hub = Hub(room.render)
        watcher = hub.watch(PHONE)
        original, loop = room.render, asyncio.get_running_loop()

        def render(key: Key) -> str:
            html = original(key)
            if room.shown == "welcome":
                room.shown = "poll"
                loop.call_soon_threadsafe(hub.touched, 1, None)
                time.sleep(0.02)
            return html

        hub._render = render
        hub.touched(1, None)
        await watcher.take()
        return shown(await watcher.take())

    assert asyncio.run(run()) == "<p>phone en poll</p>"


@pytest.mark.parametrize("ahead", [0, 0.01], ids=["before the hub", "while the hub gathers"])
def test_change_that_a_page_load_takes_up_is_sent_to_watchers(room: Room, ahead: float) -> None:
    async def run() -> str:
        hub = Hub(room.render)
        await hub.frame(PHONE)
        watcher = hub.watch(PHONE)
        if ahead:
            room.shown = "ready"
            hub.touched(1, None)
            await watcher.take()
            await asyncio.sleep(ahead)
        room.shown = "poll"
        loading = asyncio.create_task(hub.frame(PHONE))
        hub.touched(1, None)
        await loading
        async with asyncio.timeout(1):
            return shown(await watcher.take())

    assert asyncio.run(run()) == "<p>phone en poll</p>"


def test_broken_template_stops_neither_the_hub_nor_the_next_frame(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> str:
        hub = Hub(room.render)
        watcher = hub.watch(PHONE)
        room.failing = True
        hub.touched(1, None)
        await settled()
        assert watcher.latest is None
        room.failing = False
        hub.touched(1, None)
        return shown(await watcher.take())

    assert asyncio.run(run()) == "<p>phone en welcome</p>"
    assert "a template is broken" in caplog.text


def test_heartbeat_fills_only_empty_slots_and_names_version_and_time(room: Room) -> None:
    async def run() -> None:
        hub = Hub(room.render)
        full, empty = hub.watch(PHONE), hub.watch(PHONE)
        frame = await hub.frame(PHONE)
        await empty.take()
        full.put("a frame")
        hub.beat()
        assert full.latest == "a frame"
        assert empty.latest is not None
        beat = json.loads(empty.latest)
        assert (beat["run"], beat["version"], "html" in beat) == (frame.run, 1, False)
        assert beat["now"].endswith("+00:00")

    asyncio.run(run())


def test_view_that_failed_to_render_reaches_its_watchers_when_a_page_load_succeeds(room: Room) -> None:
    async def run() -> None:
        hub = Hub(room.render)
        watcher = hub.watch(PHONE)
        await hub.frame(PHONE)
        await watcher.take()
        room.failing, room.shown = True, "poll"
        hub.touched(1, None)
        await settled()
        assert watcher.latest is None
        room.failing = False
        frame = await hub.frame(PHONE)
        assert await watcher.take() == frame.message

    asyncio.run(run())


def test_heartbeat_tries_again_what_failed_to_render(room: Room) -> None:
    async def run() -> None:
        hub = Hub(room.render)
        watcher = hub.watch(PHONE)
        room.failing = True
        hub.touched(1, None)
        await settled()
        room.failing = False
        hub.beat()
        assert json.loads(await watcher.take())["html"] == "<p>phone en welcome</p>"

    asyncio.run(run())


def test_watching_counts_every_language_of_a_view(room: Room) -> None:
    hub = Hub(room.render)
    watchers = {key: hub.watch(key) for key in (PHONE, GAELIC, SCREEN, OTHER)}
    assert hub.watching(1, "phone") == 2
    hub.unwatch(GAELIC, watchers[GAELIC])
    assert hub.watching(1, "phone") == 1


def test_run_differs_between_servers(room: Room) -> None:
    assert Hub(room.render).run != Hub(room.render).run


def test_slot_waits_for_its_first_message() -> None:
    async def run() -> str:
        watcher = Watcher()
        asyncio.get_running_loop().call_later(0.01, watcher.put, "late")
        return await watcher.take()

    assert asyncio.run(run()) == "late"
