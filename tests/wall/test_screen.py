"""What of the walls is on the screen, page by page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventkit.codebook import rules as codebook
from eventkit.codebook.models import Kind
from eventkit.errors import NotFound
from eventkit.wall import dots, moderation, screen
from eventkit.wall.screen import Card, Showing
from tests.fife import FIFE
from tests.hall import outcome
from tests.wall.voting import BOTH, FIRST, Voting


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Voting]:
    made = Voting(tmp_path)
    yield made
    made.close()


def showing(hall: Voting, step: object = FIRST) -> Showing:
    return hall.ask(screen.page_of, step)


def texts(shown: Showing) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in column.cells] for column in shown.columns]


def numbered(first: int, last: int, word: str = "Note") -> list[str]:
    return [f"{word} {number:02}" for number in range(first, last + 1)]


def test_one_wall_shows_twelve_cells_a_page(hall: Voting) -> None:
    assert (texts(showing(hall)), showing(hall).pages) == ([[]], 1)
    hall.post(*numbered(1, 14))
    shown = showing(hall)
    assert (shown.page, shown.pages, shown.place, shown.places, shown.notes) == (1, 2, 1, 1, 14)
    assert texts(shown) == [numbered(1, 12)]
    hall.do(screen.turn, FIRST, 1)
    assert (texts(showing(hall)), showing(hall).page) == ([numbered(13, 14)], 2)
    assert [cell.number for cell in showing(hall).columns[0].cells if cell] == [13, 14]


def test_pages_turn_past_the_last_to_the_first_and_back(hall: Voting) -> None:
    hall.post(*numbered(1, 13))
    pages = []
    for by in (1, 1, -1, -1):
        hall.do(screen.turn, FIRST, by)
        pages.append(showing(hall).page)
    assert pages == [2, 1, 2, 1]


def test_several_walls_show_three_cells_each(hall: Voting) -> None:
    hall.post(*numbered(1, 4))
    hall.post("Elsewhere", wall_id="w2")
    shown = showing(hall, BOTH)
    assert (texts(shown), shown.pages, shown.place, shown.notes) == ([numbered(1, 3), ["Elsewhere"]], 2, 0, 5)
    hall.do(screen.turn, BOTH, 1)
    assert texts(showing(hall, BOTH)) == [["Note 04"], []]


def test_one_of_several_walls_can_be_shown_alone(hall: Voting) -> None:
    hall.post("Elsewhere", wall_id="w2")
    hall.do(screen.show, FIFE, "w2")
    shown = showing(hall, BOTH)
    assert (texts(shown), shown.place, shown.places) == ([["Elsewhere"]], 2, 2)
    assert [column.wall.wall_id for column in showing(hall).columns] == ["w1"]
    hall.do(screen.show, FIFE, "")
    assert len(showing(hall, BOTH).columns) == 2
    with pytest.raises(NotFound):
        hall.do(screen.show, FIFE, "w9")


def test_what_is_read_stays_where_it_is_while_notes_come_and_go(hall: Voting) -> None:
    hall.post(*numbered(1, 13))
    before = texts(showing(hall))
    hall.post(*numbered(14, 30))
    assert texts(showing(hall)) == before
    for text in ("Note 02", "Note 13"):
        hall.do(moderation.hide, FIFE, hall.note(text).note_id)
    assert texts(showing(hall)) == [["Note 01", "", *numbered(3, 12)]]
    assert (showing(hall).pages, showing(hall).notes) == (3, 28)


def test_notes_that_came_since_the_last_turn_are_new(hall: Voting) -> None:
    hall.post(*numbered(1, 2))
    hall.do(screen.turn, FIRST, 1)
    assert showing(hall).fresh == 0
    hall.post("Note 03")
    assert [cell.fresh for cell in showing(hall).columns[0].cells if cell] == [False, False, True]
    assert showing(hall).fresh == 1
    hall.do(screen.turn, FIRST, 1)
    assert showing(hall).fresh == 0
    hall.post("Note 04")
    hall.close_walls()
    assert showing(hall).fresh == 0


def test_a_note_counts_only_once_it_has_its_cell(hall: Voting) -> None:
    hall.write("somebody", "Not placed yet")
    assert (showing(hall).notes, texts(showing(hall))) == (0, [[]])
    hall.place()
    assert (showing(hall).notes, texts(showing(hall))) == (1, [["Not placed yet"]])


def test_a_hidden_wall_says_only_how_many_until_it_is_revealed(tmp_path: Path) -> None:
    hall = Voting(tmp_path, hidden=True)
    care, *_others = hall.post("Childcare", *numbered(1, 12))
    hall.do(codebook.move_to_new, FIFE, Kind.WALL_NOTE, [care], "Families", "batch")
    shown = showing(hall)
    assert (texts(shown), shown.columns[0].concealed, shown.notes, shown.fresh) == ([[]], True, 13, 0)
    refused = "The notes of this wall are hidden. Reveal them first."
    assert outcome(lambda: hall.do(moderation.spotlight, FIFE, care)) == refused
    hall.do(screen.themes, FIFE, on=True)
    assert showing(hall).cards == []
    hall.do(screen.themes, FIFE, on=False)
    hall.do(screen.reveal, FIFE, "w1")
    assert texts(showing(hall)) == [["Childcare", *numbered(1, 11)]]
    hall.do(moderation.spotlight, FIFE, care)
    hall.do(screen.conceal, FIFE, "w1")
    assert (showing(hall).spotlight, texts(showing(hall))) == (None, [[]])
    hall.close()


def test_the_themes_page_has_each_theme_with_its_newest_notes(hall: Voting) -> None:
    ids = hall.post(*numbered(1, 5))
    (other,) = hall.post("Elsewhere", wall_id="w2")
    hall.do(codebook.move_to_new, FIFE, Kind.WALL_NOTE, ids[:4], "Families", "one")
    hall.do(codebook.move_to_new, FIFE, Kind.WALL_NOTE, [other], "Travel", "two")
    hall.do(moderation.hide, FIFE, ids[3])
    hall.do(screen.themes, FIFE, on=True)
    families = Card("Families", "", 3, ["Note 03", "Note 02", "Note 01"])
    assert showing(hall).cards == [families]
    assert showing(hall, BOTH).cards == [families, Card("Travel", "", 1, ["Elsewhere"])]
    hall.do(screen.themes, FIFE, on=False)
    assert showing(hall).cards is None


def test_many_themes_have_pages(hall: Voting) -> None:
    for number, note_id in enumerate(hall.post(*numbered(1, 8))):
        hall.do(codebook.move_to_new, FIFE, Kind.WALL_NOTE, [note_id], f"Theme {number}", f"batch {number}")
    hall.do(screen.themes, FIFE, on=True)
    assert (len(showing(hall).cards or []), showing(hall).pages) == (6, 2)
    hall.do(screen.turn, FIRST, 1)
    assert [card.label for card in showing(hall).cards or []] == ["Theme 6", "Theme 7"]


def test_dots_are_shown_after_their_count_and_never_before(hall: Voting) -> None:
    buses, _care = hall.vote_on("Buses", "Childcare")
    hall.give("one", {buses: 5})
    assert [cell.dots for cell in showing(hall).columns[0].cells if cell] == [None, None]
    hall.each(dots.count, "w1")
    assert [cell.dots for cell in showing(hall).columns[0].cells if cell] == [5, 0]


def test_pages_turn_by_themselves_if_they_are_told_to(hall: Voting) -> None:
    assert showing(hall).turning is False
    hall.do(screen.turning, FIFE, on=True)
    assert showing(hall).turning is True
