"""Where keys lie, who may read them, and that they are overwritten before they go."""

import os
from pathlib import Path

import pytest

from eventkit.errors import Unavailable
from eventkit.sealing.keys import Keys


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(tmp_path / "keys", tmp_path / "data" / "eventkit.sqlite3")


def only_file(tmp_path: Path) -> Path:
    (file,) = (tmp_path / "keys").iterdir()
    return file


def test_key_is_a_file_for_this_user_alone(keys: Keys, tmp_path: Path) -> None:
    key = keys.make("1-poll-p1-r1-e1")
    file = only_file(tmp_path)
    assert (len(key), keys.read("1-poll-p1-r1-e1"), file.read_bytes()) == (32, key, key)
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_key_is_overwritten_before_it_goes(keys: Keys, tmp_path: Path) -> None:
    keys.make("a")
    held = os.open(only_file(tmp_path), os.O_RDONLY)  # sees the bytes even when the name is gone
    keys.destroy("a")
    assert os.read(held, 100) == bytes(32)
    os.close(held)
    assert (list((tmp_path / "keys").iterdir()), keys.read("a"), keys.names()) == ([], None, [])


def test_key_made_again_is_another(keys: Keys) -> None:
    assert keys.make("a") != keys.make("a")
    assert keys.names() == ["a"]


def test_destroying_twice_is_destroying_once(keys: Keys) -> None:
    keys.make("a")
    keys.destroy("a")
    keys.destroy("a")
    assert keys.names() == []


def test_damaged_key_is_a_lost_one(keys: Keys, tmp_path: Path) -> None:
    keys.make("a")
    only_file(tmp_path).write_bytes(b"short")
    assert keys.read("a") is None


def test_two_databases_share_a_key_folder(keys: Keys, tmp_path: Path) -> None:
    other = Keys(tmp_path / "keys", tmp_path / "other" / "eventkit.sqlite3")
    mine, theirs = keys.make("a"), other.make("a")
    assert (keys.names(), other.names(), keys.read("a"), other.read("a")) == (["a"], ["a"], mine, theirs)
    other.destroy("a")
    assert (keys.names(), other.names()) == (["a"], [])


@pytest.mark.parametrize("inside", [".", "keys", "a/b", "../data/keys"])
def test_key_folder_inside_the_data_is_refused(tmp_path: Path, inside: str) -> None:
    data = tmp_path / "data"
    data.mkdir()
    with pytest.raises(Unavailable, match="lies inside the data folder"):
        Keys(data / inside, data / "eventkit.sqlite3")


def test_key_folder_linked_into_the_data_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "elsewhere").symlink_to(data)
    with pytest.raises(Unavailable, match="lies inside the data folder"):
        Keys(tmp_path / "elsewhere" / "keys", data / "eventkit.sqlite3")


def test_key_that_cannot_be_kept_opens_no_vote(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("no folder")
    keys = Keys(tmp_path / "keys", tmp_path / "data" / "eventkit.sqlite3")
    with pytest.raises(Unavailable, match="The vote was not opened: its key cannot be kept in "):
        keys.make("a")
