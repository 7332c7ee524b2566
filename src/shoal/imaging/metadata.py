"""What a camera wrote about a picture: with what, and which way up. When: see `capture_time`."""

import re
from dataclasses import dataclass
from typing import Final

from PIL import Image

from shoal.imaging.exif import ExifBlock
from shoal.imaging.xmp_packets import profile_bytes

_ORIENTATION, _MAKE, _MODEL = 0x0112, 0x010F, 0x0110  # EXIF's numbers
_XMP_ORIENTATION: Final = re.compile(rb"""tiff:Orientation(?:=["']|>)([1-8])""")


@dataclass(frozen=True, slots=True)
class CameraFacts:
    """`orientation` is EXIF's: 1 upright, 2..8 mirrored or turned. `taken`: see `domain.capture_time`."""

    orientation: int = 1
    taken: str | None = None
    camera: str | None = None


def camera_facts(exif: ExifBlock | None) -> CameraFacts:
    """What of it is there."""
    if exif is None:
        return CameraFacts()
    orientation = exif.number(_ORIENTATION) or 1
    return CameraFacts(orientation if orientation <= 8 else 1, camera=_camera(exif))


def names_orientation(exif: ExifBlock | None) -> bool:
    return exif is not None and exif.number(_ORIENTATION) in range(1, 9)


def exif_block(block: bytes | None) -> ExifBlock | None:
    """None for no block, or one that is damaged beyond reading."""
    try:
        return ExifBlock(block) if block else None
    except ValueError:
        return None


def exif_of(image: Image.Image) -> ExifBlock | None:
    """The EXIF block of an opened picture; of a PNG, only once its pixels are unpacked."""
    if "Raw profile type exif" in image.info:  # how ImageMagick kept it in PNG files before there was a chunk for it
        return exif_block(_from_hexadecimal(image.info["Raw profile type exif"]))
    return exif_block(image.info.get("exif"))


def _from_hexadecimal(written: str) -> bytes:
    try:
        return profile_bytes(written.encode("latin-1"))
    except ValueError:
        return b""


def xmp_orientation(image: Image.Image) -> int:
    """The orientation that some programs write into XMP only; 1 if there is none."""
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    match = _XMP_ORIENTATION.search(packet.encode() if isinstance(packet, str) else packet)
    return int(match[1]) if match else 1


def _camera(exif: ExifBlock) -> str | None:
    make, model = exif.text(_MAKE), exif.text(_MODEL)
    if make and model.lower().startswith(make.lower().split()[0]):
        return model
    return f"{make} {model}".strip() or None
