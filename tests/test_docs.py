"""What the documentation says is true of the code, and the code keeps to its words."""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

import click
import pytest

from eventkit.cli import main
from eventkit.migrations.run import METADATA
from eventkit.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("exports/README.md")]
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
SOURCES = {path: ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "eventkit").rglob("*.py"))}
SPOKEN = {"name", "chip", "heading", "next", "back", "label"}


def _read(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def test_readme_is_short_and_holds_both_commands() -> None:
    lines = [line.strip() for line in _read("README.md").splitlines()]
    assert len(lines) <= 80
    venv = "python3 -m venv .venv && .venv/bin/pip install"
    assert [line for line in lines if line.startswith("python3 -m venv")] == [
        f"{venv} . && .venv/bin/eventkit demo",
        f"{venv} -e '.[dev]' && .venv/bin/pytest",
    ]


def test_changelog_names_the_version() -> None:
    newest = re.search(r"^## (\S+) \(\d{4}-\d{2}-\d{2}\)$", _read("CHANGELOG.md"), re.MULTILINE)
    assert newest
    assert newest[1] == version("eventkit")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_setting_is_explained(name: str) -> None:
    assert f"| `EVENTKIT_{name.upper()}` |" in _read("docs/ORGANISERS.md")


def test_commands_are_explained() -> None:
    assert isinstance(main, click.Group)
    assert set(re.findall(r"^\| `eventkit ([a-z]+)` \|", _read("docs/ORGANISERS.md"), re.MULTILINE)) == set(
        main.commands
    )


@pytest.mark.parametrize("name", sorted(main.commands))
def test_command_shows_an_example(name: str) -> None:
    command = main.commands[name]
    assert f"eventkit {name}" in command.get_help(click.Context(command, info_name="")).partition("xample")[2]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_resolve(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#\s]+)", path.read_text("utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_anchors_resolve() -> None:
    for page in PAGES:
        for target, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)", page.read_text("utf-8")):
            headings = re.findall(r"^#+ (.+)$", (page.parent / target or page).read_text("utf-8"), re.MULTILINE)
            assert anchor in [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]


def test_decisions_are_numbered() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.name)
def test_decision_is_short_and_complete(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 50
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences", "Alternatives"]


def test_lock_covers_every_dependency_and_holds_no_address() -> None:
    lock = _read("requirements.lock")
    project = tomllib.loads(_read("pyproject.toml"))["project"]
    wanted = {
        re.split(r"[<>=; ]", line)[0] for line in project["dependencies"] + project["optional-dependencies"]["dev"]
    }
    assert wanted - set(re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)) == set()
    assert [
        line for line in lock.splitlines() if "/" in line or ("--hash=sha256:" not in line and "==" not in line)
    ] == []


def test_build_requirements_are_pinned() -> None:
    requires = tomllib.loads(_read("pyproject.toml"))["build-system"]["requires"]
    assert [line for line in requires if "==" not in line] == []


def test_glossary_has_no_word_twice() -> None:
    terms, refused = _glossary()
    assert len(terms) == len(set(terms))
    assert refused.isdisjoint(terms)


def test_classes_keep_to_the_glossary() -> None:
    names = {node.name for tree in SOURCES.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    assert _misnamed(names) == []


def test_database_tables_keep_to_the_glossary() -> None:
    assert {"event", "pass", "poll"} <= set(METADATA.tables)
    assert _misnamed(METADATA.tables) == []


def test_sheets_and_columns_keep_to_the_glossary() -> None:
    names = set(_first_words("Column", "Part", "Sheet"))
    assert {"polls", "poll_id", "tallies"} <= names
    assert _misnamed(names) == []


def test_buttons_and_headings_keep_to_the_glossary() -> None:
    shown = re.compile(r"<(button|h[1-6]|summary)\b[^>]*>(.*?)</\1>", re.DOTALL)
    words = [
        re.sub(r"{{.*?}}|{%.*?%}|<[^>]+>", " ", match[2], flags=re.DOTALL)
        + " ".join(re.findall(r"_\([\"'](.+?)[\"']", match[2]))
        for path in (ROOT / "templates").rglob("*.html")
        for match in shown.finditer(path.read_text("utf-8"))
    ]
    assert _misnamed(words + list(_first_words("State", "Offer"))) == []


def _glossary() -> tuple[list[str], set[str]]:
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| ([^|]*)\|$", _read("docs/GLOSSARY.md"), re.MULTILINE)[1:]
    terms = [term.strip() for row in rows for term in row[0].split(",")]
    return terms, {word.strip().lower() for row in rows for word in row[1].split(",") if word.strip()}


def _misnamed(names: Iterable[str]) -> list[str]:
    """The names in which a refused word stands, singular or plural, however it is joined."""
    refused = re.compile(rf"\b({'|'.join(sorted(_glossary()[1]))})s?\b")
    plain = {name: re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", name).lower() for name in names}
    return [f"{name}: {match[1]}" for name, text in plain.items() if (match := refused.search(text))]


def _first_words(*callables: str) -> Iterator[str]:
    """Every text that is given to a call of that name as a first argument, or under a name of `SPOKEN`."""
    for tree in SOURCES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in callables:
                given = [
                    *node.args[:1],
                    *(k.value for k in node.keywords if k.arg in SPOKEN),
                ]
                texts = (inner for argument in given for inner in ast.walk(argument))
                yield from (
                    text.value for text in texts if isinstance(text, ast.Constant) and isinstance(text.value, str)
                )
