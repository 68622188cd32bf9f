"""The sheet of people."""

from pathlib import Path

import pytest

from eventkit.events.models import Person
from eventkit.events.people import PEOPLE as SHEET
from tests.plan.writing import EVENT, noted, toml, wrong

ANNA = '[[people]]\nperson_id = "a1"\nname = "Anna"\norganisation = "Housing"\nsector = "council"\n'


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ('rounds = "2;x"', "rounds: “x” is no round. Write numbers with a semicolon between, such as 2;3."),
        ("rounds = 21", "rounds: “21” is no round. Write numbers with a semicolon between, such as 2;3."),
        ('rounds = "²"', "rounds: “²” is no round. Write numbers with a semicolon between, such as 2;3."),
        ('arrives_at = "late"', "arrives_at: “late” is no time of day. Write hours and minutes, such as 10:30."),
    ],
)
def test_person_that_cannot_be_is_named(tmp_path: Path, lines: str, expected: str) -> None:
    assert wrong(toml(tmp_path, EVENT + ANNA + lines)) == [f"people, row 1, {expected}"]


def test_person_needs_an_id_of_their_own_and_a_name(tmp_path: Path) -> None:
    assert wrong(toml(tmp_path, EVENT + ANNA + ANNA.replace('name = "Anna"\n', ""))) == [
        "people, row 2, person_id: “a1” is used in row 1 already. Give each row its own.",
        "people, row 2, name: This must be filled in. For example: Anna Nowak",
    ]


def test_two_of_one_name_in_one_organisation_are_a_note(tmp_path: Path) -> None:
    path = toml(tmp_path, EVENT + ANNA + ANNA.replace("a1", "a2"))
    assert wrong(path) == []
    assert noted(path) == ["people, row 2, name: Row 1 has the same name and organisation. Is this another person?"]
    elsewhere = ANNA.replace("a1", "a2").replace("Housing", "Schools")
    assert noted(toml(tmp_path, EVENT + ANNA + elsewhere)) == []


def test_attributes_have_an_end(tmp_path: Path) -> None:
    own = "".join(f'column{number} = "x"\n' for number in range(40))
    assert wrong(toml(tmp_path, EVENT + ANNA + own)) == [
        "people: There are 41 columns to balance; at most 40 can be kept.",
    ]


def test_every_column_is_stored() -> None:
    assert [column.name for column in SHEET.columns if column.name not in Person.model_fields] == []
