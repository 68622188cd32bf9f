"""What is said when a round cannot be seated; people and tables are named by their ids."""

from collections.abc import Iterable, Iterator, Sequence

from eventkit.tables.room import Kind, Room, Rule, Table
from eventkit.tables.words import several
from eventkit.web.language import gettext as _
from eventkit.web.language import ngettext


def too_many(number: int, people: int, most: int) -> Sequence[str]:
    """More people than chairs."""
    sentence = _("Round {round} cannot be seated: {people} people are there, and its tables have {most} chairs.")
    remedy = ngettext(
        "Add {n} chair, or seat {n} person fewer.", "Add {n} chairs, or seat {n} people fewer.", people - most
    )
    return [sentence.format(round=number, people=people, most=most), remedy.format(n=people - most)]


def too_few(number: int, people: int, fewest: int) -> Sequence[str]:
    """Fewer people than the tables demand."""
    sentence = _(
        "Round {round} cannot be seated: {people} people are there, and its tables need {fewest} people at least."
    )
    remedy = ngettext(
        "That is {n} too few. Lower min_seats, or take a table away.",
        "That is {n} too few. Lower min_seats, or take a table away.",
        fewest - people,
    )
    return [sentence.format(round=number, people=people, fewest=fewest), remedy.format(n=fewest - people)]


def hosts_too_many(number: int, hosts: Sequence[str], tables: int) -> Sequence[str]:
    """More hosts than tables."""
    sentence = _("Round {round} cannot be seated: it has {hosts} hosts for {tables} tables.")
    more = ngettext(
        "Every table has exactly one host. Take {n} of them off the list: {names}.",
        "Every table has exactly one host. Take {n} of them off the list: {names}.",
        len(hosts) - tables,
    )
    return [
        sentence.format(round=number, hosts=len(hosts), tables=tables),
        more.format(n=len(hosts) - tables, names=several(hosts)),
    ]


def hosts_missing(number: int, hosts: int, tables: int, without: Sequence[str]) -> Sequence[str]:
    """Fewer hosts than tables; `without` are those that no host is bound to."""
    sentence = ngettext(
        "Round {round} cannot be seated: it has {hosts} host for {tables} tables.",
        "Round {round} cannot be seated: it has {hosts} hosts for {tables} tables.",
        hosts,
    )
    missing = tables - hosts
    if missing >= len(without):
        which = _("Every table has exactly one host. There is none for {tables}.").format(tables=several(without))
    else:
        which = ngettext(
            "Every table has exactly one host. {n} is missing at one of {tables}.",
            "Every table has exactly one host. {n} are missing at some of {tables}.",
            missing,
        ).format(n=missing, tables=several(without))
    return [
        sentence.format(round=number, hosts=hosts, tables=tables),
        which,
        _("Name more hosts, or take tables away."),
    ]


def undecided(number: int) -> Sequence[str]:
    """The search ended before it knew."""
    sentence = _(
        "Round {round}: no seating was found that keeps every rule, and it was not proved either that there is none."
    )
    return [sentence.format(round=number), _("Take rules away, those of who sits apart or together first.")]


def contrary(
    room: Room, number: int, rules: Sequence[Rule], full: Sequence[Table], empty: Sequence[Table], *, certain: bool
) -> Sequence[str]:
    """The rules that contradict each other, with the chairs of `full` and the fewest people of `empty` tables.

    `certain`: whether it is known that all of them are needed for the contradiction.
    """
    heading = ngettext(
        "Round {round} cannot be seated. This rule cannot be kept:",
        "Round {round} cannot be seated. These rules contradict each other:",
        len(rules),
    )
    remedy = _("Change one of them.") if len(rules) > 1 else _("Change it.")
    if not certain:
        remedy = _("Some of them may not be to blame: finding that out would take too long. Change several of them.")
    told = [*_rules(rules), *_facts(room, number, rules), *_limits(room, number, full, empty)]
    return [heading.format(round=number), *told, remedy]


def _rules(rules: Sequence[Rule]) -> Iterator[str]:
    """The rules, those that say the same of several people as one."""
    for kind, table, people, own in _gathered(rules):
        rows = sorted({rule.row for rule in own if rule.row})
        sentence = _rule(kind, people, table)
        if rows:
            heading = ngettext("Row {rows}: {sentence}", "Rows {rows}: {sentence}", len(rows))
            sentence = heading.format(rows=several(_spans(rows), 12), sentence=sentence)
        yield sentence


