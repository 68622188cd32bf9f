"""The address under which people reach this server, as every QR prints it."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from eventkit.errors import BadInput

HOST = re.compile(r"[A-Za-z0-9.\-_\[\]:]+")


@dataclass(frozen=True)
class Address:
    """`base` is scheme, host and port, without a slash at the end."""

    base: str

    @classmethod
    def read(cls, text: str) -> "Address":
        """From what somebody typed. Raises `BadInput`."""
        try:
            parts = urlsplit(text if "://" in text else f"http://{text}")
            whole = parts.scheme in ("http", "https") and parts.hostname and HOST.fullmatch(parts.netloc)
            alone = parts.path in ("", "/") and not parts.query and not parts.fragment and parts.port != 0
        except ValueError:
            whole = alone = False
        if not whole or not alone:
            raise BadInput(
                f"{text} is not an address that a QR can print. It looks like http://192.168.1.5:8000 "
                "or https://workshop.example.org, with nothing after the host and port."
            )
        return cls(f"{parts.scheme}://{parts.netloc}")

    @property
    def short(self) -> str:
        """What people type: host, and port if it is not the usual one."""
        return self.base.split("://")[1]

    @property
    def here_only(self) -> bool:
        """Whether only this machine can reach it, so that no phone in the room can."""
        host = urlsplit(self.base).hostname or ""
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"

    def of(self, path: str) -> str:
        """The whole address of a path."""
        return self.base + path
