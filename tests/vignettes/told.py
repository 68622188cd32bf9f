"""Three tables with stories and prompts, at a step of their own, in the Fife event."""

from sqlmodel import Session

from eventkit.events.step import Step
from eventkit.stage import programme
from eventkit.stage.models import ProgrammeStep
from eventkit.tables.models import TableInRound
from eventkit.vignettes.models import Prompt, Vignette
from tests.fife import FIFE

STEP = Step(id=9, event_id=FIFE, position=9, word="vignettes", title="Two stories", minutes=80)
GIVEN = {"t1": ("Leven", "v1;v2"), "t2": ("Ore", "v2;v3"), "t3": ("Tiel", "v1")}
STORIES = {"v1": "Anna and the letter", "v2": "Ben on nights", "v3": "Cara moves"}
PROMPTS = {"a": ("What happened here?", ""), "b": ("Who could help?", ""), "c": ("What about the letter?", "v1")}


def tell(session: Session) -> None:
    """Tables, stories of two paragraphs, and prompts: two for all of them, one for the first story."""
    for position, (table, (name, stories)) in enumerate(GIVEN.items(), start=1):
        session.add(
            TableInRound(event_id=FIFE, position=position, table=table, name=name, max_seats=9, vignettes=stories)
        )
    for position, (vignette_id, title) in enumerate(STORIES.items(), start=1):
        text = f"{title} begins.\nAnd goes on."
        session.add(
            Vignette(
                event_id=FIFE,
                position=position,
                vignette_id=vignette_id,
                title=title,
                story=text,
                basis="composite",
            )
        )
    for position, (prompt_id, (words, story)) in enumerate(PROMPTS.items(), start=1):
        session.add(Prompt(event_id=FIFE, position=position, prompt_id=prompt_id, text=words, vignette_id=story))


def at_step(session: Session) -> None:
    """The same, with the room at their step of 80 minutes, the last of the programme."""
    tell(session)
    row = ProgrammeStep(event_id=FIFE, position=9, activity="vignettes", title="Two stories", minutes=80)
    session.add(row)
    session.flush()
    programme.stage_of(session, FIFE).step_id = row.id or 0
