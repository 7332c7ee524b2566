"""What a camera wrote about a picture: when, with what, and which way up."""

import struct
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PIL import Image

EXIF_ERRORS: Final = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    OverflowError,
    ZeroDivisionError,
    struct.error,
)
"""What Pillow lets out of a damaged EXIF block."""

_ORIENTATION, _MAKE, _MODEL, _DATE_TIME = 0x0112, 0x010F, 0x0110, 0x0132
_EXIF_FOLDER, _ORIGINAL, _ORIGINAL_FRACTION, _FRACTION = 0x8769, 0x9003, 0x9291, 0x9290
_THUMBNAIL_FOLDER, _THUMBNAIL_START, _THUMBNAIL_LENGTH = 1, 0x0201, 0x0202
_EXIF_MARK: Final = b"Exif\0\0"
_RAW_HEADER_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class CameraFacts:
    """`orientation` is EXIF's: 1 upright, 2..8 mirrored or turned. `taken` is ISO 8601 local time."""

    orientation: int = 1
    taken: str | None = None
    camera: str | None = None


def camera_facts(image: Image.Image) -> CameraFacts:
    """Whatever of it can be read; a damaged block gives the defaults. To be asked after the pixels are unpacked."""
    try:
        return _facts(image.getexif())
    except EXIF_ERRORS:
        return CameraFacts()


def tiff_facts(data: bytes) -> CameraFacts:
    """The same for the bytes of a TIFF, which most RAW files are inside."""
    exif = Image.Exif()
    try:
        exif.load(_EXIF_MARK + data[:_RAW_HEADER_BYTES])
        return _facts(exif)
    except EXIF_ERRORS:
        return CameraFacts()


def _facts(exif: Image.Exif) -> CameraFacts:
    orientation = _orientation(exif)
    try:
        return CameraFacts(orientation, _taken(exif), _camera(exif))
    except EXIF_ERRORS:
        return CameraFacts(orientation)


def _orientation(exif: Image.Exif) -> int:
    value = exif.get(_ORIENTATION)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _taken(exif: Image.Exif) -> str | None:
    details = exif.get_ifd(_EXIF_FOLDER)
    original = _iso_time(_text(details.get(_ORIGINAL)), _text(details.get(_ORIGINAL_FRACTION)))
    return original or _iso_time(_text(exif.get(_DATE_TIME)), _text(details.get(_FRACTION)))


def _iso_time(written: str, fraction: str) -> str | None:
    """EXIF's 2024:05:31 14:03:59 and a fraction of a second of any length."""
    try:
        time = datetime.strptime(written[:19].replace("-", ":"), "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None
    digits = fraction if fraction.isascii() and fraction.isdigit() else ""
    return time.isoformat() + (f".{digits[:6]}" if digits else "")


def _camera(exif: Image.Exif) -> str | None:
    make, model = _text(exif.get(_MAKE)), _text(exif.get(_MODEL))
    if make and model.lower().startswith(make.lower().split()[0]):
        return model
    return f"{make} {model}".strip() or None


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    text = value if isinstance(value, str) else ""
    return "".join(character for character in text.split("\0")[0] if character.isprintable()).strip()[:100]


def embedded_thumbnail(image: Image.Image) -> bytes | None:
    """The small JPEG that EXIF carries. Raises one of `EXIF_ERRORS` if the block is damaged."""
    folder = image.getexif().get_ifd(_THUMBNAIL_FOLDER)
    start, length = folder.get(_THUMBNAIL_START), folder.get(_THUMBNAIL_LENGTH)
    if not isinstance(start, int) or not isinstance(length, int):
        return None
    block: bytes = image.info["exif"]
    return block.removeprefix(_EXIF_MARK)[start : start + length] or None
