"""Folders of pictures that a test must leave as they were: contents, times, permissions, inodes."""

import os
import stat
from hashlib import blake2b
from pathlib import Path

from shoal.imaging import folder_scan

TreeState = dict[str, tuple[object, ...]]
MOST_FILES, MOST_BYTES = 2000, 32 << 20
"""A larger tree that the program scans is compared by size, time, permissions and inode: the suite must stay quick."""

_watched: dict[Path, TreeState] = {}
_scanned: dict[Path, tuple[bool, TreeState]] = {}
_changed: list[str] = []


def tree_state(root: Path, *, inodes: bool = True, folder_times: bool = True, contents: bool = True) -> TreeState:
    """Everything about a tree, or one file, that a careless program could change, except for access times."""
    single = os.path.lexists(root) and not os.path.isdir(root)
    state: TreeState = {str(root): _entry(root, inodes, contents)} if single else {}
    for folder, folders, names in os.walk(root):
        if folder_times:
            state[folder + "/"] = ("folder", os.stat(folder).st_mtime_ns, os.stat(folder).st_mode)
        for name in sorted([*names, *(name for name in folders if Path(folder, name).is_symlink())]):
            state[os.path.join(folder, name)] = _entry(Path(folder, name), inodes, contents)
    return state


def _entry(path: Path, inodes: bool, contents: bool) -> tuple[object, ...]:
    status = path.lstat()
    content: object = status.st_size
    if stat.S_ISLNK(status.st_mode):
        content = os.readlink(path)
    elif stat.S_ISREG(status.st_mode) and contents:
        content = blake2b(path.read_bytes()).hexdigest()
    return content, status.st_mtime_ns, status.st_mode, status.st_ino if inodes else 0


def watch_what_is_scanned() -> None:
    """From now on the program itself tells which folders are somebody's pictures: those that it looks through."""
    original = folder_scan._Walk.add_root

    def add_root(walk: folder_scan._Walk, root: str) -> None:
        _first_scan(Path(root))
        original(walk, root)

    setattr(folder_scan._Walk, "add_root", add_root)  # noqa: B010  # whoever calls scan_folders comes by here


def _first_scan(root: Path) -> None:
    if root in _scanned or not os.path.lexists(root):
        return
    if any(root.is_relative_to(known) for known in _watched):
        return  # whoever made the pictures has told already
    contents = _is_small(root)
    _scanned[root] = contents, tree_state(root, contents=contents)


def _is_small(root: Path) -> bool:
    files, size = 0, 0
    for folder, _folders, names in os.walk(root):
        files += len(names)
        size += sum(os.lstat(os.path.join(folder, name)).st_size for name in names)
        if files > MOST_FILES or size > MOST_BYTES:
            return False
    return True


def watch(folder: Path) -> Path:
    """From now on nobody may change it; whoever makes pictures for tests calls this when they are there.

    Called again for a folder that got more of them: what it held before must not have changed.
    """
    before, now = _watched.get(folder, {}), tree_state(folder)
    _changed.extend(_differences({name: was for name, was in before.items() if not name.endswith("/")}, now))
    _watched[folder] = now
    return folder


def as_it_is_now(folder: Path) -> Path:
    """The test itself has changed it before the program came; from now on nobody may."""
    _watched[folder] = tree_state(folder)
    return folder


def changes() -> list[str]:
    """What has changed since, and forget it all."""
    watched, scanned, found = dict(_watched), dict(_scanned), list(_changed)
    for memory in (_watched, _scanned, _changed):
        memory.clear()
    for folder, before in watched.items():
        found += _all_differences(before, tree_state(folder))
    for root, (contents, before) in scanned.items():
        if not any(root.is_relative_to(known) for known in watched):
            found += _all_differences(before, tree_state(root, contents=contents))
    return found


def _all_differences(before: TreeState, now: TreeState) -> list[str]:
    return _differences(before, now) + [f"{name} is new" for name in now.keys() - before.keys()]


def _differences(before: TreeState, now: TreeState) -> list[str]:
    changed = [name for name in before if now.get(name) != before[name]]
    return [f"{name} {'has changed' if name in now else 'has gone'}" for name in changed]
