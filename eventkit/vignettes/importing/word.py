"""Transcripts as documents (.docx): what stands in their paragraphs, and no more is opened than that."""

import io
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from eventkit.errors import BadInput
from eventkit.incoming.screening import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED
from eventkit.web.language import gettext as _

_DOCUMENT = "word/document.xml"
_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_MEGABYTE = 1 << 20


def paragraphs(content: bytes) -> list[str]:
    """The paragraphs of a document in their order, those in tables too. Raises `BadInput`."""
    reader = _Reader()
    try:
        reader.read(_part(content))
    except BadInput:
        raise
    except Exception:  # noqa: BLE001  a damaged archive is answered with almost any exception
        raise BadInput(_damaged()) from None
    return reader.found


def lines(content: bytes) -> Iterator[tuple[int, str]]:
    """The same as lines numbered by paragraph, with a blank one after each paragraph."""
    for number, paragraph in enumerate(paragraphs(content), start=1):
        for line in paragraph.split("\n"):
            if line.strip():
                yield number, line
        yield number, ""


def _part(content: bytes) -> bytes:
    """The document's text, once the archive has shown that it is small. What it claims is checked while unpacking."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {member.filename: member for member in archive.infolist()}
        if _DOCUMENT not in members:
            raise BadInput(_("This is an archive, but no Word document. Save the transcript as .docx or .txt."))
        size = members[_DOCUMENT].file_size
        too_dense = size > _MEGABYTE and size > MAX_RATIO * len(content)
        if len(members) > MAX_MEMBERS or size > MAX_UNPACKED or too_dense:
            raise BadInput(_("This document unpacks to more than any transcript needs. Save its text alone as .txt."))
        with archive.open(_DOCUMENT) as part:
            return part.read(size + 1)


class _Reader:
    """Gathers text by paragraph; a paragraph in a text box within another one stands by itself."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._open: list[list[str]] = []
        self._in_text = self._in_fallback = 0

    def read(self, part: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.Parse(part, True)

    def _begin(self, name: str, _attributes: object) -> None:
        own = _own(name)
        if name == _FALLBACK:
            self._in_fallback += 1
        elif own == "p":
            self._open.append([])
        elif own == "t":
            self._in_text += 1
        elif own in _BREAKS and self._open and not self._in_fallback:
            self._open[-1].append(_BREAKS[own])

    def _end(self, name: str) -> None:
        own = _own(name)
        if name == _FALLBACK:
            self._in_fallback -= 1
        elif own == "t":
            self._in_text -= 1
        elif own == "p":
            text = "".join(self._open.pop())
            if not self._in_fallback:
                self.found.append(text)

    def _characters(self, text: str) -> None:
        if self._in_text and self._open and not self._in_fallback:
            self._open[-1].append(text)


def _own(name: str) -> str:
    return next((name.removeprefix(space) for space in _SPACES if name.startswith(space)), "")


def _refuse_doctype(*_declared: object) -> None:
    raise BadInput(_("This document refers to things outside itself, as no transcript does. It was not opened."))


def _damaged() -> str:
    return _(
        "This file could not be read as a Word document: it may be damaged, or protected by a password. "
        "Open it, save it as .docx or .txt, and try again."
    )
