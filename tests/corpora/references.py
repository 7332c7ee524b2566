"""What other programs make of a picture: plain Pillow, which knows no colour profiles, libvips and ImageMagick, which
follow them; and what exiftool reads of it.
"""

import json
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps

from shoal.domain.capture_time import capture_time

SIDE = 256
SECONDS = 60
Pixels = NDArray[np.uint8]


def _by_pillow(path: Path) -> Pixels:
    with Image.open(path) as image:
        upright = ImageOps.exif_transpose(image)
        upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    upright.thumbnail((SIDE, SIDE))
    return np.asarray(upright)


def _by_vips(path: Path) -> Pixels:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "picture.png")
        _output(["vipsthumbnail", str(path), "--size", f"{SIDE}x{SIDE}>", "--eprofile", "srgb", "-o", str(target)])
        return _opened(target)


def _by_magick(path: Path) -> Pixels:
    with tempfile.TemporaryDirectory() as folder:
        target, srgb = Path(folder, "picture.png"), Path(folder, "srgb.icc")
        srgb.write_bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
        asked = ["-auto-orient", "-profile", str(srgb), "-colorspace", "sRGB", "-depth", "8"]
        _output(["convert", f"{path}[0]", *asked, "-resize", f"{SIDE}x{SIDE}>", str(target)])
        return _opened(target)


def _opened(path: Path) -> Pixels:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGBA" if image.has_transparency_data else "RGB"))


def _output(command: Sequence[str]) -> bytes:
    """Raises OSError or subprocess.SubprocessError where it fails or takes too long."""
    done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
    return done.stdout


_PROGRAMS: dict[str, tuple[str, Callable[[Path], Pixels]]] = {
    "Pillow": ("", _by_pillow),
    "libvips": ("vipsthumbnail", _by_vips),
    "ImageMagick": ("convert", _by_magick),
}


def installed() -> list[str]:
    """The names of those that are here; each takes a path in `thumbnail`."""
    pillow_heif.register_heif_opener()
    return [name for name, (program, _) in _PROGRAMS.items() if not program or shutil.which(program)]


def thumbnail(name: str, path: Path) -> Pixels | None:
    """Upright, no longer than 256 pixels, with its transparency if it has any; None if the program cannot read it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _PROGRAMS[name][1](path)
    except Exception:  # noqa: BLE001 - whatever other programs let out of foreign files, they cannot read them
        return None


@dataclass(frozen=True, slots=True)
class Read:
    """By exiftool: the moment by our order of truth, stars, and keywords from the first list that has some."""

    taken: str | None = None
    stars: int | None = None
    keywords: frozenset[str] = frozenset()


_DATES = (
    ("ExifIFD:DateTimeOriginal", "ExifIFD:SubSecTimeOriginal", "ExifIFD:OffsetTimeOriginal"),
    ("IFD0:DateTimeOriginal", "", ""),
    ("XMP-exif:DateTimeOriginal", "", ""),
    ("XMP-photoshop:DateCreated", "", ""),
    ("IPTC:DateCreated", "", ""),
    ("ExifIFD:CreateDate", "ExifIFD:SubSecTimeDigitized", "ExifIFD:OffsetTimeDigitized"),
    ("IPTC:DigitalCreationDate", "", ""),
    ("XMP-exif:DateTimeDigitized", "", ""),
    ("XMP-xmp:CreateDate", "", ""),
    ("IFD0:ModifyDate", "ExifIFD:SubSecTime", "ExifIFD:OffsetTime"),
)
_STARS = ("XMP-xmp:Rating", "IFD0:Rating")
_LISTS = ("XMP-dc:Subject", "IPTC:Keywords", "IFD0:XPKeywords", "XMP-microsoft:LastKeywordXMP")


def read_by_exiftool(folder: Path) -> dict[Path, Read]:
    """All files below; nothing where exiftool is not installed."""
    if shutil.which("exiftool") is None:
        return {}
    tags = [*(tag for tags in _DATES for tag in tags if tag), *_STARS, *_LISTS, "IPTC:TimeCreated"]
    command = ["exiftool", "-json", "-recurse", "-n", "-G1", "-charset", "iptc=Latin", "-fast"]
    done = subprocess.run(
        [*command, *(f"-{tag}" for tag in tags), str(folder)], capture_output=True, timeout=3600, check=False
    )
    found = json.loads(done.stdout or b"[]")
    return {Path(one["SourceFile"]): _read(one) for one in found}


def _read(found: Mapping[str, object]) -> Read:
    moments = [taken for tags in _DATES if (taken := capture_time(*(_text(found, tag) for tag in tags)))]
    first = moments[0] if moments else None
    fuller = (more for more in moments if first and more.startswith(first) and len(more) > len(first))
    stars = next((found[tag] for tag in _STARS if tag in found), None)
    lists = (_listed(found.get(tag), split=tag.startswith("IFD0")) for tag in _LISTS)
    return Read(
        next(fuller, first),
        int(float(stars)) if isinstance(stars, int | float) else None,
        frozenset(next((words for words in lists if words), [])),
    )


def _text(found: Mapping[str, object], tag: str) -> str:
    text = str(found.get(tag, "")) if tag else ""
    if tag == "IPTC:DateCreated":
        return f"{text} {found.get('IPTC:TimeCreated', '')}"
    return text


def _listed(value: object, split: bool) -> list[str]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    words = [word for one in values for word in (str(one).split(";") if split else [str(one)])]
    return [" ".join(word.split()) for word in words if word.strip()]
