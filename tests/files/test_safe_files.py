import ctypes
import errno
import os
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from tests.support.untouched import tree_state

from shoal.domain.errors import Cancelled
from shoal.domain.images import Snapshot
from shoal.files import safe_files
from shoal.files.changing import change_file, make_file
from shoal.files.safe_files import SourceTrouble, WrittenWrong


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "source.jpg"
    path.write_bytes(os.urandom(3 << 20))
    path.chmod(0o640)
    os.utime(path, ns=(10**18, 10**18 + 123_456_789))
    return path


def test_a_copy_has_contents_time_and_permissions(tmp_path, source):
    before = tree_state(tmp_path, folder_times=False)
    written = safe_files.copy_new(source, tmp_path / "copy", None)
    copy = tmp_path / "copy"
    assert copy.read_bytes() == source.read_bytes()
    assert (copy.stat().st_mtime_ns, copy.stat().st_mode) == (source.stat().st_mtime_ns, source.stat().st_mode)
    assert written.content_hash == safe_files.hash_file(source)
    copy.unlink()
    assert tree_state(tmp_path, folder_times=False) == before


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists the files that are open")


def open_below(folder: Path) -> list[str]:
    """Other tests' threads open and close files of their own meanwhile."""
    opened = []
    for descriptor in os.listdir("/proc/self/fd"):
        with suppress(OSError):  # closed by now
            opened.append(os.readlink(f"/proc/self/fd/{descriptor}"))
    return [path for path in opened if path.startswith(str(folder))]


@on_linux
def test_no_file_is_left_open(tmp_path, source):
    """A large export would end at the limit of open files otherwise."""
    with source.open("rb"):
        assert open_below(tmp_path) == [str(source)]
    safe_files.hash_file(source)
    safe_files.read_file(source, 4 << 20)
    safe_files.copy_new(source, tmp_path / "copy", None)
    safe_files.write_new(tmp_path / "new", b"x")
    with pytest.raises(SourceTrouble):
        safe_files.copy_new(source, tmp_path / "another", safe_files.hash_bytes(b"something else"))
    with pytest.raises(SourceTrouble):
        safe_files.read_file(source, 1)
    assert open_below(tmp_path) == []


def test_nothing_is_written_over(tmp_path, source):
    taken = tmp_path / "taken"
    taken.write_text("mine")
    for change in (
        lambda: safe_files.copy_new(source, taken, None),
        lambda: safe_files.write_new(taken, b"x"),
        lambda: safe_files.publish(source, taken),
        lambda: safe_files.make_hard_link(source, taken),
        lambda: safe_files.make_symbolic_link(source, taken),
        lambda: safe_files.make_folder(taken),
    ):
        with pytest.raises(FileExistsError):
            change()
    assert taken.read_text() == "mine"
    assert source.exists()


def test_publishing_works_and_refuses_without_exclusive_renaming(tmp_path, source, monkeypatch):
    monkeypatch.setattr(safe_files, "_exclusive_rename", lambda: None)
    taken = tmp_path / "taken"
    taken.write_text("mine")
    with pytest.raises(FileExistsError):
        safe_files.publish(source, taken)
    safe_files.publish(source, tmp_path / "free")
    assert taken.read_text() == "mine"
    assert not source.exists()
    assert (tmp_path / "free").stat().st_nlink == 1


@pytest.mark.parametrize(("number", "works"), [(errno.EINVAL, True), (errno.ENOSYS, True), (errno.EIO, False)])
def test_a_drive_that_offers_no_exclusive_renaming_is_told_from_one_in_trouble(
    tmp_path, source, monkeypatch, number, works
):
    def refuse(_old, _new):
        ctypes.set_errno(number)
        return -1

    monkeypatch.setattr(safe_files, "_exclusive_rename", lambda: refuse)
    if works:
        safe_files.publish(source, tmp_path / "free")
    else:
        with pytest.raises(OSError, match=os.strerror(number)):
            safe_files.publish(source, tmp_path / "free")
    assert (tmp_path / "free").exists() is works
    assert source.exists() is not works


def test_a_copy_that_is_not_what_was_expected_does_not_stay(tmp_path, source):
    with pytest.raises(SourceTrouble, match="changed since"):
        safe_files.copy_new(source, tmp_path / "copy", safe_files.hash_bytes(b"something else"))
    assert not (tmp_path / "copy").exists()


def test_a_drive_that_keeps_something_else_is_noticed(tmp_path, source, monkeypatch):
    monkeypatch.setattr(safe_files, "_write_all", lambda target, content: os.write(target, b"?" + bytes(content[1:])))
    with pytest.raises(WrittenWrong):
        safe_files.write_new(tmp_path / "copy", b"abc")
    with pytest.raises(WrittenWrong):
        safe_files.copy_new(source, tmp_path / "copy", None)
    assert not (tmp_path / "copy").exists()


