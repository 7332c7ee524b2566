"""JPEG as Pillow opens it, but for what we do not need; and what kind of JPEG a file is."""

import struct
from dataclasses import dataclass
from typing import Final

from PIL.JpegImagePlugin import JpegImageFile

JPEG_LS: Final = 0xF7  # SOF55 of ITU-T T.87
# Within this range DHT, JPG and DAC begin no picture.
_FRAMES: Final = {*range(0xC0, 0xD0), JPEG_LS} - {0xC4, 0xC8, 0xCC}
# TEM, restarts, and bytes that fill: no length stands behind them.
_NO_PAYLOAD: Final = {0x01, *range(0xD0, 0xD8), 0xFF}
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_MOST_SEGMENTS: Final = 4_096
LOSSLESS: Final = 0xC3  # SOF3 of ITU-T T.81


class JpegFile(JpegImageFile):
    """Without Pillow's own look into EXIF for the resolution: as slow as resizing, and it warns of every flaw."""

    def _read_dpi_from_exif(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Frame:
    """`kind`: the second byte of its marker, 0xC0 for the usual one."""

    kind: int
    bits: int
    width: int
    height: int
    colours: int

    @property
    def can_be_scaled(self) -> bool:
        """While it is unpacked."""
        return self.kind != LOSSLESS


def frame_of(data: bytes) -> Frame | None:
    """What the file says of its picture; None if it does not get so far."""
    at = 2
    for _ in range(_MOST_SEGMENTS):
        if at + 10 > len(data) or data[at] != 0xFF or data[at + 1] in {_START_OF_SCAN, _END_OF_IMAGE}:
            return None
        kind = data[at + 1]
        if kind in _FRAMES:
            bits, height, width, colours = struct.unpack_from(">BHHB", data, at + 4)
            return Frame(kind, bits, width, height, colours)
        at += 1 if kind == 0xFF else 2 if kind in _NO_PAYLOAD else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
