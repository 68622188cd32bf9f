"""How two plans differ: nothing is missed, nothing is made up, and every line can be read."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from eventkit.activities import ACTIVITIES
from eventkit.migrations.run import METADATA
from eventkit.plan.changes import Change, differences, identified
from eventkit.plan.whole import create, digest, parts, store, stored
from eventkit.sheet import Part, Plan, Row
from tests.plan.changing import DAY, PROGRAMME
from tests.plan.made_up import plans
from tests.plan.test_round_trip import MADE, empty
from tests.plan.writing import opened, toml

BY_NAME = {part.name: part for part in parts(ACTIVITIES)}


def changed(old: Plan, new: Plan) -> Plan:
    """The old plan after these differences; only whole rows are taken from the new one."""
    made = differences(old, new)
    return Plan({name: tuple(_replayed(part, old, new, made)) for name, part in BY_NAME.items()})


def _replayed(part: Part, old: Plan, new: Plan, made: list[Change]) -> Iterator[Row]:
    mine = [change for change in made if change.part == part.name]
    rows = dict(identified(part, old.rows(part.name)))
    for change in mine:
        if change.removed:
            del rows[change.row_id]
        elif change.added:
            rows[change.row_id] = part.identities(new.rows(part.name))[change.row_id]
        elif change.column:
            row = rows[change.row_id]
            rows[change.row_id] = replace(row, cells={**row.cells, change.column: change.after})
    if [change for change in mine if not change.row_id and not change.column]:
        return iter([rows[row_id] for row_id in part.identities(new.rows(part.name))])
    return iter(rows.values())


def another(plan: Plan, seed: int) -> Plan:
    """The plan with rows left out, rows in another order, and cells that have changed places."""
    chance = Random(seed)
    found: dict[str, list[Row]] = {}
    for name, part in BY_NAME.items():
        rows = [row for row in plan.rows(name) if part.transposed or chance.random() < 0.8]
        cells = [dict(row.cells) for row in rows]
        for column in part.columns:
            if column.name not in part.key and chance.random() < 0.3:
                values = [row[column.name] for row in rows]
                chance.shuffle(values)
                for row, value in zip(cells, values, strict=True):
                    row[column.name] = value
        found[name] = [replace(row, cells=own) for row, own in zip(rows, cells, strict=True)]
        if chance.random() < 0.5:
            chance.shuffle(found[name])
    polls = {row.text("poll_id") for row in found["polls"]}
    found["options"] = [row for row in found["options"] if row.text("poll_id") in polls]
    return Plan({name: tuple(rows) for name, rows in found.items()})


@MADE
@given(plan=plans(), seeds=st.tuples(st.integers(0, 99), st.integers(0, 99)))
def test_differences_lead_from_one_plan_to_the_other(plan: Plan, seeds: tuple[int, int]) -> None:
    old, new = (another(plan, seed) for seed in seeds)
    assert digest(changed(old, new)) == digest(new)
    assert (differences(old, new) == []) is (digest(old) == digest(new))


@MADE
@given(plan=plans(), seeds=st.tuples(st.integers(0, 99), st.integers(0, 99)))
def test_plan_that_is_stored_over_another_takes_its_place_whole(plan: Plan, seeds: tuple[int, int]) -> None:
    old, new = (another(plan, seed) for seed in seeds)
    with empty() as session:
        event = create(session, old, ACTIVITIES, "K7M4PDX")
        store(session, event, new, ACTIVITIES)
        session.commit()
        session.expire_all()
        assert digest(stored(session, event, ACTIVITIES)) == digest(new) == event.plan_digest


def lines(folder: Path, before: str, after: str, text: str = DAY) -> list[str]:
    assert text.count(before) == 1
    old = opened(toml(folder, text))[0]
    return [str(change) for change in differences(old, opened(toml(folder, text.replace(before, after)))[0])]


def test_cell_that_differs_is_a_line(tmp_path: Path) -> None:
    assert lines(tmp_path, "doubst", "doubts") == ["polls, p1, question: “How many doubst?” → “How many doubts?”"]
    assert lines(tmp_path, 'unit = "%"', 'unit = "%"\ndecimals = 1') == ["statistics, s1, decimals: nothing → “1”"]
    assert lines(tmp_path, '"A day"', '"Another day"') == ["event, title: “A day” → “Another day”"]


def test_long_text_is_shown_where_it_begins_to_differ(tmp_path: Path) -> None:
    text = DAY.replace("It feels like few.", "a" * 200 + " tpyo " + "b" * 200)
    assert lines(tmp_path, "tpyo", "typo", text) == [
        f"polls, p1, explanation: “…{'a' * 18} tpyo {'b' * 36}…” → “…{'a' * 18} typo {'b' * 36}…”"
    ]


def test_row_with_another_id_is_gone_and_new(tmp_path: Path) -> None:
    assert lines(tmp_path, 'wall_id = "w1"', 'wall_id = "w2"') == ["walls, w1: removed", "walls, w2: added"]


def test_other_order_of_the_same_rows_is_one_line(tmp_path: Path) -> None:
    walls = DAY[DAY.index("[[walls]]") :]
    more = walls.replace("w1", "w2").replace("help", "hinder")
    old, new = (opened(toml(tmp_path, DAY.replace(walls, both)))[0] for both in (walls + more, more + walls))
    assert [str(change) for change in differences(old, new)] == ["walls: order “w1 w2” → “w2 w1”"]


def test_number_that_is_written_otherwise_is_no_difference(tmp_path: Path) -> None:
    assert lines(tmp_path, "value = 84\nunit", "value = 84.0\nunit") == []


def test_steps_are_known_by_their_order(tmp_path: Path) -> None:
    assert lines(tmp_path, 'ref = "p2"', 'ref = "p1"', DAY + PROGRAMME) == ["programme, 4, ref: “p2” → “p1”"]


def test_rows_without_an_id_are_told_apart_by_all_that_they_say() -> None:
    rules = BY_NAME["seating_rules"]
    row = rules.row(1, {"kind": "together", "round": 2, "person_id": "anna", "other_id": "jan"})
    assert list(rules.identities([row, row])) == ["together 2 anna jan", "together 2 anna jan #2"]


def test_numbers_of_rows_that_stay_stay(tmp_path: Path) -> None:
    old = opened(toml(tmp_path, DAY + PROGRAMME))[0]
    without = opened(toml(tmp_path, DAY.replace(DAY[DAY.index("[[walls]]") :], "") + PROGRAMME))[0]
    with empty() as session:
        event = create(session, old, ACTIVITIES, "K7M4PDX")
        before = _numbers(session)
        store(session, event, without, ACTIVITIES)
        after = _numbers(session)
    assert after == before | {"wall": []}


def _numbers(session: Session) -> dict[str, list[int]]:
    names = ("poll", "option", "statistic", "step", "wall")
    return {name: [row[0] for row in session.connection().execute(METADATA.tables[name].select())] for name in names}
