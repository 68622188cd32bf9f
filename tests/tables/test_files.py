"""The seating files: every program's way of saving them, and a sentence with file and row for what cannot be."""

from hashlib import sha256
from pathlib import Path

import pytest

from eventkit.errors import BadInput
from eventkit.tables import seating_files
from eventkit.tables.files import Files, Given, read
from eventkit.tables.room import Kind, Person, Room, Rule, Table

PEOPLE = "person_id,organisation,role\nanna,Council,\njan,,clerk\nzoe,Council,clerk\n"
TABLES = "table,max_seats\nt1,2\nt2,2\n"
RULES = "kind,round,person_id,other_id,table\n"
KNOWS = "person_id,vignette\n"
BEFORE = "person_id,round,table\n"


def _files(folder: Path, **texts: str | bytes) -> Files:
    """People and tables as above, unless they are given."""
    paths = {}
    for word, text in ({"people": PEOPLE, "tables": TABLES} | texts).items():
        paths[word] = folder / f"{word}.csv"
        paths[word].write_bytes(text if isinstance(text, bytes) else text.encode())
    return Files(**paths)


def _read(folder: Path, rounds: int | None = None, **texts: str | bytes) -> Given:
    return read(_files(folder, **texts), rounds)


def _wrong(folder: Path, **texts: str | bytes) -> list[str]:
    with pytest.raises(BadInput) as refusal:
        _read(folder, **texts)
    return refusal.value.sentence.split("\n")


def test_files_become_a_room(tmp_path: Path) -> None:
    given = _read(
        tmp_path,
        people="Person ID,Organisation,Local area,name,needs,rounds\nanna,Council,,Anna,lift,1;3\njan,,North,Jan,,\n",
        tables="round,table,name,min_seats,max_seats,accessible,vignettes\n,t1,Window,1,4,yes,v1;v2\n2,t2,,,3,0,\n",
        constraints=RULES + "Host,,anna,,t1\napart,2,anna,jan,\n",
        knows=KNOWS + "jan,v1\njan,v2\n",
        before=BEFORE + "jan,1,t1\njan,2,t2\n",
    )
    assert given.room == Room(
        people=[
            Person("anna", {"organisation": "Council"}, frozenset({1, 3})),
            Person("jan", {"local_area": "North"}, knows=frozenset({"v1", "v2"})),
        ],
        tables=[
            Table("t1", 1, 4, accessible=True, vignettes=frozenset({"v1", "v2"})),
            Table("t2", 0, 3, round=2),
        ],
        rounds=3,
        rules=[Rule(Kind.HOST, "anna", table="t1", row=2), Rule(Kind.APART, "anna", "jan", round=2, row=3)],
    )
    assert given.before == {1: {"jan": "t1"}, 2: {"jan": "t2"}, 3: {}}
    assert given.notes == ["constraints.csv, kind: There are 1 hosts for 2 tables. Every table has exactly one."]


def test_files_without_rounds_make_one(tmp_path: Path) -> None:
    given = _read(tmp_path)
    assert (given.room.rounds, given.before) == (1, None)
    assert _read(tmp_path, 3).room.rounds == 3


def test_digests_are_of_the_bytes(tmp_path: Path) -> None:
    expected = {"people": sha256(PEOPLE.encode()).hexdigest(), "tables": sha256(TABLES.encode()).hexdigest()}
    assert _read(tmp_path).digests == expected


SCRIPTS = "person_id,organisation\nZoë,Ünïversity\nЗоя,Совет\n李雷,市议会\nأمل,مجلس\nAnna Nowak,Kraków\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_names_in_any_script_are_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    data = (("\ufeff" if encoding == "utf-16-be" else "") + SCRIPTS).encode(encoding)
    given = _read(
        tmp_path, people=data, tables="table,max_seats\nДом,9\n", constraints=RULES + "fixed,,Anna Nowak,,Дом\n"
    )
    assert [person.person_id for person in given.room.people] == ["Zoë", "Зоя", "李雷", "أمل", "Anna Nowak"]
    assert given.room.people[2].attributes == {"organisation": "市议会"}
    assert given.room.rules == [Rule(Kind.FIXED, "Anna Nowak", table="Дом", row=2)]


def test_windows_encoding_is_read(tmp_path: Path) -> None:
    given = _read(tmp_path, people="person_id;organisation\r\nzoë;Café “Süd”\r\n".encode("cp1252"))
    assert given.room.people == [Person("zoë", {"organisation": "Café “Süd”"})]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_headings_decide_on_the_delimiter(tmp_path: Path, sign: str) -> None:
    people = f'person_id{sign}rounds{sign}role\na{sign}"1;2;3;4;5"{sign}"x, y; z"\n{sign * 2}\n\nb{sign}"2;3,4"{sign}\n'
    given = _read(tmp_path, people=people)
    first, second = given.room.people
    assert first == Person("a", {"role": "x, y; z"}, frozenset({1, 2, 3, 4, 5}))
    assert second == Person("b", {}, frozenset({2, 3, 4}))


