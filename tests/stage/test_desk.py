"""The desk: a revoked link opens nothing any more, also where it is open already."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventkit.events import hosts
from eventkit.events import rules as events
from eventkit.events.models import Role
from eventkit.live.hub import Hub, Key, Watcher
from tests.fife import CODES, FIFE, STRANGER
from tests.room import Room, room_in

CODE = CODES[FIFE]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path) as made:
        yield made


def watching(hub: Hub, view: str, event_id: int = FIFE) -> Watcher:
    return hub.watch(Key(event_id, view, "en"))


def test_revoking_a_link_ends_every_open_host_page_of_the_event(room: Room) -> None:
    hub: Hub = room.app.state.hub
    table, phone = watching(hub, "host-vignettes-t1"), watching(hub, "phone")
    other, desk = watching(hub, "host-vignettes-t1", STRANGER), room.role(Role.ORGANISER)
    room.write(FIFE, lambda session: hosts.use_card(session, FIFE, "t1", hosts.make_card(session, FIFE, "t1")))
    with room.database.reading() as session:
        link = next(link for link in events.links(session, FIFE) if link.role is Role.HOST)
    assert room.post(f"/s/{CODE}/desk/links/{link.link_id}/revoke", cookies=desk).status_code == 303
    assert (table.dismissed, phone.dismissed, other.dismissed) == (True, False, False)


def test_revoking_a_link_ends_every_open_console_of_the_event(room: Room) -> None:
    hub: Hub = room.app.state.hub
    console, screen, other = watching(hub, "console"), watching(hub, "screen"), watching(hub, "console", STRANGER)
    wall, desk = watching(hub, "console-wall-w1"), room.role(Role.ORGANISER)
    room.role(Role.FACILITATOR)
    with room.database.reading() as session:
        link = next(link for link in events.links(session, FIFE) if link.role is Role.FACILITATOR)
    assert room.post(f"/s/{CODE}/desk/links/{link.link_id}/revoke", cookies=desk).status_code == 303
    assert (console.dismissed, wall.dismissed, screen.dismissed, other.dismissed) == (True, True, False, False)
