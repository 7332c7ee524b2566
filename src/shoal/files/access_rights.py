"""Who may read a file: a copy is never open to more people than what it was copied from.

On Linux that is the mode and the POSIX access list, whose mask is what the mode shows as the group's rights; on macOS
the mode and the file's list; on Windows its list. Where a drive keeps no lists, the group gets what its own entry
allows. Nothing here fails: what cannot be set leaves the copy to its owner.
"""

import ctypes
import os
import stat
import struct
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

OWNER_ONLY = 0o600
_ACCESS_LIST = "system.posix_acl_access"
_HEADER, _ENTRY = struct.Struct("<I"), struct.Struct("<HHI")
_OWNER, _GROUP, _MASK, _OTHERS = 0x01, 0x04, 0x10, 0x20
_EXTENDED = 0x100  # macOS: the type of its lists

_WINDOWS_LIST, _WINDOWS_ENTRY = struct.Struct("<2xHH2x"), struct.Struct("<BBH")
_HANDED_DOWN = 0x10

Entry = tuple[int, int, int]
"""Kind, rights (4 read, 2 write, 1 run), and whose."""


def copy_attributes(source: Path, source_file: int, target: Path, target_file: int) -> None:
    """Times, rights, and the labels that file managers attach, where both sides keep them.

    `source_file` and `target_file` are open descriptors of the two.
    """
    status = os.fstat(source_file)
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for name in os.listxattr(source_file):
                if name.startswith("user."):
                    os.setxattr(target_file, name, os.getxattr(source_file, name))
    copy_rights(source, source_file, target, target_file)
    os.utime(target_file, ns=(status.st_atime_ns, status.st_mtime_ns))


def copy_rights(source: Path, source_file: int, target: Path, target_file: int) -> None:
    """As `copy_attributes`."""
    if sys.platform == "win32":
        _copy_list_of_windows(source, target)
        return
    mode = stat.S_IMODE(os.fstat(source_file).st_mode) & 0o777
    keeps_group = _give_group(source_file, target_file)
    if sys.platform == "darwin":
        _set_mode(target_file, mode, keeps_group)
        _copy_list_of_macos(source_file, target_file)
        return
    entries = _entries(source_file)
    if entries and _set_entries(target_file, entries if keeps_group else _without_group(entries)):
        return
    with suppress(OSError):  # what the folder hands down to new files
        os.removexattr(target_file, _ACCESS_LIST)
    _set_mode(target_file, _mode_without_list(mode, entries), keeps_group)


def limit_rights(source: Path, target: Path, target_file: int) -> None:
    """Let nobody read a new file about another who may not read that. Its owner may write it in any case."""
    if sys.platform == "win32":
        _copy_list_of_windows(source, target)
        return
    with suppress(OSError):
        file = os.open(source, os.O_RDONLY | os.O_NONBLOCK)
        try:
            _limit(file, target_file)
        finally:
            os.close(file)


def _limit(source: int, target: int) -> None:
    status, entries = os.fstat(source), _entries(source) if sys.platform == "linux" else []
    allowed = _mode_without_list(stat.S_IMODE(status.st_mode), entries) | OWNER_ONLY
    keeps_group = _give_group(source, target)
    now = stat.S_IMODE(os.fstat(target).st_mode)
    if sys.platform == "linux":
        with suppress(OSError):
            os.removexattr(target, _ACCESS_LIST)
    _set_mode(target, now & allowed, keeps_group)


def _give_group(source: int, target: int) -> bool:
    """Whether the copy has the group of the original."""
    group = os.fstat(source).st_gid
    if os.fstat(target).st_gid != group:
        with suppress(OSError):
            os.fchown(target, -1, group)
    return os.fstat(target).st_gid == group


def _set_mode(target: int, mode: int, keeps_group: bool) -> None:
    """The members of another group may do what everybody may."""
    with suppress(OSError):  # exFAT has no permissions
        os.fchmod(target, mode if keeps_group else (mode & 0o707) | (mode & 0o007 & mode >> 3) << 3)


def _entries(file: int) -> list[Entry]:
    """The access list; empty where there is none but the mode."""
    with suppress(OSError, struct.error):
        written = os.getxattr(file, _ACCESS_LIST)
        return list(_ENTRY.iter_unpack(written[_HEADER.size :]))
    return []


def _set_entries(file: int, entries: Sequence[Entry]) -> bool:
    try:
        os.setxattr(file, _ACCESS_LIST, _HEADER.pack(2) + b"".join(_ENTRY.pack(*entry) for entry in entries))
    except OSError:
        return False
    return True


def _without_group(entries: Sequence[Entry]) -> list[Entry]:
    others = next((rights for kind, rights, _ in entries if kind == _OTHERS), 0)
    return [(kind, rights & others if kind == _GROUP else rights, whose) for kind, rights, whose in entries]


def _mode_without_list(mode: int, entries: Sequence[Entry]) -> int:
    """With the group's own rights in place of the mask."""
    rights = {kind: rights for kind, rights, _ in entries if kind in {_OWNER, _GROUP, _MASK, _OTHERS}}
    if _GROUP not in rights:
        return mode
    return (mode & 0o707) | (rights[_GROUP] & rights.get(_MASK, 7)) << 3


def _copy_list_of_macos(source: int, target: int) -> None:
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None, use_errno=True)
        for function in (library.acl_get_fd_np, library.acl_init):
            function.restype = ctypes.c_void_p
        entries = library.acl_get_fd_np(source, _EXTENDED) or library.acl_init(0)
        if entries:
            library.acl_set_fd_np(target, ctypes.c_void_p(entries), _EXTENDED)
            library.acl_free(ctypes.c_void_p(entries))


def _copy_list_of_windows(source: Path, target: Path) -> None:
    """Protected, so that the folder of the copy hands nothing down to it.

    Where the original's drive keeps no lists there is nothing to protect: the copy has what its folder hands down.
    """
    of_a_file, the_list, protected = 1, 4, 0x80000000
    with suppress(OSError, AttributeError):
        security, memory = ctypes.CDLL("advapi32"), ctypes.CDLL("kernel32")
        entries, kept = ctypes.c_void_p(), ctypes.c_void_p()
        places = (None, None, ctypes.byref(entries), None, ctypes.byref(kept))
        if security.GetNamedSecurityInfoW(ctypes.c_wchar_p(str(source)), of_a_file, the_list, *places) == 0:
            if entries.value:
                _make_own(entries.value)
                name, what = ctypes.c_wchar_p(str(target)), ctypes.c_ulong(the_list | protected)
                security.SetNamedSecurityInfoW(name, of_a_file, what, None, None, entries, None)
            memory.LocalFree(kept)


def _make_own(list_at: int) -> None:
    """In a list of Windows at this address: take the mark of what a folder hands down from every entry.

    The copy has another folder above it, and of entries so marked Windows keeps only those that this one hands down.
    """
    size, count = _WINDOWS_LIST.unpack(ctypes.string_at(list_at, _WINDOWS_LIST.size))
    held = (ctypes.c_ubyte * size).from_address(list_at)
    at = _WINDOWS_LIST.size
    for _ in range(count):
        _kind, _flags, length = _WINDOWS_ENTRY.unpack_from(held, at)
        held[at + 1] &= ~_HANDED_DOWN & 0xFF
        at += length