def test_a_source_that_changes_while_it_is_copied_is_noticed(tmp_path, source):
    def append() -> None:
        with open(source, "ab") as file:
            file.write(b"x")

    with pytest.raises(SourceTrouble, match="chang"):
        safe_files.copy_new(source, tmp_path / "copy", safe_files.hash_file(source), append)
    assert not (tmp_path / "copy").exists()


def test_cancelling_in_the_middle_of_a_file_leaves_nothing(tmp_path, source):
    def cancel() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        safe_files.copy_new(source, tmp_path / "copy", None, cancel)
    assert not (tmp_path / "copy").exists()


def test_a_full_disk_leaves_nothing(tmp_path, source, monkeypatch):
    def full(target: int, content: bytes) -> None:
        os.write(target, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(safe_files, "_write_all", full)
    with pytest.raises(OSError, match="No space"):
        safe_files.copy_new(source, tmp_path / "copy", None)
    assert not (tmp_path / "copy").exists()


def test_what_is_no_regular_file_is_never_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "folder.jpg").mkdir()
    (tmp_path / "link.jpg").symlink_to(tmp_path / "pipe.jpg")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(tmp_path / "socket.jpg"))
        for name in ("pipe.jpg", "folder.jpg", "link.jpg", "socket.jpg", "missing.jpg"):
            with pytest.raises(SourceTrouble):
                safe_files.hash_file(tmp_path / name)
            assert safe_files.look_at_file(tmp_path / name) is None


def test_only_what_was_looked_at_is_removed(tmp_path, source):
    seen = safe_files.look(source)
    source.write_text("changed")
    assert not safe_files.remove_unchanged(source, seen)
    assert safe_files.remove_unchanged(source, safe_files.look(source))
    assert not source.exists()


def test_only_empty_folders_are_removed(tmp_path, source):
    assert not safe_files.remove_empty_folder(tmp_path)
    (tmp_path / "empty").mkdir()
    assert safe_files.remove_empty_folder(tmp_path / "empty")


def test_sharing_blocks_works_or_fails_and_leaves_nothing(tmp_path, source):
    copy = tmp_path / "copy"
    try:
        safe_files.copy_new(source, copy, None, clone=True)
    except OSError:
        assert not copy.exists()
    else:
        assert copy.read_bytes() == source.read_bytes()


def test_own_files_are_replaced_whole(tmp_path):
    path = tmp_path / "settings.json"
    for content in (b"one", b"two"):
        safe_files.replace_own(path, content)
        assert path.read_bytes() == content
    safe_files.rename_own(path, tmp_path / "aside")
    assert [item.name for item in tmp_path.iterdir()] == ["aside"]


def test_threads_that_write_one_own_file_do_not_meet(tmp_path):
    path = tmp_path / "settings.json"
    contents = [bytes([number]) * 50_000 for number in range(8)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda content: safe_files.replace_own(path, content), contents * 4))
    assert path.read_bytes() in contents
    assert list(tmp_path.iterdir()) == [path]


def test_small_files_are_read_up_to_a_limit(tmp_path):
    path = Path(tmp_path / "x.xmp")
    path.write_bytes(b"12345")
    assert safe_files.read_file(path, 5) == b"12345"
    with pytest.raises(SourceTrouble, match="large"):
        safe_files.read_file(path, 4)


@on_linux
def test_names_that_became_something_else_since_they_were_looked_at_are_not_read(tmp_path, source, monkeypatch):
    """Another program may put a link or a pipe there between the look and the opening."""
    (tmp_path / "link").symlink_to(source)
    os.mkfifo(tmp_path / "pipe")
    regular = source.lstat()
    monkeypatch.setattr(Path, "lstat", lambda _path: regular)
    for name in ("link", "pipe"):
        with pytest.raises(SourceTrouble):
            safe_files.hash_file(tmp_path / name)
    assert open_below(tmp_path) == []


class Library:
    """What a C library offers for renaming; says how it was called."""

    def __init__(self, *names: str) -> None:
        self.called: list[tuple[object, ...]] = []
        for name in names:
            setattr(self, name, lambda *words: self.called.append(words) or 0)


@pytest.mark.parametrize(
    ("names", "call"),
    [
        (("renameat2",), (-100, b"old", -100, b"new", 1)),  # AT_FDCWD and RENAME_NOREPLACE of Linux
        (("renamex_np",), (b"old", b"new", 4)),  # RENAME_EXCL of macOS
        ((), None),
    ],
)
def test_renaming_without_replacing_is_asked_for_as_each_system_has_it(monkeypatch, names, call):
    library = Library(*names)
    monkeypatch.setattr(ctypes, "CDLL", lambda *_a, **_k: library)
    rename = safe_files._exclusive_rename.__wrapped__()
    assert (rename is None) is (call is None)
    if rename is not None:
        assert rename(b"old", b"new") == 0
        assert library.called == [call]


