"""Takes out of a Linux build what nobody needs: debug symbols, twins, libraries that only left-out ones asked for."""

import hashlib
import os
import re
import subprocess
from collections import defaultdict
from pathlib import Path

import system_libraries

_LOAD = re.compile(r"^\s+LOAD\s+(0x[0-9a-f]+)\s+(0x[0-9a-f]+)\s.*\s(0x[0-9a-f]+)$", re.MULTILINE)


def trim(folder: Path) -> None:
    """`folder` is the finished build; it holds the same program afterwards, with fewer bytes."""
    remove_orphans(folder / "_internal")
    for path in list(system_libraries.elf_files(folder / "_internal")):
        strip(path)
    join_twins(folder / "_internal")


def remove_orphans(folder: Path) -> None:
    """Libraries at the top of `folder`, and Qt's, are there because something needed them; remove what nothing needs.

    Python's own is opened by the program that starts it.
    """
    while True:
        needed = {name for program in system_libraries.programs_in(folder) for name in program.needs}
        libraries = (*folder.glob("lib*.so*"), *folder.glob("PySide6/Qt/lib/*"))
        asked_for = {path for path in libraries if path.name in needed or path.name.startswith("libpython")}
        orphans = [path for path in libraries if path not in asked_for and not path.is_symlink()]
        if not orphans:
            break
        for path in orphans:
            path.unlink()
    for link in folder.rglob("*"):
        if link.is_symlink() and not link.exists():
            link.unlink()


def strip(path: Path) -> None:
    """Leave out symbols that only debuggers read, where the result can still be loaded.

    Wheels are often patched by tools that put new parts where `strip` does not expect them.
    """
    stripped = path.with_name(path.name + ".stripped")
    subprocess.run(["strip", "--strip-unneeded", "-o", str(stripped), str(path)], check=True, capture_output=True)
    if stripped.stat().st_size < path.stat().st_size and loadable(stripped):
        os.replace(stripped, path)
    else:
        stripped.unlink()


def loadable(path: Path) -> bool:
    """Whether each part lies in the file as it will lie in memory, up to whole pages; the loader insists on it."""
    headers = subprocess.run(["readelf", "-lW", str(path)], check=True, capture_output=True, text=True).stdout
    parts = [[int(number, 16) for number in part] for part in _LOAD.findall(headers)]
    return bool(parts) and all(offset % alignment == address % alignment for offset, address, alignment in parts)


def join_twins(folder: Path) -> None:
    """Replace libraries with the same name and content by links to the first of them."""
    same = defaultdict(list)
    for path in sorted(system_libraries.elf_files(folder)):
        same[path.name, hashlib.sha256(path.read_bytes()).digest()].append(path)
    for first, *others in same.values():
        for other in others:
            other.unlink()
            other.symlink_to(os.path.relpath(first, other.parent))
