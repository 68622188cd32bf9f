"""Who may use which address: every route of the app, asked by everybody. A route without a row here fails."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fastapi.routing import iter_route_contexts
from sqlmodel import Session
from starlette.routing import Mount

from eventkit.database import now
from eventkit.events import hosts
from eventkit.events import rules as events
from eventkit.events.models import Role
from eventkit.evidence import rules as evidence
from eventkit.tables.models import TableInRound
from eventkit.wall.models import Wall
from tests.fife import CODES, FIFE, STRANGER
from tests.room import ORIGIN, Room, room_in

CODE = CODES[FIFE]
EVERYBODY = ("nobody", "stranger", "phone", "host", "facilitator", "organiser", "revoked")
VERSION = {"version": "999"}  # a press that saw another stage: it comes past the guard, and changes nothing
FOREIGN = ("http://evil.test", "http://evil.test:8000", "null", "http://room.test", "https://room.test.evil.test:8000")


@dataclass(frozen=True)
class Row:
    """What those who may are answered; all others get 403."""

    may: tuple[str, ...]
    status: int
    form: dict[str, str] = field(default_factory=dict)
    path: dict[str, str] = field(default_factory=dict)


PHONE, CONSOLE, DESK, HOST = ("phone",), ("facilitator",), ("organiser",), ("host",)
BALLOT = {"poll_id": "p1", "number": "1"}
FIGURE = {"statistic_id": "jobs"}
POLL = {"part": "polls", "name": "p2"}
WALL = {"ref": "w1", "wall_id": "w1", "note_id": "0" * 16}
AT = {"ref": "t1", "vignette_id": "v1"}
SEAT = {"round": "1", "person": "anna"}
UNTOLD = {"ref": "none", "vignette_id": "none"}
WAITING = {"token": "0" * 32}  # an upload that nobody made
SLIP = {"slip": "0" * 32, "story": "v1"}
AT_TABLE = {"ref": "t1"}
RECORDING = AT | {"recording_id": "0" * 32, "number": "0"}
CARD = AT_TABLE | {"token": "0" * 32}
POINT = AT_TABLE | {"point_id": "0" * 16}
TABLE = {
    ("GET", "/"): Row(EVERYBODY, 200),
    ("POST", "/"): Row(EVERYBODY, 307, {"code": CODE}),
    ("GET", "/j/{code}"): Row(EVERYBODY, 200),
    ("POST", "/e/{code}/join"): Row(EVERYBODY, 303),
    ("GET", "/e/{code}"): Row(PHONE, 200),
    ("GET", "/e/{code}/stored"): Row(PHONE, 200),
    ("GET", "/e/{code}/frame"): Row(PHONE, 200),
    ("SOCKET", "/e/{code}/live"): Row(PHONE, 101),
    # The code is enough for these two. This room has been shown the figure; its event has not finished.
    ("GET", "/e/{code}/figures/{statistic_id}"): Row(EVERYBODY, 200, path=FIGURE),
    ("GET", "/e/{code}/results"): Row(EVERYBODY, 404),
    ("POST", "/e/{code}/figures/{statistic_id}/queries"): Row(PHONE, 303, {"text": "Whose jobs?"}, FIGURE),
    ("GET", "/e/{code}/polls/{poll_id}/rounds/{number:int}/ballot"): Row(PHONE, 200, path=BALLOT),
    ("POST", "/e/{code}/polls/{poll_id}/rounds/{number:int}/ballot"): Row(PHONE, 303, {"option": "A"}, BALLOT),
    ("GET", "/e/{code}/polls/{poll_id}/rounds/{number:int}/chart.svg"): Row(EVERYBODY, 404, path=BALLOT),
    ("GET", "/e/{code}/walls/{ref}"): Row(PHONE, 200, path=WALL),
    ("GET", "/e/{code}/walls/{ref}/frame"): Row(PHONE, 200, path=WALL),
    ("SOCKET", "/e/{code}/walls/{ref}/live"): Row(PHONE, 101, path=WALL),
    ("GET", "/e/{code}/walls/{wall_id}/mine"): Row(PHONE, 200, path=WALL),
    ("GET", "/e/{code}/walls/{wall_id}/read"): Row(PHONE, 200, path=WALL),
    ("POST", "/e/{code}/walls/{wall_id}/notes"): Row(PHONE, 303, {"note": "1" * 16, "text": "An idea"}, WALL),
    ("POST", "/e/{code}/walls/{wall_id}/notes/{note_id}"): Row(PHONE, 404, {"text": "Another"}, WALL),
    ("POST", "/e/{code}/walls/{wall_id}/notes/{note_id}/delete"): Row(PHONE, 404, path=WALL),
    ("POST", "/e/{code}/walls/{wall_id}/dots"): Row(PHONE, 303, path=WALL),
    # Attendees do not group the notes of this wall.
    ("GET", "/e/{code}/walls/{wall_id}/group"): Row(PHONE, 403, path=WALL),
    ("POST", "/e/{code}/walls/{wall_id}/group"): Row(PHONE, 403, path=WALL),
    ("POST", "/e/{code}/walls/{wall_id}/group/undo"): Row(PHONE, 403, path=WALL),
    # No table of this room has a story, so nobody is asked; tests/vignettes/test_consent_pages.py has one.
    ("GET", "/e/{code}/tables/{ref}/consent"): Row(PHONE, 200, path=AT_TABLE),
    ("POST", "/e/{code}/tables/{ref}/consent"): Row(PHONE, 409, SLIP, AT_TABLE),
    ("GET", "/e/{code}/withdraw"): Row(EVERYBODY, 200),
    ("POST", "/e/{code}/withdraw"): Row(EVERYBODY, 410, {"consent_code": "AAAAAAAA"}),
    ("GET", "/s/{code}/host/{ref}/consent"): Row(HOST, 200, path=AT_TABLE),
    ("POST", "/s/{code}/host/{ref}/consent"): Row(HOST, 409, SLIP, AT_TABLE),
    ("POST", "/s/{code}/host/{ref}/people"): Row(HOST, 409, {"story": "v1", "people": "6"}, AT_TABLE),
    ("POST", "/s/{code}/host/{ref}/consent/carry"): Row(HOST, 409, {"story": "v1"}, AT_TABLE),
    ("GET", "/s/{code}/desk/vignettes/withdraw"): Row(DESK, 200),
    ("POST", "/s/{code}/desk/vignettes/withdraw"): Row(DESK, 410, {"consent_code": "AAAAAAAA"}),
    ("GET", "/e/{code}/own-table"): Row(PHONE, 200),
    ("GET", "/e/{code}/tables/{ref}/note"): Row(PHONE, 200, path=AT),
    ("POST", "/e/{code}/tables/{ref}/note"): Row(PHONE, 409, {"note": "1" * 16, "story": "v1", "text": "A note"}, AT),
    # Nobody has a seat in this room; tests/tables/test_seat_page.py asks where people have.
    ("GET", "/seat/{code}"): Row(EVERYBODY, 404),
    ("POST", "/seat/{code}"): Row(EVERYBODY, 404, {"who": "Anna"}),
    ("GET", "/s/{code}/screen"): Row(EVERYBODY, 200),
    ("GET", "/s/{code}/screen/frame"): Row(EVERYBODY, 200),
    ("SOCKET", "/s/{code}/screen/live"): Row(EVERYBODY, 101),
    ("GET", "/s/{code}/{view}/enter/{token}"): Row(EVERYBODY, 200, path={"view": "desk", "token": "0" * 32}),
    ("POST", "/s/{code}/{view}/enter/{token}"): Row(EVERYBODY, 404, path={"view": "console", "token": "0" * 32}),
    ("GET", "/s/{code}/console"): Row(CONSOLE, 200),
    ("GET", "/s/{code}/console/frame"): Row(CONSOLE, 200),
    ("SOCKET", "/s/{code}/console/live"): Row(CONSOLE, 101),
    ("POST", "/s/{code}/console/forward"): Row(CONSOLE, 409, VERSION),
    ("POST", "/s/{code}/console/back"): Row(CONSOLE, 409, VERSION),
    ("POST", "/s/{code}/console/jump"): Row(CONSOLE, 409, VERSION | {"step": "1"}),
    ("POST", "/s/{code}/console/again"): Row(CONSOLE, 409, VERSION),
    ("POST", "/s/{code}/console/join-code"): Row(CONSOLE, 303),
    ("POST", "/s/{code}/console/blank"): Row(CONSOLE, 303),
    ("POST", "/s/{code}/console/timer"): Row(CONSOLE, 303),
    ("POST", "/s/{code}/console/timer/more"): Row(CONSOLE, 303),
    ("POST", "/s/{code}/console/timer/stop"): Row(CONSOLE, 303),
    ("POST", "/s/{code}/console/larger"): Row(CONSOLE, 303),
    ("POST", "/s/{code}/console/smaller"): Row(CONSOLE, 303),
    ("GET", "/s/{code}/console/next"): Row(CONSOLE, 200),
    ("GET", "/s/{code}/console/clock"): Row(CONSOLE, 200),
    ("POST", "/s/{code}/console/rehearsal/begin"): Row(CONSOLE, 409),
    ("POST", "/s/{code}/console/rehearsal/end"): Row(CONSOLE, 409),
    ("POST", "/s/{code}/console/card/{statistic_id}"): Row(CONSOLE, 303, path=FIGURE),
    ("POST", "/s/{code}/console/polls/{poll_id}/discard"): Row(CONSOLE, 409, path=BALLOT),
    ("GET", "/s/{code}/console/walls/{ref}"): Row(CONSOLE, 200, path=WALL),
    ("GET", "/s/{code}/console/walls/{ref}/frame"): Row(CONSOLE, 200, path=WALL),
    ("SOCKET", "/s/{code}/console/walls/{ref}/live"): Row(CONSOLE, 101, path=WALL),
    ("POST", "/s/{code}/console/tables/page-on"): Row(CONSOLE, 409),
    ("POST", "/s/{code}/console/tables/page-back"): Row(CONSOLE, 409),
    ("POST", "/s/{code}/console/tables/turning"): Row(CONSOLE, 303, {"on": "yes"}),
    ("POST", "/s/{code}/console/vignettes/prompts"): Row(CONSOLE, 303),
    ("POST", "/s/{code}/console/vignettes/seen"): Row(CONSOLE, 303, {"table": "t1"}),
    ("POST", "/s/{code}/console/walls/show"): Row(CONSOLE, 303, {"wall": "w1"}),
    ("POST", "/s/{code}/console/walls/page-on"): Row(CONSOLE, 409),
    ("POST", "/s/{code}/console/walls/page-back"): Row(CONSOLE, 409),
    ("POST", "/s/{code}/console/walls/themes"): Row(CONSOLE, 303),
    ("POST", "/s/{code}/console/walls/turning"): Row(CONSOLE, 303, {"on": "yes"}),
    ("POST", "/s/{code}/console/walls/spotlight-off"): Row(CONSOLE, 303),
    ("POST", "/s/{code}/console/walls/{wall_id}/close"): Row(CONSOLE, 303, path=WALL),
    ("POST", "/s/{code}/console/walls/{wall_id}/open"): Row(CONSOLE, 303, path=WALL),
    ("POST", "/s/{code}/console/walls/{wall_id}/reveal"): Row(CONSOLE, 303, path=WALL),
    ("POST", "/s/{code}/console/walls/{wall_id}/conceal"): Row(CONSOLE, 303, path=WALL),
    # The grouping page. Where no note or theme is named there is nothing to do, and the answer says so.
    ("POST", "/s/{code}/console/walls/{wall_id}/move"): Row(CONSOLE, 409, path=WALL),
    ("POST", "/s/{code}/console/walls/{wall_id}/theme"): Row(CONSOLE, 400, path=WALL),
    ("POST", "/s/{code}/console/walls/{wall_id}/rename"): Row(CONSOLE, 404, path=WALL),
    ("POST", "/s/{code}/console/walls/{wall_id}/merge"): Row(CONSOLE, 404, path=WALL),
    ("POST", "/s/{code}/console/walls/{wall_id}/remove"): Row(CONSOLE, 404, path=WALL),
    ("POST", "/s/{code}/console/walls/{wall_id}/undo"): Row(CONSOLE, 409, path=WALL),
    ("POST", "/s/{code}/console/walls/{wall_id}/redact"): Row(CONSOLE, 404, path=WALL),
    ("POST", "/s/{code}/console/walls/{wall_id}/merge-notes"): Row(CONSOLE, 409, path=WALL),
    ("POST", "/s/{code}/console/walls/{wall_id}/spotlight-off"): Row(CONSOLE, 303, path=WALL),
    ("POST", "/s/{code}/console/walls/{wall_id}/approve"): Row(CONSOLE, 409, path=WALL),
    ("POST", "/s/{code}/console/walls/{wall_id}/hide"): Row(CONSOLE, 409, path=WALL),
    ("POST", "/s/{code}/console/walls/{wall_id}/unhide"): Row(CONSOLE, 409, path=WALL),
    ("POST", "/s/{code}/console/walls/{wall_id}/pin"): Row(CONSOLE, 409, path=WALL),
    ("POST", "/s/{code}/console/walls/{wall_id}/unpin"): Row(CONSOLE, 409, path=WALL),
    ("POST", "/s/{code}/console/walls/{wall_id}/unmerge"): Row(CONSOLE, 409, path=WALL),
    ("POST", "/s/{code}/console/walls/{wall_id}/spotlight"): Row(CONSOLE, 409, path=WALL),
    ("GET", "/s/{code}/console/walls/{wall_id}/notes/{note_id}/redact"): Row(CONSOLE, 404, path=WALL),
    # A table's host. This room's tables have no story, so that nothing can be written there.
    ("GET", "/e/{code}/tables/{ref}"): Row(PHONE, 200, path=AT_TABLE),
    ("GET", "/e/{code}/tables/{ref}/frame"): Row(PHONE, 200, path=AT_TABLE),
    ("SOCKET", "/e/{code}/tables/{ref}/live"): Row(PHONE, 101, path=AT_TABLE),
    ("GET", "/s/{code}/host/{ref}"): Row(HOST, 200, path=AT_TABLE),
    ("GET", "/s/{code}/host/{ref}/frame"): Row(HOST, 200, path=AT_TABLE),
    ("SOCKET", "/s/{code}/host/{ref}/live"): Row(HOST, 101, path=AT_TABLE),
    ("GET", "/s/{code}/host/{ref}/device"): Row(HOST, 200, path=AT_TABLE),
    ("GET", "/s/{code}/host/{ref}/enter/{token}"): Row(EVERYBODY, 200, path=CARD),
    ("POST", "/s/{code}/host/{ref}/enter/{token}"): Row(EVERYBODY, 404, path=CARD),
    ("POST", "/s/{code}/host/{ref}/hand-over"): Row(HOST, 200, path=AT_TABLE),
    ("POST", "/s/{code}/host/{ref}/beside"): Row(HOST, 200, path=AT_TABLE),
    ("POST", "/s/{code}/host/{ref}/points"): Row(HOST, 404, {"text": "A lift", "vignette_id": "v1"}, POINT),
    ("GET", "/s/{code}/host/{ref}/points/{point_id}"): Row(HOST, 404, path=POINT),
    ("POST", "/s/{code}/host/{ref}/points/{point_id}"): Row(HOST, 404, {"text": "A lift", "vignette_id": "v1"}, POINT),
    ("POST", "/s/{code}/host/{ref}/points/{point_id}/mark"): Row(HOST, 404, {"mark": "idea"}, POINT),
    ("POST", "/s/{code}/host/{ref}/points/{point_id}/delete"): Row(HOST, 303, path=POINT),
    ("POST", "/s/{code}/host/{ref}/call"): Row(HOST, 303, path=AT_TABLE),
    ("POST", "/s/{code}/host/{ref}/call/back"): Row(HOST, 303, path=AT_TABLE),
    # Nobody has agreed to be recorded, so that every way to bring a recording is refused.
    ("PUT", "/s/{code}/host/{ref}/recordings/{recording_id}/parts/{number:int}"): Row(HOST, 410, path=RECORDING),
    ("POST", "/s/{code}/host/{ref}/recordings/{recording_id}/finish"): Row(HOST, 404, path=RECORDING),
    ("GET", "/s/{code}/host/{ref}/recordings/upload/{vignette_id}"): Row(HOST, 404, path=AT),
    ("POST", "/s/{code}/host/{ref}/recordings/upload/{vignette_id}"): Row(HOST, 404, path=AT),
    ("GET", "/s/{code}/desk/vignettes/recordings"): Row(DESK, 200),
    ("GET", "/s/{code}/desk/vignettes/recordings/upload/{ref}/{vignette_id}"): Row(DESK, 404, path=AT),
    ("POST", "/s/{code}/desk/vignettes/recordings/upload/{ref}/{vignette_id}"): Row(DESK, 404, path=AT),
    ("GET", "/s/{code}/desk/vignettes/recordings/{recording_id}"): Row(DESK, 404, path=RECORDING),
    ("POST", "/s/{code}/desk/vignettes/recordings/{recording_id}/finish"): Row(DESK, 404, path=RECORDING),
    ("POST", "/s/{code}/desk/vignettes/recordings/{recording_id}/delete"): Row(DESK, 404, path=RECORDING),
    ("GET", "/s/{code}/desk/vignettes/cards"): Row(DESK, 200),
    ("GET", "/s/{code}/desk/vignettes/cards/tables"): Row(DESK, 200),
    ("POST", "/s/{code}/desk/vignettes/cards/hosts"): Row(DESK, 404, {"table": "t9"}),
    ("GET", "/s/{code}/desk"): Row(DESK, 200),
    ("POST", "/s/{code}/desk/links"): Row(DESK, 200, {"role": "facilitator"}),
    ("POST", "/s/{code}/desk/links/{link_id}/revoke"): Row(DESK, 404, path={"link_id": "00000000"}),
    ("POST", "/s/{code}/desk/end"): Row(DESK, 200),
    ("GET", "/s/{code}/desk/results.xlsx"): Row(DESK, 200),
    ("GET", "/s/{code}/desk/charts"): Row(DESK, 200),
    ("GET", "/s/{code}/desk/polls/{poll_id}/rounds/{number:int}/chart.svg"): Row(DESK, 404, path=BALLOT),
    ("GET", "/s/{code}/desk/links"): Row(DESK, 200),
    ("GET", "/s/{code}/desk/downloads"): Row(DESK, 200),
    ("GET", "/s/{code}/desk/plan"): Row(DESK, 200),
    ("GET", "/s/{code}/desk/plan.xlsx"): Row(DESK, 200),
    ("POST", "/s/{code}/desk/plan/upload"): Row(DESK, 400),
    ("POST", "/s/{code}/desk/plan/apply"): Row(DESK, 404, WAITING),
    ("GET", "/s/{code}/desk/plan/import"): Row(DESK, 200),
    ("POST", "/s/{code}/desk/plan/import"): Row(DESK, 400),
    ("POST", "/s/{code}/desk/plan/import/table"): Row(DESK, 404, WAITING),
    ("POST", "/s/{code}/desk/plan/import/pick"): Row(DESK, 404, WAITING),
    ("POST", "/s/{code}/desk/plan/import/save"): Row(DESK, 404, WAITING),
    ("GET", "/s/{code}/desk/plan/{part}"): Row(DESK, 200, path=POLL),
    ("GET", "/s/{code}/desk/plan/{part}/new"): Row(DESK, 200, path=POLL),
    ("POST", "/s/{code}/desk/plan/{part}/new"): Row(DESK, 400, path=POLL),
    ("GET", "/s/{code}/desk/plan/{part}/rows/{name}"): Row(DESK, 200, path=POLL),
    ("POST", "/s/{code}/desk/plan/{part}/rows/{name}"): Row(DESK, 409, path=POLL),
    ("POST", "/s/{code}/desk/plan/{part}/rows/{name}/remove"): Row(DESK, 200, path=POLL),
    ("POST", "/s/{code}/desk/plan/{part}/rows/{name}/move"): Row(DESK, 404, {"way": "up", "seen": "0"}, POLL),
    # Nobody is on this roster, and there is no table to sit at.
    ("GET", "/s/{code}/desk/tables"): Row(DESK, 200),
    ("GET", "/s/{code}/desk/tables/progress"): Row(DESK, 303),
    ("GET", "/s/{code}/desk/tables/contradictions"): Row(DESK, 200),
    ("POST", "/s/{code}/desk/tables/seat"): Row(DESK, 400),
    ("POST", "/s/{code}/desk/tables/cancel"): Row(DESK, 303),
    ("POST", "/s/{code}/desk/tables/order"): Row(DESK, 404, {"name": "sector", "way": "up"}),
    ("POST", "/s/{code}/desk/tables/rounds"): Row(DESK, 303, {"number": "2"}),
    ("POST", "/s/{code}/desk/tables/names"): Row(DESK, 303, {"shown": "yes"}),
    ("GET", "/s/{code}/desk/tables/people"): Row(DESK, 200),
    ("POST", "/s/{code}/desk/tables/people/move"): Row(DESK, 404, SEAT | {"table": "t1"}),
    ("POST", "/s/{code}/desk/tables/people/exchange"): Row(DESK, 409, SEAT | {"table": "t1", "other": "jan"}),
    ("POST", "/s/{code}/desk/tables/people/pin"): Row(DESK, 404, SEAT),
    ("POST", "/s/{code}/desk/tables/people/unpin"): Row(DESK, 404, SEAT),
    ("POST", "/s/{code}/desk/tables/people/undo"): Row(DESK, 409, {"round": "1", "batch": "1"}),
    ("POST", "/s/{code}/desk/tables/people/repair"): Row(DESK, 409, {"round": "1"}),
    ("GET", "/s/{code}/desk/vignettes"): Row(DESK, 200),
    ("GET", "/s/{code}/desk/vignettes/assign"): Row(DESK, 200),
    ("POST", "/s/{code}/desk/vignettes/assign"): Row(DESK, 409, {"seen": "0" * 16}),
    ("GET", "/s/{code}/desk/vignettes/{vignette_id}/try-out"): Row(DESK, 404, path=AT),
    ("GET", "/s/{code}/desk/walls"): Row(DESK, 200),
    ("GET", "/s/{code}/desk/walls/{wall_id}"): Row(DESK, 200, path=WALL),
    ("POST", "/s/{code}/desk/walls/{wall_id}"): Row(DESK, 200, {"note": "2" * 16, "text": "On paper"}, WALL),
    ("POST", "/s/{code}/desk/walls/{wall_id}/undo"): Row(DESK, 404, {"note": "0" * 16}, WALL),
    ("GET", "/s/{code}/desk/walls/{wall_id}/poster"): Row(DESK, 200, path=WALL),
    ("GET", "/s/{code}/desk/print"): Row(DESK, 200),
    ("GET", "/s/{code}/desk/print/{sheet}"): Row(DESK, 200, path={"sheet": "door-list"}),
    ("GET", "/s/{code}/desk/tables/files.zip"): Row(DESK, 200),
    ("GET", "/s/{code}/desk/roster.xlsx"): Row(DESK, 200),
    ("GET", "/static/{hash}/{name:path}"): Row(EVERYBODY, 200, path={"hash": "0", "name": "base.css"}),
    ("GET", "/s/{code}/desk/door"): Row(DESK, 200),
    ("POST", "/s/{code}/desk/door"): Row(DESK, 404, {"here": "anna"}),
    ("POST", "/s/{code}/desk/door/new"): Row(DESK, 400, {"name": ""}),
    ("POST", "/s/{code}/desk/door/close"): Row(DESK, 303),
    ("GET", "/s/{code}/desk/door/repair"): Row(DESK, 200),
    ("POST", "/s/{code}/desk/door/repair"): Row(DESK, 400),
    ("POST", "/s/{code}/desk/door/repair/stop"): Row(DESK, 303),
    ("POST", "/s/{code}/desk/door/repair/take"): Row(DESK, 409, {"number": "0"}),
    ("POST", "/s/{code}/desk/door/repair/vignettes"): Row(DESK, 409, {"round": "1"}),
    ("GET", "/s/{code}/desk/door/changes"): Row(DESK, 200),
    # No table of this room has a story; tests/vignettes/test_transcript_pages.py has some.
    ("GET", "/s/{code}/desk/vignettes/transcripts"): Row(DESK, 200),
    ("GET", "/s/{code}/desk/vignettes/transcripts/{ref}/{vignette_id}"): Row(DESK, 404, path=UNTOLD),
    ("POST", "/s/{code}/desk/vignettes/transcripts/{ref}/{vignette_id}"): Row(DESK, 404, path=UNTOLD),
    ("POST", "/s/{code}/desk/vignettes/transcripts/{ref}/{vignette_id}/take"): Row(DESK, 404, WAITING, UNTOLD),
    ("POST", "/s/{code}/desk/vignettes/transcripts/{ref}/{vignette_id}/delete"): Row(DESK, 404, path=UNTOLD),
    ("GET", "/s/{code}/desk/vignettes/transcripts/{ref}/{vignette_id}/redact"): Row(DESK, 404, path=UNTOLD),
    ("POST", "/s/{code}/desk/vignettes/transcripts/{ref}/{vignette_id}/redact"): Row(
        DESK, 404, {"name": "Anna"}, UNTOLD
    ),
    # The command line's door to a running server: closed unless the server was given a word.
    ("POST", "/control/link"): Row((), 404, {"event": "fife-2016", "role": "organiser"}),
    ("POST", "/control/delete"): Row((), 404, {"event": "fife-2016"}),
}
KEYS = [pytest.param(*key, id=" ".join(key)) for key in TABLE]
# A browser that has not joined is led to joining, and the role's own holder keeps the cookie that it has.
OTHERWISE = {
    ("GET", "/e/{code}"): 303,
    ("GET", "/e/{code}/walls/{ref}"): 303,
    ("GET", "/e/{code}/tables/{ref}"): 303,
    ("POST", "/s/{code}/host/{ref}/enter/{token}", "host"): 303,
    ("POST", "/s/{code}/{view}/enter/{token}", "facilitator"): 303,
    ("POST", "/control/link"): 404,
    ("POST", "/control/delete"): 404,
}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with room_in(tmp_path_factory.mktemp("roles")) as made:
        made.write(FIFE, evidence.show, FIFE, "jobs")
        made.write(FIFE, hang_wall)
        made.write(FIFE, set_table)
        yield made


@pytest.fixture(scope="module")
def cookies(room: Room) -> dict[str, str]:
    found = {
        "nobody": "",
        "stranger": "; ".join([room.pass_of(STRANGER), *(room.role(role, STRANGER) for role in Role)]),
        "phone": room.pass_of(),
        "revoked": "; ".join([room.role(Role.FACILITATOR), f"host={room.write(FIFE, host)}"]),
    }
    room.write(FIFE, revoke_all)
    return (
        found
        | {"host": f"host={room.write(FIFE, host)}"}
        | {"facilitator": room.role(Role.FACILITATOR), "organiser": room.role(Role.ORGANISER)}
    )


def hang_wall(session: Session) -> None:
    """A wall on which every note waits for approval, so that no batch changes anything between two looks."""
    wall = Wall(event_id=FIFE, position=1, wall_id="w1", question="What could you share?", readable_on_phones=True)
    wall.opened_at, wall.approve_first = now(), True
    session.add(wall)


def set_table(session: Session) -> None:
    """Two tables without a story."""
    for position, table in enumerate(("t1", "t2"), start=1):
        session.add(TableInRound(event_id=FIFE, position=position, table=table, max_seats=8))


def host(session: Session, table: str = "t1") -> str:
    """The cookie of somebody who has just used a table's host card."""
    return hosts.use_card(session, FIFE, table, hosts.make_card(session, FIFE, table))


