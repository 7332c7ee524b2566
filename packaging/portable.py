"""Packs a build into one ZIP: to be unpacked anywhere and started, without installing anything.

python packaging/portable.py dist/shoal [--edition light|full] [--to dist]
"""

import argparse
import platform
import stat
import sys
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "packaging"))

import contents  # noqa: E402  # found by the line above


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("build", type=Path)
    options.add_argument("--edition", choices=contents.EDITIONS, default="light")
    options.add_argument("--to", type=Path, default=ROOT / "dist")
    chosen = options.parse_args()
    system = f"{platform.system().lower()}-{platform.machine().lower()}"
    result = chosen.to / f"Shoal-{contents.version(ROOT)}-{chosen.edition}-{system}.zip"
    pack(chosen.build, result)
    sys.stdout.write(f"{result}: {result.stat().st_size / 1e6:.0f} MB\n")


def pack(build: Path, result: Path) -> None:
    """Links stay links and programs stay programs, as unzip restores them."""
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(build.rglob("*")):
            if path.is_symlink() or path.is_file():
                archive.writestr(_entry(path, build), _content(path), zipfile.ZIP_DEFLATED)


def _entry(path: Path, build: Path) -> zipfile.ZipInfo:
    about = path.lstat()
    entry = zipfile.ZipInfo(str(Path(build.name, path.relative_to(build))), time.localtime(about.st_mtime)[:6])
    kind = stat.S_IFLNK if path.is_symlink() else stat.S_IFREG
    entry.external_attr = (kind | stat.S_IMODE(about.st_mode)) << 16
    return entry


def _content(path: Path) -> bytes:
    return str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()


if __name__ == "__main__":
    main()
