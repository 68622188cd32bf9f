"""An event that was made of a plan, whose plan can be changed while the room goes on."""

from pathlib import Path
from typing import Any

from sqlmodel import Session

from eventkit.activities import ACTIVITIES
from eventkit.events import rules as events
from eventkit.migrations.run import METADATA
from eventkit.plan import whole
from eventkit.plan.applying import PlanRefused, apply
from eventkit.sealing.keys import Keys
from eventkit.sealing.rules import Boxes
from eventkit.sheet import Plan
from tests.fife import CODES, FIFE, opened
from tests.hall import Hall
from tests.plan.writing import opened as read
from tests.plan.writing import toml

DAY = """
[event]
event_id = "day"
title = "A day"
date = 2016-05-18
min_votes = 1
[[statistics]]
statistic_id = "s1"
measure = "Doubts led to a sanction"
value = 84
unit = "%"
geography_name = "Fife"
period_label = "2015/16"
publisher = "DWP"
dataset = "Stat-Xplore"
[[polls]]
poll_id = "p1"
format = "choice"
question = "How many doubst?"
national_statistic = "s1"
explanation = "It feels like few."
[[options]]
poll_id = "p1"
option_id = "A"
text = "84 per cnt"
value = 84
[[options]]
poll_id = "p1"
option_id = "B"
text = "10 per cent"
value = 10
[[polls]]
poll_id = "p2"
format = "myth"
question = "Is it most?"
national_statistic = "s1"
[[options]]
poll_id = "p2"
option_id = "A"
text = "True"
correct = true
[[options]]
poll_id = "p2"
option_id = "B"
text = "False"
[[walls]]
wall_id = "w1"
question = "What would help?"
"""
PROGRAMME = """
[[programme]]
order = 1
activity = "welcome"
[[programme]]
order = 2
activity = "poll"
ref = "p1"
[[programme]]
order = 3
activity = "break"
time = "10:30"
[[programme]]
order = 4
activity = "poll"
ref = "p2"
[[programme]]
order = 5
activity = "break"
time = "15:00"
[[programme]]
order = 6
activity = "close"
"""

Edit = tuple[str, str]


class PlannedHall(Hall):
    """The room of an event that was made of this plan (a TOML text)."""

    def __init__(self, folder: Path, text: str = DAY + PROGRAMME) -> None:
        self.folder, self.text = folder, text
        self.database = opened(folder / "data" / "eventkit.sqlite3")
        self.boxes = Boxes(Keys(folder / "keys", self.database.path))
        self.database.info |= {"boxes": self.boxes, "languages": {}}
        self.do(_created, self.plan())

    def plan(self, *edits: Edit) -> Plan:
        """The plan with these replacements in its text; each must be there once."""
        text = self.text
        for before, after in edits:
            assert text.count(before) == 1, before
            text = text.replace(before, after)
        return read(toml(self.folder, text))[0]

    def stored(self) -> Plan:
        """The plan as it is stored now."""
        return self.ask(lambda session: whole.stored(session, events.event(session, FIFE), ACTIVITIES))

    def apply(self, new: Plan, **given: Any) -> list[str]:
        """Applies a plan; the lines of what changed."""
        return self.do(apply, FIFE, new, ACTIVITIES, **given)

    def refused(self, new: Plan, **given: Any) -> list[str]:
        """Applies a plan that must be refused, and leave everything as it was; what was said."""
        before = self.rows()
        try:
            self.apply(new, **given)
        except PlanRefused as refusal:
            assert self.rows() == before
            return [str(problem) for problem in refusal.problems]
        raise AssertionError("It was applied.")

    def edit(self, *edits: Edit, **given: Any) -> list[str]:
        """Applies the plan with these replacements."""
        return self.apply(self.plan(*edits), **given)

    def rows(self) -> dict[str, list[Any]]:
        """Everything that is stored, table by table."""
        return self.ask(_everything)


def _created(session: Session, plan: Plan) -> None:
    whole.create(session, plan, ACTIVITIES, CODES[FIFE])


def _everything(session: Session) -> dict[str, list[Any]]:
    connection = session.connection()
    return {name: [tuple(row) for row in connection.execute(table.select())] for name, table in METADATA.tables.items()}
