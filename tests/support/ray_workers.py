"""The processes of a command that works with Ray, found by whose children they are."""

import os
from collections.abc import Iterator
from pathlib import Path


def descendants(process: int) -> Iterator[int]:
    """Of any depth; those that end meanwhile may be missing."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            parents.setdefault(parent, []).append(int(folder.name))
    waiting = [process]
    while waiting:
        children = parents.get(waiting.pop(), [])
        yield from children
        waiting += children


def workers(process: int) -> list[int]:
    """Those that look at pictures."""
    return sorted(child for child in descendants(process) if "MapWorker" in _title(child)[:40])


def kill(process: int) -> bool:
    """False if it had ended already."""
    try:
        os.kill(process, 9)
    except ProcessLookupError:
        return False
    return True


def _title(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
