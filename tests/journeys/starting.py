"""Starts servers quickly: each is a fork of one process that has everything loaded, and runs the command line there."""

import multiprocessing
import os
import sys
from collections.abc import Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload(["eventkit.cli"])


def start(command: Sequence[str], keys: Path, printed: Path) -> BaseProcess:
    """A process of its own that runs `eventkit` with these words and prints into a file. Terminate and join it."""
    process = _FORKING.Process(target=_run, args=(list(command), keys, printed))
    process.start()
    return process


def _run(command: Sequence[str], keys: Path, printed: Path) -> None:
    from eventkit.cli import main  # noqa: PLC0415 -- loaded in the process that is forked, not in that of the tests

    out = os.open(printed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(out, sys.stdout.fileno())
    os.dup2(out, sys.stderr.fileno())
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr] # what was printed is there at once
    os.environ["EVENTKIT_KEY_DIR"] = str(keys)
    main(command)
