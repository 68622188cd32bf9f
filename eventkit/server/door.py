"""The port that people come in by, and the file that tells the command line where a running server is."""

import json
import os
import socket
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx2

from eventkit.errors import EventkitError, NotFound, Unavailable
from eventkit.events.control import HEADER
from eventkit.events.models import Role
from eventkit.settings import Settings
from eventkit.web.language import gettext as _

EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 -- compared with, never listened on
BACKLOG = 2048
WAIT_SECONDS = 30  # to delete waits for readers of the file, and rewrites it


@dataclass(frozen=True)
class Door:
    """Where the running server that holds a data folder listens, what its QRs print, and the word it wants to hear."""

    address: str
    printed: str
    control: str

    def write(self, data: Path) -> None:
        """Leaves the file in the data folder, for this user only."""
        path = _file(data)
        path.unlink(missing_ok=True)
        with open(path, "x", opener=_private, encoding="utf-8") as file:
            json.dump(asdict(self), file)

    @staticmethod
    def remove(data: Path) -> None:
        """Takes the file away; whoever reads it would find nobody there."""
        with suppress(OSError):
            _file(data).unlink(missing_ok=True)

    @classmethod
    def read(cls, data: Path) -> "Door | None":
        """What a server left there, None if there is nothing to read."""
        try:
            found = json.loads(_file(data).read_text("utf-8"))
            return cls(str(found["address"]), str(found["printed"]), str(found["control"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def ask_link(self, event: str, role: Role) -> str:
        """The address of a new one-time link from the running server. Raises `EventkitError`."""
        return self._ask("link", {"event": event, "role": role.value})

    def ask_deletion(self, event: str) -> None:
        """Has the running server delete an event. Raises `EventkitError`."""
        self._ask("delete", {"event": event})

    def _ask(self, what: str, form: dict[str, str]) -> str:
        try:
            answer = httpx2.post(
                f"{self.address}/control/{what}",
                data=form,
                headers={HEADER: self.control, "HX-Request": "true"},
                timeout=WAIT_SECONDS,
                trust_env=False,
            )
        except httpx2.HTTPError as error:
            raise Unavailable(_("The running server did not answer: {reason}.").format(reason=error)) from None
        if answer.status_code == 404:
            raise NotFound(_("No event here is called {name}.").format(name=form["event"]))
        if answer.status_code != 200:
            sentence = _("The running server could not do it (status {status}).")
            raise EventkitError(sentence.format(status=answer.status_code))
        return answer.text


def listen(host: str, port: int) -> socket.socket:
    """The port, taken before anything is printed that names it. Raises `Unavailable`."""
    try:
        family, kind, protocol, _name, place = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        found = socket.socket(family, kind, protocol)
        try:
            if os.name == "posix":  # elsewhere it would let two servers take one port
                found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind(place)
            found.listen(BACKLOG)
        except OSError:
            found.close()
            raise
    except OSError as error:
        raise Unavailable(_refused(host, port, error)) from None
    found.setblocking(False)
    return found


def settled(settings: Settings, port: socket.socket) -> Settings:
    """The settings with the port that was really taken, and the address that QRs print."""
    number = int(port.getsockname()[1])
    host = room_address() if settings.host in EVERYWHERE else settings.host
    address = settings.address or f"http://{_bracketed(host)}" + ("" if number == 80 else f":{number}")
    return settings.model_copy(update={"port": number, "address": address})


def here(settings: Settings) -> str:
    """The address of a settled server on this machine."""
    host = settings.host
    if host in EVERYWHERE:
        host = "::1" if host == "::" else "127.0.0.1"
    return f"http://{_bracketed(host)}:{settings.port}"


def room_address() -> str:
    """This machine's address on its network, its own loopback if it is on none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # kept for documentation by RFC 5737: choosing the way to it sends nothing
        return str(probe.getsockname()[0])
    return "127.0.0.1"


def _refused(host: str, port: int, error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return _("There is no host {host} to listen on. Use 127.0.0.1, or 0.0.0.0 for the whole network.").format(
            host=host
        )
    if isinstance(error, PermissionError):
        return _("Port {port} needs the rights of an administrator. Use one above 1023.").format(port=port)
    return _("Port {port} on {host} cannot be used ({reason}). Stop what uses it, or give another --port.").format(
        port=port, host=host, reason=error.strerror
    )


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _file(data: Path) -> Path:
    return data / "server.json"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