@on_linux
@pytest.mark.parametrize("system", ["linux", "darwin"])
def test_blocks_are_shared_by_the_system_where_it_offers_that(tmp_path, source, monkeypatch, system):
    asked = []

    def share(target: int, request: int, descriptor: int) -> None:
        asked.append(request)
        os.write(target, os.pread(descriptor, 4 << 20, 0))

    monkeypatch.setattr("fcntl.ioctl", share)
    monkeypatch.setattr(sys, "platform", system)
    if system == "linux":
        safe_files.copy_new(source, tmp_path / "copy", None, clone=True)
        assert (tmp_path / "copy").read_bytes() == source.read_bytes()
        assert asked == [0x40049409]  # FICLONE of linux/fs.h
    else:
        with pytest.raises(OSError, match="sharing blocks is not offered"):
            safe_files.copy_new(source, tmp_path / "copy", None, clone=True)
        assert (asked, (tmp_path / "copy").exists()) == ([], False)


@pytest.fixture
def on_the_disk(monkeypatch):
    """In their order: the files and folders whose contents were brought to the disk, and those read from it alone."""
    done: list[tuple[str, str]] = []
    synced, forgotten = os.fsync, os.posix_fadvise

    def name_of(descriptor: int) -> str:
        return Path(os.readlink(f"/proc/self/fd/{descriptor}")).name

    def sync(descriptor):
        done.append(("to the disk", name_of(descriptor)))
        synced(descriptor)

    def forget(descriptor, offset, length, advice):
        assert (offset, length, advice) == (0, 0, os.POSIX_FADV_DONTNEED)
        done.append(("out of memory", name_of(descriptor)))
        forgotten(descriptor, offset, length, advice)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "posix_fadvise", forget)
    return done


@on_linux
def test_what_is_written_is_on_the_disk_and_read_back_from_there(tmp_path, source, on_the_disk):
    safe_files.write_new(tmp_path / "new", b"x")
    safe_files.copy_new(source, tmp_path / "copy", None)
    assert on_the_disk == [
        (what, name) for name in ("new", "copy") for what in ("to the disk", "out of memory")
    ]  # fmt: skip


@on_linux
@pytest.mark.parametrize(
    "change",
    [
        lambda folder: safe_files.make_folder(folder / "new"),
        lambda folder: safe_files.replace_own(folder / "settings", b"x"),
        lambda folder: change_file(folder / "a.xmp", b"new", safe_files.hash_bytes(b"old")),
        lambda folder: make_file(folder / "b.xmp", b"new"),
    ],
)
def test_a_name_is_on_the_disk_when_it_has_been_given(tmp_path, on_the_disk, change):
    (tmp_path / "a.xmp").write_bytes(b"old")
    change(tmp_path)
    assert on_the_disk[-1] == ("to the disk", tmp_path.name)


@on_linux
@pytest.mark.parametrize(("number", "is_trouble"), [(errno.EINVAL, False), (errno.ENOTSUP, False), (errno.EIO, True)])
def test_drives_that_cannot_say_that_names_are_on_the_disk_are_no_trouble(tmp_path, monkeypatch, number, is_trouble):
    def refuse(_descriptor):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    if is_trouble:
        with pytest.raises(OSError, match=os.strerror(number)):
            safe_files.sync_folder(tmp_path)
    else:
        safe_files.sync_folder(tmp_path)
    assert open_below(tmp_path) == []


@pytest.mark.parametrize("set_time", [safe_files.set_file_time, safe_files.set_folder_time])
def test_a_time_comes_back_in_full_and_alone(tmp_path, set_time):
    os.utime(tmp_path, ns=(10**18 + 5, 10**18))
    set_time(tmp_path, 10**18 + 123_456_789)
    assert tmp_path.stat().st_mtime_ns == 10**18 + 123_456_789
    assert tmp_path.stat().st_atime_ns == 10**18 + 5


def test_links_and_folders_are_told_from_what_they_lead_to(tmp_path, source):
    (tmp_path / "link").symlink_to(source)
    (tmp_path / "to a folder").symlink_to(tmp_path)
    assert safe_files.links_to(tmp_path / "link") == source
    assert safe_files.links_to(source) is None
    assert safe_files.is_folder(tmp_path)
    assert not safe_files.is_folder(tmp_path / "to a folder")
    assert not safe_files.is_folder(source)
    assert not safe_files.is_folder(tmp_path / "not there")
    assert safe_files.look(source / "below a file") is None
    assert safe_files.look_at_file(source / "below a file") is None
    assert safe_files.look(tmp_path / "link") != safe_files.look(source)
    status = source.stat()
    seen = safe_files.look_at_file(source)
    assert seen == Snapshot(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
