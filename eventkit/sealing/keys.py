"""Where the keys of open boxes lie: never in the data, a backup, an export or a log.

A key is 32 random bytes. In a folder it is one file that only this user may read, overwritten before it is unlinked;
in memory it is gone with the process, and the phones send their answers again.
"""

import os
import secrets
from hashlib import sha256
from pathlib import Path

from eventkit.errors import Unavailable

KEY_BYTES = 32


class Keys:
    """The keys of one database. `folder` None keeps them in memory alone."""

    def __init__(self, folder: Path | None, database: Path) -> None:
        self._folder = folder
        self._memory: dict[str, bytes] = {}
        self._prefix = sha256(str(database.resolve()).encode()).hexdigest()[:16]
        if folder is not None and folder.resolve().is_relative_to(database.parent.resolve()):
            raise Unavailable(
                f"The key folder {folder} lies inside the data folder, so a copy of the data would hold the keys. "
                "Set EVENTKIT_KEY_DIR to a folder elsewhere."
            )

    def make(self, name: str) -> bytes:
        """A new key. Raises `Unavailable` if it cannot be kept."""
        key = secrets.token_bytes(KEY_BYTES)
        if self._folder is None:
            self._memory[name] = key
            return key
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path = self._path(name)
            path.unlink(missing_ok=True)
            with open(path, "xb", opener=_private) as file:
                file.write(key)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise Unavailable(
                f"The vote was not opened: its key cannot be kept in {self._folder} ({error.strerror}). "
                "Set EVENTKIT_KEY_DIR to a folder that can be written to."
            ) from None
        return key

    def read(self, name: str) -> bytes | None:
        """The key, or None if it is gone."""
        if self._folder is None:
            return self._memory.get(name)
        try:
            key = self._path(name).read_bytes()
        except OSError:
            return None
        return key if len(key) == KEY_BYTES else None

    def destroy(self, name: str) -> None:
        """Overwrites and removes the key; what it sealed can never be read again."""
        self._memory.pop(name, None)
        if self._folder is None or not self._path(name).exists():
            return
        path = self._path(name)
        with path.open("r+b") as file:
            file.write(bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()

    def names(self) -> list[str]:
        """The names of every key that exists."""
        if self._folder is None:
            return sorted(self._memory)
        return sorted(path.stem.removeprefix(f"{self._prefix}-") for path in self._folder.glob(f"{self._prefix}-*.key"))

    def _path(self, name: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{self._prefix}-{name}.key"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
