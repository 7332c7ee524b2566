"""Builds Shoal for the system it runs on: a folder with a program in it that needs no Python.

    python packaging/build.py [--edition light|full] [--to DIR]

Uses the libraries of the Python that runs it, which need `pip install '.[build]'`, and for the full edition
`pip install '.[build,models,clip]'`. `make build` and `make build EDITION=full` set that up. Fails if a library is
missing from the result, if the edition holds what it must not, or if it is over its budget. Prints the size and the
number of files.
"""

import argparse
import json
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "packaging"))

import contents  # noqa: E402  # found by the line above
import cuda_stand_ins  # noqa: E402
import system_libraries  # noqa: E402
import trimming  # noqa: E402

_NOT_FOUND = re.compile(r"WARNING: (Library not found: could not resolve '(\S+)'.*)$", re.MULTILINE)
LARGEST_FILE = int(1.9 * 2**30)  # what code hosts take as one file of a release
LARGEST_STAND_IN = 200_000


class Unfit(Exception):
    """The build must not be given to anybody; says why."""


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--edition", choices=contents.EDITIONS, default="light")
    options.add_argument("--to", type=Path, default=ROOT / "dist", help="the folder that the folder `shoal` goes to")
    chosen = options.parse_args()
    edition = contents.EDITIONS[chosen.edition]
    try:
        folder = build(edition, chosen.to.absolute())
        inspect(folder, edition)
    except Unfit as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    report(folder, edition)
    return 0


def build(edition: contents.Edition, target: Path) -> Path:
    """Returns the folder with the program in it."""
    if version("shoal") != contents.version(ROOT):
        raise Unfit(f"Shoal is installed as {version('shoal')}: run `pip install --no-deps -e .` again.")
    work = target / "build" / edition.name
    work.mkdir(parents=True, exist_ok=True)
    with (work / "pyinstaller.log").open("w+", encoding="utf-8") as log:
        command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--distpath", str(target)]
        command += ["--workpath", str(work), str(ROOT / "packaging" / "shoal.spec"), "--", edition.name]
        failed = subprocess.run(command, check=False, stdout=log, stderr=log, cwd=ROOT).returncode
        log.seek(0)
        text = log.read()
    if failed:
        raise Unfit(f"{text[-3000:]}\nPyInstaller failed; all it said is in {log.name}")
    complain_about(text)
    if sys.platform == "linux":
        trimming.trim(target / "shoal")
    return target / ("Shoal.app" if sys.platform == "darwin" else "shoal")


def complain_about(log: str) -> None:
    """What PyInstaller only warns of: a library it did not find is one that the program will not find either."""
    missed = [line for line, library in _NOT_FOUND.findall(log) if not contents.need_not_be_there(library)]
    if missed:
        raise Unfit("\n".join(missed))


def inspect(folder: Path, edition: contents.Edition) -> None:
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    unwanted = [str(path) for path in files if not contents.may_hold(path.relative_to(folder).as_posix(), edition)]
    if unwanted:
        raise Unfit(f"The {edition.name} edition must not hold: {', '.join(unwanted[:10])}")
    large = [str(path) for path in files if path.stat().st_size > largest_allowed(path)]
    if large:
        raise Unfit(f"Too large: {', '.join(large)}")
    if sys.platform == "linux":
        missing = system_libraries.unresolved(system_libraries.programs_in(folder), folder)
        if missing:
            raise Unfit("\n".join(f"{name} is missing, needed by {', '.join(by)}" for name, by in missing.items()))
    if size_of(folder) > edition.largest:
        raise Unfit(f"{size_of(folder):,} bytes: the {edition.name} edition may have {edition.largest:,}.")


def largest_allowed(path: Path) -> int:
    """Of CUDA there are stand-ins at most."""
    return LARGEST_STAND_IN if cuda_stand_ins.is_of_cuda(path.name) else LARGEST_FILE


def size_of(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() or path.is_symlink())


def report(folder: Path, edition: contents.Edition) -> None:
    figures = {
        "edition": edition.name,
        "folder": str(folder),
        "bytes": size_of(folder),
        "files": sum(1 for path in folder.rglob("*") if path.is_file()),
        "largest_file": max(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
    }
    sys.stdout.write(f"{edition.name}: {figures['bytes'] / 1e6:.0f} MB in {figures['files']} files: {folder}\n")
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    sys.exit(main())
