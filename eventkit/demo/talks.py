"""The demonstration's recordings: consent on phones, a tone that nobody spoke, a transcript, redaction, withdrawal."""

import asyncio
import io
import math
import re
import struct
import wave
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eventkit.demo import cells
from eventkit.demo.remote import Remote, checked
from eventkit.demo.stories import Host
from eventkit.errors import Conflict, EventkitError
from eventkit.rehearsal.people import People
from eventkit.rehearsal.wall_forms import forms
from eventkit.web.language import gettext as _

PURPOSES = ("record", "transcribe", "quote", "archive")
AT_TABLE = 4
NAME = "Agnes Melrose"
"""An invented name that somebody says, and that must be in no file afterwards."""
SPOKEN = (
    ("S1", "Nobody asked whether the time of the appointment could work."),
    ("S2", f"I would ring {NAME}, who knows the fund."),
    ("S3", "Two offices, two files, and one person."),
    ("S4", "A message before the money stops would have been enough."),
    ("S2", "Agnes answers the same day."),
)
RATE, PITCH = 8_000, 440

_COUNTED = re.compile(r'name="places" value="(\d+)"')


@dataclass(frozen=True)
class Talk:
    """One table on one story, and the code of each of its people by their label."""

    table: str
    story: str
    codes: Mapping[str, str]

    @property
    def transcript(self) -> str:
        """Where the desk keeps the transcript."""
        return f"vignettes/transcripts/{self.table}/{self.story}"


async def record(people: People, host: Host, place: int, tables: int) -> Talk:
    """Everybody at a table agrees on their phone; then the host brings a recording. `place`: of how many tables."""
    story = await host.story()
    await host.send("people", {"story": story, "people": str(AT_TABLE)}, 200)
    phones = people.phones[place::tables][:AT_TABLE]
    codes = dict(await asyncio.gather(*(phone.agree(host.table) for phone in phones)))
    if len(codes) != AT_TABLE:
        raise Conflict(_("At table {table} not everybody could agree to the recording.").format(table=host.table))
    files = {"file": ("table.wav", _tone(), "audio/wav")}
    checked(await host.client.post(f"{host.home}/recordings/upload/{story}", files=files), 303)
    return Talk(host.table, story, codes)


async def write_down(remote: Remote, talk: Talk) -> None:
    """Brings the transcript of a talk, looks at what was read of it, and stores it."""
    read = await remote.fill(talk.transcript, file=("table.vtt", _subtitles()))
    taking = next((form for form in forms(read) if form.action.endswith("/take")), None)
    if taking is None:
        raise Conflict(_("The desk could not read the transcript."))
    await remote.send(f"{talk.transcript}/take", taking.fields)


async def redact(remote: Remote, talk: Talk) -> int:
    """Takes the name out of a transcript, wherever the desk finds it; at how many places."""
    words = {"name": f"{NAME}\n{NAME.partition(' ')[0]}"}
    found = _COUNTED.search(await remote.fill(f"{talk.transcript}/redact", words))
    if not found:
        raise Conflict(_("The desk found no name in the transcript."))
    await remote.fill(f"{talk.transcript}/redact", {**words, "places": found[1]})
    return int(found[1])


async def withdraw(remote: Remote, talk: Talk) -> str:
    """Somebody brings their code to the desk, and withdraws; their label."""
    label = max(talk.codes)
    await remote.fill("vignettes/withdraw", {"consent_code": talk.codes[label], "confirmed": "yes"})
    return label


def compare(content: bytes, talks: Sequence[Talk], withdrawn: Mapping[str, str]) -> int:
    """How many passages the workbook has: those of everybody who did not withdraw, without the name.

    `withdrawn`: the label of somebody who did, by table, one at each of these tables.
    Raises `EventkitError` otherwise, or if it counts another number of people who agreed.
    """
    rows = cells.rows(content, "transcripts")
    said = sorted((row["table_id"], row["vignette_id"], row["speaker"]) for row in rows)
    told = sorted(
        (talk.table, talk.story, who) for talk in talks for who, _text in SPOKEN if who != withdrawn.get(talk.table)
    )
    if said != told or any(word in row["text"] for row in rows for word in NAME.split()):
        raise EventkitError(_("The workbook is wrong about what was said at the tables."))
    agreed = {
        (row["table_id"], row["vignette_id"], row["purpose"]): row["n_agreed"]
        for row in cells.rows(content, "consent_counts")
    }
    wanted = {
        (talk.table, talk.story, what): str(AT_TABLE - (talk.table in withdrawn)) for talk in talks for what in PURPOSES
    }
    if agreed != wanted:
        raise EventkitError(_("The workbook is wrong about who agreed to the recording."))
    return len(rows)


def _tone() -> bytes:
    """A second of a tone, as a WAV file."""
    sound = (int(8_000 * math.sin(2 * math.pi * PITCH * at / RATE)) for at in range(RATE))
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(RATE)
        written.writeframes(b"".join(struct.pack("<h", each) for each in sound))
    return file.getvalue()


def _subtitles() -> bytes:
    cues = (
        f"00:00:{at:02}.000 --> 00:00:{at + 1:02}.000\n<v {who}>{text}</v>\n" for at, (who, text) in enumerate(SPOKEN)
    )
    return "\n".join(["WEBVTT\n", *cues]).encode()
