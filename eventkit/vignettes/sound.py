"""What a sound file is, by its first bytes alone; its name and what a browser says of it are never believed."""

from dataclasses import dataclass

from eventkit.errors import BadInput
from eventkit.web.language import gettext as _

HEAD = 64
"""Bytes from which a kind is told."""
_EBML, _WEBM = b"\x1aE\xdf\xa3", b"webm"
# ISO 14496-12: the major brand stands after `ftyp`. Still pictures have the same box, with brands of their own.
_BRANDS = (b"M4A", b"M4B", b"mp4", b"iso", b"dash", b"3gp", b"MSNV")
_MP3_LAYER, _MP3_BAD_RATE, _MP3_BAD_FREQUENCY = 0b01, (0b0000, 0b1111), 0b11


@dataclass(frozen=True)
class Kind:
    """A kind of sound file."""

    media_type: str
    extension: str


M4A = Kind("audio/mp4", "m4a")
MP3 = Kind("audio/mpeg", "mp3")
WAV = Kind("audio/wav", "wav")
OGG = Kind("audio/ogg", "ogg")
WEBM = Kind("audio/webm", "webm")
KINDS = (M4A, MP3, WAV, OGG, WEBM)


def kind_of(head: bytes) -> Kind:
    """The kind of a file that begins so. Raises `BadInput` for what is no recording."""
    if not head:
        raise BadInput(_("This file is empty. Save the recording again where it was made, and bring it once more."))
    if head.startswith(_EBML) and _WEBM in head[:HEAD]:
        return WEBM
    if head[4:8] == b"ftyp" and head[8:12].startswith(_BRANDS):
        return M4A
    if head.startswith(b"OggS"):
        return OGG
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return WAV
    if head.startswith(b"ID3") or _begins_mp3_frame(head):
        return MP3
    raise BadInput(_("This is not a sound recording, whatever its name says. Bring it as m4a, mp3, wav, ogg or webm."))


def extension(media_type: str) -> str:
    """What the name of a stored file of this type ends in."""
    return next(kind.extension for kind in KINDS if kind.media_type == media_type)


def _begins_mp3_frame(head: bytes) -> bool:
    """ISO 11172-3, 2.4.1.3: eleven bits of sync, then version, layer, bit rate and sampling frequency."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 0b11, head[1] >> 1 & 0b11
    rate, frequency = head[2] >> 4, head[2] >> 2 & 0b11
    known = version != 0b01 and layer == _MP3_LAYER
    return known and rate not in _MP3_BAD_RATE and frequency != _MP3_BAD_FREQUENCY
