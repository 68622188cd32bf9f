"""Stories given to tables: by hand, or dealt; what has begun at a table stays there."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from eventkit.errors import Conflict, NotFound
from eventkit.events import rules as events
from eventkit.tables import called, stored
from eventkit.tables.breaches import Names
from eventkit.tables.models import TableInRound
from eventkit.tables.room import Kind, Room
from eventkit.vignettes import dealing, stories
from eventkit.vignettes.models import Discussion
from eventkit.web.language import gettext as _


@dataclass(frozen=True)
class Assignment:
    """Which stories tables have. `now`: vignette_ids by table, in the order of the day; `titles` by vignette_id.

    `begun`: those that a table has begun or left behind. `knowing`: table → story → person_ids at the table who know
    it. Before anybody is `seated` only those count whose table the plan names.
    """

    room: Room
    names: Names
    titles: Mapping[str, str]
    per_table: int
    now: Mapping[str, Sequence[str]]
    begun: Mapping[str, Collection[str]]
    knowing: Mapping[str, Mapping[str, Sequence[str]]]
    seated: bool

    @property
    def seen(self) -> str:
        """Changes with anything that a choice of stories depends on."""
        return digest((self.now, self.begun, list(self.titles)))

    @property
    def known(self) -> dealing.Known:
        """How many people at a table know a story."""
        return {table: {story: len(who) for story, who in knowing.items()} for table, knowing in self.knowing.items()}

    @property
    def fixed(self) -> dealing.Dealt:
        """The tables that have begun, with their stories."""
        return {table: self.now[table] for table, begun in self.begun.items() if begun}


def given(session: Session, event_id: int) -> Assignment:
    """The stories of every table as they are."""
    room, seats = stored.room_of(session, event_id), stored.seats_of(session, event_id)
    over = stored.over(session, event_id)
    at = {(table, who) for number, places in seats.items() if number not in over for who, table in places.items()}
    at = at or {(rule.table, rule.person_id) for rule in room.rules if rule.kind in (Kind.HOST, Kind.FIXED)}
    names = stories.tables(session, event_id)
    knowing: dict[str, dict[str, list[str]]] = {table: defaultdict(list) for table in names}
    for person in room.people:
        for table in names:
            for story in sorted(person.knows) if (table, person.person_id) in at else ():
                knowing[table][story].append(person.person_id)
    return Assignment(
        room=room,
        names=called.names(session, event_id),
        titles={story.vignette_id: story.title for story in stories.every(session, event_id)},
        per_table=events.event(session, event_id).vignettes_per_table,
        now={table: [story.vignette_id for story in stories.at_table(session, event_id, table)] for table in names},
        begun={table: _begun(session, event_id, table) for table in names},
        knowing=knowing,
        seated=any(seats.values()),
    )


def digest(value: object) -> str:
    """Sixteen characters that are others for another value."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


def begun_tables(session: Session, event_id: int) -> Collection[str]:
    """The tables that have been told a story, or have said something about one."""
    return [table for table in stories.tables(session, event_id) if _begun(session, event_id, table)]


def dealt(found: Assignment) -> Mapping[str, Sequence[str]]:
    """Stories for all tables that have not begun, by the rules; the others keep theirs."""
    tables, titles = list(found.now), list(found.titles)
    deal = dealing.deal(tables, titles, found.per_table, found.known, now=found.now, fixed=found.fixed)
    return {table: in_order(found.now[table], mine) for table, mine in deal.items()}


def in_order(now: Sequence[str], wanted: Collection[str]) -> Sequence[str]:
    """Stories that stay keep their number where they can; a new one takes the number of one that goes."""
    new = [story for story in wanted if story not in now]
    kept = [story if story in wanted else (new.pop(0) if new else "") for story in now]
    return [story for story in (*kept, *new) if story]


def give(session: Session, event_id: int, wanted: Mapping[str, Sequence[str]], seen: str) -> None:
    """Gives each table its stories, those that stay in their place.

    Raises `Conflict` if the tables have other stories by now than were `seen`, or if it would change what has begun,
    `NotFound` for a table or a story that there is not.
    """
    found = given(session, event_id)
    if found.seen != seen:
        raise Conflict(_("The stories or tables have changed meanwhile. Here is how they are now; choose again."))
    for table, mine in wanted.items():
        if table not in found.now or not set(mine) <= set(found.titles):
            raise NotFound(_("There is no such table or story any more. Load the page again."))
    rows: dict[str, list[TableInRound]] = defaultdict(list)
    every = select(TableInRound).where(TableInRound.event_id == event_id)
    for row in session.exec(every.order_by(col(TableInRound.round), col(TableInRound.position))):
        rows[row.table].append(row)
    for table, mine in wanted.items():
        if set(mine) != set(found.now[table]):
            _write(rows[table], found.now[table], mine)
            session.flush()
            _keep_begun(session, event_id, found, table)
    events.note_own_change(session, event_id)


def _begun(session: Session, event_id: int, table: str) -> Collection[str]:
    """What a table was told, and what it has talked about."""
    told = [story.vignette_id for story in stories.at_table(session, event_id, table)]
    mine = select(Discussion.vignette_id).where(Discussion.event_id == event_id, Discussion.table == table)
    return sorted({*told[: stories.round_of(session, event_id).story], *session.exec(mine)} & set(told))


def _write(rows: Sequence[TableInRound], now: Sequence[str], wanted: Sequence[str]) -> None:
    """A table with a row for each round keeps each story in its round; a new one goes where there are fewest."""
    left, new = list(now), [story for story in wanted if story not in now]
    held: list[list[str]] = []
    for row in rows:
        words = row.vignettes.replace(";", " ").replace(",", " ").split()
        mine = [word for word in dict.fromkeys(words) if word in left]
        left = [story for story in left if story not in mine]
        held.append([kept for word in mine if (kept := word if word in wanted else (new.pop(0) if new else ""))])
    for story in new:
        min(held, key=len).append(story)
    for row, mine in zip(rows, held, strict=True):
        row.vignettes = ";".join(mine)


def _keep_begun(session: Session, event_id: int, found: Assignment, table: str) -> None:
    """What a table has begun stays, under the same number: the room counts its stories."""
    then = [story.vignette_id for story in stories.at_table(session, event_id, table)]
    before = found.now[table]
    for story in found.begun[table]:
        if story not in then or then.index(story) != before.index(story):
            sentence = _("{table} has begun “{title}”, so it stays there, and so do the stories before it.")
            raise Conflict(sentence.format(table=found.names.table(table), title=found.titles[story]))
