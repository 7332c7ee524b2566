"""Makes the Debian package from a build.

    python packaging/deb.py dist/shoal [--edition light|full] [--to dist]

The package declares what the build asks of the system, read from its files: Qt's libraries and the C library, in the
version it needs. Needs dpkg-deb; root it need not be.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "packaging"))

import contents  # noqa: E402  # found by the line above
import desktop_entry  # noqa: E402
import system_libraries  # noqa: E402

MAINTAINER = "The Shoal authors <packages@shoal.example>"
PACKAGES = {"light": "shoal", "full": "shoal-full"}
RENAMED = {"libglib2.0-0": "libglib2.0-0 | libglib2.0-0t64"}  # since Debian 13
DESCRIPTION = """sort folders of pictures by what is in them
 Shoal looks at every picture of a folder with a neural network, puts those
 that look alike together, and draws them as a map. Put right by hand what it
 got wrong, and write the result out as folders. It works offline, and never
 changes an original unless told to.
"""


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("build", type=Path)
    options.add_argument("--edition", choices=contents.EDITIONS, default="light")
    options.add_argument("--to", type=Path, default=ROOT / "dist")
    chosen = options.parse_args()
    result = make(chosen.build, PACKAGES[chosen.edition], chosen.to)
    sys.stdout.write(f"{result}: {result.stat().st_size / 1e6:.0f} MB\n")
    return 0


def make(build: Path, package: str, target: Path) -> Path:
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target) as folder:
        tree = Path(folder) / package
        desktop_entry.lay_out(build, tree / "usr", package)
        _documents(tree / "usr" / "share", package)
        _permissions(tree, {tree / "usr" / "bin", tree / "usr" / "lib" / package})
        _control(tree, package)
        result = target / f"{package}_{contents.version(ROOT)}_{_architecture()}.deb"
        options = ["--root-owner-group", "-Zxz", "-z4"]
        subprocess.run(["dpkg-deb", *options, "--build", tree, result], check=True, stdout=sys.stderr)
    return result


def _documents(share: Path, package: str) -> None:
    doc = share / "doc" / package
    desktop_entry.write_changelog(package, MAINTAINER, doc)
    shutil.copyfile(ROOT / "packaging" / "linux" / "copyright", doc / "copyright")
    overrides = (ROOT / "packaging" / "linux" / "lintian-overrides").read_text(encoding="utf-8")
    (share / "lintian" / "overrides").mkdir(parents=True)
    (share / "lintian" / "overrides" / package).write_text(overrides.replace("PACKAGE", package), encoding="utf-8")


def _permissions(tree: Path, programs: set[Path]) -> None:
    """As Debian wants them: what lies in one of the folders `programs` can be run, libraries and the rest be read."""
    for path in tree.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
        elif path.is_file() and not path.is_symlink():
            path.chmod(0o755 if path.parent in programs or path.name == "torch_shm_manager" else 0o644)


def _control(tree: Path, package: str) -> None:
    needed = system_libraries.debian_packages(system_libraries.programs_in(tree))
    depends = [f"{RENAMED.get(name, name)}{f' (>= {floor})' if floor else ''}" for name, floor in needed.items()]
    others = [name for name in PACKAGES.values() if name != package]
    files = [path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink()]
    fields = {
        "Package": package,
        "Version": contents.version(ROOT),
        "Architecture": _architecture(),
        "Maintainer": MAINTAINER,
        "Installed-Size": str(sum(path.stat().st_size for path in files) // 1024),
        "Depends": ", ".join(depends),
        "Recommends": "fonts-noto-cjk | fonts-wqy-microhei, xdg-desktop-portal",
        "Conflicts": ", ".join(others),
        "Section": "graphics",
        "Priority": "optional",
        "Description": DESCRIPTION.rstrip(),
    }
    folder = tree / "DEBIAN"
    folder.mkdir()
    (folder / "control").write_text("".join(f"{name}: {value}\n" for name, value in fields.items()), encoding="utf-8")
    sums = (f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(tree)}\n" for path in files)
    (folder / "md5sums").write_text("".join(sums), encoding="utf-8")


def _architecture() -> str:
    answer = subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True)
    return answer.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