def revoke_all(session: object) -> None:
    for link in events.links(session, FIFE):
        events.revoke_link(session, FIFE, link.link_id)


def routes(room: Room) -> set[tuple[str, str]]:
    """Every method and address of the app; a socket's method is "SOCKET"."""
    found: set[tuple[str, str]] = set()
    for context in iter_route_contexts(room.app.routes):
        assert not isinstance(context.original_route, Mount)  # what lies below it could not be seen here
        methods = set(getattr(context, "methods", None) or {"SOCKET"}) - {"HEAD"}
        found |= {(method, str(context.path)) for method in methods}
    return found


def address(template: str, row: Row, code: str = CODE) -> str:
    return template.replace(":int", "").replace(":path", "").format_map({"code": code, **row.path})


def status(room: Room, method: str, path: str, row: Row, cookie: str, headers: dict[str, str] = ORIGIN) -> int:
    if method == "SOCKET":
        return 101 if room.shake_hands(path, cookie, headers) == "websocket.accept" else 403
    form = row.form if method == "POST" else None
    return room.ask(method, path, form, cookies=cookie, headers=headers).status_code


def expected(method: str, template: str, row: Row, who: str) -> int:
    otherwise = OTHERWISE.get((method, template, who)) or OTHERWISE.get((method, template))
    return row.status if who in row.may and (method, template, who) not in OTHERWISE else otherwise or 403


