"""Puts a finished file in its place, whole or not at all."""

import os
import secrets
from pathlib import Path

from eventkit.errors import BadInput
from eventkit.web.language import gettext as _


def save(content: bytes, path: Path) -> None:
    """Writes beside the place first, so that a full disk never costs the file that was there. Raises `BadInput`."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with beside.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise BadInput(_("{path} could not be written: {reason}.").format(path=path, reason=error.strerror)) from None
