"""Transcripts as programs and people write them, and as they come when something went wrong."""

import asyncio
import io
import time
import zipfile
from pathlib import Path

import pytest

from eventkit.errors import BadInput
from eventkit.vignettes.importing.formats import MOST_FAULTS, MOST_LINES, MOST_PASSAGES, parse_file, read_file
from eventkit.vignettes.importing.spoken import LONGEST, Fault, Read, Spoken, divided

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read(folder: Path, name: str, content: str | bytes) -> Read:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_file(path)


def said(found: Read) -> list[tuple[str, str]]:
    assert found.faults == ()
    return [(each.speaker, each.text) for each in found.spoken]


def document(*paragraphs: str, before: str = "", part: str = "word/document.xml") -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
    return target.getvalue()


def refusal(folder: Path, name: str, content: str | bytes) -> str:
    with pytest.raises(BadInput) as refused:
        read(folder, name, content)
    return refused.value.sentence


def test_text_has_a_speaker_before_a_colon_and_lines_below_belong_to_them(tmp_path: Path) -> None:
    text = (
        "Read on the day\n\nS1: She came late.\nVery late.\n\nMorag Cathcart: Why?\r\nS1:Because.\nS2: It was 10:30.\n"
    )
    assert said(read(tmp_path, "a.txt", text)) == [
        ("", "Read on the day"),
        ("S1", "She came late. Very late."),
        ("Morag Cathcart", "Why?"),
        ("S1", "Because."),
        ("S2", "It was 10:30."),
    ]


def test_text_after_a_blank_line_is_of_whoever_spoke_before(tmp_path: Path) -> None:
    assert said(read(tmp_path, "a.txt", "S1: One.\n\nTwo.\n\nS2: Three.")) == [
        ("S1", "One."), ("S1", "Two."), ("S2", "Three."),
    ]  # fmt: skip


def test_a_sentence_with_a_colon_names_nobody(tmp_path: Path) -> None:
    text = "S1: I thought.\nand then, honestly: no.\nwe said: yes. He asked me and all the others there: why?"
    assert said(read(tmp_path, "a.txt", text)) == [("S1", " ".join(text.removeprefix("S1: ").split("\n")))]


def test_text_takes_time_stamps_of_many_kinds(tmp_path: Path) -> None:
    text = "[00:01:02] S1: One.\n(1:05 - 1:07.5) S2: Two.\nS3 [01:00:00]: Three.\n"
    text += "00:02:00 S1: Four.\nAnna Smith   2:03\nFive."
    found = read(tmp_path, "a.txt", text)
    assert found.spoken == (
        Spoken("S1", 62, None, "One."),
        Spoken("S2", 65, 67.5, "Two."),
        Spoken("S3", 3600, None, "Three."),
        Spoken("S1", 120, None, "Four."),
        Spoken("Anna Smith", 123, None, "Five."),
    )


def test_text_says_in_which_line_a_time_is_wrong_or_words_are_missing(tmp_path: Path) -> None:
    found = read(tmp_path, "a.txt", "S1: One.\n[00:99:02] S2: Two.\nS3:\nS1: Three.")
    assert found.faults == (
        Fault(2, "“00:99:02” is no time. Write hours, minutes and seconds, such as [00:01:02]."),
        Fault(3, "“S3” has no words here. Write what was said, or delete the line."),
    )


def test_brackets_without_a_time_are_words(tmp_path: Path) -> None:
    assert said(read(tmp_path, "a.txt", "[laughs] S1 did it\n\n[12] people")) == [
        ("", "[laughs] S1 did it"), ("", "[12] people"),
    ]  # fmt: skip


