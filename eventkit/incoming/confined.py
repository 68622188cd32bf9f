"""Reads a file that somebody brought in a child process, which is killed when it takes too long.

The room's votes go on meanwhile: nothing of the file is parsed in this process, nor on the event loop.
"""

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar, cast

import eventkit
from eventkit.errors import BadInput
from eventkit.incoming import wire
from eventkit.web.language import gettext as _
from eventkit.web.language import language

SECONDS = 9.0  # the refusal is there within ten
MAX_ANSWER = 16_000_000
_PIECE = 1 << 16

T = TypeVar("T")


async def confined(
    function: Callable[[Path], T], path: Path, types: Sequence[type] = (), *, seconds: float = SECONDS
) -> T:
    """What the function finds in the file; lists come back as tuples. `types`: the classes that it may answer with.

    Raises `BadInput` with the function's own refusal, or when the child ran out of time or memory.
    """
    text = await _run(function, path, seconds)
    # Making thousands of objects takes a moment: not on the loop.
    answer = await asyncio.to_thread(wire.load, text, types)
    if "refused" in answer:
        raise BadInput(answer["refused"])
    return cast("T", answer["found"])


def command(function: Callable[[Path], object], path: Path) -> list[str]:
    """How the child is started."""
    name = f"{function.__module__}:{function.__qualname__}"
    return [sys.executable, "-B", "-P", "-m", "eventkit.incoming.child", language(), name, str(path)]


def environment() -> dict[str, str]:
    """What the child knows of its surroundings: none of the server's settings."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "PYTHONPATH": str(Path(eventkit.__file__).parents[1]), "PYTHONUTF8": "1"}


async def _run(function: Callable[[Path], object], path: Path, seconds: float) -> bytes:
    child = await asyncio.create_subprocess_exec(
        *command(function, path),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=environment(),
    )
    try:
        async with asyncio.timeout(seconds):
            text = await _answer(child)
            ended = await child.wait()
    except TimeoutError:
        raise BadInput(_too_much()) from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if ended or not text:
        raise BadInput(_too_much())
    return text


async def _answer(child: asyncio.subprocess.Process) -> bytes:
    assert child.stdout
    pieces, size = [], 0
    while piece := await child.stdout.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > MAX_ANSWER:
            raise BadInput(_("This file holds more than eventkit can show. Make a smaller table at its source."))
    return b"".join(pieces)


def _too_much() -> str:
    return _(
        "This file could not be read within {seconds} seconds and a small part of this computer's memory. "
        "Copy the table alone into a new workbook, and bring that."
    ).format(seconds=int(SECONDS))
