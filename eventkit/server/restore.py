"""Brings a backup back, into a folder that holds no events. What is not exactly a backup is refused."""

import asyncio
import os
import sqlite3
import tempfile
import zipfile
import zlib
from contextlib import closing
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import ValidationError

from eventkit.errors import BadInput, Conflict, Unavailable
from eventkit.sealing import rules as sealing
from eventkit.server.backup import BLOCK, DATABASE, MANIFEST, Manifest, hash_of, private, read_only
from eventkit.server.stored import known_versions, open_database
from eventkit.web.language import gettext as _

MOST = {MANIFEST: 1 << 20, DATABASE: 1 << 32}  # bytes when unpacked
MAX_RATIO = 100  # a database packs about fivefold; a bomb a thousandfold
PLAIN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ENCRYPTED = 1


def restore(file: Path, database: Path) -> Manifest:
    """Puts a backup's database in its place, brought to this version. Raises `EventkitError`, and restores nothing."""
    if not file.is_file():
        raise BadInput(_("There is no file {file}.").format(file=file))
    folder = database.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (
            FileLock(database.with_suffix(".lock"), blocking=False),
            tempfile.TemporaryDirectory(prefix=".restore-", dir=folder) as beside,
        ):
            if database.exists():
                sentence = _("Events are stored in {folder} already. Name an empty folder with --data.")
                raise Conflict(sentence.format(folder=folder))
            copy = Path(beside) / DATABASE
            manifest = _unpacked(file, copy)
            _check(file, copy, manifest)
            _bring_up(copy)
            copy.replace(database)
    except Timeout:
        sentence = _("A server has {folder} open. Stop it, or name an empty folder with --data.")
        raise Unavailable(sentence.format(folder=folder)) from None
    except OSError as error:
        sentence = _("{folder} cannot be written to: {reason}.")
        raise Unavailable(sentence.format(folder=folder, reason=error.strerror)) from None
    return manifest


def _unpacked(file: Path, copy: Path) -> Manifest:
    """Writes the backup's database to `copy`, once the outside of the file looks like one that `backup` wrote."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(file, archive)
            _extract(archive, copy)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise (_damaged(file) if copy.exists() else _no_backup(file)) from None
    return manifest


def _manifest(file: Path, archive: zipfile.ZipFile) -> Manifest:
    members = {member.filename: member for member in archive.infolist()}
    if len(archive.infolist()) != len(MOST) or members.keys() != MOST.keys():
        raise _no_backup(file)
    if not all(_sane(members[name], most) for name, most in MOST.items()):
        raise _no_backup(file)
    try:
        return Manifest.model_validate_json(archive.read(MANIFEST))
    except ValidationError:
        raise _no_backup(file) from None


def _sane(member: zipfile.ZipInfo, most: int) -> bool:
    return (
        member.compress_type in PLAIN
        and not member.flag_bits & ENCRYPTED
        and 0 < member.file_size <= most
        and member.file_size <= MAX_RATIO * member.compress_size
    )


def _extract(archive: zipfile.ZipFile, copy: Path) -> None:
    # The name is ours, so that none in the file can lead elsewhere; no more is read than the file's list announced.
    with archive.open(DATABASE) as packed, open(copy, "xb", opener=private) as plain:
        plain.writelines(iter(lambda: packed.read(BLOCK), b""))
        plain.flush()
        os.fsync(plain.fileno())


def _check(file: Path, copy: Path, manifest: Manifest) -> None:
    if manifest.schema_version not in known_versions():
        sentence = _("{file} was made by a newer version of eventkit, {version}. Use that version.")
        raise Unavailable(sentence.format(file=file, version=manifest.eventkit))
    if hash_of(copy) != manifest.sha256:
        raise _damaged(file)
    try:
        with closing(read_only(copy)) as connection:
            (sound,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            (schema_version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            # eventkit makes neither: in somebody else's file they would run with our next write.
            (foreign,) = connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')"
            ).fetchone()
    except (sqlite3.Error, TypeError):
        raise _damaged(file) from None
    if (sound, schema_version, foreign) != ("ok", manifest.schema_version, 0):
        raise _damaged(file)


def _bring_up(copy: Path) -> None:
    with open_database(copy) as database:
        asyncio.run(database.write(None, sealing.renumber))


def _no_backup(file: Path) -> BadInput:
    return BadInput(_("{file} is no backup: give a file that `eventkit backup` wrote.").format(file=file))


def _damaged(file: Path) -> BadInput:
    return BadInput(_("{file} is damaged and was not restored. Use another copy of it.").format(file=file))
