"""Where templates are found, and what holds for all of them."""

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from eventkit.web.language import speaking
from eventkit.web.rendering import PACKAGE, STATIC, Renderer, moment, static

TEMPLATES = PACKAGE.parent / "templates"
ALL = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
STYLES = ("tokens.css", "base.css", "phone.css", "reveal.css", "dots.css", "ladder.css")
SCRIPTS = ("live.js", "clock.js", "answer.js", "number.js", "order.js", "ballot.js", "vendor/htmx.min.js")
OPTION = {"option_id": "B", "text": "7 %"}
BALLOT = {
    "poll": {"format": "choice"},
    "typed": {},
    "problem": "",
    "recorded": "",
    "options": [{"option_id": "A", "text": "0.7 %"}, OPTION],
    "allow_not_sure": False,
    "name": "poll-p3-r1",
    "epoch": 2,
    "seq": 5,
    "choice": "",
    "standing": "open",
    "action": "/e/K7M4PDX/polls/p3/rounds/1/ballot",
}


@pytest.fixture
def renderer() -> Renderer:
    return Renderer(None)


def _ballot(renderer: Renderer, **changes: object) -> str:
    return renderer.render("voting/_ballot.html", BALLOT | changes)


def _state(html: str) -> str:
    return "".join(re.findall(r'data-state="(\w+)"', html))


def test_render_escapes_what_people_typed(renderer: Renderer) -> None:
    html = renderer.render("web/_error.html", {"sentence": "<script>alert(1)</script>"})
    assert html.strip() == '<p class="problem" role="alert">&lt;script&gt;alert(1)&lt;/script&gt;</p>'


def test_render_refuses_a_missing_value(renderer: Renderer) -> None:
    with pytest.raises(UndefinedError, match="sentence"):
        renderer.render("web/_error.html", {})


def test_render_prefers_the_users_folder_which_may_extend_the_original(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    override = '{% extends "base:web/error.html" %}{% block title %}Ours{% endblock %}'
    (tmp_path / "web" / "error.html").write_text(override)
    html = Renderer(tmp_path).render("web/error.html", {"sentence": "Nothing here.", "status": 404})
    assert "<title>Ours</title>" in html
    assert '<h1 class="ask">Nothing here.</h1>' in html


def test_render_says_language_and_direction(renderer: Renderer) -> None:
    with speaking("ar"):
        html = renderer.render("web/error.html", {"sentence": "x", "status": 404})
    assert '<html lang="ar" dir="rtl">' in html


def test_static_address_changes_with_the_content() -> None:
    address = static("live.js")
    assert re.fullmatch(r"/static/[0-9a-f]{12}/live\.js", address)
    assert address.split("/")[2] != static("base.css").split("/")[2]


def test_static_of_a_missing_file_is_empty() -> None:
    assert static("vendor/absent.js") == ""


@pytest.mark.parametrize("name", ALL)
def test_template_names_only_files_that_exist(name: str) -> None:
    named = re.findall(r'static\("([^"]+)"\)', (TEMPLATES / name).read_text(encoding="utf-8"))
    own = [file for file in named if not file.startswith("vendor/")]
    assert [file for file in own if not (STATIC / file).is_file()] == []


@pytest.mark.parametrize("name", ALL)
def test_template_has_nothing_inline_and_nothing_from_elsewhere(name: str) -> None:
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    assert re.findall(r'\sstyle=|\son\w+="|<style|<script(?! src="\{\{)|javascript:|hx-on', text) == []
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//', text) == []


@pytest.mark.parametrize("name", ALL)
def test_template_compiles(renderer: Renderer, name: str) -> None:
    assert renderer._environment.get_template(name).name == name


def test_styles_and_scripts_ask_no_other_host() -> None:
    own = [*STATIC.glob("*.css"), *STATIC.glob("*.js")]
    assert len(own) > 8
    assert [file.name for file in own if re.search(r"https?://|@import|url\(", file.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("standing", "choice", "state"),
    [
        ("open", "", "open"),
        ("recorded", "B", "recorded"),
        ("closed", "", "open"),
        ("closed", "B", "recorded"),
        ("refused", "", "refused"),
        ("again", "", "again"),
    ],
)
def test_ballot_tells_its_state(renderer: Renderer, standing: str, choice: str, state: str) -> None:
    html = _ballot(renderer, standing=standing, choice=choice)
    assert _state(html) == state
    assert html.count(" checked>") == (1 if choice else 0)
    assert f'data-recorded="{choice}"' in html
    assert ('<fieldset aria-labelledby="question" disabled>' in html) == (standing in ("closed", "refused"))


def test_ballot_is_a_plain_form_with_its_key_and_number(renderer: Renderer) -> None:
    html = _ballot(renderer)
    assert f'method="post" action="{BALLOT["action"]}"' in html
    assert '<input type="hidden" name="epoch" value="2">' in html
    assert '<input type="hidden" name="seq" value="5">' in html
    assert re.findall(r'type="radio" name="option" value="(\w+)"', html) == ["A", "B"]


def test_ballot_offers_not_sure_where_the_poll_allows_it(renderer: Renderer) -> None:
    html = _ballot(renderer, allow_not_sure=True)
    assert re.findall(r'type="radio" name="option" value="(\w+)"', html) == ["A", "B", "not_sure"]


def test_refused_change_says_that_the_earlier_answer_counts(renderer: Renderer) -> None:
    assert "The answer that you sent before it counts." in _ballot(renderer, standing="refused", choice="B")
    assert "Not counted: voting has closed" in _ballot(renderer, standing="refused")


def test_moment_is_told_on_the_clocks_of_the_event() -> None:
    at = datetime(2016, 5, 18, 8, 57, tzinfo=UTC)
    assert moment(at, "Europe/London") == "18 May 2016, 09:57"
    assert moment(at, "Nowhere/At all") == "18 May 2016, 08:57"


def test_first_load_of_a_phone_stays_under_60_kb_compressed(renderer: Renderer) -> None:
    files = [(STATIC / name).read_bytes() for name in STYLES + SCRIPTS if (STATIC / name).is_file()]
    assert sum(len(gzip.compress(content)) for content in [*files, _ballot(renderer).encode()]) < 60_000
