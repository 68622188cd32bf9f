"""What a file is, and the sentence that refuses it."""

import pytest

from eventkit.errors import BadInput
from eventkit.incoming.screening import Kind, screen
from tests.incoming.hostile import REFUSED, packed, workbook

OUTSIDE = "This workbook refers to things outside itself, as no table does. It was not opened."
PROGRAM = "This file is a program, whatever its name says. It was not opened."
UNPACKS = "This workbook unpacks to more than any table needs. Delete pictures and spare sheets."
DAMAGED = (
    "This file could not be read as a workbook: it may be damaged, protected by a password, or of another kind. "
    "Open it, save it as .xlsx without a password, and try again."
)


def test_workbook_and_text_are_told_apart_by_their_content() -> None:
    assert screen(packed(workbook())) is Kind.WORKBOOK
    assert screen(b"a,b\n1,2\n") is Kind.TEXT
    assert screen("a;b\n1;£2\n".encode("cp1252")) is Kind.TEXT
    assert screen("a,b\n1,2\n".encode("utf-16")) is Kind.TEXT
    assert screen(b'{"a": 1}') is Kind.TEXT


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("empty", "This file is empty. Save it again at its source, and bring it once more."),
        ("blank", "This file is empty. Save it again at its source, and bring it once more."),
        ("program", PROGRAM),
        ("linux program", PROGRAM),
        ("script", PROGRAM),
        (
            "older Excel",
            "This is an older Excel file, or one with a password. Save it as .xlsx without a password and try again.",
        ),
        ("PDF", "This file is neither a workbook nor text. Save the table as .xlsx or .csv and try again."),
        ("picture", "This file is neither a workbook nor text. Save the table as .xlsx or .csv and try again."),
        ("too large", "This file is larger than 5 MB. Keep only the sheets that are needed."),
        ("macros", "This workbook holds macros. Save it as .xlsx, without macros, and try again."),
        ("other archive", "This is an archive, but no workbook. Save the table as .xlsx and try again."),
        ("cut short", DAMAGED),
        ("zip slip", DAMAGED),
        ("bomb", UNPACKS),
        ("lying bomb", DAMAGED),
        ("many members", "This workbook has more parts than any table needs. Delete pictures and spare sheets."),
        ("many cells", "This workbook has 3,120,000 cells. Keep only the table that is needed, then save it."),
        ("laughs", OUTSIDE),
        ("outside", OUTSIDE),
        ("outside in UTF-16", OUTSIDE),
        (
            "blank rows",
            "This workbook has 999,999 rows, most of them blank. Delete those below the table, then save it.",
        ),
    ],
)
def test_file_is_refused_with_what_is_wrong(kind: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        screen(REFUSED[kind]())
    assert refused.value.sentence == sentence
