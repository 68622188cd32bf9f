"""The sheets of case stories and prompts."""

from pathlib import Path

import pytest

from eventkit.vignettes.models import Prompt, Vignette
from eventkit.vignettes.plan import PROMPTS, VIGNETTES
from tests.plan.writing import EVENT, noted, toml, wrong

STORY = '[[vignettes]]\nvignette_id = "v1"\ntitle = "Anna"\nstory = "Anna came late."\nbasis = "composite"\n'
PROMPT = '[[prompts]]\nprompt_id = "a"\ntext = "Who could help?"\n'
PEOPLE = '[[people]]\nperson_id = "a1"\nname = "Jan"\norganisation = "Food bank, north"\n'
REAL = "Say whether anybody in this story is real: composite if not, consented if they agreed to it."
THEME = '[[themes]]\ntheme_id = "who"\nlabel = "Who"\n'


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (STORY + 'themes = "who whom"\n' + THEME,
         "vignettes, row 1, themes: “whom” is not in the sheet themes. Did you mean “who”?"),
        (STORY + 'known_by = "Food bank, north; a2"\n' + PEOPLE,
         "vignettes, row 1, known_by: “a2” is neither a person_id nor an organisation of the sheet people."),
        (STORY + STORY.replace("v1", "v2"),
         "vignettes, row 2, title: Row 1 says the same. Give each its own, or delete one."),
        (STORY.replace("composite", "invented"),
         "vignettes, row 1, basis: “invented” is not one of composite, consented. Did you mean “consented”?"),
        (STORY.replace("Anna came late.", " "), "vignettes, row 1, story: This must be filled in."),
        (STORY + PROMPT + 'vignette_id = "v2"\n',
         "prompts, row 1, vignette_id: “v2” is not in the sheet vignettes."),
        (PROMPT.replace("Who", "x" * 300),
         "prompts, row 1, text: This has 312 characters; at most 300 fit the screen."),
    ],
)  # fmt: skip
def test_story_or_prompt_that_cannot_be_is_named(tmp_path: Path, lines: str, expected: str) -> None:
    assert wrong(toml(tmp_path, EVENT + lines)) == [expected]


def test_story_may_be_known_to_a_person_or_an_organisation(tmp_path: Path) -> None:
    assert wrong(toml(tmp_path, EVENT + STORY + 'known_by = "Food bank, north; a1"\n' + PEOPLE)) == []


def test_what_nobody_can_judge_yet_is_a_note(tmp_path: Path) -> None:
    path = toml(tmp_path, EVENT + STORY.replace('basis = "composite"\n', "") + 'known_by = "a1"\n' + PROMPT)
    assert wrong(path) == []
    assert noted(path) == [
        f"vignettes, row 1, basis: {REAL}",
        "vignettes, row 1, known_by: The sheet people is empty, so nobody can be kept from this case yet.",
    ]


def test_every_column_is_stored() -> None:
    assert [column.name for column in VIGNETTES.columns if column.name not in Vignette.model_fields] == []
    assert [column.name for column in PROMPTS.columns if column.name not in Prompt.model_fields] == []
