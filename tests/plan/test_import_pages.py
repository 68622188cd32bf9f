"""Importing a figure on the desk: only a number can be picked, and it is saved once its checks were shown."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from eventkit.evidence.rules import statistic
from eventkit.evidence.vintages import source_file
from tests.evidence.files import json_file, result
from tests.fife import FIFE
from tests.plan.desk import Desk, fields, hidden, planned_room, texts
from tests.room import Room

FIFE_APRIL = {"table": "0", "label-0": "0", "label-1": "0", "label-2": "0"}
TOLD = {"unit": "decisions", "publisher": "An office that this test invented"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with planned_room(tmp_path) as made:
        yield made


@pytest.fixture
def desk(room: Room) -> Desk:
    return Desk(room)


@pytest.fixture
def content(tmp_path: Path) -> bytes:
    return json_file(tmp_path / "table.json", result()).read_bytes()


@pytest.fixture
def token(desk: Desk, content: bytes) -> str:
    return hidden(desk.bring("/plan/import", "table.json", content).text, "token")


def test_picked_figure_is_saved_with_its_file(room: Room, desk: Desk, token: str, content: bytes) -> None:
    card = desk.post("/plan/import/pick", {"token": token, **FIFE_APRIL})
    assert card.status_code == 200
    assert "Must fix" not in card.text
    answer = desk.post("/plan/import/save", {**fields(card.text), **TOLD})
    assert answer.status_code == 303
    name = answer.headers["location"].rpartition("saved=")[2]
    digest = sha256(content).hexdigest()
    with room.database.reading() as session:
        figure = statistic(session, FIFE, name)
        kept = source_file(session, FIFE, digest)
    assert figure
    assert (str(figure.value), figure.geography_code, figure.evidence_grade) == ("1001", "S12000047", "A")
    assert (figure.importer, figure.file_sha256) == ("stat_xplore_json", digest)
    assert kept
    assert kept.content == content
    assert desk.post("/plan/import/pick", {"token": token, **FIFE_APRIL}).status_code == 404


def test_what_the_file_lacks_is_asked_for_and_nothing_typed_is_lost(room: Room, desk: Desk, token: str) -> None:
    before = texts(room, "statistics", "statistic_id")
    card = desk.post("/plan/import/pick", {"token": token, **FIFE_APRIL})
    page = desk.post("/plan/import/save", {**fields(card.text), "publisher": "An office", "published_on": "soon"})
    assert page.status_code == 400
    assert '<a href="#published_on">Published on</a>: “soon” is not a date.' in page.text
    assert fields(page.text)["publisher"] == "An office"
    page = desk.post("/plan/import/save", {**fields(page.text), "published_on": ""})
    assert '<a href="#unit">Unit</a>: This must be filled in.' in page.text
    assert texts(room, "statistics", "statistic_id") == before


def test_figure_is_saved_only_after_all_that_was_found_was_shown(room: Room, desk: Desk, token: str) -> None:
    card = desk.post("/plan/import/pick", {"token": token, **FIFE_APRIL})
    late = {**fields(card.text), **TOLD, "published_on": "2016-06-18"}
    page = desk.post("/plan/import/save", late)
    assert page.status_code == 200
    assert "This was published after the event" in page.text
    assert len(texts(room, "statistics", "statistic_id")) == 1
    assert desk.post("/plan/import/save", fields(page.text)).status_code == 303
    assert len(texts(room, "statistics", "statistic_id")) == 2


def test_cell_without_a_number_is_no_figure(desk: Desk, token: str) -> None:
    page = desk.post("/plan/import/pick", {"token": token, **FIFE_APRIL, "label-1": "2", "label-2": "1"})
    assert page.status_code == 400
    assert "There is no figure here" in page.text


def test_label_that_the_table_does_not_have_is_taken_for_the_first(desk: Desk, token: str) -> None:
    card = desk.post("/plan/import/pick", {"token": token, **FIFE_APRIL, "label-1": "99", "label-2": "-1"})
    assert "S12000047" in card.text


@pytest.mark.parametrize("content", [b"", b"MZ" + bytes(100), b"{}", b"PK\x03\x04"])
def test_file_that_holds_no_figures_is_refused_in_a_sentence(desk: Desk, content: bytes) -> None:
    page = desk.bring("/plan/import", "table.json", content)
    assert page.status_code == 400
    assert 'role="alert"' in page.text


def test_form_without_a_file_says_so(desk: Desk) -> None:
    assert "No file was chosen." in desk.bring("/plan/import", "", b"").text
