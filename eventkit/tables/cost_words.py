"""What a seat at another table costs, in words: "third person from Council; meets Ana and Tom again". Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eventkit.tables import words
from eventkit.tables.breaches import Breach, Demand, Names, told
from eventkit.tables.scoring import Measures
from eventkit.tables.sitting import Moves, Sitting
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext

NAMED = 3
"""How many names stand in one line before "and 4 more"."""


def sentence(sitting: Sitting, moves: Moves, change: Measures, breaks: Sequence[Breach], names: Names) -> str:
    """What gets worse, then what gets better, without a full stop. The first of the `moves` is the one asked about."""
    parts = [*(_broken(breach, moves, names) for breach in breaks), *_clashes(sitting, moves, names)]
    parts += _values(sitting, moves, change, names)
    for who in moves:
        parts += _meets(sitting, who, moves, names)
    if not parts:
        parts += _pairs(change)
    better = list(_better(change))
    if not parts and not better:
        return _("changes nothing")
    return "; ".join([*(parts or [_("nothing gets worse")]), *better])


def knows(sitting: Sitting, person_id: str, table: str, names: Names) -> str:
    """That a person knows what a table discusses."""
    known = sorted(sitting.people[person_id].knows & sitting.tables[table].vignettes)
    said = _("{person} knows {vignettes}, which {table} discusses")
    return said.format(person=names.person(person_id), vignettes=words.several(known), table=names.table(table))


def ordinal(number: int) -> str:
    """A number in a row of people: "third", "11th"."""
    first = (_("first"), _("second"), _("third"), _("fourth"), _("fifth"), _("sixth"), _("seventh"), _("eighth"))
    later = (_("ninth"), _("tenth"))
    spelt = (*first, *later)
    return spelt[number - 1] if number <= len(spelt) else _("number {n}").format(n=number)


def _broken(breach: Breach, moves: Moves, names: Names) -> str:
    """What is broken; of the table that the person would sit at, it is said without its name."""
    to = next(iter(moves.values()))
    if breach.demand is Demand.MOST and breach.table == to:
        chairs = ngettext("over its {limit} chair", "over its {limit} chairs", breach.limit)
        return chairs.format(limit=breach.limit)
    if breach.rule:
        return _("breaks the rule “{rule}”").format(rule=told(breach, names))
    if breach.demand is Demand.FEWEST:
        few = _("leaves {table} with fewer than its {limit} people")
        return few.format(table=names.table(breach.table), limit=breach.limit)
    if breach.demand is Demand.HOST:
        said = _("{table} would have {n} hosts") if breach.limit else _("{table} would have no host")
        return said.format(table=names.table(breach.table), n=breach.limit)
    return told(breach, names)


def _clashes(sitting: Sitting, moves: Moves, names: Names) -> Iterator[str]:
    for who, to in moves.items():
        if sitting.clashes(who, to) > sitting.clashes(who, sitting.places.get(who, "")):
            yield knows(sitting, who, to, names)


@dataclass(frozen=True)
class _After:
    """The two tables once the moves are made. `even`: as `Sitting.even`."""

    sitting: Sitting
    moves: Moves
    touched: Mapping[str, Sequence[str]]
    even: bool
    names: Names

    def here(self, name: str, who: str, table: str) -> tuple[str, int, int, int]:
        """A person's value, how many have it at the table, and the fewest and most who fairly would."""
        value, people = self.sitting.value(who, name), self.touched[table]
        count = sum(self.sitting.value(other, name) == value for other in people)
        return value, count, *self.sitting.fair(name, value, len(people), even=self.even)


def _values(sitting: Sitting, moves: Moves, change: Measures, names: Names) -> Iterator[str]:
    """For each attribute that is further from its fair spread: who is one too many, and what a table lacks."""
    touched = sitting.touched(moves)
    after = _After(sitting, moves, touched, sitting.even(touched), names)
    for name in sitting.room.attributes:
        if change.balance[name] <= 0:
            continue
        found = [said for who in moves for said in (*_too_many(after, name, who), *_too_few(after, name, who))]
        further = _("{attribute}: {n} further from a fair spread")
        yield from found or [further.format(attribute=name.replace("_", " "), n=change.balance[name])]


def _too_many(after: _After, name: str, who: str) -> Iterator[str]:
    """Of the person asked about it is said without name and table."""
    to = after.moves[who]
    value, here, _fewest, most = after.here(name, who, to)
    if not value or here <= most:
        return
    said = _("{ordinal} person with {attribute} {value}")
    if name == "organisation":
        said = _("{ordinal} person from {value}")
    crowded = said.format(ordinal=ordinal(here), attribute=name.replace("_", " "), value=value)
    other = _("{person} would be the {what} at {table}")
    person, table = after.names.person(who), after.names.table(to)
    yield crowded if who == next(iter(after.moves)) else other.format(person=person, what=crowded, table=table)


def _too_few(after: _After, name: str, who: str) -> Iterator[str]:
    left = after.sitting.places.get(who, "")
    if not left or not after.sitting.value(who, name):
        return
    value, here, fewest, most = after.here(name, who, left)
    if here < fewest:
        said = _("leaves {table} with {n} from {value}, fair {fair}")
        if name != "organisation":
            said = _("leaves {table} with {n} with {attribute} {value}, fair {fair}")
        yield said.format(
            table=after.names.table(left),
            n=here or _("nobody"),
            attribute=name.replace("_", " "),
            value=value,
            fair=words.fair_range(fewest, most),
        )


def _meets(sitting: Sitting, who: str, moves: Moves, names: Names) -> Iterator[str]:
    """Whom a person would meet again; of the one asked about it is said without their name."""
    others = [other for other in sitting.at[moves[who]] if other not in moves]
    met = {other: sitting.met[min(who, other), max(who, other)] for other in others}
    own = who == next(iter(moves))
    again = [names.person(other) for other, often in met.items() if often == 1]
    thrice = [names.person(other) for other, often in met.items() if often > 1]
    said = (
        (again, _("meets {others} again") if own else _("{person} meets {others} again")),
        (thrice, _("meets {others} for the third time") if own else _("{person} meets {others} for the third time")),
    )
    for people, words_of in said:
        if people:
            yield words_of.format(person=names.person(who), others=words.several(people, NAMED + 1))


def _pairs(change: Measures) -> Iterator[str]:
    for name, more in change.pairs.items():
        if more > 0:
            said = ngettext("{n} more pair has the same {attribute}", "{n} more pairs have the same {attribute}", more)
            yield said.format(n=more, attribute=name.replace("_", " "))


def _better(change: Measures) -> Iterator[str]:
    """What a move mends."""
    if change.broken < 0:
        yield ngettext("mends {n} broken rule", "mends {n} broken rules", -change.broken).format(n=-change.broken)
    if change.clashes < 0:
        said = ngettext("{n} story fewer that somebody knows", "{n} stories fewer that somebody knows", -change.clashes)
        yield said.format(n=-change.clashes)
    for name, off in change.balance.items():
        if off < 0:
            yield _("{attribute}: {n} nearer to a fair spread").format(attribute=name.replace("_", " "), n=-off)
    if change.overlap < 0:
        said = ngettext("{n} repeat meeting fewer", "{n} repeat meetings fewer", -change.overlap)
        yield said.format(n=-change.overlap)
