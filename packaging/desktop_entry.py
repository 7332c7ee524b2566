"""Lays out what a Linux desktop wants to find: the program, its menu entry, icons, the file type, the description."""

import datetime
import gzip
import shutil
from email.utils import format_datetime
from pathlib import Path
from xml.etree import ElementTree

import contents
import icons

ROOT = Path(__file__).resolve().parents[1]
LINUX = ROOT / "packaging" / "linux"
APPLICATION_ID = "io.github.shoal.Shoal"
ICON_NAMES = {"shoal": f"apps/{APPLICATION_ID}", "shoal-project": "mimetypes/application-x-shoal-project"}


def lay_out(build: Path, usr: Path, package: str) -> None:
    """Copy the `build` and everything around it below `usr`, as if that were /usr."""
    shutil.copytree(build, usr / "lib" / package, symlinks=True)
    (usr / "bin").mkdir(parents=True)
    (usr / "bin" / "shoal").symlink_to(Path("..", "lib", package, "shoal"))
    _copy(LINUX / f"{APPLICATION_ID}.desktop", usr / "share" / "applications")
    _copy(LINUX / f"{APPLICATION_ID}.metainfo.xml", usr / "share" / "metainfo")
    _copy(LINUX / f"{APPLICATION_ID}.xml", usr / "share" / "mime" / "packages")
    _icons(usr / "share" / "icons" / "hicolor")
    _write_compressed(LINUX / "shoal.1", usr / "share" / "man" / "man1" / "shoal.1.gz")


def _copy(file: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, folder / file.name)


def _icons(theme: Path) -> None:
    drawn = theme.parent / "drawn"
    icons.write_icons(drawn)
    for name, target in ICON_NAMES.items():
        for size in icons.PNG_SIZES:
            file = theme / f"{size}x{size}" / f"{target}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(drawn / "png" / str(size) / f"{name}.png", file)
        scalable = theme / "scalable" / f"{target}.svg"
        scalable.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(icons.ICONS / f"{name}.svg", scalable)
    shutil.rmtree(drawn)


def _write_compressed(source: Path, target: Path) -> None:
    """Always the same bytes: without the time and name that gzip would keep."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(source.read_bytes(), 9, mtime=0))


def write_changelog(package: str, maintainer: str, doc: Path) -> None:
    """In Debian's form, from the version and date of the description."""
    version, date = contents.version(ROOT), release_date()
    text = (
        f"{package} ({version}) stable; urgency=medium\n\n  * See CHANGELOG.md of Shoal.\n\n -- {maintainer}  {date}\n"
    )
    doc.mkdir(parents=True, exist_ok=True)
    (doc / "changelog.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def release_date() -> str:
    """Of the newest release in the metainfo file, as e-mails write dates."""
    release = ElementTree.parse(LINUX / f"{APPLICATION_ID}.metainfo.xml").find("releases/release")
    assert release is not None
    day = datetime.datetime.fromisoformat(str(release.get("date"))).replace(tzinfo=datetime.UTC)
    return format_datetime(day)