def test_web_subtitles_have_voices_notes_and_tags(tmp_path: Path) -> None:
    text = (
        "WEBVTT - The talk\nLanguage: en\n\nNOTE of somebody\nnothing\n\nSTYLE\n::cue {}\n\n"
        "1\n00:01.000 --> 00:04.500 align:start\n<v.loud Morag Cathcart>She &amp; <i>he</i> came\nlate.</v>\n\n"
        "01:00:00.000 --> 01:00:02.000\n<v S1>Yes</v><v S2>No</v>\n\n00:05.000 --> 00:06.000\nS2: Perhaps\n\n"
        "00:07.000 --> 00:08.000\n"
    )
    assert read(tmp_path, "a.txt", text).spoken == (
        Spoken("Morag Cathcart", 1, 4.5, "She & he came late."),
        Spoken("S1", 3600, 3602, "Yes"),
        Spoken("S2", 3600, 3602, "No"),
        Spoken("S2", 5, 6, "Perhaps"),
    )


def test_a_broken_vtt_is_told_line_by_line(tmp_path: Path) -> None:
    text = (
        "00:01.000 --> 00:02.000\nOne\n\nlost words\n\n00:0x.000 --> 00:04.000\nTwo\n\n"
        "00:09.000 --> 00:04.000\nThree\n\n00:10.000 --> 00:11.000\nFour\n00:12.000 --> 00:13.000\nFive\n"
    )
    found = read(tmp_path, "a.vtt", text)
    assert found.faults == (
        Fault(1, "A .vtt file begins with the line WEBVTT. Save it again at its source, or write that line."),
        Fault(4, "No time stands above these words. Write one such as 00:00:01.000 --> 00:00:04.000."),
        Fault(6, "“00:0x.000 --> 00:04.000” is no time. Write it as 00:00:01.000 --> 00:00:04.000."),
        Fault(9, "This ends before it begins. Exchange the two times, or correct them."),
        Fault(14, "A blank line is missing above this time."),
    )


def test_srt_has_numbers_and_commas(tmp_path: Path) -> None:
    text = (
        "\ufeff1\n00:00:01,500 --> 00:00:02,000\n{\\an8}<i>S1: One\nof two\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo\n"
    )
    assert read(tmp_path, "a.srt", text).spoken == (Spoken("S1", 1.5, 2, "One of two"), Spoken("", 3, 4, "Two"))


def test_csv_has_columns_in_any_order_and_delimiter(tmp_path: Path) -> None:
    text = 'Text;Speaker;Start;End\n"One; two";S1;62,5;00:01:05\nThree;Morag;;\n'
    assert read(tmp_path, "a.csv", text).spoken == (
        Spoken("S1", 62.5, 65, "One; two"),
        Spoken("Morag", None, None, "Three"),
    )


def test_csv_says_what_is_wrong_in_which_row(tmp_path: Path) -> None:
    text = "speaker,start,end,text\nS1,soon,,One\nS1,5,4,Two\nS1,1,2,\nS1,1,2,Fine\n"
    assert read(tmp_path, "a.csv", text).faults == (
        Fault(2, "“soon” is no time. Write seconds such as 62.5, or 00:01:02."),
        Fault(3, "This ends before it begins. Exchange the two times, or correct them."),
        Fault(4, "The cell of text is empty. Write what was said, or delete the row."),
    )
    assert "no column text" in refusal(tmp_path, "b.csv", "who,what\nS1,One\n")


def test_a_document_is_read_by_paragraph_and_nothing_else_of_it(tmp_path: Path) -> None:
    content = document("S1: One.</w:t><w:br/><w:t>Still one.", "Two.", "", "S2: A</w:t><w:tab/><w:t>b &amp; c")
    assert said(read(tmp_path, "a.docx", content)) == [("S1", "One. Still one."), ("S1", "Two."), ("S2", "A\tb & c")]
    found = read(tmp_path, "b.docx", document("S1: One.", "[00:61:00] S2: Two."))
    assert [fault.line for fault in found.faults] == [2]