def test_one_column_is_a_file(tmp_path: Path) -> None:
    assert [person.person_id for person in _read(tmp_path, people="person_id\na\n\nb\n").room.people] == ["a", "b"]


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (PEOPLE + "Anna,,\n", "row 5, person_id: “Anna” is used in row 2 already. Give each row its own."),
        (PEOPLE + ",Council,\n", "row 5, person_id: This must be filled in."),
        ("organisation\nCouncil\n", "row 1, person_id: This column is missing."),
        ("person_id,role,role\na,b,c\n", "row 1, role: This column is there twice. Keep one."),
        ("person_id,organisation\n", "There is nothing below the headings. Write a row for each."),
        ("", "This file is empty. Save it again at its source, and bring it once more."),
        (",,\n,,\n", "This file is empty."),
        (b"PK\x03\x04 rest",
         ("This file could not be read as a workbook: it may be damaged, protected by a password, or of another kind. "
          "Open it, save it as .xlsx without a password, and try again.")),
        (b"\x00\x01\x02", "This file is neither a workbook nor text. Save the table as .xlsx or .csv and try again."),
        ("person_id,role\na,clerk, senior\n",
         "row 2: “senior” stands under no heading. Put a text that has the delimiter in it in quotation marks."),
        ('person_id,role\na,"clerk\nb,clerk\nc,clerk\n',
         "This file is not a table of text: a cell in it has no end. Save it as .csv or .xlsx once more."),
        ("person_id,rounds\na,morning\n",
         "row 2, rounds: “morning” is no round. Write numbers with a semicolon between, such as 2;3."),
        ("person_id,role\na,=A1\n",
         "row 2, role: This is a formula. Open the file where it was made and save the results, or type a value."),
    ],
)  # fmt: skip
def test_people_that_cannot_be_read_are_named(tmp_path: Path, people: str | bytes, expected: str) -> None:
    place = "people.csv, " if expected.startswith("row") else "people.csv: "
    assert _wrong(tmp_path, people=people) == [place + expected]


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        ("table,max_seats\n", ": There is nothing below the headings. Write a row for each."),
        ("table,max_seats\nt1,many\n",
         ", row 2, max_seats: “many” is not a number. Write digits, with a point before decimals, such as 1234.5."),
        ("table,max_seats\nt1,\n", ", row 2, max_seats: This must be filled in."),
        ("table,max_seats\nt1,0\n", ", row 2, max_seats: Give a number from 1 to 500."),
        ("table,max_seats\nt1,9\nT1,9\n",
         ", row 3, round: Row 2 has this table already. Give each of its rows a round of its own."),
        ("table,max_seats,round\nt1,9,1\nt1,9,1\n",
         ", row 3, table: “1 t1” is used in row 2 already. Give each row its own."),
        ("table,seats\nt1,9\n",
         (", row 1, seats: There is no column of this name here. Did you mean “min_seats”?|"
          ", row 1, max_seats: This column is missing.")),
        ("t1,9\nt2,9\n",
         (", row 1: No row of headings was found. "
          "Write round, table, name, min_seats, max_seats, accessible, vignettes in the first row.")),
        ("table,max_seats\nt1,2\n", ": Round 1 has 3 people and 2 seats: 1 person too many."),
        ("table,max_seats,round\nt1,3,1\nt1,2,2\n",
         ": Round 2 has 3 people and 2 seats: 1 person too many."),
        ("table,max_seats,round\nt1,3,2\n", ": Round 1 has 3 people and 0 seats: 3 people too many."),
        ("table,min_seats,max_seats\nt1,2,2\nt2,2,2\n",
         ": Round 1 has 3 people, and its tables take 4 or more: 1 person too few."),
    ],
)  # fmt: skip
def test_tables_that_cannot_be_are_named(tmp_path: Path, tables: str, expected: str) -> None:
    found = _wrong(tmp_path, tables=tables)
    assert found == [f"tables.csv{each}" for each in expected.split("|")]


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("constraints", RULES + "fixed,,bob,,t1\n", "row 2, person_id: “bob” is not in people.csv."),
        ("constraints", RULES + "apart,,ana,jan,\n",
         "row 2, person_id: “ana” is not in people.csv. Did you mean “anna”?"),
        ("constraints", RULES + "fixed,,anna,,t9\n", "row 2, table: “t9” is not in tables.csv."),
        ("constraints", RULES + "fixed,,,,t1\n", "row 2, person_id: This must be filled in."),
        ("constraints", RULES + "near,,anna,jan,\n",
         "row 2, kind: “near” is not one of fixed, banned, together, apart, host, accessible."),
        ("constraints", RULES + "together,,anna,,\n", "row 2, other_id: A rule of the kind together needs this cell."),
        ("constraints", RULES + "together,,anna,jan,\napart,2,jan,anna,\n",
         "row 3, kind: Row 2 demands the contrary. Delete one of the two."),
        ("knows", KNOWS + "bob,v1\n", "row 2, person_id: “bob” is not in people.csv."),
        ("knows", "person_id\nanna\n", "row 1, vignette: This column is missing."),
        ("before", BEFORE + "anna,1,t1\nanna,1,t2\n",
         "row 3, person_id: “1 anna” is used in row 2 already. Give each row its own."),
        ("before", BEFORE + "anna,0,t1\n", "row 2, round: Give a number from 1 to 20."),
        ("before", BEFORE + "anna,,t1\n", "row 2, round: This must be filled in."),
    ],
)  # fmt: skip
def test_rows_that_name_nothing_are_named(tmp_path: Path, word: str, text: str, expected: str) -> None:
    assert _wrong(tmp_path, **{word: text}) == [f"{word}.csv, {expected}"]


