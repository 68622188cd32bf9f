"""Seating beside the server: one process at a time for each event, whose progress the desk shows and which it can stop.

Nothing of the search runs on the event loop, in a thread of the server, or in its writer.
"""

import asyncio
import logging
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from eventkit.database import Database
from eventkit.errors import BadInput, Conflict, EventkitError
from eventkit.incoming.confined import environment
from eventkit.tables import seated, wire, words
from eventkit.tables.room import Seats
from eventkit.tables.wire import Work
from eventkit.web.language import gettext as _
from eventkit.web.language import language

if TYPE_CHECKING:
    from eventkit.tables.repair import Offer

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of one line that the worker says; the menu of a thousand people takes a few million."""

Kind = Literal["seat", "repair", "check"]
Found: TypeAlias = "Seats | Sequence[Offer]"

log = logging.getLogger(__name__)


@dataclass(eq=False)
class Job:
    """A seating or a repair on its way; `share` is how far it is, 0 to 1, and `sentence` says how good it is so far.

    Once `done`, `refused` says why nothing was found, or `result` holds the seats (they are stored) or the offers.
    `work` is what it began with.
    """

    kind: Kind
    share: float = 0.0
    sentence: str = ""
    done: bool = False
    refused: str = ""
    result: "Found | None" = None
    task: asyncio.Task[None] | None = field(default=None, repr=False)
    work: Work | None = field(default=None, repr=False)


async def begin(database: Database, event_id: int, kind: Kind, work: Work) -> Job:
    """Begins the work in a process of its own, in the language spoken now.

    Raises `Conflict` while another of the event is on its way.
    """
    on = of(database, event_id)
    if on and not on.done:
        raise Conflict(_("Seats are being worked out already. Wait until that is done, or stop it."))
    job = _jobs(database)[event_id] = Job(kind, work=work)
    job.task = asyncio.create_task(_live(database, event_id, job, work))
    return job


def of(database: Database, event_id: int) -> Job | None:
    """The event's last job, on its way or done; None if there is none."""
    return _jobs(database).get(event_id)


async def cancel(database: Database, event_id: int) -> None:
    """Ends the event's job, and forgets what it found."""
    job = _jobs(database).pop(event_id, None)
    if job and job.task:
        job.task.cancel()
        await asyncio.wait([job.task])


async def contradictions(work: Work) -> Sequence[str]:
    """Which rules cannot all be kept, in sentences; none if a seating exists. Never stored, and no job of the event.

    Raises `BadInput` if the process ends without an answer.
    """
    found: Sequence[str] = await _find(Job("check"), await asyncio.to_thread(wire.dump, work))
    return found


async def stop_all(database: Database) -> None:
    """Ends every job."""
    for event_id in list(_jobs(database)):
        await cancel(database, event_id)


async def _live(database: Database, event_id: int, job: Job, work: Work) -> None:
    started = time.monotonic()
    try:
        found = await _find(job, await asyncio.to_thread(wire.dump, work))
        if job.kind == "seat":
            digest = await asyncio.to_thread(wire.digest, work.room)
            seconds = round(time.monotonic() - started, 1)
            await database.write(event_id, seated.keep, event_id, found, work.seed, digest, seconds)
        job.result = found
    except EventkitError as refusal:
        job.refused = refusal.sentence
    except Exception:
        log.exception("seats were not found")
        job.refused = _stopped()
    finally:
        job.done = True


async def _find(job: Job, text: str) -> Any:
    """What the worker finds. Raises `BadInput` with its refusal, or if it ends without a word."""
    command = [sys.executable, "-B", "-P", "-m", "eventkit.tables.worker", language(), job.kind]
    pipe, nowhere = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    child = await asyncio.create_subprocess_exec(
        *command, stdin=pipe, stdout=pipe, stderr=nowhere, env=environment(), limit=LONGEST_LINE
    )
    try:
        return await _converse(child, job, text)
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()


async def _converse(child: asyncio.subprocess.Process, job: Job, text: str) -> Any:
    assert child.stdin
    assert child.stdout
    try:
        child.stdin.write(text.encode())
        await child.stdin.drain()
        child.stdin.close()
    except OSError:  # it has ended before it read its work
        raise BadInput(_stopped()) from None
    while spoken := await child.stdout.readline():
        word, value = await asyncio.to_thread(wire.said, spoken)
        if word == "found":
            return value
        if word == "refused":
            raise BadInput(value)
        job.share, job.sentence = value.share, words.so_far(value)
    log.warning("the process that seats has ended with status %s", await child.wait())
    raise BadInput(_stopped())


def _stopped() -> str:
    return _(
        "The work on the seats broke off. Nobody was moved. Try again; if it breaks off again, restart the server."
    )


def _jobs(database: Database) -> dict[int, Job]:
    found: dict[int, Job] = database.info.setdefault("seating_jobs", {})
    return found