def test_every_route_has_a_row(room: Room) -> None:
    assert routes(room) == set(TABLE)


@pytest.mark.parametrize(("method", "template"), KEYS)
def test_route_lets_in_only_who_may(room: Room, cookies: dict[str, str], method: str, template: str) -> None:
    row = TABLE[method, template]
    path = address(template, row)
    found = {who: status(room, method, path, row, cookies[who]) for who in EVERYBODY}
    assert found == {who: expected(method, template, row, who) for who in EVERYBODY}


@pytest.mark.parametrize(("method", "template"), KEYS)
def test_refused_request_changes_nothing(room: Room, cookies: dict[str, str], method: str, template: str) -> None:
    row = TABLE[method, template]
    before = room.dump()
    for who in set(EVERYBODY) - set(row.may):
        status(room, method, address(template, row), row, cookies[who])
    assert room.dump() == before


@pytest.mark.parametrize(("method", "template"), [key for key in KEYS if "{code}" in str(key.values[1])])
def test_unknown_code_is_not_found(room: Room, cookies: dict[str, str], method: str, template: str) -> None:
    row = TABLE[method, template]
    everything = "; ".join(filter(None, cookies.values()))
    found = status(room, method, address(template, row, "AAAAAAA"), row, everything)
    assert found == (403 if method == "SOCKET" else 404)


