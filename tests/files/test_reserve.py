import errno
import os
import shutil
from collections import namedtuple

import pytest

from shoal.files import reserve
from shoal.files.reserve import NAME, Reserve

Usage = namedtuple("Usage", "total used free")
SIZE = 3 << 20


def test_the_space_is_really_taken_and_really_given_back(tmp_path):
    held = Reserve(tmp_path)
    assert (held.size, held.let_go()) == (0, False)
    assert held.hold(SIZE)
    (file,) = tmp_path.iterdir()
    status = file.stat()
    assert (held.size, status.st_size) == (SIZE, SIZE)
    assert status.st_blocks * 512 >= SIZE, "a sparse file reserves nothing"
    assert len(set(file.read_bytes()[:4096])) > 200, "what can be compressed reserves nothing on some drives"
    assert status.st_mode & 0o077 == 0
    assert held.let_go()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("written", [1000, SIZE - 1])
def test_one_that_was_cut_off_is_filled_up_and_one_that_is_whole_is_left_alone(tmp_path, written):
    (tmp_path / NAME).write_bytes(os.urandom(written))
    assert Reserve(tmp_path).hold(SIZE)
    before = (tmp_path / NAME).stat()
    assert Reserve(tmp_path).hold(SIZE)
    assert (tmp_path / NAME).stat() == before
    assert before.st_size == SIZE


@pytest.mark.parametrize("free", [0, SIZE, 2 * SIZE - 1])
def test_nothing_is_taken_where_as_much_again_would_not_stay_free(tmp_path, monkeypatch, free):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(0, 0, free))
    assert not Reserve(tmp_path).hold(SIZE)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path):
    assert not Reserve(tmp_path / "not there").hold(SIZE)
    assert not Reserve(tmp_path / "not there").let_go()


def test_a_link_in_its_place_is_not_followed(tmp_path):
    precious = tmp_path / "precious"
    precious.write_text("mine")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / NAME).symlink_to(precious)
    assert not Reserve(tmp_path / "own").let_go()
    Reserve(tmp_path / "own").hold(SIZE)
    assert precious.read_text() == "mine"


def test_a_file_of_the_users_is_not_mistaken_for_it(tmp_path):
    """Beside a project that was saved elsewhere there may be anything, but nothing of this name that is not ours."""
    for name in ("reserve", "reserve.jpg", "shoal-reserve"):
        (tmp_path / name).write_bytes(b"mine")
    assert (Reserve(tmp_path).size, Reserve(tmp_path).let_go()) == (0, False)
    assert len(list(tmp_path.iterdir())) == 3


def test_what_is_held_is_held_on_a_full_drive_and_more_is_taken_as_soon_as_there_is_room(tmp_path, monkeypatch):
    free = [2 * SIZE]
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(0, 0, free[0]))
    assert Reserve(tmp_path).hold(SIZE)
    free[0] = 0
    assert Reserve(tmp_path).hold(SIZE)
    assert not Reserve(tmp_path).hold(SIZE + 1)
    assert Reserve(tmp_path).size == SIZE


def test_nothing_stays_of_what_could_not_be_held_whole(tmp_path, monkeypatch):
    def fills_the_drive(self, count):
        (tmp_path / NAME).write_bytes(bytes(count // 2))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Reserve, "_write", fills_the_drive)
    assert not Reserve(tmp_path).hold(SIZE)
    assert list(tmp_path.iterdir()) == []


def test_a_drive_that_lets_nothing_go_is_said_to(tmp_path, monkeypatch):
    assert Reserve(tmp_path).hold(1)

    def refuse(_path):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(reserve, "remove_own", refuse)
    assert not Reserve(tmp_path).let_go()
