"""A form with one large file in it, read as it comes; neither the memory nor another folder ever holds it whole."""

from collections.abc import AsyncIterator

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from eventkit.errors import BadInput
from eventkit.vignettes.recording_files import LARGEST, too_large
from eventkit.web.language import gettext as _

FORM_BYTES = 64 * 1024
"""What a form may have around its file."""


def check_length(request: Request) -> None:
    """Refuses what says itself that it is too large, before any of it is read."""
    said = request.headers.get("content-length", "")
    if said.isdecimal() and len(said) < 20 and int(said) > LARGEST + FORM_BYTES:
        raise too_large()


async def file_in(request: Request) -> AsyncIterator[bytes]:
    """The content of the form's file, in pieces of what the network brings. Raises `BadInput` for another body."""
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise _unreadable()
    pieces: list[bytes] = []
    size = 0
    try:
        parser = MultipartParser(boundary, {"on_part_data": lambda data, start, end: pieces.append(data[start:end])})
        async for chunk in request.stream():
            size += len(chunk)
            if size > LARGEST + FORM_BYTES:
                raise too_large()
            parser.write(chunk)
            if pieces:
                yield b"".join(pieces)
                pieces.clear()
        parser.finalize()
    except FormParserError:
        raise _unreadable() from None


def _unreadable() -> BadInput:
    return BadInput(_("The file did not come whole, so nothing was stored. Choose it again, and send it once more."))
