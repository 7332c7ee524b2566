import errno
import os
import shutil

import pytest

from shoal.files import safe_files
from shoal.files.trash import NotTrashed, from_trash, into_trash, to_trash


@pytest.fixture
def file(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "picture.jpg"
    path.write_bytes(b"what somebody drew" * 1000)
    return path


@pytest.fixture
def trash(tmp_path):
    folder = tmp_path / "trash"
    folder.mkdir()
    return folder


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def renaming(trash):
    def move(path):
        path.rename(trash / path.name)
        return trash / path.name

    return move


def test_the_file_is_in_the_trash_and_nothing_else_is_left(file, trash):
    content = file.read_bytes()
    to_trash(file, file.with_name("spare"), renaming(trash))
    assert names(file.parent) == []
    assert (trash / "picture.jpg").read_bytes() == content


def test_another_drives_trash_holds_a_copy(file, trash):
    def move(path):
        shutil.copy(path, trash)
        path.unlink()
        return trash / path.name

    to_trash(file, file.with_name("spare"), move)
    assert names(file.parent) == []
    assert names(trash) == ["picture.jpg"]


def deletes(path):
    path.unlink()
    return path.parent / "nowhere"


def cuts_off(path):
    path.unlink()
    short = path.parent.parent / "trash" / "short"
    short.write_bytes(b"what")
    return short


def refuses(path):
    raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))


def deletes_and_refuses(path):
    path.unlink()
    raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))


@pytest.mark.parametrize("linkable", [True, False])
@pytest.mark.parametrize(
    ("move", "why"),
    [
        (deletes, "would have deleted it for good"),
        (cuts_off, "would have deleted it for good"),
        (refuses, "Read-only file system"),
        (deletes_and_refuses, "could not be moved"),
        (lambda _path: None, "but it is not"),
    ],
)
def test_the_file_stays_whatever_the_trash_does(file, trash, monkeypatch, move, why, linkable):
    if not linkable:
        monkeypatch.setattr(os, "link", lambda *_a, **_k: refuses(file))
    before, modified = file.read_bytes(), file.stat().st_mtime_ns
    with pytest.raises(NotTrashed, match=why):
        to_trash(file, file.with_name("spare"), move)
    assert names(file.parent) == ["picture.jpg"]
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (before, modified)


def test_a_call_that_was_cut_off_loses_nothing(file, trash):
    """The trash has deleted it, and the power went before that was noticed: the spare name has it."""
    content, spare = file.read_bytes(), file.with_name("spare")
    file.rename(spare)
    to_trash(file, spare, renaming(trash))
    assert (trash / "picture.jpg").read_bytes() == content
    assert names(file.parent) == []


def test_a_spare_of_another_content_is_left_alone(file, trash):
    spare = file.with_name("spare")
    spare.write_text("somebody else's")
    with pytest.raises(NotTrashed):
        to_trash(file, spare, renaming(trash))
    assert spare.read_text() == "somebody else's"
    assert file.exists()


def test_links_and_folders_are_not_for_the_trash(file, trash):
    link = file.with_name("link.jpg")
    link.symlink_to(file)
    for path in (link, file.parent, file.with_name("not there")):
        with pytest.raises(NotTrashed):
            to_trash(path, path.with_name("spare"), renaming(trash))
    assert names(file.parent) == ["link.jpg", "picture.jpg"]


@pytest.mark.parametrize("is_far", [False, True])
def test_what_is_in_the_trash_gets_its_old_place_again_also_from_another_drive(file, trash, monkeypatch, is_far):
    content, publish = file.read_bytes(), safe_files.publish
    to_trash(file, file.with_name("spare"), renaming(trash))
    where = trash / file.name

    def publish_within_a_drive(old, new):
        if is_far and old.parent != new.parent:
            raise OSError(errno.EXDEV, "another drive")
        publish(old, new)

    monkeypatch.setattr(safe_files, "publish", publish_within_a_drive)
    from_trash(where, file, file.with_name("spare"), safe_files.hash_bytes(content))
    assert file.read_bytes() == content
    assert (names(file.parent), names(trash)) == ([file.name], [])


def test_a_place_that_cannot_be_written_to_leaves_it_in_the_trash(file, trash, monkeypatch):
    content = file.read_bytes()
    to_trash(file, file.with_name("spare"), renaming(trash))
    where = trash / file.name

    def refuse(_old, _new):
        raise OSError(errno.EACCES, "not yours")

    monkeypatch.setattr(safe_files, "publish", refuse)
    with pytest.raises(NotTrashed, match="could not be brought back"):
        from_trash(where, file, file.with_name("spare"), safe_files.hash_bytes(content))
    assert where.read_bytes() == content
    assert names(file.parent) == []


