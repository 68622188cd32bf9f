"""Areas and their official codes: the countries of the United Kingdom and the councils of Scotland.

Codes are those of the Government Statistical Service: a letter, two digits for the kind of area, six for the area.
An area is given a new code when its boundary moves, so old figures carry old codes.
"""

import re
from collections.abc import Iterator

AREAS = {
    "K02000001": ("United Kingdom", "UK"),
    "K03000001": ("Great Britain", "GB"),
    "K04000001": ("England and Wales",),
    "E92000001": ("England",),
    "N92000002": ("Northern Ireland",),
    "S92000003": ("Scotland",),
    "W92000004": ("Wales",),
    "S12000005": ("Clackmannanshire",),
    "S12000006": ("Dumfries and Galloway",),
    "S12000008": ("East Ayrshire",),
    "S12000010": ("East Lothian",),
    "S12000011": ("East Renfrewshire",),
    "S12000013": ("Na h-Eileanan Siar", "Eilean Siar", "Comhairle nan Eilean Siar"),
    "S12000014": ("Falkirk",),
    "S12000017": ("Highland",),
    "S12000018": ("Inverclyde",),
    "S12000019": ("Midlothian",),
    "S12000020": ("Moray",),
    "S12000021": ("North Ayrshire",),
    "S12000023": ("Orkney Islands", "Orkney"),
    "S12000026": ("Scottish Borders",),
    "S12000027": ("Shetland Islands", "Shetland"),
    "S12000028": ("South Ayrshire",),
    "S12000029": ("South Lanarkshire",),
    "S12000030": ("Stirling",),
    "S12000033": ("Aberdeen City", "Aberdeen"),
    "S12000034": ("Aberdeenshire",),
    "S12000035": ("Argyll and Bute",),
    "S12000036": ("City of Edinburgh", "Edinburgh"),
    "S12000038": ("Renfrewshire",),
    "S12000039": ("West Dunbartonshire",),
    "S12000040": ("West Lothian",),
    "S12000041": ("Angus",),
    "S12000042": ("Dundee City", "Dundee"),
    "S12000045": ("East Dunbartonshire",),
    "S12000047": ("Fife",),
    "S12000048": ("Perth and Kinross",),
    "S12000049": ("Glasgow City", "Glasgow"),
    "S12000050": ("North Lanarkshire",),
}
"""The names of each area by its code of today; the first is the official one."""

OLD_CODES = {
    "S12000009": "S12000045",
    "S12000015": "S12000047",
    "S12000024": "S12000048",
    "S12000043": "S12000049",
    "S12000044": "S12000050",
    "S12000046": "S12000049",
}
"""Codes of councils whose boundaries have moved since, with the code of today."""

KINDS = frozenset(
    (
        "E01 E02 E05 E06 E07 E08 E09 E10 E12 E14 E23 E92 K02 K03 K04 N06 N08 N09 N92"
        " S01 S02 S08 S12 S13 S14 S16 S17 S37 S92 W01 W02 W05 W06 W07 W92"
    ).split()
)
"""First three characters of codes: countries, councils, wards, zones, constituencies, health boards and police."""

_BY_NAME = {name.casefold(): code for code, names in AREAS.items() for name in names}


def name_of(code: str) -> str:
    """The official name of an area by its code, old or new; "" if the code is not in the table."""
    names = AREAS.get(OLD_CODES.get(code, code))
    return names[0] if names else ""


def code_of(name: str) -> str:
    """The code of today of an area by its name; "" if the name is not in the table."""
    plain = " ".join(name.replace("&", " and ").split()).casefold()
    return _BY_NAME.get(plain) or _BY_NAME.get(plain.removesuffix(" council").strip(), "")


def has_shape(code: str) -> bool:
    """Whether this is a letter and eight digits, of a kind of area that is known here."""
    return bool(re.fullmatch("[A-Z][0-9]{8}", code)) and code[:3] in KINDS


def codes_of(area: str) -> Iterator[str]:
    """Every code, of today or older, under which an area may stand in a file."""
    today = OLD_CODES.get(area, area)
    yield today
    yield from (old for old, new in OLD_CODES.items() if new == today)
