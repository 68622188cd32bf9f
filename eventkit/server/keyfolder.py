"""What the folder of keys outlives: a key that is lost costs the answers to the question that is open."""

import os
from pathlib import Path

from eventkit.web.language import gettext as _

MOUNTS = Path("/proc/self/mounts")
FORGETS = frozenset({"tmpfs", "ramfs"})


def in_memory() -> str:
    """The sentence for keys that lie in no folder."""
    return _(
        "Keys of open votes lie in memory alone: they survive no restart of the program. "
        "Phones then send their answers again."
    )


def survival(folder: Path) -> str:
    """Where keys lie, and whether they survive a restart of the program, a log-out and a power cut."""
    where = _("Keys of open votes lie in {folder}.").format(folder=folder)
    if _below(folder, "RUNTIME_DIRECTORY"):
        return f"{where} " + _(
            "They survive a restart of the program if the service keeps its folder (RuntimeDirectoryPreserve=yes), "
            "and a log-out, but not a power cut."
        )
    if _below(folder, "XDG_RUNTIME_DIR"):
        return f"{where} " + _("They survive a restart of the program, but neither a log-out nor a power cut.")
    if filesystem(folder) in FORGETS:
        return f"{where} " + _("They survive a restart of the program and a log-out, but not a power cut.")
    return f"{where} " + _("They survive a restart of the program, a log-out and a power cut.")


def filesystem(folder: Path, mounts: Path = MOUNTS) -> str:
    """The type of file system that a folder lies on, "" where the machine does not say."""
    try:
        lines = [line.split() for line in mounts.read_text("utf-8", "replace").splitlines()]
    except OSError:
        return ""
    found = {Path(fields[1].replace("\\040", " ")): fields[2] for fields in lines if len(fields) > 2}
    place = folder.absolute()
    return next((found[path] for path in (place, *place.parents) if path in found), "")


def _below(folder: Path, variable: str) -> bool:
    root = os.environ.get(variable, "").split(":")[0]
    return bool(root) and folder.absolute().is_relative_to(Path(root).absolute())
