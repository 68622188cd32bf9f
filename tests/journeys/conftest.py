"""A served event, and the people in its room: each with a browser of their own."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.journeys.starting import start

PATIENCE_SECONDS = 20
expect.set_options(timeout=PATIENCE_SECONDS * 1000)
STEPS = ("PageDown", "PageUp")
PHONE, SCREEN, CONSOLE = (390, 844), (1920, 1080), (1366, 768)
# The tags alone leave out the size of targets, which axe has off unless it is asked for.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@dataclass
class Served:
    """A server in a process of its own, and the addresses that it printed."""

    base: str
    code: str
    console: str
    desk: str


@dataclass
class People:
    """Opens pages; whatever any of them complains of fails the test."""

    served: Served
    browser: Browser
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def context(self, size: tuple[int, int], *, javascript: bool = True) -> BrowserContext:
        """A browser with its own cookies."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, java_script_enabled=javascript, reduced_motion="reduce"
        )
        context.on("request", lambda request: self._ask(request.url))
        return context

    def page(self, context: BrowserContext) -> Page:
        """A page that is listened to."""
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def facilitator(self) -> tuple[Page, Page]:
        """Console and screen in one browser, as on the laptop at the projector."""
        context = self.context(CONSOLE)
        console = self.page(context)
        console.goto(self.served.console)
        expect(console.locator("#forward")).to_be_visible()
        screen = self.page(context)
        screen.set_viewport_size({"width": SCREEN[0], "height": SCREEN[1]})
        screen.goto(f"{self.served.base}/s/{self.served.code}/screen")
        return console, screen

    def phone(self, *, javascript: bool = True) -> Page:
        """Somebody who scans the QR."""
        phone = self.page(self.context(PHONE, javascript=javascript))
        phone.goto(f"{self.served.base}/j/{self.served.code}")
        if not javascript:
            phone.get_by_role("button", name="Join").click()
        phone.wait_for_url(f"{self.served.base}/e/{self.served.code}")
        return phone

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def _ask(self, url: str) -> None:
        if not url.startswith(self.served.base):
            self.foreign.append(url)


class Hand:
    """Somebody at the desk, whose clicks and filled fields are counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    def fill(self, label: str, text: str) -> None:
        self.actions += 1
        self.page.get_by_label(re.compile(f"^{label}( required)?$")).fill(text)

    def choose(self, label: str, option: str) -> None:
        self.actions += 1
        self.page.get_by_label(re.compile(f"^{label}( required)?$")).select_option(option)

    def click(self, role: str, name: str) -> None:
        self.actions += 1
        self.page.get_by_role(role, name=name, exact=True).first.click()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The event of `day.toml`, served."""
    with serving(tmp_path, Path(__file__).parent / "day.toml") as started:
        yield started


@pytest.fixture
def people(served: Served, browser: Browser) -> Iterator[People]:
    """The room of the event that is served."""
    with in_room(served, browser) as room:
        yield room


@pytest.fixture
def browser(browser: Browser) -> Iterator[Browser]:
    """The process's one browser. A test that leaves its windows open slows down all that follow it."""
    yield browser
    for context in browser.contexts:
        context.close()


@pytest.fixture
def accessible() -> Callable[..., None]:
    """Runs axe on pages; any finding fails."""
    axe = Axe()

    def check(*pages: Page) -> None:
        for page in pages:
            found = axe.run(page, options=RULES).response["violations"]
            assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == [], page.url

    return check


@contextmanager
def moving(console: Page) -> Iterator[None]:
    """What is done here moves the room, and the console has followed at its end; a chip alone may be the one before."""
    version = console.locator("#forward input[name=version]")
    before = version.input_value()
    yield
    expect(version).not_to_have_value(before)


def ready(console: Page) -> None:
    """A press is taken again: the last was answered, and 400 ms have gone since; presses within that time are one."""
    console.wait_for_timeout(450)
    expect(console.locator("body[data-pressed]")).to_have_count(0)


def press(page: Page, key: str) -> None:
    """A press of the clicker. On the console, one that moves the room has its answer at the end of this."""
    ready(page)
    asked = page.locator("#ask .question").count()
    version = page.locator("#forward input[name=version]")
    before = version.input_value() if key in STEPS and version.count() and not asked else None
    page.keyboard.press(key)
    if before is not None:
        moved = f'#forward input[name=version]:not([value="{before}"])'
        expect(page.locator(f"{moved}, #ask > *").first).to_be_attached()


def at_desk(people: People, *, size: tuple[int, int] = CONSOLE, javascript: bool = True) -> Hand:
    desk = people.page(people.context(size, javascript=javascript))
    desk.goto(people.served.desk)
    if not javascript:
        desk.get_by_role("button").click()
    desk.wait_for_url(f"{people.served.base}/s/{people.served.code}/desk")
    return Hand(desk)


@contextmanager
def in_room(served: Served, browser: Browser, expected: Sequence[str] = ()) -> Iterator[People]:
    """The people of a room. Their pages must be free of errors but `expected` ones, and ask nothing of another host."""
    room = People(served, browser)
    yield room
    faults = [text for text in room.complaints if not any(words in text for words in expected)]
    assert (faults, room.foreign) == ([], [])


@contextmanager
def serving(folder: Path, *plan: Path) -> Iterator[Served]:
    """A server with this plan, or on an empty folder; what it prints must hold no traceback."""
    printed = folder / "printed.txt"
    process = start(["serve", *map(str, plan), "--data", str(folder / "data"), "--port", "0"], folder / "keys", printed)
    try:
        yield _addresses(process, printed)
    finally:
        process.terminate()
        process.join(PATIENCE_SECONDS)
        said = printed.read_text("utf-8")
        assert said.endswith("Stopped.\n"), said
        assert "Traceback" not in said, said


def _addresses(process: BaseProcess, printed: Path) -> Served:
    said, until = "", time.monotonic() + PATIENCE_SECONDS
    while "Ctrl-C" not in said:
        assert process.is_alive(), said
        assert time.monotonic() < until, said
        time.sleep(0.02)
        said = printed.read_text("utf-8") if printed.exists() else ""
    found = {name.lower(): re.search(rf"{name}\b.*?(http\S+)", said) for name in ("Screen", "Console", "Desk")}
    assert all(found.values()), said
    screen, console, desk = (match[1] for match in found.values() if match)
    base, _slash, rest = screen.partition("/s/")
    return Served(base, rest.split("/")[0], console, desk)
