"""From a row of the plan to its form, and from what was typed to the plan that it would make."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from string import ascii_uppercase

from eventkit.activities import ACTIVITIES
from eventkit.plan import forms, steps, whole
from eventkit.plan.draft import Draft
from eventkit.plan.editing import FIRST_ROW, Cells, belonging, numbered, pieces, put, put_pieces
from eventkit.plan.forms import Field, Filled, Typed
from eventkit.plan.reading import unidentified
from eventkit.sheet import Column, Part, Plan, Problem, Row, Value
from eventkit.web.language import gettext as _

FEWEST_PIECES, MOST_PIECES = 4, 26


def opened(plan: Plan, part: Part, place: int) -> Draft:
    """The form of a row as it is stored, with what there is to look at beside each field."""
    columns = columns_of(part, plan)
    row, piece = plan.rows(part.name)[place], belonging(part, parts())
    own = pieces(plan, part, piece, row) if piece else []
    shown = [forms.texts(_piece_columns(piece), each.cells) for each in own] if piece else []
    draft = _form(plan, part, place, forms.texts(columns, row.cells), shown)
    return _told(draft, whole.check(numbered(plan, parts()), ACTIVITIES))


def begun(plan: Plan, part: Part, given: Mapping[str, str], texts_of_pieces: Sequence[str] = ()) -> Draft:
    """An empty form of this part, with a free id and what is given filled in."""
    columns = columns_of(part, plan)
    shown = {**forms.fresh(columns), **_free_id(plan, part), **given}
    return _form(plan, part, None, shown, [{"text": text} for text in texts_of_pieces])


def filled(plan: Plan, part: Part, place: int | None, sent: Typed) -> Draft:
    """The form as it came back, with everything that was typed, and the plan with it. `place` is None for a new row."""
    columns, piece = columns_of(part, plan), belonging(part, parts())
    kept = _kept(plan, part, place)
    row = forms.read(columns, {**sent, **_shown(columns, kept)})
    changed, where = _changed(plan, part, place, {**row.cells, **kept})
    parted = _sent_pieces(piece, sent) if piece else []
    if piece:
        own = changed.rows(part.name)[where]
        cells = [_piece_cells(part, piece, own, *each) for each in enumerate(parted)]
        changed = put_pieces(changed, part, piece, own, cells)
    draft = _form(changed, part, where, row.typed, [each.typed for each in parted], new=place is None)
    return _told(draft, list(_problems(changed, draft, row, parted)))


def parts() -> tuple[Part, ...]:
    """The parts that a plan of this version has."""
    return whole.parts(ACTIVITIES)


def columns_of(part: Part, plan: Plan) -> tuple[Column, ...]:
    """The columns that a person fills in: steps are counted as they stand."""
    columns = forms.columns_of(part, plan.rows(part.name))
    return tuple(column for column in columns if (part.name, column.name) != (steps.NAME, "order"))


def held(draft: Draft, fixed: Mapping[str, str], *, correcting: bool = False) -> Draft:
    """The form with the fields that can no longer change, by their names; a typo can still be corrected in a text."""

    def hold(each: Field) -> Field:
        # A wording can be replaced; where there is none, one would be more than a correction.
        free = correcting and each.column.wording and each.value
        return each if each.fixed or free else replace(each, fixed=fixed.get(each.name, ""))

    own = [row for row in draft.pieces if any(each.value for each in row)]
    if any(each.name in fixed for row in own for each in row):
        draft = replace(draft, pieces=own)
    rows = [[hold(each) for each in row] for row in draft.pieces]
    return replace(draft, fields=[hold(each) for each in draft.fields], pieces=rows)


def word_of(part: Part) -> str:
    """What a step of the programme that shows rows of this part is called, "" if none can."""
    for kind in whole.kinds(ACTIVITIES):
        if kind.word and kind.plan and kind.plan.PARTS[0] is part:
            return kind.word
    return ""


def is_named(part: Part) -> bool:
    """Whether the rows have an id of their own that other sheets may refer to."""
    return len(part.key) == 1 and part.name != steps.NAME and not part.transposed


def _changed(plan: Plan, part: Part, place: int | None, cells: Cells) -> tuple[Plan, int]:
    """The plan with the row, and the row's place in it."""
    if place is not None:
        return put(plan, part, cells, place), place
    if part.name == steps.NAME:
        end = steps.end(plan, cells)
        return steps.added(plan, cells), end
    return put(plan, part, cells, None), len(plan.rows(part.name))


