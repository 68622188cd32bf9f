"""What a file is, decided before any parser of its format sees it. Sizes that a file claims are never believed.

Limits are those of a large, honest workbook; a small file can unpack to gigabytes.
"""

import io
import re
import zipfile
from enum import StrEnum

from eventkit.errors import BadInput
from eventkit.web.language import gettext as _

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 50_000_000
MAX_MEMBERS = 200
MAX_RATIO = 100  # unpacked to packed; below a megabyte nothing is a bomb
MAX_ROWS = 100_000  # in all sheets together, blank ones included
MAX_CELLS = 300_000  # likewise; so many take about four seconds to read
_MEGABYTE = 1 << 20

_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ENCODINGS = ("ascii", "utf-16-le", "utf-16-be")
_ENTITIES = tuple(word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in _ENCODINGS)
_MACROS = re.compile(r"vbaproject|\.bas$|macrosheets/|activex/", re.IGNORECASE)

_PROGRAMS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Kind(StrEnum):
    """What a file holds."""

    WORKBOOK = "workbook"
    TEXT = "text"


def screen(content: bytes) -> Kind:
    """What the file is, whatever its name says. BadInput if eventkit will not read it."""
    if not content.strip(b"\0 \t\r\n"):
        raise BadInput(_("This file is empty. Save it again at its source, and bring it once more."))
    if len(content) > MAX_BYTES:
        raise BadInput(_("This file is larger than {most} MB. Keep only the sheets that are needed.").format(most=5))
    if content.startswith(_PROGRAMS):
        raise BadInput(_("This file is a program, whatever its name says. It was not opened."))
    if content.startswith(_OLD_OFFICE):
        raise BadInput(
            _("This is an older Excel file, or one with a password. Save it as .xlsx without a password and try again.")
        )
    if content.startswith(b"PK"):
        _workbook(content)
        return Kind.WORKBOOK
    if content.startswith(b"%PDF") or _is_binary(content):
        raise BadInput(_("This file is neither a workbook nor text. Save the table as .xlsx or .csv and try again."))
    return Kind.TEXT


def _workbook(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _measure(members, len(content))
            rows, cells = 0, 0
            for member in members:
                text = _part(archive, member)
                rows, cells = rows + len(_ROW.findall(text)), cells + len(_CELL.findall(text))
    except BadInput:
        raise
    except Exception:  # noqa: BLE001  a damaged archive is answered with almost any exception
        raise BadInput(_damaged()) from None
    if rows > MAX_ROWS:
        sentence = _("This workbook has {rows} rows, most of them blank. Delete those below the table, then save it.")
        raise BadInput(sentence.format(rows=f"{rows:,}"))
    if cells > MAX_CELLS:
        sentence = _("This workbook has {cells} cells. Keep only the table that is needed, then save it.")
        raise BadInput(sentence.format(cells=f"{cells:,}"))


def _measure(members: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS:
        raise BadInput(_("This workbook has more parts than any table needs. Delete pictures and spare sheets."))
    if unpacked > MAX_UNPACKED or (unpacked > _MEGABYTE and unpacked > MAX_RATIO * packed):
        raise BadInput(_("This workbook unpacks to more than any table needs. Delete pictures and spare sheets."))
    if any(member.filename.startswith(("/", "\\")) or ".." in member.filename for member in members):
        raise BadInput(_damaged())
    if any(_MACROS.search(member.filename) for member in members):
        raise BadInput(_("This workbook holds macros. Save it as .xlsx, without macros, and try again."))
    if "xl/workbook.xml" not in {member.filename for member in members}:
        raise BadInput(_("This is an archive, but no workbook. Save the table as .xlsx and try again."))


def _part(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """One part of the workbook. BadInput if it declares entities, which no workbook does."""
    text = archive.read(member)
    if any(word in text for word in _ENTITIES):
        raise BadInput(_("This workbook refers to things outside itself, as no table does. It was not opened."))
    return text


def _is_binary(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return b"\0" in content


def _damaged() -> str:
    return _(
        "This file could not be read as a workbook: it may be damaged, protected by a password, or of another kind. "
        "Open it, save it as .xlsx without a password, and try again."
    )
