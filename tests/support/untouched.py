"""Folders of pictures that a test must leave as they were: contents, times, permissions, inodes."""

import os
from hashlib import blake2b
from pathlib import Path

TreeState = dict[str, tuple[object, ...]]

_watched: dict[Path, TreeState] = {}
_changed: list[str] = []


def tree_state(root: Path, *, inodes: bool = True, folder_times: bool = True) -> TreeState:
    """Everything about a tree that a careless program could change, except for access times."""
    state: TreeState = {}
    for folder, folders, names in os.walk(root):
        if folder_times:
            state[folder + "/"] = ("folder", os.stat(folder).st_mtime_ns, os.stat(folder).st_mode)
        for name in sorted([*names, *(name for name in folders if Path(folder, name).is_symlink())]):
            path = Path(folder, name)
            status = path.lstat()
            content = os.readlink(path) if path.is_symlink() else blake2b(path.read_bytes()).hexdigest()
            state[str(path)] = (content, status.st_mtime_ns, status.st_mode, status.st_ino if inodes else 0)
    return state


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
    for folder, before in _watched.items():
        now = tree_state(folder)
        _changed.extend(_differences(before, now) + [f"{name} is new" for name in now.keys() - before.keys()])
    found = list(_changed)
    _watched.clear()
    _changed.clear()
    return found


def _differences(before: TreeState, now: TreeState) -> list[str]:
    changed = [name for name in before if now.get(name) != before[name]]
    return [f"{name} {'has changed' if name in now else 'has gone'}" for name in changed]
