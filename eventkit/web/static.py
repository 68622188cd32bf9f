"""Own css, js and pictures, under addresses that change with their content, so that browsers may keep them for ever."""

import gzip
import mimetypes
from functools import cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

FOLDER = Path(__file__).parent.parent / "static"
FOREVER = "public, max-age=31536000, immutable"


async def static_file(request: Request) -> Response:
    """Serves /static/<hash>/<name>; whatever the hash says, what is sent is the file as it is now."""
    name = request.path_params["name"]
    if name not in _names():
        raise HTTPException(404)
    content, small = _content(name)
    headers = {"cache-control": FOREVER, "vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(small, headers=headers | {"content-encoding": "gzip"}, media_type=_type(name))
    return Response(content, headers=headers, media_type=_type(name))


@cache
def _names() -> frozenset[str]:
    """The files that exist at the start; nothing else can be asked for, whatever dots an address has."""
    return frozenset(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file())


@cache
def _content(name: str) -> tuple[bytes, bytes]:
    """As it is, and compressed once for everybody: a room that joins at once must not wait for a compressor."""
    content = (FOLDER / name).read_bytes()
    return content, gzip.compress(content, mtime=0)


def _type(name: str) -> str:
    # Not what the machine's registry says: on some Windows machines .js is text/plain, and no browser runs that.
    known = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
    return known.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
