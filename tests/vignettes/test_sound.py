"""What a sound file is, by its content and never by its name."""

import pytest

from eventkit.errors import BadInput
from eventkit.vignettes.sound import KINDS, M4A, MP3, OGG, WAV, WEBM, Kind, extension, kind_of
from tests.vignettes import sounds


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (sounds.WEBM, WEBM),
        (sounds.OGG, OGG),
        (sounds.M4A, M4A),
        (sounds.M4A.replace(b"M4A ", b"iso5"), M4A),
        (sounds.MP3, MP3),
        (sounds.MP3_FRAME, MP3),
        (sounds.tone(), WAV),
    ],
)
def test_kind_of_reads_the_content(content: bytes, kind: Kind) -> None:
    assert kind_of(content[:64]) == kind


@pytest.mark.parametrize(
    "content",
    [
        sounds.PROGRAM,
        b"\x7fELF" + bytes(100),
        b"#!/bin/sh\nrm -rf /\n",
        b"PK\x03\x04" + bytes(100),
        b"%PDF-1.7",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"\xff\xfe<\x00h\x00t\x00m\x00l\x00",
        b"\xff\xff\xff\xff",
        b"\xff\xfb\xf0\x00",
        b"\x1aE\xdf\xa3" + b"matroska",
        b"RIFF\x00\x00\x00\x00AVI ",
        b"\x00\x00\x00\x20ftypheic",
        b"ID",
        b"<html>",
    ],
)
def test_kind_of_refuses_what_is_no_recording(content: bytes) -> None:
    with pytest.raises(BadInput, match="not a sound recording, whatever its name says"):
        kind_of(content)


def test_kind_of_says_that_a_file_is_empty() -> None:
    with pytest.raises(BadInput, match="This file is empty"):
        kind_of(b"")


def test_extension_is_of_the_type() -> None:
    assert {kind.media_type: extension(kind.media_type) for kind in KINDS} == {
        "audio/mp4": "m4a",
        "audio/mpeg": "mp3",
        "audio/wav": "wav",
        "audio/ogg": "ogg",
        "audio/webm": "webm",
    }
