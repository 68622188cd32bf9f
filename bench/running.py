"""Starts and stops the server that is measured."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Running:
    """A server in a process of its own."""

    port: int
    link: str
    passes: list[str]


@contextmanager
def running(people: int, *words: str) -> Iterator[Running]:
    """A fresh server with an open vote, in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.server", folder, str(people), *words],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent.parent,
        )
        assert process.stdout
        try:
            yield Running(**json.loads(process.stdout.readline()))
        finally:
            process.kill()
            process.wait(10)
