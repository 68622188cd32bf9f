"""Recordings on disk: parts from a browser, files from a form, each readable by this user alone.

They lie in a folder beside the database, named by their recording_id: `<id>.<number>.part` while parts come,
`<id>.….arriving` while one is written, `<id>.….joined` until its row says so, and `<id>.<kind>` in the end.
"""

import asyncio
import errno
import os
import re
import secrets
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import IO

from eventkit.errors import BadInput, Unavailable
from eventkit.vignettes.sound import HEAD, KINDS, Kind, kind_of
from eventkit.web.language import gettext as _

MEGABYTE = 1_000_000
LARGEST = 500 * MEGABYTE
"""Bytes of a recording: about eight hours as phones make them."""
BLOCK = 1 << 20
OURS = re.compile(
    rf"[0-9a-f]{{32}}\.(?:{'|'.join(kind.extension for kind in KINDS)}|\d+\.part|(?:\w+\.)*(?:arriving|joined))"
)
"""Names that this module gives; whatever else lies there somebody put there."""
HALF = (".arriving", ".joined")
"""How names of files end that nobody goes on with once the server has stopped."""


def folder(database_path: Path) -> Path:
    """Where the recordings of a database lie: beside the file itself, not beside a link to it."""
    # SQLite tells where a file is in the same way.
    return database_path.resolve().parent / "recordings"


def recorded(database_path: Path) -> int:
    """How many sound files lie beside a database, those that still come among them."""
    return len({path.name.split(".")[0] for path in folder(database_path).glob("*.*")})


def path_of(place: Path, recording_id: str, extension: str) -> Path:
    """A finished recording's file."""
    return place / f"{recording_id}.{extension}"


def write_part(place: Path, recording_id: str, number: int, content: bytes) -> None:
    """Stores one part; the same part again takes the place of the first. Raises `Unavailable` on a full disk."""
    path = _part(place, recording_id, number)
    # Two windows of one browser may send the same part at once.
    beside = path.with_suffix(f".{secrets.token_hex(4)}.arriving")
    with _whole_or_nothing(beside):
        with open(beside, "wb", opener=_private) as file:
            file.write(content)
            _settle(file)
        beside.replace(path)


def join(place: Path, recording_id: str, parts: int) -> tuple[Path, int, str]:
    """Makes one file of the first `parts` parts, which stay; where it lies, its size, and its SHA-256 as hex.

    Its name is its own: a host and the desk may finish a recording at once. `settle` makes it the recording's file.
    """
    beside, digest, size = place / f"{recording_id}.{secrets.token_hex(4)}.arriving", sha256(), 0
    joined = beside.with_suffix(".joined")
    with _whole_or_nothing(beside):
        with open(beside, "wb", opener=_private) as file:
            for number in range(parts):
                content = _part(place, recording_id, number).read_bytes()
                file.write(content)
                digest.update(content)
                size += len(content)
            _settle(file)
        beside.replace(joined)
    return joined, size, digest.hexdigest()


def settle(joined: Path, recording_id: str, extension: str) -> None:
    """Makes what was joined the recording's file."""
    with suppress(FileNotFoundError):  # the writer runs a verb again after another one's failure
        joined.replace(path_of(joined.parent, recording_id, extension))


async def receive(place: Path, recording_id: str, chunks: AsyncIterator[bytes]) -> tuple[Kind, int, str]:
    """Streams a file to disk: its kind, size and SHA-256. Raises a sentence if it is refused; then nothing stays."""
    beside, digest, size, head = place / f"{recording_id}.arriving", sha256(), 0, b""
    with _whole_or_nothing(beside):
        with await asyncio.to_thread(open, beside, "wb", opener=_private) as file:
            async for chunk in chunks:
                size += len(chunk)
                if size > LARGEST:
                    raise too_large()
                if len(head) < HEAD:
                    head += chunk[: HEAD - len(head)]
                    if len(head) == HEAD:
                        kind_of(head)
                digest.update(chunk)
                await asyncio.to_thread(file.write, chunk)
            kind = kind_of(head)
            await asyncio.to_thread(_settle, file)
        beside.replace(path_of(place, recording_id, kind.extension))
    return kind, size, digest.hexdigest()


def too_large() -> BadInput:
    """What somebody reads whose file is too large."""
    sentence = _("This recording is larger than {most} MB, so nothing was stored. Save it as m4a or mp3, or in pieces.")
    refusal = BadInput(sentence.format(most=LARGEST // MEGABYTE))
    refusal.status = 413
    return refusal


def remove_part(place: Path, recording_id: str, number: int) -> None:
    """Removes one part, if it is there."""
    _part(place, recording_id, number).unlink(missing_ok=True)


def remove_parts(place: Path, recording_id: str, first: int = 0) -> None:
    """Removes the parts from number `first` on."""
    for path in place.glob(f"{recording_id}.*.part"):
        if int(path.name.split(".")[1]) >= first:
            path.unlink(missing_ok=True)


def remove(place: Path, recording_id: str) -> None:
    """Removes everything of a recording."""
    for path in place.glob(f"{recording_id}.*"):
        path.unlink(missing_ok=True)


def remove_strays(place: Path, known: Collection[str], before: float) -> int:
    """Removes what no row knows and nobody touched since the moment `before`; how many files that were.

    What is not named as recordings are stays: an organiser may keep a file of their own there.
    """
    ours = [path for path in place.glob("*.*") if OURS.fullmatch(path.name)]
    strays = [path for path in ours if path.name.split(".")[0] not in known or path.suffix in HALF]
    strays = [path for path in strays if path.stat().st_mtime < before]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


def last_touched(place: Path, recording_id: str) -> float:
    """When the last part of a recording came, in seconds of the epoch; 0 if there is none."""
    return max((path.stat().st_mtime for path in place.glob(f"{recording_id}.*.part")), default=0)


def is_whole(path: Path, size: int, checksum: str) -> bool:
    """Whether a file is there, and as it was when it was stored. A file that nobody touched is not read again."""
    try:
        found = path.stat()
        return found.st_size == size and _checksum(path, found.st_mtime_ns, found.st_size) == checksum
    except OSError:
        return False


@lru_cache(maxsize=256)
def _checksum(path: Path, _touched: int, _size: int) -> str:
    digest = sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(BLOCK), b""):
            digest.update(block)
    return digest.hexdigest()


def _part(place: Path, recording_id: str, number: int) -> Path:
    return place / f"{recording_id}.{number:06}.part"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _settle(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


@contextmanager
def _whole_or_nothing(beside: Path) -> Iterator[None]:
    """Whatever goes wrong, no half of a file stays."""
    try:
        beside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}:
            raise
        raise Unavailable(
            _("Not saved: the server could not write to its disk. Try again, or tell the organiser.")
        ) from error
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()