def thrown(file, trash):
    """Its content by hash, where it is now, and the name that it may have meanwhile."""
    content = safe_files.hash_file(file)
    return content, renaming(trash)(file), file.with_name("spare")


def test_what_came_back_by_hand_has_come_back(file, trash):
    content, where, spare = thrown(file, trash)
    where.rename(file)
    from_trash(where, file, spare, content)
    assert names(file.parent) == ["picture.jpg"]


@pytest.mark.parametrize("named", [os.link, shutil.copy])
def test_cut_off_between_its_place_and_the_trash_it_is_at_its_place_and_no_second_time_in_the_trash(file, trash, named):
    content, where, spare = thrown(file, trash)
    named(where, file)
    shutil.copy(where, spare)
    from_trash(where, file, spare, content)
    assert names(file.parent) == ["picture.jpg"]
    assert names(trash) == []


def test_another_file_in_the_trash_under_that_name_stays_there(file, trash):
    content, where, spare = thrown(file, trash)
    where.rename(file)
    where.write_bytes(b"somebody else's")
    from_trash(where, file, spare, content)
    assert where.read_bytes() == b"somebody else's"


@pytest.fixture
def of_the_desktop(tmp_path):
    """A trash as freedesktop.org has it: what lies in it, and beside that where it came from."""
    for name in ("files", "info"):
        (tmp_path / "Trash" / name).mkdir(parents=True)
    return tmp_path / "Trash"


@pytest.mark.parametrize("came_back_by_hand", [False, True])
def test_with_a_file_goes_what_told_where_it_came_from(file, of_the_desktop, came_back_by_hand):
    content, where, spare = thrown(file, of_the_desktop / "files")
    (of_the_desktop / "info" / "picture.jpg.trashinfo").write_text("[Trash Info]")
    (of_the_desktop / "info" / "another.jpg.trashinfo").write_text("[Trash Info]")
    if came_back_by_hand:
        where.rename(file)
    from_trash(where, file, spare, content)
    assert names(of_the_desktop / "info") == ["another.jpg.trashinfo"]
    assert names(of_the_desktop / "files") == []


def test_what_is_not_in_the_trash_as_it_went_there_does_not_come_back(file, trash):
    content, where, spare = thrown(file, trash)
    where.write_bytes(b"another of that name")
    with pytest.raises(NotTrashed, match="no longer in the trash"):
        from_trash(where, file, spare, content)
    assert (names(trash), names(file.parent)) == (["picture.jpg"], [])
    where.unlink()
    with pytest.raises(NotTrashed, match="no longer in the trash"):
        from_trash(where, file, spare, content)


def test_what_stands_in_its_place_stays_and_so_does_the_file_in_the_trash(file, trash):
    content, where, spare = thrown(file, trash)
    file.write_bytes(b"a new picture of that name")
    with pytest.raises(NotTrashed, match="something else stands in its place"):
        from_trash(where, file, spare, content)
    assert file.read_bytes() == b"a new picture of that name"
    assert safe_files.hash_file(where) == content


def test_half_a_copy_of_an_earlier_try_is_no_hindrance(file, trash, monkeypatch):
    content, where, spare = thrown(file, trash)
    spare.write_bytes(b"half of it")
    publish = safe_files.publish

    def publish_within_a_drive(old, new):
        if old.parent != new.parent:
            raise OSError(errno.EXDEV, "another drive")
        publish(old, new)

    monkeypatch.setattr(safe_files, "publish", publish_within_a_drive)
    from_trash(where, file, spare, content)
    assert safe_files.hash_file(file) == content
    assert (names(trash), names(file.parent)) == ([], ["picture.jpg"])


def test_until_it_is_written_down_where_it_is_the_file_has_its_second_name(file, trash):
    content, spare = safe_files.hash_file(file), file.with_name("spare")
    assert into_trash(file, spare, renaming(trash)) == trash / "picture.jpg"
    assert safe_files.hash_file(spare) == content


def test_a_system_that_does_not_say_where_it_put_the_file_is_believed_if_it_is_gone(file, trash):
    assert into_trash(file, file.with_name("spare"), lambda path: renaming(trash)(path) and None) is None
    assert names(trash) == ["picture.jpg"]
