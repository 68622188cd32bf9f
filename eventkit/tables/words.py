"""What is said of a seating: fair ranges, how far a search is, and the event card, which claims only what is proven."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eventkit.tables.room import Room, Table
from eventkit.tables.scoring import Measures, Report
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext

if TYPE_CHECKING:
    from eventkit.tables.seating import Progress


@dataclass(frozen=True)
class Line:
    """A line of the event card. `best`: nothing could be better, and that is proven."""

    heading: str
    sentence: str
    best: bool


def event_card(room: Room, found: Report, least: Report) -> Sequence[Line]:
    """How good a seating is, each measure beside what nobody could do better; `least` are the bounds."""
    total, bound = found.total, least.total
    lines = [_kept(total.broken)]
    if any(person.knows for person in room.people) and any(table.vignettes for table in room.tables):
        lines.append(_clashes(total.clashes, bound.clashes))
    lines += [_attribute(name, total, bound) for name in room.attributes]
    if room.rounds > 1:
        lines.append(_meetings(room, total, bound))
    return lines


def so_far(progress: "Progress") -> str:
    """How good the seats are that a search has found so far."""
    if progress.broken:
        return ngettext("{n} rule is still broken.", "{n} rules are still broken.", progress.broken).format(
            n=progress.broken
        )
    told = [_("Every rule is kept."), off(progress.balance) + "."]
    if progress.clashes:
        told.insert(1, _known(progress.clashes))
    if progress.overlap:
        told.append(_again(progress.overlap))
    return " ".join(told)


def off(number: int) -> str:
    """How far a value, or all values, are outside their fair range."""
    return _("{n} off the fair spread").format(n=number) if number else _("As fairly spread as can be")


def fair_range(fewest: int, most: int) -> str:
    """How many people with a value fairly sit at a table: "2–3", or "2" where there is only one such number."""
    return f"{fewest}–{most}" if fewest < most else str(most)


def chairs(table: Table) -> str:
    """How many people a table is for."""
    if table.min_seats in (0, table.max_seats):
        return ngettext("{n} chair", "{n} chairs", table.max_seats).format(n=table.max_seats)
    return _("for {fewest} to {most} people").format(fewest=table.min_seats, most=table.max_seats)


def in_round(sentence: str, number: int) -> str:
    """What holds in one round alone."""
    return _("{sentence} in round {n}").format(sentence=sentence, n=number)


def knows(names: Sequence[str], vignette: str, *, here: bool) -> str:
    """That people know a vignette, which is discussed where they sit, or must not come there."""
    if here:
        sentence = ngettext(
            "{names} knows {vignette}, which is discussed here.",
            "{names} know {vignette}, which is discussed here.",
            len(names),
        )
    else:
        sentence = ngettext(
            "Not {vignette} here: {names} knows it.", "Not {vignette} here: {names} know it.", len(names)
        )
    return sentence.format(names=several(names), vignette=vignette)


def several(names: Sequence[str], most: int = 6) -> str:
    """Names in one line: "Ana, Tom and 4 more"."""
    if len(names) > most:
        shown, more = ", ".join(names[: most - 1]), len(names) - most + 1
        return _("{names} and {n} more").format(names=shown, n=more)
    if len(names) > 1:
        return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
    return "".join(names)


def title(name: str) -> str:
    """An attribute as a heading: the organisers' name of its column, with a large first letter."""
    return name[:1].upper() + name[1:].replace("_", " ")


def _kept(broken: int) -> Line:
    if not broken:
        return Line(_("No rule is broken"), _("Everybody has a seat, and every rule is kept."), best=True)
    heading = ngettext("{n} rule is broken", "{n} rules are broken", broken).format(n=broken)
    return Line(heading, _("Each of them is named below. Move people, or seat everybody again."), best=False)


def _clashes(clashes: int, least: int) -> Line:
    if not clashes:
        sentence = _("No table discusses a story that somebody at it knows.")
        return Line(_("Nobody meets a story that they know"), sentence, best=True)
    told = [_known(clashes), *([_unavoidable(least)] if least else [])]
    return Line(_("Some meet a story that they know"), " ".join(told), best=clashes == least)


def _known(clashes: int) -> str:
    return ngettext(
        "{n} time somebody sits where a story is discussed that they know.",
        "{n} times somebody sits where a story is discussed that they know.",
        clashes,
    ).format(n=clashes)


def _unavoidable(least: int) -> str:
    return ngettext("At least {n} is unavoidable.", "At least {n} are unavoidable.", least).format(n=least)


def _attribute(name: str, total: Measures, bound: Measures) -> Line:
    """Whether the numbers at the tables are within their fair ranges, and how many pairs share a value."""
    amiss, least = total.balance[name], bound.balance.get(name, 0)
    best = amiss == least
    heading = f"{title(name)}: {_('best possible') if best else off(amiss)}"
    told = [f"{off(amiss)}."] if best and amiss else []
    if amiss and least:
        told.append(_unavoidable(least))
    return Line(heading, " ".join([*told, _pairs(name, total.pairs[name], bound.pairs.get(name, 0))]), best)


def _pairs(name: str, pairs: int, least: int) -> str:
    attribute = name.replace("_", " ")
    if not pairs:
        return _("No two people at a table have the same {attribute}.").format(attribute=attribute)
    told = ngettext(
        "{n} pair at a table has the same {attribute}.", "{n} pairs at a table have the same {attribute}.", pairs
    ).format(n=pairs, attribute=attribute)
    return f"{told} {_('Fewer are impossible.') if pairs == least else _unavoidable(least) if least else ''}".strip()


def _meetings(room: Room, total: Measures, bound: Measures) -> Line:
    best = total.overlap == bound.overlap and total.thirds == bound.thirds
    if total.thirds:
        heading = ngettext(
            "{n} pair sits together three times or more", "{n} pairs sit together three times or more", total.thirds
        ).format(n=total.thirds)
    elif room.rounds > 2:
        heading = _("Nobody sits with the same person three times")
    else:
        heading = _("As few repeat meetings as there can be") if best else _("Repeat meetings")
    return Line(heading, _repeats(room, total.overlap, bound.overlap), best)


def _repeats(room: Room, overlap: int, least: int) -> str:
    if not overlap:
        return _("Everybody meets new people in every round.")
    if not least:
        return f"{_again(overlap)} {_('Whether fewer are possible is not proven.')}"
    sentence = _(
        "{least} repeat meetings are unavoidable with {people} people at {tables} tables over {rounds} rounds; "
        "this plan has {n}."
    )
    if overlap > least:
        sentence = _(
            "At least {least} repeat meetings are unavoidable with {people} people at {tables} tables over {rounds} "
            "rounds; this plan has {n}."
        )
    tables = max(len(room.tables_in(number)) for number in range(1, room.rounds + 1))
    return sentence.format(least=least, people=len(room.people), tables=tables, rounds=room.rounds, n=overlap)


def _again(overlap: int) -> str:
    return ngettext("There is {n} repeat meeting.", "There are {n} repeat meetings.", overlap).format(n=overlap)
