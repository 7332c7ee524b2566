"""Real access lists on a real drive: what `setfacl` writes, in the bytes in which the kernel keeps it."""

import ctypes
import errno
import os
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from shoal.files import access_rights, safe_files
from shoal.files.access_rights import copy_rights

ACCESS, DEFAULT = "system.posix_acl_access", "system.posix_acl_default"
OWNER, USER, GROUP, MASK, OTHERS = 1, 2, 4, 16, 32
NOBODY = 65534
NONE = 0xFFFFFFFF


def access_list(*entries: tuple[int, int, int]) -> bytes:
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


FOR_NOBODY = access_list((OWNER, 6, NONE), (USER, 6, NOBODY), (GROUP, 0, NONE), (MASK, 6, NONE), (OTHERS, 0, NONE))
"""user:nobody:rw-, group::---, mask::rw-: the mode shows rw- for the group, which may do nothing."""


def list_of(path: Path) -> bytes | None:
    return os.getxattr(path, ACCESS) if ACCESS in os.listxattr(path) else None


@pytest.fixture
def original(tmp_path):
    path = tmp_path / "original.jpg"
    path.write_bytes(b"a private picture")
    path.chmod(0o640)
    return path


@pytest.fixture
def with_list(original):
    try:
        os.setxattr(original, ACCESS, FOR_NOBODY)
    except OSError:
        pytest.skip("this drive keeps no access lists")
    return original


def copied(original: Path) -> Path:
    copy = original.with_name("copy.jpg")
    safe_files.copy_new(original, copy, None)
    return copy


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_an_access_list_is_copied(with_list):
    copy = copied(with_list)
    assert list_of(copy) == FOR_NOBODY
    assert mode(copy) == mode(with_list) == 0o660


def test_where_lists_cannot_be_kept_the_group_gets_no_more_than_its_entry(with_list, monkeypatch):
    monkeypatch.setattr(access_rights, "_set_entries", lambda *_: False)
    copy = copied(with_list)
    assert (list_of(copy), mode(copy)) == (None, 0o600)


@pytest.mark.parametrize(("group", "mask", "left"), [(4, 6, 0o640), (6, 4, 0o640), (5, 7, 0o650), (7, 2, 0o620)])
def test_without_its_list_the_group_may_what_entry_and_mask_both_allow(original, monkeypatch, group, mask, left):
    entries = ((OWNER, 6, NONE), (USER, 6, NOBODY), (GROUP, group, NONE), (MASK, mask, NONE), (OTHERS, 0, NONE))
    try:
        os.setxattr(original, ACCESS, access_list(*entries))
    except OSError:
        pytest.skip("this drive keeps no access lists")
    monkeypatch.setattr(access_rights, "_set_entries", lambda *_: False)
    assert mode(copied(original)) == left


@pytest.mark.parametrize("rights", [0o600, 0o640, 0o644, 0o400])
def test_what_a_folder_hands_down_to_new_files_is_not_given_to_a_copy(with_list, tmp_path, rights):
    os.removexattr(with_list, ACCESS)
    with_list.chmod(rights)
    os.setxattr(tmp_path, DEFAULT, FOR_NOBODY)
    copy = copied(with_list)
    assert (list_of(copy), mode(copy)) == (None, rights)


@pytest.mark.parametrize(("rights", "left"), [(0o640, 0o600), (0o664, 0o644), (0o660, 0o600), (0o646, 0o646)])
def test_another_group_may_do_what_everybody_may(original, monkeypatch, rights, left):
    original.chmod(rights)
    monkeypatch.setattr(access_rights, "_give_group", lambda *_: False)
    assert mode(copied(original)) == left


def test_the_entry_of_another_group_is_what_everybody_may(with_list, monkeypatch):
    entries = ((OWNER, 6, NONE), (USER, 4, NOBODY), (GROUP, 6, NONE), (MASK, 6, NONE), (OTHERS, 4, NONE))
    os.setxattr(with_list, ACCESS, access_list(*entries))
    monkeypatch.setattr(access_rights, "_give_group", lambda *_: False)
    wanted = [(kind, 4 if kind == GROUP else rights, whose) for kind, rights, whose in entries]
    assert list_of(copied(with_list)) == access_list(*wanted)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another group")
def test_the_group_goes_along_where_it_may(original):
    os.chown(original, -1, 1)
    copy = copied(original)
    assert (copy.stat().st_gid, mode(copy)) == (1, 0o640)


