"""What the console says of the stories: where the tables are, and what the next press does."""

from sqlmodel import Session

from eventkit.events import rules as events
from eventkit.events.step import State, Step
from eventkit.vignettes import rules, stories
from eventkit.vignettes.models import StoryRound
from eventkit.web.language import gettext as _


def title(_session: Session, step: Step) -> str:
    """The step's name in the programme."""
    return step.title or _("Case stories")


def state(session: Session, step: Step) -> State:
    """Where the tables are, and what the next press does."""
    at, coming = stories.round_of(session, step.event_id), rules.ahead(session, step)
    on = at.story in stories.numbers(session, step)
    words, detail = _next(at, coming)
    return State(
        chip=_("Ready") if not on else _("Closed") if at.closed else _("Open"),
        heading=title(session, step),
        sentence=_sentence(session, step, at) if on else _before(session, step),
        next=words,
        detail=detail,
        blocked=rules.untold(session, coming) if coming else "",
        back=_back(session, step, at) if on else "",
        open=on and not at.closed,
        counts=events.counts(session, step.event_id),
    )


def leaving(session: Session, step: Step) -> str:
    """What leaving would end."""
    at = stories.round_of(session, step.event_id)
    if not at.story or at.closed:
        return ""
    return _("End the discussion and leave? What tables wrote stays, and they can no longer add to it or change it.")


def repeating(_session: Session, _step: Step) -> str:
    """There is nothing to begin anew."""
    return ""


def _before(session: Session, step: Step) -> str:
    if not stories.every(session, step.event_id):
        return _("The plan has no case stories. The organisers can add them on the desk, under Plan.")
    told = stories.most(session, step.event_id)
    if not told:
        return _("No table was given a story yet. The organisers give them out on the desk, under Stories.")
    if not stories.numbers(session, step):
        return _("No table has a story left for this step.")
    return _("Tables do not see their story yet.")


def _sentence(session: Session, step: Step, at: StoryRound) -> str:
    of = stories.most(session, step.event_id)
    if at.closed:
        return _("The discussion of story {number} of {of} has ended.").format(number=at.story, of=of)
    said = _("Every table is at story {number} of {of}.").format(number=at.story, of=of)
    prompts = stories.most_prompts(session, step.event_id, at)
    if not prompts:
        return said + " " + _("No prompt is in the plan, so tables see the story alone.")
    if at.one_by_one:
        place = _("Tables see prompt {prompt} of {prompts}.")
        return said + " " + place.format(prompt=min(at.prompt, prompts), prompts=prompts)
    return said + " " + _("Tables see all prompts.")


def _next(at: StoryRound, coming: StoryRound | None) -> tuple[str, str]:
    """The button's words and the line below them; "" when only the next step is left."""
    if coming is None:
        return "", ""
    if coming.closed:
        return _("End the discussion"), _("what tables wrote stays, and they can no longer change it")
    if coming.story == at.story:
        return _("Show prompt {number}").format(number=coming.prompt), ""
    words = _("Show the first story") if coming.story == 1 else _("Show story {number}").format(number=coming.story)
    if at.story > 0 and not at.closed:
        return words, _("the discussion of story {number} ends").format(number=at.story)
    return words, _("each table gets its own, on its phones and its host’s page")


def _back(session: Session, step: Step, at: StoryRound) -> str:
    if at.closed:
        return _("Open the discussion again")
    if at.one_by_one and at.prompt > 1:
        return _("Back to prompt {number}").format(number=at.prompt - 1)
    if at.story > stories.numbers(session, step)[0]:
        return _("Back to story {number}").format(number=at.story - 1)
    return _("Back to Ready")
