"""What simulated phones read, from the real templates."""

from eventkit.rehearsal.ballot import mine, read
from eventkit.voting.models import Format, Option, Poll
from eventkit.web.rendering import Renderer


def _ballot(standing: str, choice: str = "") -> str:
    poll = Poll(id=1, event_id=1, position=1, poll_id="p3", format=Format.CHOICE, question="How many?")
    options = [Option(poll_pk=1, option_id=letter, text=f"About {letter}") for letter in "AB"]
    values = {"poll": poll, "options": options, "allow_not_sure": True, "name": "poll-p3-r1", "epoch": 2, "seq": 7}
    values |= {"choice": choice, "standing": standing, "action": "/e/K7M4PDX/polls/p3/rounds/1/ballot"}
    return Renderer(None).render("voting/_ballot.html", values)


def test_ballot_reads_what_a_phone_must_send() -> None:
    ballot = read(_ballot("open"))
    assert ballot
    assert (ballot.vote, ballot.action) == ("poll-p3-r1", "/e/K7M4PDX/polls/p3/rounds/1/ballot")
    assert ballot.fields == {"epoch": "2", "seq": "7"}
    assert ballot.options == ["A", "B", "not_sure"]
    assert (ballot.recorded, ballot.shut) == ("", False)


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
