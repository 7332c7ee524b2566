"""With which lens and settings a picture was taken, as far as its EXIF says so."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shoal.imaging.fingerprint import open_image_file
from shoal.imaging.limits import UnreadableImage
from shoal.imaging.tiff_tags import TiffTags
from shoal.imaging.xmp_packets import embedded_in

_DETAILS: Final = 0x8769  # ExifIFDPointer; the numbers below are EXIF's, too
_LENS, _LENS_MAKE = 0xA434, 0xA433
_BIAS, _TIME, _APERTURE, _FOCAL = 0x9204, 0x829A, 0x829D, 0x920A
_ISO, _DISTANCE, _NOTE = 0x8827, 0x9206, 0x927C
_MODE: Final = 0xA402
_MANUAL, _AUTO_BRACKET = 1, 2  # values of ExposureMode
_WHOLE: Final = {3: "H", 4: "I"}
_TEXT: Final = 2  # kinds of entries
_LONGEST_NOTE: Final = 1 << 17  # a longer one has a picture in it, and is not worth its reading


@dataclass(frozen=True, slots=True)
class _Note:
    """How the notes of a maker begin, how long that beginning is, and which tag numbers the shots of a burst.

    `place`: which of the numbers there; `order` where it is not that of the file. After ExifTool's tables.
    """

    begins: bytes
    head: int
    tag: int
    place: int = 0
    order: str = ""


_NOTES: Final = (
    _Note(b"Panasonic\0\0\0", 12, 0x002B),
    _Note(b"SONY DSC \0\0\0", 12, 0xB04A),
    _Note(b"SONY CAM \0\0\0", 12, 0xB04A),
    _Note(b"FUJIFILM\x0c\0\0\0", 12, 0x1101, order="<"),
    _Note(b"OLYMPUS\0II", 12, 0x0200, 1, "<"),
    _Note(b"OM SYSTEM\0", 16, 0x0200, 1, "<"),
)
_APPLE: Final = _Note(b"Apple iOS\0\0\1MM", 14, 0x000B, order=">")
"""Of telephones that number no shots but say to which burst each belongs."""


@dataclass(frozen=True, slots=True)
class Shooting:
    """`bias`: exposure compensation in stops; `seconds`, `aperture`, `focal_length`: None where nobody says.

    `bracketed`: the camera says that it took a series of exposures; `manual`: that the exposure was set by hand.
    `distance` in metres to what was focused on; `number`: which shot of a burst it is, counted from 1; `burst`: a
    name that all shots of a burst have.
    """

    lens: str = ""
    bias: float | None = None
    seconds: float | None = None
    aperture: float | None = None
    focal_length: float | None = None
    bracketed: bool = False
    manual: bool = False
    iso: float | None = None
    distance: float | None = None
    number: int | None = None
    burst: str = ""


def shooting_of(path: Path) -> Shooting:
    """Reads a few parts of the file; nothing where it cannot be read."""
    try:
        with open_image_file(path) as file:
            shootings = [shooting_in(details) for tags in embedded_in(file).exif if (details := tags.folder(_DETAILS))]
    except (UnreadableImage, OSError):
        return Shooting()
    return next((shooting for shooting in shootings if shooting != Shooting()), Shooting())


def shooting_in(details: TiffTags) -> Shooting:
    """Of the EXIF folder."""
    lens, maker = details.text(_LENS), details.text(_LENS_MAKE)
    if maker and lens and not lens.lower().startswith(maker.lower().split()[0]):
        lens = f"{maker} {lens}"
    return Shooting(
        lens,
        details.fraction(_BIAS),
        details.fraction(_TIME),
        details.fraction(_APERTURE),
        details.fraction(_FOCAL),
        details.number(_MODE) == _AUTO_BRACKET,
        details.number(_MODE) == _MANUAL,
        details.number(_ISO),
        details.fraction(_DISTANCE),
        *burst_of(details.content(_NOTE, _LONGEST_NOTE), details.order),
    )


def burst_of(note: bytes, order: str) -> tuple[int | None, str]:
    """By the notes of a maker: which shot of a burst it is, and of which."""
    if note.startswith(_APPLE.begins):
        kind, content = _entry(note, _APPLE, order)
        return None, content.split(b"\0")[0].decode("ascii", "replace") if kind == _TEXT else ""
    maker = next((maker for maker in _NOTES if note.startswith(maker.begins)), None)
    return (None if maker is None else _number(note, maker, order)), ""


def _number(note: bytes, maker: _Note, order: str) -> int | None:
    kind, content = _entry(note, maker, order)
    form = (maker.order or order) + _WHOLE.get(kind, "H")
    at = maker.place * struct.calcsize(form)
    if kind not in _WHOLE or at + struct.calcsize(form) > len(content):
        return None
    (number,) = struct.unpack_from(form, content, at)
    return int(number) or None


def _entry(note: bytes, maker: _Note, order: str) -> tuple[int, bytes]:
    """The kind and the bytes of the maker's tag; what does not fit into it stands elsewhere in the note."""
    order = maker.order or order
    if len(note) < maker.head + 2:
        return 0, b""
    (count,) = struct.unpack_from(order + "H", note, maker.head)
    first = maker.head + 2
    for at in range(first, min(first + 12 * count, len(note) - 11), 12):
        found, kind, length, value = struct.unpack_from(order + "HHI4s", note, at)
        if found == maker.tag:
            size = length * {_TEXT: 1, 3: 2, 4: 4}.get(kind, 0)
            (start,) = struct.unpack(order + "I", value)
            return kind, value if size <= len(value) else note[start : start + size]
    return 0, b""
