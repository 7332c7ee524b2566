"""Leaves the encoder of HEIC pictures out of a Linux build, which only reads them: x265, 23 MB, under the GPL.

The wheel of pillow-heif links it, so the loader insists on a library of that name. This makes a small one that says
that it can encode nothing, at which libheif reports an error. Where there is no C compiler, the real one stays.
"""

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

X265 = re.compile(r"libx265[^/]*\.so\.(\d+)$")
Entry = tuple[str, str, str]


def put_into(binaries: Iterable[Entry], target: Path) -> list[Entry]:
    """Replace x265 among PyInstaller's entries (path in the build, file, kind); the stand-in goes to `target`."""
    if shutil.which("cc") is None:
        return list(binaries)
    return [_replaced(entry, target) for entry in binaries]


def _replaced(entry: Entry, target: Path) -> Entry:
    place, _source, kind = entry
    found = X265.search(Path(place).name)
    return (place, str(make(Path(place).name, found[1], target)), kind) if found and kind != "SYMLINK" else entry


def make(library: str, version: str, target: Path) -> Path:
    """`version`: of x265's interface, which is part of the one name that libheif asks for."""
    target.mkdir(parents=True, exist_ok=True)
    source, result = target / f"{library}.c", target / library
    source.write_text(
        f"const void *x265_api_get_{version}(int bits) {{ return 0; }}\nvoid x265_cleanup(void) {{}}\n",
        encoding="ascii",
    )
    subprocess.run(["cc", "-shared", "-fPIC", "-o", result, source, f"-Wl,-soname,{library}"], check=True)
    return result