def _rule(kind: Kind, people: Sequence[str], table: str) -> str:
    one, names = len(people), several(people)
    match kind:
        case Kind.FIXED:
            sentence = ngettext("{names} sits at {table}.", "{names} sit at {table}.", one)
        case Kind.BANNED:
            sentence = ngettext("{names} does not sit at {table}.", "{names} do not sit at {table}.", one)
        case Kind.TOGETHER:
            sentence = _("{names} sit at one table.")
        case Kind.APART:
            sentence = _("{names} sit at different tables.")
        case Kind.HOST if table:
            sentence = _("{names} is the host of {table}.")
        case Kind.HOST:
            sentence = ngettext("{names} is a host.", "{names} are hosts, each of another table.", one)
        case Kind.ACCESSIBLE:
            sentence = ngettext("{names} needs an accessible table.", "{names} need an accessible table.", one)
    if one > 6:
        sentence = _("{sentence} These are {n} people.").format(sentence=sentence, n=one)
    return sentence.format(names=names, table=table)


def _gathered(rules: Sequence[Rule]) -> Iterator[tuple[Kind, str, list[str], list[Rule]]]:
    """Kind, table, people and rows of what can be said in one sentence, in the order of its first rule."""
    left = list(rules)
    while left:
        first = left[0]
        if first.kind == Kind.TOGETHER:
            people = _linked(first, left)
        elif first.kind == Kind.APART:
            people = _all_apart(first, left)
        else:
            alike = [rule for rule in left if (rule.kind, rule.table) == (first.kind, first.table)]
            people = list(dict.fromkeys(rule.person_id for rule in alike))
            if first.kind == Kind.HOST and first.table:
                people = people[:1]
        own = [
            rule
            for rule in left
            if (rule.kind, rule.table) == (first.kind, first.table)
            and {rule.person_id, rule.other_id} - {""} <= set(people)
        ]
        left = [rule for rule in left if rule not in own]
        yield first.kind, first.table, people, own


def _linked(first: Rule, rules: Iterable[Rule]) -> list[str]:
    """Everybody who is linked to the first pair by the rules of its kind."""
    people = dict.fromkeys((first.person_id, first.other_id))
    pairs = [(rule.person_id, rule.other_id) for rule in rules if rule.kind == first.kind]
    for _turn in pairs:
        for pair in pairs:
            if not people.keys().isdisjoint(pair):
                people.update(dict.fromkeys(pair))
    return list(people)


def _all_apart(first: Rule, rules: Sequence[Rule]) -> list[str]:
    """The first pair and everybody who sits apart from all of them and from each other."""
    people = [first.person_id, first.other_id]
    pairs = {frozenset((rule.person_id, rule.other_id)) for rule in rules if rule.kind == Kind.APART}
    for person in _linked(first, rules):
        if all(frozenset((person, other)) in pairs for other in people):
            people.append(person)
    return people


def _spans(rows: Sequence[int]) -> list[str]:
    """Rows, three or more in a row as "4–7"."""
    spans: list[list[int]] = []
    for row in rows:
        if spans and spans[-1][-1] == row - 1:
            spans[-1].append(row)
        else:
            spans.append([row])
    return [
        word for span in spans for word in ([f"{span[0]}–{span[-1]}"] if len(span) > 2 else [str(row) for row in span])
    ]


def _facts(room: Room, number: int, rules: Sequence[Rule]) -> Iterator[str]:
    """What of the room is needed to see the contradiction."""
    tables = {table.table: table for table in room.tables_in(number)}
    for name in dict.fromkeys(rule.table for rule in rules if rule.table and rule.table not in tables):
        yield _("Round {round} has no table {table}.").format(round=number, table=name)
    if any(rule.kind == Kind.ACCESSIBLE for rule in rules):
        names = [table.table for table in tables.values() if table.accessible]
        accessible = ngettext("{names} is accessible.", "{names} are accessible.", len(names))
        none = _("No table of the round is accessible.")
        yield accessible.format(names=several(names, 12)) if names else none
    if sum(rule.kind in (Kind.APART, Kind.HOST) and not rule.table for rule in rules) > 2:
        tables_there = ngettext("The round has {n} table.", "The round has {n} tables.", len(tables))
        yield tables_there.format(n=len(tables))


def _limits(room: Room, number: int, full: Sequence[Table], empty: Sequence[Table]) -> Iterator[str]:
    everywhere = len(full) == len(room.tables_in(number)) > 1
    if everywhere:
        most = max(table.max_seats for table in full)
        sentence = ngettext("No table has more than {n} chair.", "No table has more than {n} chairs.", most)
        yield sentence.format(n=most)
    elif full:
        chairs = sum(table.max_seats for table in full)
        sentence = ngettext("{names} has {n} chairs.", "{names} have {n} chairs in all.", len(full))
        yield sentence.format(names=several([table.table for table in full], 12), n=chairs)
    for table in empty:
        sentence = ngettext("{table} needs {n} person at least.", "{table} needs {n} people at least.", table.min_seats)
        yield sentence.format(table=table.table, n=table.min_seats)
    if empty or everywhere:
        people = len(room.people_in(number))
        yield ngettext("{n} person is there.", "{n} people are there.", people).format(n=people)