@pytest.mark.parametrize(("method", "template"), [key for key in KEYS if key.values[0] != "GET"])
def test_other_site_is_refused_and_changes_nothing(
    room: Room, cookies: dict[str, str], method: str, template: str
) -> None:
    row = TABLE[method, template]
    before = room.dump()
    path = address(template, row)
    for who in EVERYBODY:
        for origin in FOREIGN:
            assert status(room, method, path, row, cookies[who], {"origin": origin}) == 403
        for site in ("cross-site", "same-site", "other"):
            assert status(room, method, path, row, cookies[who], ORIGIN | {"sec-fetch-site": site}) == 403
    assert room.dump() == before


@pytest.mark.parametrize(("method", "template"), [key for key in KEYS if key.values[0] == "SOCKET"])
def test_socket_must_name_its_origin(room: Room, cookies: dict[str, str], method: str, template: str) -> None:
    row = TABLE[method, template]
    for who in row.may:
        assert status(room, method, address(template, row), row, cookies[who], {}) == 403


def test_revoked_link_ends_access_at_once(room: Room) -> None:
    cookie = room.role(Role.FACILITATOR)
    console = f"/s/{CODE}/console"
    assert room.get(console, cookies=cookie).status_code == 200

    def revoke_latest(session: object) -> None:
        latest = [link for link in events.links(session, FIFE) if not link.revoked_at and link.role is Role.FACILITATOR]
        for link in latest:
            events.revoke_link(session, FIFE, link.link_id)

    room.write(FIFE, revoke_latest)
    assert room.get(console, cookies=cookie).status_code == 403


def test_cookie_of_one_role_opens_no_other(room: Room, tmp_path: Path) -> None:
    facilitator = room.role(Role.FACILITATOR).split("=")[1]
    organiser = room.role(Role.ORGANISER).split("=")[1]
    assert room.get(f"/s/{CODE}/desk", cookies=f"organiser={facilitator}").status_code == 403
    assert room.get(f"/s/{CODE}/console", cookies=f"facilitator={organiser}").status_code == 403
    assert room.get(f"/e/{CODE}/stored", cookies=f"pass={organiser}").status_code == 403
    for value in (facilitator, organiser, room.write(FIFE, host, "t2")):
        assert room.get(f"/s/{CODE}/host/t1", cookies=f"host={value}").status_code == 403
