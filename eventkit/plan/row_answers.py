"""What the desk answers to a change of the plan: the list or form again with what stands against it, or the way on."""

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from eventkit.activities import ACTIVITIES
from eventkit.errors import EventkitError
from eventkit.events import guards
from eventkit.plan import pages, steps, whole
from eventkit.plan.applying import apply
from eventkit.plan.draft import Draft
from eventkit.plan.drafting import parts, word_of
from eventkit.plan.editing import belonging, numbered
from eventkit.plan.listing import lines, shown_columns
from eventkit.plan.pages import Stored
from eventkit.sheet import Part, Plan, Problem
from eventkit.web.answers import see_other
from eventkit.web.language import speaking


async def to_list(
    request: Request,
    now: Stored,
    draft: Draft,
    changed: Plan,
    *,
    name: str = "",
    seen: str = "",
    correcting: bool = False,
) -> Response:
    """Applies a form and leads to the list; a mistake or refusal gives the form again with what was typed."""
    shown = {"name": name, "seen": seen, "correcting": correcting}
    if not draft.sound:
        return form_page(request, now, draft, shown, 400)
    try:
        await _apply(request, changed, now.digest, correcting=correcting)
    except EventkitError as refusal:
        return form_page(request, now, draft, {**shown, **pages.told(refusal)}, refusal.status)
    return see_other(f"/s/{request.path_params['code']}/desk/plan/{draft.part.name}?saved={draft.name}")


async def changed_to(request: Request, now: Stored, part: Part, changed: Plan, seen: str) -> Response:
    """Applies a change of the list that was seen; a refusal stands above the list."""
    with speaking(now.event.language):
        try:
            await _apply(request, changed, seen)
        except EventkitError as refusal:
            return list_page(request, now, part, **pages.told(refusal), status=refusal.status)
    return see_other(f"/s/{request.path_params['code']}/desk/plan/{part.name}")


def list_page(
    request: Request,
    now: Stored,
    part: Part,
    *,
    saved: str = "",
    refusal: str = "",
    problems: Sequence[Problem] = (),
    status: int = 200,
) -> Response:
    """The rows of a part, with what there is to look at in each."""
    with speaking(now.event.language):
        found = whole.check(now.plan, ACTIVITIES)
        listed = lines(part, now.plan, parts(), found)
        values = {
            "part": part,
            "columns": shown_columns(part, now.plan),
            "lines": listed,
            "rest": [each for each in found if each.sheet == part.name and each.row is None],
            "piece": belonging(part, parts()),
            "saved": next((line for line in listed if line.name == saved), None),
            "seen": now.digest,
            "steps": part.name == steps.NAME,
            "refusal": refusal,
            "problems": problems,
        }
        return pages.show(request, now, "plan/rows.html", values, status)


def form_page(request: Request, now: Stored, draft: Draft, given: Mapping[str, object], status: int = 200) -> Response:
    """The form of a row; `given` says what differs from an empty one."""
    values = {
        "draft": draft,
        "part": draft.part,
        "name": "",
        "seen": "",
        "refusal": "",
        "problems": [],
        "correcting": False,
        "step": bool(word_of(draft.part)) and bool(now.plan.rows(steps.NAME)),
        "correctable": any(each.fixed and each.column.wording and each.value for each in draft.every),
        "frozen": next(
            (each.fixed for each in draft.every if each.fixed and each.column.name not in draft.part.key), ""
        ),
    }
    return pages.show(request, now, "plan/row.html", {**values, **given}, status)


async def _apply(request: Request, changed: Plan, expected: str, *, correcting: bool = False) -> None:
    event_id = guards.event_of(request)
    plan = numbered(changed, parts())
    await pages.database(request).write(
        event_id, apply, event_id, plan, ACTIVITIES, correcting=correcting, expected=expected
    )
