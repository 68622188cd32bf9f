"""Where somebody sits who has typed a name, or the code on a badge. Nothing of it is kept."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, func, select

from eventkit.errors import Gone, NotFound
from eventkit.events import rules as events
from eventkit.events.models import Person
from eventkit.events.tokens import typed_code
from eventkit.tables import counts
from eventkit.tables.models import Seat, ShownRound
from eventkit.web.language import gettext as _

# Letters that keep their stroke or ligature when accents are taken off, and what people type for them.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})


@dataclass(frozen=True)
class Place:
    """Somebody's table in a round; `now`: the room was shown this round last."""

    round: int
    table: str
    now: bool


@dataclass(frozen=True)
class Found:
    """Who is meant: by the name or the code that was asked for, never by the other. `several` have this name."""

    called: str
    places: Sequence[Place] = ()
    several: bool = False


def check_open(session: Session, event_id: int) -> None:
    """Raises `Gone` once the event has finished, and `NotFound` while nobody has a seat."""
    if events.event(session, event_id).ended_at:
        raise Gone(_("This event has finished. Thank you for taking part."))
    if session.exec(select(Seat.id).where(Seat.event_id == event_id)).first() is None:
        raise NotFound(_("Nobody has a seat yet. Look again when the screen says so, or ask at the door."))


def find(session: Session, event_id: int, typed: str) -> Found | None:
    """Who is meant, None if nobody is. A code tells no name, and a name no code: codes stand on the screen."""
    code, name = typed_code(typed), _words(typed)
    if not name:
        return None
    person = select(Person.id).where(Person.event_id == event_id, Person.badge == code)
    if code and (pk := session.exec(person).first()):
        return Found(code, _places(session, event_id, pk))
    people = session.exec(select(Person.id, Person.name).where(Person.event_id == event_id)).all()
    meant = [(pk, known) for pk, known in people if pk and _words(known) == name]
    if not meant:
        return None
    if len(meant) > 1:
        return Found(typed.strip(), several=True)
    return Found(meant[0][1], _places(session, event_id, meant[0][0]))


def plain(text: str) -> str:
    """A name as people look for it: in small letters without accents, whatever the script.

    Marks that are letters of their own, such as the vowels of Indic scripts and the voicing of kana, stay.
    """
    folded = text.casefold()
    if folded.isascii():
        return folded
    bare = (mark for mark in unicodedata.normalize("NFKD", folded) if not _is_accent(mark))
    return unicodedata.normalize("NFC", "".join(bare)).translate(_PLAIN).casefold()


def _is_accent(mark: str) -> bool:
    """Whether it only stands on a letter: by its Unicode combining class, points of Hebrew and Arabic among them."""
    kind = unicodedata.combining(mark)
    return 10 <= kind <= 35 or kind >= 200


def _words(name: str) -> Sequence[str]:
    """The parts of a name in one order, so that the surname may stand first; without what parts them."""
    apart = "".join(
        letter if letter.isalnum() or unicodedata.category(letter) in ("Mn", "Mc") else " " for letter in plain(name)
    )
    return sorted(apart.split())


def _places(session: Session, event_id: int, pk: int) -> Sequence[Place]:
    names = counts.table_names(session, event_id)
    shown = session.exec(select(func.max(ShownRound.round)).where(ShownRound.event_id == event_id)).one()
    seats = session.exec(select(Seat.round, Seat.table).where(Seat.person_pk == pk)).all()
    return [Place(number, names.get(table, table), number == shown) for number, table in sorted(seats)]
