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
_LONGEST_NOTE: Final = 1 << 17  # a longer one has a picture in it, and is not worth its reading
_NUMBERED: Final = {b"Panasonic\0\0\0": 0x002B, b"SONY DSC \0\0\0": 0xB04A, b"SONY CAM \0\0\0": 0xB04A}
"""How the notes of a maker begin that number the shots of a burst, and under which tag (ExifTool's tables)."""


@dataclass(frozen=True, slots=True)
class Shooting:
    """`bias`: exposure compensation in stops; `seconds`, `aperture`, `focal_length`: None where nobody says.

    `bracketed`: the camera says that it took a series of exposures; `manual`: that the exposure was set by hand.
    `distance` in metres to what was focused on; `number`: which shot of a burst it is, counted from 1.
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
        burst_number(details.content(_NOTE, _LONGEST_NOTE), details.order),
    )


def burst_number(note: bytes, order: str) -> int | None:
    """Of the notes of a maker who numbers bursts; their folder begins behind twelve bytes, the number stands in it."""
    tag = _NUMBERED.get(note[:12])
    if tag is None or len(note) < 14:
        return None
    (count,) = struct.unpack_from(order + "H", note, 12)
    for at in range(14, min(14 + 12 * count, len(note) - 11), 12):
        entry, kind, _length, value = struct.unpack_from(order + "HHI4s", note, at)
        if entry == tag and kind in _WHOLE:
            (number,) = struct.unpack_from(order + _WHOLE[kind], value)
            return int(number) or None
    return None