def test_what_was_deleted_in_a_document_is_not_read(tmp_path: Path) -> None:
    content = document("S1: Kept</w:t></w:r><w:del><w:r><w:delText>Gone</w:delText></w:r></w:del><w:r><w:t>.")
    assert said(read(tmp_path, "a.docx", content)) == [("S1", "Kept.")]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.txt", b"", "This file is empty"),
        ("a.txt", b"MZ\0\0 a program", "This file is a program"),
        ("a.docx", b"\x7fELF\0\0", "This file is a program"),
        ("a.vtt", b"WEBVTT\n\n", "Nothing was said in this file"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "an older Word file, or a PDF"),
        ("a.pdf", b"%PDF-1.7", "an older Word file, or a PDF"),
        ("a.mp3", b"ID3\0\0\0 sound", "This file is no text"),
        ("a.txt", b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        ("a.docx", b"PK\x03\x04 broken", "could not be read as a Word document"),
        ("a.docx", document("S1: One", part="xl/workbook.xml"), "no Word document"),
        ("a.docx", document("S1: One" * 900_000), "unpacks to more than any transcript needs"),
        ("a.docx", document("S1", before='<!DOCTYPE x [<!ENTITY y "z">]>'), "refers to things outside itself"),
        ("a.docx", document("<w:broken>"), "could not be read as a Word document"),
    ],
)
def test_hostile_file_is_refused_with_a_sentence(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    assert sentence in refusal(tmp_path, name, content)


def test_a_transcript_of_a_hundred_thousand_lines_is_refused_at_once(tmp_path: Path) -> None:
    began = time.monotonic()
    for name, text in (("a.txt", "S1: Words\n" * 100_000), ("a.csv", "text\n" + "Words\n" * 100_000)):
        assert refusal(tmp_path, name, text).startswith(f"This file has more than {MOST_LINES:,} lines.")
    assert time.monotonic() - began < 5


def test_more_passages_than_fit_are_refused(tmp_path: Path) -> None:
    for name, text in (("a.txt", "S1: Words\n" * 10_001), ("a.csv", "text\n" + "Words\n" * 10_001)):
        assert f"more than {MOST_PASSAGES:,} passages" in refusal(tmp_path, name, text)
    assert len(read(tmp_path, "b.txt", "S1: Words\n" * 10_000).spoken) == 10_000


def test_faults_beyond_fifty_are_counted(tmp_path: Path) -> None:
    found = read(tmp_path, "a.txt", "[00:99:00] S1: One.\n" * 60)
    assert (len(found.faults), found.more) == (MOST_FAULTS, 10)


@pytest.mark.parametrize("text", ["words " * 20_000, "x" * 70_000, "🙂" * 40_000])
def test_long_passage_is_divided_and_nothing_is_lost(text: str) -> None:
    pieces = list(divided(Spoken("S1", 1, 2, text.strip())))
    assert max(len(each.text.encode("utf-16-le")) // 2 for each in pieces) <= LONGEST
    assert "".join(each.text for each in pieces).replace(" ", "") == text.replace(" ", "")
    assert {(each.speaker, each.start_s, each.end_s) for each in pieces} == {("S1", 1, 2)}


def test_signs_that_nobody_sees_cannot_hide_a_name(tmp_path: Path) -> None:
    assert said(read(tmp_path, "a.txt", "S1: Mo\u00adrag and Cath\u200bcart, cafe\u0301")) == [
        ("S1", "Morag and Cathcart, café")
    ]


def test_file_of_another_encoding_is_read(tmp_path: Path) -> None:
    assert said(read(tmp_path, "a.txt", "S1: Größe".encode("utf-16"))) == [("S1", "Größe")]
    assert said(read(tmp_path, "a.txt", "S1: “Größe”".encode("cp1252"))) == [("S1", "“Größe”")]


def test_child_process_reads_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.500\n<v Anna>One\n\nlost\n", "utf-8")
    assert asyncio.run(parse_file(tmp_path / "a.vtt")) == read_file(tmp_path / "a.vtt")
