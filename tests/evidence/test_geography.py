"""Areas by name and code, old codes included."""

import pytest

from eventkit.evidence.geography import AREAS, OLD_CODES, code_of, has_shape, name_of


def test_every_council_of_scotland_is_known_once() -> None:
    councils = [code for code in AREAS if code.startswith("S12")]
    assert len(councils) == 32
    names = [name.casefold() for names in AREAS.values() for name in names]
    assert len(names) == len(set(names))


def test_old_codes_lead_to_codes_of_today() -> None:
    assert [old for old, new in OLD_CODES.items() if old in AREAS or new not in AREAS] == []
    assert {name_of(old) for old in OLD_CODES} == {
        "East Dunbartonshire",
        "Fife",
        "Glasgow City",
        "North Lanarkshire",
        "Perth and Kinross",
    }


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Fife", "S12000047"),
        (" fife  council", "S12000047"),
        ("Argyll & Bute", "S12000035"),
        ("UK", "K02000001"),
        ("Great Britain", "K03000001"),
        ("Scotland", "S92000003"),
        ("Fifeshire", ""),
        ("", ""),
    ],
)
def test_area_is_found_by_name(name: str, code: str) -> None:
    assert code_of(name) == code


@pytest.mark.parametrize(
    ("code", "shape"),
    [("S12000047", True), ("E06000001", True), ("S99000001", False), ("S1200004", False), ("s12000047", False)],
)
def test_code_has_a_shape(code: str, shape: bool) -> None:
    assert has_shape(code) is shape
