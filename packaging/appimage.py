"""Makes the AppImage from a build: one file that runs where it lies, on any Linux desktop of the last years.

    python packaging/appimage.py dist/shoal --runtime FILE [--edition light|full] [--to dist]

An AppImage is a small program, the runtime, followed by a file system with everything else in it. FILE is that
program: `runtime-x86_64` of the AppImage project's type2-runtime releases; it is not ours and not in this repository.
Needs mksquashfs (Debian: squashfs-tools).
"""

import argparse
import re
import shutil
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
_KNOWN_LIBRARY = re.compile(r"^\s*(\S+) \(.*=> (/\S+)$", re.MULTILINE)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("build", type=Path)
    options.add_argument("--runtime", type=Path, required=True)
    options.add_argument("--edition", choices=contents.EDITIONS, default="light")
    options.add_argument("--to", type=Path, default=ROOT / "dist")
    chosen = options.parse_args()
    name = f"Shoal-{contents.version(ROOT)}-{chosen.edition}-x86_64.AppImage"
    result = make(chosen.build, chosen.runtime, chosen.to / name)
    sys.stdout.write(f"{result}: {result.stat().st_size / 1e6:.0f} MB\n")
    return 0


def make(build: Path, runtime: Path, result: Path) -> Path:
    result.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=result.parent) as folder:
        tree, squashed = Path(folder) / "Shoal.AppDir", Path(folder) / "tree.squashfs"
        lay_out(build, tree)
        options = ["-root-owned", "-noappend", "-comp", "zstd", "-quiet", "-no-progress"]
        subprocess.run(["mksquashfs", tree, squashed, *options], check=True)
        result.write_bytes(runtime.read_bytes() + squashed.read_bytes())
    result.chmod(0o755)
    return result


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