def test_nobody_else_reads_a_copy_while_it_is_written(original, monkeypatch):
    original.chmod(0o644)
    seen: list[int] = []
    real = safe_files._copy_bytes

    def watched(source: int, target: int, check: Callable[[], None]) -> None:
        seen.append(os.fstat(target).st_mode & 0o777)
        real(source, target, check)

    monkeypatch.setattr(safe_files, "_copy_bytes", watched)
    assert mode(copied(original)) == 0o644
    assert seen == [0o600]


def test_rights_that_cannot_be_set_are_no_error(original, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "not here")

    copy = original.with_name("copy.jpg")
    copy.write_bytes(b"")
    copy.chmod(0o600)
    for name in ("fchmod", "setxattr", "removexattr", "fchown"):
        monkeypatch.setattr(os, name, refuse)
    with original.open() as source, copy.open("r+") as target:
        copy_rights(original, source.fileno(), copy, target.fileno())
    assert mode(copy) == 0o600


@pytest.mark.parametrize(("rights", "left"), [(0o600, 0o600), (0o640, 0o640), (0o444, 0o644), (0o666, 0o644)])
def test_what_is_written_about_a_picture_is_read_by_nobody_else(original, rights, left):
    original.chmod(rights)
    mask = os.umask(0o022)
    try:
        safe_files.write_new(original.with_name("original.xmp"), b"stars", original)
        safe_files.write_new(original.with_name("clusters.csv"), b"path")
        safe_files.write_new(original.with_name("gone.xmp"), b"stars", original.with_name("gone.jpg"))
    finally:
        os.umask(mask)
    assert mode(original.with_name("original.xmp")) == left
    assert mode(original.with_name("clusters.csv")) == mode(original.with_name("gone.xmp")) == 0o644


def test_what_is_written_about_a_picture_with_a_list_goes_by_its_groups_entry(with_list, tmp_path):
    os.setxattr(tmp_path, DEFAULT, FOR_NOBODY)
    sidecar = with_list.with_name("original.xmp")
    safe_files.write_new(sidecar, b"stars", with_list)
    assert (list_of(sidecar), mode(sidecar)) == (None, 0o600)


class WindowsSecurity:
    """Gives out one list, as Windows does: by its address, in memory that has to be freed."""

    def __init__(self, held: bytes | None) -> None:
        self.memory = ctypes.create_string_buffer(held, len(held)) if held else None
        self.given: list[tuple[str, int, bytes]] = []
        self.freed: list[object] = []

    def GetNamedSecurityInfoW(self, _path, _kind, _what, _owner, _group, found, _audit, kept) -> int:  # noqa: N802 - as Windows calls it
        found._obj.value = ctypes.addressof(self.memory) if self.memory else None
        kept._obj.value = 4711
        return 0

    def SetNamedSecurityInfoW(self, path, _kind, what, _owner, _group, found, _audit) -> None:  # noqa: N802 - as Windows calls it
        assert self.memory is not None
        assert found.value == ctypes.addressof(self.memory)
        self.given.append((path.value, what.value, self.memory.raw))

    def LocalFree(self, kept) -> None:  # noqa: N802 - as Windows calls it
        self.freed.append(kept.value)


def windows_list(*entries: tuple[int, int, bytes]) -> bytes:
    """Kind (0 allows, 1 denies), marks (0x10: handed down by the folder), and whom it is about."""
    body = b"".join(struct.pack("<BBHI", kind, marks, 8 + len(whom), 0x1F01FF) + whom for kind, marks, whom in entries)
    return struct.pack("<BBHHH", 2, 0, 8 + len(body), len(entries), 0) + body


OWNER_SID, GUEST_SID = b"\x01\x01" + bytes(10), b"\x01\x05" + bytes(26)


def test_entries_that_a_folder_handed_down_are_the_copys_own_on_windows(original, monkeypatch):
    """Nearly all files have only such entries; another folder would hand others down."""
    held = windows_list((1, 0, GUEST_SID), (0, 0x10, OWNER_SID), (0, 0x13, GUEST_SID))
    windows = WindowsSecurity(held)
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: windows)
    access_rights._copy_list_of_windows(original, original.with_name("copy.jpg"))
    wanted = windows_list((1, 0, GUEST_SID), (0, 0, OWNER_SID), (0, 3, GUEST_SID))
    assert windows.given == [(str(original.with_name("copy.jpg")), 0x80000004, wanted)]
    assert windows.freed == [4711]


def test_from_a_drive_without_lists_a_copy_has_what_its_folder_hands_down_on_windows(original, monkeypatch):
    """A memory card: to set no list at all would open the copy to everybody."""
    windows = WindowsSecurity(None)
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: windows)
    access_rights._copy_list_of_windows(original, original.with_name("copy.jpg"))
    assert (windows.given, windows.freed) == ([], [4711])
