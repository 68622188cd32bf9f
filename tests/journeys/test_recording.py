"""A table's host records with the browser's synthetic microphone: through a lost network, a reload, and a discard."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from tests.journeys.conftest import People, in_room, serving
from tests.journeys.test_host import EXPECTED, device, host_link, press, shot, told
from tests.vignettes.sounds import WEBM_HEAD

pytestmark = pytest.mark.browser
MICROPHONE = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
PART_MS = 5200


@pytest.fixture
def sounding(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """A browser whose microphone gives a synthetic beep, and needs nobody's yes."""
    args = [*browser_type_launch_args["args"], *MICROPHONE]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": args})
    yield browser
    browser.close()


@pytest.fixture
def people(tmp_path: Path, sounding: Browser) -> Iterator[People]:
    """The room of `hosts.toml`. A network that was cut is no fault."""
    plan = Path(__file__).parent / "hosts.toml"
    with serving(tmp_path, plan) as served, in_room(served, sounding, (*EXPECTED, "410")) as room:
        yield room


def agreed(page: Page) -> None:
    """One person sits at the table, and agrees to everything on the host's device."""
    page.get_by_label("How many people sit at the table, with you?").fill("1")
    page.get_by_role("button", name="Save the number").click()
    page.get_by_role("link", name="Somebody has no phone").click()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Send my answer").click()
    page.goto(re.sub(r"(/host/\w+).*", r"\1", page.url))
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_visible()


def files(tmp_path: Path, kind: str) -> list[Path]:
    return sorted((tmp_path / "data" / "recordings").glob(f"*.{kind}"))


def test_recording_survives_a_lost_network_and_a_reload(
    people: People, tmp_path: Path, accessible: Callable[..., None]
) -> None:
    console = told(people)
    host = device(people, host_link(people))
    desk = people.browser.contexts[-2].pages[0]
    agreed(host)
    host.get_by_role("button", name="Record", exact=True).click()
    expect(host.get_by_role("timer")).to_have_text(re.compile("00:0[1-9]"))
    shot(host, "recording")
    accessible(host)
    host.wait_for_timeout(PART_MS)
    assert len(files(tmp_path, "part")) == 1
    host.context.set_offline(True)
    host.wait_for_timeout(2 * PART_MS)
    expect(host.get_by_text("still on this device alone")).to_be_visible()
    assert len(files(tmp_path, "part")) == 1
    host.context.set_offline(False)
    expect(host.get_by_text("still on this device alone")).to_be_hidden(timeout=15_000)
    before = len(files(tmp_path, "part"))
    assert before >= 3
    host.on("dialog", lambda dialog: dialog.accept())
    host.context.set_offline(True)
    host.wait_for_timeout(PART_MS)
    host.context.set_offline(False)
    host.reload()
    expect(host.get_by_text("1 recording of this story is stored")).to_be_visible(timeout=15_000)
    (whole,) = files(tmp_path, "webm")
    assert (whole.read_bytes()[:4], files(tmp_path, "part")) == (WEBM_HEAD[:4], [])

    host.get_by_role("button", name="Record", exact=True).click()
    host.wait_for_timeout(1500)
    press(console, "Open|Closed")  # the next story is another discussion
    expect(host.get_by_role("button", name="Finish the recording")).to_be_hidden()
    host.wait_for_timeout(3000)
    desk.goto(f"{people.served.base}/s/{people.served.code}/desk/vignettes/recordings")
    expect(desk.get_by_text("Whole")).to_have_count(2)
    accessible(desk)


def test_host_pauses_and_discards_and_hears_why_it_cannot_record(
    people: People, tmp_path: Path, accessible: Callable[..., None]
) -> None:
    told(people)
    host = device(people, host_link(people))
    agreed(host)
    host.get_by_role("button", name="Record", exact=True).click()
    host.wait_for_timeout(PART_MS + 500)
    (first,) = files(tmp_path, "part")
    host.get_by_role("button", name="Pause").click()
    expect(host.get_by_text("Paused: nothing is recorded")).to_be_visible()
    shown = host.get_by_role("timer").inner_text()
    host.wait_for_timeout(1500)
    expect(host.get_by_role("timer")).to_have_text(shown)
    host.get_by_role("button", name="Discard the last 5 minutes").click()
    expect(host.get_by_role("button", name="No, keep it")).to_be_focused()
    accessible(host)
    host.get_by_role("button", name="Yes, discard it").click()
    expect(host.get_by_text("Discarded. The recording has begun anew.")).to_be_visible()
    host.get_by_role("button", name="Go on recording").click()
    host.wait_for_timeout(1500)
    host.get_by_role("button", name="Finish the recording").click()
    expect(host.get_by_text("1 recording of this story is stored")).to_be_visible()
    (whole,) = files(tmp_path, "webm")
    assert (whole.stem == first.name.split(".")[0], files(tmp_path, "part")) == (False, [])

    host.get_by_role("link", name="Bring a sound file").click()
    accessible(host)
    host.get_by_label("The recording").set_input_files(
        {"name": "talk.mp3", "mimeType": "audio/mpeg", "buffer": b"MZ" + bytes(300)}
    )
    host.get_by_role("button", name="Bring it in").click()
    expect(host.get_by_role("alert").first).to_have_text(re.compile("not a sound recording, whatever its name says"))
    host.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    host.get_by_role("link", name="Back").click()
    expect(host.get_by_text("This page comes over plain http")).to_be_visible()
    expect(host.get_by_role("button", name="Record", exact=True)).to_be_hidden()
