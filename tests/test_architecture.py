"""The shape that `docs/ARCHITECTURE.md` describes, held. There is no list of exemptions."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "eventkit"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SOURCES = sorted(PACKAGE.rglob("*.py"))
MEASURED = [path for path in SOURCES if PACKAGE / "migrations" not in path.parents]

FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 250, 30, 120


@pytest.mark.timeout(300)
def test_imports_go_one_way() -> None:
    _run("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")


@pytest.mark.timeout(300)
def test_ruff_finds_nothing() -> None:
    _run("-m", "ruff", "check", ".")


def test_ruff_would_format_nothing() -> None:
    _run("-m", "ruff", "format", "--check", ".")


@pytest.mark.timeout(300)
def test_mypy_finds_nothing() -> None:
    _run("-m", "mypy")


def test_files_are_short() -> None:
    assert _longer(MEASURED, FILE_LINES) == []


def test_templates_are_short() -> None:
    assert _longer(TEMPLATES, TEMPLATE_LINES) == []


def test_functions_are_short() -> None:
    assert [
        f"{_name(path)}:{node.lineno} {node.name} has {lines} lines"
        for path in MEASURED
        for node in _nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    ] == []


def test_modules_have_docstrings() -> None:
    assert [_name(path) for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))] == []


def test_activity_packages_hold_no_code_in_init() -> None:
    inits = [path for path in SOURCES if path.name == "__init__.py" and path.parent != PACKAGE]
    assert [_name(path) for path in inits if len(ast.parse(path.read_text("utf-8")).body) > 1] == []


def test_names_say_what_a_module_holds() -> None:
    junk_drawer = re.compile(r"util|helper|common|^base$|manager|service|factory|misc")
    assert [_name(path) for path in SOURCES if junk_drawer.search(path.stem)] == []


def test_only_the_writer_commits() -> None:
    allowed = {"database.py", "writer.py"}
    assert [place for path in MEASURED if path.name not in allowed for place in _calls(path, "commit")] == []


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"\|\s*safe\b|{%-?\s*autoescape\s+false", id="unescaped text"),
        pytest.param(r"<style\b|\sstyle\s*=", id="inline style"),
        pytest.param(r"<[^>]*\son[a-z]+\s*=|\shx-on", id="inline handler"),
        pytest.param(r"<script(?![^>]*\ssrc=)[^>]*>|<script[^>]*>\s*[^<\s]|javascript:", id="inline script"),
    ],
)
def test_templates_hold_no(pattern: str) -> None:
    assert list(_matches(TEMPLATES, pattern)) == []


def test_pages_ask_no_other_host() -> None:
    own = [path for path in (PACKAGE / "static").rglob("*.*") if "vendor" not in path.parts]
    namespace = r"(?!www\.w3\.org/(?:2000/svg|1999/xlink|1999/xhtml))"
    address = rf"\b(?:https?|wss?)://{namespace}[\w]|(?:src|href)\s*=\s*[\"']//|url\(\s*[\"']?//|@import"
    assert list(_matches([*TEMPLATES, *own], address)) == []


def test_git_holds_nothing_of_others() -> None:
    assert "eventkit/static/vendor/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def _run(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=280
    )
    if done.returncode:
        pytest.fail(done.stdout + done.stderr, pytrace=False)


def _longer(paths: list[Path], bar: int) -> list[str]:
    sizes = {path: len(path.read_text("utf-8").splitlines()) for path in paths}
    return [f"{_name(path)} has {lines} lines" for path, lines in sizes.items() if lines > bar]


def _calls(path: Path, method: str) -> Iterator[str]:
    for node in _nodes(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method:
            yield f"{_name(path)}:{node.lineno}"


def _matches(paths: list[Path], pattern: str) -> Iterator[str]:
    for path in paths:
        text = path.read_text("utf-8")
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield f"{_name(path)}:{text.count(chr(10), 0, match.start()) + 1} {match.group()!r}"


def _nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text("utf-8")))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
