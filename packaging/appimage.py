"""Makes the AppImage from a build: one file that runs where it lies, on any Linux desktop of the last years.

    python packaging/appimage.py dist/shoal --runtime FILE [--edition light|full] [--compression zstd|gzip] [--to dist]

An AppImage is a small program, the runtime, followed by a file system with everything else in it. FILE is that
program: `runtime-x86_64` of the AppImage project's type2-runtime releases, or any AppImage, which begins with one. It
is not ours and not in this repository. Old runtimes do not read zstd. Asks the result to unpack a file of its own, and
fails if it cannot. Needs mksquashfs (Debian: squashfs-tools).
"""

import argparse
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "packaging"))

import contents  # noqa: E402  # found by the line above
import desktop_entry  # noqa: E402
import icons  # noqa: E402
import system_libraries  # noqa: E402

START = """#!/bin/sh
here="$(dirname "$(readlink -f "$0")")"
exec "$here/usr/bin/shoal" "$@"
"""
ELF_64_BIT, TYPE_2 = b"\x7fELF\x02", b"AI\x02"
COMPRESSIONS = ("zstd", "gzip")
_KNOWN_LIBRARY = re.compile(r"^\s*(\S+) \(.*=> (/\S+)$", re.MULTILINE)


class NoRuntime(Exception):
    """A file is not what an AppImage can begin with; says why."""


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("build", type=Path)
    options.add_argument("--runtime", type=Path, required=True)
    options.add_argument("--edition", choices=contents.EDITIONS, default="light")
    options.add_argument("--compression", choices=COMPRESSIONS, default=COMPRESSIONS[0])
    options.add_argument("--to", type=Path, default=ROOT / "dist")
    chosen = options.parse_args()
    name = f"Shoal-{contents.version(ROOT)}-{chosen.edition}-x86_64.AppImage"
    try:
        result = make(chosen.build, runtime_in(chosen.runtime), chosen.to / name, chosen.compression)
    except NoRuntime as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    sys.stdout.write(f"{result}: {result.stat().st_size / 1e6:.0f} MB\n")
    return 0


def runtime_in(file: Path) -> bytes:
    """The runtime that `file` is or, if it is an AppImage, begins with. Raises NoRuntime."""
    runtime = file.read_bytes()[: runtime_size(file)]
    if runtime[8:11] != TYPE_2:
        raise NoRuntime(f"{file} is not marked as the runtime of an AppImage of type 2.")
    return runtime


def runtime_size(file: Path) -> int:
    """Bytes at the front of `file` that are a program: up to the end of its table of sections, or of the last of them.

    Raises NoRuntime if there is none.
    """
    content = file.read_bytes()
    if not content.startswith(ELF_64_BIT):
        raise NoRuntime(f"{file} does not begin with a program for 64-bit Linux.")
    (table,) = struct.unpack_from("<Q", content, 40)
    entry, count = struct.unpack_from("<HH", content, 58)
    start, length = struct.unpack_from("<QQ", content, table + entry * (count - 1) + 24)
    return int(max(table + entry * count, start + length))


def make(build: Path, runtime: bytes, result: Path, compression: str) -> Path:
    """Raises NoRuntime if the runtime cannot read what follows it."""
    result.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=result.parent) as folder:
        tree, squashed = Path(folder) / "Shoal.AppDir", Path(folder) / "tree.squashfs"
        lay_out(build, tree)
        options = ["-root-owned", "-noappend", "-comp", compression, "-quiet", "-no-progress"]
        subprocess.run(["mksquashfs", tree, squashed, *options], check=True)
        result.write_bytes(runtime + squashed.read_bytes())
        result.chmod(0o755)
        check(result, Path(folder) / "unpacked")
    return result


def check(appimage: Path, folder: Path) -> None:
    """Have an AppImage unpack one file of its own. Raises NoRuntime, and removes it, if it cannot."""
    folder.mkdir()
    command = [appimage.absolute(), "--appimage-extract", "AppRun"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder)
    if not (folder / "squashfs-root" / "AppRun").is_file():
        appimage.unlink()
        raise NoRuntime(f"{done.stderr}The runtime cannot read this; --compression gzip is for old ones.")


def lay_out(build: Path, tree: Path) -> None:
    desktop_entry.lay_out(build, tree / "usr", "shoal")
    bring_along(system_libraries.BROUGHT_BY_APPIMAGE, tree / "usr" / "lib" / "shoal" / "_internal")
    start = tree / "AppRun"
    start.write_text(START, encoding="utf-8")
    start.chmod(0o755)
    entry = f"{desktop_entry.APPLICATION_ID}.desktop"
    shutil.copyfile(desktop_entry.LINUX / entry, tree / entry)
    shutil.copyfile(icons.ICONS / "shoal.svg", tree / f"{desktop_entry.APPLICATION_ID}.svg")
    picture = tree / "usr" / "share" / "icons" / "hicolor" / "256x256" / "apps" / f"{desktop_entry.APPLICATION_ID}.png"
    shutil.copyfile(picture, tree / ".DirIcon")


def bring_along(libraries: frozenset[str], folder: Path) -> None:
    """Copy libraries of this system that a desktop without Qt programs may lack."""
    listing = subprocess.run(["/sbin/ldconfig", "-p"], check=True, capture_output=True, text=True).stdout
    known = dict(_KNOWN_LIBRARY.findall(listing))
    for library in libraries:
        shutil.copyfile(Path(known[library]).resolve(), folder / library)


if __name__ == "__main__":
    sys.exit(main())
