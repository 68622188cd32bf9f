"""Synthetic sounds of every kind, tones and silence made here; no voice, and nobody's recording."""

import io
import math
import struct
import wave

WEBM_HEAD = bytes.fromhex("1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581 02".replace(" ", ""))
WEBM = WEBM_HEAD + b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" + bytes(200)
OGG = b"OggS\x00\x02" + bytes(22) + b"OpusHead" + bytes(200)
M4A = b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00M4A mp42isom\x00\x00\x00\x00" + bytes(200)
MP3_FRAME = b"\xff\xfb\x90\x00" + bytes(413)
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + MP3_FRAME
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(300)


def tone(seconds: float = 0.2, rate: int = 8000) -> bytes:
    """A tone of 440 Hz as a WAV file."""
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        steps = range(int(seconds * rate))
        file.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(math.tau * 440 * n / rate))) for n in steps))
    return held.getvalue()
