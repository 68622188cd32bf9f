"""exports/README.md explains every sheet and column of the workbook, in the workbook's own words."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from tests.export.day import Day
from tests.export.reader import rows
from tests.export.test_workbook import workbook

README = Path(__file__).parents[2] / "exports" / "README.md"


def test_readme_explains_each_sheet_and_column_and_nothing_else(day: Callable[..., Day]) -> None:
    empty = day()
    data = workbook(empty.session, empty.event)
    expected = [f"### {page.title}: {page['A2'].value}" for page in load_workbook(BytesIO(data))]
    for row in rows(data, "dictionary"):
        heading = next(number for number, line in enumerate(expected) if line.startswith(f"### {row['sheet']}:"))
        following = [number for number, line in enumerate(expected) if line.startswith("###") and number > heading]
        expected.insert(following[0] if following else len(expected), f"| `{row['variable']}` | {row['label']} |")
    explained = [line for line in README.read_text(encoding="utf-8").splitlines() if re.match(r"###|\| `", line)]
    assert explained == expected
