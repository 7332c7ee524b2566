"""The trash of this system, in a home of its own."""

import pytest

from shoal.files.trash import NotTrashed, to_trash
from shoal.qt.trash import move_to_trash


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    path = tmp_path / "folder" / "picture.jpg"
    path.parent.mkdir()
    path.write_bytes(b"a picture")
    return path


def test_a_file_arrives_in_the_trash_and_can_be_brought_back(file, tmp_path):
    to_trash(file, file.with_name("spare"), move_to_trash)
    assert list(file.parent.iterdir()) == []
    trash = tmp_path / "data" / "Trash"
    assert (trash / "files" / "picture.jpg").read_bytes() == b"a picture"
    assert str(file) in (trash / "info" / "picture.jpg.trashinfo").read_text()


def test_where_there_can_be_no_trash_the_file_stays(file, tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(NotTrashed):
        to_trash(file, file.with_name("spare"), move_to_trash)
    assert [path.name for path in file.parent.iterdir()] == ["picture.jpg"]
