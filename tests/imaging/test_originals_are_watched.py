"""The fixture that holds every test to leaving pictures as they are sees what it shall see."""

import os

import pytest
from tests.support import untouched

from shoal.domain.task import Task
from shoal.imaging.folder_scan import scan_folders


@pytest.fixture
def folder(tmp_path):
    """Made by hand, so that nobody but the scan tells of it."""
    folder = tmp_path / "pictures"
    (folder / "sub").mkdir(parents=True)
    for name in ("a.jpg", "sub/b.jpg"):
        (folder / name).write_bytes(name.encode())
    return folder


def same_size_and_time(path):
    status = path.stat()
    path.write_bytes(path.read_bytes()[::-1])
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


CARELESS = {
    "contents": lambda folder: same_size_and_time(folder / "a.jpg"),
    "time": lambda folder: os.utime(folder / "sub" / "b.jpg", ns=(0, 0)),
    "mode": lambda folder: (folder / "a.jpg").chmod(0o600),
    "inode": lambda folder: os.replace(_copied(folder / "a.jpg"), folder / "a.jpg"),
    "gone": lambda folder: (folder / "a.jpg").unlink(),
    "new": lambda folder: (folder / "sub" / "a.jpg.xmp").touch(),
}


def _copied(path):
    copy = path.parent.parent / "copy"
    copy.write_bytes(path.read_bytes())
    os.utime(copy, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    return copy


@pytest.mark.parametrize("careless", CARELESS)
def test_a_change_in_a_folder_that_was_scanned_is_seen(folder, careless):
    scan_folders([folder], Task())
    CARELESS[careless](folder)
    assert untouched.changes() != []


def test_scanning_itself_changes_nothing_and_a_single_file_counts(folder):
    scan_folders([folder, folder / "a.jpg"], Task())
    scan_folders([folder], Task())
    assert untouched.changes() == []
    scan_folders([folder / "a.jpg"], Task())
    same_size_and_time(folder / "a.jpg")
    assert untouched.changes() == [f"{folder / 'a.jpg'} has changed"]


def test_a_large_tree_is_compared_without_being_read(folder, monkeypatch):
    monkeypatch.setattr(untouched, "MOST_FILES", 1)
    monkeypatch.setattr(untouched, "blake2b", lambda _content: pytest.fail("it was read"))
    scan_folders([folder], Task())
    os.utime(folder / "a.jpg", ns=(0, 0))
    assert untouched.changes() == [f"{folder / 'a.jpg'} has changed"]