def _form(
    plan: Plan, part: Part, place: int | None, shown: Typed, of_pieces: Sequence[Typed], *, new: bool = False
) -> Draft:
    fields = forms.fields(part, columns_of(part, plan), plan, shown)
    if place is not None and not new and is_named(part):
        why = _("Other sheets refer to this name, so it stays.")
        fields = [replace(each, fixed=why) if each.column.name in part.key else each for each in fields]
    piece = belonging(part, parts())
    if piece is None:
        return Draft(part, place, fields, plan)
    count = min(max(FEWEST_PIECES, len(of_pieces) + 1), MOST_PIECES)
    texts = [*of_pieces, *[{}] * (count - len(of_pieces))]
    rows = [
        forms.fields(piece, _piece_columns(piece), plan, text, f"{piece.name}-{number}-")
        for number, text in enumerate(texts)
    ]
    return Draft(part, place, fields, plan, piece, rows)


def _told(draft: Draft, problems: Sequence[Problem]) -> Draft:
    """The form with each problem beside its field; what blocks from elsewhere is named apart."""
    row = None if draft.part.transposed else FIRST_ROW + (draft.place or 0)
    here = [problem for problem in problems if (problem.sheet, problem.row) == (draft.part.name, row)]
    fields = forms.told(draft.fields, here)
    shown = {id(problem) for problem in here if any(each.column.name == problem.column for each in fields)}
    rows: list[Sequence[Field]] = []
    for number, each in enumerate(draft.pieces):
        own = [problem for problem in problems if problem in _of_piece(draft, number, problems)]
        shown |= {id(problem) for problem in own if any(field.column.name == problem.column for field in each)}
        rows.append(forms.told(each, own, draft.piece.name + f"-{number}-" if draft.piece else ""))
    rest = [problem for problem in problems if problem.blocks and id(problem) not in shown]
    return replace(draft, fields=fields, pieces=rows, elsewhere=rest)


def _of_piece(draft: Draft, number: int, problems: Sequence[Problem]) -> list[Problem]:
    if draft.piece is None or draft.place is None:
        return []
    rows = list(draft.plan.rows(draft.piece.name))
    own = pieces(draft.plan, draft.part, draft.piece, draft.plan.rows(draft.part.name)[draft.place])
    if number >= len(own):
        return []
    row = FIRST_ROW + rows.index(own[0]) + number
    return [problem for problem in problems if (problem.sheet, problem.row) == (draft.piece.name, row)]


def _problems(plan: Plan, draft: Draft, row: Filled, parted: Sequence[Filled]) -> Iterator[Problem]:
    """What could not be read, then what the checks find; one mistake, one sentence."""
    plan = numbered(plan, parts())
    own = plan.rows(draft.part.name)[draft.place or 0]
    unread = [own.problem(name, text) for name, text in row.errors.items()]
    if draft.piece:
        belong = pieces(plan, draft.part, draft.piece, own)
        for each, read in zip(belong, parted, strict=True):
            unread += [each.problem(name, text) for name, text in read.errors.items()]
    places = {(problem.sheet, problem.row, problem.column) for problem in unread}
    yield from unread
    for part in (draft.part, draft.piece):
        yield from unidentified(part, plan.rows(part.name)) if part else ()
    for problem in whole.check(plan, ACTIVITIES):
        if (problem.sheet, problem.row, problem.column) not in places:
            yield problem


def _kept(plan: Plan, part: Part, place: int | None) -> dict[str, Value]:
    """The cells that a form does not change: the id of a row, and the number of a step."""
    if place is None or part.transposed:
        return {}
    row = plan.rows(part.name)[place]
    return {name: row[name] for name in part.key} if is_named(part) or part.name == steps.NAME else {}


def _shown(columns: Sequence[Column], cells: Mapping[str, Value]) -> dict[str, str]:
    return {name: text for name, text in forms.texts(columns, cells).items() if name in cells}


def _free_id(plan: Plan, part: Part) -> dict[str, str]:
    if not is_named(part):
        return {}
    taken = {row.text(part.key[0]) for row in plan.rows(part.name)}
    return {part.key[0]: next(name for n in range(1, len(taken) + 2) if (name := f"{part.name[0]}{n}") not in taken)}


def _piece_columns(piece: Part) -> tuple[Column, ...]:
    return tuple(column for column in piece.columns if column.name not in piece.key)


def _sent_pieces(piece: Part, sent: Typed) -> list[Filled]:
    """The pieces that something was filled in for."""
    columns = _piece_columns(piece)
    read = [forms.read(columns, sent, f"{piece.name}-{number}-") for number in range(MOST_PIECES)]
    return [each for each in read if not each.empty]


def _piece_cells(part: Part, piece: Part, row: Row, number: int, read: Filled) -> dict[str, Value]:
    """A piece is lettered as it stands, so that nobody has to."""
    return {**read.cells, part.key[0]: row[part.key[0]], piece.key[1]: ascii_uppercase[number]}
