"""How the tests find a browser. Browser tests are skipped where there is none, unless the caller forbids it.

`BROWSER_TESTS=required` (set by `.ci/run`) turns every skipped browser test into a failed one: a gate that quietly
leaves out the room is no gate.
"""

import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler.loadfile import LoadFileScheduling

from eventkit.settings import Settings

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
JOURNEYS = "tests/journeys/"
REQUIRED = os.environ.get("BROWSER_TESTS") == "required"


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No setting of the machine is used, and nothing is left on it."""
    for name in (
        "RUNTIME_DIRECTORY",
        "XDG_RUNTIME_DIR",
        *(f"EVENTKIT_{name.upper()}" for name in Settings.model_fields),
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """The machine's own Chromium, so that nothing is downloaded; containers have no sandbox to offer."""
    return {**browser_type_launch_args, "executable_path": _chromium(), "args": ["--no-sandbox"]}


class Scheduling(LoadFileScheduling):
    """A file's tests stay on one process, which their fixtures share; browser tests, long and alone, go anywhere."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith(JOURNEYS) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more process than there are processors: browser tests wait for most of their time."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """Shares out the tests."""
    return Scheduling(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the browser tests and puts them last: Playwright keeps an event loop running in the main thread."""
    if REQUIRED and not _chromium():
        raise pytest.UsageError(f"Browser tests are required, but there is none of {', '.join(BROWSERS)} here.")
    for item in items:
        if "browser_name" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        if _drives_browser(item) and not _chromium():
            item.add_marker(pytest.mark.skip(reason="No Chromium on this machine."))
    items.sort(key=_drives_browser)
    if REQUIRED and not any(map(_drives_browser, items)):
        raise pytest.UsageError("Browser tests are required, but none was found.")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where browser tests are required, a skipped one has failed."""
    report = yield
    if REQUIRED and report.skipped and _drives_browser(item):
        report.outcome, report.longrepr = "failed", f"{item.nodeid} was skipped, but browser tests are required."
    return report


def _drives_browser(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)