def test_files_that_are_none_are_named_together(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    with pytest.raises(BadInput) as refusal:
        read(Files(tmp_path / "people", tmp_path / "tables.csv", _files(tmp_path, constraints=RULES).constraints))
    assert refusal.value.sentence == "people: This is a folder. Give a file."
    (tmp_path / "tables.csv").unlink()
    with pytest.raises(BadInput) as refusal:
        read(Files(tmp_path / "people", tmp_path / "tables.csv"))
    missing = f"tables.csv: There is no file {tmp_path / 'tables.csv'}. Check its name and folder."
    assert refusal.value.sentence.split("\n") == ["people: This is a folder. Give a file.", missing]


def test_an_unreadable_roster_is_not_held_against_the_rules(tmp_path: Path) -> None:
    found = _wrong(tmp_path, people="", constraints=RULES + "fixed,,anna,,t1\nfixed,,jan,,t9\n")
    assert [line.split(":")[0] for line in found] == ["people.csv", "constraints.csv, row 3, table"]


def test_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    people = PEOPLE + "anna,,\n" + ",Council,\n" * 12
    found = _wrong(tmp_path, people=people, tables=TABLES + "t3,x\n", constraints=RULES + "fixed,,bob,,t1\n" * 9)
    assert len(found) == 21
    assert [line.split(":")[0] for line in found[13:15]] == [
        "tables.csv, row 4, max_seats",
        "constraints.csv, row 2, person_id",
    ]
    assert found[-1] == "And 3 more."


def test_what_comes_to_nothing_is_noted(tmp_path: Path) -> None:
    given = _read(
        tmp_path, 1, people="person_id,rounds\nanna,1;4\njan,\n", knows=KNOWS + "jan,v9\n",
        before=BEFORE + "anna,1,t1\nbob,1,t1\njan,1,t7\n",
    )  # fmt: skip
    assert given.notes == [
        "The files name round 4; only 1 are seated.",
        "knows.csv: No table has these stories: v9.",
        "before.csv: 1 person is not there any more.",
        "before.csv: These tables are not there any more: t7.",
    ]
    assert given.before == {1: {"anna": "t1"}}


def test_five_thousand_people_are_read(tmp_path: Path) -> None:
    people = "person_id,organisation,sector\n" + "".join(f"p{n},Council {n % 300},s{n % 5}\n" for n in range(5000))
    tables = "table,max_seats\n" + "".join(f"t{n},10\n" for n in range(500))
    seats = "".join(f"p{n},1,t{n % 500}\n" for n in range(5000))
    given = _read(tmp_path, people=people, tables=tables, before=BEFORE + seats)
    assert (len(given.room.people), len((given.before or {})[1])) == (5000, 5000)


def test_of_thousands_of_mistakes_the_first_are_told(tmp_path: Path) -> None:
    people = "person_id\n" + "".join(f"p{n}\n" for n in range(3000))
    tables = "table,max_seats\n" + "".join(f"t{n},10\n" for n in range(300))
    found = _wrong(tmp_path, people=people, tables=tables, knows=KNOWS + "".join(f"q{n},v1\n" for n in range(3000)))
    assert found[-1] == "And 2980 more."


def test_the_files_that_the_desk_gives_are_read_back(tmp_path: Path) -> None:
    given = _read(
        tmp_path,
        people="person_id,organisation,rounds\nanna,Council,\njan,,1\n",
        tables="round,table,min_seats,max_seats,accessible,vignettes\n,t1,0,4,1,v1\n2,t2,0,3,0,\n",
        constraints=RULES + "apart,2,anna,jan,\n",
        knows=KNOWS + "jan,v1\n",
        before=BEFORE + "anna,1,t1\njan,1,t1\nanna,2,t2\n",
    )
    texts = seating_files.files(given.room, given.before or {})
    again = _read(
        tmp_path,
        people=texts["people.csv"],
        tables=texts["tables.csv"],
        constraints=texts["constraints.csv"],
        knows=texts["knows.csv"],
        before=texts["seating.csv"],
    )
    assert (again.room, again.before) == (given.room, given.before)
