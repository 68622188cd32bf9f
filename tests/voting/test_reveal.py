"""What each step of a reveal shows, and that nothing of a later step is in its page."""

from decimal import Decimal

import pytest

from eventkit.evidence.models import Statistic
from eventkit.voting.asked import Asked, Counted
from eventkit.voting.choice import Choice
from eventkit.voting.models import Format, Option, Phase, Poll
from eventkit.voting.reveal import Reveal, reveal
from tests.voting.asking import rendered

PHASES = (Phase.PERCEPTION, Phase.NATIONAL, Phase.LOCAL, Phase.GAP, Phase.EXPLANATION)


def statistic(place: str, value: str, source: str) -> Statistic:
    cells = {"measure": "children in low income", "unit": "%", "period_label": "2019/20", "dataset": "Low income"}
    return Statistic(
        event_id=1, statistic_id="s", value=Decimal(value), geography_name=place, publisher=source, **cells
    )


NATIONAL = statistic("Utopia", "20.25", "National office")
LOCAL = statistic("Arcadia", "21.75", "Local office")
VOTES = (4, 6, 32)
ANSWERS = (("7 %", "7"), ("20.25 %", "20.25"), ("41 %", "41"))


def poll(format_: Format = Format.CHOICE) -> Poll:
    return Poll(
        event_id=1, position=1, poll_id="p", format=format_, question="How many children?",
        national_statistic="n", local_statistic="l",
        myth_text="MYTHTEXT", explanation="WHYTEXT", so_what="SOWHATTEXT",
    )  # fmt: skip


def options(*, words: bool = False) -> list[Option]:
    return [
        Option(poll_pk=1, option_id="ABC"[i], text=text, value=None if words else Decimal(value), correct=i == 1)
        for i, (text, value) in enumerate(ANSWERS)
    ]


def page(view: str, values: Reveal) -> str:
    return rendered(view, values, poll())


def told(
    asked: Asked,
    votes: tuple[int, ...],
    phase: Phase,
    not_sure: int = 3,
    before: tuple[int, ...] = (),
    *,
    known: bool = False,
) -> Reveal:
    counted = [
        Counted(
            {(letter, 0): each for letter, each in zip("ABC", given, strict=False)} | {("not_sure", 0): not_sure}, 45
        )
        for given in (votes, before)
    ]
    answer = Choice(asked).told(counted[0], counted[1] if before else None)
    return reveal(asked, answer, phase, known=known)


def shown(phase: Phase, local: Statistic | None = LOCAL, *, words: bool = False) -> Reveal:
    return told(Asked(poll(), options(words=words), NATIONAL, local, place="Arcadia"), VOTES, phase)


LATER = {
    Phase.NATIONAL: ("Utopia", "National office", "published"),
    Phase.LOCAL: ("Arcadia", "Local office", "21.75"),
    Phase.GAP: ("chose the published answer", "random pick"),
    Phase.EXPLANATION: ("MYTHTEXT", "WHYTEXT", "SOWHATTEXT"),
}


@pytest.mark.parametrize("words", [False, True])
@pytest.mark.parametrize("view", ["screen", "phone"])
@pytest.mark.parametrize("phase", PHASES)
def test_a_page_holds_nothing_of_a_later_step(phase: Phase, view: str, words: bool) -> None:
    html = page(view, shown(phase, words=words))
    later = [text for step, texts in LATER.items() if PHASES.index(step) > PHASES.index(phase) for text in texts]
    assert [text for text in later if text in html] == []


@pytest.mark.parametrize("view", ["screen", "phone"])
@pytest.mark.parametrize("phase", PHASES[1:])
def test_a_page_holds_what_its_own_step_brings(phase: Phase, view: str) -> None:
    html = page(view, shown(phase))
    assert [text for text in LATER[phase][:1] if text not in html] == []


@pytest.mark.parametrize("view", ["screen", "phone"])
@pytest.mark.parametrize("phase", PHASES)
def test_n_and_those_who_were_not_sure_stand_on_every_page(phase: Phase, view: str) -> None:
    html = page(view, shown(phase))
    assert ("n = 42" in html, "3 were not sure" in html) == (True, True)


def test_nothing_moves_between_the_rooms_answer_and_the_gap() -> None:
    assert len({shown(phase).shape for phase in PHASES[:4]}) == 1
    assert {"with-flag" in shown(phase).pictures.screen for phase in PHASES[:4]} == {True}


def test_a_missing_local_figure_is_said_at_its_step() -> None:
    told = {phase: "no local figure is published" in page("screen", shown(phase, None)) for phase in PHASES}
    assert told == {phase: PHASES.index(phase) >= 2 for phase in PHASES}


def test_a_local_figure_that_cannot_be_compared_is_cited_and_not_drawn() -> None:
    other = statistic("Arcadia", "9", "Local office")
    other.period_label = "2001"
    values = shown(Phase.GAP, other)
    assert "Arcadia" not in values.pictures.screen
    assert values.sources[1].lead == "Arcadia, 2001:"
    assert values.sentence.endswith("the two are not directly comparable.")


def test_the_local_figure_stands_alone_where_there_is_no_national_one() -> None:
    values = told(Asked(poll(), options(), None, LOCAL, place="Arcadia"), VOTES, Phase.LOCAL)
    assert [(source.kind, source.lead) for source in values.sources] == [("local", "Arcadia, 2019/20:")]
    assert [line.answer for line in values.table.lines if line.published] == ["20.25 %"]


def test_the_chart_is_told_in_words() -> None:
    assert shown(Phase.PERCEPTION).label == (
        "Most of us, 32 of 42, said 41 %. 7 %: 4 of 42. 20.25 %: 6 of 42. 41 %: 32 of 42. 3 were not sure."
    )


def test_the_correct_statement_is_the_last_that_stays() -> None:
    assert shown(Phase.EXPLANATION).sentence.startswith("The published answer is 20.25\u00a0%")


def test_a_true_statement_is_never_called_a_myth() -> None:
    rows = [
        Option(poll_pk=1, option_id=key, text=text, correct=key == "A") for key, text in (("A", "True"), ("B", "False"))
    ]
    asked = poll(Format.MYTH)
    asked.myth_text = ""
    values = told(Asked(asked, rows, NATIONAL), (3,), Phase.EXPLANATION, 0)
    assert values.explained is not None
    assert values.explained.myth == ""


@pytest.mark.parametrize(("url", "linked"), [("https://example.org/a", True), ("javascript:alert(1)", False)])
def test_only_web_addresses_become_links(url: str, linked: bool) -> None:
    figure = statistic("Utopia", "20", "Office")
    figure.url = url
    html = page("phone", told(Asked(poll(), options(), figure), VOTES, Phase.NATIONAL))
    assert (f'href="{url}"' in html) is linked


def test_pages_without_any_vote_still_render() -> None:
    values = told(Asked(poll(), options(), NATIONAL, LOCAL), (0, 0, 0), Phase.GAP, 0)
    assert values.sentence.startswith("Nobody voted. The published answer is 20.25")
    assert [page(view, values).count("NaN") for view in ("screen", "phone")] == [0, 0]


def test_only_the_published_row_is_framed() -> None:
    rows = shown(Phase.LOCAL, words=True).pictures.rows
    assert [[(plate.kind, plate.name) for plate in row.plates] for row in rows] == [
        [],
        [("national", "Utopia"), ("local", "Arcadia")],
        [],
    ]
