"""A real server on a free port, for tests that need a network: in a thread, or as a process that can be killed."""

import asyncio
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx2

from eventkit.demo.room import FIFE
from eventkit.events.models import Role
from eventkit.server import running
from eventkit.server.door import Door, listen, settled
from eventkit.server.stored import admit, all_events, open_database, open_readers, read_plan
from eventkit.settings import Settings

PATIENCE_SECONDS = 20
ANNOUNCED = "Ctrl-C stops the server"
VIEWS = {Role.ORGANISER: "desk", Role.FACILITATOR: "console"}


class LiveServer:
    """What the two kinds have in common. `base` is the address, `code` the join code of the (first) event."""

    def __init__(self, folder: Path, plan: Path) -> None:
        self.data, self.keys, self.plan = folder / "data", folder / "keys", plan
        self.base = self.code = ""

    def facilitator_cookie(self) -> str:
        """The value of a new cookie `facilitator`, for the console."""
        return self._cookie(Role.FACILITATOR)

    def organiser_cookie(self) -> str:
        """The value of a new cookie `organiser`, for the desk."""
        return self._cookie(Role.ORGANISER)

    def stop(self) -> None:
        """Stops in good order."""
        raise NotImplementedError

    def _cookie(self, role: Role) -> str:
        door = Door.read(self.data)
        assert door is not None
        answer = httpx2.post(door.ask_link(self.code, role), headers={"Origin": self.base}, trust_env=False)
        assert answer.status_code == 303, answer.text
        return answer.cookies[role.value]

    def _settled(self) -> None:
        door = Door.read(self.data)
        assert door is not None
        self.base = door.address
        with open_readers(self.data / "eventkit.sqlite3") as database, database.reading() as session:
            self.code = all_events(session)[0].code


class ThreadServer(LiveServer):
    """In this process, so that a test can reach into it."""

    def __init__(self, folder: Path, plan: Path) -> None:
        super().__init__(folder, plan)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)
        self._ready = threading.Event()
        self._thread.start()
        assert self._ready.wait(PATIENCE_SECONDS)
        self._settled()

    def stop(self) -> None:
        """Stops in good order."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._end.set)
            self._thread.join(PATIENCE_SECONDS)
        assert not self._thread.is_alive()

    async def _run(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        settings = Settings(data=self.data, key_dir=self.keys, host="127.0.0.1", port=0)
        with listen(settings.host, 0) as port, open_database(settings.database) as self.database:
            await self.database.write(None, admit, read_plan(self.plan))
            async with running.serving(settled(settings, port), self.database, port):
                self._ready.set()
                await self._end.wait()


class ProcessServer(LiveServer):
    """A process of its own, started as people start it; after `kill` or `stop` it can be started again."""

    def __init__(self, folder: Path, plan: Path) -> None:
        super().__init__(folder, plan)
        self._port, self._printed = 0, folder / "printed.txt"
        self.start()

    def start(self, *options: str) -> None:
        """Starts, until all is announced; the second time on the same port, where phones look for it."""
        command = [sys.executable, "-m", "eventkit", "serve", str(self.plan), "--data", str(self.data)]
        with self._printed.open("w") as printed:
            self._process = subprocess.Popen(
                [*command, "--port", str(self._port), *options],
                env={"EVENTKIT_KEY_DIR": str(self.keys), "PATH": "", "PYTHONUNBUFFERED": "1"},
                cwd=Path(__file__).parents[1],
                stdout=printed,
                stderr=subprocess.STDOUT,
            )
        until = time.monotonic() + PATIENCE_SECONDS
        while ANNOUNCED not in self.output():
            assert self._process.poll() is None, self.output()
            assert time.monotonic() < until
            time.sleep(0.02)
        self._settled()
        self._port = int(self.base.rpartition(":")[2])

    def stop(self) -> None:
        """Stops in good order, as a service manager does."""
        if self._process.poll() is None:
            self._process.terminate()
        self._process.wait(PATIENCE_SECONDS)

    def kill(self) -> None:
        """Ends it as a crash would: nothing is finished, nothing is closed."""
        self._process.kill()
        self._process.wait(PATIENCE_SECONDS)

    def output(self) -> str:
        """What it has printed since it was started."""
        return self._printed.read_text("utf-8")


def live_server(tmp_path: Path, plan: Path = FIFE) -> ThreadServer:
    """A server in a thread, with this plan's event. Stop it."""
    return ThreadServer(tmp_path, plan)


def live_process(tmp_path: Path, plan: Path = FIFE) -> ProcessServer:
    """A server in a process of its own, with this plan's event. Stop it, and read its output."""
    return ProcessServer(tmp_path, plan)
