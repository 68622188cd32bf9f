"""What simulated phones read, from the real templates."""

from decimal import Decimal

from eventkit.rehearsal.ballot import Reach, mine, read
from eventkit.voting.entry import entry
from eventkit.voting.models import Format, Option, Poll
from eventkit.web.rendering import Renderer


def _ballot(standing: str, choice: str = "", **changes: object) -> str:
    poll = Poll.model_validate(
        {"event_id": 1, "position": 1, "poll_id": "p3", "format": Format.CHOICE, "question": "How many?"} | changes
    )
    options = [Option(poll_pk=1, option_id=letter, text=f"About {letter}") for letter in "AB"]
    values = {"poll": poll, "options": options, "allow_not_sure": True, "name": "poll-p3-r1", "epoch": 2, "seq": 7}
    values |= {"choice": choice, "standing": standing, "action": "/e/K7M4PDX/polls/p3/rounds/1/ballot"}
    values |= {"entry": entry(poll), "typed": {}, "problem": "", "recorded": ""}
    return Renderer(None).render("voting/_ballot.html", values)


def test_ballot_reads_what_a_phone_must_send() -> None:
    ballot = read(_ballot("open"))
    assert ballot
    assert (ballot.vote, ballot.action) == ("poll-p3-r1", "/e/K7M4PDX/polls/p3/rounds/1/ballot")
    assert ballot.options == ["A", "B", "not_sure"]
    assert (ballot.recorded, ballot.shut) == ("", False)
    assert ballot.filled("B") == {"epoch": "2", "seq": "7", "option": "B"}


def test_ballot_reads_the_range_of_a_number() -> None:
    ballot = read(_ballot("open", format=Format.NUMERIC, min=Decimal(0), max=Decimal(5), step=Decimal("0.5"), unit="%"))
    assert ballot
    assert ballot.asks_number
    assert ballot.slide == Reach(Decimal(0), Decimal(5), Decimal("0.5"))
    assert ballot.filled("4.5") == {"epoch": "2", "seq": "7", "confirmed": "", "number": "4.5"}
    assert ballot.filled("not_sure") == {"epoch": "2", "seq": "7", "confirmed": "", "option": "not_sure"}


def test_ballot_reads_the_items_of_an_order() -> None:
    ballot = read(_ballot("recorded", "BA", format=Format.RANKING))
    assert ballot
    assert (ballot.items, ballot.recorded) == (["A", "B"], "BA")
    assert ballot.filled("BA") == {"epoch": "2", "seq": "7", "place-B": "1", "place-A": "2"}


def test_ballot_reads_what_is_recorded() -> None:
    ballot = read(_ballot("recorded", "B"))
    assert ballot
    assert (ballot.recorded, ballot.shut) == ("B", False)


def test_ballot_reads_that_voting_has_closed() -> None:
    ballot = read(_ballot("closed", "not_sure"))
    assert ballot
    assert (ballot.recorded, ballot.shut) == ("not_sure", True)


def test_page_without_a_ballot_has_none() -> None:
    assert read("<main><form action='/'><input name='code'></form></main>") is None
    assert mine("<main></main>") is None


def test_mine_is_the_personal_place_of_a_frame() -> None:
    assert mine('<main><div data-mine="poll-p3-r1-e1" data-src="/e/K/ballot?a=1&amp;b=2"></div></main>') == (
        "poll-p3-r1-e1",
        "/e/K/ballot?a=1&b=2",
    )
