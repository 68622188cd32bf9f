"""What people were told before they agreed stays as they read it."""

from pathlib import Path

import pytest

from eventkit.events import rules as events
from eventkit.vignettes import plan
from tests.fife import FIFE
from tests.vignettes.consenting import Asked

PRINTED = ("consent_wording", "consent_version", "recordings_until", "date", "delete_after")


@pytest.mark.parametrize("column", [*PRINTED, "title"])
def test_what_people_agreed_to_stays_as_they_read_it(tmp_path: Path, column: str) -> None:
    asked = Asked(tmp_path)

    def fixed() -> str:
        return asked.ask(lambda session: plan.fixed(session, events.event(session, FIFE), "event", "fife", column))

    assert fixed() == ""
    asked.answer("Ada")
    assert fixed().startswith("People have agreed" if column in PRINTED else "")
    assert bool(fixed()) == (column in PRINTED)
    asked.close()
