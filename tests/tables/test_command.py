"""`eventkit tables`: from files to a seating and an honest report of it, or to sentences and nothing written."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from eventkit.cli import main
from eventkit.tables.bounds import bounds
from eventkit.tables.files import Files, read
from eventkit.tables.scoring import score

SECTORS = ("council", "charity", "health")
PEOPLE = "person_id;organisation;sector\n" + "".join(f"p{n};o{n % 7};{SECTORS[n % 3]}\n" for n in range(24))
TABLES = "table,min_seats,max_seats,accessible\nt1,5,7,1\nt2,5,7,\nt3,5,7,\nt4,5,7,\n"
RULES = "kind,round,person_id,other_id,table\nfixed,,p1,,t2\napart,2,p3,p4,\naccessible,,p5,,\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the files are, and the command runs."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("people", PEOPLE), ("tables", TABLES), ("constraints", RULES)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    return tmp_path


def _run(*arguments: str, out: str = "seating.csv") -> Result:
    files = ["--people", "people.csv", "--tables", "tables.csv", "--out", out]
    done = CliRunner().invoke(main, ["tables", *files, *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done


def _refused(*arguments: str, out: str = "seating.csv") -> str:
    done = _run(*arguments, out=out)
    assert (done.exit_code, done.stdout) == (1, "")
    return done.stderr


def _values(content: Mapping[str, object]) -> Mapping[str, object]:
    """A round's or the whole day's values, without their bounds."""
    found = {}
    for name, beside in content.items():
        assert isinstance(beside, dict)
        each = beside.get("attributes")
        found[name] = {key: one["value"] for key, one in each.items()} if each else beside["value"]
    return found


def test_seating_that_is_read_back_has_the_score_that_was_reported() -> None:
    done = _run("--rounds", "3", "--constraints", "constraints.csv", "--seed", "5", "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    files = {name: Path(f"{name}.csv") for name in ("people", "tables", "constraints")}
    given = read(Files(**files, before=Path("seating.csv")), 3)
    found = score(given.room, given.before or {})
    assert _values(told["total"]) == vars(found.total)
    assert [_values({**one, "round": {"value": one["round"]}}) for one in told["rounds"]] == [
        {"round": number, **vars(one)} for number, one in found.rounds.items()
    ]
    assert told["total"]["overlap"]["bound"] == bounds(given.room).total.overlap
    assert (told["seed"], told["total"]["broken"]["value"], sorted(told["inputs"])) == (5, 0, sorted(files))
    assert "menu" not in told


def test_seating_names_everybody_in_every_round() -> None:
    assert _run("--rounds", "2").exit_code == 0
    lines = Path("seating.csv").read_bytes().decode("utf-8").split("\r\n")
    assert lines[0] == "person_id,round,table"
    expected = [f"p{n},{number}" for number in (1, 2) for n in range(24)]
    assert [line.rpartition(",")[0] for line in lines[1:-1]] == expected


def test_people_who_come_later_are_seated_then() -> None:
    people = "person_id,rounds\n" + "".join(f"p{n},{'2' if n == 3 else ''}\n" for n in range(24))
    Path("people.csv").write_text(people, "utf-8")
    assert _run().exit_code == 0
    lines = [line.split(",")[:2] for line in Path("seating.csv").read_text("utf-8").splitlines()]
    assert [number for person, number in lines if person == "p3"] == ["2"]


def test_same_seed_writes_the_same_bytes() -> None:
    for name in ("one.csv", "two.csv"):
        assert _run("--rounds", "2", "--seed", "3", out=name).exit_code == 0
    assert Path("one.csv").read_bytes() == Path("two.csv").read_bytes()


def test_rounds_are_those_that_the_files_name() -> None:
    assert _run("--constraints", "constraints.csv").exit_code == 0
    assert {line.split(",")[1] for line in Path("seating.csv").read_text("utf-8").splitlines()[1:]} == {"1", "2"}


def test_people_read_how_good_it_is() -> None:
    lines = _run().stdout.splitlines()
    assert lines[0] == "No rule is broken. Everybody has a seat, and every rule is kept."
    assert lines[1].startswith("Organisation: best possible.")
    assert lines[-2].startswith("Seed 0, eventkit ")
    assert lines[-1] == "Wrote seating.csv."


def test_repair_writes_the_plan_with_the_fewest_moves_and_names_the_others() -> None:
    assert _run("--rounds", "2", out="morning.csv").exit_code == 0
    morning = Path("morning.csv").read_bytes()
    late = [line for line in PEOPLE.splitlines() if line.split(";")[0] not in ("p2", "p9")]
    Path("people.csv").write_text("\n".join([*late, "new;o1;health", ""]), "utf-8")
    done = _run("--rounds", "2", "--before", "morning.csv", "--json")
    assert "Note: morning.csv: 2 people are not there any more.\n" in done.stderr
    told = json.loads(done.stdout)
    moves = [offer["moves"] for offer in told["menu"]]
    assert moves == sorted(moves)
    written = [line.split(",") for line in Path("seating.csv").read_text("utf-8").splitlines()[1:]]
    assert [[person, str(number), table] for person, number, table in told["menu"][0]["seating"]] == written
    assert {person for person, _round, _table in written} == {line.split(";")[0] for line in late[1:]} | {"new"}
    assert told["total"] == told["menu"][0]["total"]
    assert told["total"]["broken"] == {"value": 0, "bound": 0}
    assert (Path("morning.csv").read_bytes(), told["inputs"].keys()) == (morning, {"people", "tables", "before"})


def test_repair_may_take_the_place_of_the_seating_before() -> None:
    assert _run().exit_code == 0
    done = _run("--before", "seating.csv")
    assert done.exit_code == 0
    assert "Ways to repair it; the first is written, --json gives the seats of all:" in done.stdout


def test_what_is_wrong_is_said_and_nothing_is_written() -> None:
    Path("seating.csv").write_text("mine", "utf-8")
    Path("people.csv").write_text(PEOPLE + "p1;;\n;;health\n", "utf-8")
    assert _refused("--knows", "knows.csv").splitlines() == [
        "people.csv, row 26, person_id: “p1” is used in row 3 already. Give each row its own.",
        "people.csv, row 27, person_id: This must be filled in.",
        "knows.csv: There is no file knows.csv. Check its name and folder.",
    ]
    assert Path("seating.csv").read_text("utf-8") == "mine"


def test_rules_that_contradict_each_other_are_said() -> None:
    rules = "kind,round,person_id,other_id,table\nfixed,,p1,,t1\nfixed,,p2,,t2\ntogether,,p1,p2,\n"
    Path("constraints.csv").write_text(rules, "utf-8")
    told = _refused("--constraints", "constraints.csv")
    assert [f"Row {row}: " in told for row in (2, 3, 4)] == [True, True, True]
    assert not Path("seating.csv").exists()


def test_files_that_would_be_lost_are_refused(folder: Path) -> None:
    sentence = "people.csv is read from, and would be lost. Give another name with --out.\n"
    assert _refused(out="people.csv") == sentence
    assert Path("people.csv").read_text("utf-8") == PEOPLE
    (folder / "plans").mkdir()
    assert _refused(out="plans") == "plans is a folder. Give the name of a file with --out.\n"


def test_help_has_an_example_and_says_what_a_repair_writes() -> None:
    told = " ".join(CliRunner().invoke(main, ["tables", "--help"]).stdout.split())
    assert "Example: eventkit tables --people people.csv --tables tables.csv" in told
    assert "The plan that moves fewest people is written" in told
    assert CliRunner().invoke(main, ["tables", "--people", "people.csv"]).exit_code == 2
