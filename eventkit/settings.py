"""The one documented list of settings; each is an environment variable EVENTKIT_<NAME>."""

import os
import sys
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def state_folder() -> Path:
    """The platform's per-user folder for programs' state."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "eventkit"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "eventkit"
    return Path(os.environ.get("XDG_STATE_HOME", home / ".local" / "state")) / "eventkit"


def runtime_key_folder() -> Path:
    """Where keys lie unless set: a folder that the machine forgets, where there is one."""
    for name in ("RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR"):
        folder = os.environ.get(name)
        if folder and Path(folder).is_dir():
            return Path(folder.split(":")[0]) / ("keys" if name == "RUNTIME_DIRECTORY" else "eventkit")
    return state_folder() / "keys"


class Settings(BaseSettings):
    """Read from the environment when made, never at import; frozen afterwards."""

    model_config = SettingsConfigDict(env_prefix="EVENTKIT_", frozen=True)

    data: Path = Field(default_factory=lambda: state_folder() / "data", description="Folder of the database.")
    key: Literal["file", "memory"] = Field(
        default="file", description="Where the key of an open vote lies: a file outside the data, or memory alone."
    )
    key_dir: Path = Field(default_factory=runtime_key_folder, description="Folder of the keys of open votes.")
    host: str = Field(default="127.0.0.1", description="Address that the server listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port that the server listens on; 0 takes a free one.")
    address: str = Field(default="", description="Address that every QR prints, such as http://192.168.1.5:8000.")
    templates: Path | None = Field(default=None, description="Folder whose templates replace eventkit's own.")

    @property
    def database(self) -> Path:
        """The database file."""
        return self.data / "eventkit.sqlite3"
