"""How many people must hear a case that they know too well, whatever the plan: a lower bound, with its proof. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from eventkit.tables.forced import Forced
from eventkit.tables.room import Room, Table

Costs = Mapping[str, int]
"""What a person's seat costs at each table at which they may sit."""


def round_clashes(room: Room, number: int, forced: Forced) -> int:
    """The fewest clashes of a round: a cheapest assignment of people to chairs, with most of the rules left out.

    Leaving out rules and people only makes it cheaper, so it is a lower bound. What is kept: tables at which a person
    may not sit, chairs, and that no two hosts share a table. Who is kept together pays at one table, so all of a
    clump's clashes are laid on one member, its host if it has one. Hosts and the others sit in different chairs and
    are counted apart; with a host at every table, each table has one chair less for the others. People who may sit
    anywhere at no cost are left out: chairs remain for them, or no plan keeps the rules.
    """
    tables = room.tables_in(number)
    costs = _costs(room, number, forced, tables)
    for_hosts = {table.table: 1 for table in tables}
    for_others = {table.table: table.max_seats - bool(forced.hosts) for table in tables}
    return _cheapest([costs[who] for who in costs if who in forced.hosts], for_hosts) + _cheapest(
        [costs[who] for who in costs if who not in forced.hosts], for_others
    )


def _costs(room: Room, number: int, forced: Forced, tables: Sequence[Table]) -> dict[str, Costs]:
    """The costs of those who may not sit everywhere for nothing; people with the same costs share them."""
    knows = {person.person_id: person.knows for person in room.people_in(number) if person.knows}
    costs: dict[str, Costs] = {}
    alike: dict[tuple[tuple[str, int], ...], Costs] = {}
    for clump in forced.clumps:
        known = [knows[member] for member in clump if member in knows]
        if not known and clump[0] not in forced.domains:
            continue
        domain = forced.domains.get(clump[0], {table.table for table in tables})
        places = [table for table in tables if table.table in domain]
        paying = {table.table: sum(len(table.vignettes & cases) for cases in known) for table in places}
        payer = next((member for member in clump if member in forced.hosts), clump[0])
        for member in clump:
            own = paying if member == payer else dict.fromkeys(paying, 0)
            if len(own) < len(tables) or any(own.values()):
                costs[member] = alike.setdefault(tuple(own.items()), own)
    return costs


def _cheapest(people: Iterable[Costs], chairs: Mapping[str, int]) -> int:
    """The least sum of costs at which all of the people have a chair; nobody who finds none counts.

    Successive shortest paths: each next person takes the cheapest way to a free chair, by which others may have to
    change tables. What is taken so far is always the cheapest for those who came so far (Ahuja, Magnanti and Orlin,
    "Network Flows", 1993, chapter 9).
    """
    sitting: dict[str, list[Costs]] = {table: [] for table in chairs}
    total = 0
    for person in people:
        free = [table for table in person if len(sitting[table]) < chairs[table]]
        ways: dict[str, tuple[int, Costs, str]] = {table: (person[table], person, "") for table in free}
        if not free or min(person[table] for table in free) > min(person.values()):
            ways = _ways(person, sitting, chairs)
            free = [table for table in ways if len(sitting[table]) < chairs[table]]
        if not free:
            continue
        table = min(free, key=lambda place: ways[place][0])
        total += ways[table][0]
        mover, origin = ways[table][1:]
        while origin:
            sitting[table].append(mover)
            sitting[origin].remove(mover)
            table = origin
            mover, origin = ways[table][1:]
        sitting[table].append(person)
    return total


def _ways(
    person: Costs, sitting: Mapping[str, list[Costs]], chairs: Mapping[str, int]
) -> dict[str, tuple[int, Costs, str]]:
    """The cheapest way to each table: its cost, who comes to sit there, and from which table; "" for the newcomer.

    Only who sits at a full table need make room: nobody at one with a free chair would be better off elsewhere.
    """
    ways = {table: (cost, person, "") for table, cost in person.items()}
    queue = list(ways)
    for table in queue:
        if len(sitting[table]) < chairs[table]:
            continue
        for mover in {id(mover): mover for mover in sitting[table]}.values():
            for other, cost in mover.items():
                way = ways[table][0] + cost - mover[table]
                if other not in ways or way < ways[other][0]:
                    ways[other] = (way, mover, table)
                    queue.append(other)
    return ways
