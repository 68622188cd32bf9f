"""The workbook as an independent reader finds it."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlmodel import Session

from eventkit.activities import ACTIVITIES
from eventkit.events.models import Correction, Event
from eventkit.evidence.models import Query, Statistic
from eventkit.export.cover import Facts
from eventkit.export.workbook import results, write
from eventkit.sheet import Column, Sheet, Type, Value
from tests.export.day import MOMENT, Day
from tests.export.reader import cells, formulas, parts, rows

ORDER = "cover method dictionary dictionary_values statistics polls tallies perception_gap".split()
ORDER += "wall_notes tables vignettes vignette_notes themes transcripts consent_counts queries export_log".split()
ILLEGAL = [*map(chr, range(9)), "\x0b", "\x0c", *map(chr, range(14, 32)), "\ud800", "\udfff", "\ufffe", "\uffff"]

HOSTILE = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "{=1+1}",
    "＝1+1",
    "＋1",
    "－1",
    "＠a",
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("https://example.org","press")',
    '=WEBSERVICE("https://example.org")',
    "https://example.org/?a=1&b=2",
    "mailto:a@example.org",
    "internal:'polls'!A1",
    "external:c:\\a.xlsx",
    "00123",
    "1e5",
    "12345678901234567890",
    "1/2",
    "5-10",
    "MAR1",
    "TRUE",
    "#REF!",
    "NaN",
    "-",
    ".",
    " ",
    " both ends ",
    "_x0041_",
    "_x0041_x0042_",
    "_x000D__x000d_",
    "_x005F_x0041_",
    "<r>x</r>",
    "<r><t>x</t></r>",
    "<r></t></r>",
    "<r>_x0041_</r>",
    "<script>alert(1)</script>",
    "&amp; & < > \" '",
    "]]>",
    "<!DOCTYPE x>",
    "{{ 7 * 7 }} {% raw %} ${x}",
    "a\r\nb\rc\nd",
    "a\u2028b\u2029c\u0085d",
    "\n" * 300,
    "\u202eevil\u202c \u2066x\u2069",
    "العربية עברית Gàidhlig",
    "👩‍👩‍👧 🏴󠁧󠁢󠁳󠁣󠁴󠁿 e\u0301 é",
    "\x7f\x80\x9f",
    "x" * 32_767,
    "y" * 40_000,
    "🙂" * 20_000,
]


def expected(text: str) -> str:
    """The documented normalisation, written a second time: illegal characters out, line feeds, 32,767 units."""
    surrogates = range(0xD800, 0xE000)
    legal = "".join(character for character in text if character not in ILLEGAL and ord(character) not in surrogates)
    units, kept = 0, []
    for character in legal.replace("\r\n", "\n").replace("\r", "\n"):
        units += 1 + (ord(character) > 0xFFFF)
        if units > 32_767:
            break
        kept.append(character)
    return "".join(kept)


def workbook(session: Session, event: Event) -> bytes:
    return results(session, event, ACTIVITIES, "1.2.3")


def test_results_have_the_sheets_of_the_contract_in_order(fife: Day) -> None:
    book = load_workbook(BytesIO(workbook(fife.session, fife.event)))
    assert book.sheetnames == ORDER
    for page in book:
        assert [table.displayName for table in page.tables.values()] == [page.title]
        assert page.tables[page.title].ref.startswith("A5:")
        assert page["A1"].value
        assert page["A2"].value
        assert page["A3"].hyperlink is not None
        assert page.freeze_panes is not None
        assert page.print_title_rows == "$5:$5"
        assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
    assert book["cover"]["B12"].value == MOMENT.isoformat()
    assert book.properties.created == MOMENT.replace(tzinfo=None)


def test_results_of_the_same_data_have_the_same_bytes(fife: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    first = workbook(fife.session, fife.event)
    monkeypatch.setattr("time.time", lambda: datetime(2030, 1, 1).timestamp())  # noqa: DTZ001
    assert workbook(fife.session, fife.event) == first
    with ZipFile(BytesIO(first)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 31, 0, 0, 0)}
    assert b"2030" not in b"".join(ZipFile(BytesIO(first)).read(name) for name in ("docProps/core.xml",))


def test_results_change_with_the_time_of_the_last_change_alone(fife: Day) -> None:
    first = workbook(fife.session, fife.event)
    fife.event.changed_at = MOMENT.replace(hour=15)
    assert workbook(fife.session, fife.event) != first


def test_results_of_an_empty_event_have_one_row_of_not_applicable(day: Callable[..., Day]) -> None:
    empty = day()
    data = workbook(empty.session, empty.event)
    for sheet in ORDER[4:]:
        (row,) = rows(data, sheet)
        assert set(row.values()) == {"[z]"}
    assert load_workbook(BytesIO(data)).sheetnames == ORDER


@pytest.mark.parametrize("text", HOSTILE)
def test_query_stands_in_the_workbook_as_text(day: Callable[..., Day], text: str) -> None:
    asked = day()
    for query_id in ("b", "a"):
        asked.session.add(Query(query_id=query_id, event_id=asked.event.id, statistic_id="jobs", text=text))
    asked.session.flush()
    data = workbook(asked.session, asked.event)
    assert [row["query_id"] for row in rows(data, "queries")] == ["a", "b"]
    assert formulas(data) == []


def test_dictionary_describes_every_column_of_every_sheet(fife: Day) -> None:
    data = workbook(fife.session, fife.event)
    book = load_workbook(BytesIO(data))
    columns = [(page.title, cell.value) for page in book for cell in page[5]]
    described = rows(data, "dictionary")
    assert [(row["sheet"], row["variable"]) for row in described] == columns
    assert all(row["label"] and row["type"] and row["measure"] and row["missing_rule"] for row in described)
    sets = {row["value_set"] for row in rows(data, "dictionary_values")}
    assert {row["value_set"] for row in described if row["value_set"]} | {"missing"} == sets


def test_dictionary_values_list_every_code_that_stands_in_a_coded_column(fife: Day) -> None:
    data = workbook(fife.session, fife.event)
    codes: dict[object, set[object]] = {}
    for row in rows(data, "dictionary_values"):
        codes.setdefault(row["value_set"], set()).add(row["code"])
    for column in rows(data, "dictionary"):
        if column["value_set"]:
            allowed = codes[column["value_set"]] | codes["missing"] | {None}
            assert {row[str(column["variable"])] for row in rows(data, str(column["sheet"]))} <= allowed


def test_cover_links_every_sheet(fife: Day) -> None:
    page = load_workbook(BytesIO(workbook(fife.session, fife.event)))["cover"]
    linked = [cell.value for (cell,) in page["A6:A40"] if cell.hyperlink]
    assert linked == ORDER[1:]


def test_method_gives_both_wordings_of_a_correction(fife: Day) -> None:
    made = {"part": "polls", "row_id": "p1", "column": "question", "before": "How mnay?", "after": "How many?"}
    fife.session.add(Correction(event_id=fife.event.id, at=MOMENT, **made))
    fife.session.flush()
    notes = {str(row["topic"]): row["note"] for row in rows(workbook(fife.session, fife.event), "method")}
    assert notes["Corrections"] == (
        "polls, p1, question: “How mnay?” was corrected to “How many?” after the vote was opened, "
        "2016-05-18T14:30:00+00:00."
    )


def test_method_says_what_happened_on_this_day(fife: Day) -> None:
    fife.event.organisers_vote = False
    notes = " ".join(str(row["note"]) for row in rows(workbook(fife.session, fife.event), "method"))
    assert "Poll p2, round 1: discarded unread." in notes
    assert "The organising team was asked not to vote." in notes
    assert "fewer than 5 answers" in notes
    assert "Not checked at source: s1." in notes


def test_shares_are_numbers_shown_as_per_cent(fife: Day) -> None:
    page = load_workbook(BytesIO(workbook(fife.session, fife.event)))["tallies"]
    assert (page["H6"].value, page["H6"].number_format) == (0.3, "0%")


def test_hostile_text_in_every_text_column_stays_text(day: Callable[..., Day]) -> None:
    fife = day(title="=1+1", place="=1+1", organisers="<r></t></r>", contact="@SUM(A1)", changed_at=MOMENT)
    columns = [name for name, field in Statistic.model_fields.items() if field.annotation is str]
    for number, text in enumerate(HOSTILE, 1):
        fife.statistic(f"s{number}", "7", **{name: text for name in columns if name != "statistic_id"})
        poll = fife.poll(f"p{number}", [(text, "7", True), ("B", "8", False)], question=text, unit=text)
        fife.round(poll, {"A": 5, "B": 6}, counted_at=MOMENT)
    data = workbook(fife.session, fife.event)
    assert formulas(data) == []
    statistics, tallies = cells(data, 5), cells(data, 7)
    heads = {cell.text: address[:-1] for address, cell in statistics.items() if address.strip("ABCDEFGHIJKLMN") == "5"}
    for number, text in enumerate(HOSTILE):
        assert tallies[f"D{6 + 2 * number}"].text == expected(text)
        for name in heads.keys() & set(columns) - {"statistic_id"}:
            cell = statistics[f"{heads[name]}{6 + number}"]
            assert (cell.kind, cell.text) == ("s", expected(text))


def test_every_alteration_is_in_the_log_and_nothing_else(day: Callable[..., Day]) -> None:
    fife = day(changed_at=MOMENT)
    for number, text in enumerate(HOSTILE, 1):
        fife.statistic(f"s{number}", "7", notes=text)
    long, emoji = len(HOSTILE) - 1, len(HOSTILE)
    problem = {"problem": "longer than the 32767 units of a cell", "action": "end left out", "column": "notes"}
    assert rows(workbook(fife.session, fife.event), "export_log") == [
        problem | {"sheet": "statistics", "row_id": f"s{long} (row {long + 5})", "characters_lost": 7_233},
        problem | {"sheet": "statistics", "row_id": f"s{emoji} (row {emoji + 5})", "characters_lost": 3_617},
    ]


@pytest.mark.parametrize("text", [*HOSTILE, *ILLEGAL, "a\ud800b", "\x00=1+1"])
def test_hostile_text_is_safe_in_names_headings_titles_and_properties(text: str) -> None:
    columns = (Column(text, text, example=text), Column(text, text, Type.NUMBER, values=((text, text),)))
    sheet = Sheet(text, text, text, columns, [{text: text}])
    target = BytesIO()
    write(target, [sheet, sheet], Facts(text, MOMENT, [(text, text)]))
    data = target.getvalue()
    assert formulas(data) == []
    assert parts(data).keys() >= {"xl/tables/table6.xml"}
    assert cells(data, 5)["A6"].text == expected(text)
    assert len({name.casefold() for name in load_workbook(BytesIO(data)).sheetnames}) == 7


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.text(st.characters(), max_size=40), min_size=1, max_size=200))
def test_any_text_reads_back_as_documented(texts: list[str]) -> None:
    target = BytesIO()
    rows: list[dict[str, Value]] = [{"id": "row", "text": text} for text in texts]
    write(target, [Sheet("notes", "", "", (Column("id", ""), Column("text", "")), rows)], Facts("", MOMENT))
    assert formulas(target.getvalue()) == []
    found = cells(target.getvalue(), 5)
    assert [found[f"B{number}"].text for number in range(6, 6 + len(texts))] == [expected(text) for text in texts]
