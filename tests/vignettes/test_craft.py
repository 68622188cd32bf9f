"""Words that lay blame are named, never changed; versions are kept; what was discussed stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, select

from eventkit.events.models import Event
from eventkit.vignettes import phone_points, plan, points, rules
from eventkit.vignettes.craft import blame_words
from eventkit.vignettes.models import Vignette, VignetteVersion
from tests.fife import FIFE
from tests.hall import Hall
from tests.plan.writing import EVENT, noted, opened, toml, wrong
from tests.vignettes.test_plan import PROMPT, STORY
from tests.vignettes.told import STEP, tell

BLAME = "“failed to attend” may lay blame. Say that somebody did not come, and what is known of why."
TWO = EVENT + STORY + STORY.replace("v1", "v2").replace("Anna", "Ben")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She failed to engage with the service.", ["failed to engage"]),
        ("A chaotic home; the worker FAILED her, and failed him.", ["chaotic", "FAILED"]),
        ("They should have known. It was nobody’s fault.", ["should have", "fault"]),
        ("He didn’t engage.", ["didn't engage"]),
        ("The default form was refilled; blameless shoulders.", []),
        ("Anna came late. She told nobody why.", []),
    ],
)
def test_words_that_lay_blame_are_found_whole_and_once(text: str, words: list[str]) -> None:
    assert [word for word, _sentence in blame_words(text)] == words


def test_every_word_comes_with_something_to_think_about() -> None:
    assert blame_words("hard to reach") == [
        ("hard to reach", "Say which services were hard for them to reach, and why.")
    ]


def test_plan_notes_blame_and_a_story_without_prompts(tmp_path: Path) -> None:
    path = toml(tmp_path, EVENT + STORY.replace("came late", "failed to attend"))
    assert wrong(path) == []
    assert noted(path) == [
        "vignettes, row 1: No prompt is for this story, so tables get the story alone.",
        f"vignettes, row 1, story: {BLAME}",
    ]
    assert noted(toml(tmp_path, EVENT + STORY + PROMPT)) == []


def store(hall: Hall, tmp_path: Path, text: str) -> None:
    stored = opened(toml(tmp_path, text))[0]
    hall.do(lambda session: plan.store(session, session.get_one(Event, FIFE), stored))


def versions(session: Session) -> list[tuple[str, int, list[tuple[int, str, str]]]]:
    return [
        (
            story.vignette_id,
            story.version,
            [
                (former.version, former.story, former.basis)
                for former in session.exec(select(VignetteVersion).where(VignetteVersion.vignette_pk == story.id))
            ],
        )
        for story in session.exec(select(Vignette))
    ]


def test_former_wordings_are_kept_and_counted(hall: Hall, tmp_path: Path) -> None:
    store(hall, tmp_path, TWO)
    store(hall, tmp_path, TWO)
    assert hall.ask(versions) == [("v1", 1, []), ("v2", 1, [])]
    changed = TWO.replace("Anna came late.", "Anna was late.")
    store(hall, tmp_path, changed)
    store(hall, tmp_path, changed.replace("composite", "consented", 1))
    assert hall.ask(versions) == [
        ("v1", 3, [(1, "Anna came late.", "composite"), (2, "Anna was late.", "composite")]),
        ("v2", 1, []),
    ]
    store(hall, tmp_path, EVENT)
    assert hall.ask(lambda session: session.exec(select(VignetteVersion)).all()) == []


def test_what_tables_were_told_stays_before_they_write_about_it(hall: Hall) -> None:
    hall.do(tell)

    def why(part: str, row_id: str, column: str) -> str:
        return hall.ask(lambda session: plan.fixed(session, session.get_one(Event, FIFE), part, row_id, column))

    assert [why("vignettes", "v1", "basis"), why("tables", "t3", "")] == [""] * 2
    hall.do(rules.forward, STEP)
    told = "Tables have begun to discuss “v1”, so it stays as it was told to them."
    assert [why("vignettes", "v1", column) for column in ("", "title", "story", "basis")] == [told] * 4
    assert [why("vignettes", "v1", "known_by"), why("vignettes", "v3", "story")] == [""] * 2
    begun = "The table “t3” has begun to discuss a story, so its stories stay as they are."
    assert [why("tables", row, "vignettes") for row in ("t3", "1 t3")] == [begun] * 2
    # What nobody was shown can still be mended.
    hall.do(lambda session: setattr(session.exec(select(Vignette)).first(), "basis", ""))
    assert [why("vignettes", "v1", column) for column in ("story", "basis")] == [""] * 2


def test_what_tables_have_begun_to_discuss_stays(hall: Hall) -> None:
    hall.do(tell)

    def why(part: str, row_id: str, column: str) -> str:
        return hall.ask(lambda session: plan.fixed(session, session.get_one(Event, FIFE), part, row_id, column))

    assert [why("vignettes", "v2", "story"), why("prompts", "a", "text"), why("tables", "t2", "vignettes")] == [""] * 3
    hall.do(rules.forward, STEP)
    hall.do(phone_points.add, FIFE, "t2", "v2", "f" * 16, "A private note")
    told = "Tables have begun to discuss “v2”, so it stays as it was told to them."
    assert [why("vignettes", "v2", column) for column in ("", "title", "story", "basis")] == [told] * 4
    assert [why("vignettes", "v2", "themes"), why("vignettes", "v3", "story"), why("prompts", "a", "")] == [""] * 3
    begun = "The table “t2” has begun to discuss a story, so its stories stay as they are."
    assert [why("tables", row, "vignettes") for row in ("t2", "1 t2", "t4")] == [begun, begun, ""]
    assert why("tables", "t2", "max_seats") == ""
    hall.do(points.save, FIFE, "t1", "device", "1" * 16, points.Words("v1", "a", "A point"))
    assert why("prompts", "a", "text") == "Tables have written under the prompt “a”, so it stays as it was put to them."
    assert why("prompts", "b", "text") == ""
