"""What stands against a way to give stories to tables, and what it changes, in words. Names are for the desk only."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from eventkit.vignettes import dealing
from eventkit.vignettes.assigning import Assignment
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext

Wanted = Mapping[str, Sequence[str]]


def warnings(found: Assignment, wanted: Wanted) -> Sequence[str]:
    """What an organiser should know before tables get these stories; empty if nothing stands against it."""
    return [*_demands(found), *_sizes(found, wanted), *_unequal(found, wanted), *_clashes(found, wanted)]


def reasons(found: Assignment) -> Sequence[str]:
    """Why no deal keeps everybody from what they know as people sit; a smallest set of facts, empty if one does."""
    why = dealing.why(list(found.now), list(found.titles), found.per_table, found.known, found.fixed)
    sentence = _("Somebody knows “{title}” at {tables}.")
    return [
        sentence.format(title=found.titles[story], tables=", ".join(map(found.names.table, tables)))
        for story, tables in why.items()
    ]


def changes(found: Assignment, wanted: Wanted) -> Sequence[tuple[str, Sequence[str], Sequence[str]]]:
    """Each table that changes: its name, the titles of what it loses, and of what it gets."""
    return [
        (
            found.names.table(table),
            [found.titles[story] for story in found.now[table] if story not in mine],
            [found.titles[story] for story in mine if story not in found.now[table]],
        )
        for table, mine in wanted.items()
        if set(mine) != set(found.now[table])
    ]


def still_known(found: Assignment) -> int:
    """How many times somebody sits at a table whose story they know, as it is."""
    return dealing.clashes(found.now, found.known)


def _demands(found: Assignment) -> Iterator[str]:
    """Numbers that cannot be met, whoever gets what."""
    stories, tables = len(found.titles), len(found.now)
    if found.per_table > stories:
        sentence = _("The plan says {number} stories for each table, and there are {stories}.")
        yield sentence.format(number=found.per_table, stories=stories)
    if found.per_table * tables < stories:
        sentence = _("There are {stories} stories, and {tables} tables with {number} each discuss {most} at most.")
        most = found.per_table * tables
        yield sentence.format(stories=stories, tables=tables, number=found.per_table, most=most)


def _sizes(found: Assignment, wanted: Wanted) -> Iterator[str]:
    for table, mine in wanted.items():
        if len(mine) != min(found.per_table, len(found.titles)):
            sentence = ngettext(
                "{table} has {n} story, where the plan says {number}.",
                "{table} has {n} stories, where the plan says {number}.",
                len(mine),
            )
            yield sentence.format(table=found.names.table(table), n=len(mine), number=found.per_table)


def _unequal(found: Assignment, wanted: Wanted) -> Iterator[str]:
    counts = Counter(story for mine in wanted.values() for story in mine)
    most, fewest = max(found.titles, key=counts.__getitem__), min(found.titles, key=counts.__getitem__)
    if counts[most] - counts[fewest] > 1:
        sentence = _("“{most}” is at {n} tables, and “{fewest}” at {m}.")
        yield sentence.format(most=found.titles[most], n=counts[most], fewest=found.titles[fewest], m=counts[fewest])


def _clashes(found: Assignment, wanted: Wanted) -> Iterator[str]:
    for table, mine in wanted.items():
        for story in mine:
            if who := found.knowing[table].get(story):
                sentence = ngettext(
                    "At {table} {n} person knows “{title}”: {names}.",
                    "At {table} {n} people know “{title}”: {names}.",
                    len(who),
                )
                names, title = ", ".join(map(found.names.person, who)), found.titles[story]
                yield sentence.format(table=found.names.table(table), n=len(who), title=title, names=names)
    if not found.seated:
        yield from _chairs(found, wanted)


def _chairs(found: Assignment, wanted: Wanted) -> Iterator[str]:
    """Whether everybody could be seated where they know nothing, before anybody is."""
    chairs = {table.table: table.max_seats for table in found.room.tables}
    people = [person.knows for person in found.room.people]
    if missing := dealing.without_chairs(wanted, chairs, people):
        groups, number, places = missing
        known = "; ".join(", ".join(f"“{found.titles[story]}”" for story in sorted(group)) for group in groups)
        sentence = ngettext(
            "{n} person knows one of these, and the tables without them have {places} chairs: {known}.",
            "{n} people know one of these, and the tables without them have {places} chairs: {known}.",
            number,
        )
        yield sentence.format(n=number, places=places, known=known)
